//! Read models: versions with their figures, and what became of offers.

use crate::model::{Target, Version};
use crate::policy::{Act, POLICY, city};
use ::store::{Query, Tx, record, sql};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{DAY, Instant};

/// Versions, newest first. Few: one a month.
pub fn versions(ctx: &Ctx, tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Version>> {
    POLICY.require(ctx, Act::See, &city(), true)?;
    tx.all(
        sql!(Version: "select {*} from suggest_model order by trained_at desc, id desc limit $1"),
        &[&limit],
    )
}

record! {
    /// What people chose where something was offered.
    #[derive(Clone, Copy, Debug, Default)]
    pub struct Taken {
        pub offers: i64,
        pub first: i64,
        pub third: i64,
    }
}

/// Days over which offers are counted.
pub const DAYS: i64 = 90;

/// What became of the offers of the last [`DAYS`] days.
pub fn taken(ctx: &Ctx, tx: &mut Tx<'_>, target: Target) -> Result<Taken> {
    POLICY.require(ctx, Act::See, &city(), true)?;
    let since: Instant = ctx.now.plus(-DAYS * DAY);
    let mut q = Query::<Taken>::new(
        "select count(*) as offers, coalesce(sum(case when place = 1 then 1 else 0 end), 0) as first,
            coalesce(sum(case when place > 0 then 1 else 0 end), 0) as third from suggest_offer",
    );
    q.filter("target = ?", &[&target]).filter("at >= ?", &[&since]);
    Ok(tx.query(&q)?.first().copied().unwrap_or_default())
}
