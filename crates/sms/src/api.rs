//! JSON twins of the page.

use crate::commands;
use crate::model::Message;
use crate::pages::why_in;
use crate::policy::{Act, require};
use crate::queries::{self, Filter};
use crate::settings::{LIMITS, Limits};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, Params};
use web::{Access, Answer, Req, Routes, Ui};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/text-messages", Access::Action("sms-see"), list)
        .get("/api/v1/text-messages/limits", Access::Action("sms-see"), limits)
        .put("/api/v1/text-messages/limits", Access::Action("sms-edit"), set_limits)
        .post("/api/v1/text-messages/trials", Access::Action("sms-try"), try_out)
}

/// A text message and what became of it.
#[derive(Serialize, ToSchema)]
struct TextMessage {
    /// What it tells: `case-closed` and so on, or `trial`.
    kind: String,
    /// Number of the record that it tells of; empty for a trial.
    about: String,
    /// Masked; empty once it is no longer kept.
    phone: String,
    /// `waiting`, `sent` (the gateway took it), `refused`, `held`.
    state: &'static str,
    /// Why it was not sent, in words.
    why: String,
    /// What the gateway calls it.
    gateway_id: String,
    /// Messages that its text takes.
    parts: i64,
    /// RFC 3339, as all times here.
    made_at: String,
    due_at: String,
    settled_at: Option<String>,
}

impl TextMessage {
    fn of(ui: &Ui, message: &Message) -> Self {
        Self {
            kind: message.kind.clone(),
            about: message.about.clone(),
            phone: message.masked(),
            state: message.state.code(),
            why: why_in(ui, message),
            gateway_id: message.gateway_id.clone(),
            parts: message.parts,
            made_at: message.made_at.rfc3339(),
            due_at: message.due_at.rfc3339(),
            settled_at: message.settled_at.map(Instant::rfc3339),
        }
    }
}

#[derive(Serialize, ToSchema)]
struct TextMessagePage {
    items: Vec<TextMessage>,
    /// For `after` of the next page.
    next: Option<String>,
}

/// Text messages, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/text-messages", tag = "sms", operation_id = "listTextMessages",
    params(
        ("state" = Option<String>, Query, description = "`waiting`, `sent`, `refused`, `held`"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = TextMessagePage, description = "a page of the list")))]
async fn list(req: Req) -> Answer {
    require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let found = req.read(move |ctx, tx| queries::list(ctx, tx, filter, after)).await.or_fail(&req)?;
    let ui = req.ui();
    let items = found.rows.iter().map(|m| TextMessage::of(&ui, m)).collect();
    json(&req, &TextMessagePage { items, next: found.next.map(|c| c.to_string()) })
}

/// Whether messages are sent, when and how many.
#[derive(Serialize, Deserialize, ToSchema)]
struct TextMessageLimits {
    on: bool,
    /// Most to one number in 24 hours.
    per_number: i64,
    /// Most of the city in 24 hours.
    per_city: i64,
    /// The hour from which nobody is rung, 17 to 24.
    evening: i64,
    /// The hour from which people are rung again, 0 to 11.
    morning: i64,
}

impl From<Limits> for TextMessageLimits {
    fn from(of: Limits) -> Self {
        Self {
            on: of.on,
            per_number: of.per_number,
            per_city: of.per_city,
            evening: of.evening,
            morning: of.morning,
        }
    }
}

/// The limits as they are.
#[utoipa::path(get, path = "/api/v1/text-messages/limits", tag = "sms", operation_id = "getTextMessageLimits",
    responses((status = 200, body = TextMessageLimits, description = "the limits")))]
async fn limits(req: Req) -> Answer {
    let read = req.read(|ctx, tx| {
        require(ctx, Act::See)?;
        LIMITS.get(tx)
    });
    let found = read.await.or_fail(&req)?;
    json(&req, &TextMessageLimits::from(found))
}

/// Sets the limits, all at once.
#[utoipa::path(put, path = "/api/v1/text-messages/limits", tag = "sms", operation_id = "setTextMessageLimits",
    request_body = TextMessageLimits,
    responses((status = 200, body = TextMessageLimits, description = "the limits as they are now"),
        (status = 422, description = "a number out of its bounds")))]
async fn set_limits(req: Req, given: Body) -> Answer {
    let given: TextMessageLimits = body(&req, given).await?;
    let limits = Limits {
        on: given.on,
        per_number: given.per_number,
        per_city: given.per_city,
        evening: given.evening,
        morning: given.morning,
    };
    let wanted = limits.clone();
    req.write(move |ctx, tx| commands::set_limits(ctx, tx, &wanted)).await.or_fail(&req)?;
    json(&req, &TextMessageLimits::from(limits))
}

/// Where a trial goes.
#[derive(Deserialize, ToSchema)]
struct TextMessageTrial {
    /// A mobile number.
    phone: String,
}

/// Sends one message to a number, to see whether the gateway works; what became of it stands first in the list.
#[utoipa::path(post, path = "/api/v1/text-messages/trials", tag = "sms", operation_id = "tryTextMessage",
    request_body = TextMessageTrial,
    responses((status = 202, body = TextMessage, description = "it is on its way"),
        (status = 422, description = "no mobile number")))]
async fn try_out(req: Req, given: Body) -> Answer {
    let given: TextMessageTrial = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        let id = commands::try_out(ctx, tx, &given.phone)?;
        crate::store::get(tx, id)?.ok_or_else(kernel::problem::Problem::not_found)
    });
    let message = done.await.or_fail(&req)?;
    json_with(&req, StatusCode::ACCEPTED, &TextMessage::of(&req.ui(), &message))
}

#[derive(OpenApi)]
#[openapi(
    paths(list, limits, set_limits, try_out),
    components(schemas(TextMessage, TextMessagePage, TextMessageLimits, TextMessageTrial)),
    tags((name = "sms", description = "Text messages to people who left a telephone number: what was sent, and limits."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
