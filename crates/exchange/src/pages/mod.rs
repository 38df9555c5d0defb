//! The pages, one resource a file.

mod act;
mod differences;
mod edit;
mod mapping;
mod partner;
mod repairs;
mod shown;
mod trial;

pub(crate) use differences::filter;
pub(crate) use trial::{tried, unreachable_partner};

use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("exchange-see");
    const CONFIGURE: Access = Access::Action("exchange-configure");
    const MAP: Access = Access::Action("exchange-map");
    const RUN: Access = Access::Action("exchange-run");
    const REPAIR: Access = Access::Action("exchange-repair");
    const RESOLVE: Access = Access::Action("exchange-resolve");
    Routes::new()
        .get("/exchange/partners", SEE, partner::list)
        .get("/exchange/partners/new", CONFIGURE, edit::new_form)
        .post("/exchange/partners", CONFIGURE, edit::create)
        .get("/exchange/partners/{number}", SEE, partner::page_of)
        .get("/exchange/partners/{number}/edit", CONFIGURE, edit::edit_form)
        .post("/exchange/partners/{number}", CONFIGURE, edit::change)
        .get("/exchange/partners/{number}/key", CONFIGURE, partner::key_form)
        .post("/exchange/partners/{number}/key", CONFIGURE, partner::key)
        .post("/exchange/partners/{number}/pause", CONFIGURE, partner::pause)
        .post("/exchange/partners/{number}/resumption", CONFIGURE, partner::resume)
        .get("/exchange/partners/{number}/removal", CONFIGURE, partner::remove_form)
        .post("/exchange/partners/{number}/removal", CONFIGURE, partner::remove)
        .post("/exchange/partners/{number}/pull", RUN, partner::pull)
        .post("/exchange/partners/{number}/comparison", RUN, partner::compare)
        .post("/exchange/partners/{number}/trial", RUN, trial::run)
        .get("/exchange/partners/{number}/mapping", MAP, mapping::page_of)
        .post("/exchange/partners/{number}/mapping", MAP, mapping::set)
        .post("/exchange/partners/{number}/mapping/removal", MAP, mapping::forget)
        .get("/exchange/partners/{number}/rules", MAP, mapping::rules_form)
        .post("/exchange/partners/{number}/rules", MAP, mapping::rules)
        .get("/exchange/repairs", REPAIR, repairs::list)
        .post("/exchange/repairs/changes/{number}", REPAIR, repairs::mend)
        .post("/exchange/repairs/messages/{message}", REPAIR, repairs::resend)
        .get("/exchange/differences", RESOLVE, differences::list)
        .get("/exchange/differences/{number}", RESOLVE, differences::page_of)
        .post("/exchange/differences/{number}", RESOLVE, differences::resolve)
}
