//! The life of a letter, whole on one page. All three rungs share it; [`crate::commands`] says which moves are for which.
//!
//! The program or a person *proposes*; the office checks the text and *submits* it; a leader who did not draft it *signs*,
//! which numbers and issues it. The unit acknowledges and answers. It ends closed, carried to the next rung, or withdrawn.

use kernel::workflow::ClockEffect::{End, Run, Start};
use kernel::workflow::{Move, Workflow};

kernel::named! {
    pub enum State {
        /// Asked for by the program, or sent back; nobody stands behind the text yet.
        Proposed = "proposed",
        /// Checked, waiting for a signature.
        Submitted = "submitted",
        /// Out, with its number.
        Issued = "issued",
        /// The unit has seen it.
        Acknowledged = "acknowledged",
        Answered = "answered",
        /// The talk has taken place; undertakings run.
        Held = "held",
        Closed = "closed",
        /// The next rung was proposed instead of an end.
        Carried = "carried",
        Withdrawn = "withdrawn",
        /// Never issued, with a reason.
        Refused = "refused",
        /// Never issued, because the unit acted before.
        Lapsed = "lapsed",
    }
}
store::coded!(State);

kernel::named! {
    pub enum Step {
        Submit = "submit",
        SendBack = "send-back",
        Sign = "sign",
        /// By the program, where the city lets a rung issue itself.
        IssueItself = "issue-itself",
        Refuse = "refuse",
        Lapse = "lapse",
        Acknowledge = "acknowledge",
        Answer = "answer",
        Hold = "hold",
        Close = "close",
        Carry = "carry",
        Withdraw = "withdraw",
    }
}

use State::{
    Acknowledged, Answered, Carried, Closed, Held, Issued, Lapsed, Proposed, Refused, Submitted, Withdrawn,
};

macro_rules! rows {
    ($($name:ident: $($from:ident)|+ => $to:ident $clock:ident;)+) => {
        &[$(Move { from: &[$($from),+], name: Step::$name, to: $to, clock: $clock }),+]
    };
}

pub const LETTER: Workflow<State, Step> = Workflow {
    entity: "letter",
    start: &[Proposed],
    ends: &[Closed, Carried, Withdrawn, Refused, Lapsed],
    moves: rows! {
        Submit: Proposed => Submitted Run;
        SendBack: Submitted => Proposed Run;
        Sign: Submitted => Issued Start;
        IssueItself: Proposed => Issued Start;
        Refuse: Proposed | Submitted => Refused End;
        Lapse: Proposed | Submitted => Lapsed End;
        Acknowledge: Issued => Acknowledged Run;
        Answer: Issued | Acknowledged => Answered End;
        Hold: Issued | Acknowledged | Answered => Held Run;
        Close: Issued | Acknowledged | Answered | Held => Closed End;
        Carry: Issued | Acknowledged | Answered | Held => Carried End;
        Withdraw: Issued | Acknowledged | Answered | Held => Withdrawn End;
    },
};

impl State {
    pub fn is_over(self) -> bool {
        LETTER.ends.contains(&self)
    }

    /// Whether it has left the house: from then on the unit may see it.
    pub fn is_out(self) -> bool {
        matches!(self, Issued | Acknowledged | Answered | Held | Closed | Carried | Withdrawn)
    }

    pub fn waits_for_office(self) -> bool {
        matches!(self, Proposed | Submitted)
    }

    /// Whether the unit owes an answer.
    pub fn waits_for_unit(self) -> bool {
        matches!(self, Issued | Acknowledged)
    }

    /// For the state's colour.
    pub fn mood(self) -> &'static str {
        match self {
            Issued | Acknowledged => "active",
            Proposed | Submitted | Answered | Held => "waiting",
            Closed | Carried => "done",
            Withdrawn | Refused | Lapsed => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(LETTER.faults(), Vec::<String>::new());
    }

    #[test]
    fn nothing_that_is_out_can_be_refused_and_nothing_inside_withdrawn() {
        for state in <State as kernel::workflow::Named>::ALL {
            assert!(!(state.is_out() && LETTER.step(*state, Step::Refuse).is_ok()), "{state:?}");
            assert!(state.is_out() || LETTER.step(*state, Step::Withdraw).is_err(), "{state:?}");
        }
    }
}
