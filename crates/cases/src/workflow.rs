//! The life of a case on one page: the seven stages 信息收集 → 核实立案 → 派遣 → 处置 → 反馈 → 核查 → 结案 of GB/T 30428,
//! and the side states that real work needs.

use kernel::workflow::ClockEffect::{End, Pause, Resume, Run, Start};
use kernel::workflow::{Move, Named, Workflow};

kernel::named! {
    /// Where a case stands.
    pub enum State {
        /// 待核实: somebody has reported it.
        Reported = "reported",
        /// 待补充: the reporter was asked something before any unit has it; the clock stands.
        Unclear = "unclear",
        /// 待立案: it is there.
        Confirmed = "confirmed",
        /// 待派遣: it is a case.
        Registered = "registered",
        /// 待处置: a unit has been told.
        Dispatched = "dispatched",
        /// 处置中: the unit has taken it up.
        Handling = "handling",
        /// 待核查: the unit says it is fixed.
        Answered = "answered",
        /// 待结案: somebody else has seen that it is fixed.
        Verified = "verified",
        /// 已结案.
        Closed = "closed",
        /// 挂账: cannot be solved for now, with a reason and an approver; the clock stands.
        Parked = "parked",
        /// 待答复: the reporter was asked something that the unit needs to know; the clock stands.
        Inquired = "inquired",
        /// 确权: two units say that the other one is responsible; somebody rules; the clock stands.
        Disputed = "disputed",
        /// 复核: the reporter says that it is not fixed.
        Contested = "contested",
        /// 已拆分: its parts are cases of their own, and it follows them.
        Split = "split",
        /// 不予立案: not there, or not the city's business.
        Refused = "refused",
        /// 已并案: the same problem as another case.
        Merged = "merged",
        /// 作废: entered by mistake.
        Voided = "voided",
    }
}

kernel::named! {
    /// What can be done with a case.
    pub enum Step {
        Confirm = "confirm",
        Refuse = "refuse",
        Register = "register",
        Dispatch = "dispatch",
        Receive = "receive",
        Redispatch = "redispatch",
        Return = "return",
        Dispute = "dispute",
        Rule = "rule",
        Park = "park",
        Resume = "resume",
        Inquire = "inquire",
        Reply = "reply",
        Lapse = "lapse",
        Drop = "drop",
        Answer = "answer",
        Pass = "pass",
        Rework = "rework",
        Close = "close",
        Contest = "contest",
        Uphold = "uphold",
        Reopen = "reopen",
        Recall = "recall",
        Split = "split",
        Gather = "gather",
        Merge = "merge",
        Unmerge = "unmerge",
        Void = "void",
    }
}

kernel::named! {
    /// The stages whose time is limited and counted on its own.
    pub enum Stage {
        Confirm = "confirm",
        Register = "register",
        Dispatch = "dispatch",
        Handle = "handle",
        Verify = "verify",
        Close = "close",
    }
}

store::coded!(State, Step, Stage);

use State as S;

/// Every legal move. A case that a unit holds is in one of `AT_UNIT`.
pub const CASE: Workflow<State, Step> = Workflow {
    entity: "case",
    start: &[S::Reported],
    ends: &[S::Closed, S::Refused, S::Merged, S::Voided],
    moves: &[
        Move { from: &[S::Reported], name: Step::Confirm, to: S::Confirmed, clock: Start },
        Move {
            from: &[S::Reported, S::Confirmed, S::Unclear],
            name: Step::Refuse,
            to: S::Refused,
            clock: End,
        },
        Move { from: &[S::Confirmed], name: Step::Register, to: S::Registered, clock: Start },
        Move { from: &[S::Registered], name: Step::Dispatch, to: S::Dispatched, clock: Start },
        Move { from: &[S::Dispatched], name: Step::Receive, to: S::Handling, clock: Run },
        Move { from: &[S::Dispatched, S::Handling], name: Step::Answer, to: S::Answered, clock: Start },
        Move { from: &[S::Answered], name: Step::Pass, to: S::Verified, clock: Start },
        Move { from: &[S::Verified], name: Step::Close, to: S::Closed, clock: End },
        // not fixed: back to the same unit, whose clock goes on where it stood when it answered
        Move { from: &[S::Answered], name: Step::Rework, to: S::Handling, clock: Resume },
        // the wrong unit: back to the dispatcher; or the dispatcher sees it first
        Move { from: &[S::Dispatched, S::Handling], name: Step::Return, to: S::Registered, clock: Start },
        Move { from: &[S::Dispatched, S::Handling], name: Step::Redispatch, to: S::Dispatched, clock: Start },
        Move { from: &[S::Dispatched, S::Handling], name: Step::Dispute, to: S::Disputed, clock: Pause },
        Move { from: &[S::Disputed], name: Step::Rule, to: S::Dispatched, clock: Resume },
        Move { from: &[S::Dispatched, S::Handling], name: Step::Park, to: S::Parked, clock: Pause },
        Move { from: &[S::Parked], name: Step::Resume, to: S::Handling, clock: Resume },
        // a question to the reporter. Before a unit has the case, the answer may change what it is and whose, so that it
        // is looked at afresh; afterwards the unit goes on
        Move {
            from: &[S::Reported, S::Confirmed, S::Registered],
            name: Step::Inquire,
            to: S::Unclear,
            clock: Pause,
        },
        Move { from: &[S::Dispatched, S::Handling], name: Step::Inquire, to: S::Inquired, clock: Pause },
        Move { from: &[S::Unclear], name: Step::Reply, to: S::Reported, clock: Resume },
        Move { from: &[S::Inquired], name: Step::Reply, to: S::Handling, clock: Resume },
        // nobody answered in time, or the question was taken back: on without it, or, where the city says so, no further
        Move { from: &[S::Unclear], name: Step::Lapse, to: S::Reported, clock: Resume },
        Move { from: &[S::Inquired], name: Step::Lapse, to: S::Handling, clock: Resume },
        Move { from: &[S::Unclear, S::Inquired], name: Step::Drop, to: S::Refused, clock: End },
        // the reporter's word after closing, once; the office decides
        Move { from: &[S::Closed], name: Step::Contest, to: S::Contested, clock: Start },
        Move { from: &[S::Contested], name: Step::Uphold, to: S::Closed, clock: End },
        Move { from: &[S::Contested], name: Step::Reopen, to: S::Dispatched, clock: Start },
        // 回头看: somebody went there again some weeks later, and it was not fixed after all
        Move { from: &[S::Closed], name: Step::Recall, to: S::Dispatched, clock: Start },
        // a parent follows its parts: when the last one ends, so does it
        Move { from: &[S::Confirmed, S::Registered], name: Step::Split, to: S::Split, clock: Run },
        Move { from: &[S::Split], name: Step::Gather, to: S::Verified, clock: Start },
        Move {
            from: &[S::Reported, S::Confirmed, S::Registered, S::Unclear],
            name: Step::Merge,
            to: S::Merged,
            clock: End,
        },
        Move { from: &[S::Merged], name: Step::Unmerge, to: S::Reported, clock: Start },
        Move {
            from: &[
                S::Reported,
                S::Confirmed,
                S::Registered,
                S::Dispatched,
                S::Handling,
                S::Answered,
                S::Parked,
                S::Unclear,
                S::Inquired,
                S::Disputed,
                S::Split,
            ],
            name: Step::Void,
            to: S::Voided,
            clock: End,
        },
    ],
};

