//! Dry runs for programs.

use super::answers::{RoutingRun, RoutingRunCase, RoutingRunCases, RoutingTrial};
use super::number;
use super::rules::units;
use crate::commands;
use crate::model::Verdict;
use crate::policy::{self, Act};
use crate::queries::{self, RunFilter};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, Params};
use web::{Answer, Path, Req};

/// Lets the rules be tried on the cases of a time, in the background. Read it until `finished_at` is there.
#[utoipa::path(post, path = "/api/v1/routing-runs", tag = "routing", operation_id = "startRoutingRun", request_body = RoutingTrial,
    responses((status = 202, body = RoutingRun, description = "the run, which has not finished"),
        (status = 422, description = "no such days, or more than a year")))]
pub(crate) async fn start(req: Req, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Try).or_fail(&req)?;
    let asked: RoutingTrial = body(&req, sent).await?;
    let day = |name: &'static str, text: &str| -> Result<Date> {
        text.parse().map_err(|_| Problem::field(name, "not-a-date"))
    };
    let days = (day("from", &asked.from).or_fail(&req)?, day("until", &asked.until).or_fail(&req)?);
    let work = req.write(move |ctx, tx| Ok(commands::try_rules(ctx, tx, days, asked.with_off)?.0));
    let run = work.await.or_fail(&req)?;
    json_with(&req, StatusCode::ACCEPTED, &RoutingRun::of(run))
}

/// A dry run with its counts.
#[utoipa::path(get, path = "/api/v1/routing-runs/{number}", tag = "routing", operation_id = "getRoutingRun",
    params(("number" = String, Path, description = "number of the run")),
    responses((status = 200, body = RoutingRun, description = "the run"), (status = 404, description = "there is none")))]
pub(crate) async fn one(req: Req, Path(text): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Try).or_fail(&req)?;
    let of = number(&text).or_fail(&req)?;
    let run = req.read(move |ctx, tx| queries::run(ctx, tx, of)).await.or_fail(&req)?;
    json(&req, &RoutingRun::of(run))
}

/// The cases of a dry run.
#[utoipa::path(get, path = "/api/v1/routing-runs/{number}/cases", tag = "routing", operation_id = "listRoutingRunCases",
    params(("number" = String, Path, description = "number of the run"),
        ("verdict" = Option<String>, Query, description = "`agree`, `differ`, `waiting`, `by-rule`, `fault`, `unmatched`"),
        ("rule" = Option<i64>, Query, description = "number of a rule"),
        ("after" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, body = RoutingRunCases, description = "a page of them"),
        (status = 404, description = "there is no such run")))]
pub(crate) async fn cases(req: Req, Path(text): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Try).or_fail(&req)?;
    let of = number(&text).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let verdict = match params.get("verdict") {
        "" => Ok(None),
        text => Verdict::parse(text).map(Some).ok_or_else(|| Problem::field("verdict", "not-a-choice")),
    };
    let rule = match params.get("rule") {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Problem::field("rule", "not-a-choice")),
    };
    let filter = RunFilter { verdict: verdict.or_fail(&req)?, rule: rule.or_fail(&req)? };
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let run = queries::run(ctx, tx, of)?;
        let page = queries::run_cases(ctx, tx, &run, &filter, after)?;
        let units = units(tx)?;
        Ok(RoutingRunCases {
            items: page.rows.into_iter().map(|case| RoutingRunCase::of(case, &units)).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
        })
    });
    json(&req, &read.await.or_fail(&req)?)
}
