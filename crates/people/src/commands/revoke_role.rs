//! A role is taken back, or given an end.

use super::{not_the_last, told};
use crate::model::{PersonId, RoleGrant};
use crate::policy::{self, Act, POLICY};
use crate::store::accounts::{self, AccountRow};
use crate::store::grants::{self, GrantRow};
use crate::store::units;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use store::{Event, Tx};

pub fn revoke_role(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<RoleGrant>, reason: &str) -> Result<PersonId> {
    let (mut grant, account) = load(tx, ctx, id)?;
    not_the_last(tx, account.id, std::slice::from_ref(&grant))?;
    grant.revoked_at = Some(ctx.now);
    tx.save(&grant)?;
    let event = event(tx, "role.revoked", &grant, &account)?;
    tx.record(ctx, event.text(reason))?;
    Ok(account.id)
}

pub fn limit_role(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<RoleGrant>, until: Date) -> Result<PersonId> {
    let (mut grant, account) = load(tx, ctx, id)?;
    if until < grant.from_date || until < ctx.now.date() {
        return Err(Problem::field("last_day", "ends-before"));
    }
    not_the_last(tx, account.id, std::slice::from_ref(&grant))?;
    grant.until_date = Some(until);
    tx.save(&grant)?;
    let event = event(tx, "role.limited", &grant, &account)?;
    tx.record(ctx, event.with("until", until.to_string()))?;
    Ok(account.id)
}

/// Whether this person may end the grant: asked before a form for it is shown.
pub fn may_end_role(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<RoleGrant>) -> Result<GrantRow> {
    let grant = grants::find(tx, id)?;
    POLICY.require(ctx, Act::GrantRoles, &policy::of_unit(grant.unit_id), true)?;
    Ok(grant)
}

fn load(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<RoleGrant>) -> Result<(GrantRow, AccountRow)> {
    let grant = may_end_role(tx, ctx, id)?;
    if grant.revoked_at.is_some() {
        return Err(Problem::conflict("grant-revoked"));
    }
    if ctx.person() == Some(grant.account_id) {
        return Err(Problem::conflict("not-yourself"));
    }
    accounts::lock(tx, grant.account_id)?;
    let account = accounts::find(tx, grant.account_id)?.ok_or_else(Problem::not_found)?;
    Ok((grant, account))
}

fn event(tx: &mut Tx<'_>, verb: &'static str, grant: &GrantRow, account: &AccountRow) -> Result<Event> {
    let unit = units::find(tx, grant.unit_id)?.map(|u| u.name).unwrap_or_default();
    Ok(told(Event::new(verb, account.id), account).with("role", &*grant.role).with("unit", unit))
}
