//! A round: what it comes to, by items and their parts; for a unit, what it says of that unit.

use super::head::Head;
use crate::policy::{self, Act};
use crate::rounds::model::Round;
use crate::rounds::queries::{self, Sight};
use crate::rounds::summary::{Line, Summary};
use crate::rounds::workflow::ROUND;
use crate::show;
use ::store::audit::{self, HistoryLine};
use kernel::workflow::Named;
use scoring::round::Item;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::parts::{self, Move, Tile};
use web::ui::encode;
use web::{Answer, Path, Req, Ui, events, export};

#[derive(askama::Template)]
#[template(path = "assessment/round.html")]
struct RoundPage {
    ui: Ui,
    head: Head,
    params: Params,
    tiles: Vec<Tile>,
    moves: Vec<Move>,
    items: Vec<ItemLine>,
    own: Vec<OwnLine>,
    whole: bool,
    open: i64,
    may_edit: bool,
    may_pack: bool,
    lines: Vec<parts::Line>,
}

struct ItemLine {
    name: String,
    href: String,
    score: String,
    quota: i64,
    rate: String,
    points: i64,
    faults: i64,
    parts: Vec<PartLine>,
}

struct PartLine {
    name: String,
    href: String,
    score: String,
    points: i64,
}

/// What a round says of a unit to the unit itself.
struct OwnLine {
    name: String,
    href: String,
    rate: String,
    points: i64,
    faults: i64,
}

/// Everything of a round that its page shows.
struct Read {
    round: Round,
    sight: Sight,
    summary: Summary,
    items: Vec<Item>,
    history: Vec<HistoryLine>,
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let city = req.city.clone();
    let read = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &city, &number)?;
        let summary = queries::summary(tx, &full.round)?;
        let whole = full.sight.is_whole();
        let history = if whole { audit::history(tx, full.round.id)? } else { Vec::new() };
        let items = if whole { full.worked.score.items.clone() } else { Vec::new() };
        Ok(Read { round: full.round, sight: full.sight, summary, items, history })
    });
    let read = read.await.or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")).filter(|_| read.sight.is_whole()) {
        return exported(&req, kind, &read);
    }
    page(&req, &view(req.ui(), params, &read))
}

fn view(ui: Ui, params: Params, read: &Read) -> RoundPage {
    let Read { round, sight, summary, items, history } = read;
    let head = Head::new(&ui, round, sight, "");
    let rows = format!("{}/rows", head.base);
    RoundPage {
        tiles: if sight.is_whole() { tiles(&ui, &head, summary) } else { Vec::new() },
        moves: moves(&ui, round),
        items: items.iter().map(|item| item_line(&ui, &rows, item, summary)).collect(),
        own: summary.units.iter().filter(|u| sight.is_own(&u.name)).map(|u| own_line(&rows, u)).collect(),
        whole: sight.is_whole(),
        open: summary.open,
        may_edit: policy::may(&ui.ctx, Act::Import),
        may_pack: !round.is_open() && policy::may(&ui.ctx, Act::Pack),
        lines: events::lines(&ui, history, events::plain),
        head,
        params,
        ui,
    }
}

fn tiles(ui: &Ui, head: &Head, summary: &Summary) -> Vec<Tile> {
    let rows = format!("{}/rows", head.base);
    let tile = |key: &str, value: String, note: String, href: String, mood| Tile {
        label: ui.named("round-tile", key),
        value,
        unit: String::new(),
        note,
        href,
        mood,
    };
    let score = format!("{} / {}", show::points(&summary.score), summary.quota);
    let without = ui.n("round-tile-without", summary.without_unit);
    vec![
        tile("rate", show::percent(&summary.rate), score, format!("{rows}?only=faults"), ""),
        tile("points", ui.number(summary.points), without, rows.clone(), ""),
        tile(
            "faults",
            ui.number(summary.faults),
            ui.percent(summary.faults, summary.points),
            format!("{rows}?only=faults&sort=-lost"),
            if summary.faults > 0 { "soon" } else { "ok" },
        ),
        tile(
            "open",
            ui.number(summary.open),
            ui.n("round-tile-warnings", summary.warnings),
            format!("{}/desk", head.base),
            if summary.open > 0 { "late" } else { "ok" },
        ),
    ]
}

fn moves(ui: &Ui, round: &Round) -> Vec<Move> {
    if !policy::may(&ui.ctx, Act::Move) {
        return Vec::new();
    }
    let step = |n: usize, code: &str| Move {
        text: ui.named("round-move", code),
        href: format!("/assessment/rounds/{}/steps/{code}", round.number),
        icon: "",
        // what takes back is never the page's main button
        main: n == 0 && matches!(code, "check" | "publish"),
    };
    ROUND.from(round.state).enumerate().map(|(n, row)| step(n, row.name.code())).collect()
}

/// The name of a part of an item; the item itself where it has no number behind it.
pub(super) fn part_name(ui: &Ui, name: &str) -> String {
    if name.is_empty() { ui.t("round-part-whole") } else { name.to_owned() }
}

fn item_line(ui: &Ui, rows: &str, item: &Item, summary: &Summary) -> ItemLine {
    let of = summary.items.iter().find(|line| line.name == item.name);
    let href = format!("{rows}?item={}", encode(&item.name));
    ItemLine {
        name: if item.name.is_empty() { ui.t("round-no-item") } else { item.name.clone() },
        score: show::points(&item.score),
        quota: item.quota,
        rate: show::percent(&item.rate),
        points: of.map_or(0, |line| line.points),
        faults: of.map_or(0, |line| line.faults),
        parts: item
            .sub_items
            .iter()
            .map(|part| PartLine {
                name: part_name(ui, &part.name),
                href: format!("{href}&part={}", encode(if part.name.is_empty() { "-" } else { &part.name })),
                score: show::points(&part.score),
                points: part.points,
            })
            .collect(),
        href,
    }
}

fn own_line(rows: &str, unit: &Line) -> OwnLine {
    OwnLine {
        name: unit.name.clone(),
        href: format!("{rows}?unit={}", encode(&unit.name)),
        rate: show::percent(&unit.rate),
        points: unit.points,
        faults: unit.faults,
    }
}

/// One line a part of an item: exact, so that somebody else's program can add it up.
fn exported(req: &Req, kind: sheets::FileKind, read: &Read) -> Answer {
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.named("round-column", key), of);
    let heads = [
        column("item", Kind::Text).width(30.0),
        column("part", Kind::Text),
        column("points", Kind::Int),
        column("score", Kind::Text),
        column("quota", Kind::Int),
        column("item-score", Kind::Text),
        column("item-quota", Kind::Int),
        column("rate", Kind::Text),
    ];
    let mut cells = Vec::new();
    for item in &read.items {
        for part in &item.sub_items {
            cells.push(vec![
                Cell::from(item.name.as_str()),
                Cell::from(part.name.as_str()),
                Cell::Int(part.points),
                Cell::from(part.score.to_string()),
                Cell::Int(1),
                Cell::from(item.score.to_string()),
                Cell::Int(item.quota),
                Cell::from(item.rate.to_string()),
            ]);
        }
    }
    export::answer(req, kind, &format!("{}-{}", read.round.number, ui.t("round-tab-items")), &heads, cells)
}
