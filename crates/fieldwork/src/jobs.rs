//! Cases that checklists make by themselves, where the office has said so: after the pictures of a record have been examined.

use crate::commands;
use crate::model::Record;
use crate::store as rows;
use ::store::Tx;
use ::store::files::Files;
use ::store::jobs::{JobHandler, Work, enqueue};
use ::store::words::index_tokens;
use cases::desk::Desk;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{HOUR, SECOND};
use web::City;

const FINDINGS: &str = "fieldwork-findings";

pub(crate) const HANDLERS: &[JobHandler] = &[JobHandler::new(FINDINGS, findings)];

/// How long pictures are waited for.
const PATIENCE: i64 = HOUR;
const AGAIN: i64 = 10 * SECOND;

/// Whatever follows from a record that counts.
pub(crate) fn handed_in(tx: &mut Tx<'_>, record: &Record) -> Result<()> {
    let edition = commands::edition_of(tx, record)?;
    let sheet = rows::sheets(tx)?.into_iter().find(|s| s.id == edition.sheet_id);
    if !sheet.is_some_and(|s| s.automatic) {
        return Ok(());
    }
    let now = tx.now();
    enqueue(tx, FINDINGS, &record.id, now, Some(&format!("{FINDINGS}-{}", record.id)))
}

fn findings(work: &Work<'_>) -> Result<()> {
    let id: Id<Record> = work.payload()?;
    let city = work.tools.get::<City>()?;
    let (desk, index) = (Desk::of_now(city)?, places::kept::refresh_now(city)?);
    let read = work.db.read_now(move |tx| {
        let record = rows::record_by_id(tx, id)?.ok_or_else(Problem::not_found)?;
        let found = if record.state.counts() { commands::not_met(tx, &record)? } else { Vec::new() };
        Ok((record, found))
    });
    let (record, mut found) = read?;
    found.retain(|n| n.made.is_none());
    let since = record.handed_at.unwrap_or(record.created_at);
    if found.iter().any(|n| n.waiting) && work.ctx.now.0 - since.0 < PATIENCE {
        work.again_at(work.ctx.now.plus(AGAIN));
        return Ok(());
    }
    for one in found {
        let photos = commands::copies(&Files::of(work.db), &one.pictures)?;
        let words = index_tokens(&one.description);
        let (ctx, desk, index) = (work.ctx.clone(), desk.clone(), index.clone());
        let (number, path) = (record.number.clone(), one.path.clone());
        let made = work.db.write_now(&work.ctx, move |tx| {
            commands::make_case(&ctx, tx, (&desk, &index), (&number, &path), &words, photos).map(drop)
        });
        match made {
            // somebody was faster
            Err(problem) if problem.code == "fieldwork-case-there" => {}
            made => made?,
        }
    }
    Ok(())
}
