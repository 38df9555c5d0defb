//! A record that comes whole, from a telephone that was without a network or from another program.
//!
//! Every sending has a name of its own, and the same again is the same record. What comes for a visit that has a record is
//! kept as another reading, and the office chooses: nothing that somebody wrote is lost.

use super::{
    NewFile, blank, derive, event, keep_files, keep_reading, model, own_visit, save, stepped, written,
};
use crate::jobs;
use crate::model::{Door, Edition, EditionState, FILES, Record};
use crate::store as rows;
use crate::walk;
use crate::workflow::{State, Step};
use ::store::Tx;
use checklist::{Answers, words};
use inspections::visits::Visit;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use kernel::workflow::Named;
use places::PlaceIndex;

/// What is sent.
#[derive(Clone, Debug)]
pub struct Sending {
    pub visit: Id<Visit>,
    pub edition: Id<Edition>,
    /// The sender's own name for this sending, at most 200 characters.
    pub instance: String,
    pub started_at: Instant,
    pub ended_at: Instant,
    /// Longitude, latitude, metres of accuracy.
    pub at: Option<(f64, f64, Option<f64>)>,
    pub answers: Answers,
    pub files: Vec<NewFile>,
    pub door: Door,
}

/// What is wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    pub path: String,
    pub code: &'static str,
    pub what: String,
    pub message: checklist::Text,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum Outcome {
    New(Record),
    /// It was here already.
    Same(Record),
    /// It is kept as another reading beside the record that is there.
    Kept {
        kept: Box<Record>,
        there: Box<Record>,
    },
    /// Nothing of it was taken.
    Faulty(Vec<Came>),
}

/// Longest name of a sending, in characters.
const INSTANCE: usize = 200;

fn here_before(ctx: &Ctx, tx: &mut Tx<'_>, instance: &str) -> Result<Option<Outcome>> {
    let Some(reading) = rows::reading(tx, instance)? else { return Ok(None) };
    let record = rows::record_by_id(tx, reading.record_id)?;
    let record = record.filter(|r| r.is_own(ctx));
    let record = record.ok_or_else(|| Problem::conflict("fieldwork-instance-taken"))?;
    tx.housekeeping();
    if record.lane == 0 {
        return Ok(Some(Outcome::Same(record)));
    }
    Ok(Some(match rows::main_of(tx, record.visit_id)? {
        Some(there) => Outcome::Kept { kept: Box::new(record), there: Box::new(there) },
        None => Outcome::Same(record),
    }))
}

