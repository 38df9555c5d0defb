//! A visit that was noted without a network, and comes later: once, however often it is sent.

use super::answer::{Taken, fresh, spent};
use super::visit::{Noted, note, own};
use crate::model::PassKind;
use crate::workflow::State;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::{DAY, Date};

/// What a telephone tells of its sending.
pub struct Sent<'a> {
    /// A word of chance, 20 to 64 bytes: its keyed hash is kept, and points to no visit and no answer.
    pub ticket: &'a str,
    /// The day of the visit, in the city's time.
    pub day: Date,
}

/// A telephone sends what waits for this long.
const BACK: i64 = 31;

/// The day of the visit: a telephone's clock may be a little fast.
fn day_of(ctx: &Ctx, day: Date) -> Result<Date> {
    let on = |days: i64| ctx.now.plus(days * DAY).date();
    if (on(-BACK)..=on(1)).contains(&day) {
        return Ok(day.min(on(0)));
    }
    let error = FieldError::new("day", "not-within").arg("least", on(-BACK)).arg("most", on(0));
    Err(Problem::invalid(vec![error]))
}

/// Notes a visit of before now, with its answers if the household gave some. The answer of one whose survey has ended meanwhile is
/// refused ([`Taken::Late`]), while the visit is kept: it was work. Answers of the last day are taken while the survey is not closed.
/// Records `survey.visited`, as [`super::visit`].
///
/// # Errors
/// 404 for a segment that is not theirs; 409 `survey-over` for a survey that was not published yet, `survey-no-door`, `survey-settled`;
/// 422 at `ticket`, at `day`, and as for answers by the link.
pub fn deliver(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (number, place, household): (&str, i64, i64),
    noted: &Noted<'_>,
    sent: &Sent<'_>,
) -> Result<Taken> {
    let own = own(ctx, tx, (number, place))?;
    let Some(hash) = fresh(tx, &own.survey, PassKind::Visit, sent.ticket)? else {
        tx.housekeeping();
        return Ok(Taken::Again);
    };
    if own.survey.state == State::Draft {
        return Err(Problem::conflict("survey-over"));
    }
    let day = day_of(ctx, sent.day)?;
    let taken = note(ctx, tx, &own, (household, day), noted)?;
    spent(tx, &own.survey, PassKind::Visit, hash)?;
    Ok(taken)
}
