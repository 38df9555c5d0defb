//! Reading a register that people bring: CSV or XLSX, section by number or by street and crossings.
//!
//! Every row is accepted or refused with a reason, none is lost: `read = accepted + refused`. A dry run does everything and
//! then takes it back, so that its report is the truth. What we export imports again.

mod cells;

use crate::columns::{LEADER, NUMBER, PHONE, PUBLIC_PHONE, SHARED, UNTIL};
use crate::commands;
use crate::model::{Contact, Draft, FIVE_GOODS};
use crate::queries;
use ::store::{Db, Event, Tx};
use cells::Known;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use places::PlaceIndex;
use sheets::{Remark, Report, Row, Source};
use std::path::Path;
use std::sync::Arc;
use web::import::{Causes, no_table};

/// Reads a file into the register, in the caller's transaction.
pub fn import(ctx: &Ctx, tx: &mut Tx<'_>, file: &[u8]) -> Result<Report> {
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let mut source = Source::from_bytes(file, &sheets::Options::default()).map_err(no_table)?;
    let known = Known::load(tx)?;
    let mut report = Report::default();
    for row in source.rows().map_err(no_table)? {
        let row = row.map_err(no_table)?;
        match one(ctx, tx, &index, &known, &row)? {
            Ok(fits) => {
                report.accept(fits.repairs);
                report.note(fits.notes);
            }
            Err(causes) => report.refuse(row.number(), causes.remarks(row.number())),
        }
    }
    if report.accepted > 0 {
        let event = Event::city("streets.imported").with("accepted-count", report.accepted);
        tx.record(ctx, event.with("refused-count", report.refused_rows()))?;
    } else {
        tx.housekeeping();
    }
    Ok(report)
}

/// What is told of a row that goes in.
#[derive(Default)]
struct Told {
    repairs: Vec<Remark>,
    notes: Vec<Remark>,
}

type Outcome = std::result::Result<Told, Causes>;

fn one(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, known: &Known, row: &Row) -> Result<Outcome> {
    if queries::find(tx, NUMBER.of(row))?.is_some() {
        return Ok(Err(Causes::one(NUMBER.name, "adoption-exists")));
    }
    let (draft, told) = match read(ctx, tx, known, row)? {
        Ok(read) => read,
        Err(causes) => return Ok(Err(causes)),
    };
    match commands::adopt_quietly(ctx, tx, index, &draft) {
        Ok(_) => Ok(Ok(told)),
        Err(problem) => Causes::of(problem).map(Err),
    }
}

fn read(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    known: &Known,
    row: &Row,
) -> Result<std::result::Result<(Draft, Told), Causes>> {
    let (mut causes, mut told) = (Causes::default(), Told::default());
    let section = cells::section(tx, row, &mut causes)?;
    let unit = known.unit(row, &mut causes, &mut told.notes);
    let standard = known.standard(row).unwrap_or_else(|| {
        told.repairs.push(Remark::new(row.number(), "adoption_standard", "adoption_default_standard"));
        FIVE_GOODS
    });
    let (from_m, to_m) = cells::extent(row, &mut causes);
    let from = cells::date(&crate::columns::FROM, row, &mut causes).unwrap_or_else(|| {
        told.repairs.push(Remark::new(row.number(), "adoption_from", "adoption_from_today"));
        ctx.now.date()
    });
    let until = cells::date(&UNTIL, row, &mut causes);
    let contact = Contact {
        leader: LEADER.of(row).to_owned(),
        phone: PHONE.of(row).to_owned(),
        public_phone: matches!(
            PUBLIC_PHONE.of(row).to_ascii_lowercase().as_str(),
            "1" | "是" | "yes" | "true"
        ),
    };
    let (Some(section), Some(unit), true) = (section, unit, causes.is_empty()) else {
        return Ok(Err(causes));
    };
    let shared = SHARED.of(row).to_owned();
    Ok(Ok((Draft { section, from_m, to_m, unit, contact, standard, from, until, shared }, told)))
}

/// [`import`] in a transaction of its own; a dry run leaves nothing behind but its report.
pub async fn run(db: &Db, ctx: &Ctx, file: Arc<[u8]>, dry: bool) -> Result<Report> {
    let who = ctx.clone();
    web::import::run(db, ctx, dry, move |tx| import(&who, tx, &file)).await
}

/// [`run`] for the command line.
pub fn run_now(db: &Db, ctx: &Ctx, path: &Path, dry: bool) -> Result<Report> {
    let file = std::fs::read(path).map_err(no_table)?;
    let who = ctx.clone();
    web::import::run_now(db, ctx, dry, move |tx| import(&who, tx, &file))
}
