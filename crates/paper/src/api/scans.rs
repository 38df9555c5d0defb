//! Pictures of forms by API: brought, looked at, repaired, typed.

use super::bodies::{AssignDraft, PaperReason, ScanBody, ScansBody, TranscriptDraft};
use crate::commands::{self, Assign, is_picture};
use crate::model::Door;
use crate::pages::pictures;
use crate::policy::{self, Act};
use crate::queries::{self, Filter};
use crate::show::item;
use ::store::Tx;
use ::store::files::Files;
use axum::body::Body;
use axum::http::StatusCode;
use cases::commands::Transcript;
use cases::desk::Desk;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::form::FILE_LIMIT;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req};

/// Pictures of forms, newest first, fifty at a time: all, or those that the key's owner brought where they may not see all.
#[utoipa::path(get, path = "/api/v1/paper/scans", tag = "paper", operation_id = "listFormScans",
    params(
        ("state" = Option<String>, Query, description = "`waiting`, `repair`, `desk`, `done`, `refused`"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = ScansBody, description = "a page of the list")))]
pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| queries::scans(ctx, tx, filter, after, PAGE_SIZE));
    let found = read.await.or_fail(&req)?;
    let items = found.rows.iter().map(ScanBody::of).collect();
    json(&req, &ScansBody { items, next: found.next.map(|c| c.to_string()) })
}

/// Brings the picture of one form. The body is the JPEG or PNG itself, at most 20 MB. The same bytes sent twice are one scan,
/// so that a program may try again.
#[utoipa::path(post, path = "/api/v1/paper/scans", tag = "paper", operation_id = "bringForm",
    request_body(content = Vec<u8>, content_type = "image/jpeg", description = "a JPEG or PNG of one form"),
    responses((status = 202, body = ScanBody, description = "taken in; it is read in a moment"),
        (status = 200, body = ScanBody, description = "the same bytes had been brought before"),
        (status = 422, description = "no JPEG or PNG")))]
pub(super) async fn create(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Bring).or_fail(&req)?;
    let too_large = |_| Problem::new(413, "too-large").arg("limit", format!("{} MB", FILE_LIMIT >> 20));
    let bytes = axum::body::to_bytes(given, FILE_LIMIT).await.map_err(too_large).or_fail(&req)?;
    if !is_picture(&bytes) {
        return Err(Problem::field("body", "not-as-described")).or_fail(&req);
    }
    let files = Files::of(req.db());
    let receive = move || files.receive_now(&bytes[..], FILE_LIMIT as u64);
    let received = tokio::task::spawn_blocking(receive).await.map_err(Problem::internal);
    let received = received.and_then(|done| done).or_fail(&req)?;
    let write = req.write(move |ctx, tx| commands::bring(ctx, tx, Door::Program, &received, ""));
    let brought = write.await.or_fail(&req)?;
    let status = if brought.fresh { StatusCode::ACCEPTED } else { StatusCode::OK };
    let line = queries::ScanLine { scan: brought.scan, sheet: String::new(), case: String::new() };
    json_with(&req, status, &ScanBody::of(&line))
}

/// One picture of a form: what was read.
#[utoipa::path(get, path = "/api/v1/paper/scans/{number}", tag = "paper", operation_id = "getFormScan",
    params(("number" = String, Path, description = "number of the scan, `PS-2026-000001`")),
    responses((status = 200, body = ScanBody, description = "what became of it"),
        (status = 404, description = "no such scan")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let line = req.read(move |ctx, tx| queries::scan(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &ScanBody::of(&line))
}

/// The picture itself.
#[utoipa::path(get, path = "/api/v1/paper/scans/{number}/picture", tag = "paper", operation_id = "getFormPicture",
    params(("number" = String, Path, description = "number of the scan")),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg", description = "upright as far as somebody turned it"),
        (status = 404, description = "no such scan, or it is no picture"),
        (status = 410, description = "its time was over, and it was erased")))]
pub(super) async fn picture(req: Req, path: Path<String>) -> Answer {
    pictures::whole(req, path).await
}

