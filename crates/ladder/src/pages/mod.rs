//! HTML of the ladder: the office's page, the register, one letter and its moves, the settings.

mod board;
mod files;
mod letter;
mod list;
mod moves;
pub(crate) mod search;
mod settings;
mod shared;
mod view;

use crate::forms::{ROWS, Row};
pub(crate) use shared::desk;
use web::{Access, Form, Path, Req, Routes};

fn action(routes: Routes, row: &'static Row) -> Routes {
    let access = Access::Action(row.access);
    let routes = routes.post(row.path, access, move |req: Req, Path(code): Path<String>, form: Form| {
        moves::act(row, req, code, form)
    });
    routes.get(row.path, access, move |req: Req, Path(code): Path<String>| moves::form(row, req, code))
}

pub(crate) fn routes() -> Routes {
    let (view, oversee) = (Access::Action("ladder-view"), Access::Action("ladder-oversee"));
    let (edit, close) = (Access::Action("ladder-edit"), Access::Action("ladder-close"));
    let routes = Routes::new()
        .get("/ladder", oversee, board::page_of)
        .get("/ladder/due", oversee, board::due)
        .get("/ladder/settings", edit, settings::page_of)
        .post("/ladder/settings", edit, settings::save)
        .post("/ladder/numbers", edit, settings::raise)
        .get("/letters", view, list::page_of)
        .get("/letters/{code}", view, letter::page_of)
        .get("/letters/{code}/pdf", view, files::pdf)
        .no_page()
        .get("/letters/{code}/docx", view, files::docx)
        .no_page()
        .get("/letters/{code}/files/{id}/{size}", view, files::picture)
        .no_page()
        .post("/letters/{code}/undertakings/{id}/fulfilment", close, moves::keep);
    ROWS.iter().fold(routes, action)
}
