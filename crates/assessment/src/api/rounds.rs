//! Rounds, their rows, and what they come to.

use super::bodies::{
    AssessmentChange, AssessmentEdit, AssessmentNewRound, AssessmentReport, AssessmentRound,
    AssessmentRoundPage, AssessmentRow, AssessmentRowPage, AssessmentStep,
};
use crate::pages;
use crate::policy::{self, Act};
use crate::rounds::commands::{self, Edit};
use crate::rounds::import::{self, File};
use crate::rounds::model::NameKind;
use crate::rounds::queries::{self, Sight};
use crate::rounds::workflow::Step;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use std::sync::{Arc, OnceLock};
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req};

fn date(text: Option<&str>) -> Result<Option<Date>> {
    let read = |text: &str| text.parse().map_err(|_| Problem::field("held_on", "not-a-date"));
    text.filter(|text| !text.is_empty()).map(read).transpose()
}

/// Rounds that the key may see, the newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/assessment-rounds", tag = "assessment", operation_id = "listAssessmentRounds",
    params(
        ("q" = Option<String>, Query, description = "words of the name, the number or the file"),
        ("state" = Option<String>, Query, description = "`draft`, `checked`, `published`, `withdrawn`"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = AssessmentRoundPage, description = "a page of the list")))]
pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let filter = pages::filter(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let found =
        req.read(move |ctx, tx| queries::list(ctx, tx, &filter, after, PAGE_SIZE)).await.or_fail(&req)?;
    let (found, count, sight) = found;
    let items = found.rows.iter().map(|l| AssessmentRound::of(&l.round, &l.summary, &sight)).collect();
    json(&req, &AssessmentRoundPage { items, next: found.next.map(|c| c.to_string()), count })
}

/// Keeps a round. Every row goes in; what is odd about it is told.
#[utoipa::path(post, path = "/api/v1/assessment-rounds", tag = "assessment", operation_id = "keepAssessmentRound",
    request_body = AssessmentNewRound,
    responses((status = 201, body = AssessmentReport, description = "the round was kept"),
        (status = 200, body = AssessmentReport, description = "what a trial told"),
        (status = 409, description = "the same table is here already")))]
pub(super) async fn keep(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Import).or_fail(&req)?;
    let given: AssessmentNewRound = body(&req, given).await?;
    let held_on = date(given.held_on.as_deref()).or_fail(&req)?;
    let mut names = Vec::new();
    for name in given.names {
        let kind = NameKind::parse(&name.kind).ok_or_else(|| Problem::field("kind", "not-a-choice"));
        names.push((kind.or_fail(&req)?, name.code, name.name));
    }
    let file_name = if given.file_name.is_empty() { given.name.clone() } else { given.file_name };
    let tables = (!names.is_empty()).then_some(names);
    let file = File { name: given.name, file_name, tables, held_on, again: given.again };
    let (ctx, bytes) = (req.ctx.clone(), given.csv.into_bytes());
    let kept = Arc::new(OnceLock::new());
    let told = Arc::clone(&kept);
    let report = web::import::run(req.db(), &req.ctx, given.dry, move |tx| {
        let (round, report) = import::import(&ctx, tx, bytes, file)?;
        // told only once
        let _ = told.set(round.number);
        Ok(report)
    });
    let report = report.await.or_fail(&req)?;
    let number = kept.get().cloned().filter(|_| !given.dry);
    let status = if given.dry { StatusCode::OK } else { StatusCode::CREATED };
    json_with(&req, status, &AssessmentReport::of(number, &report))
}

/// A round, and what it comes to.
#[utoipa::path(get, path = "/api/v1/assessment-rounds/{number}", tag = "assessment", operation_id = "getAssessmentRound",
    params(("number" = String, Path, description = "`AR-000003`")),
    responses((status = 200, body = AssessmentRound, description = "the round"),
        (status = 404, description = "none that the key may see")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let read = req.read(move |ctx, tx| {
        let (round, sight) = queries::see(ctx, tx, &number)?;
        let summary = queries::summary(tx, &round)?;
        Ok((round, summary, sight))
    });
    let (round, summary, sight) = read.await.or_fail(&req)?;
    json(&req, &AssessmentRound::of(&round, &summary, &sight))
}

/// Rows of a round that the key may see, fifty at a time.
#[utoipa::path(get, path = "/api/v1/assessment-rounds/{number}/rows", tag = "assessment", operation_id = "listAssessmentRows",
    params(
        ("number" = String, Path, description = "`AR-000003`"),
        ("item" = Option<String>, Query, description = "name of an item"),
        ("part" = Option<String>, Query, description = "number of a part of the item; `-` for rows without one"),
        ("street" = Option<String>, Query, description = "name of a street"),
        ("unit" = Option<String>, Query, description = "name of a unit"),
        ("only" = Option<String>, Query, description = "`faults`, `odd`, `aside`, `no-unit`, `no-street`, `no-case`"),
        ("q" = Option<String>, Query, description = "words of the point, the item or the serial number"),
        ("sort" = Option<String>, Query, description = "`-lost`: most taken off first"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = AssessmentRowPage, description = "a page of the rows"),
        (status = 404, description = "no such round that the key may see")))]
