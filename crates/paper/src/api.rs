//! JSON twins of the pages.

mod bodies;
mod scans;

use crate::commands::{self, NewBatch};
use crate::pages::pdf;
use crate::policy::{self, Act};
use crate::queries;
use crate::settings::{DESIGN, Design};
use axum::body::Body;
use axum::http::StatusCode;
use bodies::{
    AssignDraft, BatchDraft, BatchesBody, DesignBody, FormBatch, FormReceipt, FormSheet, PaperReason,
    ScanBody, ScansBody, TranscriptDraft, VoidDraft, Voided, WholeBatch, receipt,
};
use cases::desk::Desk;
use kernel::ctx::Locale;
use utoipa::OpenApi;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Access, Answer, Path, Req, Routes};

pub(crate) fn routes() -> Routes {
    let (print, bring) = (Access::Action("paper-print"), Access::Action("paper-bring"));
    let (see, repair) = (Access::Action("paper-see"), Access::Action("paper-repair"));
    let words = Access::Action("paper-type");
    Routes::new()
        .get("/api/v1/paper/batches", print, batches)
        .post("/api/v1/paper/batches", print, create)
        .get("/api/v1/paper/batches/{number}", print, batch)
        .post("/api/v1/paper/batches/{number}/pdf", print, printed)
        .post("/api/v1/paper/batches/{number}/void", print, void)
        .get("/api/v1/paper/design", Access::Action("paper-edit"), design)
        .put("/api/v1/paper/design", Access::Action("paper-edit"), set_design)
        .get("/api/v1/paper/scans", bring, scans::list)
        .post("/api/v1/paper/scans", bring, scans::create)
        .get("/api/v1/paper/scans/{number}", see, scans::one)
        .get("/api/v1/paper/scans/{number}/picture", see, scans::picture)
        .post("/api/v1/paper/scans/{number}/assignment", repair, scans::assign)
        .post("/api/v1/paper/scans/{number}/turn", repair, scans::turn)
        .post("/api/v1/paper/scans/{number}/reading", repair, scans::read_again)
        .post("/api/v1/paper/scans/{number}/refusal", repair, scans::refuse)
        .post("/api/v1/paper/scans/{number}/transcript", words, scans::type_in)
        .get("/api/v1/paper/receipts/{number}", Access::Public, told)
}

/// Batches of printed forms, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/paper/batches", tag = "paper", operation_id = "listFormBatches",
    params(("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = BatchesBody, description = "a page of the list")))]
async fn batches(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Print).or_fail(&req)?;
    let after = Cursor::parse(Params::parse(&req.query).get("after")).or_fail(&req)?;
    let found = req.read(move |ctx, tx| queries::batches(ctx, tx, after, PAGE_SIZE)).await.or_fail(&req)?;
    let items = found.rows.iter().map(FormBatch::of).collect();
    json(&req, &BatchesBody { items, next: found.next.map(|c| c.to_string()) })
}

/// Registers a batch of forms; the file to print is asked for separately.
#[utoipa::path(post, path = "/api/v1/paper/batches", tag = "paper", operation_id = "printForms", request_body = BatchDraft,
    responses((status = 201, body = WholeBatch, description = "the batch with its sheets"),
        (status = 409, description = "the catalogue has no kind to offer"),
        (status = 422, description = "a value is missing or out of its bounds")))]
async fn create(req: Req, given: Body) -> Answer {
    let draft: BatchDraft = body(&req, given).await?;
    policy::require(&req.ctx, Act::Print).or_fail(&req)?;
    let other = req.app.texts().get(Locale::ZhCn, "printed-other", &[]);
    let new = NewBatch { place: draft.place, amount: draft.amount, other };
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let write = req.write(move |ctx, tx| {
        let batch = commands::print(ctx, tx, &desk.catalogue, &new)?;
        queries::batch(ctx, tx, &batch.number)
    });
    let whole = write.await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &WholeBatch::of(&whole))
}

/// One batch with its sheets.
#[utoipa::path(get, path = "/api/v1/paper/batches/{number}", tag = "paper", operation_id = "getFormBatch",
    params(("number" = String, Path, description = "number of the batch, `PB-2026-0001`")),
    responses((status = 200, body = WholeBatch, description = "the batch with its sheets"),
        (status = 404, description = "no such batch")))]
