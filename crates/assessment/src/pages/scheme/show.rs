//! A scheme: its tree, what keeps it from being published, and what it comes to with a round or a year.

use super::list::mood;
use crate::policy::{self, Act};
use crate::scheme::figures::Figures;
use crate::scheme::model::NodeKind;
use crate::scheme::queries::{self, Full};
use crate::scheme::tree::Placed;
use crate::scheme::{commands, sheet, tree};
use crate::{rounds, show};
use ::store::audit::{self, HistoryLine};
use kernel::problem::Problem;
use kernel::workflow::Named;
use scoring::{Figure, Missing};
use web::error::{OrFail, page, redirect};
use web::list::Params;
use web::parts::{self, Tile};
use web::ui::encode;
use web::{Answer, Form, Path, Req, Ui, events, export};

#[derive(askama::Template)]
#[template(path = "assessment/scheme/show.html")]
struct ShowPage {
    ui: Ui,
    params: Params,
    number: String,
    base: String,
    name: String,
    edition: i64,
    note: String,
    mood: &'static str,
    state: String,
    sample: bool,
    open: bool,
    version: i64,
    may_edit: bool,
    may_pack: bool,
    origin: String,
    rows: Vec<Line>,
    /// Code of the node, and what is wrong with it.
    faults: Vec<(String, String)>,
    strangers: String,
    by: String,
    choices: Vec<(String, String)>,
    tiles: Vec<Tile>,
    troubles: Vec<String>,
    unused: String,
    figures: bool,
    lines: Vec<parts::Line>,
}

struct Line {
    code: String,
    href: String,
    indent: String,
    name: String,
    kind: String,
    ways: Vec<Way>,
    lead: String,
    points: String,
    full: String,
    rate: String,
    unseen: usize,
    observations: usize,
    divided: bool,
}

struct Way {
    way: String,
    points: String,
    rule: String,
    share: String,
}

/// Everything that the page shows.
struct Read {
    full: Full,
    figures: Option<Figures>,
    origin: String,
    rounds: Vec<(String, String)>,
    history: Vec<HistoryLine>,
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let (by, city) = (params.get("by").to_owned(), req.city.clone());
    let missing = if params.has("missing", "lost") { Missing::Lost } else { Missing::LeftOut };
    let read = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &number)?;
        let rounds = rounds::queries::trend(ctx, tx)?;
        let figures = match by.as_str() {
            "" => None,
            by => queries::figures(ctx, tx, &city, &full, by, missing)?,
        };
        let mut choices: Vec<(String, String)> = Vec::new();
        for (round, _) in rounds.iter().rev() {
            let year = round.day().year().to_string();
            if choices.iter().all(|(value, _)| *value != year) {
                choices.push((year, String::new()));
            }
        }
        choices
            .extend(rounds.iter().rev().map(|(r, _)| (r.number.clone(), format!("{} {}", r.number, r.name))));
        let origin = queries::origin(tx, &full.scheme)?.map(|s| s.number).unwrap_or_default();
        let history = audit::history(tx, full.scheme.id)?;
        Ok(Read { full, figures, origin, rounds: choices, history })
    });
    let read = read.await.or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, &read.full);
    }
    page(&req, &view(req.ui(), params, read))
}

fn view(ui: Ui, params: Params, read: Read) -> ShowPage {
    let Read { full, figures, origin, rounds, history } = read;
    let scheme = &full.scheme;
    let base = format!("/assessment/schemes/{}", scheme.number);
    let figure = |at: usize| figures.as_ref().and_then(|f| f.sums.nodes.get(at));
    let rows =
        full.placed.iter().enumerate().map(|(at, of)| line(&ui, &base, of, figure(at), figures.as_ref()));
    let fault = |f: &tree::Fault| (f.node.clone(), ui.named("scheme-fault", f.code));
    let year = |(value, text): (String, String)| {
        let text = if text.is_empty() { ui.ta("scheme-by-year", [("year", value.clone())]) } else { text };
        (value, text)
    };
    let and = ui.t("round-and");
    let trouble = |t: &crate::scheme::figures::Trouble| {
        ui.ta(
            "scheme-trouble",
            [
                ("code", t.code.clone()),
                ("way", t.way.clone()),
                ("fault", ui.named("scheme-formula", t.fault)),
            ],
        )
    };
    ShowPage {
        number: scheme.number.clone(),
        name: scheme.name.clone(),
        edition: scheme.edition,
        note: scheme.note.clone(),
        mood: mood(scheme),
        state: ui.named("scheme-state", scheme.state.code()),
        sample: scheme.sample,
        open: scheme.is_open(),
        version: scheme.version,
        may_edit: policy::may(&ui.ctx, Act::EditScheme),
        may_pack: !scheme.is_open() && policy::may(&ui.ctx, Act::Pack),
        origin,
        rows: rows.collect(),
        faults: full.faults.iter().map(fault).collect(),
        strangers: full.strangers.join(&and),
        by: params.get("by").to_owned(),
        choices: rounds.into_iter().map(year).collect(),
        tiles: figures.as_ref().map(|f| tiles(&ui, &base, f)).unwrap_or_default(),
        troubles: figures.iter().flat_map(|f| &f.troubles).map(trouble).collect(),
        unused: figures.as_ref().map(|f| f.unused.join(&and)).unwrap_or_default(),
        figures: figures.is_some(),
        lines: events::lines(&ui, &history, events::plain),
        base,
        params,
        ui,
    }
}

