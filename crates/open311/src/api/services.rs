//! What may be reported.

use super::answer::{answer, bare, begin};
use crate::described::{GeoReportDefinition, GeoReportError, GeoReportService};
use crate::shapes;
use axum::http::StatusCode;
use cases::desk::Desk;
use cases::open;
use kernel::problem::Problem;
use web::error::OrFail;
use web::{Answer, Path, Req};

/// The kinds of problem that the public may report. Also as `.xml`, as every address of Open311.
#[utoipa::path(get, path = "/open311/v2/services.json", tag = "open311", operation_id = "georeportServices",
    params(("jurisdiction_id" = Option<String>, Query, description = "the city's code; may be left out")),
    responses((status = 200, description = "services", body = Vec<GeoReportService>),
        (status = 404, description = "another jurisdiction", body = Vec<GeoReportError>)))]
pub(super) async fn list(req: Req) -> Answer {
    let (format, _) = begin(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    Ok(answer(format, StatusCode::OK, "services", &shapes::services(&req.ui(), &desk.catalogue)))
}

/// The further fields of a service.
#[utoipa::path(get, path = "/open311/v2/services/{file}", tag = "open311", operation_id = "georeportService",
    params(("file" = String, Path, description = "a service_code with the ending: event-06010.json")),
    responses((status = 200, description = "the definition", content((GeoReportDefinition = "application/json"), (String = "text/xml"))),
        (status = 404, description = "no such service", content((Vec<GeoReportError> = "application/json"), (String = "text/xml"))),
        (status = 406, description = "another ending", body = Vec<GeoReportError>)))]
pub(super) async fn one(req: Req, Path(file): Path<String>) -> Answer {
    let (format, _) = begin(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let code = bare(&file);
    let item = open::item(&desk, code).and_then(|id| desk.catalogue.item(id));
    if item.is_none() && code != shapes::OTHER {
        let code = code.chars().take(40).collect::<String>();
        return Err(Problem::new(404, "service-unknown").arg("code", code)).or_fail(&req);
    }
    let definition = shapes::definition(&req.ui(), &desk.catalogue, item);
    Ok(answer(format, StatusCode::OK, "service_definition", &definition))
}
