//! Whole draws: for those who may see them before they are over, and for everybody.

use super::bodies::{CommitmentBody, CommitmentList};
use super::proof::{DrawCheck, DrawFault, DrawProof};
use crate::policy::{self, Act};
use crate::queries;
use axum::body::Body;
use draw::faults;
use kernel::problem::Problem;
use web::api::{body, json};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req};

/// All of a draw: `draw.json`, as soon as it is drawn.
#[utoipa::path(get, path = "/api/v1/inspections/{number}/proof", tag = "inspections", operation_id = "getInspectionProof",
    params(("number" = String, Path, description = "number of the inspection")),
    responses((status = 200, body = DrawProof, description = "what docs/draw.py repeats"),
        (status = 404, description = "no such inspection, or it is not drawn")))]
pub(super) async fn proof(req: Req, Path(number): Path<String>) -> Answer {
    let whole = req.read(move |ctx, tx| queries::proof(ctx, tx, &number)).await.or_fail(&req)?;
    let record = whole.record().or_fail(&req)?;
    json(&req, &DrawProof::of(record))
}

/// Repeats a draw. Nothing is kept of it.
#[utoipa::path(post, path = "/api/v1/inspections/check", tag = "inspections", operation_id = "checkDraw", request_body = DrawProof,
    responses((status = 200, body = DrawCheck, description = "where it is not as its secret, plan and register make it"),
        (status = 422, description = "it is no draw.json")))]
pub(super) async fn check(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Check).or_fail(&req)?;
    let proof: DrawProof = body(&req, given).await?;
    let record = proof.record();
    let found = tokio::task::spawn_blocking(move || faults(&record)).await;
    let found = found.map_err(Problem::internal).or_fail(&req)?;
    let faults: Vec<DrawFault> = found.into_iter().map(DrawFault::of).collect();
    json(&req, &DrawCheck { sound: faults.is_empty(), faults })
}

/// Everything that was ever bound, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/draws", tag = "draws", operation_id = "listDraws",
    params(("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = CommitmentList, description = "a page of the list")))]
pub(super) async fn list(req: Req) -> Answer {
    let after = Cursor::parse(Params::parse(&req.query).get("after")).or_fail(&req)?;
    let found = req.read(move |_, tx| queries::commitments(tx, after, PAGE_SIZE)).await.or_fail(&req)?;
    let items = found.rows.iter().map(CommitmentBody::of_line).collect();
    json(&req, &CommitmentList { items, next: found.next.map(|c| c.to_string()) })
}

/// What binds one draw.
#[utoipa::path(get, path = "/api/v1/draws/{number}", tag = "draws", operation_id = "getDraw",
    params(("number" = String, Path, description = "number of the inspection, `IN-2026-0001`")),
    responses((status = 200, body = CommitmentBody, description = "its commitment"),
        (status = 404, description = "nothing of this number is bound")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let whole = req.read(move |_, tx| queries::published(tx, &number)).await.or_fail(&req)?;
    let body = CommitmentBody::of(&whole).ok_or_else(Problem::not_found).or_fail(&req)?;
    json(&req, &body)
}

/// All of a draw, once its inspection has ended.
#[utoipa::path(get, path = "/api/v1/draws/{number}/proof", tag = "draws", operation_id = "getDrawProof",
    params(("number" = String, Path, description = "number of the inspection")),
    responses((status = 200, body = DrawProof, description = "what docs/draw.py repeats"),
        (status = 404, description = "no such inspection, or it has not ended")))]
pub(super) async fn revealed(req: Req, Path(number): Path<String>) -> Answer {
    let whole = req.read(move |_, tx| queries::revealed(tx, &number)).await.or_fail(&req)?;
    let record = whole.record().or_fail(&req)?;
    json(&req, &DrawProof::of(record))
}
