//! A new data key; see [`store::sealed`].

use crate::policy::{Act, POLICY};
use ::store::Db;
use ::store::sealed::{self, Algorithm};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{Problem, Result};

/// Makes a key of the kind that is in use, and has everything sealed with it; its number. 409 `keys-rotating` while older texts are still
/// being sealed again after the last time: a key at a time is enough. Never from async code.
pub fn rotate(ctx: &Ctx, db: &Db) -> Result<u32> {
    POLICY.require(ctx, Act::RotateKeys, &Standing::city(), true)?;
    let cards = db.keys().cards();
    if cards.len() > 1 {
        return Err(Problem::conflict("keys-rotating"));
    }
    let algorithm =
        cards.iter().find(|card| card.current).map_or(Algorithm::default(), |card| card.algorithm);
    sealed::rotate(db, ctx, algorithm)
}
