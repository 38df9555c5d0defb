//! The pages, one resource a file.

mod list;
mod settings;
mod units;
mod warning;

use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let see = Access::Action("honesty-see");
    let edit = Access::Action("honesty-edit");
    Routes::new()
        .get("/photo-checks", see, list::page_of)
        .get("/photo-checks/units", Access::Action("honesty-figures"), units::page_of)
        .get("/photo-checks/settings", edit, settings::page_of)
        .post("/photo-checks/settings", edit, settings::save)
        .post("/photo-checks/backfills", edit, settings::go_back)
        .get("/photo-checks/{number}", see, warning::page_of)
        .post("/photo-checks/{number}/decision", Access::Action("honesty-decide"), warning::decide)
}
