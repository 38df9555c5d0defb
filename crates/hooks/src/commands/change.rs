//! Where it goes and what it is told is changed. Whoever changes it answers for it from then on.

use super::{Draft, event, open_for, owner, told};
use crate::model::Endpoint;
use crate::policy::Act;
use ::store::Tx;
use ::store::value::Json;
use kernel::ctx::Ctx;
use kernel::problem::Result;

pub fn change(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64), draft: Draft) -> Result<Endpoint> {
    let mut endpoint = open_for(ctx, tx, Act::Keep, seen)?;
    endpoint.owner_id = owner(ctx)?;
    endpoint.name = draft.name;
    endpoint.url = draft.url;
    endpoint.kinds = Json(draft.kinds);
    endpoint.units = Json(draft.units);
    endpoint.divisions = Json(draft.divisions);
    tx.save(&endpoint)?;
    endpoint.version += 1;
    tx.record(ctx, told(event("hook.changed", &endpoint), &endpoint))?;
    Ok(endpoint)
}
