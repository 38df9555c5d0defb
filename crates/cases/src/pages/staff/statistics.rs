//! 结案率、按期结案率: by unit, kind or place; every number opens to its cases. Units are compared, people never.

use super::area::{self, Area, Row};
use super::compare::{Before, last_year, previous, words};
use crate::desk::Desk;
use crate::evidence::UNIT_RANKING;
use crate::model::Section;
use crate::pages::shared;
use crate::policy::{Act, POLICY, city};
use crate::queries::{Group, Rates, by_group, total, total_in};
use crate::units::Names;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use places::PlaceIndex;
use places::queries::SectionLabel;
use sheets::{Cell, Column, Kind};
use std::collections::HashMap;
use web::error::{OrFail, page};
use web::list::Params;
use web::parts::Tile;
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "cases/statistics.html")]
struct StatisticsPage {
    ui: Ui,
    params: Params,
    period: Period,
    presets: Vec<Preset>,
    groups: Vec<(&'static str, String, bool)>,
    tiles: Vec<Tile>,
    total: RateLine,
    lines: Vec<RateLine>,
    /// From the city down to where one stands, by area.
    crumbs: Vec<(String, String)>,
    /// What the rows are of, where that is not what the table is by.
    of: String,
    /// Whether places are shown: only by unit, and only while the switch is on.
    ranked: bool,
}

/// What the table can be by.
const GROUPS: [&str; 6] = ["unit", "item", "source", "division", "section", "area"];

struct Preset {
    text: String,
    query: String,
    here: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Period {
    pub(crate) from: Date,
    pub(crate) until: Date,
}

impl Period {
    /// Conditions of the list of all that counts in it.
    pub(crate) fn counted(self) -> String {
        format!("only=counted&due_from={}&due_until={}", self.from, self.until)
    }
}

/// A row of the table; each number with the address of its cases.
struct RateLine {
    name: String,
    rates: Rates,
    /// Address of all that count; more conditions are written behind it.
    href: String,
    /// The level below, by area.
    below: String,
    /// Place by on-time rate, where a city has turned that on.
    rank: Option<usize>,
    closing_rate: String,
    on_time_rate: String,
    satisfied_rate: String,
    /// The same of the period before, and of a year ago.
    previous: Rates,
    year: Rates,
    /// How the two rates have changed, in words.
    closing_change: String,
    on_time_change: String,
}

impl RateLine {
    fn new(ui: &Ui, name: String, rates: Rates, (previous, year): (Rates, Rates), href: String) -> Self {
        let change = |of: fn(&Rates) -> (i64, i64)| words(ui, of(&rates), of(&previous), of(&year));
        Self {
            closing_change: change(|r| (r.closed, r.due)),
            on_time_change: change(|r| (r.on_time, r.due)),
            previous,
            year,
            closing_rate: ui.percent(rates.closed, rates.due),
            on_time_rate: ui.percent(rates.on_time, rates.due),
            satisfied_rate: ui.percent(rates.satisfied, rates.rated),
            name,
            rates,
            href,
            below: String::new(),
            rank: None,
        }
    }

    /// The rate for the chart, in tenths that it divides again; blank where there is nothing to divide by.
    fn value(&self) -> String {
        let (part, whole) = (self.rates.on_time, self.rates.due);
        if whole == 0 {
            String::new()
        } else {
            format!("{}.{}", part * 100 / whole, part * 1000 / whole % 10)
        }
    }

    /// The list narrowed to what one number counts.
    fn only(&self, what: &str) -> String {
        self.href.replace("only=counted", &format!("only=counted,{what}"))
    }
}

fn period(params: &Params, today: Date) -> Result<Period> {
    let read = |name: &'static str, default: Date| match params.get(name) {
        "" => Ok(default),
        text => text.parse().map_err(|_| Problem::field(name, "not-a-date")),
    };
    let (from, until) = (read("from", today.first_of_month())?, read("until", today)?);
    if until < from { Err(Problem::field("until", "before-start")) } else { Ok(Period { from, until }) }
}

fn presets(ui: &Ui, params: &Params, today: Date, now: Period) -> Vec<Preset> {
    let before = today.first_of_month().yesterday().unwrap_or(today);
    let year = Period { from: today.first_of_year(), until: today };
    [
        ("this-month", Period { from: today.first_of_month(), until: today }),
        ("last-month", Period { from: before.first_of_month(), until: before }),
        ("this-year", year),
    ]
    .into_iter()
    .map(|(key, p)| {
        let with = Params::parse(&params.with("from", &p.from.to_string()));
        Preset {
            text: ui.named("statistics", key),
            query: with.with("until", &p.until.to_string()),
            here: p == now,
        }
    })
    .collect()
}

/// Names that are read for the page.
#[derive(Default)]
struct Known {
    units: Names,
    sections: HashMap<Id<Section>, SectionLabel>,
}

/// One of [`GROUPS`].
fn group(params: &Params) -> Result<&'static str> {
    let asked = if params.get("by").is_empty() { "unit" } else { params.get("by") };
    GROUPS.into_iter().find(|word| *word == asked).ok_or_else(|| Problem::field("by", "not-a-choice"))
}

