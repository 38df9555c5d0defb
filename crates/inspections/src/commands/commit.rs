//! Binding oneself: plan and register are frozen, a secret is made, and the fingerprint of all three is published.

use super::{Which, event, load_for, name_of, save, stepped};
use crate::model::{Draw, Inspection};
use crate::register::prepare;
use crate::workflow::Step;
use ::store::value::Json;
use ::store::{Sealed, Tx};
use draw::{Hash, Row};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use places::PlaceIndex;

/// Freezes the plan. `secret`: 32 bytes of chance ([`store::secrets::random_bytes`]). Records `inspection.committed`.
///
/// # Errors
/// 409 `inspection-no-points` where nothing would be drawn.
pub fn commit(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    which: Which<'_>,
    secret: &Hash,
) -> Result<Inspection> {
    let inspection = load_for(ctx, tx, which)?;
    let next = stepped(&inspection, Step::Commit)?;
    let prepared = prepare(ctx, tx, index, &inspection)?;
    if prepared.take() == 0 {
        return Err(Problem::conflict("inspection-no-points").arg("number", which.0));
    }
    let plan = prepared.plan.rows();
    let register: Vec<Row> = prepared.entries.iter().map(draw::Entry::row).collect();
    let register_hash = draw::register_hash(&register);
    let commitment = hex::encode(draw::commitment(secret, &plan, &register_hash));
    let bound = Draw {
        id: tx.new_id(),
        inspection_id: inspection.id,
        plan: Json(plan),
        register: Json(register),
        register_hash: hex::encode(register_hash),
        commitment,
        secret: Sealed::new(hex::encode(secret)),
        committed_at: ctx.now,
        committed_by: name_of(ctx),
        public_value: String::new(),
        witness: String::new(),
        drawn_at: None,
        drawn_by: String::new(),
        version: 1,
    };
    tx.insert(&bound)?;
    let next = save(tx, next)?;
    let event = event("inspection.committed", &next)
        .with("commitment", bound.commitment.as_str())
        .with("points", i64::try_from(prepared.entries.len()).unwrap_or(i64::MAX));
    tx.record(ctx, event)?;
    Ok(next)
}
