//! 指派到人: a unit's leader gives a case to one of the unit's people, who may hand it back. It divides
//! work within the unit; nothing is counted or compared by person.

use super::{load_for, reason, save};
use crate::jobs;
use crate::model::Case;
use crate::policy::Act;
use crate::store;
use crate::units::{self, Stand};
use crate::workflow::State;
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};

/// Whether a unit has the case, also while its clock stands.
pub fn may_be_assigned(case: &Case) -> bool {
    case.lead_unit.is_some() && case.state.position() == State::Handling.position()
}

/// Gives the case to one of the unit's people, or to nobody in particular again.
///
/// # Errors
/// 422 at `handler`: somebody who does not work for the unit, is away today, or has it already.
pub fn assign(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, to: Option<Id<Person>>, note: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Assign, id)?;
    let unit = case.lead_unit.filter(|_| may_be_assigned(&case));
    let unit = unit.ok_or_else(|| Problem::conflict("not-now").arg("what", case.number.as_str()))?;
    if to == case.handler_id {
        return Err(Problem::field("handler", "already-assigned"));
    }
    let (verb, name) = match to {
        Some(person) => match units::stand(tx, unit, person)? {
            Stand::Here { name } => ("case.assigned", name),
            Stand::Away { .. } => return Err(Problem::field("handler", "person-away")),
            Stand::Gone => return Err(Problem::field("handler", "not-a-choice")),
        },
        None => ("case.unassigned", String::new()),
    };
    case.handler_id = to;
    save(ctx, tx, &mut case)?;
    tx.record(ctx, Event::new(verb, id).with("person", name).text(note.trim()))?;
    if to.is_some() && to != ctx.person() {
        jobs::told(ctx, tx, &case, "assigned")?;
    }
    Ok(case)
}

/// Whoever was given the case gives it back to the unit.
pub fn hand_back(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, why: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Handle, id)?;
    if case.handler_id.is_none() || case.handler_id != ctx.person() {
        return Err(Problem::conflict("not-yours"));
    }
    let why = reason(why)?;
    case.handler_id = None;
    save(ctx, tx, &mut case)?;
    tx.record(ctx, Event::new("case.handed-back", id).text(why))?;
    jobs::told(ctx, tx, &case, "handed-back")?;
    Ok(case)
}

/// Run by the program, a page at a time: what somebody has who has left the unit is nobody's again, and what somebody has who
/// is away goes to whom they lent their roles to.
pub fn release_handlers(ctx: &Ctx, tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Option<i64>> {
    let cases = store::with_handler(tx, after, limit)?;
    tx.housekeeping();
    let last = cases.last().map(|c| c.id.raw());
    for mut case in cases {
        let Some((unit, person)) = case.lead_unit.zip(case.handler_id) else { continue };
        let (to, why) = match units::stand(tx, unit, person)? {
            Stand::Here { .. } => continue,
            Stand::Away { stand_in } => (Some(stand_in), "away"),
            Stand::Gone => (None, "left"),
        };
        let person = match to {
            Some(to) => people::queries::person_name(tx, to)?,
            None => String::new(),
        };
        case.handler_id = to;
        save(ctx, tx, &mut case)?;
        tx.record(ctx, Event::new("case.handler-changed", case.id).with("why", why).with("person", person))?;
        jobs::told(ctx, tx, &case, if to.is_some() { "assigned" } else { "handed-back" })?;
    }
    Ok(last)
}
