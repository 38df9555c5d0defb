//! What an item is used for. One item serves many standards of many periods; that is what makes asking again needless.

use super::{event, item::open, item_at, load_item, save, standards_of};
use crate::model::{Item, Period, Use};
use crate::policy::{Act, POLICY, everywhere, standing};
use crate::store as rows;
use crate::workflow::State;
use ::store::Tx;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};

/// The unit of this name, where the register has it: schemes name units in words.
fn unit_named(tx: &mut Tx<'_>, name: &str) -> Result<Option<Id<Unit>>> {
    if name.is_empty() {
        return Ok(None);
    }
    let all = people::queries::all_units_options(tx)?;
    Ok(all.into_iter().find(|unit| unit.name == name).map(|unit| unit.id))
}

/// Adds a use; false where it is one already.
///
/// # Errors
/// 422 at `uses` for a code that is no standard's, or where the item's day lies outside of the period's window.
pub(super) fn put(tx: &mut Tx<'_>, item: &Item, period: &Period, code: &str) -> Result<bool> {
    let there = rows::uses(tx, item.id)?;
    if there.iter().any(|of| of.period_id == period.id && of.code == code) {
        return Ok(false);
    }
    let standards = standards_of(tx, period)?;
    let standard = standards.get(code).ok_or_else(|| Problem::field("uses", "not-a-choice"))?;
    // a draft's day may still be corrected; what was handed in stays as it is
    if let (false, Some(day), Some(window)) = (item.state.is_open(), item.dated, period.window())
        && !window.holds(day)
    {
        let error = FieldError::new("uses", "evidence-outside");
        return Err(Problem::invalid(vec![error.arg("from", window.from).arg("until", window.until)]));
    }
    let now = tx.now();
    let of = Use {
        id: tx.new_id(),
        item_id: item.id,
        period_id: period.id,
        scheme_name: period.scheme_name.clone(),
        code: code.to_owned(),
        name: standard.name.clone(),
        lead_unit: unit_named(tx, &standard.lead_unit)?,
        grade: None,
        graded_by: String::new(),
        graded_at: None,
        added_at: now,
        version: 1,
    };
    tx.insert(&of)?;
    Ok(true)
}

/// Uses an item for one more standard, whatever its state: that changes nothing in it. For its unit and for the office. Records
/// `evidence.used`.
///
/// # Errors
/// 409 `evidence-frozen` for what was withdrawn; 422 at `uses`, `period`.
pub fn add_use(ctx: &Ctx, tx: &mut Tx<'_>, of: &str, period: &str, code: &str) -> Result<Item> {
    let (mut item, uses) = load_item(ctx, tx, Act::See, of)?;
    if !everywhere(ctx, Act::Ask) {
        POLICY.require(ctx, Act::HandIn, &standing(&item, &uses), true)?;
    }
    if item.state == State::Withdrawn {
        return Err(Problem::conflict("evidence-frozen"));
    }
    let period =
        rows::period_by_number(tx, period)?.ok_or_else(|| Problem::field("period", "not-a-choice"))?;
    if put(tx, &item, &period, code)? {
        save(tx, &mut item)?;
        let event = event("evidence.used", &item).with("code", code);
        tx.record(ctx, event.with("period", period.number.as_str()))?;
    }
    Ok(item)
}

/// Says that an item that is not handed in does not serve a standard. Records `evidence.unused`.
pub fn remove_use(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), id: Id<Use>) -> Result<Item> {
    let (mut item, _) = item_at(ctx, tx, Act::HandIn, of)?;
    open(&item)?;
    let gone = rows::use_of(tx, item.id, id)?.ok_or_else(Problem::not_found)?;
    rows::forget_use(tx, gone.id)?;
    save(tx, &mut item)?;
    tx.record(ctx, event("evidence.unused", &item).with("code", gone.code.as_str()))?;
    Ok(item)
}
