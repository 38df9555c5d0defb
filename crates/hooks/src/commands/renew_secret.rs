//! The secret is replaced. For [`OVERLAP`] both sign, so that the receiver can change over without losing a message. One that
//! was replaced before does not sign any more: at most two hold.

use super::{event, open_for};
use crate::model::{Endpoint, OVERLAP};
use crate::policy::Act;
use ::store::Tx;
use ::store::secrets::random_word;
use kernel::ctx::Ctx;
use kernel::problem::Result;

pub fn renew_secret(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)) -> Result<Endpoint> {
    let mut endpoint = open_for(ctx, tx, Act::Keep, seen)?;
    let until = ctx.now.plus(OVERLAP);
    endpoint.old_nonce = Some(std::mem::replace(&mut endpoint.nonce, random_word()));
    endpoint.old_until = Some(until);
    tx.save(&endpoint)?;
    endpoint.version += 1;
    tx.record(ctx, event("hook.secret-renewed", &endpoint).with("until", until.rfc3339()))?;
    Ok(endpoint)
}
