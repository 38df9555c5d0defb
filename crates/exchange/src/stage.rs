//! Where an order stands, in eight words that both systems understand, and what a partner's step means for a case: the whole
//! correspondence on one page. Pure.

use crate::model::Kind;
use cases::workflow::{CASE, State, Step};

kernel::named! {
    /// The stages of the protocol; each system maps its own states to these.
    pub enum Stage {
        /// 待受理.
        Received = "received",
        /// 已受理, 已立案.
        Accepted = "accepted",
        /// 已派遣, 处置中.
        Dispatched = "dispatched",
        /// 已处置, 待核查.
        Handled = "handled",
        /// 已结案.
        Closed = "closed",
        /// 不予受理, 退回.
        Refused = "refused",
        /// 已撤单, 作废.
        Withdrawn = "withdrawn",
        /// 挂账, 缓办.
        Suspended = "suspended",
    }
}

/// The stage of a case. A merged one has that of the case it went into, which is the one that is asked about.
pub fn of(state: State) -> Stage {
    match state {
        State::Reported | State::Unclear | State::Confirmed => Stage::Received,
        State::Registered | State::Split | State::Merged => Stage::Accepted,
        // a contested one is being looked into again
        State::Dispatched | State::Handling | State::Inquired | State::Disputed | State::Contested => {
            Stage::Dispatched
        }
        State::Answered | State::Verified => Stage::Handled,
        State::Parked => Stage::Suspended,
        State::Closed => Stage::Closed,
        State::Refused => Stage::Refused,
        State::Voided => Stage::Withdrawn,
    }
}

impl Stage {
    /// How far along: something is to be done, it was done, it is over.
    pub fn rank(self) -> u8 {
        match self {
            Stage::Received | Stage::Accepted | Stage::Dispatched | Stage::Suspended => 0,
            Stage::Handled => 1,
            Stage::Closed | Stage::Refused | Stage::Withdrawn => 2,
        }
    }
}

/// Whether two systems that say this of one order agree. Which desk has an open order is each system's own affair; a partner
/// that closes only after its call-back (回访) may stand at *handled* while we have closed; and what we gave back they may
/// simply close.
pub fn agree(ours: Stage, theirs: Stage) -> bool {
    let suspended = |s: Stage| s == Stage::Suspended;
    match (ours, theirs) {
        (a, b) if a == b => true,
        (a, b) if a.rank() == 0 && b.rank() == 0 => suspended(a) == suspended(b),
        (Stage::Closed, Stage::Handled) | (Stage::Refused | Stage::Withdrawn, Stage::Closed) => true,
        _ => false,
    }
}

/// What a partner's step makes of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// Nothing moves; the history says that they said it.
    Note,
    /// Nothing at all: the case is where they say.
    Nothing,
    /// A supplement where the reporter was asked something: it is the answer.
    Reply,
    Void,
    /// Their check is the verification; then it is closed.
    PassAndClose,
    Close,
    Contest,
    Rework,
    /// Our process does not allow it here, or the rule says that ours holds: the difference is for a person.
    Differ,
}

impl Follow {
    /// The moves of the workflow it makes.
    pub fn steps(self) -> &'static [Step] {
        match self {
            Follow::Note | Follow::Nothing | Follow::Differ => &[],
            Follow::Reply => &[Step::Reply],
            Follow::Void => &[Step::Void],
            Follow::PassAndClose => &[Step::Pass, Step::Close],
            Follow::Close => &[Step::Close],
            Follow::Contest => &[Step::Contest],
            Follow::Rework => &[Step::Rework],
        }
    }
}

/// `theirs`: whether their word on states holds.
pub fn follow(state: State, kind: Kind, theirs: bool) -> Follow {
    let at_work = matches!(
        state,
        State::Dispatched | State::Handling | State::Inquired | State::Disputed | State::Parked
    );
    match kind {
        Kind::Created | Kind::Changed => Follow::Nothing,
        Kind::Supplemented if state.waits_for_reporter() => Follow::Reply,
        Kind::Urged | Kind::Supplemented => Follow::Note,
        Kind::Withdrawn => match state {
            State::Voided | State::Refused => Follow::Nothing,
            // nobody has set out yet
            State::Reported | State::Unclear | State::Confirmed | State::Registered => Follow::Void,
            _ if at_work && theirs => Follow::Void,
            _ => Follow::Differ,
        },
        Kind::Closed => match state {
            State::Closed | State::Refused | State::Voided => Follow::Nothing,
            // somebody of ours has seen that it is fixed
            State::Verified => Follow::Close,
            State::Answered if theirs => Follow::PassAndClose,
            _ => Follow::Differ,
        },
        Kind::Contested => match state {
            State::Closed => Follow::Contest,
            State::Answered if theirs => Follow::Rework,
            _ if at_work => Follow::Note,
            _ => Follow::Differ,
        },
    }
}

