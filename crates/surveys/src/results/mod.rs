//! What a closed survey says: pure. Pages, files, API and comparisons are all made of one [`Results`], so that no two of them can be
//! subtracted from each other.
//!
//! What is shown, and why nobody can be found in it:
//!
//! 1. A question's whole distribution goes through [`estimates::hide`]: no number below [`LEAST`], nor what gives one away.
//! 2. It is divided (by division, by each trait) only if nothing of its whole is hidden. Then all totals are known, each table stands alone,
//!    and goes through `hide` again; a table that would have to hide a total is not shown. Columns of fewer than [`LEAST`] are put together.
//! 3. A mean is one more equation. Beside hidden numbers it is rounded until each small one keeps [`LEAST`] values to choose from
//!    ([`guard`]), or not shown; in a table a column with a hidden number has no mean.
//! 4. How many were asked a question with a condition is how many chose an option of the one before: it is shown only if all of that is.
//! 5. Weights that are fitted to a trait can be worked out by anybody, and with them a weighted share is one more equation of the table by
//!    that trait: such a table is shown only if nothing of it is hidden.
//! 6. A standard's mean is shown if all of its questions are whole, or if it has one question and is that one's mean.

pub mod guard;
mod tables;
pub mod weights;

pub use tables::{Column, Cross};

use crate::model::{AnswerSheet, Segment, Survey};
use crate::question::{Given, Question, QuestionKind, UNSURE};
use estimates::{Answer, Estimate, Kind, hide, mean};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// No number of fewer people is shown.
pub const LEAST: u64 = 10;
/// Of 100 such samples so many hold the truth.
pub const LEVEL: f64 = 0.95;

/// A mean that may be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub design_effect: Option<f64>,
    /// To what it is rounded beside hidden numbers; none: exact.
    pub step: Option<f64>,
}

/// An option, or "not sure" as the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Empty for "not sure".
    pub text: String,
    pub counts: Option<i64>,
    /// None: hidden.
    pub n: Option<u64>,
    /// Weighted, of all who were asked.
    pub share: Option<f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct QuestionResult {
    /// From 0.
    pub at: usize,
    pub key: String,
    pub kind: QuestionKind,
    pub text: String,
    pub standard: String,
    /// How many were asked; none: hidden.
    pub asked: Option<u64>,
    pub lines: Vec<Line>,
    pub mean: Option<Mean>,
    /// Whether every number of it is shown.
    pub whole: bool,
    pub tables: Vec<Cross>,
}

/// A standard and what people say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StandardResult {
    pub code: String,
    pub questions: Vec<usize>,
    pub mean: Option<Mean>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    pub answers: u64,
    pub segments: u64,
    pub weights: weights::Told,
    pub questions: Vec<QuestionResult>,
    pub standards: Vec<StandardResult>,
}

/// Everything that is worked with.
pub(crate) struct Sample<'a> {
    pub survey: &'a Survey,
    pub segments: HashMap<i64, &'a Segment>,
    pub sheets: Vec<&'a AnswerSheet>,
    pub weights: Vec<f64>,
    /// Names of the traits that weights were fitted to.
    pub fitted: Vec<String>,
    /// Numbers of strata by division.
    strata: BTreeMap<&'a str, u64>,
}

impl<'a> Sample<'a> {
    pub(crate) fn new(
        survey: &'a Survey,
        segments: &'a [Segment],
        sheets: &'a [AnswerSheet],
    ) -> (Self, weights::Told) {
        let sheets: Vec<&AnswerSheet> = sheets.iter().collect();
        let (weights, told) = weights::weigh(&survey.traits.0, &sheets);
        let divisions: BTreeSet<&str> = segments.iter().map(|s| s.division.as_str()).collect();
        let strata = divisions.into_iter().zip(0..).collect();
        let segments = segments.iter().map(|s| (s.id.raw(), s)).collect();
        let fitted = match &told {
            weights::Told::Raked { traits, .. } => traits.clone(),
            weights::Told::Alike | weights::Told::Unmet(_) => Vec::new(),
        };
        (Self { survey, segments, sheets, weights, fitted, strata }, told)
    }

