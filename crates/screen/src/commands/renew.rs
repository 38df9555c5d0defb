//! A display gets another address, for one that too many know: the one before ends at once.

use super::{event, load_for};
use crate::model::Display;
use crate::policy::Act;
use ::store::Tx;
use ::store::secrets::random_word;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use people::recognise::fingerprint;

/// The display, and the word of its new address.
///
/// # Errors
/// 403, 404, 409 `stale` or `display-over`.
pub fn renew(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)) -> Result<(Display, String)> {
    let mut display = load_for(ctx, tx, Act::Keep, seen)?;
    let word = random_word();
    display.word_hash = fingerprint(&word);
    tx.save(&display)?;
    display.version += 1;
    tx.record(ctx, event("screen.renewed", &display))?;
    Ok((display, word))
}