/// What was read: the whole, the rows, and both of the two periods before.
pub(crate) struct Found {
    pub(crate) all: Rates,
    pub(crate) rows: Vec<(Row, Rates)>,
    /// Of the period before, and of a year ago.
    pub(crate) before: (Before, Before),
    pub(crate) base: String,
    crumbs: Vec<(String, String)>,
    pub(crate) of: &'static str,
    ranked: bool,
}

fn name(ui: &Ui, desk: &Desk, index: &PlaceIndex, names: &Known, group: Group, key: i64) -> String {
    let name = match group {
        Group::Unit => names.units.get(Some(Id::new(key))).to_owned(),
        Group::Section => names.sections.get(&Id::new(key)).map(SectionLabel::name).unwrap_or_default(),
        Group::Item => desk.catalogue.name(Some(Id::new(key))).to_owned(),
        Group::Division => index.division_name(Some(Id::new(key))),
        Group::Source => Group::source(key).map(|s| ui.named("source", s.code())).unwrap_or_default(),
        Group::Grid => String::new(),
    };
    if name.is_empty() { ui.t("statistics-none") } else { name }
}

fn tiles(ui: &Ui, total: &RateLine) -> Vec<Tile> {
    let rate = |key: &str, of: fn(&Rates) -> (i64, i64), href: String, mood| {
        let (part, whole) = of(&total.rates);
        let change = words(ui, (part, whole), of(&total.previous), of(&total.year));
        let count = format!("{} / {}", ui.number(part), ui.number(whole));
        Tile {
            label: ui.t(key),
            value: ui.percent(part, whole),
            unit: String::new(),
            note: if change.is_empty() { count } else { format!("{count} · {change}") },
            href,
            mood,
        }
    };
    vec![
        rate("statistics-closing-rate", |r| (r.closed, r.due), total.only("closed"), ""),
        rate("statistics-on-time-rate", |r| (r.on_time, r.due), total.only("closed,on-time"), "ok"),
        rate("statistics-rework-rate", |r| (r.rework, r.handled), total.only("rework"), "soon"),
        rate("statistics-recurrence-rate", |r| (r.recurred, r.closed), total.only("recurred"), "soon"),
        rate("statistics-satisfied-rate", |r| (r.satisfied, r.rated), total.only("satisfied"), ""),
    ]
}

/// The rows of a plain grouping.
fn grouped(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (ui, desk, index): (&Ui, &Desk, &PlaceIndex),
    word: &'static str,
    span: Period,
) -> Result<Found> {
    let group = Group::parse(word).ok_or_else(|| Problem::field("by", "not-a-choice"))?;
    let all = total(ctx, tx, span.from, span.until)?;
    let rates = by_group(ctx, tx, group, span.from, span.until)?;
    let mut names = Known::default();
    let keys = || rates.iter().map(|r| r.key).filter(|key| *key != 0);
    match group {
        Group::Unit => names.units = Names::of(tx, keys().map(|key| Some(Id::new(key))))?,
        Group::Section => {
            let keys: Vec<Id<Section>> = keys().map(Id::new).collect();
            names.sections = places::queries::section_names(tx, &keys)?;
        }
        _ => {}
    }
    let days = (span.from, span.until);
    let before =
        (Before::read(ctx, tx, group, previous(days))?, Before::read(ctx, tx, group, last_year(days))?);
    let row = |r: Rates| {
        let value = match group {
            Group::Source => Group::source(r.key).map_or_else(|| "0".to_owned(), |s| s.code().to_owned()),
            _ => r.key.to_string(),
        };
        let name = name(ui, desk, index, &names, group, r.key);
        (Row { key: r.key, name, cases: format!("&{word}={value}"), below: String::new() }, r)
    };
    Ok(Found {
        all,
        rows: rates.into_iter().map(row).collect(),
        before,
        base: String::new(),
        crumbs: Vec::new(),
        of: word,
        ranked: group == Group::Unit && UNIT_RANKING.is_on(tx)?,
    })
}

/// The rows of a level of the city.
fn by_area(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (ui, desk, index): (&Ui, &Desk, &PlaceIndex),
    params: &Params,
    span: Period,
) -> Result<Found> {
    let days = (span.from, span.until);
    let place = area::place(params, index)?;
    let mut here = Area::read(ctx, tx, desk, index, &place, days)?;
    let sums = here.sums(ctx, tx, index, days)?;
    let mut before = Vec::with_capacity(2);
    for days in [previous(days), last_year(days)] {
        let all = total_in(ctx, tx, days, &here.scope)?;
        before.push(Before::new(all, here.sums(ctx, tx, index, days)?));
    }
    here.name(tx, sums.keys().copied())?;
    let mut rows: Vec<(Row, Rates)> =
        sums.into_iter().map(|(key, rates)| (here.row(ui, index, params, key), rates)).collect();
    rows.sort_by(|(a, x), (b, y)| y.due.cmp(&x.due).then(a.key.cmp(&b.key)));
    let year = before.pop().unwrap_or_default();
    Ok(Found {
        all: total_in(ctx, tx, days, &here.scope)?,
        rows,
        before: (before.pop().unwrap_or_default(), year),
        base: here.cases.clone(),
        crumbs: here.crumbs(ui, index, params, &place),
        of: here.word(),
        ranked: false,
    })
}

