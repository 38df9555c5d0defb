//! 往日: a day in figures and on the map, and what is different on another day.

use super::shared::{self, Day};
use crate::kept;
use crate::queries::{self, Change, Report};
use crate::show;
use ::store::Tx;
use cases::as_of::AsOf;
use cases::queries::{DayFigures, Filter, OnUnit, figures_on, open_by_unit};
use cases::workflow::State;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Date, Instant};
use std::collections::HashMap;
use std::sync::Arc;
use web::error::{OrFail, page as render};
use web::list::Params;
use web::parts::Tile;
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/past.html")]
struct PastPage {
    ui: Ui,
    params: Params,
    as_of: AsOf,
    day: Day,
    tiles: Vec<Tile>,
    units: Vec<UnitRow>,
    bounds: String,
    with: String,
    other: Option<Compared>,
}

/// What a unit had.
struct UnitRow {
    name: String,
    open: i64,
    overdue: i64,
    href: String,
}

/// The day beside another, the earlier first.
struct Compared {
    from: Date,
    until: Date,
    rows: Vec<(String, String, String, String)>,
    links: Vec<(String, String, String)>,
    changes: Vec<ChangeRow>,
}

struct ChangeRow {
    section: String,
    href: String,
    stretch: String,
    before: String,
    after: String,
}

/// Everything that is known of a day.
pub(crate) struct OfDay {
    pub(crate) figures: DayFigures,
    pub(crate) units: Vec<OnUnit>,
    pub(crate) report: Arc<Report>,
}

/// Reads a day; of one before the first case only the register is known.
pub(crate) async fn of_day(req: &Req, day: Day) -> Answer<OfDay> {
    let report = kept::coverage(&req.city, day.date).await.or_fail(req)?;
    let read = req.read(move |ctx: &Ctx, tx: &mut Tx<'_>| {
        let first = cases::queries::first_day(tx)?;
        if first.is_none_or(|first| day.date < first) {
            return Ok((DayFigures::default(), Vec::new()));
        }
        Ok((figures_on(ctx, tx, day.over())?, open_by_unit(ctx, tx, day.over())?))
    });
    let (figures, units) = read.await.or_fail(req)?;
    Ok(OfDay { figures, units, report })
}

/// The other day of a comparison, `with`.
///
/// # Errors
/// 422 at the field `with`: no date, or a day that has not come.
pub(crate) fn other(req: &Req, params: &Params) -> Result<Option<Day>> {
    let today = req.ctx.now.date();
    match params.get("with") {
        "" => Ok(None),
        text => {
            let date: Date = text.parse().map_err(|_| Problem::field("with", "not-a-date"))?;
            if date > today {
                return Err(Problem::field("with", "future-day"));
            }
            Ok(Some(Day { date, today: date == today, past: date < today }))
        }
    }
}

pub(super) async fn page(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let day = Day::of(&req, &params)?;
    let with = other(&req, &params).or_fail(&req)?;
    let as_of = shared::as_of(&req, &params, day, true).await?;
    let index = shared::index(&req).await?;
    let of = of_day(&req, day).await?;
    let compared = match with.filter(|with| with.date != day.date) {
        Some(with) => Some((with, of_day(&req, with).await?)),
        None => None,
    };
    let found: Vec<Change> = match &compared {
        Some((with, other)) if with.date < day.date => queries::changes(&other.report, &of.report),
        Some((_, other)) => queries::changes(&of.report, &other.report),
        None => Vec::new(),
    };
    let between = match &compared {
        Some((with, _)) => Some(between(&req, day, *with).await?),
        None => None,
    };
    let names = names(&req, &of.units, &found).await?;
    let ui = req.ui();
    if let Some(kind) = web::export::kind(params.get("format")) {
        return match &compared {
            Some(_) => export_changes(&req, kind, &found, &names),
            None => export_units(&req, kind, (&of.units, day), &names),
        };
    }
    let other = compared.as_ref().zip(between).map(|((with, other), between)| {
        let (first, last) = if with.date < day.date { (other, &of) } else { (&of, other) };
        compare(&ui, first, last, &between, &found, &names)
    });
    let on = day.over().map(|day| format!("&on={day}")).unwrap_or_default();
    let units = of.units.iter().map(|u| UnitRow {
        name: unit_name(&ui, &names, u.lead_unit),
        open: u.open,
        overdue: u.overdue,
        href: format!("/cases?state=open&unit={}{on}", u.lead_unit.map_or(0, Id::raw)),
    });
    render(
        &req,
        &PastPage {
            tiles: tiles(&ui, &of, day),
            units: units.collect(),
            bounds: index.view(),
            with: with.map(|w| w.date.to_string()).unwrap_or_default(),
            other,
            as_of,
            day,
            params,
            ui,
        },
    )
}

