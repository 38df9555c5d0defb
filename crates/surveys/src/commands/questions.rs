//! Questions of a draft: added, changed, moved, removed, or all brought in by a table.

use super::{event, load_draft, save};
use crate::model::Survey;
use crate::question::{MOST_QUESTIONS, Question, check_all, next_key};
use ::store::Tx;
use assessment::scheme::standards::{Standards, standards};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

fn scheme(tx: &mut Tx<'_>, survey: &Survey) -> Result<Option<Standards>> {
    if survey.scheme_number.is_empty() { Ok(None) } else { standards(tx, &survey.scheme_number) }
}

/// # Errors
/// 422 at `question_standard` for a code that the survey's scheme does not have.
fn known(scheme: Option<&Standards>, question: &Question) -> Result<()> {
    let code = question.standard.as_str();
    if code.is_empty() || scheme.is_some_and(|s| s.get(code).is_some()) {
        return Ok(());
    }
    Err(Problem::field("question_standard", "survey-no-standard"))
}

/// A condition that no longer holds is told where it was typed.
fn whole(questions: &[Question]) -> Result<()> {
    check_all(questions).map_err(|mut problem| {
        for field in &mut problem.fields {
            if field.code == "survey-condition" {
                field.field = "question_when".into();
            }
        }
        problem
    })
}

/// Adds a question at the end; its key is given to it. Records `survey.question-added`.
///
/// # Errors
/// 409 unless it is a draft; 422 at the question's fields.
pub fn add_question(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), mut question: Question) -> Result<Survey> {
    let mut survey = load_draft(ctx, tx, of)?;
    if survey.questions.0.len() >= MOST_QUESTIONS {
        return Err(Problem::field("question_text", "too-many"));
    }
    question.check()?;
    known(scheme(tx, &survey)?.as_ref(), &question)?;
    question.key = next_key(&survey.questions.0);
    survey.questions.0.push(question);
    whole(&survey.questions.0)?;
    let event = event("survey.question-added", &survey).with("place", count(survey.questions.0.len()));
    save(ctx, tx, survey, event)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// # Errors
/// 404 for a place where no question stands.
fn place(survey: &Survey, at: usize) -> Result<()> {
    if at < survey.questions.0.len() { Ok(()) } else { Err(Problem::not_found()) }
}

/// Changes the question at a place, from 0. Records `survey.question-edited`.
///
/// # Errors
/// 404, 409, 422 as [`add_question`]; also where a later question's condition would no longer hold.
pub fn edit_question(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    of: (&str, i64),
    at: usize,
    question: Question,
) -> Result<Survey> {
    let mut survey = load_draft(ctx, tx, of)?;
    place(&survey, at)?;
    question.check()?;
    known(scheme(tx, &survey)?.as_ref(), &question)?;
    let key = std::mem::take(&mut survey.questions.0[at].key);
    survey.questions.0[at] = Question { key, ..question };
    whole(&survey.questions.0)?;
    let event = event("survey.question-edited", &survey).with("place", count(at + 1));
    save(ctx, tx, survey, event)
}

/// Moves a question to another place. Records `survey.question-moved`.
///
/// # Errors
/// 404, 409; 422 where a condition would look forward.
pub fn move_question(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), from: usize, to: usize) -> Result<Survey> {
    let mut survey = load_draft(ctx, tx, of)?;
    place(&survey, from)?;
    place(&survey, to)?;
    let question = survey.questions.0.remove(from);
    survey.questions.0.insert(to, question);
    whole(&survey.questions.0)?;
    let event = event("survey.question-moved", &survey).with("from", count(from + 1));
    let event = event.with("to", count(to + 1));
    save(ctx, tx, survey, event)
}

/// Removes a question. Records `survey.question-removed`.
///
/// # Errors
/// 404, 409; 422 where a later question's condition speaks of it.
pub fn remove_question(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), at: usize) -> Result<Survey> {
    let mut survey = load_draft(ctx, tx, of)?;
    place(&survey, at)?;
    survey.questions.0.remove(at);
    if !survey.questions.0.is_empty() {
        whole(&survey.questions.0)?;
    }
    let event = event("survey.question-removed", &survey).with("place", count(at + 1));
    save(ctx, tx, survey, event)
}

/// Puts the questions of a table in place of those that are there. Records `survey.filled`.
///
/// # Errors
/// 409, 422.
pub fn fill(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), questions: Vec<Question>) -> Result<Survey> {
    let mut survey = load_draft(ctx, tx, of)?;
    check_all(&questions)?;
    let scheme = scheme(tx, &survey)?;
    for question in &questions {
        known(scheme.as_ref(), question)?;
    }
    survey.questions.0 = questions;
    let event = event("survey.filled", &survey).with("count", count(survey.questions.0.len()));
    save(ctx, tx, survey, event)
}
