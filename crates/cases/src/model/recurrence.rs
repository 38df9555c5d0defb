//! What follows a closing: the same thing again, a second look.

use super::Case;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::Instant;
use store::{Sealed, coded, record, sealed_columns};

sealed_columns! {
    pub LookNote = "case_look"."note" of "id";
}

record! {
    /// 反弹: `case_id` is the same problem as `earlier_id` was, again. Ended where a person saw that it is not.
    #[derive(Clone, Debug)]
    pub struct Recurrence in "case_recurrence" {
        pub id: Id<Recurrence>,
        pub case_id: Id<Case>,
        pub earlier_id: Id<Case>,
        /// Between the two; unknown where one has no position.
        pub metres: Option<f64>,
        /// None: found by the program.
        pub made_by: Option<Id<Person>>,
        pub made_at: Instant,
        pub ended_by: Option<Id<Person>>,
        pub ended_at: Option<Instant>,
        pub version: i64,
    }
}

kernel::named! {
    /// What a second look has come to.
    pub enum LookState {
        /// Nobody has gone yet.
        Open = "open",
        /// 保持良好.
        Held = "held",
        /// 没好: given back to the unit.
        Recalled = "recalled",
        /// 反弹: a case of its own was filed and linked.
        Filed = "filed",
        /// It could not be seen.
        Unclear = "unclear",
    }
}
coded!(LookState);

record! {
    /// 回头看: a closed case that somebody is to look at again.
    #[derive(Clone, Debug)]
    pub struct Look in "case_look" {
        pub id: Id<Look>,
        pub case_id: Id<Case>,
        /// Which closing it is about.
        pub closed_at: Instant,
        pub state: LookState,
        pub drawn_at: Instant,
        pub done_by: Option<Id<Person>>,
        pub done_at: Option<Instant>,
        pub note: Sealed<LookNote>,
        pub filed_id: Option<Id<Case>>,
        pub version: i64,
    }
}
