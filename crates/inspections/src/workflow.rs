//! The life of an inspection, whole on one page.
//!
//! It is planned; then the office binds itself ([`Step::Commit`]) and the plan can no longer be changed; then it is drawn. Points
//! may be replaced while it is drawn or under way. With its end the secret is shown to everybody.

use kernel::workflow::ClockEffect::{End as Stop, Run, Start as Begin};
use kernel::workflow::{Move, Workflow};

kernel::named! {
    pub enum State {
        /// 筹备: everything can still be changed.
        Planned = "planned",
        /// 已承诺: plan and register are frozen, and their fingerprint is published.
        Committed = "committed",
        /// 已抽样
        Drawn = "drawn",
        /// 考察中
        Underway = "underway",
        /// 已结束: the secret is shown.
        Ended = "ended",
        /// 已取消, with a reason that is published.
        Cancelled = "cancelled",
    }
}
store::coded!(State);

kernel::named! {
    pub enum Step {
        Commit = "commit",
        Draw = "draw",
        Start = "start",
        End = "end",
        Cancel = "cancel",
    }
}

use State::{Cancelled, Committed, Drawn, Ended, Planned, Underway};

pub const INSPECTION: Workflow<State, Step> = Workflow {
    entity: "inspection",
    start: &[Planned],
    ends: &[Ended, Cancelled],
    moves: &[
        Move { from: &[Planned], name: Step::Commit, to: Committed, clock: Begin },
        Move { from: &[Committed], name: Step::Draw, to: Drawn, clock: Run },
        Move { from: &[Drawn], name: Step::Start, to: Underway, clock: Run },
        Move { from: &[Underway], name: Step::End, to: Ended, clock: Stop },
        Move { from: &[Planned, Committed, Drawn, Underway], name: Step::Cancel, to: Cancelled, clock: Stop },
    ],
};

impl State {
    /// Whether points have been drawn and may still be visited.
    pub fn runs(self) -> bool {
        matches!(self, Drawn | Underway)
    }

    /// The colour that repeats what the word says.
    pub fn mood(self) -> &'static str {
        match self {
            Planned => "",
            Committed | Drawn => "waiting",
            Underway => "active",
            Ended => "done",
            Cancelled => "paused",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(INSPECTION.faults(), Vec::<String>::new());
    }
}
