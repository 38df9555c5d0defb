//! Housekeeping of sessions and of counted attempts.

use crate::store::{accounts, authenticators, provider, sessions};
use kernel::problem::Result;
use kernel::time::DAY;
use store::jobs::{Periodic, Work};

pub(crate) const PERIODIC: &[Periodic] = &[Periodic::new("people-sweep", 3600, sweep)];

/// Ended sessions hold addresses of people, and attempts hold logins: neither is kept longer than it is needed.
fn sweep(work: &Work<'_>) -> Result<()> {
    let now = work.ctx.now;
    work.db.write_now(&work.ctx, move |tx| {
        tx.housekeeping();
        sessions::forget_ended_sessions(tx, now)?;
        // a return is taken within minutes or not at all
        provider::forget_returns(tx, now.plus(-DAY))?;
        authenticators::forget_challenges(tx, now)?;
        accounts::forget_old_attempts(tx, now.plus(-2 * DAY)).map(drop)
    })
}
