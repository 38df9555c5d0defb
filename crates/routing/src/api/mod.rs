//! JSON twins: the same commands, the same problems.

mod answers;
mod rules;
mod runs;

use utoipa::OpenApi;
use web::{Access, Routes};

#[derive(OpenApi)]
#[openapi(
    paths(
        rules::list,
        rules::create,
        rules::one,
        rules::change,
        rules::shift,
        rules::check,
        rules::of_case,
        runs::start,
        runs::one,
        runs::cases
    ),
    tags((name = "routing", description = "Ordered rules that say which unit a case goes to, and dry runs over past cases."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("routing-see");
    const TRY: Access = Access::Action("routing-try");
    const EDIT: Access = Access::Action("routing-edit");
    Routes::new()
        .get("/api/v1/routing-rules", SEE, rules::list)
        .post("/api/v1/routing-rules", EDIT, rules::create)
        .get("/api/v1/routing-rules/{number}", SEE, rules::one)
        .put("/api/v1/routing-rules/{number}", EDIT, rules::change)
        .post("/api/v1/routing-rules/{number}/place", EDIT, rules::shift)
        .post("/api/v1/routing-expressions", EDIT, rules::check)
        .get("/api/v1/cases/{number}/routing", Access::Action("cases-view"), rules::of_case)
        .post("/api/v1/routing-runs", TRY, runs::start)
        .get("/api/v1/routing-runs/{number}", TRY, runs::one)
        .get("/api/v1/routing-runs/{number}/cases", TRY, runs::cases)
}

/// A number of an address.
fn number(text: &str) -> kernel::problem::Result<i64> {
    text.parse().map_err(|_| kernel::problem::Problem::not_found())
}
