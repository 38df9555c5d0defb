//! The life of an entry, whole on one page.

use kernel::workflow::ClockEffect::{End, Run};
use kernel::workflow::{Move, Workflow};

kernel::named! {
    pub enum State {
        /// Waits for the leader.
        Proposed = "proposed",
        /// Consented to: data may go.
        Approved = "approved",
        Declined = "declined",
        /// Taken back before a decision.
        Withdrawn = "withdrawn",
        /// Over; what became of the data is written down.
        Ended = "ended",
    }
}
::store::coded!(State);

kernel::named! {
    pub enum Step {
        Approve = "approve",
        Decline = "decline",
        Withdraw = "withdraw",
        End = "end",
    }
}

pub const PROVISION: Workflow<State, Step> = Workflow {
    entity: "provision",
    start: &[State::Proposed],
    ends: &[State::Declined, State::Withdrawn, State::Ended],
    moves: &[
        Move { from: &[State::Proposed], name: Step::Approve, to: State::Approved, clock: Run },
        Move { from: &[State::Proposed], name: Step::Decline, to: State::Declined, clock: End },
        Move { from: &[State::Proposed], name: Step::Withdraw, to: State::Withdrawn, clock: End },
        Move { from: &[State::Approved], name: Step::End, to: State::Ended, clock: End },
    ],
};

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sound() {
        assert_eq!(super::PROVISION.faults(), Vec::<String>::new());
    }
}
