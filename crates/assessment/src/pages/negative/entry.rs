//! Entries: what counts, for how long, with which effect.

use super::effect;
use crate::negative::model::{Entry, Measure, Status};
use crate::negative::{commands, forms, queries};
use crate::policy::{self, Act};
use crate::scheme::forms::refused;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Form, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/negative/entries.html")]
struct EntriesPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    statuses: Vec<String>,
    may_edit: bool,
}

struct Row {
    code: String,
    name: String,
    basis: String,
    months: i64,
    effects: Vec<String>,
    retired: bool,
}

fn row(ui: &Ui, entry: &Entry) -> Row {
    Row {
        code: entry.code.clone(),
        name: entry.name.clone(),
        basis: entry.basis.clone(),
        months: entry.months,
        effects: Status::ALL.iter().map(|status| effect(ui, entry.effect(*status))).collect(),
        retired: entry.retired,
    }
}

pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let found = req.read(queries::entries).await.or_fail(&req)?;
    let ui = req.ui();
    let rows: Vec<Row> = found.iter().map(|entry| row(&ui, entry)).collect();
    let statuses: Vec<String> = Status::ALL.iter().map(|s| ui.named("city-status", s.code())).collect();
    if let Some(kind) = export::kind(params.get("format")) {
        let column = |key: &str, of: Kind| Column::new(ui.named("negative-column", key), of);
        let mut heads = vec![
            column("code", Kind::Text),
            column("name", Kind::Text).width(40.0),
            column("basis", Kind::Text).width(30.0),
            column("months", Kind::Int),
        ];
        heads.extend(statuses.iter().map(|name| Column::new(name.clone(), Kind::Text)));
        let cells = rows.iter().map(|row| {
            let mut cells = vec![
                Cell::from(row.code.as_str()),
                Cell::from(row.name.as_str()),
                Cell::from(row.basis.as_str()),
                Cell::Int(row.months),
            ];
            cells.extend(row.effects.iter().map(|text| Cell::from(text.as_str())));
            cells
        });
        return export::answer(&req, kind, &ui.t("negative-entries"), &heads, cells);
    }
    let may_edit = policy::may(&req.ctx, Act::EditNegative);
    page(&req, &EntriesPage { ui, params, rows, statuses, may_edit })
}

#[derive(askama::Template)]
#[template(path = "assessment/negative/entry.html")]
struct EntryPage {
    ui: Ui,
    form: Filled,
    title: String,
    action: String,
    /// Names of the fields of each status, with its name.
    statuses: Vec<(&'static str, &'static str)>,
    measures: Vec<(String, String)>,
    known: bool,
}

async fn show(req: &Req, code: Option<String>, filled: Option<Filled>) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let ui = req.ui();
    let known = match code {
        Some(code) => Some(req.read(move |ctx, tx| queries::entry(ctx, tx, &code)).await.or_fail(req)?),
        None => None,
    };
    let blank = || known.as_ref().map_or_else(|| Filled::new().set("entry_months", 12), forms::filled_entry);
    let view = EntryPage {
        form: filled.unwrap_or_else(blank),
        title: known
            .as_ref()
            .map_or_else(|| ui.t("negative-entry-new"), |e| format!("{} {}", e.code, e.name)),
        action: known.as_ref().map_or_else(
            || "/assessment/negative/entries/new".to_owned(),
            |e| format!("/assessment/negative/entries/{}", e.code),
        ),
        statuses: Status::ALL.iter().map(|s| forms::fields(*s)).collect(),
        measures: Measure::ALL
            .iter()
            .map(|m| (m.code().to_owned(), ui.named("negative-measure", m.code())))
            .collect(),
        known: known.is_some(),
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn new(req: Req) -> Answer {
    show(&req, None, None).await
}

pub(super) async fn edit(req: Req, Path(code): Path<String>) -> Answer {
    show(&req, Some(code), None).await
}

async fn written(req: Req, code: Option<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(&req)?;
    let (sent, of) = (form.clone(), code.clone());
    let done = req.write(move |ctx, tx| {
        let mut draft = forms::entry(&sent)?;
        let mut version = None;
        if let Some(code) = of {
            // the code is the address, whatever the form says
            draft.code = code;
            let seen = sent.number("version").map_err(|e| Problem::invalid(vec![e]))?;
            version = Some(seen.unwrap_or_default());
        }
        commands::write_entry(ctx, tx, draft, version)
    });
    match done.await {
        Ok(entry) => Ok(redirect(&req, "/assessment/negative/entries", "negative-saved", &entry.code)),
        Err(problem) => {
            let filled = refused(&req, &form, problem)?;
            show(&req, code, Some(filled)).await
        }
    }
}

pub(super) async fn make(req: Req, form: Form) -> Answer {
    written(req, None, form).await
}

pub(super) async fn save(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    written(req, Some(code), form).await
}
