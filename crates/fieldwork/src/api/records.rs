//! Records and observations for programs.

use super::bodies::{
    FieldCase, FieldCaseDraft, FieldComparison, FieldRecordBody, FieldRecordRow, FieldRecords, FieldStep,
    ObservationBody, Observations,
};
use crate::commands;
use crate::model::{FieldFile, Record};
use crate::policy::{self, Act};
use crate::queries::{self, Filter, ObservationFilter};
use ::store::Tx;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req};

/// Records that the key's owner may see, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/fieldwork/records", tag = "fieldwork", operation_id = "listFieldRecords",
    params(
        ("inspection" = Option<String>, Query, description = "number of an inspection"),
        ("type" = Option<String>, Query, description = "code of a type of point"),
        ("state" = Option<String>, Query, description = "draft, handed-in, returned, accepted, rival or aside"),
        ("inspector" = Option<String>, Query, description = "id of an account; for the office"),
        ("q" = Option<String>, Query, description = "in the number or name of the point"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = FieldRecords, description = "a page of the list"),
        (status = 422, description = "a filter is none")))]
pub(super) async fn list(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Read).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let filter = Filter::read(ctx, tx, &params)?;
        queries::listed(ctx, tx, &filter, after, PAGE_SIZE)
    });
    let found = read.await.or_fail(&req)?;
    let items = found.rows.iter().map(|r| FieldRecordRow::of(r, r.is_own(&req.ctx))).collect();
    json(&req, &FieldRecords { items, next: found.next.map(|c| c.to_string()) })
}

async fn shown(req: &Req, number: String) -> Answer {
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &number)).await.or_fail(req)?;
    json(req, &FieldRecordBody::of(&full, full.record.is_own(&req.ctx)))
}

/// One record with its answers, pictures, observations and findings.
#[utoipa::path(get, path = "/api/v1/fieldwork/records/{number}", tag = "fieldwork", operation_id = "getFieldRecord",
    params(("number" = String, Path, description = "number of the record, `FR-2026-000001`")),
    responses((status = 200, body = FieldRecordBody, description = "the record"),
        (status = 404, description = "none that may be seen (yet)")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    policy::somewhere(&req.ctx, Act::Read).or_fail(&req)?;
    shown(&req, number).await
}

async fn step<F>(req: Req, number: String, given: Body, work: F) -> Answer
where
    F: FnOnce(&Ctx, &mut Tx<'_>, (&str, i64), &str) -> Result<Record> + Send + 'static,
{
    policy::require(&req.ctx, Act::Review).or_fail(&req)?;
    let asked: FieldStep = body(&req, given).await?;
    let of = number.clone();
    let write = req.write(move |ctx, tx| work(ctx, tx, (&of, asked.version), &asked.reason));
    write.await.or_fail(&req)?;
    shown(&req, number).await
}

/// It is right.
#[utoipa::path(post, path = "/api/v1/fieldwork/records/{number}/acceptance", tag = "fieldwork", operation_id = "acceptFieldRecord",
    params(("number" = String, Path, description = "number of the record")), request_body = FieldStep,
    responses((status = 200, body = FieldRecordBody, description = "the record as it is now"),
        (status = 404, description = "none that may be seen"),
        (status = 409, description = "it is not handed in, or somebody was faster")))]
pub(super) async fn accept(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    step(req, number, given, |ctx, tx, which, _| commands::accept(ctx, tx, which)).await
}

/// Sends it back to its inspector.
#[utoipa::path(post, path = "/api/v1/fieldwork/records/{number}/return", tag = "fieldwork", operation_id = "returnFieldRecord",
    params(("number" = String, Path, description = "number of the record")), request_body = FieldStep,
    responses((status = 200, body = FieldRecordBody, description = "the record as it is now"),
        (status = 404, description = "none that may be seen"),
        (status = 409, description = "it is not handed in, or somebody was faster"),
        (status = 422, description = "there is no reason, or it is too long")))]
pub(super) async fn send_back(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    step(req, number, given, commands::send_back).await
}

