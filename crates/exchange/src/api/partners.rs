//! Partners for programs.

use super::bodies::{
    ForecastBody, KeyBody, PartnerBody, PartnerDraft, PartnerList, RulesBody, SeenBody, TrialBody, ValueBody,
    ValueDraft, ValueList,
};
use crate::commands;
use crate::model::{Partner, ValueKind};
use crate::pages::{tried, unreachable_partner};
use crate::policy::{self, Act};
use crate::{forms, guard, queries, seal};
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use cases::desk::Desk;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// All partners and how they do.
#[utoipa::path(get, path = "/api/v1/exchange/partners", tag = "exchange", operation_id = "listPartners",
    responses((status = 200, body = PartnerList, description = "the partners that were not removed")))]
pub(crate) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let lines = req.read(|_, tx| queries::partners(tx)).await.or_fail(&req)?;
    json(&req, &PartnerList { items: lines.into_iter().map(PartnerBody::of).collect() })
}

fn key_of(req: &Req, partner: Partner) -> KeyBody {
    let key = seal::key_for_them(req.db().secrets(), &partner);
    KeyBody { key, number: partner.number, version: partner.version }
}

/// Sets a partner up. The answer holds the key with which it pushes, told this once.
#[utoipa::path(post, path = "/api/v1/exchange/partners", tag = "exchange", operation_id = "createPartner",
    request_body = PartnerDraft,
    responses((status = 201, body = KeyBody, description = "its number and its key"),
        (status = 409, description = "there are as many as there may be"),
        (status = 422, description = "an address that may not be reached, or no direction")))]
pub(crate) async fn create(req: Req, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let draft: PartnerDraft = body(&req, sent).await?;
    let open = guard::networks(&req.city);
    let work = req.write(move |ctx, tx| {
        let draft = draft.typed().read(&open)?;
        commands::add(ctx, tx, draft)
    });
    let partner = work.await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &key_of(&req, partner))
}

async fn show(req: &Req, number: String) -> Answer {
    let line = req.read(move |_, tx| queries::partner(tx, &number)).await.or_fail(req)?;
    json(req, &PartnerBody::of(line))
}

/// One partner.
#[utoipa::path(get, path = "/api/v1/exchange/partners/{number}", tag = "exchange", operation_id = "getPartner",
    params(("number" = String, Path, description = "`XP-0001`")),
    responses((status = 200, body = PartnerBody, description = "the partner as it is now"),
        (status = 404, description = "there is none, or it was removed")))]
pub(crate) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    show(&req, number).await
}

/// Changes how a partner is reached. Another address without its credential forgets the one before.
#[utoipa::path(put, path = "/api/v1/exchange/partners/{number}", tag = "exchange", operation_id = "changePartner",
    params(("number" = String, Path, description = "`XP-0001`")), request_body = PartnerDraft,
    responses((status = 200, body = PartnerBody, description = "the partner as it is now"),
        (status = 404, description = "there is none"),
        (status = 409, description = "somebody has changed it meanwhile"),
        (status = 422, description = "an address that may not be reached, or another carrier")))]
pub(crate) async fn change(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let draft: PartnerDraft = body(&req, sent).await?;
    let version = draft.version.ok_or_else(|| Problem::field("version", "required")).or_fail(&req)?;
    let (open, of) = (guard::networks(&req.city), number.clone());
    let work = req.write(move |ctx, tx| {
        let draft = draft.typed().read(&open)?;
        commands::change(ctx, tx, (&of, version), draft)
    });
    work.await.or_fail(&req)?;
    show(&req, number).await
}

/// Removes a partner for good. Its cases stay.
#[utoipa::path(delete, path = "/api/v1/exchange/partners/{number}", tag = "exchange", operation_id = "removePartner",
    params(("number" = String, Path, description = "`XP-0001`")), request_body = SeenBody,
    responses((status = 204, description = "it is removed"), (status = 404, description = "there is none"),
        (status = 409, description = "somebody has changed it meanwhile")))]
