//! JSON twins of the pages: the same commands, the same problems (RFC 9457).

mod holds;
mod keys;
mod provisions;
mod requests;

use crate::commands;
use crate::jobs;
use crate::model::Run;
use crate::queries::{self, InForce, Waiting};
use crate::run::keeps_of;
use crate::words;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{OpenApi, ToSchema};
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::Params;
use web::{Access, Answer, Path, Req, Routes, Ui};

pub(crate) fn routes() -> Routes {
    let see = Access::Action("keeping-see");
    let hold = Access::Action("keeping-hold");
    Routes::new()
        .get("/api/v1/admin/keeping/rules", see, rules)
        .put("/api/v1/admin/keeping/rules/{key}", Access::Action("keeping-set"), set)
        .get("/api/v1/admin/keeping/preview", see, preview)
        .get("/api/v1/admin/keeping/runs", see, runs)
        .post("/api/v1/admin/keeping/runs", Access::Action("keeping-run"), start)
        .get("/api/v1/admin/keeping/holds", see, holds::holds)
        .post("/api/v1/admin/keeping/holds", hold, holds::create)
        .post("/api/v1/admin/keeping/holds/{number}/lifting", hold, holds::lift)
        .get("/api/v1/personal-requests", Access::Action("keeping-see-requests"), requests::list)
        .post("/api/v1/personal-requests", Access::Action("keeping-record-requests"), requests::create)
        .post(
            "/api/v1/personal-requests/{number}/steps",
            Access::Action("keeping-see-requests"),
            requests::step,
        )
        .get("/api/v1/personal-provisions", Access::Action("keeping-see-provisions"), provisions::list)
        .post("/api/v1/personal-provisions", Access::Action("keeping-propose-provisions"), provisions::create)
        .post(
            "/api/v1/personal-provisions/{number}/steps",
            Access::Action("keeping-see-provisions"),
            provisions::step,
        )
        .get("/api/v1/admin/data-keys", Access::Action("keeping-see-keys"), keys::keys)
}

/// What is kept, and for how long.
#[derive(Serialize, ToSchema)]
struct KeepingRule {
    key: &'static str,
    /// In the language of the request.
    name: String,
    /// What the days are counted from.
    starts: String,
    /// Whole calendar days.
    days: i64,
    usual_days: i64,
    least_days: i64,
    most_days: i64,
    /// Nobody may change it.
    fixed: bool,
    /// `row`, `personal`, `file`.
    goes: &'static str,
    /// Codes of what it rests on: `pipl-19`.
    laws: Vec<&'static str>,
    /// Tables that it speaks of.
    tables: Vec<&'static str>,
    /// Why somebody has set other days.
    reason: Option<String>,
    /// For `version` of a change; 0 while nobody has made one.
    version: i64,
}

impl KeepingRule {
    fn of(ui: &Ui, found: &InForce) -> Self {
        let rule = found.rule;
        Self {
            key: rule.key,
            name: words::name(ui, rule),
            starts: words::starts(ui, rule),
            days: found.days,
            usual_days: rule.days.usual,
            least_days: rule.days.least,
            most_days: rule.days.most,
            fixed: words::is_fixed(rule),
            goes: rule.goes.code(),
            laws: rule.laws.to_vec(),
            tables: rule.tables.to_vec(),
            reason: found.set.as_ref().map(|set| set.reason.clone()),
            version: found.set.as_ref().map_or(0, |set| set.version),
        }
    }
}

#[derive(Serialize, ToSchema)]
struct KeepingRules {
    items: Vec<KeepingRule>,
}

/// Every kind of thing that the city keeps, with its days.
#[utoipa::path(get, path = "/api/v1/admin/keeping/rules", tag = "keeping", operation_id = "listKeepingRules",
    responses((status = 200, body = KeepingRules, description = "all rules")))]
async fn rules(req: Req) -> Answer {
    let keeps = keeps_of(&req.city).or_fail(&req)?;
    let found = req.read(move |ctx, tx| queries::rules(ctx, tx, &keeps)).await.or_fail(&req)?;
    let ui = req.ui();
    json(&req, &KeepingRules { items: found.iter().map(|rule| KeepingRule::of(&ui, rule)).collect() })
}

/// How long something is to be kept.
#[derive(Deserialize, ToSchema)]
struct KeepingDays {
    /// Whole calendar days, within the rule's bounds.
    days: i64,
    /// Who decided, on which ground.
    reason: String,
    /// Of the rule as it was seen; without it the last change wins.
    version: Option<i64>,
}

/// Sets how long something is kept.
#[utoipa::path(put, path = "/api/v1/admin/keeping/rules/{key}", tag = "keeping", operation_id = "setKeepingDays",
    params(("key" = String, Path, description = "`case-reporter`")),
    request_body = KeepingDays,
    responses((status = 200, body = KeepingRule, description = "the rule as it is now"),
        (status = 404, description = "no such rule"),
        (status = 409, description = "nobody may change it, or somebody else just has")))]
