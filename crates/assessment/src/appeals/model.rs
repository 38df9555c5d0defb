//! Appeals, corrections, terms.

use crate::rounds::model::Round;
use ::store::{coded, record};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::time::{Date, Instant};
use kernel::workflow::ClockEffect::{End, Run};
use kernel::workflow::{Move, Workflow};
use serde::{Deserialize, Serialize};

kernel::named! {
    pub enum State {
        /// 待答复
        Open = "open",
        /// 申诉成立
        Upheld = "upheld",
        /// 维持原扣分
        Rejected = "rejected",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
}

kernel::named! {
    pub enum Step {
        Uphold = "uphold",
        Reject = "reject",
        Withdraw = "withdraw",
        Reopen = "reopen",
    }
}
coded!(State);

pub const APPEAL: Workflow<State, Step> = Workflow {
    entity: "appeal",
    start: &[State::Open],
    ends: &[State::Upheld, State::Rejected, State::Withdrawn],
    moves: &[
        Move { from: &[State::Open], name: Step::Uphold, to: State::Upheld, clock: End },
        Move { from: &[State::Open], name: Step::Reject, to: State::Rejected, clock: End },
        Move { from: &[State::Open], name: Step::Withdraw, to: State::Withdrawn, clock: End },
        // an answer that was wrong is answered again
        Move { from: &[State::Rejected], name: Step::Reopen, to: State::Open, clock: Run },
    ],
};

impl State {
    /// The colour that repeats the word.
    pub fn mood(self) -> &'static str {
        match self {
            State::Open => "waiting",
            State::Upheld => "done",
            State::Rejected => "active",
            State::Withdrawn => "paused",
        }
    }
}

record! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct Appeal in "assessment_appeal" {
        pub id: Id<Appeal>,
        /// `AP-2026-0001`
        pub number: String,
        pub round_id: Id<Round>,
        pub row_number: i64,
        pub unit_id: Id<Unit>,
        pub unit_name: String,
        pub state: State,
        pub grounds: String,
        /// What the unit thinks should be taken off, as it was typed: `0` to `1`.
        pub wanted: String,
        /// How the rule was read, and how it is read now.
        pub rule_old: String,
        pub rule_new: String,
        pub answer: String,
        pub filed_by: String,
        pub filed_at: Instant,
        /// The last day of the answer.
        pub due_on: Date,
        pub answered_by: String,
        pub answered_at: Option<Instant>,
        pub version: i64,
    }
}

record! {
    /// What is taken off instead of what stands in the file.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Correction in "assessment_correction" {
        pub id: Id<Correction>,
        pub round_id: Id<Round>,
        pub row_number: i64,
        pub lost: String,
        pub was_lost: String,
        pub was_given: String,
        pub appeal_id: Id<Appeal>,
        pub made_at: Instant,
    }
}

/// Working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// From the publication, to appeal.
    pub file: i64,
    /// From the appeal, to answer.
    pub answer: i64,
}

impl Default for Terms {
    fn default() -> Self {
        Self { file: 5, answer: 10 }
    }
}

pub const TERMS: ::store::settings::Setting<Terms> =
    ::store::settings::Setting::new("assessment-appeal-days", Terms::default);

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sound() {
        assert_eq!(super::APPEAL.faults(), Vec::<String>::new());
    }
}
