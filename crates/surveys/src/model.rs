//! A survey, its sample, what interviewers noted at doors, and answers. No input or output.
//!
//! Between a door and an answer there is nothing: a [`Visit`] has interviewer, household and day, and no answer; an [`AnswerSheet`] has
//! segment and answers, and neither interviewer nor household nor any time. See ADR 31.

use crate::question::{Question, Sheet};
use crate::workflow::State;
use ::store::value::Json;
use ::store::{KeyedHash, Sealed, coded, hashed_columns, record, sealed_columns};
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::{Date, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

kernel::named! {
    /// How an answer came.
    pub enum Mode {
        /// By the link of its segment.
        Link = "link",
        /// At a door, typed by an interviewer.
        Visit = "visit",
    }
}

kernel::named! {
    /// What became of a household.
    pub enum Outcome {
        Answered = "answered",
        Refused = "refused",
        /// Nobody was at home; after [`Plan::tries`] visits the next household in order stands in.
        Absent = "absent",
    }
}

kernel::named! {
    /// What a [`Pass`] is.
    pub enum PassKind {
        /// 答题码 of a slip that nobody has used; it goes when somebody does.
        Code = "code",
        /// A form that was sent: sent again it is not another answer.
        Form = "form",
        /// What an interviewer's telephone sent: sent again it is not another visit.
        Visit = "visit",
    }
}
coded!(Mode, Outcome, PassKind);

/// 背景: what is asked of everybody to see whom the sample reached, such as sex or age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    pub name: String,
    pub categories: Vec<Category>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub name: String,
    /// People of it in the population, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<i64>,
}

/// Figures of the plan, in whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// Half the width of the interval that is wanted, in tenths of a point: 30 for ±3 %.
    pub margin: i64,
    /// Design effect that is expected, in hundredths.
    pub effect: i64,
    /// Of a hundred households that are asked, how many answer.
    pub response: i64,
    /// Answers wanted of a segment.
    pub each: i64,
    /// Visits before a household is left.
    pub tries: i64,
    /// Households that an interviewer visits on a day.
    pub per_day: i64,
}

impl Default for Plan {
    /// 20 answers a segment: what published surveys of cities took.
    fn default() -> Self {
        Self { margin: 30, effect: 150, response: 70, each: 20, tries: 3, per_day: 15 }
    }
}

record! {
    /// 模拟测评问卷, with its sample.
    #[derive(Clone, Debug)]
    pub struct Survey in "survey" {
        pub id: Id<Survey>,
        /// `SV-0001`.
        pub number: String,
        pub name: String,
        /// 对象, a word of the city's list.
        pub audience: String,
        /// What stands above the questions.
        pub lead: String,
        /// Number of the scheme whose standards the questions speak of; empty for none.
        pub scheme_number: String,
        pub questions: Json<Vec<Question>>,
        pub traits: Json<Vec<Trait>>,
        /// Where the people of categories were counted.
        pub traits_source: String,
        /// Answers wanted of each combination of categories, `0.2`; those that are not named are not bounded.
        pub quotas: Json<BTreeMap<String, i64>>,
        pub plan: Json<Plan>,
        /// 64 hexadecimal digits: puts the households of each segment in order.
        pub seed: String,
        /// Last day on which answers are taken.
        pub closes: Option<Date>,
        /// Whether the link wants a code from a slip, each good for one answer.
        pub codes: bool,
        pub state: State,
        /// 1 for the first; a copy has the next.
        pub edition: i64,
        /// What it was copied from: the round before.
        pub before_id: Option<Id<Survey>>,
        pub made_by: String,
        pub made_at: Instant,
        pub closed_at: Option<Instant>,
        pub version: i64,
    }
}

record! {
    /// 样本段: some streets or courtyards with their households, numbered from 1.
    #[derive(Clone, Debug)]
    pub struct Segment in "survey_segment" {
        pub id: Id<Segment>,
        pub survey_id: Id<Survey>,
        /// From 1.
        pub place: i64,
        pub name: String,
        /// The stratum: code and name of its division.
        pub division: String,
        pub division_name: String,
        pub households: i64,
        /// Answers wanted.
        pub target: i64,
        /// The secret of its link.
        pub token: String,
        pub interviewer_id: Option<Id<Person>>,
        pub interviewer: String,
        pub version: i64,
    }
}

