//! A paused or stopped endpoint is told again: of everything since it was last told, or only of what happens from now on.
//! Whoever sets it going answers for it.

use super::{event, open_for, owner};
use crate::model::{Endpoint, EndpointState};
use crate::policy::Act;
use crate::{jobs, store as rows};
use ::store::{Tx, follow};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

pub fn resume(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64), from_now: bool) -> Result<Endpoint> {
    let mut endpoint = open_for(ctx, tx, Act::Keep, seen)?;
    if endpoint.state == EndpointState::Active {
        return Err(Problem::conflict("hook-active"));
    }
    endpoint.state = EndpointState::Active;
    endpoint.stop_reason = None;
    endpoint.owner_id = owner(ctx)?;
    tx.save(&endpoint)?;
    endpoint.version += 1;
    rows::heal(tx, endpoint.id)?;
    if from_now {
        rows::skip_waiting(tx, endpoint.id)?;
        let end = follow::end(tx)?;
        rows::set_place(tx, endpoint.id, &end)?;
    } else {
        rows::pull(tx, endpoint.id)?;
    }
    tx.record(ctx, event("hook.resumed", &endpoint).with("from-now", from_now))?;
    jobs::wake(tx, endpoint.id)?;
    Ok(endpoint)
}