pub(crate) async fn remove(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let seen: SeenBody = body(&req, sent).await?;
    req.write(move |ctx, tx| commands::remove(ctx, tx, (&number, seen.version))).await.or_fail(&req)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Replaces the key with which it pushes; the one before does not open any more.
#[utoipa::path(post, path = "/api/v1/exchange/partners/{number}/key", tag = "exchange", operation_id = "renewPartnerKey",
    params(("number" = String, Path, description = "`XP-0001`")), request_body = SeenBody,
    responses((status = 200, body = KeyBody, description = "the new key"), (status = 404, description = "there is none"),
        (status = 409, description = "somebody has changed it meanwhile")))]
pub(crate) async fn renew(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let seen: SeenBody = body(&req, sent).await?;
    let work = req.write(move |ctx, tx| commands::renew_key(ctx, tx, (&number, seen.version)));
    let partner = work.await.or_fail(&req)?;
    json(&req, &key_of(&req, partner))
}

/// Fetches, carries out and sends nothing for a while; nothing is lost.
#[utoipa::path(post, path = "/api/v1/exchange/partners/{number}/pause", tag = "exchange", operation_id = "pausePartner",
    params(("number" = String, Path, description = "`XP-0001`")), request_body = SeenBody,
    responses((status = 200, body = PartnerBody, description = "the partner as it is now"),
        (status = 404, description = "there is none"),
        (status = 409, description = "it is paused, or somebody has changed it meanwhile")))]
pub(crate) async fn pause(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let seen: SeenBody = body(&req, sent).await?;
    let of = number.clone();
    req.write(move |ctx, tx| commands::pause(ctx, tx, (&of, seen.version))).await.or_fail(&req)?;
    show(&req, number).await
}

/// Sets a paused partner going again.
#[utoipa::path(post, path = "/api/v1/exchange/partners/{number}/resumption", tag = "exchange", operation_id = "resumePartner",
    params(("number" = String, Path, description = "`XP-0001`")), request_body = SeenBody,
    responses((status = 200, body = PartnerBody, description = "the partner as it is now"),
        (status = 404, description = "there is none"),
        (status = 409, description = "it is not paused, or somebody has changed it meanwhile")))]
pub(crate) async fn resume(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let seen: SeenBody = body(&req, sent).await?;
    let of = number.clone();
    req.write(move |ctx, tx| commands::resume(ctx, tx, (&of, seen.version))).await.or_fail(&req)?;
    show(&req, number).await
}

/// Fetches at once.
#[utoipa::path(post, path = "/api/v1/exchange/partners/{number}/pull", tag = "exchange", operation_id = "pullNow",
    params(("number" = String, Path, description = "`XP-0001`")),
    responses((status = 202, description = "it will be fetched"), (status = 404, description = "there is none"),
        (status = 409, description = "it is paused")))]
pub(crate) async fn pull(req: Req, Path(number): Path<String>) -> Answer {
    req.write(move |ctx, tx| commands::pull_now(ctx, tx, &number)).await.or_fail(&req)?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// Compares with their list at once.
#[utoipa::path(post, path = "/api/v1/exchange/partners/{number}/comparison", tag = "exchange", operation_id = "compareNow",
    params(("number" = String, Path, description = "`XP-0001`")),
    responses((status = 202, description = "it will be compared"), (status = 404, description = "there is none"),
        (status = 409, description = "it is paused, or reached by a folder")))]
pub(crate) async fn compare(req: Req, Path(number): Path<String>) -> Answer {
    req.write(move |ctx, tx| commands::compare_now(ctx, tx, &number)).await.or_fail(&req)?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// What the next fetch would do, without doing it.
#[utoipa::path(post, path = "/api/v1/exchange/partners/{number}/trial", tag = "exchange", operation_id = "tryPull",
    params(("number" = String, Path, description = "`XP-0001`")),
    responses((status = 200, body = TrialBody, description = "change by change"), (status = 404, description = "there is none"),
        (status = 502, description = "the partner cannot be reached, or answers otherwise than described")))]