/// What somebody means who takes the partner's stage over for a case; none where it is done on the case's own page.
pub fn take_over(state: State, stage: Stage) -> Option<Follow> {
    let allowed = |follow: Follow| {
        let mut at = state;
        for step in follow.steps() {
            at = CASE.step(at, *step).ok()?.to;
        }
        Some(follow)
    };
    match (stage, state) {
        (Stage::Withdrawn, _) => allowed(Follow::Void),
        (Stage::Closed, State::Answered) => allowed(Follow::PassAndClose),
        (Stage::Closed, _) => allowed(Follow::Close),
        (Stage::Received | Stage::Accepted | Stage::Dispatched, State::Answered) => allowed(Follow::Rework),
        (Stage::Received | Stage::Accepted | Stage::Dispatched, State::Closed) => allowed(Follow::Contest),
        _ => None,
    }
}

/// The stage that a step of theirs says by itself.
pub fn said_by(kind: Kind) -> Option<Stage> {
    match kind {
        Kind::Withdrawn => Some(Stage::Withdrawn),
        Kind::Closed => Some(Stage::Closed),
        Kind::Contested => Some(Stage::Dispatched),
        Kind::Created | Kind::Changed | Kind::Urged | Kind::Supplemented => None,
    }
}

/// Which of the revisions that wait comes next: the one right behind the last. None waits for the gap to be filled.
pub fn next(applied: i64, waiting: &[i64]) -> Option<i64> {
    waiting.iter().copied().find(|revision| *revision == applied + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::workflow::Named;
    use proptest::prelude::*;

    fn any<T: Named + std::fmt::Debug + 'static>() -> impl Strategy<Value = T> {
        prop::sample::select(T::ALL)
    }

    proptest! {
        #[test]
        fn what_follows_is_always_a_road_of_the_process(state in any::<State>(), kind in any::<Kind>(), theirs: bool) {
            let mut at = state;
            for step in follow(state, kind, theirs).steps() {
                at = CASE.step(at, *step).map_err(|p| TestCaseError::fail(format!("{state:?} {kind:?}: {p}")))?.to;
            }
        }

        #[test]
        fn taking_over_is_a_road_that_leads_to_agreement_or_to_whoever_decides(
            state in any::<State>(), stage in any::<Stage>()
        ) {
            if let Some(follow) = take_over(state, stage) {
                let mut at = state;
                for step in follow.steps() {
                    at = CASE.step(at, *step).map_err(|p| TestCaseError::fail(p.to_string()))?.to;
                }
                prop_assert!(agree(of(at), stage) || at == State::Contested, "{state:?} {stage:?} -> {at:?}");
            }
        }

        #[test]
        fn who_says_the_same_agrees(stage in any::<Stage>(), other in any::<Stage>()) {
            prop_assert!(agree(stage, stage));
            // an open order is never taken for one that is over
            if stage.rank() == 0 && other.rank() == 2 {
                prop_assert!(!agree(stage, other) && !agree(other, stage));
            }
        }

        #[test]
        fn a_rule_for_us_never_moves_more_than_one_for_them(state in any::<State>(), kind in any::<Kind>()) {
            let (ours, theirs) = (follow(state, kind, false), follow(state, kind, true));
            prop_assert!(ours.steps().is_empty() || ours == theirs, "{state:?} {kind:?}");
        }

        /// However changes arrive, they are carried out one after the other, each once.
        #[test]
        fn revisions_are_carried_out_in_order(mut arriving in Just((1..=12_i64).collect::<Vec<_>>()).prop_shuffle(),
            again in prop::collection::vec(1..=12_i64, 0..8)
        ) {
            arriving.extend(again);
            let (mut applied, mut waiting, mut done) = (0, Vec::new(), Vec::new());
            for revision in arriving {
                waiting.push(revision);
                while let Some(next) = next(applied, &waiting) {
                    waiting.retain(|w| *w > next);
                    applied = next;
                    done.push(next);
                }
            }
            prop_assert_eq!(done, (1..=12).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_end_of_a_case_is_the_end_of_its_order() {
        for state in State::ALL {
            if *state != State::Merged {
                assert_eq!(state.is_over(), of(*state).rank() == 2, "{state:?}");
            }
        }
    }

    #[test]
    fn nothing_is_closed_that_nobody_has_handled() {
        for state in State::ALL {
            for theirs in [true, false] {
                let follow = follow(*state, Kind::Closed, theirs);
                if matches!(follow, Follow::Close | Follow::PassAndClose) {
                    assert!(matches!(state, State::Answered | State::Verified), "{state:?}");
                }
            }
        }
    }
}
