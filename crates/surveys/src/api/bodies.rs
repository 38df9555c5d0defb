//! What requests and answers of surveys and their questions are.

use crate::checks::{self, Finding};
use crate::model::Survey;
use crate::question::{Choice, Question, QuestionKind, When};
use kernel::problem::{Problem, Result};
use kernel::workflow::Named as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A survey in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyBrief {
    number: String,
    name: String,
    audience: String,
    edition: i64,
    /// `draft`, `published`, `closed`.
    state: &'static str,
    /// Last day on which answers are taken.
    closes: Option<String>,
    /// Always true: it is no survey of the state's statisticians.
    mock: bool,
    version: i64,
}

impl SurveyBrief {
    pub(super) fn of(of: &Survey) -> Self {
        Self {
            number: of.number.clone(),
            name: of.name.clone(),
            audience: of.audience.clone(),
            edition: of.edition,
            state: of.state.code(),
            closes: of.closes.map(|day| day.to_string()),
            mock: true,
            version: of.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct SurveyBriefs {
    pub items: Vec<SurveyBrief>,
}

/// An option of a question.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyOption {
    text: String,
    /// What it counts, in ten-thousandths; null: it is not counted.
    #[serde(default)]
    counts: Option<i64>,
}

/// When a question is asked.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyCondition {
    /// Place of an earlier question, from 1.
    question: usize,
    /// Places of its options, from 1.
    options: Vec<usize>,
}

impl SurveyCondition {
    pub(super) fn of(of: &When, all: &[Question]) -> Self {
        Self {
            question: all.iter().position(|q| q.key == of.question).map_or(0, |at| at + 1),
            options: of.options.iter().map(|o| o + 1).collect(),
        }
    }
}

/// A question.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyQuestion {
    /// `single`, `multiple`, `scale`, `number`, `text`.
    kind: String,
    text: String,
    #[serde(default)]
    options: Vec<SurveyOption>,
    #[serde(default)]
    least: Option<i64>,
    #[serde(default)]
    most: Option<i64>,
    /// Code of a standard; empty for none.
    #[serde(default)]
    standard: String,
    #[serde(default)]
    when: Option<SurveyCondition>,
}

impl SurveyQuestion {
    fn of(of: &Question, all: &[Question]) -> Self {
        Self {
            kind: of.kind.code().to_owned(),
            text: of.text.clone(),
            options: of
                .options
                .iter()
                .map(|o| SurveyOption { text: o.text.clone(), counts: o.counts })
                .collect(),
            least: of.least,
            most: of.most,
            standard: of.standard.clone(),
            when: of.when.as_ref().map(|when| SurveyCondition::of(when, all)),
        }
    }
}

/// A whole questionnaire, in place of the one that is there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyQuestions {
    pub version: i64,
    pub questions: Vec<SurveyQuestion>,
}

/// # Errors
/// 422 at `questions`.
pub(super) fn questions(given: Vec<SurveyQuestion>) -> Result<Vec<Question>> {
    let mut all: Vec<Question> = Vec::new();
    for (one, place) in given.into_iter().zip(1..) {
        let kind =
            QuestionKind::parse(&one.kind).ok_or_else(|| Problem::field("questions", "not-a-choice"))?;
        let when = match one.when {
            None => None,
            Some(when) => {
                let earlier = when.question.checked_sub(1).and_then(|at| all.get(at));
                let earlier = earlier.ok_or_else(|| Problem::field("questions", "survey-no-condition"))?;
                let options: Option<Vec<usize>> = when.options.iter().map(|o| o.checked_sub(1)).collect();
                let options = options.ok_or_else(|| Problem::field("questions", "survey-no-condition"))?;
                Some(When { question: earlier.key.clone(), options })
            }
        };
        all.push(Question {
            key: format!("q{place}"),
            kind,
            text: one.text.trim().to_owned(),
            options: one.options.into_iter().map(|o| Choice { text: o.text, counts: o.counts }).collect(),
            least: one.least,
            most: one.most,
            standard: one.standard,
            when,
        });
    }
    Ok(all)
}

/// What a person should look at before it is published.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyDoubt {
    /// Place of the question, from 1.
    question: usize,
    /// `unfitting`, `repeated`, `missing`, `order`, `counts`, `uncounted`, `personal`, `unsure`, `no-mark`.
    doubt: &'static str,
    word: String,
}

impl SurveyDoubt {
    fn of(of: &Finding) -> Self {
        Self { question: of.at + 1, doubt: of.doubt.code(), word: of.word.clone() }
    }
}

/// A survey with its questions.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyWhole {
    #[serde(flatten)]
    brief: SurveyBrief,
    lead: String,
    scheme: String,
    /// Whether the link wants a code from a slip.
    codes: bool,
    questions: Vec<SurveyQuestion>,
    doubts: Vec<SurveyDoubt>,
}

impl SurveyWhole {
    pub(super) fn of(of: &Survey) -> Self {
        let questions = &of.questions.0;
        Self {
            brief: SurveyBrief::of(of),
            lead: of.lead.clone(),
            scheme: of.scheme_number.clone(),
            codes: of.codes,
            questions: questions.iter().map(|q| SurveyQuestion::of(q, questions)).collect(),
            doubts: checks::check(questions).iter().map(SurveyDoubt::of).collect(),
        }
    }
}

/// What a survey is made of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyDraft {
    pub name: String,
    /// One of the city's groups of people.
    pub audience: String,
    #[serde(default)]
    pub lead: String,
    /// Number of a scheme; empty for none.
    #[serde(default)]
    pub scheme: String,
    /// `2026-12-31`; null: no last day.
    #[serde(default)]
    pub closes: Option<String>,
    #[serde(default)]
    pub codes: bool,
}

/// What is changed of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyEdit {
    pub version: i64,
    pub draft: SurveyDraft,
}

/// A move of the version that was looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyMove {
    pub version: i64,
    /// For publishing: somebody looked at every doubt.
    #[serde(default)]
    pub seen: bool,
}
