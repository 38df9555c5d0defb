//! One file a verb. Every command loads and authorises, decides, saves, records, and enqueues what follows.

mod answer;
mod edit;
mod end;
mod hold;
mod issue;
mod propose;
mod submit;

pub use answer::{acknowledge, answer};
pub use edit::{edit, raise};
pub use end::{carry, close, withdraw};
pub(crate) use end::{settled, settles};
pub use hold::{Undertaken, hold, keep};
pub(crate) use issue::issue_itself;
pub use issue::sign;
pub use propose::{Proposal, propose};
pub(crate) use propose::{drafted, enter};
pub use submit::{Draft, refuse, send_back, submit};

use crate::model::{Letter, Rung};
use crate::policy::{Act, POLICY};
use crate::store;
use crate::workflow::{LETTER, Step};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};

/// The only door to a letter: loads it and checks that the actor may do `act` to it. Who may not even see it is told that
/// there is none.
pub fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, id: Id<Letter>) -> Result<Letter> {
    let letter = store::letter(tx, id)?.ok_or_else(Problem::not_found)?;
    let standing = letter.standing();
    let known = POLICY.may(ctx, Act::View, &standing);
    POLICY.require(ctx, act, &standing, known)?;
    Ok(letter)
}

/// [`load_for`] by the code that people use.
pub fn find_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, code: &str) -> Result<Letter> {
    let letter = store::letter_by_code(tx, code)?.ok_or_else(Problem::not_found)?;
    load_for(ctx, tx, act, letter.id)
}

/// What the table of moves does not say: which move is for which rung and for whom.
pub fn guard(ctx: &Ctx, letter: &Letter, step: Step) -> Result<()> {
    let fits = match step {
        Step::Hold => letter.rung == Rung::Summons,
        Step::Answer => letter.answer_by.is_some(),
        Step::Carry => letter.rung.next().is_some(),
        _ => true,
    };
    if !fits {
        return Err(Problem::conflict("not-for-this-rung"));
    }
    if step == Step::Sign && letter.drafted_by.is_some() && letter.drafted_by == ctx.person() {
        return Err(Problem::conflict("own-draft"));
    }
    Ok(())
}

/// Loads, authorises, and moves on; not saved yet.
fn take(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, id: Id<Letter>, step: Step) -> Result<Letter> {
    let mut letter = load_for(ctx, tx, act, id)?;
    letter.step(step)?;
    guard(ctx, &letter, step)?;
    if LETTER.ends.contains(&letter.state) {
        letter.ended_at = Some(ctx.now);
    }
    Ok(letter)
}

fn save(tx: &mut Tx<'_>, letter: &mut Letter) -> Result<()> {
    tx.save(letter)?;
    letter.version += 1;
    Ok(())
}

/// An event about the letter that names it.
fn event(verb: &'static str, letter: &Letter) -> Event {
    Event::new(verb, letter.id).with("letter", letter.name()).with("subject", letter.subject_number.as_str())
}

/// A text that somebody must give.
fn required<'t>(field: &'static str, text: &'t str, max: usize) -> Result<&'t str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::field(field, "required"));
    }
    if text.chars().count() > max {
        return Err(Problem::invalid(vec![FieldError::new(field, "too-long").arg("max", max)]));
    }
    Ok(text)
}
