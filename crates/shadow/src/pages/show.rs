//! One scheme as it stands today: rate and interval, gap, where figures come from, the tree, and the first repairs with what they would
//! bring together.

use super::repairs::{Row, row};
use super::{percent, percent_of, points};
use crate::model::ShadowDay;
use crate::policy::{self, Act};
use crate::queries::{self, Today};
use crate::repairs::Repair;
use kernel::workflow::Named;
use scoring::{Exact, Figure};
use web::error::{OrFail, page};
use web::parts::Tile;
use web::{Answer, Form, Path, Req, Ui};

/// Repairs that are shown on this page; the list has them all.
const SHOWN: usize = 10;

#[derive(askama::Template)]
#[template(path = "shadow/show.html")]
struct ShowPage {
    ui: Ui,
    number: String,
    name: String,
    sample: bool,
    tiles: Vec<Tile>,
    /// Why the interval says less than it seems to, and what is missing.
    notes: Vec<(&'static str, String)>,
    sources: Vec<SourceRow>,
    days: Vec<DayRow>,
    nodes: Vec<NodeRow>,
    repairs: Vec<Row>,
    all: usize,
    /// What the chosen repairs would bring.
    then: String,
    may_plan: bool,
}

struct SourceRow {
    way: String,
    origin: String,
    from: String,
    count: String,
}

struct DayRow {
    day: String,
    rate: String,
    plot: String,
}

struct NodeRow {
    code: String,
    name: String,
    indent: String,
    ways: Vec<(String, String)>,
    points: String,
    error: String,
    rate: String,
    unseen: usize,
}

fn tiles(ui: &Ui, base: &str, today: &Today, all: &[Repair]) -> Vec<Tile> {
    let total = &today.outlook.sums.total;
    let tile = |key: &str, value: String, note: String, anchor: &str| Tile {
        label: ui.named("shadow-tile", key),
        value,
        note,
        href: format!("{base}{anchor}"),
        ..Tile::default()
    };
    let span = today.span();
    let rate = span.map_or_else(|| "–".to_owned(), |span| percent_of(span.rate));
    let interval = match span.and_then(|span| span.interval) {
        Some((low, high)) => ui.ta("shadow-interval", [("low", percent_of(low)), ("high", percent_of(high))]),
        None => ui.t("shadow-no-interval"),
    };
    let target = today.target();
    let gap = match today.gap() {
        Some(gap) if gap > Exact::zero() => ui.ta("shadow-short-by", [("gap", percent(&gap))]),
        Some(gap) => ui.ta("shadow-above-by", [("gap", percent(&gap.abs()))]),
        None => String::new(),
    };
    let enough = match (target.is_some(), today.enough) {
        (false, _) => String::new(),
        (true, Some(count)) => ui.n("shadow-enough", count),
        (true, None) => ui.t("shadow-not-enough"),
    };
    vec![
        tile("rate", rate, interval, "#tree"),
        tile(
            "target",
            target.as_ref().map_or_else(|| "–".to_owned(), percent),
            if gap.is_empty() { ui.t("shadow-no-target") } else { gap },
            "/plan",
        ),
        tile("repairs", ui.number(all.len()), enough, "/repairs"),
        tile(
            "points",
            format!("{} / {}", points(&total.points), points(&total.full)),
            ui.n("shadow-unseen", total.unseen),
            "#tree",
        ),
    ]
}

fn notes(ui: &Ui, today: &Today) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    if today.plan.is_none() {
        notes.push(("soon", ui.t("shadow-no-plan")));
    }
    for trouble in &today.outlook.troubles {
        let args = [
            ("code", trouble.code.clone()),
            ("way", trouble.way.clone()),
            ("fault", ui.named("scheme-formula", trouble.fault)),
        ];
        notes.push(("late", ui.ta("scheme-trouble", args)));
    }
    for absent in &today.gathered.absent {
        let args = [("way", absent.way.clone()), ("what", absent.what.clone())];
        notes.push(("soon", ui.ta("shadow-absent", args)));
    }
    if !today.gathered.strangers.is_empty() {
        let standards = today.gathered.strangers.join(&ui.t("round-and"));
        notes.push(("soon", ui.ta("shadow-strangers", [("standards", standards)])));
    }
    if today.outlook.groups == 1 {
        notes.push(("", ui.t("shadow-one-point")));
    }
    notes
}