pub(super) async fn rows(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let filter = pages::row_filter(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let city = req.city.clone();
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &city, &number)).await.or_fail(&req)?;
    let (found, count) = queries::rows_of(&full.worked, full.cases, &full.sight, &filter, after, PAGE_SIZE);
    let items = found.rows.iter().map(AssessmentRow::of).collect();
    json(&req, &AssessmentRowPage { items, next: found.next.map(|c| c.to_string()), count })
}

/// What is odd about the rows of a round.
#[utoipa::path(get, path = "/api/v1/assessment-rounds/{number}/report", tag = "assessment", operation_id = "reportAssessmentRound",
    params(("number" = String, Path, description = "`AR-000003`")),
    responses((status = 200, body = AssessmentReport, description = "the report"),
        (status = 404, description = "no such round that the key may see")))]
pub(super) async fn report(req: Req, Path(number): Path<String>) -> Answer {
    let city = req.city.clone();
    let read = req.read(move |ctx, tx| {
        queries::see_whole(ctx, tx, &number)?;
        queries::full(ctx, tx, &city, &number)
    });
    let full = read.await.or_fail(&req)?;
    json(&req, &AssessmentReport::of(Some(full.round.number), &import::report(&full.worked)))
}

/// Two rounds beside each other.
#[utoipa::path(get, path = "/api/v1/assessment-rounds/comparison", tag = "assessment", operation_id = "compareAssessmentRounds",
    params(("one" = String, Query, description = "number of the earlier round"),
        ("other" = String, Query, description = "number of the later round")),
    responses((status = 200, body = AssessmentChange, description = "what rose and what fell"),
        (status = 404, description = "one of them is none that the key may see")))]
pub(super) async fn comparison(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let (one, other) = (params.get("one").to_owned(), params.get("other").to_owned());
    let (.., change) =
        req.read(move |ctx, tx| queries::compare(ctx, tx, &one, &other)).await.or_fail(&req)?;
    json(&req, &AssessmentChange::of(&change))
}

/// Changes name, day or weight of a round; what is not given stays.
#[utoipa::path(patch, path = "/api/v1/assessment-rounds/{number}", tag = "assessment", operation_id = "editAssessmentRound",
    params(("number" = String, Path, description = "`AR-000003`")),
    request_body = AssessmentEdit,
    responses((status = 200, body = AssessmentRound, description = "the round as it is now"),
        (status = 409, description = "somebody else changed it meanwhile")))]
pub(super) async fn edit(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Import).or_fail(&req)?;
    let given: AssessmentEdit = body(&req, given).await?;
    let held_on = date(given.held_on.as_deref()).or_fail(&req)?;
    let done = req.write(move |ctx, tx| {
        let before = queries::see_whole(ctx, tx, &number)?;
        let edit = Edit {
            name: given.name.unwrap_or_else(|| before.name.clone()),
            held_on: held_on.unwrap_or_else(|| before.day()),
            weight: given.weight.unwrap_or_else(|| before.weight.clone()),
            version: given.version,
        };
        let round = commands::edit(ctx, tx, &number, edit)?;
        let summary = queries::summary(tx, &round)?;
        Ok((round, summary))
    });
    let (round, summary) = done.await.or_fail(&req)?;
    json(&req, &AssessmentRound::of(&round, &summary, &Sight::All))
}

/// Takes a round to another state.
#[utoipa::path(post, path = "/api/v1/assessment-rounds/{number}/steps", tag = "assessment", operation_id = "moveAssessmentRound",
    params(("number" = String, Path, description = "`AR-000003`")),
    request_body = AssessmentStep,
    responses((status = 200, body = AssessmentRound, description = "the round as it is now"),
        (status = 409, description = "its state does not allow it, or texts are open")))]
pub(super) async fn step(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Move).or_fail(&req)?;
    let given: AssessmentStep = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        let step = Step::parse(&given.step).ok_or_else(|| Problem::field("step", "not-a-choice"))?;
        let round = commands::step(ctx, tx, &number, step, &given.reason, given.version)?;
        let summary = queries::summary(tx, &round)?;
        Ok((round, summary))
    });
    let (round, summary) = done.await.or_fail(&req)?;
    json(&req, &AssessmentRound::of(&round, &summary, &Sight::All))
}
