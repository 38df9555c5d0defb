//! Supervision letters of the stories: drafted by one, signed by another, answered with the case.

use super::cases::Theatre;
use crate::story::Actor;
use ::cases::commands;
use ::cases::letters::{CASE, Cases};
use ::cases::model::Case;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use ladder::commands::{Proposal, answer, close, edit, sign};
use ladder::model::Rung;
use ladder::rules::LADDER;
use std::sync::Arc;
use web::City;

/// Brings cases to the ladder, and gives the letters the city's own prefixes. The ladder stays off while the past is lived.
pub(super) fn prepare(city: &City, ctx: &Ctx) -> Result<()> {
    ladder::sources::bring(city, Arc::new(Cases));
    let inner = ctx.clone();
    city.db().write_now(ctx, move |tx| {
        let mut ladder = LADDER.get(tx)?;
        for (rung, prefix) in
            [(Rung::Reminder, "嘉创催"), (Rung::Letter, "嘉创督"), (Rung::Summons, "嘉创约")]
        {
            prefix.clone_into(&mut ladder.form_mut(rung).prefix);
        }
        edit(&inner, tx, &ladder)
    })
}

/// The past is over: from now on the program climbs by itself.
pub(super) fn switch_on(city: &City, ctx: &Ctx) -> Result<()> {
    let inner = ctx.clone();
    city.db().write_now(ctx, move |tx| {
        let mut ladder = LADDER.get(tx)?;
        ladder.on = true;
        edit(&inner, tx, &ladder)
    })
}

impl Theatre<'_> {
    /// One leader asks for a letter, the one of the story signs it.
    pub(super) fn supervise(
        &self,
        base: &Ctx,
        by: Actor,
        id: Id<Case>,
        at: Instant,
        text: &str,
    ) -> Result<()> {
        let other = if let Actor::Leader(n) = by { Actor::Leader(n + 1) } else { Actor::Leader(0) };
        let (drafter, signer) = (self.folk.ctx(base, other), self.folk.ctx(base, by));
        let answer_by = Some(at.plus(2 * kernel::time::DAY));
        let proposal = Proposal { rung: Rung::Letter, text: text.to_owned(), answer_by };
        self.run(&drafter, move |ctx, tx, desk| {
            let letter = commands::supervise(ctx, tx, desk, id, &proposal)?;
            sign(&signer, tx, &desk.ladder, letter.id)
        })
    }

    /// With its answer to the case the unit answers the letters about it.
    pub(super) fn answer_letters(&self, unit: &Ctx, base: &Ctx, id: Id<Case>, text: &str) -> Result<()> {
        let (leader, text) = (self.folk.ctx(base, Actor::Leader(0)), text.to_owned());
        self.run(unit, move |ctx, tx, desk| {
            tx.housekeeping();
            let letters = ladder::store::letters_of(tx, CASE, id.raw())?;
            for letter in letters.into_iter().filter(|l| l.state.waits_for_unit()) {
                // a case that has gone to another unit is not this one's to answer for
                let answered = answer(ctx, tx, &desk.ladder, letter.id, &text, &[]);
                match answered {
                    Err(problem) if problem.status < 500 => {}
                    Err(problem) => return Err(problem),
                    Ok(_) => close(&leader, tx, &desk.ladder, letter.id, "").map(drop)?,
                }
            }
            Ok::<(), Problem>(())
        })
    }
}
