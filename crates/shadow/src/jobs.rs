//! Once a day: a line for each scheme that has a plan.

use crate::{commands, queries, store as rows};
use ::store::Event;
use ::store::jobs::{Periodic, Work};
use assessment::scheme::seam;
use kernel::problem::Result;

const DAY: i64 = 86_400;

pub(crate) const PERIODIC: &[Periodic] = &[Periodic::new("shadow-day", DAY, daily)];

fn daily(work: &Work<'_>) -> Result<()> {
    let today = work.ctx.now.date();
    let ctx = work.ctx.clone();
    work.db.write_now(&work.ctx, move |tx| {
        let mut kept = 0;
        for plan in rows::plans(tx)? {
            let Some(tree) = seam::tree_by_id(tx, plan.scheme_id)? else { continue };
            let found = queries::work_out(tx, None, tree)?;
            kept += i64::from(commands::keep_day(tx, &found, today)?);
        }
        tx.record(&ctx, Event::city("shadow.kept").with("count", kept))
    })
}
