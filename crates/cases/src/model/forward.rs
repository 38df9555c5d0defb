//! 转外部单位: what somebody without an account is asked, and their answer. The case stays where it is, and so does its clock.

use super::Case;
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::time::Instant;
use kernel::workflow::ClockEffect::{End, Run, Start};
use kernel::workflow::{Move, Workflow};
use store::{Sealed, coded, record, sealed_columns};

kernel::named! {
    /// How far it has come.
    pub enum ForwardState {
        /// They have been asked.
        Asked = "asked",
        /// They have answered; the unit has not said what becomes of it.
        Answered = "answered",
        /// The unit made it part of its own answer.
        Taken = "taken",
        /// Taken back, or the case went on without.
        Withdrawn = "withdrawn",
        /// Nobody answered in time.
        Lapsed = "lapsed",
    }
}

kernel::named! {
    pub enum ForwardStep {
        Answer = "answer",
        /// Not enough: asked again, under the same link.
        Again = "again",
        Take = "take",
        Withdraw = "withdraw",
        Lapse = "lapse",
    }
}
coded!(ForwardState);

use ForwardState::{Answered, Asked, Lapsed, Taken, Withdrawn};

/// Every legal move.
pub const FORWARD: Workflow<ForwardState, ForwardStep> = Workflow {
    entity: "forward",
    start: &[Asked],
    ends: &[Taken, Withdrawn, Lapsed],
    moves: &[
        Move { from: &[Asked], name: ForwardStep::Answer, to: Answered, clock: End },
        Move { from: &[Answered], name: ForwardStep::Again, to: Asked, clock: Start },
        Move { from: &[Answered], name: ForwardStep::Take, to: Taken, clock: Run },
        Move { from: &[Asked, Answered], name: ForwardStep::Withdraw, to: Withdrawn, clock: End },
        Move { from: &[Asked], name: ForwardStep::Lapse, to: Lapsed, clock: End },
    ],
};

sealed_columns! {
    pub ForwardParty = "case_forward"."party" of "id";
    pub ForwardMail = "case_forward"."mail" of "id";
    pub ForwardPhone = "case_forward"."phone" of "id";
    pub ForwardAsk = "case_forward"."ask" of "id";
    pub ForwardReply = "case_forward"."reply" of "id";
}

record! {
    /// Somebody outside who was asked for help with a case.
    #[derive(Clone, Debug)]
    pub struct Forward in "case_forward" {
        pub id: Id<Forward>,
        pub case_id: Id<Case>,
        pub state: ForwardState,
        /// A power company, a property manager; or the person there.
        pub party: Sealed<ForwardParty>,
        pub mail: Sealed<ForwardMail>,
        pub phone: Sealed<ForwardPhone>,
        /// What they were asked last.
        pub ask: Sealed<ForwardAsk>,
        pub reply: Sealed<ForwardReply>,
        /// Until when the link works.
        pub until_at: Instant,
        pub link_hash: String,
        /// The unit that had the case.
        pub unit_id: Option<Id<Unit>>,
        pub made_by: Option<Id<Person>>,
        pub made_at: Instant,
        pub asked_at: Instant,
        pub reminded_at: Option<Instant>,
        pub replied_at: Option<Instant>,
        pub ended_at: Option<Instant>,
        pub version: i64,
    }
}

impl Forward {
    /// Whether somebody still has to do something about it.
    pub fn is_open(&self) -> bool {
        !FORWARD.ends.contains(&self.state)
    }

    /// Whether the link opens anything.
    pub fn link_works(&self, now: Instant) -> bool {
        self.is_open() && now <= self.until_at
    }
}

#[cfg(test)]
mod tests {
    use super::FORWARD;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(FORWARD.faults(), Vec::<String>::new());
    }
}
