//! JSON twins: the same commands, the same problems.

mod answers;
mod endpoints;
mod sent;

use utoipa::OpenApi;
use web::{Access, Routes};

#[derive(OpenApi)]
#[openapi(
    paths(
    endpoints::list,
    endpoints::create,
    endpoints::one,
    endpoints::change,
    endpoints::remove,
    endpoints::renew,
    endpoints::ping,
    endpoints::pause,
    endpoints::resume,
    endpoints::event_types,
    sent::list,
    sent::one,
    sent::replay,
    sent::replay_span
    ),
    tags((name = "webhooks", description = "Endpoints that are told of what happens, and what was sent to them."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("hooks-see");
    const KEEP: Access = Access::Action("hooks-keep");
    const STOP: Access = Access::Action("hooks-stop");
    Routes::new()
        .get("/api/v1/webhook-event-types", Access::SignedIn, endpoints::event_types)
        .get("/api/v1/webhooks", SEE, endpoints::list)
        .post("/api/v1/webhooks", KEEP, endpoints::create)
        .get("/api/v1/webhooks/{number}", SEE, endpoints::one)
        .put("/api/v1/webhooks/{number}", KEEP, endpoints::change)
        .delete("/api/v1/webhooks/{number}", STOP, endpoints::remove)
        .post("/api/v1/webhooks/{number}/secret", KEEP, endpoints::renew)
        .post("/api/v1/webhooks/{number}/ping", KEEP, endpoints::ping)
        .post("/api/v1/webhooks/{number}/pause", STOP, endpoints::pause)
        .post("/api/v1/webhooks/{number}/resumption", KEEP, endpoints::resume)
        .post("/api/v1/webhooks/{number}/replays", KEEP, sent::replay_span)
        .get("/api/v1/webhooks/{number}/deliveries", SEE, sent::list)
        .get("/api/v1/webhooks/{number}/deliveries/{message}", SEE, sent::one)
        .post("/api/v1/webhooks/{number}/deliveries/{message}/replay", KEEP, sent::replay)
}
