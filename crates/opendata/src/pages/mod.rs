//! The addresses.

mod answer;
mod describe;
mod developers;
mod download;
mod feeds;
mod items;
mod landing;
mod open_data;

pub(crate) use answer::tell;

use utoipa::OpenApi;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let all = Access::Public;
    Routes::new()
        .get("/open-data", all, open_data::page)
        .get("/developers", all, developers::page)
        .get("/ogc", all, landing::landing)
        .no_page()
        .get("/ogc/", all, landing::landing)
        .no_page()
        .get("/ogc/conformance", all, landing::conformance)
        .no_page()
        .get("/ogc/api", all, describe::api)
        .no_page()
        .get("/ogc/collections", all, landing::collections)
        .no_page()
        .get("/ogc/collections/{id}", all, landing::collection)
        .no_page()
        .get("/ogc/collections/{id}/items", all, items::list)
        .no_page()
        .get("/ogc/collections/{id}/items/{item}", all, items::one)
        .no_page()
        .get("/ogc/download/{file}", all, download::whole)
        .no_page()
        .get("/feeds/{file}", all, feeds::feed)
        .no_page()
}

#[derive(OpenApi)]
#[openapi(
    paths(landing::collections, items::list, items::one, download::whole, feeds::feed),
    tags((name = "open-data", description = "What everybody may know: OGC API Features, whole files, feeds."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
