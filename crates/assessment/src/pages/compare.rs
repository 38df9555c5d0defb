//! Two rounds beside each other: what rose and what fell, by item, street and unit.

use crate::rounds::change::{Change, Moved};
use crate::rounds::model::Round;
use crate::rounds::queries;
use crate::show;
use scoring::Exact;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::ui::encode;
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/compare.html")]
struct ComparePage {
    ui: Ui,
    params: Params,
    rounds: Vec<(String, String)>,
    both: Option<Both>,
}

struct Both {
    one: String,
    other: String,
    one_name: String,
    other_name: String,
    whole: Line,
    groups: Vec<Group>,
}

struct Group {
    key: &'static str,
    title: String,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    before: String,
    after: String,
    before_href: String,
    after_href: String,
    rise: String,
    mood: &'static str,
    points: String,
}

fn line(filter: &str, one: &Round, other: &Round, moved: &Moved) -> Line {
    let href =
        |round: &Round| format!("/assessment/rounds/{}/rows?{filter}={}", round.number, encode(&moved.name));
    let rate = |of: &Option<crate::rounds::summary::Line>| {
        of.as_ref().map_or_else(|| "–".to_owned(), |line| show::percent(&line.rate))
    };
    let count = |of: &Option<crate::rounds::summary::Line>| of.as_ref().map_or(0, |line| line.points);
    let (rise, mood) = show::rise(moved.rise().as_ref(), true);
    Line {
        name: moved.name.clone(),
        before: rate(&moved.before),
        after: rate(&moved.after),
        before_href: if moved.before.is_some() { href(one) } else { String::new() },
        after_href: if moved.after.is_some() { href(other) } else { String::new() },
        rise,
        mood,
        points: format!("{} → {}", count(&moved.before), count(&moved.after)),
    }
}

/// Most fallen first; what is in one only stands behind.
fn by_rise(mut moved: Vec<Moved>) -> Vec<Moved> {
    moved.sort_by(|a, b| {
        let key = |m: &Moved| m.rise().map_or((1, Exact::zero()), |rise| (0, rise));
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
    });
    moved
}

/// Units stand by name: an order of what they achieved would be a ranking.
fn ordered(key: &str, moved: &[Moved]) -> Vec<Moved> {
    let mut all = by_rise(moved.to_vec());
    if key == "units" {
        all.sort_by(|a, b| a.name.cmp(&b.name));
    }
    all
}

fn both(ui: &Ui, one: &Round, other: &Round, change: &Change) -> Both {
    let group = |key: &'static str, filter: &str, of: &[Moved]| Group {
        key,
        title: ui.named("round-tab", key),
        lines: ordered(key, of).iter().map(|m| line(filter, one, other, m)).collect(),
    };
    let (before, after) = (&change.before, &change.after);
    let (rise, mood) = show::rise(Some(&(after.rate.clone() - before.rate.clone())), true);
    Both {
        one: one.number.clone(),
        other: other.number.clone(),
        one_name: one.name.clone(),
        other_name: other.name.clone(),
        whole: Line {
            name: ui.t("round-whole"),
            before: show::percent(&before.rate),
            after: show::percent(&after.rate),
            before_href: format!("/assessment/rounds/{}", one.number),
            after_href: format!("/assessment/rounds/{}", other.number),
            rise,
            mood,
            points: format!("{} → {}", before.points, after.points),
        },
        groups: vec![
            group("items", "item", &change.items),
            group("streets", "street", &change.streets),
            group("units", "unit", &change.units),
        ],
    }
}

pub(super) async fn page_of(req: Req) -> Answer {
    crate::policy::require(&req.ctx, crate::policy::Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let (one, other) = (params.get("one").to_owned(), params.get("other").to_owned());
    let read = req.read(move |ctx, tx| {
        let rounds = queries::choices(ctx, tx)?;
        // the last two, unless others are asked for
        let or = |asked: String, at: usize| {
            if asked.is_empty() { rounds.get(at).map(|(n, _)| n.clone()).unwrap_or_default() } else { asked }
        };
        let (one, other) = (or(one, 1), or(other, 0));
        let found = if one.is_empty() || other.is_empty() {
            None
        } else {
            Some(queries::compare(ctx, tx, &one, &other)?)
        };
        Ok((rounds, found))
    });
    let (rounds, found) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let kind = export::kind(params.get("format"));
    if let (Some(kind), Some((one, other, change))) = (kind, &found) {
        return exported(&req, kind, (one, other), change);
    }
    let both = found.map(|(one, other, change)| both(&ui, &one, &other, &change));
    page(&req, &ComparePage { ui, params, rounds, both })
}

fn exported(req: &Req, kind: sheets::FileKind, of: (&Round, &Round), change: &Change) -> Answer {
    let ui = req.ui();
    let heads = [
        Column::new(ui.t("round-column-group"), Kind::Text),
        Column::new(ui.t("round-column-name"), Kind::Text).width(30.0),
        Column::new(of.0.number.as_str(), Kind::Text),
        Column::new(of.1.number.as_str(), Kind::Text),
        Column::new(ui.t("round-column-rise"), Kind::Text),
    ];
    let mut cells = vec![vec![
        Cell::from(ui.t("round-whole")),
        Cell::Empty,
        Cell::from(change.before.rate.to_string()),
        Cell::from(change.after.rate.to_string()),
        Cell::from((change.after.rate.clone() - change.before.rate.clone()).to_string()),
    ]];
    for (key, moved) in [("items", &change.items), ("streets", &change.streets), ("units", &change.units)] {
        for m in ordered(key, moved) {
            let rate = |of: &Option<crate::rounds::summary::Line>| {
                of.as_ref().map_or(Cell::Empty, |line| Cell::from(line.rate.to_string()))
            };
            cells.push(vec![
                Cell::from(ui.named("round-tab", key)),
                Cell::from(m.name.clone()),
                rate(&m.before),
                rate(&m.after),
                m.rise().map_or(Cell::Empty, |rise| Cell::from(rise.to_string())),
            ]);
        }
    }
    export::answer(req, kind, &format!("{}-{}", of.0.number, of.1.number), &heads, cells)
}