async fn batch(req: Req, Path(number): Path<String>) -> Answer {
    let whole = req.read(move |ctx, tx| queries::batch(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &WholeBatch::of(&whole))
}

/// The forms of a batch that are still out, as a PDF. Fetching it is recorded, which is why it is no GET.
#[utoipa::path(post, path = "/api/v1/paper/batches/{number}/pdf", tag = "paper", operation_id = "fetchForms",
    params(("number" = String, Path, description = "number of the batch")),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf", description = "one form to a page of A4"),
        (status = 404, description = "no such batch"),
        (status = 409, description = "none of its forms is out any more")))]
async fn printed(req: Req, Path(number): Path<String>) -> Answer {
    let (batch, bytes) = pdf::made(&req, number).await?;
    Ok(pdf::answer(&batch, bytes))
}

/// Makes a sheet void, or every sheet of a batch that is still out.
#[utoipa::path(post, path = "/api/v1/paper/batches/{number}/void", tag = "paper", operation_id = "voidForms",
    params(("number" = String, Path, description = "number of the batch")), request_body = VoidDraft,
    responses((status = 200, body = Voided, description = "how many became void"),
        (status = 404, description = "no such batch, or no such sheet in it"),
        (status = 409, description = "none of them is still out"),
        (status = 422, description = "there is no reason, or it is too long")))]
async fn void(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: VoidDraft = body(&req, given).await?;
    let write =
        req.write(move |ctx, tx| commands::void(ctx, tx, &number, draft.sheet.as_deref(), &draft.reason));
    let count = write.await.or_fail(&req)?;
    json(&req, &Voided { count })
}

/// What is printed on forms from now on.
#[utoipa::path(get, path = "/api/v1/paper/design", tag = "paper", operation_id = "getFormDesign",
    responses((status = 200, body = DesignBody, description = "kinds, places to hand it in, number to call")))]
async fn design(req: Req) -> Answer {
    let read = req.read(|ctx, tx| {
        policy::require(ctx, Act::Edit)?;
        DESIGN.get(tx)
    });
    let found = read.await.or_fail(&req)?;
    json(&req, &DesignBody::of(found))
}

/// Chooses what is printed on forms from now on, all at once.
#[utoipa::path(put, path = "/api/v1/paper/design", tag = "paper", operation_id = "setFormDesign", request_body = DesignBody,
    responses((status = 200, body = DesignBody, description = "what is printed now"),
        (status = 422, description = "a kind that citizens may not report, too many kinds, or a text that is too long")))]
async fn set_design(req: Req, given: Body) -> Answer {
    let given: DesignBody = body(&req, given).await?;
    let design: Design = given.design();
    let (desk, wanted) = (Desk::of(&req.city).await.or_fail(&req)?, design.clone());
    let write = req.write(move |ctx, tx| commands::save_design(ctx, tx, &desk.catalogue, &wanted));
    write.await.or_fail(&req)?;
    json(&req, &DesignBody::of(design))
}

/// What somebody with a counterfoil is told: no more than everybody may know.
#[utoipa::path(get, path = "/api/v1/paper/receipts/{number}", tag = "paper", operation_id = "getFormReceipt",
    params(("number" = String, Path, description = "number of the form, `PF-2026-000001`")),
    responses((status = 200, body = FormReceipt, description = "how far it has come"),
        (status = 404, description = "no such form")))]
async fn told(req: Req, Path(number): Path<String>) -> Answer {
    let found = req.read(move |_, tx| queries::receipt(tx, &number)).await.or_fail(&req)?;
    json(&req, &receipt(found))
}

#[derive(OpenApi)]
#[openapi(
    paths(
        batches, create, batch, printed, void, design, set_design, told, scans::list, scans::create, scans::one,
        scans::picture, scans::assign, scans::turn, scans::read_again, scans::refuse, scans::type_in
    ),
    components(schemas(
        FormBatch, BatchesBody, BatchDraft, FormSheet, WholeBatch, VoidDraft, Voided, DesignBody, ScanBody,
        bodies::BoxBody, ScansBody, AssignDraft, PaperReason, TranscriptDraft, FormReceipt
    )),
    tags((name = "paper", description = "Printed forms for people without a telephone: batches, pictures of forms \
        that came back, and what is typed from them."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