    pub(crate) fn segment(&self, sheet: &AnswerSheet) -> Option<&'a Segment> {
        self.segments.get(&sheet.segment_id.raw()).copied()
    }

    /// The mean of what `value` makes of each sheet, with the design of the whole sample.
    pub(crate) fn mean(&self, kind: Kind, value: impl Fn(usize) -> Option<f64>) -> Option<Estimate> {
        let answers: Vec<Answer> = (0..self.sheets.len())
            .map(|n| {
                let segment = self.segment(self.sheets[n]);
                let stratum = segment.and_then(|s| self.strata.get(s.division.as_str())).copied();
                let cluster = segment.map_or(0, |s| s.id.raw().unsigned_abs());
                Answer { stratum: stratum.unwrap_or(0), cluster, weight: self.weights[n], value: value(n) }
            })
            .collect();
        mean(&answers, kind, LEVEL).ok()
    }
}

fn exact(of: Estimate) -> Mean {
    Mean { value: of.value, low: of.low, high: of.high, design_effect: of.design_effect, step: None }
}

/// Works everything out.
pub fn results(survey: &Survey, segments: &[Segment], sheets: &[AnswerSheet]) -> Results {
    let (sample, told) = Sample::new(survey, segments, sheets);
    let mut questions: Vec<QuestionResult> = Vec::new();
    for (at, question) in survey.questions.0.iter().enumerate() {
        if question.kind == QuestionKind::Text {
            continue;
        }
        let open = question
            .when
            .as_ref()
            .is_none_or(|when| questions.iter().any(|before| before.key == when.question && before.whole));
        questions.push(result(&sample, at, question, open));
    }
    let seen: BTreeSet<i64> = sample.sheets.iter().map(|s| s.segment_id.raw()).collect();
    Results {
        answers: sample.sheets.len() as u64,
        segments: seen.len() as u64,
        weights: told,
        standards: standards(&sample, &questions),
        questions,
    }
}

fn result(sample: &Sample<'_>, at: usize, question: &Question, open: bool) -> QuestionResult {
    let mut result = QuestionResult {
        at,
        key: question.key.clone(),
        kind: question.kind,
        text: question.text.clone(),
        standard: question.standard.clone(),
        asked: None,
        lines: Vec::new(),
        mean: None,
        whole: false,
        tables: Vec::new(),
    };
    let given = |n: usize| sample.sheets[n].answers.0.get(&question.key);
    let asked = (0..sample.sheets.len()).filter(|n| given(*n).is_some()).count() as u64;
    let counts = counts(sample, question);
    let shown: Vec<Option<u64>> = if question.kind == QuestionKind::Multiple {
        // options overlap: none follows from the others, and each splits those who were asked in two
        let fits = |n: u64| n >= LEAST && (asked - n >= LEAST || n == asked);
        counts.iter().map(|n| (asked >= LEAST && fits(*n)).then_some(*n)).collect()
    } else {
        hide(std::slice::from_ref(&counts), LEAST, &BTreeSet::new()).cells.swap_remove(0)
    };
    result.asked = (open && asked >= LEAST).then_some(asked);
    result.whole = result.asked.is_some() && shown.iter().take(counts.len()).all(Option::is_some);
    let weighted = shares(sample, question);
    for (n, (text, points)) in texts(question).into_iter().enumerate() {
        let count = shown.get(n).copied().flatten().filter(|_| open);
        let share = count.and(weighted.get(n).copied());
        result.lines.push(Line { text, counts: points, n: count, share });
    }
    if result.asked.is_some() {
        result.mean = question_mean(sample, question, (&counts, &shown), result.whole);
    }
    if result.whole
        && question.when.is_none()
        && matches!(question.kind, QuestionKind::Single | QuestionKind::Scale)
    {
        result.tables = tables::all(sample, question);
    }
    result
}

fn texts(question: &Question) -> Vec<(String, Option<i64>)> {
    let options = question.options.iter().map(|o| (o.text.clone(), o.counts));
    let numbers = (question.kind == QuestionKind::Number).then(|| (String::from("#"), None));
    options.chain(numbers).chain([(String::new(), None)]).collect()
}

/// Places of the lines that an answer belongs to: those of its options, the last for "not sure".
pub(crate) fn places(question: &Question, given: &Given) -> Vec<usize> {
    match given {
        Given::Options(chosen) => chosen.clone(),
        Given::Number(_) => vec![0],
        Given::Unsure => vec![texts(question).len() - 1],
    }
}

