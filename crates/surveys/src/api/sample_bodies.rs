//! What requests and answers of the sample and of doors are.

use crate::model::{Category, Plan, Trait};
use crate::plan::{Door, Stand};
use crate::queries::{SamplePage, SegmentLine, Walk};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Figures of the plan.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyPlan {
    /// Half the interval, in tenths of a point.
    margin: i64,
    /// Design effect, in hundredths.
    effect: i64,
    /// Of a hundred households, how many answer.
    response: i64,
    /// Answers wanted of a segment.
    each: i64,
    /// Visits before a household is left.
    tries: i64,
    /// Households an interviewer visits on a day.
    per_day: i64,
}

impl SurveyPlan {
    pub(super) fn plan(&self) -> Plan {
        Plan {
            margin: self.margin,
            effect: self.effect,
            response: self.response,
            each: self.each,
            tries: self.tries,
            per_day: self.per_day,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyPlanEdit {
    pub version: i64,
    pub plan: SurveyPlan,
}

/// A segment with how far it is.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveySegment {
    place: i64,
    division: String,
    division_name: String,
    name: String,
    households: i64,
    target: i64,
    answers: i64,
    /// Doors at which somebody answered, refused, or nobody was met.
    answered: i64,
    refused: i64,
    absent: i64,
    interviewer: String,
    /// Path of its link.
    link: String,
}

impl SurveySegment {
    fn of(of: &SegmentLine) -> Self {
        Self {
            place: of.segment.place,
            division: of.segment.division.clone(),
            division_name: of.segment.division_name.clone(),
            name: of.segment.name.clone(),
            households: of.segment.households,
            target: of.segment.target,
            answers: of.answers,
            answered: of.doors.answered,
            refused: of.doors.refused,
            absent: of.doors.absent,
            interviewer: of.segment.interviewer.clone(),
            link: format!("/survey/{}", of.segment.token),
        }
    }
}

/// The sample.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveySample {
    version: i64,
    plan: SurveyPlan,
    traits: Vec<SurveyTrait>,
    traits_source: String,
    quotas: BTreeMap<String, i64>,
    segments: Vec<SurveySegment>,
    answers: i64,
    /// Answers that came when their quota was full.
    over_quota: i64,
    /// Answered of those that were tried at doors, in ten-thousandths.
    response_rate: Option<i64>,
}

impl SurveySample {
    pub(super) fn of(of: &SamplePage) -> Self {
        let plan = &of.survey.plan.0;
        Self {
            version: of.survey.version,
            plan: SurveyPlan {
                margin: plan.margin,
                effect: plan.effect,
                response: plan.response,
                each: plan.each,
                tries: plan.tries,
                per_day: plan.per_day,
            },
            traits: of.survey.traits.0.iter().map(SurveyTrait::of).collect(),
            traits_source: of.survey.traits_source.clone(),
            quotas: of.survey.quotas.0.clone(),
            segments: of.segments.iter().map(SurveySegment::of).collect(),
            answers: of.answers,
            over_quota: of.over,
            response_rate: of.doors.rate().map(|(part, whole)| part * 10_000 / whole),
        }
    }
}

/// A segment as it is given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveySegmentDraft {
    /// Code of a division.
    pub division: String,
    pub name: String,
    pub households: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveySegments {
    pub version: i64,
    pub segments: Vec<SurveySegmentDraft>,
}

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyCategory {
    name: String,
    /// People of it in the population.
    #[serde(default)]
    people: Option<i64>,
}

/// What is asked of everybody to see whom the sample reached.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyTrait {
    name: String,
    categories: Vec<SurveyCategory>,
}

impl SurveyTrait {
    fn of(of: &Trait) -> Self {
        let category = |c: &Category| SurveyCategory { name: c.name.clone(), people: c.people };
        Self { name: of.name.clone(), categories: of.categories.iter().map(category).collect() }
    }

    pub(super) fn given(self) -> Trait {
        let category = |c: SurveyCategory| Category { name: c.name, people: c.people };
        Trait { name: self.name, categories: self.categories.into_iter().map(category).collect() }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyTraits {
    pub version: i64,
    pub traits: Vec<SurveyTrait>,
    /// Where the people were counted.
    #[serde(default)]
    pub source: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyQuotas {
    pub version: i64,
    /// Answers wanted by combination of categories, `0.2`: places from 0.
    pub quotas: BTreeMap<String, i64>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyAssignment {
    pub version: i64,
    /// Places of segments.
    pub segments: Vec<i64>,
    /// Id of an inspector; null: nobody.
    #[serde(default)]
    pub interviewer: Option<String>,
}

/// A household on an interviewer's list.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyDoor {
    household: i64,
    /// `waiting`, `again`, `answered`, `refused`, `absent`.
    state: &'static str,
    visits: i64,
    /// It stands in for one that was left.
    stands_in: bool,
}

impl SurveyDoor {
    pub(super) fn of(of: &Door) -> Self {
        Self {
            household: of.household,
            state: match of.stand {
                Stand::Waiting => "waiting",
                Stand::Again => "again",
                Stand::Answered => "answered",
                Stand::Refused => "refused",
                Stand::Absent => "absent",
            },
            visits: of.tries,
            stands_in: of.reserve,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct SurveyWalk {
    survey: String,
    segment: i64,
    target: i64,
    doors: Vec<SurveyDoor>,
}

impl SurveyWalk {
    pub(super) fn of(of: &Walk) -> Self {
        Self {
            survey: of.survey.number.clone(),
            segment: of.segment.place,
            target: of.segment.target,
            doors: of.doors.iter().map(SurveyDoor::of).collect(),
        }
    }
}

/// What became of a household.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyVisit {
    pub household: i64,
    /// `answered`, `refused`, `absent`.
    pub outcome: String,
    /// For an answer: places of categories by trait, from 0, `-` for one that was not told.
    #[serde(default)]
    pub traits: Vec<String>,
    /// For an answer: by place of the question, from 1: places of options from 0, a number, words, or `unsure`.
    #[serde(default)]
    pub answers: BTreeMap<String, Vec<String>>,
    /// For what was noted without a network, and is sent later.
    #[serde(default)]
    pub sent: Option<SurveySent>,
}

/// What a telephone tells of its sending.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveySent {
    /// A word of chance, 20 to 64 characters: the same again is not counted again. It is kept as a keyed hash that points to nothing.
    pub ticket: String,
    /// Day of the visit, `2026-03-09`, at most 31 days ago.
    pub day: String,
}

/// What became of a visit and its answer.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyTaken {
    /// `noted`; `quota-full`: enough people like this one have answered; `survey-over`: it came after the survey's end. In both the visit
    /// is noted and the answer is kept nowhere. `again`: this sending was here before.
    pub taken: &'static str,
    /// The survey's number.
    pub number: String,
    /// Page of the segment.
    pub href: String,
}
