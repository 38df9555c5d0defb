//! Periods, their coverage and grades, and the ledger.

use super::bodies::{
    BurdenLedger, BurdenLine, BurdenQuota, EvidenceCoverage, EvidenceGrades, EvidenceLimit, EvidencePeriod,
    EvidencePeriodDraft, EvidencePeriodEdit, EvidencePeriods,
};
use crate::commands::{self, PeriodDraft, PeriodEdit};
use crate::model::{Limits, PeriodState};
use crate::policy::{self, Act};
use crate::queries::{self, LedgerFilter};
use crate::settings::QUOTA;
use crate::window::monday;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::{DAY, Date, parse_date};
use kernel::workflow::Named;
use std::collections::BTreeMap;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

/// A day of a body.
pub(super) fn day(field: &'static str, text: &str) -> Result<Date> {
    parse_date(text.trim()).ok_or_else(|| Problem::invalid(vec![FieldError::new(field, "not-a-date")]))
}

fn edit(
    name: String,
    (opens, closes): (&str, &str),
    limits: BTreeMap<String, EvidenceLimit>,
) -> Result<PeriodEdit> {
    let limits = limits.into_iter().map(|(kind, limit)| (kind, limit.limit())).collect();
    let (opens, closes) = (day("opens", opens)?, day("closes", closes)?);
    Ok(PeriodEdit { name, opens: Some(opens), closes: Some(closes), limits: Limits(limits) })
}

/// All periods, the newest first.
#[utoipa::path(get, path = "/api/v1/evidence/periods", tag = "evidence", operation_id = "listEvidencePeriods",
    responses((status = 200, body = EvidencePeriods, description = "all of them")))]
pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let rows = req.read(|_, tx| queries::periods(tx)).await.or_fail(&req)?;
    json(&req, &EvidencePeriods { items: rows.iter().map(EvidencePeriod::of).collect() })
}

/// Makes a period for a published scheme.
#[utoipa::path(post, path = "/api/v1/evidence/periods", tag = "evidence", operation_id = "makeEvidencePeriod",
    request_body = EvidencePeriodDraft,
    responses((status = 201, body = EvidencePeriod, description = "it takes evidence from its first day on"),
        (status = 422, description = "a value is missing or wrong")))]
pub(super) async fn create(req: Req, given: Body) -> Answer {
    let draft: EvidencePeriodDraft = body(&req, given).await?;
    let edit = edit(draft.name, (&draft.opens, &draft.closes), draft.limits).or_fail(&req)?;
    let draft = PeriodDraft { edit, scheme: draft.scheme, test_month: draft.test_month };
    let made = req.write(move |ctx, tx| commands::make_period(ctx, tx, draft)).await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &EvidencePeriod::of(&made))
}

/// One period.
#[utoipa::path(get, path = "/api/v1/evidence/periods/{number}", tag = "evidence", operation_id = "getEvidencePeriod",
    params(("number" = String, Path, description = "number of the period, `EP-0001`")),
    responses((status = 200, body = EvidencePeriod, description = "its days and limits"),
        (status = 404, description = "no such period")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let of = req.read(move |_, tx| queries::period(tx, &number)).await.or_fail(&req)?;
    json(&req, &EvidencePeriod::of(&of))
}

/// Changes name, days, limits and whether it is open.
#[utoipa::path(put, path = "/api/v1/evidence/periods/{number}", tag = "evidence", operation_id = "changeEvidencePeriod",
    params(("number" = String, Path, description = "number of the period")), request_body = EvidencePeriodEdit,
    responses((status = 200, body = EvidencePeriod, description = "as it is now"),
        (status = 404, description = "no such period"),
        (status = 409, description = "somebody was faster"),
        (status = 422, description = "a value is missing or wrong")))]
pub(super) async fn change(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: EvidencePeriodEdit = body(&req, given).await?;
    let edit = edit(draft.name, (&draft.opens, &draft.closes), draft.limits).or_fail(&req)?;
    let state = PeriodState::parse(&draft.state).ok_or_else(|| Problem::field("state", "not-a-choice"));
    let state = state.or_fail(&req)?;
    let write = req.write(move |ctx, tx| {
        let period = commands::edit_period(ctx, tx, (&number, draft.version), edit)?;
        commands::set_period_state(ctx, tx, (&number, period.version), state)
    });
    let period = write.await.or_fail(&req)?;
    json(&req, &EvidencePeriod::of(&period))
}

