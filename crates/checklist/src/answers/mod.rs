//! What an inspector answered, and what of it counts.

mod check;
pub(crate) mod fits;
pub(crate) mod live;
mod text;

use crate::model::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Answers by the names of their questions. Sections make no difference here; every repeat has a list of rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub given: BTreeMap<String, Given>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<String, Vec<Answers>>,
}

/// One answer. In JSON a number, a text, a list of texts, a place or a list of places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Given {
    Whole(i64),
    Number(f64),
    /// Also a choice, a date `2026-11-30`, a time `14:05:00`, the name of a sound's file.
    Text(String),
    /// Choices, or names of pictures' files.
    List(Vec<String>),
    Place(Place),
    Places(Vec<Place>),
}

/// WGS 84, degrees; metres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub lat: f64,
    pub lng: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub altitude: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<f64>,
}

/// Answers after relevance and calculations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// What counts, with what was calculated.
    pub answers: Answers,
    /// What was answered and does not count, because its question was not relevant or is not known. Rows stand where they
    /// stood.
    pub aside: Answers,
    /// Paths of items that are not relevant, sections, repeats and notes included: what a form does not show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<String>,
    pub faults: Vec<AnswerFault>,
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerFault {
    /// `lines[2]/stops[5]/clean`: rows count from 1, sections are left out.
    pub path: String,
    pub code: AnswerCode,
    /// What was found, where that helps.
    pub what: String,
    /// The checklist's own words, where it has some.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub message: Text,
}

macro_rules! answer_codes {
    ($($(#[$doc:meta])* $name:ident $code:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum AnswerCode { $($(#[$doc])* $name,)* }

        impl AnswerCode {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Stable code for texts and APIs.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

answer_codes! {
    /// No answer where one is wanted.
    Required "answer-required",
    /// The question's own condition does not hold.
    Constraint "answer-constraint",
    /// The checklist has no such question or repeat.
    UnknownName "answer-unknown-name",
    /// A text where a number is wanted, and the like.
    WrongKind "answer-wrong-kind",
    UnknownChoice "answer-unknown-choice",
    ChoiceTwice "answer-choice-twice",
    /// Not a finite number, or a whole one beyond nine digits.
    OutOfRange "answer-out-of-range",
    BadDate "answer-bad-date",
    BadTime "answer-bad-time",
    BadPlace "answer-bad-place",
    /// A line has two points at least, an area three corners.
    TooFewPoints "answer-too-few-points",
    TooManyPoints "answer-too-many-points",
    TooManyFiles "answer-too-many-files",
    BadFileName "answer-bad-file-name",
    TooLong "answer-too-long",
    /// Another number of rows than the checklist asks for.
    Rows "answer-rows",
    /// More rows than anybody answers; those behind are left out.
    TooManyRows "answer-too-many-rows",
}

impl Given {
    /// Whether it is as good as no answer.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Places(places) => places.is_empty(),
            Self::Whole(_) | Self::Number(_) | Self::Place(_) => false,
        }
    }
}
