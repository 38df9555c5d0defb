//! JSON twins of the page.

use crate::commands;
use crate::model::{Kind, Run};
use crate::pages::folder;
use crate::policy::{Act, require};
use crate::queries;
use crate::settings::{PLAN, Plan};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, Params};
use web::{Access, Answer, Req, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/backups", Access::Action("backups-see"), list)
        .post("/api/v1/backups", Access::Action("backups-run"), ask)
        .get("/api/v1/backups/plan", Access::Action("backups-see"), plan)
        .put("/api/v1/backups/plan", Access::Action("backups-edit"), set_plan)
}

/// A backup or a drill.
#[derive(Serialize, ToSchema)]
struct BackupRun {
    /// `backup`, or `drill` (the newest backup restored beside the city).
    kind: &'static str,
    /// `running`, `done`, `failed`.
    outcome: &'static str,
    /// Name of whoever asked for it; empty for the program itself.
    asked_by: String,
    /// RFC 3339, as all times here.
    started_at: String,
    ended_at: Option<String>,
    /// Its name in the operator's folder; empty once it was removed.
    file: String,
    /// Its length.
    bytes: i64,
    /// Rows of all tables.
    records: i64,
    /// Uploaded files.
    uploads: i64,
    /// Numbers of the data keys that it needs.
    data_keys: String,
    /// The audit log's ends, one a line: lane, number, hash.
    audit_ends: String,
    /// Why it failed.
    why: String,
}

impl From<&Run> for BackupRun {
    fn from(run: &Run) -> Self {
        Self {
            kind: run.kind.code(),
            outcome: run.outcome.code(),
            asked_by: run.asked_by.clone(),
            started_at: run.started_at.rfc3339(),
            ended_at: run.ended_at.map(Instant::rfc3339),
            file: run.file.clone(),
            bytes: run.bytes,
            records: run.records,
            uploads: run.uploads,
            data_keys: run.data_keys.clone(),
            audit_ends: run.audit_ends.clone(),
            why: run.why.clone(),
        }
    }
}

#[derive(Serialize, ToSchema)]
struct BackupRunPage {
    /// Whether there is no whole backup of the last two days.
    late: bool,
    items: Vec<BackupRun>,
    /// For `after` of the next page.
    next: Option<String>,
}

/// Backups and drills, newest first, fifty at a time. The files themselves never leave by this door: there is a key in them.
#[utoipa::path(get, path = "/api/v1/backups", tag = "backups", operation_id = "listBackups",
    params(("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = BackupRunPage, description = "a page of the list")))]
async fn list(req: Req) -> Answer {
    require(&req.ctx, Act::See).or_fail(&req)?;
    let after = Cursor::parse(Params::parse(&req.query).get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| Ok((queries::list(ctx, tx, after)?, queries::state(tx)?)));
    let (found, state) = read.await.or_fail(&req)?;
    let body = BackupRunPage {
        late: state.late(req.ctx.now),
        items: found.rows.iter().map(BackupRun::from).collect(),
        next: found.next.map(|c| c.to_string()),
    };
    json(&req, &body)
}

#[derive(Deserialize, ToSchema)]
struct BackupWish {
    /// `backup` or `drill`.
    kind: String,
}

/// Asks for a backup or a drill now; it stands first in the list.
#[utoipa::path(post, path = "/api/v1/backups", tag = "backups", operation_id = "askForBackup",
    request_body = BackupWish,
    responses((status = 202, body = BackupRun, description = "it has begun"),
        (status = 409, description = "`backup-running`: one of the kind runs; `backup-no-folder`: nobody said where backups go")))]
async fn ask(req: Req, given: Body) -> Answer {
    let wish: BackupWish = body(&req, given).await?;
    let kind = Kind::parse(&wish.kind).ok_or_else(|| Problem::field("kind", "not-a-choice")).or_fail(&req)?;
    let has_folder = folder(&req).is_some();
    let done = req.write(move |ctx, tx| {
        let id = commands::ask(ctx, tx, kind, has_folder)?;
        crate::store::get(tx, id)?.ok_or_else(Problem::not_found)
    });
    let run = done.await.or_fail(&req)?;
    json_with(&req, StatusCode::ACCEPTED, &BackupRun::from(&run))
}

/// When backups are made and how long they stay.
#[derive(Serialize, Deserialize, ToSchema)]
struct BackupPlan {
    /// Whether one is made every night.
    on: bool,
    /// The hour from which it is made, 0 to 23.
    hour: i64,
    /// Days for which every backup stays, 2 to 400.
    days: i64,
    /// Months of each of which the newest stays, 0 to 120.
    months: i64,
    /// Days after which a drill follows by itself, 0 (never) to 366.
    drill_days: i64,
}

impl From<Plan> for BackupPlan {
    fn from(of: Plan) -> Self {
        Self { on: of.on, hour: of.hour, days: of.days, months: of.months, drill_days: of.drill_days }
    }
}

/// The plan as it is.
#[utoipa::path(get, path = "/api/v1/backups/plan", tag = "backups", operation_id = "getBackupPlan",
    responses((status = 200, body = BackupPlan, description = "the plan")))]
async fn plan(req: Req) -> Answer {
    let read = req.read(|ctx, tx| {
        require(ctx, Act::See)?;
        PLAN.get(tx)
    });
    let found = read.await.or_fail(&req)?;
    json(&req, &BackupPlan::from(found))
}

/// Sets the plan, all of it.
#[utoipa::path(put, path = "/api/v1/backups/plan", tag = "backups", operation_id = "setBackupPlan",
    request_body = BackupPlan,
    responses((status = 200, body = BackupPlan, description = "the plan as it is now"),
        (status = 422, description = "a number out of its bounds")))]
async fn set_plan(req: Req, given: Body) -> Answer {
    let given: BackupPlan = body(&req, given).await?;
    let plan = Plan {
        on: given.on,
        hour: given.hour,
        days: given.days,
        months: given.months,
        drill_days: given.drill_days,
    };
    let wanted = plan.clone();
    req.write(move |ctx, tx| commands::set_plan(ctx, tx, &wanted)).await.or_fail(&req)?;
    json(&req, &BackupPlan::from(plan))
}

#[derive(OpenApi)]
#[openapi(
    paths(list, ask, plan, set_plan),
    components(schemas(BackupRun, BackupRunPage, BackupWish, BackupPlan)),
    tags((name = "backups", description = "Backups, and drills that prove that one can be restored."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
