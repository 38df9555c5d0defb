//! An endpoint goes for good. What was sent to it stays readable in the database until its time is over; the log tells the
//! rest.

use super::{event, open_for};
use crate::guard;
use crate::model::EndpointState;
use crate::policy::Act;
use crate::store as rows;
use ::store::Tx;
use ::store::follow::Place;
use kernel::ctx::Ctx;
use kernel::problem::Result;

pub fn remove(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)) -> Result<()> {
    let mut endpoint = open_for(ctx, tx, Act::Stop, seen)?;
    endpoint.state = EndpointState::Removed;
    endpoint.old_nonce = None;
    endpoint.old_until = None;
    tx.save(&endpoint)?;
    rows::skip_waiting(tx, endpoint.id)?;
    rows::set_place(tx, endpoint.id, &Place::new())?;
    tx.record(ctx, event("hook.removed", &endpoint).with("host", guard::host(&endpoint.url)))
}
