//! How a letter ends.

use super::propose::{drafted, enter, stand_in};
use super::{event, required, save, take};
use crate::jobs::{self, What};
use crate::model::{BY_HAND, Letter, Rung};
use crate::policy::Act;
use crate::rules::LADDER;
use crate::sources::{Desk, News};
use crate::store;
use crate::workflow::{LETTER, State, Step};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};

/// Enough has been done. Before an answer or a talk it takes a reason.
pub fn close(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Letter>, note: &str) -> Result<Letter> {
    let owed = super::load_for(ctx, tx, Act::Close, id)?.state.waits_for_unit();
    let mut letter = take(ctx, tx, Act::Close, id, Step::Close)?;
    if owed {
        required("reason", note, 500)?;
    }
    if letter.rung == Rung::Summons {
        let open = store::undertakings(tx, id)?.iter().filter(|u| u.done_at.is_none()).count();
        if open > 0 {
            required("reason", note, 500)?;
        }
    }
    letter.reason = note.trim().into();
    save(tx, &mut letter)?;
    tx.record(ctx, event("ladder.closed", &letter).text(note.trim()))?;
    desk.sources.of(&letter.subject_kind)?.told(ctx, tx, &letter, News::Closed)?;
    Ok(letter)
}

/// It did not help: the next rung is proposed. The letter that came of it.
pub fn carry(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Letter>, why: &str) -> Result<Letter> {
    let mut letter = take(ctx, tx, Act::Close, id, Step::Carry)?;
    let why = required("reason", why, 500)?;
    let rung = letter.rung.next().ok_or_else(|| Problem::conflict("not-for-this-rung"))?;
    let source = desk.sources.of(&letter.subject_kind)?;
    let subject = source.subject(tx, letter.subject_id)?.ok_or_else(Problem::not_found)?;
    if subject.over || subject.unit != Some(letter.unit_id) {
        return Err(Problem::conflict("ground-lost"));
    }
    let all = store::letters_of(tx, subject.kind, subject.id)?;
    if let Some(open) = all.iter().find(|l| l.rung == rung && l.state.waits_for_office()) {
        return Err(Problem::conflict("letter-waits").arg("letter", &open.code));
    }
    letter.reason = why.into();
    save(tx, &mut letter)?;
    let ladder = LADDER.get(tx)?;
    let mut next = drafted(tx, &ladder, &subject, rung, BY_HAND);
    next.carried_from = Some(letter.id);
    stand_in(tx, &ladder, &next)?;
    let next = enter(ctx, tx, next)?;
    tx.record(ctx, event("ladder.carried", &letter).with("next", next.code.as_str()).text(why))?;
    Ok(next)
}

/// It should not have gone out. It keeps its number, which is not given again.
pub fn withdraw(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Letter>, why: &str) -> Result<Letter> {
    let mut letter = take(ctx, tx, Act::Withdraw, id, Step::Withdraw)?;
    let why = required("reason", why, 500)?;
    letter.reason = why.into();
    save(tx, &mut letter)?;
    tx.record(ctx, event("ladder.withdrawn", &letter).text(why))?;
    desk.sources.of(&letter.subject_kind)?.told(ctx, tx, &letter, News::Withdrawn)?;
    jobs::tell(tx, &letter, What::Withdrawn)?;
    Ok(letter)
}

/// Whether the program ends such a letter by itself once its ground is lost.
pub(crate) fn settles(letter: &Letter) -> bool {
    LETTER.step(letter.state, Step::Lapse).is_ok()
        || (letter.rung == Rung::Reminder && letter.state.waits_for_unit())
}

/// Its ground is lost: what has not gone out lapses, a reminder has helped.
pub(crate) fn settled(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, mut letter: Letter) -> Result<()> {
    let lapses = LETTER.step(letter.state, Step::Lapse).is_ok();
    letter.step(if lapses { Step::Lapse } else { Step::Close })?;
    letter.ended_at = Some(ctx.now);
    save(tx, &mut letter)?;
    if letter.state == State::Lapsed {
        return tx.record(ctx, event("ladder.lapsed", &letter));
    }
    tx.record(ctx, event("ladder.closed", &letter))?;
    desk.sources.of(&letter.subject_kind)?.told(ctx, tx, &letter, News::Closed)
}
