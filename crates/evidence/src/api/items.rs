//! Items: begun, filled, looked at.

use super::bodies::{
    EvidenceCaptionDraft, EvidenceItem, EvidenceItemDraft, EvidenceItemEdit, EvidenceItems, EvidenceUseDraft,
    EvidenceWhole,
};
use super::periods::day;
use crate::commands::{self, ItemDraft};
use crate::model::{Item, ItemFile, Kind, Use};
use crate::pages::pictures;
use crate::policy::{self, Act};
use crate::queries::{self, Filter};
use ::store::Tx;
use ::store::files::Files;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::form::FILE_LIMIT;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req};

/// What somebody did to an item, and the item as it is now.
pub(super) async fn done(
    req: &Req,
    status: StatusCode,
    deed: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<Item> + Send + 'static,
) -> Answer {
    let write = req.write(move |ctx, tx| {
        let item = deed(ctx, tx)?;
        queries::whole(ctx, tx, &item.number)
    });
    json_with(req, status, &EvidenceWhole::of(&write.await.or_fail(req)?))
}

/// Items, newest first, fifty at a time: those that the key's owner may see.
#[utoipa::path(get, path = "/api/v1/evidence/items", tag = "evidence", operation_id = "listEvidence",
    params(
        ("state" = Option<String>, Query, description = "`draft`, `first`, `second`, `final`, `filed`, `returned`, `withdrawn`"),
        ("evidence_kind" = Option<String>, Query, description = "`rule`, `statement`, `picture`, `table`"),
        ("period" = Option<String>, Query, description = "number of a period"),
        ("code" = Option<String>, Query, description = "code of a standard"),
        ("unit" = Option<String>, Query, description = "code of a unit"),
        ("q" = Option<String>, Query, description = "words of title and statement"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = EvidenceItems, description = "a page of the list")))]
pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| queries::items(ctx, tx, &filter, after, PAGE_SIZE));
    let found = read.await.or_fail(&req)?;
    let items = found.rows.iter().map(EvidenceItem::of).collect();
    json(&req, &EvidenceItems { items, next: found.next.map(|c| c.to_string()) })
}

/// What waits for the review of the key's owner, the longest first.
#[utoipa::path(get, path = "/api/v1/evidence/desk", tag = "evidence", operation_id = "listEvidenceWaiting",
    responses((status = 200, body = EvidenceItems, description = "all of it")))]
pub(super) async fn waiting(req: Req) -> Answer {
    let found = req.read(queries::waiting).await.or_fail(&req)?;
    json(&req, &EvidenceItems { items: found.iter().map(EvidenceItem::of).collect(), next: None })
}

/// Begins an item: of a unit, or for a request.
#[utoipa::path(post, path = "/api/v1/evidence/items", tag = "evidence", operation_id = "makeEvidence", request_body = EvidenceItemDraft,
    responses((status = 201, body = EvidenceWhole, description = "a draft"),
        (status = 409, description = "the request is over"),
        (status = 422, description = "a value is missing or wrong")))]
pub(super) async fn create(req: Req, given: Body) -> Answer {
    let draft: EvidenceItemDraft = body(&req, given).await?;
    policy::require(&req.ctx, Act::HandIn).or_fail(&req)?;
    let kind = match draft.kind.as_str() {
        "" => Ok(None),
        text => Kind::parse(text).map(Some).ok_or_else(|| Problem::field("evidence_kind", "not-a-choice")),
    };
    let dated = draft.dated.as_deref().map(|text| day("dated", text)).transpose();
    let draft = ItemDraft {
        unit: draft.unit,
        kind: kind.or_fail(&req)?,
        title: draft.title,
        statement: draft.statement,
        dated: dated.or_fail(&req)?,
        request: draft.request,
        uses: draft.uses.into_iter().map(|of| (of.period, of.code)).collect(),
    };
    done(&req, StatusCode::CREATED, move |ctx, tx| commands::make(ctx, tx, draft)).await
}

/// One item, with what the checks say of it.
#[utoipa::path(get, path = "/api/v1/evidence/items/{number}", tag = "evidence", operation_id = "getEvidence",
    params(("number" = String, Path, description = "number of the item, `EV-2026-000001`")),
    responses((status = 200, body = EvidenceWhole, description = "the item"),
        (status = 404, description = "no such item")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let whole = req.read(move |ctx, tx| queries::whole(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &EvidenceWhole::of(&whole))
}

/// Changes title, statement and day of what is not handed in.
#[utoipa::path(put, path = "/api/v1/evidence/items/{number}", tag = "evidence", operation_id = "editEvidence", request_body = EvidenceItemEdit,
    params(("number" = String, Path, description = "number of the item")),
    responses((status = 200, body = EvidenceWhole, description = "as it is now"),
        (status = 404, description = "no such item"),
        (status = 409, description = "it is handed in, or somebody was faster"),
        (status = 422, description = "a value is missing or wrong")))]
pub(super) async fn change(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: EvidenceItemEdit = body(&req, given).await?;
    let dated = draft.dated.as_deref().map(|text| day("dated", text)).transpose().or_fail(&req)?;
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>| {
        commands::edit(ctx, tx, (&number, draft.version), (&draft.title, &draft.statement, dated))
    };
    done(&req, StatusCode::OK, deed).await
}

