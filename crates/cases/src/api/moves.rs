//! Doing something to a case by API key.

use super::answers::CaseRecord;
use crate::forms;
use crate::moves::{Verb, allowed, perform};
use crate::pages::shared;
use crate::policy::Act;
use crate::{commands, queries};
use axum::body::Body;
use kernel::masking::Audience;
use kernel::problem::{FieldError, Problem};
use kernel::workflow::Named;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Form, Path, Req};

/// A move. The other members depend on it and are named as in its form: `reason`, `lead` (code of a unit), `handler` (login of a person), `assisting`
/// (list of codes), `note`, `item`, `condition`, `text`, `no_photo`, `amount`, `until` (date), `answer_by` (RFC 3339),
/// `decision`, `into` and `earlier` (numbers of cases), `question`, `reply`, `outcome`, `title_1`, `item_1`, `unit_1` …
#[derive(Deserialize, ToSchema)]
pub(crate) struct MoveBody {
    /// One of the case's `allowed_moves`.
    pub r#move: String,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub with: Map<String, Value>,
}

/// The members as a form would send them.
fn form(with: &Map<String, Value>) -> Form {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for (name, value) in with {
        match value {
            Value::Null => {}
            Value::Array(list) => pairs.extend(list.iter().map(|v| (name.as_str(), text(v)))),
            value => pairs.push((name, text(value))),
        }
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (*n, v.as_str())).collect();
    Form::from_pairs(&pairs)
}

/// Move a case on.
///
/// What may be done now stands in the case's `allowed_moves`.
#[utoipa::path(post, path = "/api/v1/cases/{number}/moves", tag = "cases", operation_id = "moveCase",
    params(("number" = String, Path, description = "number of the case, `CASE-2026-000412`")),
    request_body = MoveBody,
    responses(
        (status = 200, body = CaseRecord, description = "the case as it is afterwards"),
        (status = 204, description = "it was done, and the case is no longer one that the key may see"),
        (status = 409, description = "the move is not possible now")))]
pub(crate) async fn create(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: MoveBody = body(&req, given).await?;
    let verb = Verb::parse(&given.r#move)
        .ok_or_else(|| Problem::invalid(vec![FieldError::new("move", "not-a-choice")]));
    let verb = verb.or_fail(&req)?;
    let (desk, form) = (shared::desk(&req).await?, form(&given.with));
    let (with, sought) = (desk.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        let id = commands::find_for(ctx, tx, Act::View, &sought)?.id;
        let deed = forms::deed(tx, &with, verb, &form, Vec::new())?;
        perform(ctx, tx, &with, id, &deed)
    });
    done.await.or_fail(&req)?;
    // who has given a case back may not see it any more
    match req.read(move |ctx, tx| queries::full(ctx, tx, &number)).await {
        Ok(full) => {
            let moves = allowed(&req.ctx, &full.case, &full.facts);
            let audience = if full.knows_reporter { Audience::Office } else { Audience::Unit };
            json(&req, &CaseRecord::of(&desk, &full, &moves, audience))
        }
        Err(problem) if problem.status == 404 => {
            Ok(axum::response::IntoResponse::into_response(axum::http::StatusCode::NO_CONTENT))
        }
        Err(problem) => Err(problem).or_fail(&req),
    }
}
