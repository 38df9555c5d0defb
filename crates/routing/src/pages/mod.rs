//! The pages, one resource a file.

mod edit;
mod list;
mod rule;
mod run;
mod shown;

use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("routing-see");
    const TRY: Access = Access::Action("routing-try");
    const EDIT: Access = Access::Action("routing-edit");
    Routes::new()
        .get("/admin/routing-rules", SEE, list::page_of)
        .get("/admin/routing-rules/new", EDIT, edit::new_form)
        .post("/admin/routing-rules", EDIT, edit::create)
        .post("/admin/routing-rules/dry-runs", TRY, run::start)
        .get("/admin/routing-rules/dry-runs/{number}", TRY, run::page_of)
        .get("/admin/routing-rules/{number}", SEE, rule::page_of)
        .get("/admin/routing-rules/{number}/edit", EDIT, edit::edit_form)
        .post("/admin/routing-rules/{number}", EDIT, edit::change)
        .post("/admin/routing-rules/{number}/place", EDIT, edit::shift)
}
