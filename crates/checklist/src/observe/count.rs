//! Rules that count what stands inside a section or a repeat, or a number that was answered.

use super::{Found, PATHS, Value, Why};
use crate::answers::Given;
use crate::answers::live::Live;
use crate::model::{Kind, MET, UNMET};
use crate::problems::members;
use crate::rule::Counting;
use scoring::Exact;

/// What was counted: good ones, all of them, and how many answers were looked at.
struct Counted {
    good: u64,
    all: u64,
    answers: u64,
    /// Paths of what is not met, the first ten.
    failed: Vec<String>,
}

/// Met and not met questions inside.
fn of_members(live: &Live<'_>, at: usize, frame: usize) -> Counted {
    let mut counted = Counted { good: 0, all: 0, answers: 0, failed: Vec::new() };
    for member in members(live.map, at) {
        for inner in live.frames_of(member, frame) {
            let Some(Given::Text(text)) = live.given(member, inner) else { continue };
            counted.answers += 1;
            match text.as_str() {
                MET => {
                    counted.good += 1;
                    counted.all += 1;
                }
                UNMET => {
                    counted.all += 1;
                    if counted.failed.len() < PATHS {
                        let name = live.map.question(member).map(|question| question.name.as_str());
                        counted.failed.push(live.path(inner, name.unwrap_or_default()));
                    }
                }
                _ => {}
            }
        }
    }
    counted
}

/// The sum of a number over all rows inside, and how many answers there were. What is below nothing counts as nothing.
fn sum(live: &Live<'_>, name: &str, frame: usize) -> (u64, u64) {
    let Some(item) = live.map.find(name) else { return (0, 0) };
    let mut found = (0_u64, 0_u64);
    for inner in live.frames_of(item, frame) {
        if let Some(Given::Whole(number)) = live.given(item, inner) {
            found.0 = found.0.saturating_add(u64::try_from(*number).unwrap_or(0));
            found.1 += 1;
        }
    }
    found
}

/// How many were found, for rules that want so many; `None` where nothing was answered.
fn found(live: &Live<'_>, at: usize, frame: usize, counting: &Counting) -> Option<(u64, u64)> {
    let (good, answers) = match counting {
        Counting::Fields { good, .. } => sum(live, good, frame),
        Counting::Own => match live.map.question(at) {
            Some(question) if question.kind == Kind::Count => sum(live, &question.name, frame),
            _ => {
                let counted = of_members(live, at, frame);
                if counted.answers > 0 && counted.all == 0 {
                    // all of them were said to have no meaning here
                    return None;
                }
                (counted.good, counted.answers)
            }
        },
    };
    (answers > 0).then_some((good, answers))
}

pub(super) fn ratio(
    live: &Live<'_>,
    at: usize,
    frame: usize,
    counting: &Counting,
    target: Option<&Exact>,
    strict: bool,
) -> Found {
    let (good, all, answers) = match counting {
        Counting::Own => {
            let counted = of_members(live, at, frame);
            (counted.good, counted.all, counted.answers)
        }
        Counting::Fields { good, of } => {
            let ((good, one), (all, other)) =
                (sum(live, good, frame), sum(live, of.as_deref().unwrap_or(""), frame));
            if one == 0 || other == 0 {
                return Found::not_applicable(Why::Unanswered, one + other);
            }
            (good, all, one + other)
        }
    };
    if answers == 0 {
        return Found::not_applicable(Why::Unanswered, 0);
    }
    if good > all {
        return Found::not_applicable(Why::MoreThanAll { good, of: all }, answers);
    }
    let Some(share) = Exact::ratio(good, all) else {
        return Found::not_applicable(Why::NothingToCount, answers);
    };
    let value = match target {
        Some(target) if share >= *target => Exact::one(),
        Some(_) if strict => Exact::zero(),
        Some(target) => share.over(target).unwrap_or_default(),
        None => share,
    };
    let why = Why::Ratio { good, of: all, target: target.cloned() };
    Found { value: Value::Share(value), good, of: all, counted: answers, why }
}

pub(super) fn threshold(
    live: &Live<'_>,
    at: usize,
    frame: usize,
    counting: &Counting,
    at_least: u32,
) -> Found {
    let Some((good, answers)) = found(live, at, frame, counting) else {
        return Found::not_applicable(Why::Unanswered, 0);
    };
    let wanted = u64::from(at_least);
    let why = Why::Threshold { found: good, wanted };
    Found::all_or_nothing(good >= wanted, good, wanted, answers, why)
}

pub(super) fn any_fails(live: &Live<'_>, at: usize, frame: usize) -> Found {
    let counted = of_members(live, at, frame);
    if counted.answers == 0 {
        return Found::not_applicable(Why::Unanswered, 0);
    }
    if counted.all == 0 {
        return Found::not_applicable(Why::NothingToCount, counted.answers);
    }
    let failed = counted.all - counted.good;
    let why = Why::Fails { failed, of: counted.all, paths: counted.failed };
    Found::all_or_nothing(failed == 0, counted.good, counted.all, counted.answers, why)
}

pub(super) struct Marks<'r> {
    pub(super) full: &'r Exact,
    pub(super) each: &'r Exact,
    pub(super) wanted: u32,
    pub(super) per: u32,
    pub(super) floor: &'r Exact,
}

pub(super) fn deduct(
    live: &Live<'_>,
    at: usize,
    frame: usize,
    counting: &Counting,
    marks: &Marks<'_>,
) -> Found {
    let Some((good, answers)) = found(live, at, frame, counting) else {
        return Found::not_applicable(Why::Unanswered, 0);
    };
    let wanted = u64::from(marks.wanted);
    let missing = wanted.saturating_sub(good);
    let times = missing / u64::from(marks.per.max(1));
    let left = marks.full.clone() - &Exact::from(times) * marks.each;
    let left = left.max(marks.floor.clone());
    let share = left.over(marks.full).unwrap_or_default().clamp(Exact::zero(), Exact::one());
    let why = Why::Deducted { found: good, wanted, missing, marks: left, full: marks.full.clone() };
    Found { value: Value::Share(share), good: good.min(wanted), of: wanted, counted: answers, why }
}
