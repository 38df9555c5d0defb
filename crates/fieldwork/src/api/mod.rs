//! JSON twins of the pages, the door for telephones that were without a network, and the one for ODK's programs.

mod bodies;
pub(crate) mod openrosa;
mod records;
mod send;
mod sheet_bodies;
mod sheets;

pub(crate) use bodies::ObservationBody;
pub(crate) use send::sound_of;

use utoipa::OpenApi;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let (see, edit) =
        (Access::Action("fieldwork-see-checklists"), Access::Action("fieldwork-edit-checklists"));
    let (fill, read) = (Access::Action("fieldwork-fill"), Access::Action("fieldwork-read"));
    let review = Access::Action("fieldwork-review");
    Routes::new()
        .get("/api/v1/fieldwork/day", fill, send::day)
        .post("/api/v1/fieldwork/records", fill, send::create)
        .get("/api/v1/fieldwork/records", read, records::list)
        .get("/api/v1/fieldwork/records/{number}", read, records::one)
        .post("/api/v1/fieldwork/records/{number}/acceptance", review, records::accept)
        .post("/api/v1/fieldwork/records/{number}/return", review, records::send_back)
        .post("/api/v1/fieldwork/records/{number}/choice", review, records::choose)
        .post("/api/v1/fieldwork/records/{number}/setting-aside", review, records::set_aside)
        .post(
            "/api/v1/fieldwork/records/{number}/cases",
            Access::Action("fieldwork-make-case"),
            records::make_case,
        )
        .get("/api/v1/fieldwork/photos/{id}/{size}", read, records::picture)
        .get("/api/v1/fieldwork/observations", read, records::observations)
        .get(
            "/api/v1/fieldwork/inspections/{number}/agreement",
            Access::Action("fieldwork-compare"),
            records::agreement,
        )
        .get("/api/v1/fieldwork/checklists", see, sheets::list)
        .post("/api/v1/fieldwork/checklists", edit, sheets::import)
        .get("/api/v1/fieldwork/checklists/{code}", see, sheets::one)
        .put("/api/v1/fieldwork/checklists/{code}/automatic", edit, sheets::automatic)
        .get("/api/v1/fieldwork/checklists/{code}/{label}", see, sheets::version)
        .get("/api/v1/fieldwork/checklists/{code}/{label}/workbook.xlsx", see, sheets::workbook)
        .get("/api/v1/fieldwork/checklists/{code}/{label}/form.xml", see, sheets::xform)
        .post("/api/v1/fieldwork/checklists/{code}/{label}/publication", edit, sheets::publish)
        .post("/api/v1/fieldwork/checklists/{code}/{label}/retirement", edit, sheets::retire)
        .put("/api/v1/fieldwork/types/{type}", edit, sheets::assign)
        .merge(openrosa::routes())
}

#[derive(OpenApi)]
#[openapi(
    paths(
        send::day,
        send::create,
        records::list,
        records::one,
        records::accept,
        records::send_back,
        records::choose,
        records::set_aside,
        records::make_case,
        records::picture,
        records::observations,
        records::agreement,
        sheets::list,
        sheets::import,
        sheets::one,
        sheets::automatic,
        sheets::version,
        sheets::workbook,
        sheets::xform,
        sheets::publish,
        sheets::retire,
        sheets::assign
    ),
    tags((name = "fieldwork", description = "Checklists, what inspectors found at points, and what it says of standards."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
