//! Fetches a partner's changes from where the last fetch ended.

use crate::adapter::Adapter;
use crate::model::Partner;
use crate::{incoming, schedule, store as rows};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::MINUTE;
use web::City;

/// One page, if it is time; whether there may be more. The changes and the place are saved together: what dies before is
/// fetched again, what dies after is known.
pub fn step(city: &City, ctx: &Ctx, partner: &Partner, adapter: &dyn Adapter) -> Result<bool> {
    let (db, id) = (city.db(), partner.id);
    if !partner.pulls {
        return Ok(false);
    }
    let health = db.read_now(move |tx| rows::health(tx, id))?;
    if health.next_pull_at > db.now().0 {
        return Ok(false);
    }
    let fetched = adapter.changes(&health.cursor);
    let ctx = &Ctx { now: db.now(), ..ctx.clone() };
    let batch = match fetched {
        Ok(batch) => batch,
        Err(fault) => {
            tracing::warn!(partner = %partner.number, code = fault.code, detail = %fault.detail, "nothing could be fetched");
            db.write_now(ctx, move |tx| {
                tx.housekeeping();
                let next = tx.now().plus(schedule::wait(health.pull_streak + 1));
                rows::pull_failed(tx, id, fault.code, next)
            })?;
            return Ok(false);
        }
    };
    let more = batch.more;
    let (of, taken) = (partner.clone(), batch.clone());
    let receipts = db.write_now(ctx, move |tx| {
        let receipts = match (&taken.file, &taken.refused) {
            (Some(file), Some(why)) => incoming::refuse_file(tx, &of, file, why)?,
            _ => incoming::receive(tx, &of, &taken.items, true)?,
        };
        let wait = if more { 0 } else { of.every_minutes.max(1) * MINUTE };
        let next = tx.now().plus(wait);
        rows::pulled(tx, id, &health.cursor, &taken.next, next)?;
        Ok(receipts)
    });
    let receipts = match receipts {
        // another program has fetched the same page
        Err(problem) if problem.code == "stale" => return Ok(true),
        receipts => receipts?,
    };
    if let Err(fault) = adapter.stored(&batch, &receipts) {
        tracing::warn!(partner = %partner.number, detail = %fault.detail, "a file that was read could not be put away");
        db.write_now(ctx, move |tx| {
            tx.housekeeping();
            let next = tx.now().plus(MINUTE);
            rows::pull_failed(tx, id, fault.code, next)
        })?;
        return Ok(false);
    }
    Ok(more)
}
