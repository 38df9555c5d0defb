//! 待处理: what the program could not read. A person says which sheet and which kind it is, turns it, has it read again, or puts it
//! away with a reason; nothing goes away by itself.

use super::{load_for, name_of, reason, take};
use crate::jobs;
use crate::model::{Fault, ScanState, Sheet, SheetState};
use crate::policy::Act;
use crate::show::item;
use crate::store as rows;
use ::store::jobs::enqueue;
use ::store::{Event, Tx};
use cases::desk::Desk;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use places::PlaceIndex;
use std::sync::Arc;

/// What a person reads off a form that the program could not.
#[derive(Clone, Debug, Default)]
pub struct Assign {
    /// The sheet's number; empty where there is none, e.g. of a copy.
    pub sheet: String,
    /// Code of the kind; empty for something else.
    pub kind: String,
}

fn sheet(tx: &mut Tx<'_>, number: &str) -> Result<Option<Sheet>> {
    let number = number.trim().to_uppercase();
    if number.is_empty() {
        return Ok(None);
    }
    let sheet = rows::sheet_by_number(tx, &number)?.ok_or_else(|| Problem::field("sheet", "no-such-form"))?;
    match sheet.state {
        SheetState::Printed => Ok(Some(sheet)),
        SheetState::Returned => Err(Problem::field("sheet", "form-used")),
        SheetState::Void => Err(Problem::field("sheet", "form-void")),
    }
}

/// Makes the case of a scan by hand.
///
/// # Errors
/// 409 where it does not wait for a person; 422 at `sheet` and `kind`.
pub fn assign(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (desk, index): (&Desk, &Arc<PlaceIndex>),
    of: (&str, i64),
    with: &Assign,
) -> Result<()> {
    let mut scan = load_for(ctx, tx, Act::Repair, of, &[ScanState::Repair])?;
    let kind = match with.kind.trim() {
        "" => None,
        code => Some(item(&desk.catalogue, code).ok_or_else(|| Problem::field("kind", "not-a-choice"))?),
    };
    let sheet = sheet(tx, &with.sheet)?;
    take::case(ctx, tx, (desk, index), &mut scan, sheet.as_ref(), kind)
}

/// Turns the picture by a quarter to the right, for people; the program needs it not.
pub fn turn(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<()> {
    let mut scan = load_for(ctx, tx, Act::Repair, of, &[ScanState::Repair, ScanState::Desk])?;
    scan.turn = (scan.turn + 1).rem_euclid(4);
    tx.save(&scan)?;
    tx.record(ctx, Event::new("paper.turned", scan.id).with("number", scan.number.as_str()))
}

/// Has the program read it once more: the catalogue may have changed, or the program.
pub fn read_again(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<()> {
    let mut scan = load_for(ctx, tx, Act::Repair, of, &[ScanState::Repair])?;
    if scan.fault == Some(Fault::NoPicture) {
        return Err(Problem::conflict("paper-no-picture"));
    }
    scan.state = ScanState::Waiting;
    scan.fault = None;
    tx.save(&scan)?;
    let now = tx.now();
    enqueue(tx, jobs::READ, &scan.id, now, Some(&format!("{}:{}", jobs::READ, scan.id)))?;
    tx.record(ctx, Event::new("paper.again", scan.id).with("number", scan.number.as_str()))
}

/// Puts a scan away: no case is made of it, or its words are not typed. Its picture stays for as long as the rule says.
///
/// # Errors
/// 422 at `reason`.
pub fn refuse(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), why: &str) -> Result<()> {
    let mut scan = load_for(ctx, tx, Act::Repair, of, &[ScanState::Repair, ScanState::Desk])?;
    let why = reason(why)?;
    scan.state = ScanState::Refused;
    scan.reason = why.into();
    (scan.done_by, scan.done_at) = (name_of(ctx), Some(ctx.now));
    tx.save(&scan)?;
    tx.record(ctx, Event::new("paper.refused", scan.id).with("number", scan.number.as_str()).text(why))
}
