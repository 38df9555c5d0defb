//! The life of an item, whole on one page.
//!
//! A unit *hands in* a draft; one person reviews it, another reviews it again, and it is put into the volume. Whoever reviews may
//! return it with a reason. What is filed never changes.

use kernel::workflow::ClockEffect::{End, Run, Start};
use kernel::workflow::{Move, Workflow};

kernel::named! {
    pub enum State {
        /// 待提交
        Draft = "draft",
        /// 初审
        First = "first",
        /// 复审
        Second = "second",
        /// 定稿
        Final = "final",
        /// 入册
        Filed = "filed",
        /// 退回
        Returned = "returned",
        /// 撤回
        Withdrawn = "withdrawn",
    }
}
store::coded!(State);

kernel::named! {
    pub enum Step {
        Submit = "submit",
        PassFirst = "pass-first",
        PassSecond = "pass-second",
        File = "file",
        Return = "return",
        Withdraw = "withdraw",
    }
}

use State::{Draft, Filed, Final, First, Returned, Second, Withdrawn};

macro_rules! rows {
    ($($name:ident: $($from:ident)|+ => $to:ident $clock:ident;)+) => {
        &[$(Move { from: &[$($from),+], name: Step::$name, to: $to, clock: $clock }),+]
    };
}

pub const ITEM: Workflow<State, Step> = Workflow {
    entity: "evidence",
    start: &[Draft],
    ends: &[Filed, Withdrawn],
    moves: rows! {
        Submit: Draft | Returned => First Start;
        PassFirst: First => Second Run;
        PassSecond: Second => Final Run;
        File: Final => Filed End;
        Return: First | Second | Final => Returned Run;
        Withdraw: Draft | Returned => Withdrawn End;
    },
};

impl State {
    /// Whether its unit may still change it.
    pub fn is_open(self) -> bool {
        matches!(self, Draft | Returned)
    }

    /// Whether it waits for a reviewer.
    pub fn is_in_review(self) -> bool {
        matches!(self, First | Second | Final)
    }

    pub fn mood(self) -> &'static str {
        match self {
            Draft => "",
            First | Second | Final => "waiting",
            Filed => "done",
            Returned => "late",
            Withdrawn => "paused",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(ITEM.faults(), Vec::<String>::new());
    }

    #[test]
    fn nothing_leads_out_of_the_volume() {
        assert_eq!(ITEM.from(Filed).count(), 0);
        assert!(ITEM.step(Draft, Step::PassFirst).is_err() && ITEM.step(First, Step::PassSecond).is_err());
    }
}
