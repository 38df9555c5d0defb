//! The pages, one resource a file.

mod act;
mod appeals;
mod compare;
mod desk;
mod edit;
mod head;
mod holders;
mod list;
mod negative;
mod packs;
mod report;
mod round;
mod row;
mod rows;
mod scheme;
mod trend;
mod upload;

pub(crate) use appeals::wanted as appeals_wanted;
pub(crate) use list::filter;
pub(crate) use negative::asked;
pub(crate) use packs::{answer as pack_answer, checked as pack_checked};
pub(crate) use row::made;
pub(crate) use rows::filter as row_filter;

use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let see = Access::Action("assessment-see");
    let own = Access::Action("assessment-see-own");
    let import = Access::Action("assessment-import");
    let matches = Access::Action("assessment-match");
    Routes::new()
        .get("/assessment/rounds", own, list::page_of)
        .get("/assessment/rounds/new", import, upload::page_of)
        .post("/assessment/rounds/new", import, upload::run)
        .post("/assessment/rounds/new/report", import, upload::report)
        .get("/assessment/rounds/comparison", see, compare::page_of)
        .get("/assessment/rounds/trend", see, trend::page_of)
        .get("/assessment/rounds/{number}", own, round::page_of)
        .get("/assessment/rounds/{number}/streets", see, holders::streets)
        .get("/assessment/rounds/{number}/units", see, holders::units)
        .get("/assessment/rounds/{number}/rows", own, rows::page_of)
        .get("/assessment/rounds/{number}/rows/{row}", own, row::page_of)
        .post("/assessment/rounds/{number}/rows/{row}/verdict", matches, row::judge)
        .post("/assessment/rounds/{number}/rows/{row}/case", Access::Action("assessment-raise"), row::raise)
        .get("/assessment/rounds/{number}/desk", see, desk::page_of)
        .post("/assessment/rounds/{number}/matches", matches, desk::say)
        .get("/assessment/rounds/{number}/report", see, report::answer)
        .get("/assessment/rounds/{number}/edit", import, edit::page_of)
        .post("/assessment/rounds/{number}/edit", import, edit::save)
        .get("/assessment/rounds/{number}/steps/{step}", Access::Action("assessment-move"), act::page_of)
        .post("/assessment/rounds/{number}/steps/{step}", Access::Action("assessment-move"), act::run)
        .merge(scheme::routes())
        .merge(negative::routes())
        .merge(packs::routes())
        .merge(appeals::routes())
}
