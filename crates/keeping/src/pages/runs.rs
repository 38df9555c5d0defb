//! What was erased, and when.

use super::keeps;
use crate::jobs;
use crate::model::Run;
use crate::policy::{Act, POLICY};
use crate::queries;
use crate::words;
use kernel::policy::Standing;
use kernel::problem::Problem;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page, redirect};
use web::keep::Keeps;
use web::list::Params;
use web::{Answer, Form, Req, Ui, export};

const PAGE: usize = 50;

#[derive(askama::Template)]
#[template(path = "keeping/runs.html")]
struct RunsPage {
    ui: Ui,
    params: Params,
    rows: Vec<Line>,
    next: Option<String>,
    may_run: bool,
    open: bool,
}

struct Line {
    run: Run,
    who: String,
    /// Kinds with how much of each went.
    counts: Vec<(String, i64)>,
}

fn line(ui: &Ui, keeps: &Keeps, run: Run) -> Line {
    let named = |key: &str| keeps.rule(key).map_or_else(|| key.to_owned(), |rule| words::name(ui, rule));
    let who = if run.by_hand { run.started_by.clone() } else { ui.t("keeping-by-night") };
    Line { who, counts: run.counts.0.iter().map(|(key, n)| (named(key), *n)).collect(), run }
}

pub(super) async fn page_of(req: Req) -> Answer {
    let (params, keeps) = (Params::parse(&req.query), keeps(&req)?);
    let kind = export::kind(params.get("format"));
    let before = match params.get("after") {
        "" => i64::MAX,
        text => text.parse().map_err(|_| Problem::not_found()).or_fail(&req)?,
    };
    let limit = if kind.is_some() { export::ROWS } else { PAGE + 1 };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut found = req.read(move |ctx, tx| queries::runs(ctx, tx, before, limit)).await.or_fail(&req)?;
    let ui = req.ui();
    if let Some(kind) = kind {
        return export_runs(&req, &ui, &keeps, kind, found);
    }
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|run| run.number.to_string());
    let open = found.iter().any(|run| run.finished_at.is_none());
    let rows = found.into_iter().map(|run| line(&ui, &keeps, run)).collect();
    let may_run = POLICY.may(&req.ctx, Act::Run, &Standing::city());
    page(&req, &RunsPage { ui, params, rows, next, may_run, open })
}

fn export_runs(req: &Req, ui: &Ui, keeps: &Keeps, kind: sheets::FileKind, found: Vec<Run>) -> Answer {
    let heads = [
        Column::new(ui.t("keeping-column-run"), Kind::Int),
        Column::new(ui.t("keeping-column-began"), Kind::DateTime),
        Column::new(ui.t("keeping-column-ended"), Kind::DateTime),
        Column::new(ui.t("keeping-column-who"), Kind::Text),
        Column::new(ui.t("keeping-column-what"), Kind::Text).width(30.0),
        Column::new(ui.t("keeping-column-count"), Kind::Int),
    ];
    let lines: Vec<Line> = found.into_iter().map(|run| line(ui, keeps, run)).collect();
    let cells = lines.iter().flat_map(|line| {
        // a run that erased nothing is a line too: it shows that it was done
        let nothing = [(String::new(), 0)];
        let counts = if line.counts.is_empty() { nothing.to_vec() } else { line.counts.clone() };
        counts.into_iter().map(|(name, count)| {
            vec![
                Cell::Int(line.run.number),
                Cell::DateTime(line.run.started_at.to_civil()),
                line.run.finished_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
                Cell::from(line.who.as_str()),
                Cell::Text(name.into()),
                Cell::Int(count),
            ]
        })
    });
    export::answer(req, kind, &ui.t("keeping-runs"), &heads, cells)
}

pub(super) async fn start(req: Req, _: Form) -> Answer {
    let run = req.write(jobs::start).await.or_fail(&req)?;
    Ok(redirect(&req, "/admin/keeping/runs", "keeping-started", &run.number.to_string()))
}
