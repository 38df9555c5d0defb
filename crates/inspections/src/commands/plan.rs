//! Planning an inspection, and changing the plan while nothing binds it.

use super::{Which, event, load_for, name_of, save};
use crate::model::{Draft, Inspection};
use crate::policy::{self, Act};
use crate::workflow::State;
use ::store::Tx;
use ::store::value::Json;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

fn checked(tx: &mut Tx<'_>, draft: &Draft) -> Result<()> {
    let known: Vec<String> = places::queries::site_types(tx)?.into_iter().map(|t| t.code).collect();
    draft.check(&known)
}

fn put(inspection: &mut Inspection, draft: Draft) {
    inspection.name = draw::cell(&draft.name);
    inspection.from_date = draft.from_date;
    inspection.until_date = draft.until_date;
    inspection.method = draft.method;
    inspection.amounts = Json(draft.amounts);
    inspection.total = draft.total;
    inspection.by_division = draft.by_division;
    inspection.exclude_months = draft.exclude_months;
    inspection.second_percent = draft.second_percent;
    inspection.public_source = draw::cell(&draft.public_source);
}

/// Plans an inspection. Records `inspection.planned`.
///
/// # Errors
/// 422 with every field that is wrong.
pub fn plan(ctx: &Ctx, tx: &mut Tx<'_>, draft: Draft) -> Result<Inspection> {
    policy::require(ctx, Act::Plan)?;
    checked(tx, &draft)?;
    let year = ctx.now.date().year();
    let mut inspection = Inspection {
        id: tx.new_id(),
        number: format!("IN-{year}-{:04}", tx.next_number(&format!("IN-{year}"))?),
        name: String::new(),
        state: State::Planned,
        from_date: draft.from_date,
        until_date: draft.until_date,
        method: draft.method,
        amounts: Json::default(),
        total: 0,
        by_division: true,
        exclude_months: 0,
        second_percent: 0,
        public_source: String::new(),
        reason: String::new(),
        created_by: name_of(ctx),
        created_at: ctx.now,
        version: 1,
    };
    put(&mut inspection, draft);
    tx.insert(&inspection)?;
    tx.record(ctx, event("inspection.planned", &inspection))?;
    Ok(inspection)
}

/// Changes a plan. Records `inspection.changed`.
///
/// # Errors
/// 409 `inspection-bound` once it is committed.
pub fn change(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>, draft: Draft) -> Result<Inspection> {
    let mut inspection = load_for(ctx, tx, which)?;
    if inspection.state != State::Planned {
        return Err(Problem::conflict("inspection-bound").arg("number", which.0));
    }
    checked(tx, &draft)?;
    put(&mut inspection, draft);
    let inspection = save(tx, inspection)?;
    tx.record(ctx, event("inspection.changed", &inspection))?;
    Ok(inspection)
}
