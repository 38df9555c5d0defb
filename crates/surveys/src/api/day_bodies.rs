//! What an interviewer's telephone takes along for a day without a network: no more of surveys than is asked at doors.

use super::bodies::SurveyCondition;
use super::sample_bodies::SurveyDoor;
use crate::model::Survey;
use crate::plan;
use crate::queries::Walk;
use crate::question::{Question, field};
use kernel::ctx::Ctx;
use kernel::workflow::Named as _;
use serde::Serialize;
use utoipa::ToSchema;

/// A question as it is asked.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyAsk {
    /// What faults call it: `q-q3`.
    field: String,
    /// `single`, `multiple`, `scale`, `number`, `text`.
    kind: &'static str,
    text: String,
    options: Vec<String>,
    /// Bounds of a number.
    least: Option<i64>,
    most: Option<i64>,
    /// None: it is always asked.
    when: Option<SurveyCondition>,
}

impl SurveyAsk {
    pub(super) fn of(of: &Question, all: &[Question]) -> Self {
        Self {
            field: field(of),
            kind: of.kind.code(),
            text: of.text.clone(),
            options: of.options.iter().map(|o| o.text.clone()).collect(),
            least: of.least,
            most: of.most,
            when: of.when.as_ref().map(|when| SurveyCondition::of(when, all)),
        }
    }
}

/// Something of people's background that is asked of everybody.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyAskTrait {
    name: String,
    categories: Vec<String>,
}

/// A segment of one's own.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyOwnSegment {
    place: i64,
    division_name: String,
    name: String,
    households: i64,
    /// Answers wanted.
    target: i64,
    /// Households in the order of the draw, as far as they are on the list.
    doors: Vec<SurveyDoor>,
    /// Those that come next in order, one for each that is left: they are on the list when it is their turn, not before.
    ahead: Vec<i64>,
}

impl SurveyOwnSegment {
    fn of(of: &Walk) -> Self {
        Self {
            place: of.segment.place,
            division_name: of.segment.division_name.clone(),
            name: of.segment.name.clone(),
            households: of.segment.households,
            target: of.segment.target,
            doors: of.doors.iter().map(SurveyDoor::of).collect(),
            ahead: plan::ahead(&of.survey.seed, &of.segment, &of.doors),
        }
    }
}

/// A survey that is open, with one's own segments.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyAtDoors {
    number: String,
    name: String,
    /// What stands above the questions.
    lead: String,
    /// Last day on which answers are taken.
    closes: Option<String>,
    /// Always true: it is no survey of the state's statisticians.
    mock: bool,
    /// Visits without meeting anybody before a household is left.
    tries: i64,
    traits: Vec<SurveyAskTrait>,
    questions: Vec<SurveyAsk>,
    segments: Vec<SurveyOwnSegment>,
}

impl SurveyAtDoors {
    fn of(of: &Survey) -> Self {
        let questions = &of.questions.0;
        let asked = |t: &crate::model::Trait| SurveyAskTrait {
            name: t.name.clone(),
            categories: t.categories.iter().map(|c| c.name.clone()).collect(),
        };
        Self {
            number: of.number.clone(),
            name: of.name.clone(),
            lead: of.lead.clone(),
            closes: of.closes.map(|day| day.to_string()),
            mock: true,
            tries: of.plan.0.tries,
            traits: of.traits.0.iter().map(asked).collect(),
            questions: questions.iter().map(|q| SurveyAsk::of(q, questions)).collect(),
            segments: Vec::new(),
        }
    }
}

/// Everything that is needed for a day at doors.
#[derive(Serialize, ToSchema)]
pub(super) struct SurveyDay {
    date: String,
    made_at: String,
    surveys: Vec<SurveyAtDoors>,
}

impl SurveyDay {
    pub(super) fn of(ctx: &Ctx, walks: &[Walk]) -> Self {
        let mut surveys: Vec<SurveyAtDoors> = Vec::new();
        for walk in walks {
            let at = surveys.iter().position(|s| s.number == walk.survey.number).unwrap_or_else(|| {
                surveys.push(SurveyAtDoors::of(&walk.survey));
                surveys.len() - 1
            });
            surveys[at].segments.push(SurveyOwnSegment::of(walk));
        }
        Self { date: ctx.now.date().to_string(), made_at: ctx.now.rfc3339(), surveys }
    }
}