/// Places by on-time rate: those with the same rate share theirs.
#[expect(clippy::cast_precision_loss, reason = "counts of cases stay far below 2^53")]
fn rank(lines: &mut [RateLine]) {
    let rate = |line: &RateLine| line.rates.on_time as f64 / line.rates.due.max(1) as f64;
    let rates: Vec<f64> = lines.iter().map(rate).collect();
    for line in lines {
        let own = rate(line);
        line.rank = Some(1 + rates.iter().filter(|other| **other > own).count());
    }
}

/// What an address asks for: the period, what the table is by, and what was found.
pub(crate) async fn read(req: &Req, params: &Params) -> Answer<(Period, &'static str, Found)> {
    POLICY.somewhere(&req.ctx, Act::Statistics).then_some(()).ok_or_else(|| forbidden(req)).or_fail(req)?;
    let span = period(params, req.ctx.now.date()).or_fail(req)?;
    let word = group(params).or_fail(req)?;
    let (desk, index) = (shared::desk(req).await?, shared::index(req).await?);
    let (inner, asked) = (req.ui(), params.clone());
    let read = req.read(move |ctx, tx| {
        let with = (&inner, &*desk, &*index);
        if word == "area" { by_area(ctx, tx, with, &asked, span) } else { grouped(ctx, tx, with, word, span) }
    });
    Ok((span, word, read.await.or_fail(req)?))
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (span, word, found) = read(&req, &params).await?;
    let (ui, today) = (req.ui(), req.ctx.now.date());
    let (previous, year) = &found.before;
    let base = format!("/cases?{}", span.counted());
    let total = RateLine::new(
        &ui,
        ui.t("statistics-total"),
        found.all,
        (previous.all.clone(), year.all.clone()),
        format!("{base}{}", found.base),
    );
    let line = |(row, rates): (Row, Rates)| {
        let before = (previous.of(row.key), year.of(row.key));
        let line = RateLine::new(&ui, row.name, rates, before, format!("{base}{}", row.cases));
        RateLine { below: row.below, ..line }
    };
    let mut lines: Vec<RateLine> = found.rows.into_iter().map(line).collect();
    if found.ranked {
        rank(&mut lines);
    }
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, &ui, kind, &total, &lines);
    }
    let groups = GROUPS.map(|g| (g, ui.named("statistics-by", g), g == word)).to_vec();
    let view = StatisticsPage {
        presets: presets(&ui, &params, today, span),
        tiles: tiles(&ui, &total),
        period: span,
        groups,
        total,
        lines,
        crumbs: found.crumbs,
        of: if word == "area" { ui.named("statistics-level", found.of) } else { ui.t("statistics-name") },
        ranked: found.ranked,
        params,
        ui,
    };
    page(&req, &view)
}

fn forbidden(req: &Req) -> Problem {
    POLICY.require(&req.ctx, Act::Statistics, &city(), true).err().unwrap_or_else(Problem::forbidden)
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, total: &RateLine, lines: &[RateLine]) -> Answer {
    let keys = ["due", "closed", "on-time", "rework", "returned", "extended", "contested", "recurred"];
    let mut heads = vec![Column::new(ui.t("statistics-name"), Kind::Text)];
    heads.extend(keys.iter().map(|k| Column::new(ui.named("statistics-column", k), Kind::Int)));
    heads.push(Column::new(ui.t("statistics-closing-rate"), Kind::Real));
    heads.push(Column::new(ui.t("statistics-on-time-rate"), Kind::Real));
    heads.push(Column::new(ui.t("statistics-satisfied-rate"), Kind::Real));
    for key in ["on-time-previous", "on-time-year", "closing-previous", "closing-year"] {
        heads.push(Column::new(ui.named("statistics", key), Kind::Real));
    }
    let rows = std::iter::once(total).chain(lines).map(|line| {
        let r = &line.rates;
        let counts = [r.due, r.closed, r.on_time, r.rework, r.returned, r.extended, r.contested, r.recurred];
        let mut row = vec![Cell::from(line.name.as_str())];
        row.extend(counts.into_iter().map(Cell::Int));
        row.extend([share(r.closed, r.due), share(r.on_time, r.due), share(r.satisfied, r.rated)]);
        row.extend([&line.previous, &line.year].map(|r| share(r.on_time, r.due)));
        row.extend([&line.previous, &line.year].map(|r| share(r.closed, r.due)));
        row
    });
    export::answer(req, kind, &ui.t("statistics-title"), &heads, rows)
}

/// A rate in per cent with two places, blank where there is nothing to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of cases stay far below 2^53")]
fn share(part: i64, whole: i64) -> Cell<'static> {
    if whole == 0 { Cell::Empty } else { Cell::Real((part as f64 * 10_000.0 / whole as f64).round() / 100.0) }
}
