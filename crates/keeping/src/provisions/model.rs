//! What an entry is.

use super::workflow::State;
use ::store::{Sealed, coded, record, sealed_columns};
use kernel::id::Id;
use kernel::time::{Date, Instant};

kernel::named! {
    pub enum Kind {
        /// 向其他处理者提供: they decide themselves what they do with it.
        Provide = "provide",
        /// 委托处理: they handle it for the city, as it says.
        Entrust = "entrust",
    }
}
coded!(Kind);

kernel::named! {
    /// What it rests on (个人信息保护法 art. 13).
    pub enum Basis {
        /// 法定职责
        Duty = "duty",
        /// 单独同意
        Consent = "consent",
        /// 突发事件
        Emergency = "emergency",
        /// Another case that a law names.
        Law = "law",
    }
}
coded!(Basis);

sealed_columns! {
    pub ProvisionContact = "keeping_provision"."contact" of "id";
}

record! {
    #[derive(Clone, Debug)]
    pub struct Provision in "keeping_provision" {
        pub id: Id<Provision>,
        /// `PROV-2026-0004`.
        pub number: String,
        pub kind: Kind,
        pub state: State,
        pub receiver: String,
        /// GB 32100; empty for whoever has none.
        pub credit_code: String,
        pub contact: Sealed<ProvisionContact>,
        pub purpose: String,
        pub data: String,
        /// Of about how many people.
        pub people: i64,
        pub sensitive: bool,
        /// Children under 14 are among them.
        pub children: bool,
        pub basis: Basis,
        pub document: String,
        pub assessment: String,
        pub way: String,
        pub safeguards: String,
        pub from_date: Date,
        pub until_date: Date,
        pub proposed_by: String,
        pub decided_by: String,
        /// What became of the data, or why not.
        pub outcome: String,
        pub created_at: Instant,
        pub decided_at: Option<Instant>,
        pub ended_at: Option<Instant>,
        pub version: i64,
    }
}

impl Provision {
    /// Whether its last day is over and nobody has said what became of the data.
    pub fn is_over(&self, today: Date) -> bool {
        self.state == State::Approved && self.until_date < today
    }
}
