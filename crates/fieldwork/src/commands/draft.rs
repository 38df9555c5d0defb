//! The plain form: what is typed is kept between steps, and handed in when it is whole.

use super::{
    NewFile, blank, derive, edition_for, edition_of, event, keep_files, keep_reading, model, own_visit, save,
    stepped, written,
};
use crate::jobs;
use crate::model::{Door, Edition, Record};
use crate::store as rows;
use crate::workflow::Step;
use ::store::Tx;
use checklist::{AnswerFault, Answers};
use inspections::model::Inspection;
use inspections::queries::Stop;
use inspections::visits::Visit;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use places::PlaceIndex;

/// What somebody typed so far.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub answers: Answers,
    pub files: Vec<NewFile>,
}

/// What a form begins with.
#[derive(Clone, Debug)]
pub struct Begun {
    /// One's own draft, or what was returned; none before anything was typed.
    pub record: Option<Record>,
    /// The version that it is filled in by.
    pub edition: Edition,
    pub inspection: Inspection,
    pub stop: Stop,
    pub answers: Answers,
}

/// What the form of a visit begins with.
///
/// # Errors
/// 404 for another's visit; 409 `fieldwork-handed-in` where there is a record that cannot be written in, and `fieldwork-no-checklist`
/// where its type of point has none.
pub fn begin(ctx: &Ctx, tx: &mut Tx<'_>, visit: Id<Visit>) -> Result<Begun> {
    let (inspection, stop) = own_visit(ctx, tx, visit)?;
    if let Some(there) = rows::main_of(tx, visit)? {
        if !there.state.open() {
            return Err(Problem::conflict("fieldwork-handed-in").arg("number", &there.number));
        }
        let (edition, answers) = (edition_of(tx, &there)?, there.answers()?);
        return Ok(Begun { record: Some(there), edition, inspection, stop, answers });
    }
    let edition = edition_for(ctx, tx, &stop.point.kind)?;
    let edition = edition.ok_or_else(|| Problem::conflict("fieldwork-no-checklist"))?;
    let list = model(&edition);
    let answers = list.begin(&list.items);
    Ok(Begun { record: None, edition, inspection, stop, answers })
}

/// Keeps what was typed, for whoever typed it. `version`: of the record as the person saw it, 0 where there was none. Records
/// `field-record.begun` or `field-record.typed`.
///
/// # Errors
/// As [`begin`]; 409 `stale` where the person has typed on in another window.
pub fn save_draft(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    (visit, version): (Id<Visit>, i64),
    typed: &Typed,
) -> Result<Record> {
    let begun = begin(ctx, tx, visit)?;
    if begun.record.as_ref().map_or(0, |r| r.version) != version {
        return Err(Problem::stale());
    }
    let answers = written(&typed.answers)?.into();
    let (record, verb) = match begun.record {
        Some(record) => (save(tx, Record { answers, ..record })?, "field-record.typed"),
        None => {
            let of = (&begun.inspection, &begun.stop);
            let record = Record { answers, ..blank(ctx, tx, index, of, &begun.edition, Door::Form)? };
            tx.insert(&record)?;
            (record, "field-record.begun")
        }
    };
    keep_files(ctx, tx, &record, &typed.files)?;
    tx.record(ctx, event(verb, &record))?;
    Ok(record)
}

/// Hands a draft in, where nothing is wrong with it: its answers are settled and kept whole, and what they observe is worked out. Else
/// the draft is kept as it was typed, and every fault is told. Records `field-record.handed-in`.
///
/// # Errors
/// As [`save_draft`].
pub fn hand_in(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    which: (Id<Visit>, i64),
    typed: &Typed,
) -> Result<(Record, Vec<AnswerFault>)> {
    let record = save_draft(ctx, tx, index, which, typed)?;
    let edition = edition_of(tx, &record)?;
    let list = model(&edition);
    let settled = list.settle(&typed.answers, ctx.now.date());
    if !settled.faults.is_empty() {
        return Ok((record, settled.faults));
    }
    let record = Record {
        answers: written(&settled.answers)?.into(),
        state: stepped(&record, Step::HandIn)?,
        ended_at: Some(ctx.now),
        handed_at: Some(ctx.now),
        turn: record.turn + 1,
        ..record
    };
    let record = save(tx, record)?;
    keep_reading(tx, &record, &format!("form:{}:{}", record.id, record.turn), ctx.now)?;
    let seen = derive(tx, &record, list)?;
    jobs::handed_in(tx, &record)?;
    let event = event("field-record.handed-in", &record).with("observations", seen);
    tx.record(ctx, event.with("door", Door::Form.code()))?;
    Ok((record, Vec::new()))
}
