//! A person gets an account, with a password that they must change at once.

use super::told;
use crate::model::{AccountState, Factor, PersonFacts, login};
use crate::policy::{self, Act, POLICY};
use crate::store::accounts::{self, AccountRow, CredentialRow};
use crate::store::units;
use kernel::ctx::{Ctx, Locale};
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use store::{Event, Marked, Tx};

#[derive(Clone, Debug)]
pub struct NewAccount {
    pub login: String,
    pub facts: PersonFacts,
    pub language: Locale,
    /// From [`crate::password::hash`]; hashing is too slow for a transaction.
    pub password_hash: String,
    /// False only where the person has chosen it themselves.
    pub must_change: bool,
}

pub fn create_account(tx: &mut Tx<'_>, ctx: &Ctx, new: NewAccount) -> Result<AccountRow> {
    POLICY.require(ctx, Act::EditAccounts, &policy::of_unit(new.facts.unit), true)?;
    let unit = units::find(tx, new.facts.unit)?.filter(units::UnitRow::is_active);
    let Some(unit) = unit else { return Err(Problem::field("account_unit", "not-a-choice")) };
    let login = login(&new.login).ok_or_else(|| Problem::field("login", "not-a-login"))?;
    if accounts::find_login(tx, &login)?.is_some() {
        return Err(Problem::field("login", "login-taken"));
    }
    let facts = new.facts.checked()?;
    let account = AccountRow {
        id: tx.new_id(),
        login,
        name: facts.name,
        phone: facts.phone.into(),
        phone_mark: Marked::default(),
        mail: facts.mail.into(),
        unit_id: unit.id,
        state: AccountState::Active,
        language: new.language.code().to_owned(),
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&account)?;
    tx.insert(&credential(&account, new.password_hash, new.must_change, ctx.now))?;
    accounts::index(tx, &account)?;
    tx.record(ctx, told(Event::new("account.created", account.id), &account).with("unit", unit.name))?;
    Ok(account)
}

fn credential(account: &AccountRow, password_hash: String, must_change: bool, now: Instant) -> CredentialRow {
    CredentialRow {
        id: account.id,
        password_hash,
        password_set_at: now,
        must_change,
        factor: Factor::Off,
        factor_nonce: String::new(),
        factor_step: 0,
        version: 1,
    }
}
