//! JSON twins: the same figures, the same commands, the same problems (RFC 9457).

mod answers;
mod displays;
mod figures;

use utoipa::OpenApi;
use web::{Access, Routes};

#[derive(OpenApi)]
#[openapi(
    paths(
        figures::screen,
        figures::brief,
        displays::list,
        displays::create,
        displays::one,
        displays::change,
        displays::arrange,
        displays::renew,
        displays::revoke
    ),
    tags((name = "screens", description = "The wall's figures, the morning's brief, and the displays that show the wall without anybody signing in."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("screen-see");
    const KEEP: Access = Access::Action("screen-keep");
    Routes::new()
        .get("/api/v1/screen", Access::Action("screen-look"), figures::screen)
        .get("/api/v1/brief", Access::Action("screen-brief"), figures::brief)
        .get("/api/v1/admin/screens", SEE, displays::list)
        .post("/api/v1/admin/screens", KEEP, displays::create)
        .get("/api/v1/admin/screens/{number}", SEE, displays::one)
        .put("/api/v1/admin/screens/{number}", KEEP, displays::change)
        .put(
            "/api/v1/admin/screens/{number}/arrangement",
            Access::Action("screen-arrange"),
            displays::arrange,
        )
        .post("/api/v1/admin/screens/{number}/address", KEEP, displays::renew)
        .post("/api/v1/admin/screens/{number}/revocation", KEEP, displays::revoke)
}
