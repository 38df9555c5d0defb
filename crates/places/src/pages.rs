//! HTML pages and map layers, one resource a file.

pub(crate) mod calendar;
pub(crate) mod divisions;
pub(crate) mod geo;
pub(crate) mod import;
pub(crate) mod map;
pub(crate) mod search;
pub(crate) mod section_moves;
pub(crate) mod sections;
pub(crate) mod shared;
pub(crate) mod site_moves;
pub(crate) mod sites;
pub(crate) mod types;

use crate::api;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let (view, edit, shape, calendar) = (
        Access::Action("places-view"),
        Access::Action("places-edit"),
        Access::Action("places-shape"),
        Access::Action("places-calendar"),
    );
    Routes::new()
        .get("/sections", view, sections::list)
        .get("/sections/new", edit, sections::new)
        .post("/sections", edit, sections::create)
        .get("/sections/{number}", view, sections::show)
        .get("/sections/{number}/edit", edit, sections::edit)
        .post("/sections/{number}", edit, sections::update)
        .post("/sections/{number}/retirement", edit, section_moves::retire)
        .post("/sections/{number}/cut", edit, section_moves::split)
        .post("/sections/{number}/joint", edit, section_moves::join)
        .get("/sites", view, sites::list)
        .get("/sites/new", edit, sites::new)
        .post("/sites", edit, sites::create)
        .get("/sites/types", view, types::list)
        .get("/sites/types/new", shape, types::new)
        .post("/sites/types", shape, types::create)
        .get("/sites/types/{code}", shape, types::edit)
        .post("/sites/types/{code}", shape, types::update)
        .post("/sites/types/{code}/place", shape, types::place)
        .get("/sites/{number}", view, sites::show)
        .get("/sites/{number}/edit", edit, sites::edit)
        .post("/sites/{number}", edit, sites::update)
        .post("/sites/{number}/position", edit, site_moves::position)
        .post("/sites/{number}/retirement", edit, site_moves::retire)
        .post("/sites/{number}/restoration", edit, site_moves::restore)
        .get("/divisions", view, divisions::tree)
        .get("/divisions/{code}", view, divisions::show)
        .post("/divisions/{code}", shape, divisions::update)
        .get("/map", view, map::page)
        .get("/places/import", edit, import::page)
        .post("/places/import", edit, import::run)
        .get("/admin/calendar", view, calendar::page)
        .post("/admin/calendar/preview", calendar, calendar::preview)
        .post("/admin/calendar/arrangements", calendar, calendar::publish)
        .post("/admin/calendar/duty", calendar, calendar::duty)
        .post("/admin/calendar/closures", calendar, calendar::close)
        .post("/admin/calendar/closures/{date}/removal", calendar, calendar::open)
        .get("/geo/outline.json", Access::Public, geo::outline)
        .get("/geo/divisions.json", Access::Public, geo::divisions)
        .get("/geo/sections.json", Access::Public, geo::sections)
        .get("/geo/sections/{number}", Access::Public, geo::section)
        .get("/geo/sites.json", Access::Public, geo::sites)
        .get("/geo/grid.json", Access::Public, geo::grid)
        .get("/api/v1/divisions", Access::Public, api::divisions)
        .get("/api/v1/sections", Access::Public, api::sections)
        .get("/api/v1/sites", Access::Public, api::sites)
        .get("/api/v1/site-types", Access::Public, api::site_types)
        .put("/api/v1/site-types/{code}", shape, api::save_site_type)
        .get("/api/v1/calendar", Access::Public, api::calendar)
}