async fn names(req: &Req, units: &[OnUnit], found: &[Change]) -> Answer<HashMap<Id<Unit>, String>> {
    let held = found.iter().flat_map(|c| c.before.iter().chain(&c.after)).flatten().copied();
    let ids: Vec<Id<Unit>> = units.iter().filter_map(|u| u.lead_unit).chain(held).collect();
    req.read(move |_, tx| people::queries::unit_names(tx, &ids)).await.or_fail(req)
}

fn unit_name(ui: &Ui, names: &HashMap<Id<Unit>, String>, unit: Option<Id<Unit>>) -> String {
    unit.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| ui.t("past-no-unit"))
}

fn tiles(ui: &Ui, of: &OfDay, day: Day) -> Vec<Tile> {
    let (f, on) = (of.figures, day.over().map(|day| format!("&on={day}")).unwrap_or_default());
    let tile = |key: &str, n: i64, note: String, href: String, mood| Tile {
        label: ui.t(key),
        value: ui.number(n),
        unit: String::new(),
        note,
        href,
        mood,
    };
    let gaps = &of.report.totals;
    let date = day.date;
    vec![
        tile("past-open", f.open, String::new(), format!("/cases?state=open{on}"), ""),
        tile(
            "past-overdue",
            f.overdue,
            String::new(),
            format!("/cases?only=overdue{on}"),
            if f.overdue > 0 { "late" } else { "ok" },
        ),
        tile("past-reported", f.reported, String::new(), format!("/cases?from={date}&until={date}{on}"), ""),
        tile(
            "past-closed",
            f.closed,
            String::new(),
            format!("/cases?state=closed&closed_from={date}{on}"),
            "",
        ),
        tile(
            "past-gaps",
            i64::try_from(gaps.gaps).unwrap_or(i64::MAX),
            ui.ta("streets-gap-length", [("length", show::kilometres(gaps.gap_m))]),
            format!("/streets/coverage?{}faults=1", day.query()),
            if gaps.gaps > 0 { "late" } else { "ok" },
        ),
    ]
}

/// Who answered, in words.
fn holders(ui: &Ui, names: &HashMap<Id<Unit>, String>, held: Option<&Vec<Id<Unit>>>) -> String {
    match held.map(Vec::as_slice) {
        None => ui.t("past-no-section"),
        Some([]) => ui.t("streets-gap"),
        Some(units) => units.iter().map(|u| unit_name(ui, names, Some(*u))).collect::<Vec<_>>().join("、"),
    }
}

/// What came in and was closed between two days.
pub(crate) struct Between {
    pub(crate) from: Day,
    pub(crate) until: Day,
    pub(crate) reported: i64,
    pub(crate) closed: i64,
}

impl Between {
    /// The day after the earlier one.
    fn next(&self) -> Date {
        Instant::start_of(self.from.date).plus(DAY).date()
    }
}