fn nodes(ui: &Ui, today: &Today) -> Vec<NodeRow> {
    let figures = today.outlook.sums.nodes.iter().zip(&today.outlook.errors);
    let node =
        |(of, (figure, error)): (&assessment::scheme::tree::Placed, (&Figure, &Option<f64>))| NodeRow {
            code: of.node.code.clone(),
            name: of.node.name.clone(),
            indent: "\u{3000}".repeat(of.depth),
            ways: figure
                .parts
                .iter()
                .map(|part| {
                    let share = part.share.as_ref().map_or_else(|| ui.t("scheme-unseen"), percent);
                    (part.way.clone(), share)
                })
                .collect(),
            points: format!("{} / {}", points(&figure.points), points(&figure.reachable)),
            error: error.filter(|e| *e >= 0.005).map(|e| format!("±{e:.2}")).unwrap_or_default(),
            rate: figure.rate().as_ref().map(percent).unwrap_or_default(),
            unseen: figure.unseen,
        };
    today.tree.placed.iter().zip(figures).map(node).collect()
}

fn day(ui: &Ui, day: &ShadowDay) -> DayRow {
    let rate = Exact::parse(&day.rate).unwrap_or_default();
    DayRow { day: ui.date(&day.day), rate: percent(&rate), plot: (&rate * &Exact::from(100)).shown(2) }
}

/// Repairs that are ticked: `fix=2.17` is point 17 of the third part.
fn chosen(form: &Form, all: &[Repair]) -> Vec<(usize, u64)> {
    let parse = |text: &str| {
        let (part, point) = text.split_once('.')?;
        Some((part.parse::<usize>().ok()?, point.parse::<u64>().ok()?))
    };
    let known = |one: &(usize, u64)| all.iter().any(|r| (r.part, r.point) == *one);
    form.all("fix").filter_map(parse).filter(known).collect()
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let form = Form::from_query(&req.query).or_fail(&req)?;
    let city = req.city.clone();
    let read = req.read(move |ctx, tx| {
        let today = queries::today(ctx, tx, &city, &number)?;
        let days = queries::days(ctx, tx, today.scheme())?;
        Ok((today, days))
    });
    let (today, days) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let all = &today.repairs;
    let made = chosen(&form, all);
    let then = if made.is_empty() {
        String::new()
    } else {
        let (_, rate) = today.what_if(&made);
        let before = today.outlook.sums.total.rate().as_ref().map(percent).unwrap_or_default();
        let after = rate.as_ref().map(percent).unwrap_or_default();
        ui.ta("shadow-then", [("count", ui.number(made.len())), ("before", before), ("after", after)])
    };
    let base = format!("/shadow/{}", today.scheme().number);
    let source = |way: &String| {
        let source = today.plan.as_ref().and_then(|plan| plan.source(way));
        SourceRow {
            way: way.clone(),
            origin: source.map_or_else(
                || ui.named("shadow-origin", "none"),
                |s| ui.named("shadow-origin", s.origin().code()),
            ),
            from: source.map(|s| s.from.join(&ui.t("round-and"))).unwrap_or_default(),
            count: ui.number(today.gathered.observations_of(way)),
        }
    };
    let view = ShowPage {
        number: today.scheme().number.clone(),
        name: today.scheme().name.clone(),
        sample: today.scheme().sample,
        tiles: tiles(&ui, &base, &today, all),
        notes: notes(&ui, &today),
        sources: today.tree.ways().iter().map(source).collect(),
        days: if days.len() > 1 { days.iter().map(|d| day(&ui, d)).collect() } else { Vec::new() },
        nodes: nodes(&ui, &today),
        repairs: all.iter().take(SHOWN).map(|r| row(&today, r, &made)).collect(),
        all: all.len(),
        then,
        may_plan: policy::may(&req.ctx, Act::Plan),
        ui,
    };
    page(&req, &view)
}