/// Takes a record. Records `field-record.handed-in`, or `field-record.rival` for another reading.
///
/// # Errors
/// 404 for another's visit; 409 `fieldwork-instance-taken` for a name that another person's sending has; 422 at `checklist` for a
/// version that was never published or is for another type of point, at `instance` and `files`.
pub fn receive(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, sent: &Sending) -> Result<Outcome> {
    crate::policy::somewhere(ctx, crate::policy::Act::Fill)?;
    let length = sent.instance.chars().count();
    if length == 0 || length > INSTANCE || sent.instance.chars().any(char::is_control) {
        return Err(Problem::field("instance", "not-as-described"));
    }
    if let Some(before) = here_before(ctx, tx, &sent.instance)? {
        return Ok(before);
    }
    let (inspection, stop) = own_visit(ctx, tx, sent.visit)?;
    let edition = rows::edition(tx, sent.edition)?.filter(|e| e.state != EditionState::Draft);
    let edition = edition.ok_or_else(|| Problem::field("checklist", "not-a-choice"))?;
    if !rows::was_used(tx, &stop.point.kind, edition.sheet_id)? {
        return Err(Problem::field("checklist", "not-a-choice"));
    }
    if sent.files.len() > FILES {
        return Err(Problem::field("files", "too-many-files"));
    }
    let list = model(&edition);
    let settled = list.settle(&sent.answers, sent.ended_at.date());
    let mut faults: Vec<Came> = settled
        .faults
        .into_iter()
        .map(|f| Came { path: f.path, code: f.code.code(), what: f.what, message: f.message })
        .collect();
    let main = rows::main_of(tx, sent.visit)?;
    if sent.door != Door::OpenRosa {
        // programs of the ODK family may send files later, under the same name
        faults.extend(missing(tx, list, &settled.answers, &sent.files, main.as_ref())?);
    }
    if !faults.is_empty() {
        tx.housekeeping();
        return Ok(Outcome::Faulty(faults));
    }
    let (at_lng, at_lat) = (sent.at.map(|a| a.0), sent.at.map(|a| a.1));
    let fill = |record: Record| -> Result<Record> {
        Ok(Record {
            edition_id: edition.id,
            door: sent.door,
            answers: written(&settled.answers)?.into(),
            started_at: sent.started_at,
            ended_at: Some(sent.ended_at),
            at_lng,
            at_lat,
            at_accuracy: sent.at.and_then(|a| a.2),
            handed_at: Some(ctx.now),
            turn: record.turn + 1,
            ..record
        })
    };
    let mut there = None;
    let record = match main {
        Some(main) if main.state == State::Returned => {
            let state = stepped(&main, Step::HandIn)?;
            save(tx, fill(Record { state, ..main })?)?
        }
        main => {
            let mut record = fill(blank(ctx, tx, index, (&inspection, &stop), &edition, sent.door)?)?;
            record.state = State::HandedIn;
            match main {
                // what its inspector had begun by the plain form
                Some(draft) if draft.state == State::Draft => {
                    let state = stepped(&draft, Step::SetAside)?;
                    let lane = draft.id.raw();
                    let draft = save(tx, Record { lane, state, ..draft })?;
                    tx.record(ctx, event("field-record.set-aside", &draft))?;
                }
                Some(main) => {
                    record.state = State::Rival;
                    record.lane = record.id.raw();
                    there = Some(main);
                }
                None => {}
            }
            tx.insert(&record)?;
            record
        }
    };
    keep_files(ctx, tx, &record, &sent.files)?;
    keep_reading(tx, &record, &sent.instance, ctx.now)?;
    let seen = derive(tx, &record, list)?;
    match there {
        None => {
            jobs::handed_in(tx, &record)?;
            let event = event("field-record.handed-in", &record).with("observations", seen);
            tx.record(ctx, event.with("door", sent.door.code()))?;
            Ok(Outcome::New(record))
        }
        Some(there) => {
            let event = event("field-record.rival", &record).with("there", there.number.as_str());
            tx.record(ctx, event.with("door", sent.door.code()))?;
            Ok(Outcome::Kept { kept: Box::new(record), there: Box::new(there) })
        }
    }
}

/// Files that answers name and that are not here.
fn missing(
    tx: &mut Tx<'_>,
    list: &checklist::Checklist,
    answers: &Answers,
    sent: &[NewFile],
    main: Option<&Record>,
) -> Result<Vec<Came>> {
    let mut known: Vec<String> = sent.iter().map(|f| f.name.clone()).collect();
    if let Some(main) = main.filter(|m| m.state == State::Returned) {
        known.extend(rows::files(tx, main.id)?.into_iter().map(|f| f.name));
    }
    let named = walk::files(list, answers).into_iter().filter(|(_, name, _)| !known.contains(name));
    Ok(named
        .map(|(path, name, _)| Came {
            path,
            message: words::sentence("answer-file-missing", &name, None),
            code: "answer-file-missing",
            what: name,
        })
        .collect())
}

/// Files that come after the record that names them, by a program that sends several posts under one name. How many were new.
/// Records `field-record.files`.
///
/// # Errors
/// 404 where nothing of one's own has this name; 413 where there would be more than [`FILES`].
pub fn attach(ctx: &Ctx, tx: &mut Tx<'_>, instance: &str, new: &[NewFile]) -> Result<(Record, usize)> {
    let reading = rows::reading(tx, instance)?.ok_or_else(Problem::not_found)?;
    let record = rows::record_by_id(tx, reading.record_id)?.filter(|r| r.is_own(ctx));
    let record = record.ok_or_else(Problem::not_found)?;
    let known = rows::files(tx, record.id)?;
    let more = new.iter().filter(|file| known.iter().all(|there| there.name != file.name)).count();
    if known.len() + more > FILES {
        return Err(Problem::new(413, "too-many-files").arg("limit", FILES));
    }
    let kept = keep_files(ctx, tx, &record, new)?;
    if kept == 0 {
        tx.housekeeping();
    } else {
        tx.record(ctx, event("field-record.files", &record).with("count", kept))?;
    }
    Ok((record, kept))
}
