//! All repairs, the worthiest first, by standard and unit.

use super::points;
use crate::queries::{self, Today};
use crate::repairs::Repair;
use sheets::{Cell, Column, Kind};
use std::collections::BTreeSet;
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Path, Req, Ui, export};

const PAGE: usize = 50;

#[derive(askama::Template)]
#[template(path = "shadow/repairs.html")]
struct RepairsPage {
    ui: Ui,
    params: Params,
    number: String,
    name: String,
    rows: Vec<Row>,
    count: usize,
    total: String,
    next: Option<String>,
    units: Vec<(String, String)>,
    standards: Vec<(String, String)>,
}

/// A repair as a row says it.
pub(super) struct Row {
    /// `2.17`
    pub key: String,
    pub chosen: bool,
    pub code: String,
    pub standard: String,
    pub way: String,
    pub point: String,
    pub href: String,
    pub unit: String,
    pub unmet: usize,
    pub gain: String,
    pub effort: String,
    pub worth: String,
}

pub(super) fn row(today: &Today, repair: &Repair, made: &[(usize, u64)]) -> Row {
    let part = today.gathered.parts.get(repair.part);
    let place = usize::try_from(repair.point).ok().and_then(|at| today.gathered.points.get(at));
    let node = part.and_then(|part| today.tree.placed.iter().find(|of| of.node.code == part.code));
    Row {
        key: format!("{}.{}", repair.part, repair.point),
        chosen: made.contains(&(repair.part, repair.point)),
        code: part.map(|part| part.code.clone()).unwrap_or_default(),
        standard: node.map(|of| of.node.name.clone()).unwrap_or_default(),
        way: part.map(|part| part.way.clone()).unwrap_or_default(),
        point: place.map(|place| place.name.clone()).unwrap_or_default(),
        href: place.map(|place| place.href.clone()).unwrap_or_default(),
        unit: place.map(|place| place.unit.clone()).unwrap_or_default(),
        unmet: repair.unmet,
        gain: repair.gain.shown(4),
        effort: repair.effort.shown(2),
        worth: repair.worth().shown(4),
    }
}

fn choices<'a>(of: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let all: BTreeSet<&str> = of.filter(|text| !text.is_empty()).collect();
    all.into_iter().map(|text| (text.to_owned(), text.to_owned())).collect()
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let city = req.city.clone();
    let today = req.read(move |ctx, tx| queries::today(ctx, tx, &city, &number)).await.or_fail(&req)?;
    let ui = req.ui();
    let (unit, standard) = (params.get("unit"), params.get("standard"));
    let unit_of = |r: &Repair| {
        let place = usize::try_from(r.point).ok().and_then(|at| today.gathered.points.get(at));
        place.map_or("", |place| place.unit.as_str())
    };
    let code_of = |r: &Repair| today.gathered.parts.get(r.part).map_or("", |part| part.code.as_str());
    let units = choices(today.repairs.iter().map(unit_of));
    let standards = choices(today.repairs.iter().map(code_of));
    let wanted = |r: &&Repair| {
        (unit.is_empty() || unit_of(r) == unit) && (standard.is_empty() || code_of(r) == standard)
    };
    let kept: Vec<&Repair> = today.repairs.iter().filter(wanted).collect();
    if let Some(kind) = export::kind(params.get("format")) {
        let rows: Vec<Row> = kept.iter().map(|r| row(&today, r, &[])).collect();
        return exported(&req, &ui, kind, &today.scheme().number, &rows);
    }
    let made: Vec<(usize, u64)> = kept.iter().map(|r| (r.part, r.point)).collect();
    let before = today.outlook.sums.total.points.clone();
    let total = today.what_if(&made).0 - before;
    let from = params.get("after").parse::<usize>().unwrap_or(0);
    let count = kept.len();
    let rows: Vec<Row> = kept.iter().skip(from).take(PAGE).map(|r| row(&today, r, &[])).collect();
    let next = (from.saturating_add(rows.len()) < count).then(|| (from + rows.len()).to_string());
    let view = RepairsPage {
        number: today.scheme().number.clone(),
        name: today.scheme().name.clone(),
        total: points(&total),
        ui,
        params,
        rows,
        count,
        next,
        units,
        standards,
    };
    page(&req, &view)
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, number: &str, rows: &[Row]) -> Answer {
    let text = |key: &str, width| Column::new(ui.named("shadow-column", key), Kind::Text).width(width);
    let heads = [
        text("code", 14.0),
        text("standard", 40.0),
        text("way", 12.0),
        text("point", 30.0),
        text("unit", 24.0),
        Column::new(ui.named("shadow-column", "unmet"), Kind::Int),
        text("gain", 12.0),
        text("effort", 10.0),
        text("worth", 12.0),
    ];
    let cells = rows.iter().map(|row| {
        vec![
            Cell::from(row.code.as_str()),
            Cell::from(row.standard.as_str()),
            Cell::from(row.way.as_str()),
            Cell::from(row.point.as_str()),
            Cell::from(row.unit.as_str()),
            Cell::Int(i64::try_from(row.unmet).unwrap_or(i64::MAX)),
            Cell::from(row.gain.as_str()),
            Cell::from(row.effort.as_str()),
            Cell::from(row.worth.as_str()),
        ]
    });
    export::answer(req, kind, &format!("{number}-{}", ui.t("shadow-repairs")), &heads, cells)
}
