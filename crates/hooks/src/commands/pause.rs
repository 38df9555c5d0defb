//! Nothing is sent for a while. Nothing is lost either: the place in the log stays where it is.

use super::{event, must_be_active, open_for};
use crate::model::{Endpoint, EndpointState};
use crate::policy::Act;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;

pub fn pause(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)) -> Result<Endpoint> {
    let mut endpoint = open_for(ctx, tx, Act::Stop, seen)?;
    must_be_active(&endpoint)?;
    endpoint.state = EndpointState::Paused;
    tx.save(&endpoint)?;
    endpoint.version += 1;
    tx.record(ctx, event("hook.paused", &endpoint))?;
    Ok(endpoint)
}
