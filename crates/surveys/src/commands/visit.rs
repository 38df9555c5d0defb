//! What an interviewer notes at a door. The visit is theirs and says when and where; the answer is nobody's and says neither.

use super::answer::{Given, Taken, keep};
use super::{event, name_of};
use crate::model::{Mode, Outcome, Visit};
use crate::plan::{Stand, doors};
use crate::policy::{Act, require};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// What was found.
pub struct Noted<'a> {
    pub outcome: Outcome,
    pub traits: &'a [String],
    pub answers: &'a dyn Fn(&str) -> Vec<String>,
}

/// Notes what became of a household, with its answers if it gave some. Records `survey.visited`.
///
/// # Errors
/// 404 for a segment that is not theirs; 409 `survey-over`, `survey-no-door` for a household that is not on the list or is settled; 422 as
/// for answers by the link.
pub fn visit(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (number, place, household): (&str, i64, i64),
    noted: &Noted<'_>,
) -> Result<Taken> {
    require(ctx, Act::Visit)?;
    let person = ctx.person().ok_or_else(Problem::sign_in)?;
    let survey = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let segment = rows::segment_at(tx, survey.id, place)?.ok_or_else(Problem::not_found)?;
    if segment.interviewer_id != Some(person) {
        return Err(Problem::not_found());
    }
    if !survey.is_open_on(ctx.now.date()) {
        return Err(Problem::conflict("survey-over"));
    }
    let visits = rows::visits(tx, segment.id)?;
    let list = doors(&survey.plan.0, &survey.seed, &segment, &visits);
    let open = |stand: Stand| matches!(stand, Stand::Waiting | Stand::Again);
    if !list.iter().any(|door| door.household == household && open(door.stand)) {
        return Err(Problem::conflict("survey-no-door"));
    }
    let mut taken = Taken::Counted;
    if noted.outcome == Outcome::Answered {
        let given = Given { traits: noted.traits, answers: noted.answers };
        taken = keep(tx, (&survey, &segment), Mode::Visit, &given)?;
    }
    match rows::visit(tx, segment.id, household)? {
        Some(mut before) => {
            before.outcome = noted.outcome;
            before.tries += 1;
            before.day = ctx.now.date();
            before.person_id = person;
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
                day: ctx.now.date(),
                person_id: person,
                person: name_of(ctx),
                version: 1,
            })?;
        }
    }
    let outcome = kernel::workflow::Named::code(noted.outcome);
    let event = event("survey.visited", &survey).with("place", place).with("household", household);
    tx.record(ctx, event.with("outcome", outcome))?;
    Ok(taken)
}
