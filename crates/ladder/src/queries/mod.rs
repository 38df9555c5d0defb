//! What pages, the API and other areas read of letters.

use crate::model::Letter;
use crate::policy::{Act, POLICY};
use crate::store;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;

/// The letters about a subject that this person may see, newest first.
pub fn letters_about(ctx: &Ctx, tx: &mut Tx<'_>, kind: &str, subject: i64) -> Result<Vec<Letter>> {
    let mut letters = store::letters_of(tx, kind, subject)?;
    letters.retain(|l| POLICY.may(ctx, Act::View, &l.standing()));
    letters.reverse();
    Ok(letters)
}
