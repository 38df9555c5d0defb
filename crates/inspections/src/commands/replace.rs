//! A point that cannot be visited: the next in its stratum's order stands in, whoever that is.

use super::drawing::Register;
use super::{Which, draw_of, event, load_for, name_of, reason, save};
use crate::model::{Drawn, Inspection};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use places::PlaceIndex;

/// Replaces a point. Records `inspection.replaced` with both.
///
/// # Errors
/// 404 for a point that is none of this inspection's; 409 `inspection-not-running`, `inspection-point-out` where it was replaced before,
/// `inspection-no-reserve` where its stratum has no other; 422 without a reason.
pub fn replace(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    which: Which<'_>,
    number: &str,
    why: &str,
) -> Result<(Inspection, Drawn)> {
    let inspection = load_for(ctx, tx, which)?;
    if !inspection.state.runs() {
        let state = format!("inspection-state-{}", inspection.state.code());
        return Err(Problem::conflict("inspection-not-running").arg("state", state));
    }
    let why = reason(why)?;
    let bound = draw_of(tx, &inspection)?;
    let points = rows::points_of(tx, inspection.id)?;
    let out = points.iter().find(|p| p.number == number).cloned().ok_or_else(Problem::not_found)?;
    if out.is_out() {
        return Err(Problem::conflict("inspection-point-out").arg("number", number));
    }
    let record = bound.record(&points)?.ok_or_else(Problem::not_found)?;
    let no_reserve = || Problem::conflict("inspection-no-reserve").arg("number", number);
    let next = record.next_for(number).ok_or_else(no_reserve)?.to_owned();
    let stratum = record.strata.iter().find(|s| s.kind == out.kind && s.division == out.division);
    let place =
        stratum.and_then(|s| s.drawn.iter().chain(&s.reserves).position(|n| *n == next)).unwrap_or_default();
    let mut stands_in = Register::of(tx, &bound)?.point(tx, &inspection, &next)?;
    stands_in.place = i64::try_from(place).unwrap_or(i64::MAX - 1) + 1;
    stands_in.second = out.second;
    number.clone_into(&mut stands_in.stands_for);
    let gone = points.iter().filter(|p| p.is_out()).count();
    let out = Drawn {
        out_place: i64::try_from(gone).unwrap_or(i64::MAX - 1) + 1,
        out_in: next.clone(),
        out_reason: why.clone(),
        out_at: Some(ctx.now),
        out_by: name_of(ctx),
        ..out
    };
    tx.save(&out)?;
    tx.insert(&stands_in)?;
    super::reassign::pass_on(tx, index, &inspection, &out, &stands_in)?;
    // the inspection's version tells two that replace at one moment apart
    let inspection = save(tx, inspection)?;
    let event = event("inspection.replaced", &inspection)
        .with("out", format!("{} {}", out.number, out.name))
        .with("in", format!("{} {}", stands_in.number, stands_in.name));
    tx.record(ctx, event.text(&why))?;
    Ok((inspection, stands_in))
}