/// Adds a file. The body is the file itself, at most 20 MB: a picture, PDF, DOCX or XLSX. What it is, is told by its bytes.
#[utoipa::path(post, path = "/api/v1/evidence/items/{number}/files", tag = "evidence", operation_id = "attachEvidence",
    params(
        ("number" = String, Path, description = "number of the item"),
        ("name" = Option<String>, Query, description = "what the file is called"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "the file"),
    responses((status = 202, body = EvidenceWhole, description = "taken in; it is looked at in a moment"),
        (status = 404, description = "no such item"),
        (status = 409, description = "the item is handed in"),
        (status = 422, description = "too many files")))]
pub(super) async fn attach(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::HandIn).or_fail(&req)?;
    let name = Params::parse(&req.query).get("name").to_owned();
    let too_large = |_| Problem::new(413, "too-large").arg("limit", format!("{} MB", FILE_LIMIT >> 20));
    let bytes = axum::body::to_bytes(given, FILE_LIMIT).await.map_err(too_large).or_fail(&req)?;
    let files = Files::of(req.db());
    let receive = move || files.receive_now(&bytes[..], FILE_LIMIT as u64);
    let received = tokio::task::spawn_blocking(receive).await.map_err(Problem::internal);
    let received = vec![(received.and_then(|done| done).or_fail(&req)?, name)];
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>| commands::attach(ctx, tx, &number, &received);
    done(&req, StatusCode::ACCEPTED, deed).await
}

/// Writes a picture's caption.
#[utoipa::path(put, path = "/api/v1/evidence/items/{number}/files/{id}/caption", tag = "evidence", operation_id = "captionEvidence",
    params(("number" = String, Path, description = "number of the item"), ("id" = String, Path, description = "`id` of the file")),
    request_body = EvidenceCaptionDraft,
    responses((status = 200, body = EvidenceWhole, description = "as it is now"),
        (status = 404, description = "no such item or file"),
        (status = 409, description = "the item is handed in, or somebody was faster"),
        (status = 422, description = "an element is too long")))]
pub(super) async fn caption(
    req: Req,
    Path((number, id)): Path<(String, Id<ItemFile>)>,
    given: Body,
) -> Answer {
    let draft: EvidenceCaptionDraft = body(&req, given).await?;
    let (version, caption) = (draft.version, draft.caption.caption());
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>| commands::caption(ctx, tx, (&number, version), id, &caption);
    done(&req, StatusCode::OK, deed).await
}

/// The item as it is now: deletions name no version.
fn version(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<i64> {
    commands::load_item(ctx, tx, Act::HandIn, number).map(|(item, _)| item.version)
}

/// Takes a file out of an item that is not handed in.
#[utoipa::path(delete, path = "/api/v1/evidence/items/{number}/files/{id}", tag = "evidence", operation_id = "detachEvidence",
    params(("number" = String, Path, description = "number of the item"), ("id" = String, Path, description = "`id` of the file")),
    responses((status = 200, body = EvidenceWhole, description = "as it is now"),
        (status = 404, description = "no such item or file"),
        (status = 409, description = "the item is handed in")))]
pub(super) async fn detach(req: Req, Path((number, id)): Path<(String, Id<ItemFile>)>) -> Answer {
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>| {
        let version = version(ctx, tx, &number)?;
        commands::detach(ctx, tx, (&number, version), id)
    };
    done(&req, StatusCode::OK, deed).await
}

/// A file as it came. That it was fetched is recorded, which is why this is no GET.
#[utoipa::path(post, path = "/api/v1/evidence/items/{number}/files/{id}/original", tag = "evidence", operation_id = "fetchEvidence",
    params(("number" = String, Path, description = "number of the item"), ("id" = String, Path, description = "`id` of the file")),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream", description = "its bytes"),
        (status = 404, description = "no such item or file, or it is not ready")))]
pub(super) async fn original(req: Req, Path((number, id)): Path<(String, Id<ItemFile>)>) -> Answer {
    pictures::fetched(&req, number, id).await
}

/// Uses an item for one more standard, also one that is filed: nothing in it changes.
#[utoipa::path(post, path = "/api/v1/evidence/items/{number}/uses", tag = "evidence", operation_id = "useEvidence", request_body = EvidenceUseDraft,
    params(("number" = String, Path, description = "number of the item")),
    responses((status = 200, body = EvidenceWhole, description = "as it is now"),
        (status = 404, description = "no such item"),
        (status = 409, description = "it was withdrawn"),
        (status = 422, description = "no such period or standard, or the item's day lies outside of the window")))]
pub(super) async fn add_use(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: EvidenceUseDraft = body(&req, given).await?;
    let deed =
        move |ctx: &Ctx, tx: &mut Tx<'_>| commands::add_use(ctx, tx, &number, &draft.period, &draft.code);
    done(&req, StatusCode::OK, deed).await
}

/// Says that an item that is not handed in does not serve a standard.
#[utoipa::path(delete, path = "/api/v1/evidence/items/{number}/uses/{id}", tag = "evidence", operation_id = "stopUsingEvidence",
    params(("number" = String, Path, description = "number of the item"), ("id" = String, Path, description = "`id` of the use")),
    responses((status = 200, body = EvidenceWhole, description = "as it is now"),
        (status = 404, description = "no such item or use"),
        (status = 409, description = "the item is handed in")))]
pub(super) async fn remove_use(req: Req, Path((number, id)): Path<(String, Id<Use>)>) -> Answer {
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>| {
        let version = version(ctx, tx, &number)?;
        commands::remove_use(ctx, tx, (&number, version), id)
    };
    done(&req, StatusCode::OK, deed).await
}
