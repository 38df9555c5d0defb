//! What a partner system (12345 热线, 数字城管) says of a case that it handed over: a line in its history, and word to whoever
//! must act. It moves nothing; the moves that follow are commands of their own.

use super::load_for;
use crate::jobs;
use crate::model::Case;
use crate::policy::Act;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;

kernel::named! {
    /// What was said.
    pub enum Heard {
        /// 催办.
        Urged = "urged",
        Supplemented = "supplemented",
        /// The order's own words are others now.
        Changed = "changed",
        Withdrawn = "withdrawn",
        /// 回访不满意.
        Contested = "contested",
        Closed = "closed",
        /// Somebody decided that their deadline holds.
        Deadline = "deadline",
    }
}

/// Longest words kept, in characters; the rest stays with whoever said it.
const WORDS: usize = 2000;

/// `order`: the partner's own number. `until`: with [`Heard::Deadline`], the deadline that holds.
pub fn hear(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    id: Id<Case>,
    what: Heard,
    (order, until): (&str, Option<Instant>),
    words: &str,
) -> Result<Case> {
    let case = load_for(ctx, tx, Act::View, id)?;
    let short: String = words.trim().chars().take(WORDS).collect();
    let event = Event::new("case.heard", id)
        .with("kind", what.code())
        .with("order", order)
        .with("until", until.map(Instant::rfc3339));
    tx.record(ctx, event.text(&short))?;
    match what {
        Heard::Urged => jobs::told(ctx, tx, &case, "urged")?,
        Heard::Supplemented | Heard::Deadline => jobs::told(ctx, tx, &case, "supplemented")?,
        _ => {}
    }
    Ok(case)
}
