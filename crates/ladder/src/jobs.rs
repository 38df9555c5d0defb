//! What follows from a letter, and what looks at the ladder every few minutes.

use crate::climb;
use crate::kept;
use crate::model::{Letter, Subject};
use crate::rules::{Doing, LADDER};
use crate::sources::Desk;
use crate::store as rows;
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use papers::Format;
use serde::{Deserialize, Serialize};
use store::jobs::{JobHandler, Periodic, Work, enqueue};
use store::{Db, Tx};
use web::City;
use web::mail::Mailer;

const TELL: &str = "ladder-tell";
const RENDER: &str = "ladder-render";

pub const HANDLERS: &[JobHandler] = &[JobHandler::new(TELL, tell_now), JobHandler::new(RENDER, render_now)];

pub const PERIODIC: &[Periodic] = &[Periodic::new("ladder-climb", 300, run).at_startup()];

kernel::named! {
    /// What people are told of; the notice is `notice-ladder-<code>`.
    pub enum What {
        Proposed = "proposed",
        Submitted = "submitted",
        SentBack = "sent-back",
        Issued = "issued",
        Answered = "answered",
        Withdrawn = "withdrawn",
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Tell {
    letter: Id<Letter>,
    what: String,
}

pub(crate) fn tell(tx: &mut Tx<'_>, letter: &Letter, what: What) -> Result<()> {
    let now = tx.now();
    enqueue(tx, TELL, &Tell { letter: letter.id, what: what.code().to_owned() }, now, None)
}

pub(crate) fn render(tx: &mut Tx<'_>, letter: &Letter) -> Result<()> {
    let now = tx.now();
    enqueue(tx, RENDER, &letter.id, now, None)
}

fn notice(what: What) -> &'static str {
    match what {
        What::Proposed => "ladder-proposed",
        What::Submitted => "ladder-submitted",
        What::SentBack => "ladder-sent-back",
        What::Issued => "ladder-issued",
        What::Answered => "ladder-answered",
        What::Withdrawn => "ladder-withdrawn",
    }
}

fn audience(tx: &mut Tx<'_>, letter: &Letter, what: What) -> Result<Vec<Id<Person>>> {
    let roles: &[Role] = match what {
        What::Proposed | What::SentBack | What::Answered => &[Role::Office],
        What::Submitted => &[Role::Leader],
        What::Issued | What::Withdrawn => &[Role::UnitHead, Role::UnitClerk],
    };
    let unit = if matches!(what, What::Issued | What::Withdrawn) {
        Some(letter.unit_id)
    } else if letter.governing_unit.is_some() {
        letter.governing_unit
    } else {
        people::queries::root(tx)?.map(|unit| unit.id)
    };
    let Some(unit) = unit else { return Ok(Vec::new()) };
    Ok(people::queries::people_of_unit_with_role(tx, unit, roles)?.into_iter().map(|a| a.id).collect())
}

fn tell_now(work: &Work<'_>) -> Result<()> {
    let Tell { letter, what } = work.payload()?;
    let what = What::parse(&what).ok_or_else(|| Problem::internal("told of something unknown"))?;
    work.once(move |_, tx| {
        let letter = rows::letter(tx, letter)?.ok_or_else(Problem::not_found)?;
        let people = audience(tx, &letter, what)?;
        let args = [
            ("letter", letter.name().to_owned()),
            ("rung", format!("rung-{}", letter.rung.code())),
            ("title", letter.subject_title.clone()),
        ];
        web::notices::send(tx, &people, notice(what), &args, &format!("/letters/{}", letter.code))
    })
}

fn render_now(work: &Work<'_>) -> Result<()> {
    let letter: Id<Letter> = work.payload()?;
    for format in Format::ALL {
        match kept::paper(work.db, &work.ctx, letter, format) {
            // nothing that trying again would mend; the page says what to install, and makes it then
            Err(problem) if problem.code == "no-font" => tracing_no_font(&problem),
            other => other.map(drop)?,
        }
    }
    Ok(())
}

fn tracing_no_font(problem: &Problem) {
    tracing::warn!(%problem, "letters cannot be made as PDF");
}

/// Subjects looked at in one reading.
const PAGE: i64 = 500;

fn run(work: &Work<'_>) -> Result<()> {
    let mut desk = Desk::of(work.tools.get::<City>()?);
    if let Ok(mailer) = work.tools.get::<Mailer>() {
        mailer.base_url().clone_into(&mut desk.base_url);
    }
    pass(work.db, &work.ctx, &desk)
}

/// One run over all that is open: letters that have lost their ground first, then steps that are due.
///
/// Can be repeated, interrupted, and made by several programs at once.
pub fn pass(db: &Db, by: &Ctx, desk: &Desk) -> Result<()> {
    let mut after = 0;
    loop {
        let at = desk.clone();
        let (lost, next) = db.read_now(move |tx| climb::groundless(tx, &at, after, PAGE))?;
        for letter in lost {
            let (ctx, desk) = (by.clone(), desk.clone());
            db.write_now(by, move |tx| climb::settle(&ctx, tx, &desk, letter))?;
        }
        match next {
            Some(last) => after = last,
            None => break,
        }
    }
    for source in desk.sources.all() {
        let mut after = None;
        loop {
            let (at, from) = (desk.clone(), source.clone());
            let (ready, next) = db.read_now(move |tx| {
                let ladder = LADDER.get(tx)?;
                if ladder.on {
                    climb::look(tx, &at, &ladder, from.as_ref(), after, PAGE)
                } else {
                    Ok((Vec::new(), None))
                }
            })?;
            for subject in subjects(&ready) {
                let (ctx, desk, kind, id) = (by.clone(), desk.clone(), subject.kind, subject.id);
                // one subject a transaction: what is wrong with one keeps no other back
                let climbed = db.write_now(by, move |tx| climb::climb(&ctx, tx, &desk, kind, id).map(drop));
                if let Err(problem) = climbed {
                    tracing::warn!(%problem, kind, id, "the ladder could not be climbed; it is tried again");
                }
            }
            match next {
                Some(last) => after = Some(last),
                None => break,
            }
        }
    }
    Ok(())
}

/// Each subject once, in order.
fn subjects(ready: &[climb::Ready]) -> Vec<&Subject> {
    let mut subjects: Vec<&Subject> = ready
        .iter()
        .filter(|r| matches!(r.doing, Doing::Issue | Doing::PassOver))
        .map(|r| &r.subject)
        .collect();
    subjects.dedup_by_key(|s| s.id);
    subjects
}

/// Tells nobody of what happened before a moment, and makes papers only when somebody asks for them. For the demonstration
/// city, whose people have not lived its past.
pub fn forget_old(tx: &mut Tx<'_>, before: kernel::time::Instant) -> Result<u64> {
    Ok(store::jobs::discard_waiting(tx, TELL, before)? + store::jobs::discard_waiting(tx, RENDER, before)?)
}
