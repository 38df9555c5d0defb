//! Sheets that will not come back: spoilt, lost, or of an old design.

use super::reason;
use crate::model::SheetState;
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// Makes one sheet void, or with no number every sheet of the batch that is still out; how many it were. Records `paper.voided`.
///
/// # Errors
/// 404 for a batch or a sheet that is none of it; 409 `paper-sheet-not-out` where nothing is out any more; 422 at `reason`.
pub fn void(ctx: &Ctx, tx: &mut Tx<'_>, batch: &str, number: Option<&str>, why: &str) -> Result<i64> {
    policy::require(ctx, Act::Print)?;
    let batch = rows::batch_by_number(tx, batch)?.ok_or_else(Problem::not_found)?;
    let why = reason(why)?;
    let mut sheets = rows::sheets(tx, batch.id)?;
    if let Some(number) = number {
        sheets.retain(|sheet| sheet.number == number);
        if sheets.is_empty() {
            return Err(Problem::not_found());
        }
    }
    let mut count = 0;
    for sheet in sheets.iter().filter(|sheet| sheet.state == SheetState::Printed) {
        count += i64::from(rows::void(tx, sheet.id, why)?);
    }
    if count == 0 {
        return Err(Problem::conflict("paper-sheet-not-out"));
    }
    let event = Event::new("paper.voided", batch.id).with("number", number.unwrap_or(&batch.number));
    tx.record(ctx, event.with("count", count).text(why))?;
    Ok(count)
}
