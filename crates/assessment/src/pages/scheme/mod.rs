//! Pages of schemes and cycles.

mod cycles;
mod difference;
mod import;
mod list;
mod node;
mod rule;
mod show;

use web::{Access, Routes};

pub(super) fn routes() -> Routes {
    let see = Access::Action("assessment-see");
    let edit = Access::Action("assessment-edit-scheme");
    Routes::new()
        .get("/assessment/schemes", see, list::page_of)
        .get("/assessment/schemes/new", edit, list::new)
        .post("/assessment/schemes/new", edit, list::make)
        .get("/assessment/schemes/{number}", see, show::page_of)
        .post("/assessment/schemes/{number}/publication", edit, show::publish)
        .post("/assessment/schemes/{number}/copies", edit, show::copy)
        .get("/assessment/schemes/{number}/import", edit, import::page_of)
        .post("/assessment/schemes/{number}/import", edit, import::run)
        .get("/assessment/schemes/{number}/difference", see, difference::page_of)
        .get("/assessment/schemes/{number}/nodes/new", edit, node::new)
        .post("/assessment/schemes/{number}/nodes/new", edit, node::add)
        .get("/assessment/schemes/{number}/nodes/{code}", see, node::page_of)
        .post("/assessment/schemes/{number}/nodes/{code}", edit, node::save)
        .post("/assessment/schemes/{number}/nodes/{code}/move", edit, node::shift)
        .post("/assessment/schemes/{number}/nodes/{code}/removal", edit, node::remove)
        .get("/assessment/rules", see, rule::page_of)
        .get("/assessment/cycles", see, cycles::page_of)
        .get("/assessment/cycles/new", edit, cycles::new)
        .post("/assessment/cycles/new", edit, cycles::make)
        .get("/assessment/cycles/{number}", see, cycles::one)
        .get("/assessment/cycles/{number}/edit", edit, cycles::edit)
        .post("/assessment/cycles/{number}/edit", edit, cycles::save)
}
