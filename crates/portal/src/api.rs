//! JSON twins of the self-check.

use crate::policy::{Act, require};
use crate::self_check::{Kept, Report, keep, kept, look, paper};
use crate::store as rows;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::time::Instant;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};
use web::api::{json, json_with};
use web::error::OrFail;
use web::list::Params;
use web::{Access, Answer, Path, Req, Routes, Ui};

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("portal-self-check");
    Routes::new()
        .get("/api/v1/self-check", SEE, now)
        .get("/api/v1/self-checks", SEE, list)
        .post("/api/v1/self-checks", Access::Action("portal-keep-check"), create)
        .get("/api/v1/self-checks/{number}", SEE, one)
}

/// A switch that needs a legal reason.
#[derive(Serialize, ToSchema)]
struct SelfCheckSwitch {
    code: String,
    on: bool,
    reason: String,
    /// The last day on which it is on.
    until: Option<String>,
    by: String,
    /// RFC 3339.
    at: Option<String>,
}

/// A figure counted from the city's data.
#[derive(Serialize, ToSchema)]
struct SelfCheckFigure {
    key: String,
    /// In the reader's language.
    text: String,
    /// Where what was counted is listed.
    href: Option<String>,
    attention: bool,
}

/// A duty as it was found.
#[derive(Serialize, ToSchema)]
struct SelfCheckDuty {
    /// `forms`, `points`, `forced`, `votes`, `commerce`, `photos`, `filing`, `suggestions`.
    duty: String,
    text: String,
    /// `pass`, `attention`, `absent` (the program has no such function).
    status: String,
    figures: Vec<SelfCheckFigure>,
    switches: Vec<SelfCheckSwitch>,
}

#[derive(Serialize, ToSchema)]
struct SelfCheckReport {
    duties: Vec<SelfCheckDuty>,
}

impl SelfCheckReport {
    fn of(ui: &Ui, report: Report) -> Self {
        let duties = report.lines.into_iter().map(|line| SelfCheckDuty {
            text: ui.named("duty", &line.duty),
            figures: line
                .evidence
                .iter()
                .map(|e| SelfCheckFigure {
                    key: e.key.clone(),
                    text: e.sentence(ui),
                    href: Some(e.href.clone()).filter(|h| !h.is_empty()),
                    attention: e.attention,
                })
                .collect(),
            switches: line
                .switches
                .into_iter()
                .map(|s| SelfCheckSwitch {
                    code: s.code,
                    on: s.on,
                    reason: s.reason,
                    until: s.until.map(|d| d.to_string()),
                    by: s.by,
                    at: s.at.map(Instant::rfc3339),
                })
                .collect(),
            duty: line.duty,
            status: line.status,
        });
        Self { duties: duties.collect() }
    }
}

/// A self-check that was kept.
#[derive(Serialize, ToSchema)]
struct SelfCheckRecord {
    number: i64,
    /// RFC 3339.
    made_at: String,
    made_by: String,
    /// Version of the program.
    program: String,
    report: SelfCheckReport,
}

impl SelfCheckRecord {
    fn of(ui: &Ui, kept: Kept) -> Self {
        Self {
            number: kept.number,
            made_at: kept.made_at.rfc3339(),
            made_by: kept.made_by,
            program: kept.program,
            report: SelfCheckReport::of(ui, kept.report.0),
        }
    }
}

#[derive(Serialize, ToSchema)]
struct SelfCheckRecords {
    items: Vec<SelfCheckRecord>,
    /// Give it as `before` to read on.
    next: Option<i64>,
}

/// How the program keeps to the State Council's rules for government applications, now.
#[utoipa::path(get, path = "/api/v1/self-check", tag = "self-check", operation_id = "getSelfCheck",
    responses((status = 200, body = SelfCheckReport, description = "every duty with its figures")))]
async fn now(req: Req) -> Answer {
    let app = req.app.clone();
    let report = req.read(move |ctx, tx| look(&app, ctx, tx)).await.or_fail(&req)?;
    json(&req, &SelfCheckReport::of(&req.ui(), report))
}

/// Records on a page.
const PAGE: i64 = 20;

/// The self-checks that were kept, newest first.
#[utoipa::path(get, path = "/api/v1/self-checks", tag = "self-check", operation_id = "listSelfChecks",
    params(("before" = Option<i64>, Query, description = "`next` of the page before")),
    responses((status = 200, body = SelfCheckRecords, description = "a page of them")))]
async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let before = match params.get("before") {
        "" => Ok(i64::MAX),
        text => text.parse().map_err(|_| Problem::field("before", "not-a-cursor")),
    };
    let before = before.or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        require(ctx, Act::SelfCheck)?;
        rows::self_checks(tx, before, PAGE)
    });
    let found = read.await.or_fail(&req)?;
    let full = i64::try_from(found.len()).is_ok_and(|n| n == PAGE);
    let next = found.last().map(|k| k.number).filter(|_| full);
    let ui = req.ui();
    json(
        &req,
        &SelfCheckRecords { items: found.into_iter().map(|k| SelfCheckRecord::of(&ui, k)).collect(), next },
    )
}

/// Keeps what is found now.
#[utoipa::path(post, path = "/api/v1/self-checks", tag = "self-check", operation_id = "keepSelfCheck",
    responses((status = 201, body = SelfCheckRecord, description = "what was kept")))]
async fn create(req: Req) -> Answer {
    let (app, ui) = (req.app.clone(), req.ui());
    let work = req.write(move |ctx, tx| keep(&app, ctx, tx, |report| paper(&ui, report)));
    let made = work.await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &SelfCheckRecord::of(&req.ui(), made))
}

/// A self-check as it was kept.
#[utoipa::path(get, path = "/api/v1/self-checks/{number}", tag = "self-check", operation_id = "getSelfCheckRecord",
    params(("number" = String, Path, description = "its number")),
    responses((status = 200, body = SelfCheckRecord, description = "as it was kept"), (status = 404, description = "there is none")))]
async fn one(req: Req, Path(text): Path<String>) -> Answer {
    let number: i64 = text.parse().map_err(|_| Problem::not_found()).or_fail(&req)?;
    let found = req.read(move |ctx, tx| kept(ctx, tx, number)).await.or_fail(&req)?;
    json(&req, &SelfCheckRecord::of(&req.ui(), found))
}

#[derive(OpenApi)]
#[openapi(
    paths(now, list, create, one),
    tags((name = "self-check", description = "How the program keeps to the State Council's rules for government applications."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
