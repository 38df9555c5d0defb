//! What people decide: from when on advice is shown.

use crate::policy::{Act, POLICY, city};
use crate::settings::{RULES, Rules};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;

pub fn set_rules(ctx: &Ctx, tx: &mut Tx<'_>, rules: &Rules) -> Result<()> {
    POLICY.require(ctx, Act::Edit, &city(), true)?;
    rules.check()?;
    tx.housekeeping();
    RULES.set(tx, ctx, rules)
}
