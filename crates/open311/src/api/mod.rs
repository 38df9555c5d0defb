//! The addresses. Each answers as JSON and as XML, by the ending of the address or the header `Accept`.

mod answer;
mod discovery;
mod report;
mod requests;
mod services;
mod updates;

pub(crate) use answer::tell;

use utoipa::OpenApi;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let all = Access::Public;
    let mut routes = Routes::new();
    // matchit knows no suffixes: the endings of lists are written out, those of single things are cut off by the handler
    for path in ["/open311/discovery", "/open311/discovery.json", "/open311/discovery.xml"] {
        routes = routes.get(path, all, discovery::discovery).no_page();
    }
    for path in ["/open311/v2/services", "/open311/v2/services.json", "/open311/v2/services.xml"] {
        routes = routes.get(path, all, services::list).no_page();
    }
    for path in ["/open311/v2/requests", "/open311/v2/requests.json", "/open311/v2/requests.xml"] {
        routes = routes.get(path, all, requests::list).no_page();
        routes = routes.post(path, all, report::create).takes_reports();
    }
    for path in [
        "/open311/v2/servicerequestupdates",
        "/open311/v2/servicerequestupdates.json",
        "/open311/v2/servicerequestupdates.xml",
    ] {
        routes = routes.get(path, all, updates::list).no_page();
        routes = routes.post(path, all, updates::create).takes_reports();
    }
    routes
        .get("/open311/v2/services/{file}", all, services::one)
        .no_page()
        .get("/open311/v2/requests/{file}", all, requests::one)
        .no_page()
        .get("/open311/v2/tokens/{file}", all, requests::of_token)
        .no_page()
        .get("/open311/v2/{file}", all, answer::other_ending)
        .no_page()
}

#[derive(OpenApi)]
#[openapi(
    paths(
        services::list,
        services::one,
        requests::list,
        requests::one,
        requests::of_token,
        report::create,
        updates::list,
        updates::create
    ),
    tags((name = "open311", description = "Open311 GeoReport v2: other people's report apps. Each address also ends in .xml."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
