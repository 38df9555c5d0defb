//! JSON twins of the pages.

use crate::commands::{self, NewPlan};
use crate::forms;
use crate::model::{Effort, Origin, Plan, Source};
use crate::policy::{self, Act};
use crate::queries::{self, Today};
use crate::repairs::Repair;
use axum::body::Body;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;
use scoring::Exact;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use web::api::{body, json};
use web::error::OrFail;
use web::list::Params;
use web::{Access, Answer, Path, Req, Routes};

pub(crate) fn routes() -> Routes {
    let see = Access::Action("shadow-see");
    Routes::new()
        .get("/api/v1/shadow/{number}", see, show)
        .get("/api/v1/shadow/{number}/repairs", see, list)
        .put("/api/v1/shadow/{number}/plan", Access::Action("shadow-plan"), plan)
}

/// What a scheme comes to today. Shares are from 0 to 1, as exact decimals or fractions.
#[derive(Serialize, ToSchema)]
struct ShadowScore {
    scheme: String,
    /// Points of what could be reached with what was looked at; none while nothing was.
    rate: Option<String>,
    /// Ends of the interval of 95 %, as decimals; none where it cannot be told.
    low: Option<f64>,
    high: Option<f64>,
    points: String,
    reachable: String,
    full: String,
    /// Were everything lost that nobody has looked at.
    worst_points: String,
    /// Standards that nobody has looked at.
    unseen: usize,
    observations: usize,
    target: Option<String>,
    /// Repairs there are.
    repairs: usize,
    /// How many of the first repairs reach the target; none without a target, or where not even all do.
    repairs_to_target: Option<usize>,
    /// What the plan names and is not there.
    absent: Vec<String>,
    nodes: Vec<ShadowNode>,
    plan: Option<ShadowPlan>,
}

#[derive(Serialize, ToSchema)]
struct ShadowNode {
    code: String,
    name: String,
    points: String,
    reachable: String,
    full: String,
    /// Standard error of the points; none where it cannot be told.
    error: Option<f64>,
    unseen: usize,
    parts: Vec<ShadowPart>,
}

#[derive(Serialize, ToSchema)]
struct ShadowPart {
    way: String,
    points: String,
    /// None: nobody has looked.
    share: Option<String>,
}

/// Where figures come from, and what is aimed at.
#[derive(Serialize, Deserialize, ToSchema)]
struct ShadowPlan {
    /// A share of 1 as a decimal, such as `0.92`; empty for none.
    #[serde(default)]
    target: String,
    sources: Vec<ShadowSource>,
    #[serde(default)]
    efforts: Vec<ShadowEffort>,
    /// Of the plan as it was seen, 0 where there was none; without it the last change wins.
    version: Option<i64>,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct ShadowSource {
    way: String,
    /// `rounds`, `inspections`, `papers`, `survey`, `none`.
    origin: String,
    /// Numbers, such as `IN-2026-0001`.
    from: Vec<String>,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct ShadowEffort {
    code: String,
    way: String,
    /// What putting one point right takes, above 0, as a decimal.
    effort: String,
}

impl From<&Plan> for ShadowPlan {
    fn from(plan: &Plan) -> Self {
        let source = |s: &Source| ShadowSource {
            way: s.way.clone(),
            origin: s.origin().code().to_owned(),
            from: s.from.clone(),
        };
        let effort = |e: &Effort| ShadowEffort {
            code: e.code.clone(),
            way: e.way.clone(),
            effort: e.effort.to_string(),
        };
        Self {
            target: plan.target.clone(),
            sources: plan.sources.0.iter().map(source).collect(),
            efforts: plan.efforts.0.iter().map(effort).collect(),
            version: Some(plan.version),
        }
    }
}

impl ShadowPlan {
    fn read(self) -> Result<(NewPlan, Option<i64>)> {
        let mut findings = Findings::default();
        let mut sources = Vec::new();
        for source in self.sources {
            findings.check(Origin::parse(&source.origin).is_some(), "sources", "not-a-choice");
            sources.push(Source { way: source.way, origin: source.origin, from: source.from });
        }
        let mut efforts = Vec::new();
        for effort in self.efforts {
            let read = Exact::parse(&effort.effort).ok_or(FieldError::new("efforts", "not-a-number"));
            if let Some(read) = findings.take(read) {
                efforts.push(Effort { code: effort.code, way: effort.way, effort: read });
            }
        }
        findings.done()?;
        Ok((NewPlan { target: forms::share(&self.target)?, sources, efforts }, self.version))
    }
}

impl From<&Today> for ShadowScore {
    fn from(today: &Today) -> Self {
        let total = &today.outlook.sums.total;
        let interval = today.span().and_then(|span| span.interval);
        let figures = today.outlook.sums.nodes.iter().zip(&today.outlook.errors);
        let nodes = today.tree.placed.iter().zip(figures).map(|(of, (figure, error))| ShadowNode {
            code: of.node.code.clone(),
            name: of.node.name.clone(),
            points: figure.points.to_string(),
            reachable: figure.reachable.to_string(),
            full: figure.full.to_string(),
            error: *error,
            unseen: figure.unseen,
            parts: figure
                .parts
                .iter()
                .map(|part| ShadowPart {
                    way: part.way.clone(),
                    points: part.points.to_string(),
                    share: part.share.as_ref().map(ToString::to_string),
                })
                .collect(),
        });
        Self {
            scheme: today.scheme().number.clone(),
            rate: total.rate().map(|rate| rate.to_string()),
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
            points: total.points.to_string(),
            reachable: total.reachable.to_string(),
            full: total.full.to_string(),
            worst_points: today.outlook.worst.to_string(),
            unseen: total.unseen,
            observations: today.gathered.observations(),
            target: today.target().map(|target| target.to_string()),
            repairs_to_target: today.enough,
            repairs: today.repairs.len(),
            absent: today.gathered.absent.iter().map(|absent| absent.what.clone()).collect(),
            nodes: nodes.collect(),
            plan: today.plan.as_ref().map(ShadowPlan::from),
        }
    }
}

/// What a published scheme comes to today, with its interval.
#[utoipa::path(get, path = "/api/v1/shadow/{number}", tag = "shadow", operation_id = "showShadowScore",
    params(("number" = String, Path, description = "`SC-0003`")),
    responses((status = 200, body = ShadowScore, description = "the score as it stands"),
        (status = 404, description = "no such published scheme")))]
