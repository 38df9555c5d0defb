//! JSON twins of the pages: the same commands, the same problems (RFC 9457).

mod bodies;
mod letters;

use utoipa::OpenApi;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let view = Access::Action("ladder-view");
    Routes::new()
        .get("/api/v1/letters", view, letters::list)
        .get("/api/v1/letters/{code}", view, letters::one)
        .post("/api/v1/letters/{code}/moves", view, letters::create)
        .get("/api/v1/ladder/due", Access::Action("ladder-oversee"), letters::due)
}

#[derive(OpenApi)]
#[openapi(
    paths(letters::list, letters::one, letters::create, letters::due),
    components(schemas(
        bodies::LetterBody,
        bodies::LetterRecord,
        bodies::LetterPage,
        bodies::UndertakingBody,
        bodies::DueBody,
        bodies::DuePage,
        letters::LetterMove
    )),
    tags((name = "ladder", description = "Reminders, supervision letters and summonses to units that let deadlines pass."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
