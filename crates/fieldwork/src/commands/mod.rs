//! One file a verb. Each loads and authorises, decides, saves, records, and enqueues what follows.

mod draft;
mod editions;
mod finding;
mod receive;
mod review;

pub use draft::{Begun, Typed, begin, hand_in, save_draft};
pub use editions::{assign, import, publish, retire, set_automatic};
pub use finding::{NotMet, copies, make_case, not_met};
pub use receive::{Came, Outcome, Sending, attach, receive};
pub use review::{accept, choose, send_back, set_aside};

use crate::model::{Door, Edition, FieldFile, Observed, REASON, Reading, Record};
use crate::policy::{self, Act};
use crate::store as rows;
use crate::workflow::{RECORD, State, Step};
use ::store::files::{self, Quarantined};
use ::store::value::Json;
use ::store::{Event, Tx};
use checklist::{Answers, Checklist};
use inspections::model::Inspection;
use inspections::queries::Stop;
use inspections::visits::Visit;
use inspections::workflow::State as Stage;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::Instant;
use kernel::workflow::Named;
use places::PlaceIndex;

/// A file that has arrived, and what it is.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub received: Quarantined,
    /// As the answers name it.
    pub name: String,
    /// Of a sound, which its door has read and cleaned.
    pub sound: Option<sound::Kind>,
}

pub(crate) fn event(verb: &'static str, record: &Record) -> Event {
    Event::new(verb, record.id)
        .with("number", record.number.as_str())
        .with("point", format!("{} {}", record.point_number, record.point_name))
}

pub(crate) fn name_of(ctx: &Ctx) -> String {
    ctx.member().map(|member| member.name.clone()).unwrap_or_default()
}

/// A reason that somebody must give.
pub(crate) fn reason(text: &str) -> Result<String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Problem::field("field_reason", "required")),
        n if n > REASON => {
            Err(Problem::invalid(vec![FieldError::new("field_reason", "too-long").arg("max", REASON)]))
        }
        _ => Ok(text.to_owned()),
    }
}

/// One's own visit of an inspection that points may be visited for, or that has ended: what was written without a network may arrive
/// late.
///
/// # Errors
/// 401 and 403 for who is no inspector, 404 for another's visit, 409 `fieldwork-not-running` before the draw and after it was cancelled.
pub(crate) fn own_visit(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Visit>) -> Result<(Inspection, Stop)> {
    policy::somewhere(ctx, Act::Fill)?;
    let found = inspections::queries::visit(tx, id)?;
    let (inspection, stop) = found.ok_or_else(Problem::not_found)?;
    let system = matches!(ctx.actor, kernel::ctx::Actor::System(_));
    if !system && ctx.person() != Some(stop.visit.person_id) {
        return Err(Problem::not_found());
    }
    if !inspection.state.runs() && inspection.state != Stage::Ended {
        let state = format!("inspection-state-{}", inspection.state.code());
        return Err(Problem::conflict("fieldwork-not-running").arg("state", state));
    }
    Ok((inspection, stop))
}

/// The version that a new record of a type of point is made by.
pub(crate) fn edition_for(ctx: &Ctx, tx: &mut Tx<'_>, kind: &str) -> Result<Option<Edition>> {
    let uses = rows::uses(tx, ctx.now.date())?;
    match uses.into_iter().find(|u| u.kind == kind).and_then(|u| u.sheet_id) {
        Some(sheet) => rows::in_use(tx, sheet),
        None => Ok(None),
    }
}

