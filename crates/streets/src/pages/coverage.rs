//! Where nobody answers, and where two do, street by street.

use super::shared::{self, Day};
use crate::model::{Overlap, OverlapKind};
use crate::queries::{Report, Totals};
use crate::{kept, policy, show};
use cases::as_of::AsOf;
use web::error::{OrFail, page as render};
use web::list::Params;
use web::parts::Tile;
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/coverage.html")]
struct CoveragePage {
    ui: Ui,
    params: Params,
    day: Day,
    as_of: AsOf,
    tiles: Vec<Tile>,
    streets: Vec<Street>,
    sound: usize,
    /// How many of those shown have no fault.
    whole: usize,
    adrift: Vec<String>,
    bounds: String,
    may_edit: bool,
    /// Only the streets with faults are shown.
    faults_only: bool,
}

struct Street {
    name: String,
    totals: Totals,
    share: String,
    faults: Vec<Fault>,
}

/// A gap or an overlap, in words.
struct Fault {
    mood: &'static str,
    word: String,
    section: String,
    number: String,
    stretch: String,
    /// Numbers of the adoptions that overlap; none in a gap.
    adoptions: Vec<String>,
    /// From and to, for the form that fills the gap.
    fill: Option<(i64, i64)>,
}

/// Numbers of the register on a day.
pub(super) fn tiles(ui: &Ui, report: &Report, day: Day) -> Vec<Tile> {
    let totals = &report.totals;
    let (covered, length) = totals.whole_m();
    let to = |path: &str| format!("{path}?{}", day.query());
    let tile = |label: &str, value: String, unit: &str, note: String, href: String, mood| Tile {
        label: ui.t(label),
        value,
        unit: if unit.is_empty() { String::new() } else { ui.t(unit) },
        note,
        href,
        mood,
    };
    let lengths =
        [("adopted", show::kilometres(totals.covered_m)), ("length", show::kilometres(totals.length_m))];
    vec![
        tile(
            "streets-adopted",
            ui.percent(covered, length),
            "",
            ui.ta("streets-adopted-of", lengths),
            to("/streets/coverage"),
            if totals.gaps == 0 && length > 0 { "ok" } else { "" },
        ),
        tile("streets-stretches", ui.number(totals.stretches), "", String::new(), to("/streets"), ""),
        tile(
            "streets-gaps",
            ui.number(totals.gaps),
            "streets-places",
            ui.ta("streets-gap-length", [("length", show::kilometres(totals.gap_m))]),
            format!("{}faults=1", to("/streets/coverage")),
            if totals.gaps > 0 { "late" } else { "ok" },
        ),
        tile(
            "streets-overlaps",
            ui.number(totals.different),
            "streets-places",
            ui.ta(
                "streets-overlaps-note",
                [("same", totals.same_unit.to_string()), ("shared", totals.shared.to_string())],
            ),
            format!("{}faults=1", to("/streets/coverage")),
            if totals.different > 0 { "late" } else { "ok" },
        ),
    ]
}

pub(super) async fn page(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let day = Day::of(&req, &params)?;
    let report = kept::coverage(&req.city, day.date).await.or_fail(&req)?;
    if let Some(kind) = web::export::kind(params.get("format")) {
        return export(&req, &report, kind);
    }
    let index = shared::index(&req).await?;
    let ui = req.ui();
    let faults_only = params.has("faults", "1");
    let wanted = params.get("street");
    let streets: Vec<Street> = streets(&ui, &report)
        .into_iter()
        .filter(|s| wanted.is_empty() || s.name == wanted)
        .filter(|s| !faults_only || !s.totals.is_sound())
        .collect();
    render(
        &req,
        &CoveragePage {
            tiles: tiles(&ui, &report, day),
            sound: report.streets.iter().filter(|s| s.totals.is_sound()).count(),
            whole: streets.iter().filter(|s| s.faults.is_empty()).count(),
            streets,
            adrift: report.adrift.iter().map(|a| a.number.clone()).collect(),
            bounds: index.view(),
            may_edit: !day.past && policy::may_edit(&req.ctx),
            faults_only,
            as_of: shared::as_of(&req, &params, day, false).await?,
            params,
            day,
            ui,
        },
    )
}

/// What falls short per street, the longest gaps first.
fn streets(ui: &Ui, report: &Report) -> Vec<Street> {
    let mut order: Vec<_> = report.streets.iter().collect();
    let weight = |t: &Totals| (t.gap_m, t.different);
    order.sort_by(|a, b| {
        let ((ga, da), (gb, db)) = (weight(&a.totals), weight(&b.totals));
        gb.total_cmp(&ga).then(db.cmp(&da)).then(a.street.cmp(&b.street))
    });
    order
        .into_iter()
        .map(|street| {
            let (covered, length) = street.totals.whole_m();
            let faults =
                street.sections.iter().filter_map(|at| report.sections.get(*at)).flat_map(|s| faults(ui, s));
            Street {
                name: street.street.clone(),
                totals: street.totals,
                share: ui.percent(covered, length),
                faults: faults.collect(),
            }
        })
        .collect()
}

fn faults(ui: &Ui, state: &crate::queries::SectionState) -> Vec<Fault> {
    let fault = |mood, key: &str, (from, to): (f64, f64)| Fault {
        mood,
        word: ui.t(key),
        section: state.section.name(),
        number: state.section.number.clone(),
        stretch: show::stretch(ui, from, to),
        adoptions: Vec::new(),
        fill: None,
    };
    let gap = |span: &(f64, f64)| Fault {
        fill: Some((show::whole(span.0), show::whole(span.1))),
        ..fault("late", "streets-gap", *span)
    };
    let overlap = |o: &Overlap| {
        let mood = if o.kind == OverlapKind::Different { "late" } else { "" };
        let key = format!("streets-overlap-{}", o.kind.code());
        Fault { adoptions: o.numbers.clone(), ..fault(mood, &key, (o.from_m, o.to_m)) }
    };
    state.check.gaps.iter().map(gap).chain(state.check.overlaps.iter().map(overlap)).collect()
}

fn export(req: &Req, report: &Report, kind: sheets::FileKind) -> Answer {
    use sheets::{Cell, Column, Kind};
    let ui = req.ui();
    let titles = [
        ("label-street", Kind::Text),
        ("streets-section", Kind::Text),
        ("streets-fault", Kind::Text),
        ("label-adoption_from_m", Kind::Int),
        ("label-adoption_to_m", Kind::Int),
        ("streets-who", Kind::Text),
    ]
    .map(|(key, kind)| Column::new(ui.t(key), kind));
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
    for state in &report.sections {
        let mut row = |word: String, from: f64, to: f64, who: String| {
            rows.push(vec![
                state.section.street.as_str().into(),
                state.section.number.as_str().into(),
                word.into(),
                show::whole(from).into(),
                show::whole(to).into(),
                who.into(),
            ]);
        };
        for (from, to) in &state.check.gaps {
            row(ui.t("streets-gap"), *from, *to, String::new());
        }
        for o in &state.check.overlaps {
            row(ui.t(format!("streets-overlap-{}", o.kind.code())), o.from_m, o.to_m, o.numbers.join(", "));
        }
    }
    web::export::answer(req, kind, &ui.t("streets-coverage"), &titles, rows)
}
