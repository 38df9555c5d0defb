//! The office checks a proposal and sends it for signature; or it does not go out.

use super::{event, required, save, take};
use crate::jobs::{self, What};
use crate::model::{Letter, Rung};
use crate::policy::Act;
use crate::workflow::{State, Step};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Findings, Problem, Result};
use kernel::time::Instant;

/// The letter as it is to be signed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub text: String,
    /// None: as the ladder says, counted from the signature.
    pub answer_by: Option<Instant>,
    pub meet_at: Option<Instant>,
    pub meet_place: String,
    pub meet_whom: String,
}

fn check(letter: &Letter, draft: &Draft, now: Instant) -> Result<()> {
    let mut found = Findings::default();
    found.check(draft.answer_by.is_none_or(|by| by > now), "answer_by", "in-the-past");
    if letter.rung == Rung::Summons {
        found.check(draft.meet_at.is_some(), "meet_at", "required");
        found.check(draft.meet_at.is_none_or(|at| at > now), "meet_at", "in-the-past");
        found.check(!draft.meet_place.trim().is_empty(), "meet_place", "required");
        found.check(!draft.meet_whom.trim().is_empty(), "meet_whom", "required");
        for (field, text) in [("meet_place", &draft.meet_place), ("meet_whom", &draft.meet_whom)] {
            found.check(text.chars().count() <= 200, field, "too-long-200");
        }
    }
    found.done()
}

pub fn submit(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Letter>, draft: &Draft) -> Result<Letter> {
    let mut letter = take(ctx, tx, Act::Submit, id, Step::Submit)?;
    let text = required("text", &draft.text, 1000)?;
    check(&letter, draft, ctx.now)?;
    letter.text = text.into();
    letter.answer_by = draft.answer_by;
    letter.meet_at = draft.meet_at;
    draft.meet_place.trim().clone_into(&mut letter.meet_place);
    letter.meet_whom = draft.meet_whom.trim().into();
    letter.drafted_by = Some(ctx.person().ok_or_else(Problem::sign_in)?);
    letter.reason = "".into();
    save(tx, &mut letter)?;
    tx.record(ctx, event("ladder.submitted", &letter).text(text))?;
    jobs::tell(tx, &letter, What::Submitted)?;
    Ok(letter)
}

/// The draft needs more work.
pub fn send_back(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Letter>, why: &str) -> Result<Letter> {
    let mut letter = take(ctx, tx, Act::Refuse, id, Step::SendBack)?;
    let why = required("reason", why, 500)?;
    letter.reason = why.into();
    save(tx, &mut letter)?;
    tx.record(ctx, event("ladder.sent-back", &letter).text(why))?;
    jobs::tell(tx, &letter, What::SentBack)?;
    Ok(letter)
}

/// It does not go out. The step stays done for this occasion.
pub fn refuse(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Letter>, why: &str) -> Result<Letter> {
    let mut letter = take(ctx, tx, Act::Refuse, id, Step::Refuse)?;
    let why = required("reason", why, 500)?;
    letter.reason = why.into();
    debug_assert_eq!(letter.state, State::Refused);
    save(tx, &mut letter)?;
    tx.record(ctx, event("ladder.refused", &letter).text(why))?;
    Ok(letter)
}