impl State {
    /// The stage whose clock runs in this state; none where nobody is waited for.
    pub fn stage(self) -> Option<Stage> {
        match self {
            S::Reported => Some(Stage::Confirm),
            S::Confirmed => Some(Stage::Register),
            S::Registered => Some(Stage::Dispatch),
            S::Dispatched | S::Handling => Some(Stage::Handle),
            S::Answered | S::Contested => Some(Stage::Verify),
            S::Verified => Some(Stage::Close),
            S::Parked
            | S::Unclear
            | S::Inquired
            | S::Disputed
            | S::Split
            | S::Closed
            | S::Refused
            | S::Merged
            | S::Voided => None,
        }
    }

    /// Whether the case is over (for now: a closed one may be contested).
    pub fn is_over(self) -> bool {
        CASE.ends.contains(&self)
    }

    /// Whether a unit is the one to act.
    pub fn is_at_unit(self) -> bool {
        matches!(self, S::Dispatched | S::Handling)
    }

    /// Whether the reporter has been asked something and has not answered.
    pub fn waits_for_reporter(self) -> bool {
        matches!(self, S::Unclear | S::Inquired)
    }

    /// States that are open: somebody still has something to do.
    pub fn open() -> Vec<State> {
        State::ALL.iter().copied().filter(|s| !s.is_over()).collect()
    }

    /// How far along the seven stages, from 1, for the stepper.
    pub fn position(self) -> usize {
        match self {
            S::Reported | S::Unclear | S::Merged | S::Refused | S::Voided => 1,
            S::Confirmed => 2,
            S::Registered | S::Split => 3,
            S::Dispatched | S::Handling | S::Parked | S::Inquired | S::Disputed => 4,
            S::Answered | S::Contested => 5,
            S::Verified => 6,
            S::Closed => 7,
        }
    }

    /// Mood of the state's label, as the style sheet names it.
    pub fn mood(self) -> &'static str {
        match self {
            S::Reported | S::Confirmed | S::Registered => "",
            S::Dispatched | S::Handling => "active",
            S::Answered | S::Verified | S::Contested | S::Split | S::Disputed | S::Unclear | S::Inquired => {
                "waiting"
            }
            S::Parked | S::Refused | S::Merged | S::Voided => "paused",
            S::Closed => "done",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(CASE.faults(), Vec::<String>::new());
    }

    #[test]
    fn the_main_road_has_seven_stages() {
        let mut state = S::Reported;
        for step in [
            Step::Confirm,
            Step::Register,
            Step::Dispatch,
            Step::Receive,
            Step::Answer,
            Step::Pass,
            Step::Close,
        ] {
            state = CASE.step(state, step).unwrap().to;
        }
        assert_eq!(state, S::Closed);
        assert_eq!(state.position(), 7);
    }

    #[test]
    fn every_pair_outside_the_table_is_refused() {
        for state in State::ALL {
            for step in Step::ALL {
                let listed = CASE.from(*state).any(|m| m.name == *step);
                assert_eq!(CASE.step(*state, *step).is_ok(), listed, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn only_a_stage_that_somebody_owns_has_a_clock() {
        for state in State::ALL {
            assert!(!(state.is_over() && state.stage().is_some()), "{state:?}");
        }
    }
}
