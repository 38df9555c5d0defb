//! JSON twins of the pages.

mod bodies;
mod day_bodies;
mod doors;
mod results;
mod sample;
mod sample_bodies;
mod surveys;

use utoipa::OpenApi;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let (see, plan) = (Access::Action("surveys-see"), Access::Action("surveys-plan"));
    let visit = Access::Action("surveys-visit");
    Routes::new()
        .get("/api/v1/surveys", see, surveys::list)
        .post("/api/v1/surveys", plan, surveys::create)
        .get("/api/v1/surveys/walk", visit, doors::day)
        .get("/api/v1/surveys/{number}", see, surveys::one)
        .put("/api/v1/surveys/{number}", plan, surveys::change)
        .put("/api/v1/surveys/{number}/questions", plan, surveys::fill)
        .post("/api/v1/surveys/{number}/publication", plan, surveys::publish)
        .post("/api/v1/surveys/{number}/closure", plan, surveys::close)
        .post("/api/v1/surveys/{number}/copies", plan, surveys::copy)
        .get("/api/v1/surveys/{number}/sample", see, sample::one)
        .put("/api/v1/surveys/{number}/plan", plan, sample::plan)
        .put("/api/v1/surveys/{number}/segments", plan, sample::segments)
        .put("/api/v1/surveys/{number}/traits", plan, sample::traits)
        .put("/api/v1/surveys/{number}/quotas", plan, sample::quotas)
        .put("/api/v1/surveys/{number}/assignments", plan, sample::assign)
        .get("/api/v1/surveys/{number}/segments/{place}", visit, doors::one)
        .post("/api/v1/surveys/{number}/segments/{place}/visits", visit, doors::note)
        .get("/api/v1/surveys/{number}/results", Access::Action("surveys-results"), results::one)
}

#[cfg(test)]
mod vectors;

#[derive(OpenApi)]
#[openapi(
    paths(
        surveys::list, surveys::create, surveys::one, surveys::change, surveys::fill, surveys::publish, surveys::close, surveys::copy,
        sample::one, sample::plan, sample::segments, sample::traits, sample::quotas, sample::assign, doors::day, doors::one, doors::note,
        results::one
    ),
    components(schemas(
        bodies::SurveyBrief, bodies::SurveyBriefs, bodies::SurveyWhole, bodies::SurveyDraft, bodies::SurveyEdit, bodies::SurveyQuestion,
        bodies::SurveyOption, bodies::SurveyCondition, bodies::SurveyQuestions, bodies::SurveyMove, bodies::SurveyDoubt,
        sample_bodies::SurveySample, sample_bodies::SurveySegment, sample_bodies::SurveySegmentDraft, sample_bodies::SurveySegments, sample_bodies::SurveyPlan,
        sample_bodies::SurveyPlanEdit, sample_bodies::SurveyTrait, sample_bodies::SurveyCategory, sample_bodies::SurveyTraits, sample_bodies::SurveyQuotas,
        sample_bodies::SurveyAssignment, sample_bodies::SurveyWalk, sample_bodies::SurveyDoor, sample_bodies::SurveyVisit, sample_bodies::SurveySent,
        sample_bodies::SurveyTaken, day_bodies::SurveyDay, day_bodies::SurveyAtDoors, day_bodies::SurveyOwnSegment, day_bodies::SurveyAsk,
        day_bodies::SurveyAskTrait
    )),
    tags((name = "surveys", description = "模拟测评: questionnaires, samples and what a sample of people says. Nothing here tells what one \
        person answered, and results show no number of fewer than ten people."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
