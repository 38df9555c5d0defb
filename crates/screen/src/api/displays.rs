//! Displays for programs.

use super::answers::{
    DisplayAddress, DisplayArrangement, DisplayBody, DisplayDraft, DisplayList, DisplayRegistration,
    DisplaySeen,
};
use crate::commands;
use crate::model::Display;
use crate::policy::{self, Act};
use crate::queries;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// All displays, also those that have ended.
#[utoipa::path(get, path = "/api/v1/admin/screens", tag = "screens", operation_id = "listDisplays",
    responses((status = 200, body = DisplayList, description = "the displays, the newest first")))]
pub(crate) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let lines = req.read(|_, tx| queries::displays(tx)).await.or_fail(&req)?;
    let item = |line: queries::DisplayLine| {
        let standing = line.standing(req.ctx.now);
        DisplayBody::of_line(&index, line, standing)
    };
    json(&req, &DisplayList { items: lines.into_iter().map(item).collect() })
}

fn address(req: &Req, display: Display, word: &str) -> DisplayAddress {
    let address = format!("{}/screen/d/{word}", req.ui().base_url());
    DisplayAddress { number: display.number, address, version: display.version }
}

/// Registers a display. The answer holds its address, which is told this once.
#[utoipa::path(post, path = "/api/v1/admin/screens", tag = "screens", operation_id = "createDisplay", request_body = DisplayDraft,
    responses((status = 201, body = DisplayAddress, description = "its number and its address"),
        (status = 409, description = "the city has as many as it may"),
        (status = 422, description = "what is wrong with which field")))]
pub(crate) async fn create(req: Req, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let draft: DisplayDraft = body(&req, sent).await?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let typed = draft.typed();
    let work = req.write(move |ctx, tx| {
        let (at, shows) = typed.whole(ctx, &index)?;
        commands::add(ctx, tx, at, shows)
    });
    let (display, word) = work.await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &address(&req, display, &word))
}

/// One display.
#[utoipa::path(get, path = "/api/v1/admin/screens/{number}", tag = "screens", operation_id = "getDisplay",
    params(("number" = String, Path, description = "number of the display, `SD-0001`")),
    responses((status = 200, body = DisplayBody, description = "the display as it is now"),
        (status = 404, description = "there is none of this number")))]
pub(crate) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    show(&req, number).await
}

async fn show(req: &Req, number: String) -> Answer {
    let index = places::kept::index(&req.city).await.or_fail(req)?;
    let read = req.read(move |_, tx| {
        let display = queries::display(tx, &number)?;
        let seen = queries::seen_at(tx, display.id)?;
        Ok((display, seen))
    });
    let (display, seen) = read.await.or_fail(req)?;
    json(req, &DisplayBody::of(&index, display, seen, req.ctx.now))
}

/// Changes where a display hangs, what it is called and until when.
#[utoipa::path(put, path = "/api/v1/admin/screens/{number}", tag = "screens", operation_id = "changeDisplay",
    params(("number" = String, Path, description = "number of the display, `SD-0001`")),
    request_body = DisplayRegistration,
    responses((status = 200, body = DisplayBody, description = "the display as it is now"),
        (status = 409, description = "it was revoked, or somebody has changed it meanwhile")))]
pub(crate) async fn change(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let draft: DisplayRegistration = body(&req, sent).await?;
    let (version, of) = (draft.version, number.clone());
    let typed = draft.typed();
    let work = req.write(move |ctx, tx| {
        let at = typed.registration(ctx)?;
        commands::change(ctx, tx, (&of, version), at)
    });
    work.await.or_fail(&req)?;
    show(&req, number).await
}

/// Says what a display shows.
#[utoipa::path(put, path = "/api/v1/admin/screens/{number}/arrangement", tag = "screens", operation_id = "arrangeDisplay",
    params(("number" = String, Path, description = "number of the display, `SD-0001`")),
    request_body = DisplayArrangement,
    responses((status = 200, body = DisplayBody, description = "the display as it is now"),
        (status = 409, description = "it was revoked, or somebody has changed it meanwhile")))]
pub(crate) async fn arrange(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Arrange).or_fail(&req)?;
    let draft: DisplayArrangement = body(&req, sent).await?;
    let version = draft.version.ok_or_else(|| Problem::field("version", "required")).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let (typed, of) = (draft.typed(), number.clone());
    let work = req.write(move |ctx, tx| {
        let shows = typed.arrangement(&index)?;
        commands::arrange(ctx, tx, (&of, version), shows)
    });
    work.await.or_fail(&req)?;
    show(&req, number).await
}

/// Gives a display another address; the one before ends at once.
#[utoipa::path(post, path = "/api/v1/admin/screens/{number}/address", tag = "screens", operation_id = "renewDisplayAddress",
    params(("number" = String, Path, description = "number of the display, `SD-0001`")),
    request_body = DisplaySeen,
    responses((status = 200, body = DisplayAddress, description = "the new address"),
        (status = 409, description = "it was revoked, or somebody has changed it meanwhile")))]
pub(crate) async fn renew(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let seen: DisplaySeen = body(&req, sent).await?;
    let work = req.write(move |ctx, tx| commands::renew(ctx, tx, (&number, seen.version)));
    let (display, word) = work.await.or_fail(&req)?;
    json(&req, &address(&req, display, &word))
}

/// Revokes a display for good.
#[utoipa::path(post, path = "/api/v1/admin/screens/{number}/revocation", tag = "screens", operation_id = "revokeDisplay",
    params(("number" = String, Path, description = "number of the display, `SD-0001`")),
    request_body = DisplaySeen,
    responses((status = 200, body = DisplayBody, description = "the display as it is now"),
        (status = 409, description = "it was revoked before, or somebody has changed it meanwhile")))]
pub(crate) async fn revoke(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let (seen, of): (DisplaySeen, String) = (body(&req, sent).await?, number.clone());
    req.write(move |ctx, tx| commands::revoke(ctx, tx, (&of, seen.version))).await.or_fail(&req)?;
    show(&req, number).await
}
