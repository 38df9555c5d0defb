//! A person gets a role on a unit, from a day until a day or without end.

use super::told;
use crate::model::{AccountState, Days, PersonId, UnitId, collide, is_administrator};
use crate::policy::{self, Act, POLICY};
use crate::store::accounts;
use crate::store::grants::{self, GrantRow};
use crate::store::units;
use kernel::ctx::{Actor, Ctx};
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

#[derive(Clone, Copy, Debug)]
pub struct NewGrant {
    pub person: PersonId,
    pub role: Role,
    pub unit: UnitId,
    pub days: Days,
}

pub fn grant_role(tx: &mut Tx<'_>, ctx: &Ctx, new: NewGrant) -> Result<GrantRow> {
    POLICY.require(ctx, Act::GrantRoles, &policy::of_unit(new.unit), true)?;
    // two who decide about the same person at once must see each other's grant
    accounts::lock(tx, new.person)?;
    let account = accounts::find(tx, new.person)?.ok_or_else(Problem::not_found)?;
    let unit = units::find(tx, new.unit)?.ok_or_else(|| Problem::field("grant_unit", "not-a-choice"))?;
    if ctx.person() == Some(new.person) {
        return Err(Problem::conflict("grant-to-yourself"));
    }
    if account.state == AccountState::Closed {
        return Err(Problem::field("grant_person", "account-closed"));
    }
    if new.days.until.is_some_and(|until| until < new.days.from || until < ctx.now.date()) {
        return Err(Problem::field("last_day", "ends-before"));
    }
    if is_administrator(new.role) && unit.parent_id.is_some() {
        return Err(Problem::field("grant_unit", "administrator-on-root"));
    }
    let held = grants::of_person(tx, new.person)?;
    decide(&new, &held)?;
    let row = GrantRow {
        id: tx.new_id(),
        account_id: new.person,
        role: new.role.code().to_owned(),
        unit_id: new.unit,
        from_date: new.days.from,
        until_date: new.days.until,
        granted_by: match &ctx.actor {
            Actor::Member(member) => member.name.clone(),
            Actor::System(name) => (*name).to_owned(),
            Actor::Public => String::new(),
        },
        created_at: ctx.now,
        revoked_at: None,
        version: 1,
    };
    tx.insert(&row)?;
    let event = told(Event::new("role.granted", new.person), &account)
        .with("role", new.role.code())
        .with("unit", unit.name);
    tx.record(ctx, with_days(event, &new.days))?;
    Ok(row)
}

/// Not twice the same, and never two of the three administrators in one hand.
fn decide(new: &NewGrant, held: &[GrantRow]) -> Result<()> {
    for grant in held.iter().filter(|g| g.days().overlaps(&new.days)) {
        let role = grant.role()?;
        if collide(role, new.role) {
            return Err(
                Problem::conflict("administrators-apart").arg("role", format!("role-{}", role.code()))
            );
        }
        if role == new.role && grant.unit_id == new.unit {
            return Err(Problem::conflict("grant-exists"));
        }
    }
    Ok(())
}

pub(super) fn with_days(event: Event, days: &Days) -> Event {
    let event = event.with("from", days.from.to_string());
    match days.until {
        Some(until) => event.with("until", until.to_string()),
        None => event.with("until", "none"),
    }
}