/// A record that is not saved yet.
pub(crate) fn blank(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    (inspection, stop): (&Inspection, &Stop),
    edition: &Edition,
    door: Door,
) -> Result<Record> {
    let id: Id<Record> = tx.new_id();
    let point = &stop.point;
    let at = kernel::coords::Point::new(point.lng, point.lat);
    let division = index.locate(at).division.and_then(|d| index.division(d)).map(|d| d.code.to_string());
    let units = places::queries::site_units(tx, &[point.site_id])?;
    let year = ctx.now.date().year();
    let person_name = match ctx.member() {
        Some(member) => member.name.clone(),
        None => people::queries::person_name(tx, stop.visit.person_id)?,
    };
    Ok(Record {
        id,
        number: format!("FR-{year}-{:06}", tx.next_number(&format!("FR-{year}"))?),
        visit_id: stop.visit.id,
        lane: 0,
        inspection_id: inspection.id,
        inspection: inspection.number.clone(),
        point_id: point.id,
        point_number: point.number.clone(),
        point_name: point.name.clone(),
        kind: point.kind.clone(),
        division: division.unwrap_or_default(),
        unit_id: units.get(&point.site_id).copied().flatten(),
        lng: point.lng,
        lat: point.lat,
        second: stop.visit.second,
        person_id: stop.visit.person_id,
        person_name,
        edition_id: edition.id,
        door,
        state: State::Draft,
        answers: "{}".to_owned().into(),
        started_at: ctx.now,
        ended_at: None,
        at_lng: None,
        at_lat: None,
        at_accuracy: None,
        reason: String::new(),
        reviewed_by: String::new(),
        turn: 0,
        created_at: ctx.now,
        handed_at: None,
        version: 1,
    })
}

pub(crate) fn written(answers: &Answers) -> Result<String> {
    serde_json::to_string(answers).map_err(Problem::internal)
}

pub(crate) fn stepped(record: &Record, step: Step) -> Result<State> {
    Ok(RECORD.step(record.state, step)?.to)
}

pub(crate) fn save(tx: &mut Tx<'_>, mut record: Record) -> Result<Record> {
    tx.save(&record)?;
    record.version += 1;
    Ok(record)
}

/// Makes files those of a record, under the names that its answers have for them; what is there already stays.
pub(crate) fn keep_files(ctx: &Ctx, tx: &mut Tx<'_>, record: &Record, new: &[NewFile]) -> Result<usize> {
    let mut known: Vec<String> = rows::files(tx, record.id)?.into_iter().map(|f| f.name).collect();
    let mut kept = 0;
    for file in new {
        if known.contains(&file.name) {
            continue;
        }
        let file_id = match file.sound {
            Some(kind) => files::adopt_sound(tx, ctx, &file.received, &file.name, kind)?,
            None => files::adopt(tx, ctx, &file.received, &file.name)?,
        };
        let (id, name) = (tx.new_id(), file.name.clone());
        tx.insert(&FieldFile { id, record_id: record.id, name, file_id, added_at: ctx.now })?;
        known.push(file.name.clone());
        kept += 1;
    }
    Ok(kept)
}

/// Keeps answers as they are handed in now.
pub(crate) fn keep_reading(tx: &mut Tx<'_>, record: &Record, instance: &str, at: Instant) -> Result<()> {
    let id = tx.new_id();
    tx.insert(&Reading {
        id,
        record_id: record.id,
        turn: record.turn,
        instance: instance.to_owned(),
        edition_id: record.edition_id,
        answers: record.answers.as_str().to_owned().into(),
        at,
        reason: String::new(),
    })
}

/// Works out what a record observes, in place of what it observed before; nothing while it does not count.
pub(crate) fn derive(tx: &mut Tx<'_>, record: &Record, list: &Checklist) -> Result<usize> {
    rows::forget_observations(tx, record.id)?;
    if !record.state.counts() {
        return Ok(0);
    }
    let at = record.handed_at.unwrap_or(record.created_at);
    let seen = list.observe(&record.answers()?, record.day());
    let mut all = Vec::with_capacity(seen.len());
    for one in seen {
        all.push(Observed::of(record, one, tx.new_id(), at));
    }
    crate::tally::keep(tx, record, &all)?;
    Ok(all.len())
}

/// The version of a record; 500 where it is gone, which the database does not allow.
pub(crate) fn edition_of(tx: &mut Tx<'_>, record: &Record) -> Result<Edition> {
    rows::edition(tx, record.edition_id)?.ok_or_else(|| Problem::internal("a record without its version"))
}

pub(crate) fn model(edition: &Edition) -> &Checklist {
    let Json(model) = &edition.model;
    model
}
