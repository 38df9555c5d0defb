//! What an item is worth for a standard, said at the second review. Scores take it from [`crate::queries::grades`].

use super::{event, item_at, save};
use crate::model::{Item, Use};
use crate::policy::Act;
use crate::store as rows;
use crate::workflow::State;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Findings, Problem, Result};

/// Grades one use, in ten-thousandths of what the standard is worth. In the volume a grade is given once, to a use that was added
/// later. Records `evidence.graded`.
///
/// # Errors
/// 409 `evidence-own`; `evidence-no-grade-now` before the second review, after it was withdrawn, and for what is graded in the
/// volume; 422 at `grade`.
pub fn grade(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), id: Id<Use>, points: i64) -> Result<Item> {
    let (mut item, _) = item_at(ctx, tx, Act::Second, of)?;
    if ctx.person().is_some() && ctx.person() == item.made_id {
        return Err(Problem::conflict("evidence-own"));
    }
    let mut row = rows::use_of(tx, item.id, id)?.ok_or_else(Problem::not_found)?;
    let now = match item.state {
        State::Second | State::Final => true,
        State::Filed => row.grade.is_none(),
        _ => false,
    };
    if !now {
        return Err(Problem::conflict("evidence-no-grade-now"));
    }
    let mut findings = Findings::default();
    findings.within("grade", points, 0, 10_000);
    findings.done()?;
    row.grade = Some(points);
    (row.graded_by, row.graded_at) = (super::name_of(ctx), Some(ctx.now));
    tx.save(&row)?;
    save(tx, &mut item)?;
    let event = event("evidence.graded", &item).with("code", row.code.as_str());
    tx.record(ctx, event.with("grade", points))?;
    Ok(item)
}
