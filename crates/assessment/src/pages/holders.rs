//! A round by street and by unit. In order of name: places are given only while the city has switched its ranking on.

use super::head::Head;
use crate::rounds::queries::{self, Sight};
use crate::rounds::summary::{Line, Summary};
use crate::show;
use cases::evidence::UNIT_RANKING;
use scoring::Exact;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::ui::encode;
use web::{Answer, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/holders.html")]
struct HoldersPage {
    ui: Ui,
    head: Head,
    params: Params,
    title: String,
    path: String,
    rows: Vec<Row>,
    ranked: bool,
    /// Points that belong to nobody.
    without: i64,
    without_href: String,
    without_text: String,
}

struct Row {
    rank: usize,
    name: String,
    href: String,
    rate: String,
    points: i64,
    faults: i64,
    costs: String,
}

pub(super) async fn streets(req: Req, Path(number): Path<String>) -> Answer {
    of(req, number, "streets").await
}

pub(super) async fn units(req: Req, Path(number): Path<String>) -> Answer {
    of(req, number, "units").await
}

/// Lines in the order in which they are shown, with their places: those of equal rates share one.
fn ordered(summary: &Summary, tab: &str, ranked: bool) -> Vec<(usize, Line)> {
    let mut lines = if tab == "units" { summary.units.clone() } else { summary.streets.clone() };
    if ranked {
        lines.sort_by(|a, b| b.rate.cmp(&a.rate).then_with(|| a.name.cmp(&b.name)));
    } else {
        lines.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let rates: Vec<Exact> = lines.iter().map(|line| line.rate.clone()).collect();
    let place = |rate: &Exact| rates.iter().filter(|other| *other > rate).count() + 1;
    lines.into_iter().map(|line| (place(&line.rate), line)).collect()
}

async fn of(req: Req, number: String, tab: &'static str) -> Answer {
    let params = Params::parse(&req.query);
    let read = req.read(move |ctx, tx| {
        let round = queries::see_whole(ctx, tx, &number)?;
        let summary = queries::summary(tx, &round)?;
        Ok((round, summary, tab == "units" && UNIT_RANKING.is_on(tx)?))
    });
    let (round, summary, ranked) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let head = Head::new(&ui, &round, &Sight::All, tab);
    let lines = ordered(&summary, tab, ranked);
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, (&round.number, tab), &lines);
    }
    let (filter, without, only) = match tab {
        "units" => ("unit", summary.without_unit, "no-unit"),
        _ => ("street", summary.without_street, "no-street"),
    };
    let rows = lines
        .into_iter()
        .map(|(rank, line)| Row {
            rank,
            href: format!("{}/rows?{filter}={}", head.base, encode(&line.name)),
            rate: show::percent(&line.rate),
            points: line.points,
            faults: line.faults,
            costs: line.costs.as_ref().map(show::points).unwrap_or_default(),
            name: line.name,
        })
        .collect();
    let view = HoldersPage {
        title: ui.named("round-tab", tab),
        path: format!("{}/{tab}", head.base),
        without_href: format!("{}/rows?only={only}", head.base),
        without_text: ui.n(format!("round-without-{filter}"), without),
        rows,
        ranked,
        without,
        head,
        params,
        ui,
    };
    page(&req, &view)
}

fn exported(req: &Req, kind: sheets::FileKind, of: (&str, &str), lines: &[(usize, Line)]) -> Answer {
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.named("round-column", key), of);
    let heads = [
        column("name", Kind::Text).width(30.0),
        column("points", Kind::Int),
        column("faults", Kind::Int),
        column("rate", Kind::Text),
        column("costs", Kind::Text),
    ];
    let cells = lines.iter().map(|(_, line)| {
        vec![
            Cell::from(line.name.as_str()),
            Cell::Int(line.points),
            Cell::Int(line.faults),
            Cell::from(line.rate.to_string()),
            Cell::from(line.costs.as_ref().map(ToString::to_string).unwrap_or_default()),
        ]
    });
    export::answer(req, kind, &format!("{}-{}", of.0, ui.named("round-tab", of.1)), &heads, cells)
}