/// What a person did to a scan, and the scan as it is now.
async fn done(
    req: &Req,
    number: String,
    deed: impl FnOnce(&Ctx, &mut Tx<'_>, &str) -> Result<()> + Send + 'static,
) -> Answer {
    let write = req.write(move |ctx, tx| {
        deed(ctx, tx, &number)?;
        queries::scan(ctx, tx, &number)
    });
    let line = write.await.or_fail(req)?;
    json(req, &ScanBody::of(&line))
}

/// Makes the case of a form that the program could not read.
#[utoipa::path(post, path = "/api/v1/paper/scans/{number}/assignment", tag = "paper", operation_id = "assignForm",
    params(("number" = String, Path, description = "number of the scan")), request_body = AssignDraft,
    responses((status = 200, body = ScanBody, description = "it waits for its words now"),
        (status = 409, description = "it does not wait for a person, or somebody was faster"),
        (status = 422, description = "no such form, one that came back before or is void, or no such kind")))]
pub(super) async fn assign(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: AssignDraft = body(&req, given).await?;
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let with = Assign { sheet: draft.sheet, kind: draft.kind };
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>, number: &str| {
        commands::assign(ctx, tx, (&desk, &index), (number, draft.version), &with)
    };
    done(&req, number, deed).await
}

/// Turns the picture by a quarter to the right, for people.
#[utoipa::path(post, path = "/api/v1/paper/scans/{number}/turn", tag = "paper", operation_id = "turnForm",
    params(("number" = String, Path, description = "number of the scan")), request_body = PaperReason,
    responses((status = 200, body = ScanBody, description = "turned"),
        (status = 409, description = "it is over, or somebody was faster")))]
pub(super) async fn turn(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: PaperReason = body(&req, given).await?;
    done(&req, number, move |ctx, tx, number| commands::turn(ctx, tx, (number, draft.version))).await
}

/// Has the program read it once more.
#[utoipa::path(post, path = "/api/v1/paper/scans/{number}/reading", tag = "paper", operation_id = "readFormAgain",
    params(("number" = String, Path, description = "number of the scan")), request_body = PaperReason,
    responses((status = 200, body = ScanBody, description = "it waits to be read"),
        (status = 409, description = "it does not wait for a person, is no picture, or somebody was faster")))]
pub(super) async fn read_again(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: PaperReason = body(&req, given).await?;
    done(&req, number, move |ctx, tx, number| commands::read_again(ctx, tx, (number, draft.version))).await
}

/// Puts a scan away, with a reason.
#[utoipa::path(post, path = "/api/v1/paper/scans/{number}/refusal", tag = "paper", operation_id = "refuseForm",
    params(("number" = String, Path, description = "number of the scan")), request_body = PaperReason,
    responses((status = 200, body = ScanBody, description = "put away"),
        (status = 409, description = "it is over, or somebody was faster"),
        (status = 422, description = "there is no reason, or it is too long")))]
pub(super) async fn refuse(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: PaperReason = body(&req, given).await?;
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>, number: &str| {
        commands::refuse(ctx, tx, (number, draft.version), &draft.reason)
    };
    done(&req, number, deed).await
}

/// Puts the words that are written by hand into the form's case.
#[utoipa::path(post, path = "/api/v1/paper/scans/{number}/transcript", tag = "paper", operation_id = "typeForm",
    params(("number" = String, Path, description = "number of the scan")), request_body = TranscriptDraft,
    responses((status = 200, body = ScanBody, description = "its words are in its case"),
        (status = 409, description = "it does not wait for its words, its case is over, or somebody was faster"),
        (status = 422, description = "a value is missing or wrong")))]
pub(super) async fn type_in(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: TranscriptDraft = body(&req, given).await?;
    policy::require(&req.ctx, Act::Type).or_fail(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let kind = match draft.kind.as_str() {
        "" => None,
        code => {
            let found = item(&desk.catalogue, code).ok_or_else(|| Problem::field("kind", "not-a-choice"));
            Some(found.or_fail(&req)?)
        }
    };
    let words = Transcript {
        description: draft.description,
        address: draft.address,
        item: kind,
        name: draft.reporter,
        phone: draft.phone,
        wants_answer: draft.wants_answer,
    };
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>, number: &str| {
        commands::type_in(ctx, tx, &desk, (number, draft.version), &words).map(drop)
    };
    done(&req, number, deed).await
}
