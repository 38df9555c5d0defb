//! Repairs and differences for programs.

use super::listed::{
    ChangeBody, ChangePage, DifferenceBody, DifferencePage, MendBody, OutgoingBody, OutgoingPage, ResolveBody,
};
use crate::commands::{self, Mend, Resend};
use crate::model::{Aspect, DifferenceState, How, OutState, Partner};
use crate::pages;
use crate::policy::{self, Act};
use crate::queries::{self, Filter};
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use cases::desk::Desk;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use std::collections::HashMap;
use web::api::{body, json};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req};

fn number_of(names: &HashMap<Id<Partner>, (String, String)>, id: Id<Partner>) -> String {
    names.get(&id).map(|(number, _)| number.clone()).unwrap_or_default()
}

/// A choice of the query: none where nothing is said, an error where it is no choice.
fn choice<T: Named>(params: &Params, name: &'static str) -> Result<Option<T>> {
    match params.get(name) {
        "" => Ok(None),
        given => T::parse(given).map(Some).ok_or_else(|| Problem::field(name, "not-a-choice")),
    }
}

/// Changes that could not be carried out, the latest first.
#[utoipa::path(get, path = "/api/v1/exchange/repairs/changes", tag = "exchange", operation_id = "listBrokenChanges",
    params(("partner" = Option<String>, Query, description = "number of a partner"),
        ("q" = Option<String>, Query, description = "number of an order, or of a change on the list"),
        ("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = ChangePage, description = "a page of the list")))]
pub(crate) async fn changes(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let filter = Filter { number: params.get("q").to_owned(), ..Filter::default() };
    let partner = params.get("partner").to_owned();
    let read = req.read(move |_, tx| {
        let filter = filter.with_partner(tx, &partner)?;
        Ok((queries::broken_changes(tx, &filter, after, PAGE_SIZE)?, queries::names(tx)?))
    });
    let (found, names) = read.await.or_fail(&req)?;
    let next = found.next.map(|c| c.to_string());
    let items = found.rows.into_iter().map(|row| {
        let partner = number_of(&names, row.partner_id);
        ChangeBody::of(row, partner)
    });
    json(&req, &ChangePage { items: items.collect(), next })
}

/// Tries a change again, goes on without the missing ones, or puts it away.
#[utoipa::path(post, path = "/api/v1/exchange/repairs/changes/{number}", tag = "exchange", operation_id = "mendChange",
    params(("number" = String, Path, description = "`XI-000001`")), request_body = MendBody,
    responses((status = 202, description = "it is done, or will be carried out"),
        (status = 404, description = "there is none"),
        (status = 409, description = "it is not broken, or somebody was faster"),
        (status = 422, description = "a reason is missing")))]
