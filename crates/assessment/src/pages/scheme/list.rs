//! Editions of schemes, and a new one.

use crate::policy::{self, Act};
use crate::scheme::commands::{self, NewScheme};
use crate::scheme::model::{Cycle, Scheme};
use crate::scheme::sample::Sample;
use crate::scheme::{forms, queries};
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Form, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/scheme/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Line>,
    may_edit: bool,
}

struct Line {
    number: String,
    name: String,
    edition: i64,
    cycle: String,
    state: String,
    mood: &'static str,
    sample: bool,
    day: String,
}

/// The colour that repeats how far a scheme has come.
pub(super) fn mood(scheme: &Scheme) -> &'static str {
    if scheme.is_open() { "waiting" } else { "done" }
}

fn line(ui: &Ui, cycles: &[Cycle], scheme: &Scheme) -> Line {
    let cycle = scheme.cycle_id.and_then(|id| cycles.iter().find(|cycle| cycle.id == id));
    Line {
        number: scheme.number.clone(),
        name: scheme.name.clone(),
        edition: scheme.edition,
        cycle: cycle.map(|c| c.name.clone()).unwrap_or_default(),
        state: ui.named("scheme-state", scheme.state.code()),
        mood: mood(scheme),
        sample: scheme.sample,
        day: ui.date(&scheme.published_at.unwrap_or(scheme.created_at).date()),
    }
}

pub(super) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let read = req.read(|ctx, tx| Ok((queries::schemes(ctx, tx)?, queries::cycles(ctx, tx)?)));
    let (schemes, cycles) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let rows: Vec<Line> = schemes.iter().map(|scheme| line(&ui, &cycles, scheme)).collect();
    if let Some(kind) = export::kind(params.get("format")) {
        let column = |key: &str, of: Kind| Column::new(ui.named("scheme-column", key), of);
        let heads = [
            column("number", Kind::Text),
            column("name", Kind::Text).width(30.0),
            column("edition", Kind::Int),
            column("cycle", Kind::Text),
            column("state", Kind::Text),
            column("sample", Kind::Int),
        ];
        let cells = rows.iter().map(|row| {
            vec![
                Cell::from(row.number.as_str()),
                Cell::from(row.name.as_str()),
                Cell::Int(row.edition),
                Cell::from(row.cycle.as_str()),
                Cell::from(row.state.as_str()),
                Cell::Int(i64::from(row.sample)),
            ]
        });
        return export::answer(&req, kind, &ui.t("schemes-title"), &heads, cells);
    }
    page(&req, &ListPage { may_edit: policy::may(&req.ctx, Act::EditScheme), ui, params, rows })
}

#[derive(askama::Template)]
#[template(path = "assessment/scheme/new.html")]
struct NewPage {
    ui: Ui,
    form: Filled,
    cycles: Vec<(String, String)>,
    samples: Vec<(String, String)>,
}

async fn show(req: &Req, status: StatusCode, form: Filled) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(req)?;
    let cycles = req.read(queries::cycles).await.or_fail(req)?;
    let samples = Sample::ALL.iter().map(|s| (s.code().to_owned(), s.name().to_owned())).collect();
    let cycles = cycles.into_iter().map(|c| (c.number, c.name)).collect();
    page_with(req, status, &NewPage { ui: req.ui(), form, cycles, samples })
}

pub(super) async fn new(req: Req) -> Answer {
    let form = Filled::new().set("observed_way", Sample::City.observed_way());
    show(&req, StatusCode::OK, form).await
}

pub(super) async fn make(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let sent = form.clone();
    let done = req.write(move |ctx, tx| {
        let sample = sent.choice::<Sample>("scheme_sample").map_err(|e| Problem::invalid(vec![e]))?;
        let scheme = commands::make(
            ctx,
            tx,
            NewScheme {
                name: sent.text("scheme_name").to_owned(),
                cycle: sent.text("scheme_cycle").to_owned(),
                observed_way: sent.text("observed_way").to_owned(),
                note: sent.text("scheme_note").to_owned(),
                sample: sample.is_some(),
            },
        )?;
        if let Some(sample) = sample {
            commands::fill(ctx, tx, &scheme.number, sample.lines()?)?;
        }
        Ok(scheme)
    });
    match done.await {
        Ok(scheme) => {
            let to = format!("/assessment/schemes/{}", scheme.number);
            Ok(redirect(&req, &to, "scheme-made", &scheme.number))
        }
        Err(problem) => {
            let filled = forms::refused(&req, &form, problem)?;
            show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled).await
        }
    }
}
