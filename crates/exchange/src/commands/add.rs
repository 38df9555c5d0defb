//! A partner is set up. Results are sent of what happens from now on; changes are fetched from the partner's beginning.

use super::{Draft, event, told};
use crate::model::{Health, MOST_PARTNERS, Partner, PartnerState, Wins};
use crate::policy::{self, Act};
use crate::{jobs, store as rows};
use ::store::secrets::random_word;
use ::store::value::Json;
use ::store::{Tx, follow};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

pub fn add(ctx: &Ctx, tx: &mut Tx<'_>, draft: Draft) -> Result<Partner> {
    policy::require(ctx, Act::Configure)?;
    if i64::try_from(rows::partners(tx)?.len()).unwrap_or(i64::MAX) >= MOST_PARTNERS {
        return Err(Problem::conflict("exchange-too-many").arg("most", MOST_PARTNERS));
    }
    let id = tx.new_id();
    let number = format!("XP-{:04}", tx.next_number("XP")?);
    let partner = Partner {
        id,
        number,
        name: draft.name,
        kind: draft.kind,
        carrier: draft.carrier,
        url: draft.url,
        token: draft.token.unwrap_or_default().into(),
        nonce: random_word(),
        pulls: draft.pulls,
        takes: draft.takes,
        sends: draft.sends,
        every_minutes: draft.every_minutes,
        crs: draft.crs,
        wins: Json(Wins::default()),
        state: PartnerState::Active,
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&partner)?;
    tx.insert(&Health { partner_id: id.raw(), ..Health::default() })?;
    for (lane, seq) in follow::end(tx)? {
        rows::advance(tx, id, lane, 0, seq)?;
    }
    tx.record(ctx, told(event("exchange.partner-added", &partner), &partner))?;
    jobs::wake(tx, id)?;
    Ok(partner)
}
