//! 反馈: the unit says that it is fixed, with a picture as proof.

use super::{load_for, settle, take};
use crate::desk::Desk;
use crate::model::{Case, PauseReason, PhotoKind};
use crate::policy::Act;
use crate::store;
use crate::workflow::Step;
use ::store::Tx;
use ::store::files::{self, Quarantined};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::Instant;

/// What was done.
#[derive(Clone, Debug)]
pub struct Answer {
    pub text: String,
    pub photos: Vec<(Quarantined, String)>,
    /// Why there is no picture, where there is none.
    pub no_photo: String,
}

pub fn answer(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, answer: &Answer) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Handle, id)?;
    let event = take(&mut case, Step::Answer)?;
    let text = answer.text.trim();
    if text.is_empty() {
        return Err(Problem::field("text", "required"));
    }
    if text.chars().count() > 1000 {
        return Err(Problem::invalid(vec![FieldError::new("text", "too-long").arg("max", 1000)]));
    }
    // a picture is asked for only as evidence of the repair, and a reason is as good where none can be taken
    let taken = taken_over(tx, id, ctx.now)?;
    if answer.photos.is_empty() && taken == 0 && answer.no_photo.trim().is_empty() {
        return Err(Problem::field("photos", "photo-or-reason"));
    }
    for (received, name) in &answer.photos {
        let file = files::adopt(tx, ctx, received, name)?;
        store::add_photo(tx, id, file, PhotoKind::After, ctx)?;
    }
    case.received_at = case.received_at.or(Some(ctx.now));
    case.answered_at = Some(ctx.now);
    case.answered_by = ctx.person();
    // the unit's clock stands while others look at its answer
    store::start_pause(tx, id, PauseReason::Verification, ctx.now)?;
    store::withdraw_requests(tx, id)?;
    store::withdraw_questions(tx, id, ctx.now)?;
    let event = event
        .with("photo-count", answer.photos.len() + taken)
        .with("no-photo", answer.no_photo.trim())
        .text(text);
    settle(ctx, tx, desk, case, Step::Answer, event)
}

/// Pictures of the repair that came from outside and were taken over in this very transaction.
fn taken_over(tx: &mut Tx<'_>, id: Id<Case>, now: Instant) -> Result<usize> {
    let of_now = |p: &crate::model::Photo| p.kind == PhotoKind::After && p.added_at == now;
    Ok(store::photos(tx, id)?.iter().filter(|p| of_now(p)).count())
}