/// How far each standard is: asked for, in review, filed, missing. For a unit's people, the standards of their units.
#[utoipa::path(get, path = "/api/v1/evidence/periods/{number}/coverage", tag = "evidence", operation_id = "getEvidenceCoverage",
    params(("number" = String, Path, description = "number of the period")),
    responses((status = 200, body = EvidenceCoverage, description = "by standard and kind"),
        (status = 404, description = "no such period")))]
pub(super) async fn covered(req: Req, Path(number): Path<String>) -> Answer {
    let of = req.read(move |ctx, tx| queries::coverage(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &EvidenceCoverage::of(&of))
}

/// Grades of items that are final or filed, by standard.
#[utoipa::path(get, path = "/api/v1/evidence/periods/{number}/grades", tag = "evidence", operation_id = "getEvidenceGrades",
    params(("number" = String, Path, description = "number of the period")),
    responses((status = 200, body = EvidenceGrades, description = "one line an item and standard"),
        (status = 404, description = "no such period")))]
pub(super) async fn graded(req: Req, Path(number): Path<String>) -> Answer {
    policy::require_city(&req.ctx, Act::Second).or_fail(&req)?;
    let read = req.read(move |_, tx| {
        let period = queries::period(tx, &number)?;
        queries::grades(tx, period.id)
    });
    json(&req, &EvidenceGrades::of(read.await.or_fail(&req)?))
}

/// The volume of a period: what is filed, by standard, with an index and a form for each standard. That it was fetched is recorded,
/// with every original in it, which is why this is no GET.
#[utoipa::path(post, path = "/api/v1/evidence/periods/{number}/bundle", tag = "evidence", operation_id = "fetchEvidenceVolume",
    params(("number" = String, Path, description = "number of the period")),
    responses((status = 200, body = Vec<u8>, content_type = "application/zip", description = "the archive"),
        (status = 404, description = "no such period"),
        (status = 409, description = "nothing is filed yet")))]
pub(super) async fn bundle(req: Req, Path(number): Path<String>) -> Answer {
    crate::pages::bundle::made(&req, number).await
}

/// 减负台账: what units were asked for and handed in, by month; of streets and communities by week. A unit's people see their own.
#[utoipa::path(get, path = "/api/v1/evidence/ledger", tag = "evidence", operation_id = "getBurdenLedger",
    params(
        ("from" = Option<String>, Query, description = "first month, `2026-11`"),
        ("until" = Option<String>, Query, description = "last month"),
        ("unit" = Option<String>, Query, description = "code of a unit, `U-0012`"),
    ),
    responses((status = 200, body = BurdenLedger, description = "the newest first")))]
pub(super) async fn ledger(req: Req) -> Answer {
    let filter = LedgerFilter::read(&Params::parse(&req.query));
    let since = monday(req.ctx.now.plus(-49 * DAY).date());
    let read = req.read(move |ctx, tx| {
        let months = queries::ledger(ctx, tx, &filter)?;
        Ok((months, queries::weeks(ctx, tx, &filter, since)?, QUOTA.get(tx)?))
    });
    let (months, weeks, quota) = read.await.or_fail(&req)?;
    let months = months.into_iter().map(BurdenLine::of).collect();
    json(&req, &BurdenLedger { months, weeks: weeks.into_iter().map(BurdenLine::of).collect(), quota })
}

/// How many requests a unit may get in a month from now on; 0: as many as there are.
#[utoipa::path(put, path = "/api/v1/evidence/quota", tag = "evidence", operation_id = "setEvidenceQuota", request_body = BurdenQuota,
    responses((status = 200, body = BurdenQuota, description = "what holds now"),
        (status = 422, description = "not from 0 to 200")))]
pub(super) async fn quota(req: Req, given: Body) -> Answer {
    let of: BurdenQuota = body(&req, given).await?;
    let quota = of.quota;
    req.write(move |ctx, tx| commands::set_quota(ctx, tx, quota)).await.or_fail(&req)?;
    json(&req, &BurdenQuota { quota })
}
