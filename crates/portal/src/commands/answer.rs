//! The office answers, or corrects its answer.

use crate::model::{Sent, Suggestion};
use crate::policy::{Act, load_for};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// `version`: the one that was on the screen, so that two people do not answer over each other.
pub fn answer(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<Sent>, version: i64, text: String) -> Result<Suggestion> {
    let mut suggestion = load_for(ctx, tx, Act::Answer, id)?;
    if suggestion.version != version {
        return Err(Problem::stale());
    }
    let verb =
        if suggestion.answer.is_some() { "suggestion.answer-corrected" } else { "suggestion.answered" };
    let event = Event::new(verb, id).with("number", suggestion.number.as_str()).text(&text);
    suggestion.answer = Some(text.into());
    suggestion.answered_at.get_or_insert(ctx.now);
    tx.save(&suggestion)?;
    tx.record(ctx, event)?;
    Ok(suggestion)
}