async fn set(req: Req, Path(key): Path<String>, given: Body) -> Answer {
    let given: KeepingDays = body(&req, given).await?;
    let rule = keeps_of(&req.city).or_fail(&req)?.rule(&key).ok_or_else(Problem::not_found).or_fail(&req)?;
    let done = req.write(move |ctx, tx| {
        commands::set_days(ctx, tx, rule, given.days, &given.reason, given.version)?;
        queries::in_force(tx, rule)
    });
    json(&req, &KeepingRule::of(&req.ui(), &done.await.or_fail(&req)?))
}

#[derive(Serialize, ToSchema)]
struct KeepingWaiting {
    key: &'static str,
    days: i64,
    /// Due today, and not held.
    today: i64,
    /// Due within thirty days, today's included.
    in_month: i64,
    /// Due today and held.
    held: i64,
}

#[derive(Serialize, ToSchema)]
struct KeepingPreview {
    items: Vec<KeepingWaiting>,
}

/// What would be erased, by rule. Changes nothing.
#[utoipa::path(get, path = "/api/v1/admin/keeping/preview", tag = "keeping", operation_id = "previewKeeping",
    responses((status = 200, body = KeepingPreview, description = "counts of the rules that the daily run carries out")))]
async fn preview(req: Req) -> Answer {
    let keeps = keeps_of(&req.city).or_fail(&req)?;
    let found = req.read(move |ctx, tx| queries::preview(ctx, tx, &keeps)).await.or_fail(&req)?;
    let of = |(rule, waiting): &(InForce, Option<Waiting>)| {
        let Waiting { today, in_month, held } = (*waiting)?;
        Some(KeepingWaiting { key: rule.rule.key, days: rule.days, today, in_month, held })
    };
    json(&req, &KeepingPreview { items: found.iter().filter_map(of).collect() })
}

/// One time that what was due was erased.
#[derive(Serialize, ToSchema)]
struct KeepingRun {
    number: i64,
    /// Somebody asked for it.
    by_hand: bool,
    started_by: String,
    /// RFC 3339, as all times here.
    started_at: String,
    finished_at: Option<String>,
    /// How much went, by the keys of rules.
    counts: BTreeMap<String, i64>,
}

impl From<Run> for KeepingRun {
    fn from(run: Run) -> Self {
        Self {
            number: run.number,
            by_hand: run.by_hand,
            started_by: run.started_by,
            started_at: run.started_at.rfc3339(),
            finished_at: run.finished_at.map(kernel::time::Instant::rfc3339),
            counts: run.counts.0,
        }
    }
}

#[derive(Serialize, ToSchema)]
struct KeepingRunPage {
    items: Vec<KeepingRun>,
    /// For `after` of the next page.
    next: Option<String>,
}

const PAGE: i64 = 50;

/// Where a page begins that goes on after another; the newest without it.
fn before(req: &Req) -> Answer<i64> {
    match Params::parse(&req.query).get("after") {
        "" => Ok(i64::MAX),
        text => text.parse().map_err(|_| Problem::field("after", "not-a-number")).or_fail(req),
    }
}

fn page_of<T>(mut rows: Vec<T>, mark: impl Fn(&T) -> i64) -> (Vec<T>, Option<String>) {
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|row| mark(row).to_string());
    (rows, next)
}

/// Runs, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/admin/keeping/runs", tag = "keeping", operation_id = "listKeepingRuns",
    params(("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = KeepingRunPage, description = "a page of the list")))]
async fn runs(req: Req) -> Answer {
    let before = before(&req)?;
    let found = req.read(move |ctx, tx| queries::runs(ctx, tx, before, PAGE + 1)).await.or_fail(&req)?;
    let (rows, next) = page_of(found, |run| run.number);
    json(&req, &KeepingRunPage { items: rows.into_iter().map(KeepingRun::from).collect(), next })
}

/// Has what is due erased now, in the background. What is held stays; what was erased cannot be brought back.
#[utoipa::path(post, path = "/api/v1/admin/keeping/runs", tag = "keeping", operation_id = "startKeepingRun",
    responses((status = 202, body = KeepingRun, description = "it has begun"),
        (status = 409, description = "a run goes on already")))]
async fn start(req: Req) -> Answer {
    let run = req.write(jobs::start).await.or_fail(&req)?;
    json_with(&req, StatusCode::ACCEPTED, &KeepingRun::from(run))
}

#[derive(OpenApi)]
#[openapi(
    paths(rules, set, preview, runs, start, holds::holds, holds::create, holds::lift, keys::keys, requests::list, requests::create, requests::step, provisions::list, provisions::create, provisions::step),
    components(schemas(
        KeepingRule,
        KeepingRules,
        KeepingDays,
        KeepingWaiting,
        KeepingPreview,
        KeepingRun,
        KeepingRunPage,
        holds::HoldBody,
        holds::HoldPage,
        holds::NewHoldBody,
        holds::Lifting,
        keys::DataKey,
        keys::DataKeys,
        requests::PersonalRequest,
        requests::PersonalRequestPage,
        requests::NewPersonalRequest,
        requests::PersonalRequestStep,
        provisions::PersonalProvision,
        provisions::PersonalProvisionPage,
        provisions::NewPersonalProvision,
        provisions::PersonalProvisionStep
    )),
    tags((name = "keeping", description = "How long things are kept, what is held back, what was erased; data keys."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
