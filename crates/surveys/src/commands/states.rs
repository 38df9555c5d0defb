//! Publishing, which freezes, and closing, which makes results.

use super::{event, load, save};
use crate::checks;
use crate::model::Survey;
use crate::question::check_all;
use crate::store as rows;
use crate::workflow::{SURVEY, State, Step};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};

/// Publishes a draft: from now on its links take answers and nothing of it changes but the last day. `seen`: somebody looked at what the
/// checks doubt and says that it is meant so. Records `survey.published`.
///
/// # Errors
/// 409 unless it is a draft, `survey-no-segments` without a sample; 422 at `questions`, and at `seen` where there are doubts that nobody
/// looked at.
pub fn publish(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), seen: bool) -> Result<Survey> {
    let mut survey = load(ctx, tx, of)?;
    survey.state = SURVEY.step(survey.state, Step::Publish)?.to;
    check_all(&survey.questions.0)?;
    let doubts = checks::check(&survey.questions.0).len();
    if doubts > 0 && !seen {
        return Err(Problem::invalid(vec![FieldError::new("seen", "survey-doubts").arg("count", doubts)]));
    }
    if rows::segments(tx, survey.id)?.is_empty() {
        return Err(Problem::conflict("survey-no-segments"));
    }
    if survey.closes.is_some_and(|day| day < ctx.now.date()) {
        return Err(Problem::field("survey_closes", "survey-day-over"));
    }
    let doubts = i64::try_from(doubts).unwrap_or(i64::MAX);
    let event = event("survey.published", &survey).with("doubts", doubts);
    save(ctx, tx, survey, event)
}

/// Closes it: no answer is taken any more, and results are shown. Records `survey.closed`.
///
/// # Errors
/// 409 unless it is published.
pub fn close(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<Survey> {
    let mut survey = load(ctx, tx, of)?;
    survey.state = SURVEY.step(survey.state, Step::Close)?.to;
    survey.closed_at = Some(ctx.now);
    debug_assert_eq!(survey.state, State::Closed);
    let answers: i64 = rows::answer_counts(tx, survey.id)?.iter().map(|(_, n)| n).sum();
    let event = event("survey.closed", &survey).with("answers", answers);
    save(ctx, tx, survey, event)
}
