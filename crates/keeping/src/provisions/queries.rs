//! What pages and programs read of the register.

use super::model::Provision;
use super::store as rows;
use crate::policy::{Act, POLICY};
use ::store::{Query, Tx};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::Result;

/// The only door to an entry.
pub(crate) fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, number: &str) -> Result<Provision> {
    POLICY.require(ctx, Act::SeeProvisions, &Standing::city(), true)?;
    POLICY.require(ctx, act, &Standing::city(), true)?;
    rows::provision(tx, number)
}

pub fn one(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Provision> {
    load_for(ctx, tx, Act::SeeProvisions, number)
}

/// Entries that go on, or that are over, newest first, from before the one with this id.
pub fn list(ctx: &Ctx, tx: &mut Tx<'_>, open: bool, before: i64, limit: i64) -> Result<Vec<Provision>> {
    POLICY.require(ctx, Act::SeeProvisions, &Standing::city(), true)?;
    let mut query = Query::<Provision>::new("select {*} from keeping_provision");
    query.filter(if open { "ended_at is null" } else { "ended_at is not null" }, &[]);
    query.filter("id < ?", &[&before]).tail("order by id desc limit ?", &[&limit]);
    tx.query(&query)
}

/// Numbers of those of these ids that are entries.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from keeping_provision");
    query.one_of("id", ids);
    tx.query(&query)
}
