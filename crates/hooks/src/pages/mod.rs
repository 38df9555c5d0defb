//! The pages, one resource a file.

mod act;
mod acts;
mod delivery;
mod edit;
mod endpoint;
mod list;
mod shown;

use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("hooks-see");
    const KEEP: Access = Access::Action("hooks-keep");
    const STOP: Access = Access::Action("hooks-stop");
    Routes::new()
        .get("/admin/webhooks", SEE, list::page_of)
        .get("/admin/webhooks/new", KEEP, edit::new_form)
        .post("/admin/webhooks", KEEP, edit::create)
        .get("/admin/webhooks/{number}", SEE, endpoint::page_of)
        .get("/admin/webhooks/{number}/edit", KEEP, edit::edit_form)
        .post("/admin/webhooks/{number}", KEEP, edit::change)
        .get("/admin/webhooks/{number}/secret", KEEP, acts::secret_form)
        .post("/admin/webhooks/{number}/secret", KEEP, acts::secret)
        .post("/admin/webhooks/{number}/ping", KEEP, acts::ping)
        .post("/admin/webhooks/{number}/pause", STOP, acts::pause)
        .get("/admin/webhooks/{number}/resumption", KEEP, acts::resume_form)
        .post("/admin/webhooks/{number}/resumption", KEEP, acts::resume)
        .get("/admin/webhooks/{number}/removal", STOP, acts::remove_form)
        .post("/admin/webhooks/{number}/removal", STOP, acts::remove)
        .get("/admin/webhooks/{number}/replays", KEEP, acts::span_form)
        .post("/admin/webhooks/{number}/replays", KEEP, acts::span)
        .get("/admin/webhooks/{number}/deliveries/{message}", SEE, delivery::page_of)
        .post("/admin/webhooks/{number}/deliveries/{message}/replay", KEEP, delivery::replay)
}
