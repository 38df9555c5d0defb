//! Endpoints for programs.

use super::answers::{
    EndpointBody, EndpointDraft, EndpointList, EventType, FieldBody, MessageBody, Resume, SecretBody, Seen,
};
use crate::commands;
use crate::model::Endpoint;
use crate::policy::{self, Act};
use crate::{queries, sign};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::outgoing::{Catalogue, Outgoing};
use web::{Answer, Path, Req};

/// Kinds of events that an endpoint may choose.
#[utoipa::path(get, path = "/api/v1/webhook-event-types", tag = "webhooks", operation_id = "listWebhookEventTypes",
    responses((status = 200, body = [EventType], description = "the kinds, with what stands in their messages")))]
pub(crate) async fn event_types(req: Req) -> Answer {
    let ui = req.ui();
    let catalogue = catalogue(&req);
    let kinds: Vec<EventType> = catalogue
        .all()
        .iter()
        .map(|e| EventType {
            event_type: e.kind,
            name: ui.t(format!("public-event-{}", e.kind.replace('.', "-"))),
            fields: e.fields.iter().map(|(name, meaning)| FieldBody { name, meaning }).collect(),
        })
        .collect();
    json(&req, &kinds)
}

fn catalogue(req: &Req) -> Catalogue {
    req.city.kept::<Catalogue>().map(|c| (*c).clone()).unwrap_or_default()
}

fn outgoing(req: &Req) -> Outgoing {
    req.city.kept::<Outgoing>().map(|o| (*o).clone()).unwrap_or_default()
}

/// All endpoints and how they do.
#[utoipa::path(get, path = "/api/v1/webhooks", tag = "webhooks", operation_id = "listWebhooks",
    responses((status = 200, body = EndpointList, description = "the endpoints that were not removed")))]
pub(crate) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let may_read = policy::may(&req.ctx, Act::Read);
    let read = req.read(move |_, tx| {
        let lines = queries::endpoints(tx)?;
        lines
            .into_iter()
            .map(|line| {
                let names = queries::names(tx, &line.endpoint)?;
                Ok(EndpointBody::of(line, names, may_read))
            })
            .collect()
    });
    let items = read.await.or_fail(&req)?;
    json(&req, &EndpointList { items })
}

/// Sets an endpoint up. The answer holds its secret, which is told this once.
#[utoipa::path(post, path = "/api/v1/webhooks", tag = "webhooks", operation_id = "createWebhook", request_body = EndpointDraft,
    responses((status = 201, body = SecretBody, description = "its number and its secret"),
        (status = 422, description = "an address that may not be sent to")))]
pub(crate) async fn create(req: Req, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let draft: EndpointDraft = body(&req, sent).await?;
    let (outgoing, catalogue) = (outgoing(&req), catalogue(&req));
    let work = req.write(move |ctx, tx| {
        let draft = draft.typed().read(tx, &outgoing, &catalogue)?;
        commands::add(ctx, tx, draft)
    });
    let endpoint = work.await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &secret_of(&req, endpoint))
}

fn secret_of(req: &Req, endpoint: Endpoint) -> SecretBody {
    SecretBody {
        secret: sign::secret(req.db().secrets(), endpoint.id, &endpoint.nonce),
        number: endpoint.number,
        version: endpoint.version,
    }
}

/// One endpoint.
#[utoipa::path(get, path = "/api/v1/webhooks/{number}", tag = "webhooks", operation_id = "getWebhook",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`")),
    responses((status = 200, body = EndpointBody, description = "the endpoint as it is now"),
        (status = 404, description = "there is none, or it was removed")))]
pub(crate) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    show(&req, number).await
}

async fn show(req: &Req, number: String) -> Answer {
    let read = req.read(move |_, tx| {
        let line = queries::endpoint(tx, &number)?;
        let names = queries::names(tx, &line.endpoint)?;
        Ok((line, names))
    });
    let (line, names) = read.await.or_fail(req)?;
    json(req, &EndpointBody::of(line, names, policy::may(&req.ctx, Act::Read)))
}

