//! A display is registered. Its address holds a word of 130 random bits, which is told this once and kept as its fingerprint.

use super::{Arrangement, Registration, event};
use crate::model::{Display, MOST_DISPLAYS};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::Tx;
use ::store::secrets::random_word;
use ::store::value::Json;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use people::recognise::fingerprint;

/// The display, and the word of its address.
///
/// # Errors
/// 403; 409 `display-too-many`.
pub fn add(ctx: &Ctx, tx: &mut Tx<'_>, at: Registration, shows: Arrangement) -> Result<(Display, String)> {
    policy::require(ctx, Act::Keep)?;
    if rows::count_used(tx, ctx.now.date())? >= MOST_DISPLAYS {
        return Err(Problem::conflict("display-too-many").arg("most", MOST_DISPLAYS));
    }
    let word = random_word();
    let display = Display {
        id: tx.new_id(),
        number: format!("SD-{:04}", tx.next_number("SD")?),
        name: at.name,
        place: at.place,
        title: shows.title,
        panels: Json(shows.panels),
        division_id: shows.division,
        word_hash: fingerprint(&word),
        created_by: ctx.person(),
        created_at: ctx.now,
        until_date: at.until,
        revoked_at: None,
        version: 1,
    };
    tx.insert(&display)?;
    tx.record(ctx, event("screen.added", &display).with("until", display.until_date.to_string()))?;
    Ok((display, word))
}
