//! A sheet that was read becomes a case; what cannot goes to the repair list. Also by hand.

use crate::model::{Fault, Kind, Scan, ScanState, Sheet, Wants};
use crate::reader::Read;
use crate::show::item;
use crate::store as rows;
use ::store::{Event, Tx};
use cases::commands::{NewCase, submit};
use cases::desk::Desk;
use cases::model::{Item, Source};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use places::PlaceIndex;
use std::sync::Arc;

/// What a case says until somebody has typed what is written: the number that everybody who has the paper can find.
fn pointing(number: &str) -> String {
    format!("见纸质表 {number}")
}

/// Makes the case of a scan, and takes its sheet.
///
/// # Errors
/// 409 `paper-sheet-used` where the sheet came back before.
pub(super) fn case(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (desk, index): (&Desk, &Arc<PlaceIndex>),
    scan: &mut Scan,
    sheet: Option<&Sheet>,
    item: Option<Id<Item>>,
) -> Result<()> {
    let (number, place) = match sheet {
        Some(sheet) => {
            if !rows::claim(tx, sheet.id)? {
                return Err(Problem::conflict("paper-sheet-used"));
            }
            (&sheet.number, rows::batch(tx, sheet.batch_id)?.map(|b| b.place).unwrap_or_default())
        }
        None => (&scan.number, String::new()),
    };
    let mut new = NewCase::new(Source::Paper, &pointing(number));
    new.address =
        if place.is_empty() { pointing(number) } else { format!("{}（{place}）", pointing(number)) };
    new.item = item;
    let words = ::store::words::index_tokens(&format!("{} {}", new.description, new.address));
    let made = submit(ctx, tx, desk, index, &words, new)?;
    if let Some(sheet) = sheet {
        rows::became(tx, sheet.id, made.id)?;
    }
    scan.sheet_id = sheet.map(|s| s.id).or(scan.sheet_id);
    scan.case_id = Some(made.id);
    scan.state = ScanState::Desk;
    scan.fault = None;
    tx.save(scan)?;
    let event = Event::new("paper.taken", scan.id).with("number", number.as_str());
    tx.record(ctx, event.with("case", made.number.as_str()))
}

/// Writes down what the program read of a scan that waits, and makes its case or says why a person must look. Done once: a scan
/// that was settled meanwhile is stale.
pub(crate) fn settle(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    at: (&Desk, &Arc<PlaceIndex>),
    mut scan: Scan,
    sheet: Option<&Sheet>,
    read: &Read,
) -> Result<()> {
    let now = rows::scan(tx, scan.id)?;
    if now.is_none_or(|now| now.version != scan.version || now.state != ScanState::Waiting) {
        return Err(Problem::stale());
    }
    scan.reading = serde_json::to_string(&read.reading).map_err(Problem::internal)?;
    scan.wants = read.wants.unwrap_or(Wants::Unclear);
    scan.sheet_id = sheet.map(|s| s.id);
    let outcome = match (&read.fault, &read.kind, sheet) {
        (Some(fault), ..) => Err(*fault),
        (None, Some(kind), Some(sheet)) => kind_of(at.0, kind).map(|item| (sheet, item)),
        (None, ..) => Err(Fault::NoTick),
    };
    match outcome {
        Err(fault) => to_repair(ctx, tx, scan, fault),
        Ok((sheet, item)) => {
            // between the reading and now another picture of the sheet may have been faster
            if rows::sheet(tx, sheet.id)?.is_none_or(|s| s.state != sheet.state) {
                return to_repair(ctx, tx, scan, Fault::Used);
            }
            case(ctx, tx, at, &mut scan, Some(sheet), item)
        }
    }
}

/// The item of a box; none for "something else".
fn kind_of(desk: &Desk, kind: &Kind) -> Result<Option<Id<Item>>, Fault> {
    if kind.code.is_empty() {
        return Ok(None);
    }
    item(&desk.catalogue, &kind.code).map(Some).ok_or(Fault::KindGone)
}

fn to_repair(ctx: &Ctx, tx: &mut Tx<'_>, mut scan: Scan, fault: Fault) -> Result<()> {
    scan.state = ScanState::Repair;
    scan.fault = Some(fault);
    tx.save(&scan)?;
    let event = Event::new("paper.unclear", scan.id).with("number", scan.number.as_str());
    tx.record(ctx, event.with("fault", fault.code()))
}
