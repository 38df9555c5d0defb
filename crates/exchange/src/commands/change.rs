//! How a partner is reached is changed; the key with which it pushes is replaced.

use super::{Draft, event, open_for, told};
use crate::model::Partner;
use crate::policy::Act;
use crate::{jobs, store as rows};
use ::store::Tx;
use ::store::secrets::random_word;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// The carrier stays: a folder's names and an address's are not the same changes.
pub fn change(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64), draft: Draft) -> Result<Partner> {
    let mut partner = open_for(ctx, tx, Act::Configure, seen)?;
    if partner.carrier != draft.carrier {
        return Err(Problem::field("xp_carrier", "exchange-carrier-stays"));
    }
    partner.name = draft.name;
    partner.kind = draft.kind;
    // a credential belongs to an address: who leads the address elsewhere must give it anew
    if partner.url != draft.url && draft.token.is_none() {
        partner.token = "".into();
    }
    partner.url = draft.url;
    if let Some(token) = draft.token {
        partner.token = token.into();
    }
    partner.pulls = draft.pulls;
    partner.takes = draft.takes;
    partner.sends = draft.sends;
    partner.every_minutes = draft.every_minutes;
    partner.crs = draft.crs;
    tx.save(&partner)?;
    partner.version += 1;
    tx.record(ctx, told(event("exchange.partner-changed", &partner), &partner))?;
    rows::due_now(tx, partner.id)?;
    jobs::wake(tx, partner.id)?;
    Ok(partner)
}

/// The key before does not open any more.
pub fn renew_key(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)) -> Result<Partner> {
    let mut partner = open_for(ctx, tx, Act::Configure, seen)?;
    partner.nonce = random_word();
    tx.save(&partner)?;
    partner.version += 1;
    tx.record(ctx, event("exchange.key-renewed", &partner))?;
    Ok(partner)
}