pub(crate) async fn trial(req: Req, Path(number): Path<String>) -> Answer {
    let (_, told) = tried(&req, number).await?;
    let (batch, told) = told.map_err(|fault| unreachable_partner(&fault)).or_fail(&req)?;
    json(&req, &TrialBody { items: told.into_iter().map(ForecastBody::of).collect(), more: batch.more })
}

/// Their words and ours.
#[utoipa::path(get, path = "/api/v1/exchange/partners/{number}/mapping", tag = "exchange", operation_id = "getMapping",
    params(("number" = String, Path, description = "`XP-0001`")),
    responses((status = 200, body = ValueList, description = "of each kind, those nobody has mapped first"),
        (status = 404, description = "there is none")))]
pub(crate) async fn mapping(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let read = req.read(move |_, tx| {
        let partner = queries::partner(tx, &number)?.partner;
        let mut all = Vec::new();
        for kind in ValueKind::ALL {
            all.extend(queries::values(tx, partner.id, *kind)?);
        }
        Ok(all)
    });
    let all = read.await.or_fail(&req)?;
    json(&req, &ValueList { items: all.into_iter().map(ValueBody::of).collect() })
}

fn kind(text: &str) -> kernel::problem::Result<ValueKind> {
    ValueKind::parse(text).ok_or_else(|| Problem::field("kind", "not-a-choice"))
}

/// Says what a word of theirs is.
#[utoipa::path(put, path = "/api/v1/exchange/partners/{number}/mapping", tag = "exchange", operation_id = "mapValue",
    params(("number" = String, Path, description = "`XP-0001`")), request_body = ValueDraft,
    responses((status = 200, body = ValueBody, description = "the word as it is now"), (status = 404, description = "there is none"),
        (status = 409, description = "somebody was faster"), (status = 422, description = "no such item, stage or unit")))]
pub(crate) async fn map(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Map).or_fail(&req)?;
    let draft: ValueDraft = body(&req, sent).await?;
    let kind = kind(&draft.kind).or_fail(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let work = move |ctx: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| {
        commands::map_value(ctx, tx, &desk, &number, kind, (&draft.theirs, &draft.ours))
    };
    let value = req.write(work).await.or_fail(&req)?;
    json(&req, &ValueBody::of(value))
}

/// Takes a word out of the table.
#[utoipa::path(delete, path = "/api/v1/exchange/partners/{number}/mapping", tag = "exchange", operation_id = "forgetValue",
    params(("number" = String, Path, description = "`XP-0001`")), request_body = ValueDraft,
    responses((status = 204, description = "it is gone"), (status = 404, description = "there is none"),
        (status = 422, description = "no such kind")))]
pub(crate) async fn forget(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Map).or_fail(&req)?;
    let draft: ValueDraft = body(&req, sent).await?;
    let kind = kind(&draft.kind).or_fail(&req)?;
    let work = req.write(move |ctx, tx| commands::forget_value(ctx, tx, &number, kind, draft.theirs.trim()));
    work.await.or_fail(&req)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Says whose word holds, aspect by aspect.
#[utoipa::path(put, path = "/api/v1/exchange/partners/{number}/rules", tag = "exchange", operation_id = "setPartnerRules",
    params(("number" = String, Path, description = "`XP-0001`")), request_body = RulesBody,
    responses((status = 200, body = PartnerBody, description = "the partner as it is now"), (status = 404, description = "there is none"),
        (status = 409, description = "somebody has changed it meanwhile"), (status = 422, description = "neither ours nor theirs")))]
pub(crate) async fn rules(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Map).or_fail(&req)?;
    let given: RulesBody = body(&req, sent).await?;
    let side = |name: &'static str| {
        let wins = &given.wins;
        match name {
            "win_state" => wins.state.clone(),
            "win_deadline" => wins.deadline.clone(),
            "win_unit" => wins.unit.clone(),
            "win_category" => wins.category.clone(),
            _ => wins.text.clone(),
        }
    };
    let wins = forms::wins(side).or_fail(&req)?;
    let of = number.clone();
    req.write(move |ctx, tx| commands::set_wins(ctx, tx, (&of, given.version), wins)).await.or_fail(&req)?;
    show(&req, number).await
}