/// Another reading counts from now on, in place of the one that did.
#[utoipa::path(post, path = "/api/v1/fieldwork/records/{number}/choice", tag = "fieldwork", operation_id = "chooseFieldRecord",
    params(("number" = String, Path, description = "number of the record")), request_body = FieldStep,
    responses((status = 200, body = FieldRecordBody, description = "the record as it is now"),
        (status = 404, description = "none that may be seen"),
        (status = 409, description = "it is no other reading, or somebody was faster"),
        (status = 422, description = "there is no reason, or it is too long")))]
pub(super) async fn choose(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    step(req, number, given, commands::choose).await
}

/// Another reading is not used.
#[utoipa::path(post, path = "/api/v1/fieldwork/records/{number}/setting-aside", tag = "fieldwork", operation_id = "setFieldRecordAside",
    params(("number" = String, Path, description = "number of the record")), request_body = FieldStep,
    responses((status = 200, body = FieldRecordBody, description = "the record as it is now"),
        (status = 404, description = "none that may be seen"),
        (status = 409, description = "it is no other reading, or somebody was faster"),
        (status = 422, description = "there is no reason, or it is too long")))]
pub(super) async fn set_aside(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    step(req, number, given, commands::set_aside).await
}

/// Makes a case of what was not met.
#[utoipa::path(post, path = "/api/v1/fieldwork/records/{number}/cases", tag = "fieldwork", operation_id = "makeFieldCase",
    params(("number" = String, Path, description = "number of the record")), request_body = FieldCaseDraft,
    responses((status = 201, body = FieldCase, description = "the case"),
        (status = 404, description = "no such record or answer"),
        (status = 409, description = "there is a case of it already, or the record does not count")))]
pub(super) async fn make_case(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::somewhere(&req.ctx, Act::MakeCase).or_fail(&req)?;
    let asked: FieldCaseDraft = body(&req, given).await?;
    let case = crate::pages::case_of(&req, number, asked.path).await?;
    json_with(&req, StatusCode::CREATED, &FieldCase { case })
}

/// A picture of a record, without what the camera wrote into it.
#[utoipa::path(get, path = "/api/v1/fieldwork/photos/{id}/{size}", tag = "fieldwork", operation_id = "getFieldPhoto",
    params(("id" = String, Path, description = "from the record's `files`"),
        ("size" = String, Path, description = "`full` or `thumb`")),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg", description = "the picture"),
        (status = 404, description = "none that may be seen, or it is still examined")))]
pub(super) async fn picture(req: Req, of: Path<(Id<FieldFile>, String)>) -> Answer {
    crate::pages::picture(req, of).await
}

/// Observations of records that count, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/fieldwork/observations", tag = "fieldwork", operation_id = "listObservations",
    params(
        ("inspection" = Option<String>, Query, description = "number of an inspection"),
        ("standard" = Option<String>, Query, description = "code of a standard"),
        ("type" = Option<String>, Query, description = "code of a type of point"),
        ("division" = Option<String>, Query, description = "code of a division"),
        ("outcome" = Option<String>, Query, description = "met, part, unmet or not-counted"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = Observations, description = "a page of the list"),
        (status = 422, description = "a filter is none")))]
pub(super) async fn observations(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Read).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let filter = ObservationFilter::read(tx, &params)?;
        queries::observations(ctx, tx, &filter, after, PAGE_SIZE)
    });
    let found = read.await.or_fail(&req)?;
    let items = found.rows.iter().map(ObservationBody::of).collect();
    json(&req, &Observations { items, next: found.next.map(|c| c.to_string()) })
}

/// How far first and second visits of an inspection agree.
#[utoipa::path(get, path = "/api/v1/fieldwork/inspections/{number}/agreement", tag = "fieldwork", operation_id = "getFieldAgreement",
    params(("number" = String, Path, description = "number of the inspection")),
    responses((status = 200, body = FieldComparison, description = "per standard, and per inspector from ten pairs on"),
        (status = 404, description = "no such inspection")))]
pub(super) async fn agreement(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Compare).or_fail(&req)?;
    let found = req.read(move |ctx, tx| queries::agreement(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &FieldComparison::of(&found))
}
