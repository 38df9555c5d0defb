//! Reading rounds.

use super::account::Account;
use super::matching;
use super::model::Round;
use super::store as rows;
use crate::policy::{Act, POLICY};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{Problem, Result};

/// A round by its number; the latest without one.
pub fn round(ctx: &Ctx, tx: &mut Tx<'_>, number: Option<&str>) -> Result<Round> {
    POLICY.require(ctx, Act::See, &Standing::city(), false)?;
    let found = match number {
        Some(number) => rows::by_number(tx, number)?,
        None => rows::latest(tx)?,
    };
    found.ok_or_else(Problem::not_found)
}

/// What a round comes to. Reads all its rows: there is no figure without them.
pub fn account(ctx: &Ctx, tx: &mut Tx<'_>, number: Option<&str>) -> Result<Account> {
    let round = round(ctx, tx, number)?;
    let (of, names, said) =
        (rows::rows(tx, round.id)?, rows::names(tx, round.id)?, rows::matches(tx, round.id)?);
    Ok(Account::new(round, matching::matched(&of, &names, &said)))
}
