//! Pauses put in order, so that the clock can walk through them once.

use super::WorkingCalendar;
use crate::time::Instant;

/// When the clock stood still: from, and to; `None` while it still does.
pub(super) type Pause = (Instant, Option<Instant>);

/// The pauses in order, merged where they touch, without empty ones and without what lies before `start`. An open
/// pause ends [`WorkingCalendar::NEVER`].
pub(super) fn in_order(pauses: &[Pause], start: Instant) -> Vec<(Instant, Instant)> {
    if pauses.is_empty() {
        return Vec::new();
    }
    let mut spans: Vec<(Instant, Instant)> = pauses
        .iter()
        .map(|(from, to)| ((*from).max(start), to.unwrap_or(WorkingCalendar::NEVER)))
        .filter(|(from, to)| from < to)
        .collect();
    spans.sort_unstable();
    let mut merged: Vec<(Instant, Instant)> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}
