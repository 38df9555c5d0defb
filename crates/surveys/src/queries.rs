//! What pages, programs and other features read.

use crate::model::{Outcome, Segment, Survey, Visit, combinations};
use crate::plan::{self, Door, Load};
use crate::policy::{Act, require};
use crate::results::{self, Results, Sample, codes, standard_value};
use crate::store as rows;
use crate::workflow::State;
use ::store::Tx;
use ::store::audit::{HistoryLine, history};
use estimates::Kind;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use std::collections::HashMap;

/// All surveys, the newest first.
pub fn surveys(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Survey>> {
    require(ctx, Act::See)?;
    rows::surveys(tx)
}

/// # Errors
/// 404 for a number that is no survey's.
pub fn survey(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Survey> {
    require(ctx, Act::See)?;
    rows::by_number(tx, number)?.ok_or_else(Problem::not_found)
}

/// What was noted at doors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doors {
    pub answered: i64,
    pub refused: i64,
    /// Households at which nobody was met, however often.
    pub absent: i64,
}

impl Doors {
    /// Of those that were tried, how many answered: 应答率. Answered / (answered + refused + nobody met); households that were not
    /// visited are not in it, nor are answers by the link, of which nobody knows how many saw it.
    pub fn rate(&self) -> Option<(i64, i64)> {
        let all = self.answered + self.refused + self.absent;
        (all > 0).then_some((self.answered, all))
    }

    fn add(&mut self, outcome: Outcome, count: i64) {
        match outcome {
            Outcome::Answered => self.answered += count,
            Outcome::Refused => self.refused += count,
            Outcome::Absent => self.absent += count,
        }
    }
}

/// A segment with how far it is.
#[derive(Clone, Debug)]
pub struct SegmentLine {
    pub segment: Segment,
    pub answers: i64,
    pub doors: Doors,
}

/// A combination of categories with how many are wanted and there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaLine {
    pub key: String,
    pub name: String,
    pub wanted: Option<i64>,
    pub there: i64,
}

/// A survey's sample and how far it is.
#[derive(Clone, Debug)]
pub struct SamplePage {
    pub survey: Survey,
    pub segments: Vec<SegmentLine>,
    pub quotas: Vec<QuotaLine>,
    pub loads: Vec<Load>,
    /// By interviewer.
    pub done: Vec<(String, Doors)>,
    pub doors: Doors,
    pub answers: i64,
    /// Answers that came when their quota was full.
    pub over: i64,
    pub codes_left: i64,
}

