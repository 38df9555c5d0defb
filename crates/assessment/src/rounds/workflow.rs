//! The life of a round, whole on one page.
//!
//! A round comes in as a *draft*, in which the office says what its texts mean. When it is *checked*, what it comes to is fixed; when
//! it is *published*, units see their own rows. A published round that turns out wrong is *withdrawn* with a reason, never changed
//! in silence; restored, it is a draft again.

use kernel::workflow::ClockEffect::{End, Run};
use kernel::workflow::{Move, Workflow};

kernel::named! {
    pub enum State {
        /// 草稿: texts are being matched.
        Draft = "draft",
        /// 已核对: nothing changes any more; office and leaders see it.
        Checked = "checked",
        /// 已发布: units see their own rows.
        Published = "published",
        /// 已撤回: counts nowhere.
        Withdrawn = "withdrawn",
    }
}
store::coded!(State);

kernel::named! {
    pub enum Step {
        Check = "check",
        Reopen = "reopen",
        Publish = "publish",
        Withdraw = "withdraw",
        Restore = "restore",
    }
}

use State::{Checked, Draft, Published, Withdrawn};

pub const ROUND: Workflow<State, Step> = Workflow {
    entity: "round",
    start: &[Draft],
    ends: &[Published, Withdrawn],
    moves: &[
        Move { from: &[Draft], name: Step::Check, to: Checked, clock: Run },
        Move { from: &[Checked], name: Step::Publish, to: Published, clock: End },
        Move { from: &[Checked], name: Step::Reopen, to: Draft, clock: Run },
        Move { from: &[Published], name: Step::Withdraw, to: Withdrawn, clock: End },
        Move { from: &[Withdrawn], name: Step::Restore, to: Draft, clock: Run },
    ],
};

impl State {
    /// The colour that repeats the word.
    pub fn mood(self) -> &'static str {
        match self {
            Draft => "waiting",
            Checked => "active",
            Published => "done",
            Withdrawn => "paused",
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sound() {
        assert_eq!(super::ROUND.faults(), Vec::<String>::new());
    }
}
