//! The pages, one resource a file.

mod holds;
mod keys;
mod preview;
mod provision;
mod provisions;
mod request;
mod requests;
mod rule;
mod rules;
mod runs;

use crate::run::keeps_of;
use std::sync::Arc;
use web::error::OrFail;
use web::keep::Keeps;
use web::{Access, Answer, Req, Routes};

pub(crate) fn routes() -> Routes {
    let see = Access::Action("keeping-see");
    let set = Access::Action("keeping-set");
    let hold = Access::Action("keeping-hold");
    Routes::new()
        .get("/admin/keeping", see, rules::page_of)
        .get("/admin/keeping/preview", see, preview::page_of)
        .get("/admin/keeping/runs", see, runs::page_of)
        .post("/admin/keeping/runs", Access::Action("keeping-run"), runs::start)
        .get("/admin/keeping/holds", see, holds::page_of)
        .post("/admin/keeping/holds", hold, holds::create)
        .get("/admin/keeping/holds/{number}/lifting", hold, holds::lifting)
        .post("/admin/keeping/holds/{number}/lifting", hold, holds::lift)
        .get("/admin/keeping/rules/{key}", set, rule::page_of)
        .post("/admin/keeping/rules/{key}", set, rule::save)
        .get("/personal-requests", Access::Action("keeping-see-requests"), requests::page_of)
        .get("/personal-requests/new", Access::Action("keeping-record-requests"), requests::new)
        .post("/personal-requests", Access::Action("keeping-record-requests"), requests::create)
        .get("/personal-requests/{number}", Access::Action("keeping-see-requests"), request::page_of)
        .post("/personal-requests/{number}/steps", Access::Action("keeping-see-requests"), request::step)
        .get("/personal-provisions", Access::Action("keeping-see-provisions"), provisions::page_of)
        .get("/personal-provisions/new", Access::Action("keeping-propose-provisions"), provisions::new)
        .post("/personal-provisions", Access::Action("keeping-propose-provisions"), provisions::create)
        .get("/personal-provisions/{number}", Access::Action("keeping-see-provisions"), provision::page_of)
        .post(
            "/personal-provisions/{number}/steps",
            Access::Action("keeping-see-provisions"),
            provision::step,
        )
        .get("/admin/data-keys", Access::Action("keeping-see-keys"), keys::page_of)
        .get("/admin/data-keys/rotation", Access::Action("keeping-rotate-keys"), keys::ask)
        .post("/admin/data-keys/rotation", Access::Action("keeping-rotate-keys"), keys::rotate)
}

/// The rules of this city.
fn keeps(req: &Req) -> Answer<Arc<Keeps>> {
    keeps_of(&req.city).or_fail(req)
}
