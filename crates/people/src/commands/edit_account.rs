//! A person's name, ways to be reached, or unit change.

use super::told;
use crate::model::{PersonFacts, PersonId};
use crate::policy::{self, Act, POLICY};
use crate::store::accounts::{self, AccountRow};
use crate::store::units;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// `version`: as it was when the form was shown.
pub fn edit_account(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    id: PersonId,
    version: i64,
    facts: PersonFacts,
) -> Result<AccountRow> {
    let mut account = accounts::load_for(tx, ctx, Act::EditAccounts, id)?;
    if account.version != version {
        return Err(Problem::stale());
    }
    if facts.unit != account.unit_id {
        POLICY.require(ctx, Act::EditAccounts, &policy::of_unit(facts.unit), true)?;
        if !units::find(tx, facts.unit)?.is_some_and(|u| u.is_active()) {
            return Err(Problem::field("account_unit", "not-a-choice"));
        }
    }
    let facts = facts.checked()?;
    account.name = facts.name;
    account.phone = facts.phone.into();
    account.mail = facts.mail.into();
    account.unit_id = facts.unit;
    tx.save(&account)?;
    accounts::index(tx, &account)?;
    let unit = units::find(tx, account.unit_id)?.map(|u| u.name).unwrap_or_default();
    tx.record(ctx, told(Event::new("account.edited", id), &account).with("unit", unit))?;
    Ok(account)
}
