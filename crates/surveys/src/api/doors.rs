//! Doors, for an interviewer's own program.

use super::day_bodies::SurveyDay;
use super::sample_bodies::{SurveySent, SurveyTaken, SurveyVisit, SurveyWalk};
use crate::commands::{self, Noted, Sent, Taken};
use crate::forms::Answered;
use crate::model::Outcome;
use crate::queries::{self, Walk};
use axum::body::Body;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, parse_date};
use kernel::workflow::Named as _;
use std::collections::BTreeMap;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// One's own segments of surveys that are open, with all that is needed at their doors without a network.
#[utoipa::path(get, path = "/api/v1/surveys/walk", tag = "surveys", operation_id = "getSurveyDay",
    responses((status = 200, body = SurveyDay, description = "questionnaires, segments, households in their order with what became of them, and who stands in next; nothing of any answer")))]
pub(super) async fn day(req: Req) -> Answer {
    let walks = req.read(queries::running).await.or_fail(&req)?;
    json(&req, &SurveyDay::of(&req.ctx, &walks))
}

/// Households of one's own segment in the order of the draw, with what became of them.
#[utoipa::path(get, path = "/api/v1/surveys/{number}/segments/{place}", tag = "surveys", operation_id = "getSurveyDoors",
    params(("number" = String, Path, description = "number of the survey"), ("place" = i64, Path, description = "place of the segment, from 1")),
    responses((status = 200, body = SurveyWalk, description = "the list as it is now"),
        (status = 404, description = "no such segment, or somebody else's")))]
pub(super) async fn one(req: Req, Path((number, place)): Path<(String, i64)>) -> Answer {
    let of = req.read(move |ctx, tx| queries::walk(ctx, tx, &number, place)).await.or_fail(&req)?;
    json(&req, &SurveyWalk::of(&of))
}

/// Notes what became of a household. An answer is kept apart from the visit and cannot be read again.
///
/// With `sent`, what was noted without a network: the same sending counts once, and of a survey that has ended meanwhile the visit is kept
/// while its answer is refused.
#[utoipa::path(post, path = "/api/v1/surveys/{number}/segments/{place}/visits", tag = "surveys", operation_id = "noteSurveyVisit",
    params(("number" = String, Path, description = "number of the survey"), ("place" = i64, Path, description = "place of the segment, from 1")),
    request_body = SurveyVisit,
    responses((status = 200, body = SurveyTaken, description = "the visit is noted; `taken` tells what became of its answer"),
        (status = 404, description = "no such segment, or somebody else's"),
        (status = 409, description = "the survey is over (without `sent`), the household is not on the list or has its outcome; nothing is noted"),
        (status = 422, description = "an answer is missing or wrong; nothing is noted")))]
pub(super) async fn note(req: Req, Path((number, place)): Path<(String, i64)>, given: Body) -> Answer {
    let given: SurveyVisit = body(&req, given).await?;
    let outcome =
        Outcome::parse(&given.outcome).ok_or_else(|| Problem::field("survey_outcome", "not-a-choice"));
    let outcome = outcome.or_fail(&req)?;
    let sent = given.sent.map(read_sent).transpose().or_fail(&req)?;
    let of = number.clone();
    let walk = req.read(move |ctx, tx| queries::walk(ctx, tx, &of, place)).await.or_fail(&req)?;
    let answered = answers(&walk, given.traits, given.answers);
    let (of, household) = (number.clone(), given.household);
    let write = req.write(move |ctx, tx| {
        let answers = |key: &str| answered.texts(key);
        let noted = Noted { outcome, traits: &answered.traits, answers: &answers };
        let door = (of.as_str(), place, household);
        match &sent {
            Some((ticket, day)) => commands::deliver(ctx, tx, door, &noted, &Sent { ticket, day: *day }),
            None => commands::visit(ctx, tx, door, &noted),
        }
    });
    let taken = match write.await.or_fail(&req)? {
        Taken::Counted => "noted",
        Taken::Full => "quota-full",
        Taken::Late => "survey-over",
        Taken::Again => "again",
    };
    let href = format!("/surveys/{number}/segments/{place}");
    json(&req, &SurveyTaken { taken, number, href })
}

fn read_sent(sent: SurveySent) -> Result<(String, Date)> {
    let day = parse_date(&sent.day).ok_or_else(|| Problem::field("day", "not-a-date"))?;
    Ok((sent.ticket, day))
}

/// Answers by place of their question; what is no place is passed over.
fn answers(walk: &Walk, traits: Vec<String>, given: BTreeMap<String, Vec<String>>) -> Answered {
    let mut fields = Vec::new();
    for (question, texts) in given {
        let at = question.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let Some(question) = at.and_then(|at| walk.survey.questions.0.get(at)) else { continue };
        fields.extend(texts.into_iter().map(|text| (question.key.clone(), text)));
    }
    Answered::from_pairs(traits, fields)
}
