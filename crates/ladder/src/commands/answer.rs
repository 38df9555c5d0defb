//! The unit: has it read the letter, and what does it say.

use super::{event, required, save, take};
use crate::jobs::{self, What};
use crate::model::Letter;
use crate::policy::Act;
use crate::sources::{Desk, News};
use crate::store;
use crate::workflow::Step;
use ::store::Tx;
use ::store::files::{self, Quarantined};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;

pub fn acknowledge(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Letter>) -> Result<Letter> {
    let mut letter = take(ctx, tx, Act::Answer, id, Step::Acknowledge)?;
    letter.acknowledged_at = Some(ctx.now);
    letter.acknowledged_by = ctx.person();
    save(tx, &mut letter)?;
    tx.record(ctx, event("ladder.acknowledged", &letter))?;
    desk.sources.of(&letter.subject_kind)?.told(ctx, tx, &letter, News::Acknowledged)?;
    Ok(letter)
}

/// Who answers has read it.
pub fn answer(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Letter>,
    text: &str,
    pictures: &[(Quarantined, String)],
) -> Result<Letter> {
    let mut letter = take(ctx, tx, Act::Answer, id, Step::Answer)?;
    let text = required("text", text, 2000)?;
    for (received, name) in pictures {
        let file = files::adopt(tx, ctx, received, name)?;
        store::add_file(tx, id, file)?;
    }
    if letter.acknowledged_at.is_none() {
        letter.acknowledged_at = Some(ctx.now);
        letter.acknowledged_by = ctx.person();
    }
    letter.answered_at = Some(ctx.now);
    letter.answered_by = ctx.person();
    letter.answer = text.into();
    save(tx, &mut letter)?;
    let late = letter.answer_by.is_some_and(|by| by < ctx.now);
    let event = event("ladder.answered", &letter).with("file-count", pictures.len()).with("late", late);
    tx.record(ctx, event.text(text))?;
    desk.sources.of(&letter.subject_kind)?.told(ctx, tx, &letter, News::Answered)?;
    jobs::tell(tx, &letter, What::Answered)?;
    Ok(letter)
}
