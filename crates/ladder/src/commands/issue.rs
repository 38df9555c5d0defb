//! A letter goes out: it is given its official number, its text is frozen, and the unit is told.

use super::{event, save, take};
use crate::compose::{self, Facts};
use crate::jobs::{self, What};
use crate::kept;
use crate::model::{Letter, Subject};
use crate::policy::Act;
use crate::rules::{LADDER, Ladder};
use crate::sources::{Desk, News};
use crate::store;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

/// A leader signs what somebody else has drafted.
pub fn sign(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Letter>) -> Result<Letter> {
    let mut letter = take(ctx, tx, Act::Sign, id, Step::Sign)?;
    letter.signed_by = Some(ctx.person().ok_or_else(Problem::sign_in)?);
    let ladder = LADDER.get(tx)?;
    let source = desk.sources.of(&letter.subject_kind)?;
    let subject = source.subject(tx, letter.subject_id)?.ok_or_else(Problem::not_found)?;
    if subject.over || subject.unit != Some(letter.unit_id) {
        // it would ask the wrong unit, or for what is done
        return Err(Problem::conflict("ground-lost"));
    }
    issue(ctx, tx, desk, &ladder, letter, &subject)
}

/// The program issues what the city lets go out by itself.
pub(crate) fn issue_itself(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    ladder: &Ladder,
    mut letter: Letter,
    subject: &Subject,
) -> Result<Letter> {
    letter.step(Step::IssueItself)?;
    letter.signed_by = ctx.person();
    issue(ctx, tx, desk, ladder, letter, subject)
}

fn issue(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    ladder: &Ladder,
    mut letter: Letter,
    subject: &Subject,
) -> Result<Letter> {
    let form = ladder.form(letter.rung);
    if letter.answer_by.is_none_or(|by| by <= ctx.now) {
        letter.answer_by = form.answer_within.map(|limit| desk.calendar.due(ctx.now, limit, &[]).at);
    }
    if letter.meet_at.is_some_and(|at| at <= ctx.now) {
        return Err(Problem::conflict("meeting-past"));
    }
    let year = ctx.now.date().year();
    let series = format!("{}-{year}", letter.rung.code());
    let n = store::next_in_series(tx, &series)?;
    letter.series = Some(series);
    letter.series_number = Some(n);
    letter.number = Some(format!("{}〔{year}〕{n}号", form.prefix));
    letter.issued_at = Some(ctx.now);
    save(tx, &mut letter)?;
    super::propose::index(tx, &letter)?;
    let facts = Facts {
        letter: &letter,
        subject,
        unit: people::queries::unit_name(tx, letter.unit_id)?,
        organ: compose::organ(ladder, &desk.city.name()),
        late: compose::late(&desk.calendar, subject, ctx.now),
        before: store::letters_of(tx, subject.kind, subject.id)?,
        base_url: &desk.base_url,
        on: ctx.now.date(),
    };
    let sha256 = kept::freeze(tx, letter.id, &compose::document(&facts))?;
    let event = event("ladder.issued", &letter)
        .with("rung", letter.rung.code())
        .with("by", letter.answer_by.map(kernel::time::Instant::rfc3339).unwrap_or_default())
        .with("source-sha256", sha256);
    tx.record(ctx, event.text(&letter.text))?;
    desk.sources.of(&letter.subject_kind)?.told(ctx, tx, &letter, News::Issued)?;
    jobs::tell(tx, &letter, What::Issued)?;
    jobs::render(tx, &letter)?;
    Ok(letter)
}