fn line(ui: &Ui, base: &str, of: &Placed, figure: Option<&Figure>, figures: Option<&Figures>) -> Line {
    let node = &of.node;
    let share = |way: &str| {
        let part = figure.and_then(|f| f.parts.iter().find(|part| part.way == way));
        part.map_or_else(String::new, |part| {
            part.share.as_ref().map_or_else(|| ui.t("scheme-unseen"), show::percent)
        })
    };
    let ways = node.parts.0.iter().map(|part| Way {
        way: part.way.clone(),
        points: part.points.to_string(),
        rule: part.rule.to_string(),
        share: share(&part.way),
    });
    Line {
        code: node.code.clone(),
        href: format!("{base}/nodes/{}", encode(&node.code)),
        indent: "\u{3000}".repeat(of.depth),
        name: node.name.clone(),
        kind: if node.kind == NodeKind::Normal {
            String::new()
        } else {
            ui.named("node-kind", node.kind.code())
        },
        ways: ways.collect(),
        lead: node.lead_unit.clone(),
        points: figure.map(|f| show::points(&f.points)).unwrap_or_default(),
        full: figure.map(|f| show::points(&f.reachable)).unwrap_or_default(),
        rate: figure.and_then(Figure::rate).as_ref().map(show::percent).unwrap_or_default(),
        unseen: figure.map_or(0, |f| f.unseen),
        observations: figures.and_then(|f| f.observations.get(&node.code)).copied().unwrap_or(0),
        divided: of.divided,
    }
}

fn tiles(ui: &Ui, base: &str, figures: &Figures) -> Vec<Tile> {
    let total = &figures.sums.total;
    let tile = |key: &str, value: String, note: String| Tile {
        label: ui.named("scheme-tile", key),
        value,
        note,
        href: format!("{base}#tree"),
        ..Tile::default()
    };
    vec![
        tile(
            "rate",
            total.rate().as_ref().map_or_else(|| "–".to_owned(), show::percent),
            format!("{} / {}", show::points(&total.points), show::points(&total.reachable)),
        ),
        tile("full", show::points(&total.full), ui.n("scheme-tile-unseen", total.unseen)),
        tile("vetoes", ui.number(figures.sums.vetoes.len()), figures.sums.vetoes.join(&ui.t("round-and"))),
    ]
}

/// The tree as a table that can be brought in again.
fn exported(req: &Req, kind: sheets::FileKind, full: &Full) -> Answer {
    let ways = tree::ways(&full.placed, &full.scheme);
    let name = format!("{}-{}", full.scheme.number, full.scheme.name);
    export::answer(
        req,
        kind,
        &name,
        &sheet::columns(&ways),
        full.placed.iter().map(|p| sheet::cells(p, &ways)),
    )
}

pub(super) async fn publish(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let of = number.clone();
    let done = req.write(move |ctx, tx| {
        policy::require(ctx, Act::EditScheme)?;
        let version = form.number("version").map_err(|e| Problem::invalid(vec![e]))?;
        commands::publish(ctx, tx, &of, version)
    });
    done.await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/assessment/schemes/{number}"), "scheme-published", &number))
}

pub(super) async fn copy(req: Req, Path(number): Path<String>, _: Form) -> Answer {
    let new = req.write(move |ctx, tx| commands::copy(ctx, tx, &number)).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/assessment/schemes/{}", new.number), "scheme-copied", &new.number))
}