async fn show(req: Req, Path(number): Path<String>) -> Answer {
    let city = req.city.clone();
    let today = req.read(move |ctx, tx| queries::today(ctx, tx, &city, &number)).await.or_fail(&req)?;
    json(&req, &ShadowScore::from(&today))
}

/// All that is not met of one standard at one point.
#[derive(Serialize, ToSchema)]
struct ShadowRepair {
    code: String,
    way: String,
    point: String,
    unit: String,
    /// Where the point is shown.
    href: String,
    /// Observations that are not met.
    unmet: usize,
    /// Points that it would bring by itself.
    gain: String,
    effort: String,
}

#[derive(Serialize, ToSchema)]
struct ShadowRepairs {
    items: Vec<ShadowRepair>,
    /// For `after` of the next page.
    next: Option<String>,
}

const PAGE: usize = 100;

/// Repairs, the worthiest first, a hundred at a time.
#[utoipa::path(get, path = "/api/v1/shadow/{number}/repairs", tag = "shadow", operation_id = "listShadowRepairs",
    params(("number" = String, Path, description = "`SC-0003`"),
        ("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = ShadowRepairs, description = "a page of the list"),
        (status = 404, description = "no such published scheme")))]
async fn list(req: Req, Path(number): Path<String>) -> Answer {
    let from = match Params::parse(&req.query).get("after") {
        "" => 0,
        text => text.parse::<usize>().map_err(|_| Problem::field("after", "not-a-number")).or_fail(&req)?,
    };
    let city = req.city.clone();
    let today = req.read(move |ctx, tx| queries::today(ctx, tx, &city, &number)).await.or_fail(&req)?;
    let all = &today.repairs;
    let one = |repair: &Repair| {
        let part = today.gathered.parts.get(repair.part)?;
        let place = today.gathered.points.get(usize::try_from(repair.point).ok()?)?;
        Some(ShadowRepair {
            code: part.code.clone(),
            way: part.way.clone(),
            point: place.name.clone(),
            unit: place.unit.clone(),
            href: place.href.clone(),
            unmet: repair.unmet,
            gain: repair.gain.to_string(),
            effort: repair.effort.to_string(),
        })
    };
    let items = all.iter().skip(from).take(PAGE).filter_map(one).collect();
    let next = (from.saturating_add(PAGE) < all.len()).then(|| (from + PAGE).to_string());
    json(&req, &ShadowRepairs { items, next })
}

/// Sets target, sources and efforts of a published scheme.
#[utoipa::path(put, path = "/api/v1/shadow/{number}/plan", tag = "shadow", operation_id = "planShadowScore",
    params(("number" = String, Path, description = "`SC-0003`")),
    request_body = ShadowPlan,
    responses((status = 200, body = ShadowPlan, description = "the plan as it is now"),
        (status = 404, description = "no such published scheme"),
        (status = 409, description = "somebody else was faster")))]
async fn plan(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: ShadowPlan = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        policy::require(ctx, Act::Plan)?;
        let (new, version) = given.read()?;
        commands::plan(ctx, tx, &number, new, version)
    });
    json(&req, &ShadowPlan::from(&done.await.or_fail(&req)?))
}

#[derive(OpenApi)]
#[openapi(
    paths(show, list, plan),
    components(schemas(
        ShadowScore,
        ShadowNode,
        ShadowPart,
        ShadowPlan,
        ShadowSource,
        ShadowEffort,
        ShadowRepair,
        ShadowRepairs
    )),
    tags((name = "shadow", description = "What the city would come to today, and what raises it most."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
