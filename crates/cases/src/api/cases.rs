//! Cases for programs of staff: the list with the filters of the page, and one case with what may be done to it.

use super::answers::{CaseBody, CasePage, CaseRecord, ItemBody};
use super::extras::ExtraBody;
use crate::commands::caller_of;
use crate::forms::item_code;
use crate::moves::allowed;
use crate::pages::{shared, staff::callers};
use crate::queries::{self, Filter};
use crate::units::{Names, PeopleNames};
use axum::body::Body;
use kernel::masking::Audience;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json};
use web::error::OrFail;
use web::list::{Cursor, Params};
use web::{Answer, Path, Req};

/// Cases that the key may see, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", operation_id = "listCases",
    params(
        ("q" = Option<String>, Query, description = "words, or a number"),
        ("state" = Option<String>, Query, description = "codes separated by commas, or `open`"),
        ("source" = Option<String>, Query, description = "code of the door it came by"),
        ("unit" = Option<i64>, Query, description = "the unit that must act, as pages of lists name it in their address"),
        ("item" = Option<i64>, Query, description = "the kind, as pages of lists name it in their address; 0 for none"),
        ("section" = Option<i64>, Query, description = "the street section, likewise"),
        ("division" = Option<i64>, Query, description = "exactly this division, likewise"),
        ("divisions" = Option<String>, Query, description = "one of these divisions, separated by commas"),
        ("area" = Option<String>, Query, description = "a division with all below it, by its code or id; or a square: \
            west, south, east, north in degrees"),
        ("grid" = Option<String>, Query, description = "code of a unit grid cell; 0 for none"),
        ("along" = Option<String>, Query, description = "metres along the section, `100-250`"),
        ("handler" = Option<String>, Query, description = "me: given to the key's owner by their unit; 0: to nobody in particular"),
        ("mine" = Option<String>, Query, description = "1: reported by the key's owner"),
        ("caller" = Option<String>, Query, description = "reported from this number, as `findCaller` names it; for keys \
            that may know reporters, recorded in the log"),
        ("from" = Option<String>, Query, description = "reported on or after this day"),
        ("until" = Option<String>, Query, description = "reported on or before this day"),
        ("closed_from" = Option<String>, Query, description = "closed on or after this day"),
        ("closed_until" = Option<String>, Query, description = "closed on or before this day"),
        ("answered_from" = Option<String>, Query, description = "last answered on or after this day"),
        ("answered_until" = Option<String>, Query, description = "last answered on or before this day"),
        ("due_from" = Option<String>, Query, description = "to be handled on or after this day"),
        ("due_until" = Option<String>, Query, description = "to be handled on or before this day"),
        ("only" = Option<String>, Query, description = "overdue, today, soon, late, on-time, rework, returned, \
            extended, contested, supervised, urgent, counted, closed, satisfied, rated, handled, recurrence, recurred, \
            waiting, standing, forwarded, spoken; several separated by commas"),
        ("sort" = Option<String>, Query, description = "newest (default) or due"),
        ("on" = Option<String>, Query, description = "a day that is over: the cases as they stood at its end, of those \
            that the key may see now; conditions are about that day"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = CasePage, description = "a page of the list")))]
pub(crate) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let index = shared::index(&req).await?;
    let filter = Filter::read(&params).and_then(|filter| filter.in_city(&index)).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    json(&req, &found(&req, filter, after).await?)
}

/// A page of the list. What it finds by a telephone number is recorded.
async fn found(req: &Req, filter: Filter, after: Option<Cursor>) -> Answer<CasePage> {
    callers::record(req, &filter).await?;
    let desk = shared::desk(req).await?;
    let read = req.read(move |ctx, tx| {
        let found = queries::list(ctx, tx, &filter, after)?;
        let units = Names::of(tx, found.rows.iter().map(|l| l.lead_unit))?;
        let people = PeopleNames::of(tx, found.rows.iter().map(|l| l.handler_id))?;
        Ok((found, units, people))
    });
    let (found, units, people) = read.await.or_fail(req)?;
    let items = found.rows.into_iter().map(|line| CaseBody::of(&desk, &units, &people, line)).collect();
    Ok(CasePage { items, next: found.next.map(|c| c.to_string()) })
}

/// A telephone number that reports are looked for by.
#[derive(Deserialize, ToSchema)]
pub(crate) struct CallerDraft {
    /// The whole number, however it is written.
    phone: String,
}

/// What was reported from a number.
#[derive(Serialize, ToSchema)]
pub(crate) struct CallerBody {
    /// What the number is called in `listCases`: nobody makes the number of it again.
    caller: String,
    /// The first page of its cases.
    #[serde(flatten)]
    cases: CasePage,
}

/// Looks for reports by the whole telephone number of whoever sent them, of those whose reporter the key may know. Recorded in
/// the log, without the number. The number goes into the body, because addresses are written down by machines on the way.
#[utoipa::path(post, path = "/api/v1/cases/callers", tag = "cases", operation_id = "findCaller", request_body = CallerDraft,
    responses((status = 200, body = CallerBody, description = "the first page of its cases, and how to ask for more"),
        (status = 422, description = "no telephone number")))]
pub(crate) async fn caller(req: Req, sent: Body) -> Answer {
    let draft: CallerDraft = body(&req, sent).await?;
    let asked = req.read(move |ctx, tx| caller_of(ctx, tx, &draft.phone)).await.or_fail(&req)?;
    let filter = Filter { caller: Some(asked.clone()), ..Filter::default() };
    let cases = found(&req, filter, None).await?;
    json(&req, &CallerBody { caller: asked.as_str().to_owned(), cases })
}

/// One case.
#[utoipa::path(get, path = "/api/v1/cases/{number}", tag = "cases", operation_id = "getCase",
    params(("number" = String, Path, description = "number of the case, `CASE-2026-000412`")),
    responses((status = 200, body = CaseRecord, description = "the case, with what the key may do to it now"),
        (status = 404, description = "none that the key may see")))]
pub(crate) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let desk = shared::desk(&req).await?;
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &number)).await.or_fail(&req)?;
    let moves = allowed(&req.ctx, &full.case, &full.facts);
    let audience = if full.knows_reporter { Audience::Office } else { Audience::Unit };
    json(&req, &CaseRecord::of(&desk, &full, &moves, audience))
}

/// The kinds of problem that a report may name.
#[utoipa::path(get, path = "/api/v1/catalogue", tag = "cases", operation_id = "listKinds",
    responses((status = 200, body = [ItemBody], description = "all kinds that are offered to citizens")))]
pub(crate) async fn catalogue(req: Req) -> Answer {
    let desk = shared::desk(&req).await?;
    let items: Vec<ItemBody> = desk
        .catalogue
        .items()
        .iter()
        .filter(|i| i.public)
        .map(|i| ItemBody {
            code: item_code(&desk.catalogue, Some(i.id)),
            major: i.major_name.clone(),
            name: i.name.clone(),
            extras: desk.catalogue.extras(Some(i.id)).iter().map(ExtraBody::of).collect(),
        })
        .collect();
    json(&req, &items)
}
