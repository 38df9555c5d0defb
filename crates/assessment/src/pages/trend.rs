//! All rounds that count, one after the other: the city, and each item.

use crate::rounds::model::Round;
use crate::rounds::queries;
use crate::rounds::summary::Summary;
use crate::show;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/trend.html")]
struct TrendPage {
    ui: Ui,
    params: Params,
    rounds: Vec<Line>,
    /// Heads of the table of items: the last few rounds.
    shown: Vec<Line>,
    items: Vec<ItemLine>,
}

#[derive(Clone)]
struct Line {
    number: String,
    name: String,
    day: String,
    rate: String,
    plot: String,
    score: String,
    rise: String,
    mood: &'static str,
}

struct ItemLine {
    name: String,
    rates: Vec<String>,
}

/// Rounds beside each other in the table of items.
const BESIDE: usize = 6;

fn lines(ui: &Ui, all: &[(Round, Summary)]) -> Vec<Line> {
    let mut before: Option<&Summary> = None;
    let mut lines = Vec::with_capacity(all.len());
    for (round, summary) in all {
        let by = before.map(|b| summary.rate.clone() - b.rate.clone());
        let (rise, mood) = show::rise(by.as_ref(), true);
        lines.push(Line {
            number: round.number.clone(),
            name: round.name.clone(),
            day: ui.date(&round.day()),
            rate: show::percent(&summary.rate),
            plot: show::plot(&summary.rate),
            score: format!("{} / {}", show::points(&summary.score), summary.quota),
            rise,
            mood,
        });
        before = Some(summary);
    }
    lines
}

/// Items of these rounds, in the order of the latest; rates in the order of the rounds.
fn items(all: &[(Round, Summary)]) -> Vec<(String, Vec<Option<scoring::Exact>>)> {
    let mut names: Vec<&str> = Vec::new();
    for line in all.iter().rev().flat_map(|(_, summary)| &summary.items) {
        if !names.contains(&line.name.as_str()) {
            names.push(&line.name);
        }
    }
    let rate = |summary: &Summary, name: &str| {
        summary.items.iter().find(|line| line.name == name).map(|line| line.rate.clone())
    };
    names
        .into_iter()
        .map(|name| (name.to_owned(), all.iter().map(|(_, summary)| rate(summary, name)).collect()))
        .collect()
}

pub(super) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let all = req.read(queries::trend).await.or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, &all);
    }
    let ui = req.ui();
    let rounds = lines(&ui, &all);
    let from = all.len().saturating_sub(BESIDE);
    let (last, shown) =
        (all.get(from..).unwrap_or_default(), rounds.get(from..).unwrap_or_default().to_vec());
    let items = items(last)
        .into_iter()
        .map(|(name, rates)| ItemLine {
            name,
            rates: rates.iter().map(|r| r.as_ref().map_or_else(|| "–".to_owned(), show::percent)).collect(),
        })
        .collect();
    page(&req, &TrendPage { ui, params, rounds, shown, items })
}

fn exported(req: &Req, kind: sheets::FileKind, all: &[(Round, Summary)]) -> Answer {
    let ui = req.ui();
    let mut heads = vec![Column::new(ui.t("round-column-item"), Kind::Text).width(30.0)];
    heads.extend(all.iter().map(|(round, _)| Column::new(round.number.as_str(), Kind::Text)));
    let mut cells = vec![vec![Cell::from(ui.t("round-whole"))]];
    if let Some(first) = cells.first_mut() {
        first.extend(all.iter().map(|(_, summary)| Cell::from(summary.rate.to_string())));
    }
    for (name, rates) in items(all) {
        let mut row = vec![Cell::from(name)];
        row.extend(rates.iter().map(|r| r.as_ref().map_or(Cell::Empty, |r| Cell::from(r.to_string()))));
        cells.push(row);
    }
    export::answer(req, kind, &ui.t("round-trend"), &heads, cells)
}
