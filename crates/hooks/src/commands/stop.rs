//! The program stops telling an endpoint, and says so to whoever set it up and to the administrators.

use super::event;
use crate::model::{Endpoint, StopReason};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::workflow::Named;

pub(crate) fn stop(ctx: &Ctx, tx: &mut Tx<'_>, endpoint: &Endpoint, why: StopReason) -> Result<()> {
    if !rows::stop(tx, endpoint.id, why)? {
        tx.housekeeping();
        return Ok(());
    }
    tx.record(ctx, event("hook.stopped", endpoint).with("stop", why.code()))?;
    let mut people = vec![endpoint.owner_id];
    if let Some(root) = people::queries::root(tx)? {
        let administrators =
            people::queries::people_of_unit_with_role(tx, root.id, &[Role::SystemAdmin, Role::Office])?;
        people.extend(administrators.into_iter().map(|a| a.id));
    }
    let args = [
        ("number", endpoint.number.clone()),
        ("name", endpoint.name.clone()),
        ("reason", format!("hook-stop-{}", why.code())),
    ];
    web::notices::send(tx, &people, "hook-stopped", &args, &format!("/admin/webhooks/{}", endpoint.number))
}
