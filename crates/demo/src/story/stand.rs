//! How a story stands, read off its steps.

use super::types::{Act, CaseStory, End, TimeUnit};
use crate::when::Moment;
use crate::worktime::WorkTime;

/// The state at `now` of a story whose steps all lie before it.
pub(super) fn stands(story: &CaseStory, work: &WorkTime, now: Moment) -> End {
    let mut end = End::Waiting;
    for step in &story.steps {
        end = match step.act {
            Act::Register { .. } | Act::Dispatch { .. } | Act::Resume { .. } | Act::Reopen { .. } => {
                End::Open
            }
            Act::Park { .. } => End::Parked,
            Act::Close { .. } => End::Closed { on_time: story.due.is_none_or(|d| step.at <= d) },
            Act::Void { .. } => End::Void,
            Act::Merge { .. } => End::Merged,
            Act::Split { .. } => End::Split,
            _ => end,
        };
    }
    match (end, story.due) {
        (End::Open, Some(due)) if due < now => End::Overdue,
        (End::Open, Some(due)) if soon(story.limit.unit, work, now, due) => End::DueSoon,
        _ => end,
    }
}

fn soon(unit: TimeUnit, work: &WorkTime, now: Moment, due: Moment) -> bool {
    match unit {
        TimeUnit::UrgentHour => due.0 - now.0 < 4 * 3_600,
        _ => work.duty_between(now, due) < 240,
    }
}
