//! An endpoint is set up; it is told of what happens from now on.

use super::{Draft, event, owner, told};
use crate::model::{Endpoint, EndpointState, Health, MOST_ENDPOINTS};
use crate::policy::{self, Act};
use crate::{jobs, store as rows};
use ::store::secrets::random_word;
use ::store::value::Json;
use ::store::{Tx, follow};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

pub fn add(ctx: &Ctx, tx: &mut Tx<'_>, draft: Draft) -> Result<Endpoint> {
    policy::require(ctx, Act::Keep)?;
    let owner_id = owner(ctx)?;
    if rows::count(tx)? >= MOST_ENDPOINTS {
        return Err(Problem::conflict("hook-too-many").arg("most", MOST_ENDPOINTS));
    }
    let number = format!("WH-{:04}", tx.next_number("WH")?);
    let endpoint = Endpoint {
        id: tx.new_id(),
        number,
        name: draft.name,
        url: draft.url,
        owner_id,
        kinds: Json(draft.kinds),
        units: Json(draft.units),
        divisions: Json(draft.divisions),
        nonce: random_word(),
        old_nonce: None,
        old_until: None,
        state: EndpointState::Active,
        stop_reason: None,
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&endpoint)?;
    tx.insert(&Health { endpoint_id: endpoint.id.raw(), ..Health::default() })?;
    let end = follow::end(tx)?;
    rows::set_place(tx, endpoint.id, &end)?;
    tx.record(ctx, told(event("hook.added", &endpoint), &endpoint))?;
    jobs::wake(tx, endpoint.id)?;
    Ok(endpoint)
}
