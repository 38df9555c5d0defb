//! Pages: batches and their sheets, what is printed, what came back, what waits for a person, and the counterfoil's.

mod batch;
mod batches;
mod design;
mod desk;
pub(crate) mod pdf;
pub(crate) mod pictures;
mod receipt;
mod scan;
mod scans;

use crate::model::{ScanState, SheetState};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::workflow::Named;
use web::{Access, Hit, HitGroup, Routes, Ui};

pub(crate) fn routes() -> Routes {
    let (print, bring) = (Access::Action("paper-print"), Access::Action("paper-bring"));
    let (see, repair) = (Access::Action("paper-see"), Access::Action("paper-repair"));
    let (words, edit) = (Access::Action("paper-type"), Access::Action("paper-edit"));
    Routes::new()
        .get("/paper", print, batches::list)
        .post("/paper/batches", print, batches::create)
        .get("/paper/batches/{number}", print, batch::page_of)
        .post("/paper/batches/{number}/pdf", print, pdf::print)
        .post("/paper/batches/{number}/void", print, batch::void)
        .get("/paper/design", edit, design::page_of)
        .post("/paper/design", edit, design::save)
        .get("/paper/scans", bring, scans::list)
        .post("/paper/scans", bring, scans::create)
        .get("/paper/scans/{number}", see, scan::page_of)
        .get("/paper/scans/{number}/picture", see, pictures::whole)
        .no_page()
        .get("/paper/scans/{number}/parts/{part}", see, pictures::one)
        .no_page()
        .post("/paper/scans/{number}/assignment", repair, scan::assign)
        .post("/paper/scans/{number}/turn", repair, scan::turn)
        .post("/paper/scans/{number}/reading", repair, scan::read_again)
        .post("/paper/scans/{number}/refusal", repair, scan::refuse)
        .get("/paper/desk", words, desk::first)
        .get("/paper/desk/{number}", words, desk::page_of)
        .post("/paper/desk/{number}", words, desk::save)
        .get("/paper/receipts", Access::Public, receipt::page_of)
}

fn states(ui: &Ui) -> Vec<(String, String)> {
    <ScanState as Named>::ALL.iter().map(|s| (s.code().to_owned(), state(ui, *s))).collect()
}

pub(crate) fn state(ui: &Ui, state: ScanState) -> String {
    ui.named("paper-scan-state", state.code())
}

fn sheet_state(ui: &Ui, state: SheetState) -> String {
    ui.named("paper-sheet-state", state.code())
}

/// What the search box finds: a number of a form, a batch or a scan, as somebody with a counterfoil says it.
pub(crate) fn search(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    let number = words.trim().to_uppercase();
    if !policy::may(ctx, Act::Print) || !number.starts_with('P') {
        return Ok(Vec::new());
    }
    let mut hits = Vec::new();
    if let Some(sheet) = rows::sheet_by_number(tx, &number)?
        && let Some(batch) = rows::batch(tx, sheet.batch_id)?
    {
        let case = match sheet.case_id.filter(|_| policy::may(ctx, Act::See)) {
            Some(case) => crate::queries::case_number(tx, case)?,
            None => String::new(),
        };
        let href = if case.is_empty() {
            format!("/paper/batches/{}", batch.number)
        } else {
            format!("/cases/{case}")
        };
        let note = if case.is_empty() { batch.place } else { format!("{} · {case}", batch.place) };
        hits.push(Hit::by_words(sheet.number, note, href));
    }
    if let Some(batch) = rows::batch_by_number(tx, &number)? {
        let href = format!("/paper/batches/{}", batch.number);
        hits.push(Hit::by_words(batch.number, batch.place, href));
    }
    if policy::may(ctx, Act::See)
        && let Some(scan) = rows::scan_by_number(tx, &number)?
    {
        let href = format!("/paper/scans/{}", scan.number);
        hits.push(Hit::by_words(scan.number, String::new(), href));
    }
    if hits.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![HitGroup { key: "search-paper", hits, all: "/paper".to_owned() }])
}