pub fn sample(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<SamplePage> {
    let survey = survey(ctx, tx, number)?;
    let segments = rows::segments(tx, survey.id)?;
    let answers: HashMap<i64, i64> = rows::answer_counts(tx, survey.id)?.into_iter().collect();
    let (mut of_segment, mut of_person): (HashMap<i64, Doors>, Vec<(String, Doors)>) = Default::default();
    let mut doors = Doors::default();
    for count in rows::visit_counts(tx, survey.id)? {
        of_segment.entry(count.segment_id.raw()).or_default().add(count.outcome, count.count);
        doors.add(count.outcome, count.count);
        let at = of_person.iter().position(|(name, _)| *name == count.person).unwrap_or_else(|| {
            of_person.push((count.person.clone(), Doors::default()));
            of_person.len() - 1
        });
        of_person[at].1.add(count.outcome, count.count);
    }
    // once it is closed its numbers are results, and are shown as those
    let there: HashMap<String, i64> = match survey.state {
        State::Closed => HashMap::new(),
        _ => rows::quota_counts(tx, survey.id)?.into_iter().collect(),
    };
    let quotas = combinations(&survey.traits.0)
        .into_iter()
        .map(|(key, name)| QuotaLine {
            wanted: survey.quotas.0.get(&key).copied(),
            there: there.get(&key).copied().unwrap_or(0),
            key,
            name,
        })
        .collect();
    let lines: Vec<SegmentLine> = segments
        .iter()
        .map(|segment| SegmentLine {
            answers: answers.get(&segment.id.raw()).copied().unwrap_or(0),
            doors: of_segment.get(&segment.id.raw()).copied().unwrap_or_default(),
            segment: segment.clone(),
        })
        .collect();
    Ok(SamplePage {
        loads: plan::loads(&survey.plan.0, &segments),
        answers: lines.iter().map(|l| l.answers).sum(),
        over: rows::tallied(tx, survey.id, "full")?,
        codes_left: rows::codes_left(tx, survey.id)?,
        segments: lines,
        done: of_person,
        quotas,
        doors,
        survey,
    })
}

/// How many answered, by survey.
pub fn answered(tx: &mut Tx<'_>, survey: &Survey) -> Result<i64> {
    Ok(rows::answer_counts(tx, survey.id)?.iter().map(|(_, n)| n).sum())
}

/// A segment with its doors, for whoever goes there or plans.
#[derive(Clone, Debug)]
pub struct Walk {
    pub survey: Survey,
    pub segment: Segment,
    pub doors: Vec<Door>,
    pub visits: Vec<Visit>,
}

impl Walk {
    /// Households that answered.
    pub fn answered(&self) -> usize {
        self.doors.iter().filter(|d| d.stand == plan::Stand::Answered).count()
    }
}

/// # Errors
/// 404 for a segment that is not there or is somebody else's.
pub fn walk(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, place: i64) -> Result<Walk> {
    let survey = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let segment = rows::segment_at(tx, survey.id, place)?.ok_or_else(Problem::not_found)?;
    let own = crate::policy::may(ctx, Act::Visit) && segment.interviewer_id == ctx.person();
    if !own {
        require(ctx, Act::See).map_err(|problem| match problem.status {
            403 if crate::policy::may(ctx, Act::Visit) => Problem::not_found(),
            _ => problem,
        })?;
    }
    let visits = rows::visits(tx, segment.id)?;
    let doors = plan::doors(&survey.plan.0, &survey.seed, &segment, &visits);
    Ok(Walk { survey, segment, doors, visits })
}

/// Segments of open surveys that are given to whoever asks.
pub fn own(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Walk>> {
    require(ctx, Act::Visit)?;
    let Some(person) = ctx.person() else { return Err(Problem::sign_in()) };
    let mut walks = Vec::new();
    for segment in rows::segments_of(tx, person)? {
        let Some(survey) = rows::survey(tx, segment.survey_id)? else { continue };
        if survey.state != State::Published {
            continue;
        }
        let visits = rows::visits(tx, segment.id)?;
        let doors = plan::doors(&survey.plan.0, &survey.seed, &segment, &visits);
        walks.push(Walk { survey, segment, doors, visits });
    }
    Ok(walks)
}

/// Those of surveys that take answers today, for whoever goes to doors.
pub fn running(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Walk>> {
    let mut walks = own(ctx, tx)?;
    walks.retain(|walk| walk.survey.is_open_on(ctx.now.date()));
    Ok(walks)
}

/// A closed survey's results.
///
/// # Errors
/// 409 while it is not closed.
pub fn results_of(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<(Survey, Results)> {
    require(ctx, Act::Results)?;
    let survey = survey(ctx, tx, number)?;
    let results = made(tx, &survey)?;
    Ok((survey, results))
}

fn made(tx: &mut Tx<'_>, survey: &Survey) -> Result<Results> {
    if survey.state != State::Closed {
        return Err(Problem::conflict("survey-not-closed"));
    }
    let (segments, sheets) = (rows::segments(tx, survey.id)?, rows::answers(tx, survey.id)?);
    Ok(results::results(survey, &segments, &sheets))
}

/// The round before, where there is one and it is closed: its number and the results of its questions by key.
pub fn before(tx: &mut Tx<'_>, survey: &Survey) -> Result<Option<(String, Results)>> {
    let Some(id) = survey.before_id else { return Ok(None) };
    let Some(earlier) = rows::survey(tx, id)?.filter(|s| s.state == State::Closed) else { return Ok(None) };
    let results = made(tx, &earlier)?;
    Ok(Some((earlier.number, results)))
}

/// What a closed survey says of a standard, unrounded: for scores, which are no page. 1 is the best.
#[derive(Clone, Debug, PartialEq)]
pub struct StandardEstimate {
    pub code: String,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Standard error of the value.
    pub error: f64,
    /// People with an opinion.
    pub answers: u64,
}

/// By standard, of those that at least [`results::LEAST`] people have an opinion of.
///
/// # Errors
/// 404, 409 while it is not closed.
pub fn estimates_by_standard(tx: &mut Tx<'_>, number: &str) -> Result<Vec<StandardEstimate>> {
    let survey = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    if survey.state != State::Closed {
        return Err(Problem::conflict("survey-not-closed"));
    }
    let (segments, sheets) = (rows::segments(tx, survey.id)?, rows::answers(tx, survey.id)?);
    let (sample, _) = Sample::new(&survey, &segments, &sheets);
    let estimate = |code: String| {
        let of = sample.mean(Kind::Share, |n| standard_value(&survey, sample.sheets[n], &code))?;
        (of.answers >= results::LEAST).then_some(StandardEstimate {
            code,
            value: of.value,
            low: of.low,
            high: of.high,
            error: of.error,
            answers: of.answers,
        })
    };
    Ok(codes(&survey).into_iter().filter_map(estimate).collect())
}

/// Closed surveys, the latest first, whoever asks: number and name.
pub fn names(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let all = rows::surveys(tx)?.into_iter().filter(|survey| survey.state == State::Closed);
    Ok(all.map(|survey| (survey.number, survey.name)).collect())
}

/// A question's place, and what people wrote to it.
pub type Written = (usize, Vec<String>);

/// What people wrote, in the order of chance.
///
/// # Errors
/// 409 while the survey is not closed: the newest line would be the last person's.
pub fn words(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<(Survey, Vec<Written>)> {
    require(ctx, Act::Words)?;
    let survey = survey(ctx, tx, number)?;
    if survey.state != State::Closed {
        return Err(Problem::conflict("survey-not-closed"));
    }
    let mut all = Vec::new();
    for (at, question) in survey.questions.0.iter().enumerate() {
        if question.kind == crate::question::QuestionKind::Text {
            let written = rows::words(tx, survey.id, &question.key, MOST_WORDS)?;
            all.push((at, written.into_iter().map(|w| w.text.as_str().to_owned()).collect()));
        }
    }
    Ok((survey, all))
}

/// Most lines of words of one question that are read at once.
pub const MOST_WORDS: i64 = 5_000;

pub fn history_of(tx: &mut Tx<'_>, survey: &Survey) -> Result<Vec<HistoryLine>> {
    history(tx, survey.id)
}

/// Numbers of surveys, for the log.
pub fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    rows::numbers(tx, ids)
}
