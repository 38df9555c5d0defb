//! JSON twins of the pages: the same commands, the same problems (RFC 9457).

mod appeals;
mod bodies;
mod cycles;
mod judging;
mod negative;
mod nodes;
mod packs;
mod rounds;
mod schemes;

use utoipa::OpenApi;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let see = Access::Action("assessment-see");
    let own = Access::Action("assessment-see-own");
    let matches = Access::Action("assessment-match");
    Routes::new()
        .get("/api/v1/assessment-rounds", own, rounds::list)
        .post("/api/v1/assessment-rounds", Access::Action("assessment-import"), rounds::keep)
        .get("/api/v1/assessment-rounds/comparison", see, rounds::comparison)
        .get("/api/v1/assessment-rounds/{number}", own, rounds::one)
        .get("/api/v1/assessment-rounds/{number}/rows", own, rounds::rows)
        .get("/api/v1/assessment-rounds/{number}/report", see, rounds::report)
        .patch("/api/v1/assessment-rounds/{number}", Access::Action("assessment-import"), rounds::edit)
        .post("/api/v1/assessment-rounds/{number}/steps", Access::Action("assessment-move"), rounds::step)
        .get("/api/v1/assessment-rounds/{number}/matches", see, judging::open)
        .post("/api/v1/assessment-rounds/{number}/matches", matches, judging::say)
        .post("/api/v1/assessment-rounds/{number}/rows/{row}/verdict", matches, judging::judge)
        .post(
            "/api/v1/assessment-rounds/{number}/rows/{row}/case",
            Access::Action("assessment-raise"),
            judging::raise,
        )
        .merge(scheme_routes())
        .merge(negative_routes())
        .get("/api/v1/assessment-appeals", own, appeals::list)
        .get("/api/v1/assessment-appeals/{number}", own, appeals::one)
        .post("/api/v1/assessment-appeals", Access::Action("assessment-appeal"), appeals::file)
        .post(
            "/api/v1/assessment-appeals/{number}/withdrawal",
            Access::Action("assessment-appeal"),
            appeals::withdraw,
        )
        .post(
            "/api/v1/assessment-appeals/{number}/answer",
            Access::Action("assessment-answer"),
            appeals::answer,
        )
        .post("/api/v1/assessment-packs", Access::Action("assessment-pack"), packs::make)
        .post("/api/v1/assessment-packs/check", see, packs::check)
        .get("/api/v1/assessment-packs/key", Access::Public, packs::key)
}

fn scheme_routes() -> Routes {
    let see = Access::Action("assessment-see");
    let edit = Access::Action("assessment-edit-scheme");
    Routes::new()
        .get("/api/v1/assessment-schemes", see, schemes::list)
        .post("/api/v1/assessment-schemes", edit, schemes::make)
        .get("/api/v1/assessment-schemes/{number}", see, schemes::one)
        .get("/api/v1/assessment-schemes/{number}/difference", see, schemes::difference)
        .post("/api/v1/assessment-schemes/{number}/copies", edit, schemes::copy)
        .post("/api/v1/assessment-schemes/{number}/publication", edit, schemes::publish)
        .put("/api/v1/assessment-schemes/{number}/nodes", edit, schemes::fill)
        .post("/api/v1/assessment-schemes/{number}/nodes", edit, nodes::add)
        .put("/api/v1/assessment-schemes/{number}/nodes/{code}", edit, nodes::edit)
        .delete("/api/v1/assessment-schemes/{number}/nodes/{code}", edit, nodes::remove)
        .post("/api/v1/assessment-schemes/{number}/nodes/{code}/moves", edit, nodes::shift)
        .post("/api/v1/assessment-rules/check", see, nodes::check)
        .get("/api/v1/assessment-cycles", see, cycles::list)
        .post("/api/v1/assessment-cycles", edit, cycles::make)
        .get("/api/v1/assessment-cycles/{number}", see, cycles::one)
        .put("/api/v1/assessment-cycles/{number}", edit, cycles::edit)
}

fn negative_routes() -> Routes {
    let see = Access::Action("assessment-see-negative");
    let edit = Access::Action("assessment-edit-negative");
    Routes::new()
        .get("/api/v1/assessment-negative", see, negative::list)
        .post("/api/v1/assessment-negative", edit, negative::report)
        .get("/api/v1/assessment-negative/{number}", see, negative::one)
        .put("/api/v1/assessment-negative/{number}", edit, negative::rewrite)
        .post(
            "/api/v1/assessment-negative/{number}/steps",
            Access::Action("assessment-decide-negative"),
            negative::decide,
        )
        .get("/api/v1/assessment-negative-entries", see, negative::entries)
        .put("/api/v1/assessment-negative-entries/{code}", edit, negative::write_entry)
        .get("/api/v1/assessment-titles", see, negative::titles)
        .put("/api/v1/assessment-titles", edit, negative::entitle)
}

#[derive(OpenApi)]
#[openapi(
    paths(
        rounds::list,
        rounds::keep,
        rounds::comparison,
        rounds::one,
        rounds::rows,
        rounds::report,
        rounds::edit,
        rounds::step,
        judging::open,
        judging::say,
        judging::judge,
        judging::raise,
        schemes::list,
        schemes::make,
        schemes::one,
        schemes::fill,
        schemes::copy,
        schemes::publish,
        schemes::difference,
        nodes::add,
        nodes::edit,
        nodes::shift,
        nodes::remove,
        nodes::check,
        cycles::list,
        cycles::one,
        cycles::make,
        cycles::edit,
        negative::list,
        negative::report,
        negative::one,
        negative::rewrite,
        negative::decide,
        negative::entries,
        negative::write_entry,
        negative::titles,
        negative::entitle,
        appeals::list,
        appeals::one,
        appeals::file,
        appeals::withdraw,
        appeals::answer,
        packs::make,
        packs::check,
        packs::key
    ),
    tags((name = "assessment", description = "Rounds of inspections, schemes, cycles, and what they come to. Scores are exact: a decimal or a fraction, as text."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
