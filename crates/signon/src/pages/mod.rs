//! The pages: programs for administrators, the way into one for everybody, and what one has agreed to.

mod act;
mod authorize;
mod edit;
mod list;
mod mine;
mod program;

use crate::model::Scope;
use kernel::workflow::Named;
use web::{Access, Routes, Ui};

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("signon-see");
    const KEEP: Access = Access::Action("signon-keep");
    const STOP: Access = Access::Action("signon-stop");
    Routes::new()
        .get("/connect/authorize", Access::Public, authorize::ask)
        .no_page()
        .post("/connect/consent", Access::SignedIn, authorize::answer)
        .get("/me/programs", Access::SignedIn, mine::page_of)
        .post("/me/programs/{number}/withdrawal", Access::SignedIn, mine::withdraw)
        .get("/admin/programs", SEE, list::page_of)
        .get("/admin/programs/new", KEEP, edit::new_form)
        .post("/admin/programs", KEEP, edit::create)
        .get("/admin/programs/{number}", SEE, program::page_of)
        .get("/admin/programs/{number}/edit", KEEP, edit::edit_form)
        .post("/admin/programs/{number}", KEEP, edit::change)
        .get("/admin/programs/{number}/secret", KEEP, act::secret_form)
        .post("/admin/programs/{number}/secret", KEEP, act::secret)
        .get("/admin/programs/{number}/stop", STOP, act::stop_form)
        .post("/admin/programs/{number}/stop", STOP, act::stop)
        .post("/admin/programs/{number}/resumption", KEEP, act::resume)
        .get("/admin/programs/{number}/removal", STOP, act::remove_form)
        .post("/admin/programs/{number}/removal", STOP, act::remove)
}

/// What a program may learn, in words; that it is the same person as before goes without saying.
pub(crate) fn learns(ui: &Ui, scopes: &[Scope]) -> Vec<String> {
    scopes.iter().map(|scope| ui.named("signon-learns", scope.code())).collect()
}
