//! What an interviewer notes at a door. The visit is theirs and says when and where; the answer is nobody's and says neither.

use super::answer::{Given, Taken, keep};
use super::{event, name_of};
use crate::model::{Mode, Outcome, Segment, Survey, Visit};
use crate::plan::{doors, stand};
use crate::policy::{Act, require};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;

/// What was found.
pub struct Noted<'a> {
    pub outcome: Outcome,
    pub traits: &'a [String],
    pub answers: &'a dyn Fn(&str) -> Vec<String>,
}

/// A segment with whose it is.
pub(super) struct Own {
    pub survey: Survey,
    pub segment: Segment,
    pub person: Id<Person>,
}

/// # Errors
/// 403, 404 for a segment that is not theirs.
pub(super) fn own(ctx: &Ctx, tx: &mut Tx<'_>, (number, place): (&str, i64)) -> Result<Own> {
    require(ctx, Act::Visit)?;
    let person = ctx.person().ok_or_else(Problem::sign_in)?;
    let survey = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let segment = rows::segment_at(tx, survey.id, place)?.ok_or_else(Problem::not_found)?;
    if segment.interviewer_id != Some(person) {
        return Err(Problem::not_found());
    }
    Ok(Own { survey, segment, person })
}

/// Notes what became of a household, with its answers if it gave some. Records `survey.visited`.
///
/// # Errors
/// 404 for a segment that is not theirs; 409 `survey-over`, `survey-no-door` for a household that is not on the list, `survey-settled` for
/// one that has its outcome; 422 as for answers by the link.
pub fn visit(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (number, place, household): (&str, i64, i64),
    noted: &Noted<'_>,
) -> Result<Taken> {
    let own = own(ctx, tx, (number, place))?;
    let today = ctx.now.date();
    if !own.survey.is_open_on(today) {
        return Err(Problem::conflict("survey-over"));
    }
    note(ctx, tx, &own, (household, today), noted)
}

/// Notes a visit of this day, and takes its answer if the survey is open on it.
pub(super) fn note(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    own: &Own,
    (household, day): (i64, Date),
    noted: &Noted<'_>,
) -> Result<Taken> {
    let Own { survey, segment, person } = own;
    let visits = rows::visits(tx, segment.id)?;
    let before = visits.iter().find(|v| v.household == household);
    if before.is_some() && !stand(&survey.plan.0, before).is_open() {
        return Err(Problem::conflict("survey-settled"));
    }
    let list = doors(&survey.plan.0, &survey.seed, segment, &visits);
    if !list.iter().any(|door| door.household == household) {
        return Err(Problem::conflict("survey-no-door"));
    }
    let taken = match noted.outcome {
        Outcome::Answered if survey.is_open_on(day) => {
            let given = Given { traits: noted.traits, answers: noted.answers };
            keep(tx, (survey, segment), Mode::Visit, &given)?
        }
        Outcome::Answered => Taken::Late,
        Outcome::Refused | Outcome::Absent => Taken::Counted,
    };
    match before.cloned() {
        Some(mut before) => {
            before.outcome = noted.outcome;
            before.tries += 1;
            before.day = before.day.max(day);
            before.person_id = *person;
            before.person = name_of(ctx);
            tx.save(&before)?;
        }
        None => {
            let id = tx.new_id();
            tx.insert(&Visit {
                id,
                survey_id: survey.id,
                segment_id: segment.id,
                household,
                outcome: noted.outcome,
                tries: 1,
                day,
                person_id: *person,
                person: name_of(ctx),
                version: 1,
            })?;
        }
    }
    let outcome = kernel::workflow::Named::code(noted.outcome);
    let event = event("survey.visited", survey).with("place", segment.place).with("household", household);
    tx.record(ctx, event.with("outcome", outcome))?;
    Ok(taken)
}
