//! Pages: checklists, an inspector's points and their form, records, observations, how far two visits agree.

mod agreement;
mod collect;
mod edition;
mod form;
mod import;
mod manifest;
mod mine;
mod moves;
mod observations;
mod photos;
mod record;
mod records;
mod sheets;

pub(crate) use edition::{workbook, xform};
pub(crate) use import::{read as read_workbook, strangers};
pub(crate) use moves::case_of;
pub(crate) use photos::serve as picture;

use crate::policy::{self, Act, POLICY};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use places::PlaceIndex;
use places::model::SiteType;
use std::sync::Arc;
use web::error::{OrFail, page};
use web::{Access, Answer, Hit, HitGroup, Req, Routes, Ui};

pub(crate) fn routes() -> Routes {
    let (see, edit) =
        (Access::Action("fieldwork-see-checklists"), Access::Action("fieldwork-edit-checklists"));
    let (fill, read) = (Access::Action("fieldwork-fill"), Access::Action("fieldwork-read"));
    let review = Access::Action("fieldwork-review");
    Routes::new()
        .get("/fieldwork", fill, mine::page_of)
        .get("/fieldwork/app", fill, app)
        .get("/fieldwork/app.webmanifest", fill, manifest::file)
        .no_page()
        .get("/fieldwork/collect", fill, collect::page_of)
        .post("/fieldwork/collect", fill, collect::make)
        .get("/fieldwork/visits/{id}", fill, form::page_of)
        .post("/fieldwork/visits/{id}", fill, form::send)
        .get("/fieldwork/records", read, records::page_of)
        .get("/fieldwork/records/{number}", read, record::page_of)
        .post("/fieldwork/records/{number}/acceptance", review, moves::accept)
        .post("/fieldwork/records/{number}/return", review, moves::send_back)
        .post("/fieldwork/records/{number}/choice", review, moves::choose)
        .post("/fieldwork/records/{number}/setting-aside", review, moves::set_aside)
        .post("/fieldwork/records/{number}/cases", Access::Action("fieldwork-make-case"), moves::make_case)
        .get("/fieldwork/photos/{id}/{size}", read, photos::serve)
        .no_page()
        .get("/fieldwork/observations", read, observations::page_of)
        .get(
            "/fieldwork/inspections/{number}/agreement",
            Access::Action("fieldwork-compare"),
            agreement::page_of,
        )
        .get("/fieldwork/checklists", see, sheets::page_of)
        .post("/fieldwork/checklists/uses", edit, sheets::assign)
        .get("/fieldwork/checklists/import", edit, import::page_of)
        .post("/fieldwork/checklists/import", edit, import::run)
        .get("/fieldwork/checklists/{code}", see, sheets::one)
        .post("/fieldwork/checklists/{code}/automatic", edit, sheets::automatic)
        .get("/fieldwork/checklists/{code}/{label}", see, edition::page_of)
        .post("/fieldwork/checklists/{code}/{label}/publication", edit, edition::publish)
        .post("/fieldwork/checklists/{code}/{label}/retirement", edit, edition::retire)
        .get("/fieldwork/checklists/{code}/{label}/workbook.xlsx", see, workbook)
        .no_page()
        .get("/fieldwork/checklists/{code}/{label}/form.xml", see, xform)
        .no_page()
}

#[derive(askama::Template)]
#[template(path = "fieldwork/app.html")]
struct AppPage {
    ui: Ui,
}

/// The page that works without a network.
async fn app(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Fill).or_fail(&req)?;
    page(&req, &AppPage { ui: req.ui() })
}

/// What codes are called.
pub(crate) struct Known {
    pub(crate) index: Arc<PlaceIndex>,
    pub(crate) types: Vec<SiteType>,
}

impl Known {
    pub(crate) async fn of(req: &Req) -> Answer<Self> {
        let index = places::kept::index(&req.city).await.or_fail(req)?;
        let types = req.read(|_, tx| places::queries::all_site_types(tx)).await.or_fail(req)?;
        Ok(Self { index, types })
    }

    pub(crate) fn kind(&self, ui: &Ui, code: &str) -> String {
        let found = self.types.iter().find(|t| t.code == code);
        found.map_or_else(|| code.to_owned(), |t| t.name(ui.locale()).to_owned())
    }

    pub(crate) fn kinds(&self, ui: &Ui) -> Vec<(String, String)> {
        self.types
            .iter()
            .filter(|t| t.active)
            .map(|t| (t.code.clone(), t.name(ui.locale()).to_owned()))
            .collect()
    }

    pub(crate) fn division(&self, code: &str) -> String {
        self.index.by_code(code).map_or_else(|| code.to_owned(), |node| node.name.to_string())
    }
}

/// What the search box finds: a record by its number, where it may be seen.
pub(crate) fn search(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    let number = words.trim().to_uppercase();
    if !number.starts_with("FR-") || !POLICY.somewhere(ctx, Act::Read) {
        return Ok(Vec::new());
    }
    let Some(record) = rows::record(tx, &number)? else { return Ok(Vec::new()) };
    if !crate::queries::may_read(ctx, tx, &record)? {
        return Ok(Vec::new());
    }
    let hits = vec![Hit::by_words(record.point_name.clone(), record.number.clone(), record.href())];
    Ok(vec![HitGroup { key: "search-field-records", hits, all: "/fieldwork/records".to_owned() }])
}
