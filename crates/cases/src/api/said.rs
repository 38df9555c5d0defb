//! What whoever holds a report's token says: answers to questions, and whether it is fixed.

use super::answers::{ReportStatus, filled, moment};
use super::extras::answered;
use crate::commands::{self, Say};
use crate::pages::shared;
use crate::store as rows;
use crate::units::Names;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kernel::problem::Problem;
use kernel::workflow::Named;
use serde::Deserialize;
use utoipa::ToSchema;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// An answer to the office's question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyBody {
    /// At most 1,000 characters.
    pub text: String,
}

/// Answer what the office asks.
#[utoipa::path(post, path = "/api/v1/reports/{token}/reply", tag = "cases", operation_id = "replyToQuestion",
    params(("token" = String, Path, description = "from the receipt")), request_body = ReplyBody,
    responses((status = 200, body = ReportStatus, description = "how the report stands now"),
        (status = 404, description = "no such report"), (status = 409, description = "nothing is asked")))]
pub(crate) async fn reply(req: Req, Path(token): Path<String>, given: Body) -> Answer {
    let given: ReplyBody = body(&req, given).await?;
    let id = shared::opened(&req, &token).or_fail(&req)?;
    let desk = shared::desk(&req).await?;
    let work = move |ctx: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| {
        let case = commands::reply(ctx, tx, &desk, id, &given.text, &[])?;
        let units = Names::of(tx, [case.lead_unit])?;
        Ok((case, units, rows::answers(tx, &[id])?))
    };
    let (case, units, answers) = req.write(work).await.or_fail(&req)?;
    let status = ReportStatus {
        extras: answered(&answers),
        state: case.state.code(),
        reported_at: case.reported_at.rfc3339(),
        due_at: moment(case.due_at),
        closed_at: moment(case.closed_at),
        on_time: case.on_time,
        unit: filled(units.get(case.lead_unit)),
        merged_into: None,
        question: None,
        number: case.number,
    };
    json(&req, &status)
}

/// Whether the reporter finds it fixed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoiceBody {
    pub fixed: bool,
    /// At most 200 characters.
    #[serde(default)]
    pub words: String,
}

/// Say whether it is fixed.
///
/// Between the unit's answer and the closing; said again, it replaces what was said before. Read by whoever verifies; it is not
/// the verdict.
#[utoipa::path(post, path = "/api/v1/reports/{token}/voice", tag = "cases", operation_id = "sayWhetherFixed",
    params(("token" = String, Path, description = "from the receipt")), request_body = VoiceBody,
    responses((status = 204, description = "it was written down"), (status = 404, description = "no such report"),
        (status = 409, description = "this is not the time to say so")))]
pub(crate) async fn voice(req: Req, Path(token): Path<String>, given: Body) -> Answer {
    let given: VoiceBody = body(&req, given).await?;
    let id = shared::opened(&req, &token).or_fail(&req)?;
    let secrets = req.db().secrets().clone();
    let say = Say {
        fixed: given.fixed,
        words: given.words,
        reported: Some(id),
        origin: req.origin(),
        ..Say::default()
    };
    let work = move |ctx: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| {
        let case = rows::case(tx, id)?.ok_or_else(Problem::not_found)?;
        commands::say(ctx, tx, &secrets, case.merged_into.unwrap_or(id), &say).map(drop)
    };
    req.write(work).await.or_fail(&req)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
