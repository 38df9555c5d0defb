//! Answers by a link: from anybody, of whom nothing is kept.

use super::sample::plain_code;
use crate::model::{AnswerSheet, Mode, Pass, PassHash, PassKind, Segment, Survey, Words, traits_key};
use crate::policy::{Act, require};
use crate::question::{Settled, settle};
use crate::store as rows;
use crate::workflow::State;
use ::store::value::Json;
use ::store::{KeyedHash, Sealed, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};

/// Where a link leads.
#[derive(Clone, Debug)]
pub struct Door {
    pub survey: Survey,
    pub segment: Segment,
    /// Whether answers are taken today.
    pub open: bool,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Counted,
    /// Enough people like this one have answered: it was thanked for, counted as too late, and not kept.
    Full,
    /// This form was sent before.
    Again,
    /// The survey had ended before it came: the visit is noted, the answer is kept nowhere.
    Late,
}

/// # Errors
/// 404 for a word that is no link's, or whose survey is not published yet.
pub fn doorstep(ctx: &Ctx, tx: &mut Tx<'_>, token: &str) -> Result<Door> {
    require(ctx, Act::Answer)?;
    let segment = rows::segment_of_token(tx, token)?.ok_or_else(Problem::not_found)?;
    let survey = rows::survey(tx, segment.survey_id)?.ok_or_else(Problem::not_found)?;
    if survey.state == State::Draft {
        return Err(Problem::not_found());
    }
    Ok(Door { open: survey.is_open_on(ctx.now.date()), survey, segment })
}

/// What was answered: texts of each field.
pub(super) struct Given<'a> {
    pub traits: &'a [String],
    pub answers: &'a dyn Fn(&str) -> Vec<String>,
}

/// Categories as they were chosen: their places, or `-` for those who would rather not say.
fn traits(survey: &Survey, given: &[String]) -> Result<Vec<Option<usize>>> {
    let (mut chosen, mut findings) = (Vec::new(), Findings::default());
    for (at, of) in survey.traits.0.iter().enumerate() {
        let field = || format!("t-{at}");
        match given.get(at).map(|t| t.trim()) {
            None | Some("") => findings.add(FieldError::new(field(), "survey-answer-missing")),
            Some("-") => chosen.push(None),
            Some(text) => match text.parse::<usize>() {
                Ok(place) if place < of.categories.len() => chosen.push(Some(place)),
                _ => findings.add(FieldError::new(field(), "not-a-choice")),
            },
        }
    }
    findings.done()?;
    Ok(chosen)
}

/// Both kinds of faults at once, so that a form tells all that is wrong.
fn read(survey: &Survey, given: &Given<'_>) -> Result<(Vec<Option<usize>>, Settled)> {
    match (traits(survey, given.traits), settle(&survey.questions.0, given.answers)) {
        (Ok(traits), Ok(settled)) => Ok((traits, settled)),
        (Err(mut a), Err(b)) => {
            a.fields.extend(b.fields);
            Err(a)
        }
        (Err(problem), _) | (_, Err(problem)) => Err(problem),
    }
}

/// Keeps an answer, apart from everything that tells when, by whom and how it came.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    (survey, segment): (&Survey, &Segment),
    mode: Mode,
    given: &Given<'_>,
) -> Result<Taken> {
    let (chosen, settled) = read(survey, given)?;
    let key = traits_key(&chosen);
    if let Some(wanted) = survey.quotas.0.get(&key)
        && rows::answered_like(tx, survey.id, &key)? >= *wanted
    {
        rows::tally(tx, segment.id, "full")?;
        return Ok(Taken::Full);
    }
    tx.insert(&AnswerSheet {
        id: rows::chance(),
        survey_id: survey.id,
        segment_id: segment.id,
        mode,
        traits: key,
        answers: Json(settled.sheet),
    })?;
    for (question, text) in settled.words {
        tx.insert(&Words { id: rows::chance(), survey_id: survey.id, question, text: Sealed::new(text) })?;
    }
    Ok(Taken::Counted)
}

/// Takes an answer by a link. `ticket` was put into the form when it was shown: sent twice it counts once. Nothing is recorded, see
/// [`super`].
///
/// # Errors
/// 404, 409 `survey-over` after its last day; 422 at `code` for one that is unknown or was used, at `t-<place>` and `q-<key>`.
pub fn answer(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    token: &str,
    (ticket, code): (&str, &str),
    traits: &[String],
    answers: &dyn Fn(&str) -> Vec<String>,
) -> Result<Taken> {
    let door = doorstep(ctx, tx, token)?;
    if !door.open {
        return Err(Problem::conflict("survey-over"));
    }
    tx.housekeeping();
    let survey = &door.survey;
    let Some(hash) = fresh(tx, survey, PassKind::Form, ticket)? else { return Ok(Taken::Again) };
    let given = Given { traits, answers };
    if survey.codes {
        // what is wrong with the answers is told before the code is used up
        read(survey, &given)?;
        let code = tx.keyed_hash::<PassHash>(&plain_code(code))?;
        if !rows::spend(tx, survey.id, &code)? {
            return Err(Problem::field("code", "survey-code"));
        }
    }
    let taken = keep(tx, (survey, &door.segment), Mode::Link, &given)?;
    spent(tx, survey, PassKind::Form, hash)?;
    Ok(taken)
}

/// The keyed hash of a word of chance that was not here before; none for one that was.
///
/// # Errors
/// 422 at `ticket` for one that is no such word.
pub(super) fn fresh(
    tx: &mut Tx<'_>,
    survey: &Survey,
    kind: PassKind,
    ticket: &str,
) -> Result<Option<KeyedHash<PassHash>>> {
    let ticket = ticket.trim();
    if ticket.len() < 20 || ticket.len() > 64 {
        return Err(Problem::field("ticket", "survey-ticket"));
    }
    let hash = tx.keyed_hash::<PassHash>(ticket)?;
    Ok((!rows::has_pass(tx, survey.id, kind, &hash)?).then_some(hash))
}

pub(super) fn spent(
    tx: &mut Tx<'_>,
    survey: &Survey,
    kind: PassKind,
    hash: KeyedHash<PassHash>,
) -> Result<()> {
    tx.insert(&Pass { id: rows::chance(), survey_id: survey.id, kind, hash })
}
