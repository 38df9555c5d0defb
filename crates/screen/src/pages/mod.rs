//! The pages, one resource a file.

mod act;
mod admin;
mod brief;
mod chart;
mod display;
mod edit;
mod map;
mod screen;
mod wall;

use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    const LOOK: Access = Access::Action("screen-look");
    const BRIEF: Access = Access::Action("screen-brief");
    const SEE: Access = Access::Action("screen-see");
    const KEEP: Access = Access::Action("screen-keep");
    const ARRANGE: Access = Access::Action("screen-arrange");
    Routes::new()
        .get("/screen", LOOK, screen::page_of)
        .get("/screen/panels", LOOK, screen::panels)
        .no_page()
        .get("/screen/map.json", LOOK, screen::spots)
        .no_page()
        .get("/screen/d/{word}", Access::Public, display::page_of)
        .get("/screen/d/{word}/panels", Access::Public, display::panels)
        .no_page()
        .get("/screen/d/{word}/map.json", Access::Public, display::spots)
        .no_page()
        .get("/brief", BRIEF, brief::page_of)
        .get("/brief/pdf", BRIEF, brief::pdf)
        .no_page()
        .get("/brief/docx", BRIEF, brief::docx)
        .no_page()
        .get("/admin/screens", SEE, admin::list)
        .get("/admin/screens/new", KEEP, edit::new_form)
        .post("/admin/screens", KEEP, edit::create)
        .get("/admin/screens/{number}", SEE, admin::page_of)
        .get("/admin/screens/{number}/edit", KEEP, edit::edit_form)
        .post("/admin/screens/{number}", KEEP, edit::change)
        .get("/admin/screens/{number}/arrangement", ARRANGE, edit::arrange_form)
        .post("/admin/screens/{number}/arrangement", ARRANGE, edit::arrange)
        .get("/admin/screens/{number}/address", KEEP, act::renew_form)
        .post("/admin/screens/{number}/address", KEEP, act::renew)
        .get("/admin/screens/{number}/revocation", KEEP, act::revoke_form)
        .post("/admin/screens/{number}/revocation", KEEP, act::revoke)
}
