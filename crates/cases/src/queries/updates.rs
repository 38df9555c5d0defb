//! What became of public cases, step by step: for programs that follow them.

use super::open::public_numbers;
use crate::masked::tells_everybody;
use crate::model::Case;
use crate::workflow::State;
use ::store::Tx;
use ::store::audit::{self, HistoryLine, LogFilter};
use ::store::follow::{self, Place, Seen};
use kernel::id::{Id, first_at};
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;
use std::collections::HashMap;

/// A step of a case that everybody can see.
#[derive(Clone, Debug)]
pub struct OpenUpdate {
    pub number: String,
    /// The state it led to.
    pub state: State,
    pub line: HistoryLine,
}

fn update(number: &str, line: HistoryLine) -> OpenUpdate {
    let state = State::parse(&line.fact("to")).unwrap_or(State::Reported);
    OpenUpdate { number: number.to_owned(), state, line }
}

/// The steps of one public case, oldest first.
pub fn updates_of(tx: &mut Tx<'_>, number: &str) -> Result<Option<Vec<OpenUpdate>>> {
    let Some(case) = super::public_case(tx, number)? else { return Ok(None) };
    let lines = audit::history(tx, case.id)?.into_iter().filter(|l| is_step(&l.verb));
    Ok(Some(lines.map(|line| update(&case.number, line)).collect()))
}

/// How many events of the log one question looks through, and how many at a time.
const LOOKED_THROUGH: usize = 100_000;
const WINDOW: i64 = 2_000;

/// Which time is asked for, both ends included; and where the part before ended.
#[derive(Clone, Debug)]
pub struct UpdateSpan {
    pub from: Instant,
    pub until: Instant,
    pub after: Option<Place>,
}

/// Steps of a span of time.
#[derive(Debug)]
pub struct OpenUpdates {
    pub steps: Vec<OpenUpdate>,
    /// Up to where the log was read: whoever goes on from here misses nothing, also not what was begun before and is saved
    /// only afterwards.
    pub reached: Place,
    /// Whether there may be more of this span now.
    pub more: bool,
}

/// The steps of all public cases in a time, in the order of the log, at most `limit`.
pub fn open_updates(tx: &mut Tx<'_>, span: UpdateSpan, limit: usize) -> Result<OpenUpdates> {
    let UpdateSpan { from, until, after } = span;
    let mut place = match after {
        Some(place) => place,
        None => follow::before(tx, first_at(from.0.div_euclid(1000)))?,
    };
    let (mut found, mut looked) = (Vec::new(), 0);
    let more = loop {
        let seen = follow::after(tx, &place, WINDOW)?;
        let wanted = |e: &Seen| is_step(&e.verb) && (from..=until).contains(&e.at);
        let mut ids: Vec<Id<Case>> = seen.iter().filter(|e| wanted(e)).map(|e| Id::new(e.entity)).collect();
        ids.sort_unstable();
        ids.dedup();
        let numbers = public_numbers(tx, &ids)?;
        let mut full = false;
        let past = seen.iter().all(|event| event.at > until);
        for event in &seen {
            let number = numbers.get(&Id::new(event.entity)).filter(|_| wanted(event));
            if number.is_some() && found.len() == limit {
                full = true;
                break;
            }
            place.insert(event.lane, event.seq);
            found.extend(number.map(|number| (event.id, number.clone())));
        }
        looked += seen.len();
        let whole = i64::try_from(seen.len()).is_ok_and(|n| n < WINDOW);
        if full || (looked >= LOOKED_THROUGH && !whole && !past) {
            break true;
        }
        if whole || past {
            break false;
        }
    };
    let numbers: HashMap<i64, String> = found.into_iter().collect();
    let mut ids: Vec<i64> = numbers.keys().copied().collect();
    ids.sort_unstable();
    let lines = audit::lines(tx, &ids)?.into_iter();
    let steps = lines.filter_map(|line| Some(update(numbers.get(&line.id)?, line))).collect();
    Ok(OpenUpdates { steps, reached: place, more })
}

/// Events of cases that the newest steps are looked for among.
const LATELY: usize = 400;

/// The newest steps of public cases, newest first, at most `limit`, among the newest four hundred events of cases: costs the
/// same however long the log is.
pub fn latest_updates(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<OpenUpdate>> {
    let wanted = LogFilter { verb: "case".to_owned(), ..LogFilter::default() };
    let mut lines = audit::search(tx, &wanted, LATELY)?.lines;
    lines.retain(|line| is_step(&line.verb));
    let mut ids: Vec<Id<Case>> = lines.iter().map(|line| Id::new(line.entity)).collect();
    ids.sort_unstable();
    ids.dedup();
    let numbers = public_numbers(tx, &ids)?;
    let steps = lines.into_iter().filter_map(|line| Some(update(numbers.get(&Id::new(line.entity))?, line)));
    Ok(steps.take(limit).collect())
}

/// Whether an event moved a case for everybody to see; that it was reported is the case itself.
fn is_step(verb: &str) -> bool {
    !matches!(verb, "case.reported" | "case.imported" | "case.rated") && tells_everybody(verb)
}
