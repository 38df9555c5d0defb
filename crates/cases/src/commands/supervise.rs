//! 督办: a numbered letter to a unit about a case, with a date to answer by.

use super::{load_for, reason, save};
use crate::jobs;
use crate::model::{Case, Supervision};
use crate::policy::Act;
use crate::store;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

pub fn supervise(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    id: Id<Case>,
    answer_by: Instant,
    text: &str,
) -> Result<Supervision> {
    let mut case = load_for(ctx, tx, Act::Supervise, id)?;
    let text = reason(text)?;
    let unit =
        case.lead_unit.filter(|_| !case.state.is_over()).ok_or_else(|| Problem::conflict("not-at-unit"))?;
    if answer_by <= ctx.now {
        return Err(Problem::field("answer_by", "in-the-past"));
    }
    let year = ctx.now.date().year();
    let number = format!("DB-{year}-{:04}", tx.next_number(&format!("DB-{year}"))?);
    let issued_by = ctx.person().ok_or_else(Problem::sign_in)?;
    let letter = Supervision {
        id: tx.new_id(),
        number,
        case_id: id,
        unit_id: unit,
        issued_by,
        issued_at: ctx.now,
        answer_by,
        acknowledged_at: None,
    };
    tx.insert(&letter)?;
    case.supervision_count += 1;
    save(tx, &mut case)?;
    let event = Event::new("case.supervised", id)
        .with("number", letter.number.as_str())
        .with("by", answer_by.rfc3339());
    tx.record(ctx, event.text(text))?;
    jobs::supervised(ctx, tx, &case)?;
    Ok(letter)
}

/// The unit has read the letter.
pub fn acknowledge(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>) -> Result<()> {
    load_for(ctx, tx, Act::Handle, id)?;
    if store::acknowledge_supervision(tx, id, ctx.now)? == 0 {
        return Err(Problem::conflict("already-decided"));
    }
    tx.record(ctx, Event::new("case.supervision-read", id))
}
