//! JSON twins of the pages: the same commands, the same problems (RFC 9457).

mod answers;
mod cases;
mod moves;
mod reports;

use utoipa::OpenApi;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let view = Access::Action("cases-view");
    Routes::new()
        .post("/api/v1/reports", Access::Public, reports::create)
        .takes_reports()
        .get("/api/v1/reports/{token}", Access::Public, reports::status)
        .get("/api/v1/cases", view, cases::list)
        .get("/api/v1/cases/{number}", view, cases::one)
        .post("/api/v1/cases/{number}/moves", view, moves::create)
        .get("/api/v1/catalogue", Access::Public, cases::catalogue)
}

#[derive(OpenApi)]
#[openapi(
    paths(reports::create, reports::status, cases::list, cases::one, cases::catalogue, moves::create),
    components(schemas(
        reports::ReportBody,
        answers::Receipt,
        answers::ReportStatus,
        answers::CaseBody,
        answers::CaseRecord,
        answers::CasePage,
        answers::ItemBody,
        moves::MoveBody
    )),
    tags((name = "cases", description = "Reports and cases: from what somebody saw to what was done about it."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
