//! Rows of a round, each with its number in the file.

use super::head::Head;
use super::round::part_name;
use crate::rounds::queries::Sight;
use crate::rounds::queries::{self, Only, RowFilter, RowSeen};
use crate::rounds::worked::Worked;
use crate::show;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use std::collections::BTreeSet;
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req, Ui, export};

type Options = Vec<(String, String)>;

#[derive(askama::Template)]
#[template(path = "assessment/rows.html")]
struct RowsPage {
    ui: Ui,
    head: Head,
    params: Params,
    path: String,
    rows: Vec<Line>,
    count: usize,
    next: Option<Cursor>,
    items: Options,
    streets: Options,
    units: Options,
    onlys: Options,
}

struct Line {
    number: i64,
    href: String,
    point: String,
    item: String,
    street: String,
    units: String,
    lost: String,
    bad: bool,
    aside: bool,
    odd: usize,
    case: String,
}

/// What the query asks for.
pub(crate) fn filter(params: &Params) -> Result<RowFilter> {
    let only = match params.get("only") {
        "" => None,
        code => Some(Only::parse(code).ok_or_else(|| Problem::field("only", "not-a-choice"))?),
    };
    let worst_first = match params.get("sort") {
        "" => false,
        "-lost" | "lost" => true,
        _ => return Err(Problem::field("sort", "not-a-choice")),
    };
    let text = |name: &str| params.get(name).to_owned();
    Ok(RowFilter {
        item: text("item"),
        part: text("part"),
        street: text("street"),
        unit: text("unit"),
        only,
        words: text("q"),
        worst_first,
    })
}

fn line(ui: &Ui, base: &str, seen: &RowSeen) -> Line {
    let part = part_name(ui, &seen.point.sub_item);
    Line {
        number: seen.row.row_number,
        href: format!("{base}/rows/{}", seen.row.row_number),
        point: if seen.row.point.is_empty() { ui.t("round-no-point") } else { seen.row.point.clone() },
        item: format!("{} · {part}", seen.point.item),
        street: seen.point.street.clone().unwrap_or_else(|| ui.t("round-none")),
        units: if seen.point.units.is_empty() {
            ui.t("round-no-unit")
        } else {
            seen.point.units.join(&ui.t("round-and"))
        },
        lost: show::lost(seen.point.lost),
        bad: seen.point.lost > 0,
        aside: seen.aside.is_some(),
        odd: seen.warnings.len(),
        case: seen.case.clone().unwrap_or_default(),
    }
}

/// Names to filter by, of what this person may see.
fn options(worked: &Worked, sight: &Sight) -> (Options, Options, Options) {
    let (mut items, mut streets, mut units) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (_, point) in worked.points().filter(|(_, point)| sight.sees(point)) {
        items.insert(&point.item);
        streets.extend(&point.street);
        units.extend(&point.units);
    }
    let pairs = |names: BTreeSet<&String>| names.into_iter().map(|n| (n.clone(), n.clone())).collect();
    (pairs(items), pairs(streets), pairs(units))
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let filter = filter(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let city = req.city.clone();
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &city, &number)).await.or_fail(&req)?;
    let kind = export::kind(params.get("format"));
    let (after, most) = if kind.is_some() { (None, export::ROWS) } else { (after, PAGE_SIZE) };
    let (found, count) = queries::rows_of(&full.worked, full.cases, &full.sight, &filter, after, most);
    if let Some(kind) = kind {
        return exported(&req, kind, &full.round.number, &found.rows);
    }
    let ui = req.ui();
    let head = Head::new(&ui, &full.round, &full.sight, "rows");
    let (items, streets, units) = options(&full.worked, &full.sight);
    let view = RowsPage {
        path: format!("{}/rows", head.base),
        rows: found.rows.iter().map(|seen| line(&ui, &head.base, seen)).collect(),
        count,
        next: found.next,
        onlys: Only::ALL.iter().map(|o| (o.code().to_owned(), ui.named("round-only", o.code()))).collect(),
        items,
        streets,
        units,
        head,
        params,
        ui,
    };
    page(&req, &view)
}

/// As it was read, and what it means: another program can work the score out from this file.
fn exported(req: &Req, kind: sheets::FileKind, number: &str, rows: &[RowSeen]) -> Answer {
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.named("round-column", key), of);
    let heads = [
        column("row", Kind::Int),
        column("serial", Kind::Text),
        column("read-item", Kind::Text),
        column("item", Kind::Text).width(26.0),
        column("part", Kind::Text),
        column("point", Kind::Text).width(30.0),
        column("lost", Kind::Text),
        column("street", Kind::Text),
        column("units", Kind::Text).width(30.0),
        column("counts", Kind::Int),
        column("odd", Kind::Text),
        column("case", Kind::Text),
    ];
    let and = ui.t("round-and");
    let cells = rows.iter().map(|seen| {
        let odd: Vec<String> = seen.warnings.iter().map(|w| super::row::warning(&ui, w)).collect();
        vec![
            Cell::Int(seen.row.row_number),
            Cell::from(seen.row.serial.as_str()),
            Cell::from(seen.row.item.as_str()),
            Cell::from(seen.point.item.as_str()),
            Cell::from(seen.point.sub_item.as_str()),
            Cell::from(seen.row.point.as_str()),
            Cell::from(show::lost(seen.point.lost)),
            Cell::from(seen.point.street.as_deref().unwrap_or_default()),
            Cell::from(seen.point.units.join(&and)),
            Cell::Int(i64::from(seen.aside.is_none())),
            Cell::from(odd.join("；")),
            Cell::from(seen.case.as_deref().unwrap_or_default()),
        ]
    });
    export::answer(req, kind, &format!("{number}-{}", ui.t("round-tab-rows")), &heads, cells)
}
