//! Cases as the ladder sees them: whose deadline runs, and what a letter about one does to its history.

use crate::model::Case;
use crate::store;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use ladder::model::{Clock, Letter, Rung, Subject};
use ladder::sources::{News, Source};
use web::list::Cursor;

/// Code of cases among the ladder's subjects.
pub const CASE: &str = "case";

/// Brings cases to the ladder.
#[derive(Clone, Copy, Debug)]
pub struct Cases;

/// The handling deadline of a case. A new one begins with every dispatch, granted extension and rework; a published
/// calendar only moves it.
fn clock(case: &Case) -> Option<Clock> {
    let dispatched = case.dispatched_at.filter(|_| case.state.is_at_unit() && case.paused_at.is_none())?;
    Some(Clock {
        occasion: format!("{}.{}.{}", dispatched.micros(), case.extension_count, case.rework_count),
        due: case.due_at?,
        limit: case.limit()?,
    })
}

pub(crate) fn subject(case: &Case) -> Subject {
    Subject {
        kind: CASE,
        id: case.id.raw(),
        number: case.number.clone(),
        title: case.title.clone(),
        place: case.address.clone(),
        since: case.dispatched_at,
        unit: case.lead_unit,
        governing_unit: case.governing_unit,
        over: case.state.is_over(),
        clock: clock(case),
    }
}

impl Source for Cases {
    fn kind(&self) -> &'static str {
        CASE
    }

    fn running(&self, tx: &mut Tx<'_>, after: Option<Cursor>, limit: i64) -> Result<Vec<Subject>> {
        Ok(store::running(tx, after, limit)?.iter().map(subject).collect())
    }

    fn subject(&self, tx: &mut Tx<'_>, id: i64) -> Result<Option<Subject>> {
        Ok(store::case(tx, Id::new(id))?.as_ref().map(subject))
    }

    fn href(&self, number: &str) -> String {
        format!("/cases/{number}")
    }

    fn told(&self, ctx: &Ctx, tx: &mut Tx<'_>, letter: &Letter, news: News) -> Result<()> {
        let id: Id<Case> = Id::new(letter.subject_id);
        let verb = match (news, letter.rung) {
            (News::Issued, Rung::Reminder) => "case.reminded",
            (News::Issued, Rung::Letter) => "case.supervised",
            (News::Issued, Rung::Summons) => "case.summoned",
            (News::Acknowledged, _) => "case.letter-read",
            (News::Answered, _) => "case.letter-answered",
            (News::Withdrawn, _) => "case.letter-withdrawn",
            (News::Closed, _) => return Ok(()),
        };
        let counted = letter.rung == Rung::Letter;
        let change = match news {
            News::Issued if counted => 1,
            News::Withdrawn if counted => -1,
            _ => 0,
        };
        if change != 0
            && let Some(mut case) = store::case(tx, id)?
        {
            case.supervision_count += change;
            tx.save(&case)?;
            crate::past::keep(tx, ctx.now, &case)?;
        }
        let by = letter.answer_by.map(kernel::time::Instant::rfc3339).unwrap_or_default();
        tx.record(ctx, Event::new(verb, id).with("number", letter.name()).with("by", by))
    }
}
