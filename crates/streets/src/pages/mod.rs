//! HTML pages and map layers, one resource a file.

mod coverage;
mod create;
mod geo;
mod handover;
mod import;
mod list;
mod moves;
mod outcomes;
pub(crate) mod past;
mod patrols;
mod public;
mod public_unit;
pub(crate) mod search;
mod settings;
pub(crate) mod shared;
mod show;
mod signs;
mod units;

use crate::api;
pub(crate) use list::sections_of;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    staff().merge(everybody())
}

fn staff() -> Routes {
    let (view, edit, patrol) =
        (Access::Action("streets-view"), Access::Action("streets-edit"), Access::Action("streets-patrol"));
    let (contact, hand_over, settings) = (
        Access::Action("streets-contact"),
        Access::Action("streets-hand-over"),
        Access::Action("streets-settings"),
    );
    Routes::new()
        .get("/streets", view, list::page)
        .post("/streets", edit, create::create)
        .get("/streets/new", edit, create::new)
        .get("/streets/coverage", view, coverage::page)
        .get("/streets/outcomes", view, outcomes::page)
        .get("/streets/import", edit, import::page)
        .post("/streets/import", edit, import::run)
        .get("/streets/signs", view, signs::page)
        .post("/streets/signs", view, signs::print)
        .get("/streets/settings", settings, settings::page)
        .post("/streets/settings/hotline", settings, settings::hotline)
        .post("/streets/settings/leader", settings, settings::leader)
        .post("/streets/settings/standards", settings, settings::standard)
        .get("/streets/{number}", view, show::page)
        .get("/streets/{number}/contact", contact, moves::contact_form)
        .post("/streets/{number}/contact", contact, moves::contact)
        .get("/streets/{number}/replacement", edit, moves::replace_form)
        .post("/streets/{number}/replacement", edit, moves::replace)
        .get("/streets/{number}/end", edit, moves::end_form)
        .post("/streets/{number}/end", edit, moves::end)
        .get("/streets/{number}/cut", edit, moves::cut_form)
        .post("/streets/{number}/cut", edit, moves::cut)
        .get("/streets/{number}/joint", edit, moves::joint_form)
        .post("/streets/{number}/joint", edit, moves::joint)
        .get("/streets/{number}/handover", hand_over, handover::preview)
        .post("/streets/{number}/handover", hand_over, handover::run)
        .get("/streets/{number}/patrols", patrol, patrols::page)
        .post("/streets/{number}/patrols", patrol, patrols::log)
        .post("/streets/{number}/findings", patrol, patrols::report)
        .get("/units/{code}/streets", view, units::page)
        .get("/past", view, past::page)
        .get("/api/v1/past", view, api::past::past)
}

fn everybody() -> Routes {
    Routes::new()
        .get("/public/streets", Access::Public, public::list)
        .same_for_strangers()
        .get("/public/streets/{number}", Access::Public, public::show)
        .same_for_strangers()
        .get("/public/units/{code}", Access::Public, public_unit::page)
        .same_for_strangers()
        .get("/streets/signs.css", Access::Public, signs::style)
        .get("/geo/stretches.json", Access::Public, geo::stretches)
        .get("/geo/stretches/{file}", Access::Public, geo::stretch)
        .get("/api/v1/streets", Access::Public, api::streets)
        .get("/api/v1/streets/coverage", Access::Public, api::coverage)
}