/// Counts after the earlier of two days up to the end of the later.
pub(crate) async fn between(req: &Req, one: Day, other: Day) -> Answer<Between> {
    let (from, until) = if one.date < other.date { (one, other) } else { (other, one) };
    let mut between = Between { from, until, reported: 0, closed: 0 };
    let next = between.next();
    let reported = Filter {
        reported_from: Some(next),
        reported_until: Some(until.date),
        on: until.over(),
        ..Filter::default()
    };
    let closed = Filter {
        states: vec![State::Closed],
        closed_from: Some(next),
        on: until.over(),
        ..Filter::default()
    };
    let read = req.read(move |ctx: &Ctx, tx: &mut Tx<'_>| {
        if cases::queries::first_day(tx)?.is_none_or(|first| until.date < first) {
            return Ok((0, 0));
        }
        Ok((cases::queries::count(ctx, tx, &reported)?, cases::queries::count(ctx, tx, &closed)?))
    });
    (between.reported, between.closed) = read.await.or_fail(req)?;
    Ok(between)
}

fn compare(
    ui: &Ui,
    first: &OfDay,
    last: &OfDay,
    between: &Between,
    found: &[Change],
    names: &HashMap<Id<Unit>, String>,
) -> Compared {
    let line = |key: &str, before: i64, after: i64| {
        let change = after - before;
        let sign = if change > 0 { "+" } else { "" };
        (ui.t(key), ui.number(before), ui.number(after), format!("{sign}{change}"))
    };
    let gaps = |of: &OfDay| i64::try_from(of.report.totals.gaps).unwrap_or(i64::MAX);
    let (next, until) = (between.next(), between.until.date);
    let on = between.until.over().map(|day| format!("&on={day}")).unwrap_or_default();
    Compared {
        from: between.from.date,
        until,
        rows: vec![
            line("past-open", first.figures.open, last.figures.open),
            line("past-overdue", first.figures.overdue, last.figures.overdue),
            line("past-gaps", gaps(first), gaps(last)),
        ],
        links: vec![
            (
                ui.t("past-reported-between"),
                ui.number(between.reported),
                format!("/cases?from={next}&until={until}{on}"),
            ),
            (
                ui.t("past-closed-between"),
                ui.number(between.closed),
                format!("/cases?state=closed&closed_from={next}{on}"),
            ),
        ],
        changes: found
            .iter()
            .map(|c| ChangeRow {
                section: c.section.name(),
                href: format!("/sections/{}", c.section.number),
                stretch: show::stretch(ui, c.from_m, c.to_m),
                before: holders(ui, names, c.before.as_ref()),
                after: holders(ui, names, c.after.as_ref()),
            })
            .collect(),
    }
}

fn export_units(
    req: &Req,
    kind: sheets::FileKind,
    (units, day): (&[OnUnit], Day),
    names: &HashMap<Id<Unit>, String>,
) -> Answer {
    use sheets::{Cell, Column, Kind};
    let ui = req.ui();
    let heads = [("past-unit", Kind::Text), ("past-open", Kind::Int), ("past-overdue", Kind::Int)];
    let heads = heads.map(|(key, kind)| Column::new(ui.t(key), kind));
    let rows = units.iter().map(|u| -> Vec<Cell<'static>> {
        vec![unit_name(&ui, names, u.lead_unit).into(), u.open.into(), u.overdue.into()]
    });
    web::export::answer(req, kind, &format!("{}-{}", ui.t("past-title"), day.date), &heads, rows)
}

fn export_changes(
    req: &Req,
    kind: sheets::FileKind,
    found: &[Change],
    names: &HashMap<Id<Unit>, String>,
) -> Answer {
    use sheets::{Cell, Column, Kind};
    let ui = req.ui();
    let heads = [
        ("label-adoption_section", Kind::Text),
        ("streets-section", Kind::Text),
        ("label-adoption_from_m", Kind::Int),
        ("label-adoption_to_m", Kind::Int),
        ("past-before", Kind::Text),
        ("past-after", Kind::Text),
    ]
    .map(|(key, kind)| Column::new(ui.t(key), kind));
    let rows = found.iter().map(|c| -> Vec<Cell<'_>> {
        vec![
            c.section.number.as_str().into(),
            c.section.name().into(),
            show::whole(c.from_m).into(),
            show::whole(c.to_m).into(),
            holders(&ui, names, c.before.as_ref()).into(),
            holders(&ui, names, c.after.as_ref()).into(),
        ]
    });
    web::export::answer(req, kind, &ui.t("past-changes"), &heads, rows)
}
