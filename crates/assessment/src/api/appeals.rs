//! Appeals: listed, filed, withdrawn, answered.

use crate::appeals::commands::{self, Answer as Answered, Filing};
use crate::appeals::model::{APPEAL, Appeal, Step};
use crate::appeals::queries;
use crate::pages::appeals_wanted;
use crate::policy::{self, Act};
use crate::rounds::model::Round;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req};

/// A unit's appeal against what was taken off.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentAppeal {
    /// `AP-2026-0001`.
    number: String,
    /// Number of the round; only where one appeal is asked for.
    round: Option<String>,
    row: i64,
    unit: String,
    /// `open`, `upheld`, `rejected`, `withdrawn`.
    state: &'static str,
    grounds: String,
    /// What the unit thinks should be taken off.
    wanted: String,
    filed_at: String,
    /// The last day of the answer.
    due_on: String,
    answer: String,
    rule_old: String,
    rule_new: String,
    answered_at: Option<String>,
    /// Steps that the state allows.
    allowed_steps: Vec<&'static str>,
    version: i64,
}

impl AssessmentAppeal {
    fn of(of: &Appeal, round: Option<&Round>) -> Self {
        Self {
            number: of.number.clone(),
            round: round.map(|round| round.number.clone()),
            row: of.row_number,
            unit: of.unit_name.clone(),
            state: of.state.code(),
            grounds: of.grounds.clone(),
            wanted: of.wanted.clone(),
            filed_at: of.filed_at.rfc3339(),
            due_on: of.due_on.to_string(),
            answer: of.answer.clone(),
            rule_old: of.rule_old.clone(),
            rule_new: of.rule_new.clone(),
            answered_at: of.answered_at.map(kernel::time::Instant::rfc3339),
            allowed_steps: APPEAL.from(of.state).map(|m| m.name.code()).collect(),
            version: of.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentAppealPage {
    items: Vec<AssessmentAppeal>,
    /// For `after` of the next page; none on the last.
    next: Option<String>,
}

/// Appeals that the key may see, the newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/assessment-appeals", tag = "assessment", operation_id = "listAssessmentAppeals",
    params(
        ("state" = Option<String>, Query, description = "`open`, `upheld`, `rejected`, `withdrawn`"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = AssessmentAppealPage, description = "a page of the list")))]
pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let state = appeals_wanted(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let found =
        req.read(move |ctx, tx| queries::list(ctx, tx, state, after, PAGE_SIZE)).await.or_fail(&req)?;
    let items = found.rows.iter().map(|of| AssessmentAppeal::of(of, None)).collect();
    json(&req, &AssessmentAppealPage { items, next: found.next.map(|c| c.to_string()) })
}

/// An appeal.
#[utoipa::path(get, path = "/api/v1/assessment-appeals/{number}", tag = "assessment", operation_id = "getAssessmentAppeal",
    params(("number" = String, Path, description = "`AP-2026-0001`")),
    responses((status = 200, body = AssessmentAppeal, description = "the appeal"),
        (status = 404, description = "none that the key may see")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let (of, round) = req.read(move |ctx, tx| queries::appeal(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &AssessmentAppeal::of(&of, Some(&round)))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentAppealDraft {
    /// Number of the round.
    round: String,
    row: i64,
    grounds: String,
    /// What should be taken off instead, `0` to `1`.
    wanted: String,
}

/// Appeals against a row for the key's own unit.
#[utoipa::path(post, path = "/api/v1/assessment-appeals", tag = "assessment", operation_id = "fileAssessmentAppeal",
    request_body = AssessmentAppealDraft,
    responses((status = 201, body = AssessmentAppeal, description = "the appeal"),
        (status = 404, description = "no such row that the key may see"),
        (status = 409, description = "the term is over, nothing was taken off, or there is an appeal already")))]
pub(super) async fn file(req: Req, given: Body) -> Answer {
    let given: AssessmentAppealDraft = body(&req, given).await?;
    let filing = Filing { grounds: given.grounds, wanted: given.wanted };
    let done = req.write(move |ctx, tx| commands::file(ctx, tx, (&given.round, given.row), &filing));
    json_with(&req, StatusCode::CREATED, &AssessmentAppeal::of(&done.await.or_fail(&req)?, None))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentAppealWithdrawal {
    version: Option<i64>,
}

/// Takes an appeal back.
#[utoipa::path(post, path = "/api/v1/assessment-appeals/{number}/withdrawal", tag = "assessment", operation_id = "withdrawAssessmentAppeal",
    params(("number" = String, Path, description = "`AP-2026-0001`")),
    request_body = AssessmentAppealWithdrawal,
    responses((status = 200, body = AssessmentAppeal, description = "the appeal as it is now"),
        (status = 404, description = "none that the key may see"),
        (status = 409, description = "it is answered")))]
pub(super) async fn withdraw(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: AssessmentAppealWithdrawal = body(&req, given).await?;
    let done = req.write(move |ctx, tx| commands::withdraw(ctx, tx, &number, given.version));
    json(&req, &AssessmentAppeal::of(&done.await.or_fail(&req)?, None))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentAppealAnswer {
    /// `uphold`, `reject`, `reopen`.
    step: String,
    #[serde(default)]
    answer: String,
    /// How the rule was read, and how it is read now; wanted to uphold.
    #[serde(default)]
    rule_old: String,
    #[serde(default)]
    rule_new: String,
    /// What is taken off now; wanted to uphold.
    #[serde(default)]
    lost: String,
    /// Other rows of the same part with as much taken off, which the same reading puts right.
    #[serde(default)]
    also: Vec<i64>,
    version: Option<i64>,
}

/// Answers an appeal; upheld, it corrects rows and the round's figures.
#[utoipa::path(post, path = "/api/v1/assessment-appeals/{number}/answer", tag = "assessment", operation_id = "answerAssessmentAppeal",
    params(("number" = String, Path, description = "`AP-2026-0001`")),
    request_body = AssessmentAppealAnswer,
    responses((status = 200, body = AssessmentAppeal, description = "the appeal as it is now"),
        (status = 404, description = "none that the key may see"),
        (status = 409, description = "it is answered, a row was corrected already, or the round is not published")))]
pub(super) async fn answer(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Answer).or_fail(&req)?;
    let given: AssessmentAppealAnswer = body(&req, given).await?;
    let step =
        Step::parse(&given.step).ok_or_else(|| Problem::field("step", "not-a-choice")).or_fail(&req)?;
    let answer = Answered {
        step,
        text: given.answer,
        rule_old: given.rule_old,
        rule_new: given.rule_new,
        lost: given.lost,
        also: given.also,
        version: given.version,
    };
    let done = req.write(move |ctx, tx| commands::answer(ctx, tx, &number, &answer));
    json(&req, &AssessmentAppeal::of(&done.await.or_fail(&req)?, None))
}
