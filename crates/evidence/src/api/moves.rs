//! What is done to an item from hand to hand.

use super::bodies::{EvidenceGradeDraft, EvidenceMove, EvidenceReason, EvidenceWhole};
use super::items::done;
use crate::commands;
use crate::model::Use;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::id::Id;
use web::api::body;
use web::{Answer, Path, Req};

/// Hands an item in. The checks stand at the fields that they are about.
#[utoipa::path(post, path = "/api/v1/evidence/items/{number}/submission", tag = "evidence", operation_id = "submitEvidence",
    request_body = EvidenceMove, params(("number" = String, Path, description = "number of the item")),
    responses((status = 200, body = EvidenceWhole, description = "it waits for the first review"),
        (status = 404, description = "no such item"),
        (status = 409, description = "none of its periods takes anything in today, it is not the time, or somebody was faster"),
        (status = 422, description = "what the checks forbid")))]
pub(super) async fn submit(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let of: EvidenceMove = body(&req, given).await?;
    done(&req, StatusCode::OK, move |ctx, tx| commands::submit(ctx, tx, (&number, of.version))).await
}

/// Gives an item up that is not handed in.
#[utoipa::path(post, path = "/api/v1/evidence/items/{number}/withdrawal", tag = "evidence", operation_id = "withdrawEvidence",
    request_body = EvidenceReason, params(("number" = String, Path, description = "number of the item")),
    responses((status = 200, body = EvidenceWhole, description = "withdrawn"),
        (status = 404, description = "no such item"),
        (status = 409, description = "it is handed in, or somebody was faster"),
        (status = 422, description = "there is no reason, or it is too long")))]
pub(super) async fn withdraw(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let of: EvidenceReason = body(&req, given).await?;
    done(&req, StatusCode::OK, move |ctx, tx| commands::withdraw(ctx, tx, (&number, of.version), &of.reason))
        .await
}

/// Lets an item pass the review that it waits for. Nobody reviews what they made, and two reviews are by two people.
#[utoipa::path(post, path = "/api/v1/evidence/items/{number}/pass", tag = "evidence", operation_id = "passEvidence",
    request_body = EvidenceMove, params(("number" = String, Path, description = "number of the item")),
    responses((status = 200, body = EvidenceWhole, description = "one state further"),
        (status = 404, description = "no such item"),
        (status = 409, description = "one's own item, reviewed by the same person before, not the time, or somebody was faster")))]
pub(super) async fn pass(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let of: EvidenceMove = body(&req, given).await?;
    done(&req, StatusCode::OK, move |ctx, tx| commands::pass(ctx, tx, (&number, of.version))).await
}

/// Sends an item back to its unit.
#[utoipa::path(post, path = "/api/v1/evidence/items/{number}/return", tag = "evidence", operation_id = "returnEvidence",
    request_body = EvidenceReason, params(("number" = String, Path, description = "number of the item")),
    responses((status = 200, body = EvidenceWhole, description = "returned"),
        (status = 404, description = "no such item"),
        (status = 409, description = "one's own item, not the time, or somebody was faster"),
        (status = 422, description = "there is no reason, or it is too long")))]
pub(super) async fn send_back(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let of: EvidenceReason = body(&req, given).await?;
    done(&req, StatusCode::OK, move |ctx, tx| commands::send_back(ctx, tx, (&number, of.version), &of.reason))
        .await
}

/// Puts an item into the volume; it never changes any more.
#[utoipa::path(post, path = "/api/v1/evidence/items/{number}/filing", tag = "evidence", operation_id = "fileEvidence",
    request_body = EvidenceMove, params(("number" = String, Path, description = "number of the item")),
    responses((status = 200, body = EvidenceWhole, description = "filed"),
        (status = 404, description = "no such item"),
        (status = 409, description = "one's own item, not the time, or somebody was faster")))]
pub(super) async fn file(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let of: EvidenceMove = body(&req, given).await?;
    done(&req, StatusCode::OK, move |ctx, tx| commands::file(ctx, tx, (&number, of.version))).await
}

/// Grades an item for a standard.
#[utoipa::path(put, path = "/api/v1/evidence/items/{number}/uses/{id}/grade", tag = "evidence", operation_id = "gradeEvidence",
    params(("number" = String, Path, description = "number of the item"), ("id" = String, Path, description = "`id` of the use")),
    request_body = EvidenceGradeDraft,
    responses((status = 200, body = EvidenceWhole, description = "as it is now"),
        (status = 404, description = "no such item or use"),
        (status = 409, description = "one's own item, not the time, or somebody was faster"),
        (status = 422, description = "not from 0 to 10,000")))]
pub(super) async fn grade(req: Req, Path((number, id)): Path<(String, Id<Use>)>, given: Body) -> Answer {
    let of: EvidenceGradeDraft = body(&req, given).await?;
    done(&req, StatusCode::OK, move |ctx, tx| commands::grade(ctx, tx, (&number, of.version), id, of.grade))
        .await
}
