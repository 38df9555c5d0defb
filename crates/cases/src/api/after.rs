//! Recurrences, second looks and clusters for programs.

use super::answers::{filled, moment};
use crate::forms::item_code;
use crate::model::LookState;
use crate::pages::shared;
use crate::pages::staff::clusters::read as read_clusters;
use crate::policy::{Act, POLICY, city};
use crate::queries::{self, Member, PairFilter};
use crate::units::Names;
use kernel::problem::Problem;
use kernel::workflow::Named;
use serde::Serialize;
use utoipa::ToSchema;
use web::api::json;
use web::error::OrFail;
use web::list::{Cursor, Params};
use web::{Answer, Req};

/// A case that is an earlier, closed one again.
#[derive(Serialize, ToSchema)]
pub(crate) struct PairBody {
    pub number: String,
    pub state: &'static str,
    pub reported_at: String,
    /// Number of the earlier case, and when it was closed.
    pub earlier: String,
    pub closed_at: Option<String>,
    /// Metres between the two.
    pub metres: Option<f64>,
    /// Name of the unit that handled the earlier one, and its kind.
    pub unit: Option<String>,
    pub kind: Option<String>,
}

/// A page of recurrences.
#[derive(Serialize, ToSchema)]
pub(crate) struct PairPage {
    pub items: Vec<PairBody>,
    /// Give it as `after` to read on.
    pub next: Option<String>,
}

/// Recurrences, the last found first.
#[utoipa::path(get, path = "/api/v1/recurrences", tag = "cases", operation_id = "listRecurrences",
    params(
        ("from" = Option<String>, Query, description = "found on or after this day"),
        ("until" = Option<String>, Query, description = "found up to and including this day"),
        ("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = PairPage, description = "a page of the list")))]
pub(crate) async fn recurrences(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let filter = PairFilter::read(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let desk = shared::desk(&req).await?;
    let read = req.read(move |ctx, tx| {
        if !POLICY.somewhere(ctx, Act::Statistics) {
            POLICY.require(ctx, Act::Statistics, &city(), true)?;
        }
        let found = queries::pairs(ctx, tx, &filter, after)?;
        let names = Names::of(tx, found.rows.iter().map(|p| p.unit))?;
        Ok((found, names))
    });
    let (found, names) = read.await.or_fail(&req)?;
    let items = found.rows.into_iter().map(|p| PairBody {
        state: p.state.code(),
        reported_at: p.reported_at.rfc3339(),
        closed_at: moment(p.closed_at),
        unit: filled(names.get(p.unit)),
        kind: filled(&item_code(&desk.catalogue, p.item)),
        number: p.number,
        earlier: p.earlier,
        metres: p.metres,
    });
    json(&req, &PairPage { items: items.collect(), next: found.next.map(|c| c.to_string()) })
}

/// A closed case that was drawn for a second look.
#[derive(Serialize, ToSchema)]
pub(crate) struct LookBody {
    pub number: String,
    pub unit: Option<String>,
    pub closed_at: String,
    pub drawn_at: String,
    /// `open`, `held`, `recalled`, `filed` or `unclear`.
    pub state: &'static str,
    pub done_at: Option<String>,
    pub note: String,
}

/// A page of second looks.
#[derive(Serialize, ToSchema)]
pub(crate) struct LookPage {
    pub items: Vec<LookBody>,
    /// Give it as `after` to read on.
    pub next: Option<String>,
}

/// Second looks in a state; what was found is sent as the move `second-look` of the case.
#[utoipa::path(get, path = "/api/v1/second-looks", tag = "cases", operation_id = "listSecondLooks",
    params(
        ("state" = Option<String>, Query, description = "open (default), held, recalled, filed, unclear"),
        ("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = LookPage, description = "a page of the list")))]
pub(crate) async fn looks(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let state = match params.get("state") {
        "" => Ok(LookState::Open),
        code => LookState::parse(code).ok_or_else(|| Problem::field("state", "not-a-choice")),
    };
    let (state, after) = (state.or_fail(&req)?, Cursor::parse(params.get("after")).or_fail(&req)?);
    let read = req.read(move |ctx, tx| {
        if !POLICY.somewhere(ctx, Act::Verify) {
            POLICY.require(ctx, Act::Verify, &city(), true)?;
        }
        let found = queries::looks(ctx, tx, state, after)?;
        let names = Names::of(tx, found.rows.iter().map(|l| l.unit))?;
        Ok((found, names))
    });
    let (found, names) = read.await.or_fail(&req)?;
    let items = found.rows.into_iter().map(|l| LookBody {
        unit: filled(names.get(l.unit)),
        closed_at: l.closed_at.rfc3339(),
        drawn_at: l.drawn_at.rfc3339(),
        state: l.state.code(),
        done_at: moment(l.done_at),
        number: l.number,
        note: l.note.into_string(),
    });
    json(&req, &LookPage { items: items.collect(), next: found.next.map(|c| c.to_string()) })
}

/// A case of a cluster.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberBody {
    pub number: String,
    pub title: String,
    pub state: &'static str,
    pub lng: f64,
    pub lat: f64,
    /// Likeness with the first, from 0 to 100.
    pub alike: u32,
}

/// Open cases that are probably one.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClusterBody {
    /// The one that the others would be merged into.
    pub first: MemberBody,
    pub others: Vec<MemberBody>,
}

/// All clusters, the largest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClusterList {
    pub items: Vec<ClusterBody>,
}

fn member(of: Member, alike: u32) -> MemberBody {
    MemberBody { state: of.state.code(), number: of.number, title: of.title, lng: of.lng, lat: of.lat, alike }
}

/// Open cases that look like one; merge them with the move `merge` of each.
#[utoipa::path(get, path = "/api/v1/clusters", tag = "cases", operation_id = "listClusters",
    responses((status = 200, body = ClusterList, description = "by the city's own threshold of likeness")))]
pub(crate) async fn clusters(req: Req) -> Answer {
    let found = read_clusters(&req).await.or_fail(&req)?;
    let items = found.into_iter().map(|c| ClusterBody {
        first: member(c.first, 100),
        others: c.others.into_iter().map(|(m, alike, _)| member(m, alike)).collect(),
    });
    json(&req, &ClusterList { items: items.collect() })
}