pub(crate) async fn mend(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let given: MendBody = body(&req, sent).await?;
    let what = Mend::parse(&given.act).ok_or_else(|| Problem::field("act", "not-a-choice")).or_fail(&req)?;
    let work = move |ctx: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| {
        commands::mend(ctx, tx, (&number, given.version), what, &given.reason)
    };
    req.write(work).await.or_fail(&req)?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// Messages, the latest first; without `state` those that were given up.
#[utoipa::path(get, path = "/api/v1/exchange/repairs/messages", tag = "exchange", operation_id = "listMessages",
    params(("partner" = Option<String>, Query, description = "number of a partner"),
        ("state" = Option<String>, Query, description = "`waiting`, `sent`, `dead` or `skipped`"),
        ("q" = Option<String>, Query, description = "number of an order or a case"),
        ("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = OutgoingPage, description = "a page of the list")))]
pub(crate) async fn messages(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let state = choice::<OutState>(&params, "state").or_fail(&req)?.unwrap_or(OutState::Dead);
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let filter = Filter { number: params.get("q").to_owned(), ..Filter::default() };
    let partner = params.get("partner").to_owned();
    let read = req.read(move |_, tx| {
        let filter = filter.with_partner(tx, &partner)?;
        Ok((queries::messages(tx, &filter, Some(state), after, PAGE_SIZE)?, queries::names(tx)?))
    });
    let (found, names) = read.await.or_fail(&req)?;
    let next = found.next.map(|c| c.to_string());
    let items = found.rows.into_iter().map(|row| {
        let partner = number_of(&names, row.partner_id);
        OutgoingBody::of(row, partner)
    });
    json(&req, &OutgoingPage { items: items.collect(), next })
}

/// Sends a given-up message again, or puts it away.
#[utoipa::path(post, path = "/api/v1/exchange/repairs/messages/{message}", tag = "exchange", operation_id = "resendMessage",
    params(("message" = String, Path, description = "id of the message, `xm_…`")), request_body = MendBody,
    responses((status = 202, description = "it will be sent, or is put away"),
        (status = 404, description = "there is none"),
        (status = 409, description = "it was not given up"),
        (status = 422, description = "a reason is missing")))]
pub(crate) async fn resend(req: Req, Path(message): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let given: MendBody = body(&req, sent).await?;
    let what =
        Resend::parse(&given.act).ok_or_else(|| Problem::field("act", "not-a-choice")).or_fail(&req)?;
    req.write(move |ctx, tx| commands::resend(ctx, tx, &message, what, &given.reason)).await.or_fail(&req)?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// Where the two systems disagree, the latest first; without `state` what is open.
#[utoipa::path(get, path = "/api/v1/exchange/differences", tag = "exchange", operation_id = "listDifferences",
    params(("partner" = Option<String>, Query, description = "number of a partner"),
        ("state" = Option<String>, Query, description = "`open`, `settled`, `gone` or `all`"),
        ("aspect" = Option<String>, Query, description = "`state`, `deadline`, `unit`, `category`, `text`, `missing-there` or `missing-here`"),
        ("q" = Option<String>, Query, description = "number of an order or a case"),
        ("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = DifferencePage, description = "a page of the list")))]
pub(crate) async fn differences(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Resolve).or_fail(&req)?;
    let params = Params::parse(&req.query);
    if params.get("state") != "all" {
        choice::<DifferenceState>(&params, "state").or_fail(&req)?;
    }
    choice::<Aspect>(&params, "aspect").or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let (filter, partner) = (pages::filter(&params), params.get("partner").to_owned());
    let read = req.read(move |_, tx| {
        let filter = filter.with_partner(tx, &partner)?;
        Ok((queries::differences(tx, &filter, after, PAGE_SIZE)?, queries::names(tx)?))
    });
    let (found, names) = read.await.or_fail(&req)?;
    let next = found.next.map(|c| c.to_string());
    let items = found.rows.into_iter().map(|row| {
        let partner = number_of(&names, row.partner_id);
        DifferenceBody::of(row, partner)
    });
    json(&req, &DifferencePage { items: items.collect(), next })
}

async fn show(req: &Req, number: String) -> Answer {
    let read = req.read(move |_, tx| Ok((queries::difference(tx, &number)?, queries::names(tx)?)));
    let (row, names) = read.await.or_fail(req)?;
    let partner = number_of(&names, row.partner_id);
    json(req, &DifferenceBody::of(row, partner))
}

/// One difference.
#[utoipa::path(get, path = "/api/v1/exchange/differences/{number}", tag = "exchange", operation_id = "getDifference",
    params(("number" = String, Path, description = "`XD-000001`")),
    responses((status = 200, body = DifferenceBody, description = "the difference as it is now"),
        (status = 404, description = "there is none")))]
pub(crate) async fn difference(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Resolve).or_fail(&req)?;
    show(&req, number).await
}

/// Decides: theirs holds, ours holds, or ours is sent once more.
#[utoipa::path(post, path = "/api/v1/exchange/differences/{number}", tag = "exchange", operation_id = "resolveDifference",
    params(("number" = String, Path, description = "`XD-000001`")), request_body = ResolveBody,
    responses((status = 200, body = DifferenceBody, description = "the difference as it is now"),
        (status = 403, description = "the move that this would be is not theirs to make"),
        (status = 404, description = "there is none"),
        (status = 409, description = "it is not open, somebody was faster, or the case does not allow it"),
        (status = 422, description = "a reason is missing")))]
pub(crate) async fn resolve(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Resolve).or_fail(&req)?;
    let given: ResolveBody = body(&req, sent).await?;
    let how = How::parse(&given.act).ok_or_else(|| Problem::field("act", "not-a-choice")).or_fail(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let of = number.clone();
    let work = move |ctx: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| {
        commands::resolve(ctx, tx, &desk, (&of, given.version), how, &given.reason)
    };
    req.write(work).await.or_fail(&req)?;
    show(&req, number).await
}