record! {
    /// What an interviewer noted at a door.
    #[derive(Clone, Debug)]
    pub struct Visit in "survey_visit" {
        pub id: Id<Visit>,
        pub survey_id: Id<Survey>,
        pub segment_id: Id<Segment>,
        /// From 1 to the segment's households.
        pub household: i64,
        pub outcome: Outcome,
        pub tries: i64,
        /// The last visit's.
        pub day: Date,
        pub person_id: Id<Person>,
        pub person: String,
        pub version: i64,
    }
}

/// Mark for ids of answers: chance, not time and order as other ids are.
#[derive(Debug)]
pub enum AnswerId {}

record! {
    /// One person's answers.
    #[derive(Clone, Debug)]
    pub struct AnswerSheet in "survey_answer" {
        pub id: Id<AnswerId>,
        pub survey_id: Id<Survey>,
        pub segment_id: Id<Segment>,
        pub mode: Mode,
        /// Categories by trait, `0.2`, `-` for one that was not told.
        pub traits: String,
        pub answers: Json<Sheet>,
    }
}

sealed_columns! {
    /// What somebody wrote may tell who they are.
    pub WordsText = "survey_words"."text" of "id";
}

record! {
    /// What somebody wrote, apart from their other answers and from where they live.
    #[derive(Clone, Debug)]
    pub struct Words in "survey_words" {
        pub id: Id<AnswerId>,
        pub survey_id: Id<Survey>,
        pub question: String,
        pub text: Sealed<WordsText>,
    }
}

hashed_columns! {
    /// Whoever has the database and a slip must not see whether it was used.
    pub PassHash = "survey_pass"."hash" of "id";
}

record! {
    /// Something that is good for one answer, and points to none.
    pub struct Pass in "survey_pass" {
        pub id: Id<AnswerId>,
        pub survey_id: Id<Survey>,
        pub kind: PassKind,
        pub hash: KeyedHash<PassHash>,
    }
}

impl Survey {
    /// A question's place by its key.
    pub fn place_of(&self, key: &str) -> Option<usize> {
        self.questions.0.iter().position(|q| q.key == key)
    }

    pub fn is_open_on(&self, day: Date) -> bool {
        self.state == State::Published && self.closes.is_none_or(|last| day <= last)
    }
}

/// Categories of an answer as they are stored.
pub fn traits_key(chosen: &[Option<usize>]) -> String {
    let part = |c: &Option<usize>| c.map_or_else(|| "-".to_owned(), |c| c.to_string());
    chosen.iter().map(part).collect::<Vec<_>>().join(".")
}

/// The other way; none for a category that was not told.
pub fn read_traits(key: &str) -> Vec<Option<usize>> {
    if key.is_empty() { Vec::new() } else { key.split('.').map(|part| part.parse().ok()).collect() }
}

/// Every combination of categories with its key, in order.
pub fn combinations(traits: &[Trait]) -> Vec<(String, String)> {
    let mut all: Vec<(Vec<Option<usize>>, Vec<&str>)> = vec![(Vec::new(), Vec::new())];
    for of in traits {
        all = all
            .into_iter()
            .flat_map(|(chosen, names)| {
                of.categories.iter().enumerate().map(move |(at, category)| {
                    let mut next = (chosen.clone(), names.clone());
                    next.0.push(Some(at));
                    next.1.push(&category.name);
                    next
                })
            })
            .collect();
    }
    all.into_iter()
        .filter(|(chosen, _)| !chosen.is_empty())
        .map(|(chosen, names)| (traits_key(&chosen), names.join(" · ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_have_keys_that_are_read_back() {
        let of = |name: &str, categories: &[&str]| Trait {
            name: name.into(),
            categories: categories.iter().map(|c| Category { name: (*c).into(), people: None }).collect(),
        };
        let all = combinations(&[of("性别", &["男", "女"]), of("年龄", &["18–34", "35–54", "55–65"])]);
        assert_eq!(all.len(), 6);
        assert_eq!(all[4], ("1.1".to_owned(), "女 · 35–54".to_owned()));
        assert_eq!(combinations(&[]), []);
        assert_eq!(read_traits("1.-"), [Some(1), None]);
        assert_eq!(traits_key(&read_traits("1.-")), "1.-");
        assert_eq!(read_traits(""), []);
    }
}
