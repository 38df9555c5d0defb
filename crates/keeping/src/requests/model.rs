//! What a request is.

use super::workflow::State;
use ::store::{Marked, Sealed, coded, record, sealed_columns};
use kernel::id::Id;
use kernel::time::{Date, Instant};

kernel::named! {
    pub enum Kind {
        /// 查阅、复制
        Access = "access",
        /// 更正、补充
        Correction = "correction",
        /// 删除
        Erasure = "erasure",
    }
}
coded!(Kind);

sealed_columns! {
    pub RequestName = "keeping_request"."name" of "id";
    pub RequestPhone = "keeping_request"."phone" of "id", mark phone "phone_mark";
    pub RequestWish = "keeping_request"."wish" of "id";
    pub RequestIdentity = "keeping_request"."identity" of "id";
    pub RequestAnswer = "keeping_request"."answer" of "id";
}

record! {
    #[derive(Clone, Debug)]
    pub struct Request in "keeping_request" {
        pub id: Id<Request>,
        /// `REQ-2026-0004`.
        pub number: String,
        pub kind: Kind,
        pub state: State,
        pub name: Sealed<RequestName>,
        pub phone: Sealed<RequestPhone>,
        pub phone_mark: Marked<RequestPhone>,
        /// How the office made sure who asks.
        pub identity: Sealed<RequestIdentity>,
        pub wish: Sealed<RequestWish>,
        pub asked_on: Date,
        /// The last day on which it is answered in time.
        pub due_on: Date,
        pub answer: Sealed<RequestAnswer>,
        /// How many things were erased.
        pub erased: Option<i64>,
        pub recorded_by: String,
        pub created_at: Instant,
        pub ended_at: Option<Instant>,
        pub version: i64,
    }
}

impl Request {
    /// Whether it should have been answered by now.
    pub fn is_late(&self, today: Date) -> bool {
        self.ended_at.is_none() && self.due_on < today
    }
}