/// How many people each line has.
fn counts(sample: &Sample<'_>, question: &Question) -> Vec<u64> {
    let mut counts = vec![0; texts(question).len()];
    for sheet in &sample.sheets {
        for at in sheet.answers.0.get(&question.key).map(|g| places(question, g)).unwrap_or_default() {
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
    }
    counts
}

/// Weighted shares of each line, of all who were asked.
fn shares(sample: &Sample<'_>, question: &Question) -> Vec<f64> {
    let (mut sums, mut all) = (vec![0.0; texts(question).len()], 0.0);
    for (sheet, weight) in sample.sheets.iter().zip(&sample.weights) {
        let Some(given) = sheet.answers.0.get(&question.key) else { continue };
        all += weight;
        for at in places(question, given) {
            if let Some(sum) = sums.get_mut(at) {
                *sum += weight;
            }
        }
    }
    sums.into_iter().map(|sum| if all > 0.0 { sum / all } else { 0.0 }).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a number that somebody typed within bounds")]
fn value(question: &Question, given: &Given) -> Option<f64> {
    match given {
        Given::Number(number) => Some(*number as f64),
        given => question.score(given),
    }
}

fn question_mean(
    sample: &Sample<'_>,
    question: &Question,
    (counts, shown): (&[u64], &[Option<u64>]),
    whole: bool,
) -> Option<Mean> {
    let number = question.kind == QuestionKind::Number;
    if !number && !question.is_counted() {
        return None;
    }
    let kind = if number { Kind::Number } else { Kind::Share };
    let of = sample.mean(kind, |n| {
        let given = sample.sheets[n].answers.0.get(&question.key)?;
        value(question, given)
    })?;
    if of.answers < LEAST {
        return None;
    }
    // how high typed numbers are tells nothing of how many were not sure
    if whole || number {
        return Some(exact(of));
    }
    if question.kind == QuestionKind::Multiple {
        return None;
    }
    let points = texts(question).into_iter().map(|(_, points)| points);
    let cells: Vec<guard::Cell> = points
        .enumerate()
        .map(|(at, points)| guard::Cell { counts: points, n: counts[at], hidden: shown[at].is_none() })
        .collect();
    Some(guard::rounded(exact(of), guard::step(&cells, LEAST)?))
}

/// What each sheet says of a standard: the mean of its answers to the standard's questions.
pub(crate) fn standard_value(survey: &Survey, sheet: &AnswerSheet, code: &str) -> Option<f64> {
    let scores: Vec<f64> = survey
        .questions
        .0
        .iter()
        .filter(|q| q.standard == code && q.is_counted())
        .filter_map(|q| q.score(sheet.answers.0.get(&q.key)?))
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a hundred questions")]
    let count = scores.len() as f64;
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / count)
}

/// Codes of the standards that counted questions speak of, in the order of the questions.
pub(crate) fn codes(survey: &Survey) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for question in survey.questions.0.iter().filter(|q| !q.standard.is_empty() && q.is_counted()) {
        if !codes.contains(&question.standard) {
            codes.push(question.standard.clone());
        }
    }
    codes
}

fn standards(sample: &Sample<'_>, questions: &[QuestionResult]) -> Vec<StandardResult> {
    let one = |code: String| {
        let own: Vec<&QuestionResult> = questions
            .iter()
            .filter(|q| q.standard == code && sample.survey.questions.0[q.at].is_counted())
            .collect();
        let mean = match own.as_slice() {
            [only] => only.mean,
            all if all.iter().all(|q| q.whole) => sample
                .mean(Kind::Share, |n| standard_value(sample.survey, sample.sheets[n], &code))
                .filter(|of| of.answers >= LEAST)
                .map(exact),
            _ => None,
        };
        StandardResult { questions: own.iter().map(|q| q.at).collect(), code, mean }
    };
    codes(sample.survey).into_iter().map(one).collect()
}

/// How "not sure" is called in tables for programs.
pub const NOT_SURE: &str = UNSURE;

#[cfg(test)]
#[path = "../results_tests.rs"]
mod tests;
