//! The city's own numbers.

use crate::policy::{Act, POLICY, city};
use crate::rules::{RULES, Rules};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;

/// The change is recorded by the setting, with what stood there before.
pub fn edit_rules(ctx: &Ctx, tx: &mut Tx<'_>, rules: &Rules) -> Result<()> {
    POLICY.require(ctx, Act::EditRules, &city(), true)?;
    rules.check()?;
    tx.housekeeping();
    RULES.set(tx, ctx, rules)
}