/// Changes an endpoint; whoever does answers for it from then on.
#[utoipa::path(put, path = "/api/v1/webhooks/{number}", tag = "webhooks", operation_id = "changeWebhook",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`")),
    request_body = EndpointDraft,
    responses((status = 200, body = EndpointBody, description = "the endpoint as it is now"),
        (status = 409, description = "somebody has changed it meanwhile")))]
pub(crate) async fn change(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let draft: EndpointDraft = body(&req, sent).await?;
    let version = draft.version.ok_or_else(|| Problem::field("version", "required")).or_fail(&req)?;
    let (outgoing, catalogue, of) = (outgoing(&req), catalogue(&req), number.clone());
    let work = req.write(move |ctx, tx| {
        let draft = draft.typed().read(tx, &outgoing, &catalogue)?;
        commands::change(ctx, tx, (&of, version), draft)
    });
    work.await.or_fail(&req)?;
    show(&req, number).await
}

/// Removes an endpoint for good.
#[utoipa::path(delete, path = "/api/v1/webhooks/{number}", tag = "webhooks", operation_id = "removeWebhook",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`")),
    request_body = Seen,
    responses((status = 204, description = "it is removed"),
        (status = 404, description = "there is none, or it was removed")))]
pub(crate) async fn remove(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Stop).or_fail(&req)?;
    let seen: Seen = body(&req, sent).await?;
    req.write(move |ctx, tx| commands::remove(ctx, tx, (&number, seen.version))).await.or_fail(&req)?;
    Ok(axum::response::IntoResponse::into_response(StatusCode::NO_CONTENT))
}

/// Replaces the secret; the one before signs too for 24 hours.
#[utoipa::path(post, path = "/api/v1/webhooks/{number}/secret", tag = "webhooks", operation_id = "renewWebhookSecret",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`")),
    request_body = Seen,
    responses((status = 200, body = SecretBody, description = "the new secret"),
        (status = 409, description = "it is not in a state for that, or somebody has changed it meanwhile")))]
pub(crate) async fn renew(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let seen: Seen = body(&req, sent).await?;
    let work = req.write(move |ctx, tx| commands::renew_secret(ctx, tx, (&number, seen.version)));
    let endpoint = work.await.or_fail(&req)?;
    json(&req, &secret_of(&req, endpoint))
}

/// Sends a test message.
#[utoipa::path(post, path = "/api/v1/webhooks/{number}/ping", tag = "webhooks", operation_id = "pingWebhook",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`")),
    responses((status = 202, body = MessageBody, description = "the id of the message that is on its way"),
        (status = 409, description = "it is paused or stopped")))]
pub(crate) async fn ping(req: Req, Path(number): Path<String>) -> Answer {
    let city = req.city.clone();
    let message = req.write(move |ctx, tx| commands::ping(ctx, tx, &city, &number)).await.or_fail(&req)?;
    json_with(&req, StatusCode::ACCEPTED, &MessageBody { message })
}

/// Sends nothing for a while; nothing is lost.
#[utoipa::path(post, path = "/api/v1/webhooks/{number}/pause", tag = "webhooks", operation_id = "pauseWebhook",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`")),
    request_body = Seen,
    responses((status = 200, body = EndpointBody, description = "the endpoint as it is now"),
        (status = 409, description = "it is not in a state for that, or somebody has changed it meanwhile")))]
pub(crate) async fn pause(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Stop).or_fail(&req)?;
    let seen: Seen = body(&req, sent).await?;
    let of = number.clone();
    req.write(move |ctx, tx| commands::pause(ctx, tx, (&of, seen.version))).await.or_fail(&req)?;
    show(&req, number).await
}

/// Sets a paused or stopped endpoint going again.
#[utoipa::path(post, path = "/api/v1/webhooks/{number}/resumption", tag = "webhooks", operation_id = "resumeWebhook",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`")),
    request_body = Resume,
    responses((status = 200, body = EndpointBody, description = "the endpoint as it is now"),
        (status = 409, description = "it is not in a state for that, or somebody has changed it meanwhile")))]
pub(crate) async fn resume(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let asked: Resume = body(&req, sent).await?;
    let of = number.clone();
    let work = req.write(move |ctx, tx| commands::resume(ctx, tx, (&of, asked.version), asked.from_now));
    work.await.or_fail(&req)?;
    show(&req, number).await
}
