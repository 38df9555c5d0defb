//! Results, as the page has them.

use crate::pages;
use web::api::json;
use web::{Answer, Path, Req};

/// What a closed survey says: the same numbers as the page and its files; what is hidden is null.
#[utoipa::path(get, path = "/api/v1/surveys/{number}/results", tag = "surveys", operation_id = "getSurveyResults",
    params(("number" = String, Path, description = "number of the survey")),
    responses((status = 200, description = "by question and standard, with intervals"), (status = 404, description = "no such survey"),
        (status = 409, description = "it is not closed: no result is told while answers come in")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let of = pages::read_results(&req, number).await?;
    json(&req, &pages::document(&of))
}
