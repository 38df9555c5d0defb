//! The life of a request, whole on one page.

use kernel::workflow::ClockEffect::{End, Run};
use kernel::workflow::{Move, Workflow};

kernel::named! {
    pub enum State {
        /// Recorded; the office looks.
        Open = "open",
        /// The office asks for the leader's consent to erase.
        Proposed = "proposed",
        Answered = "answered",
        /// Erased, and the person told.
        Erased = "erased",
        Refused = "refused",
        /// The person does not want it any more.
        Withdrawn = "withdrawn",
    }
}
::store::coded!(State);

kernel::named! {
    pub enum Step {
        Answer = "answer",
        Refuse = "refuse",
        Withdraw = "withdraw",
        Propose = "propose",
        /// The leader consents: what may go is erased at once.
        Erase = "erase",
        /// The leader does not consent yet.
        Return = "return",
    }
}

pub const REQUEST: Workflow<State, Step> = Workflow {
    entity: "personal-request",
    start: &[State::Open],
    ends: &[State::Answered, State::Erased, State::Refused, State::Withdrawn],
    moves: &[
        Move { from: &[State::Open], name: Step::Answer, to: State::Answered, clock: End },
        Move { from: &[State::Open], name: Step::Propose, to: State::Proposed, clock: Run },
        Move { from: &[State::Proposed], name: Step::Erase, to: State::Erased, clock: End },
        Move { from: &[State::Proposed], name: Step::Return, to: State::Open, clock: Run },
        Move { from: &[State::Open], name: Step::Refuse, to: State::Refused, clock: End },
        Move {
            from: &[State::Open, State::Proposed],
            name: Step::Withdraw,
            to: State::Withdrawn,
            clock: End,
        },
    ],
};

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sound() {
        assert_eq!(super::REQUEST.faults(), Vec::<String>::new());
    }
}
