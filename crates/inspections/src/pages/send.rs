//! Who is sent, and who goes where on which day: the office's pages.

use crate::commands::{self, Move, Wanted};
use crate::model::{Drawn, Inspection};
use crate::policy::{self, Act};
use crate::queries::{self, Visits};
use crate::show::Known;
use crate::{forms, visits};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use sheets::{Cell, Column, FileKind, Kind};
use std::collections::HashMap;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Path, Req, Ui, export};

type Options = Vec<(String, String)>;

#[derive(askama::Template)]
#[template(path = "inspections/send.html")]
struct SendPage {
    ui: Ui,
    form: Filled,
    number: String,
    name: String,
    version: i64,
    people: Vec<Candidate>,
    divisions: Options,
    /// Whether it was said before, so that it is done away with.
    again: bool,
}

struct Candidate {
    id: String,
    name: String,
    unit: String,
    ticked: bool,
    out: String,
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_send(&req, number, StatusCode::OK, Filled::new()).await
}

async fn show_send(req: &Req, number: String, status: StatusCode, form: Filled) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(req)?;
    let known = Known::of(req).await?;
    let read = req.read(move |ctx, tx| {
        let found = queries::visits_of(ctx, tx, &number)?;
        let holders = people::queries::holders_of(tx, Role::Inspector)?;
        let units: Vec<_> = holders.iter().map(|h| h.unit_id).collect();
        Ok((found, holders, people::queries::unit_names(tx, &units)?))
    });
    let ((whole, visits), holders, units) = read.await.or_fail(req)?;
    if !whole.inspection.state.runs() {
        return Err(Fail::of(req, Problem::not_found()));
    }
    let ui = req.ui();
    let candidate = |h: people::queries::Holder| {
        let before = visits.sent.iter().find(|s| s.person_id == h.id);
        let id = h.id.to_string();
        let out =
            before.and_then(|s| s.kept_out.0.iter().find_map(|a| a.strip_prefix("d:")).map(str::to_owned));
        let (ticked, out) = if form.failed() {
            (form.is("inspection_inspectors", &id), form.value(&format!("out_{id}")).to_owned())
        } else {
            (visits.sent.is_empty() || before.is_some(), out.unwrap_or_default())
        };
        Candidate { unit: units.get(&h.unit_id).cloned().unwrap_or_default(), name: h.name, ticked, out, id }
    };
    let people: Vec<Candidate> = holders.into_iter().map(candidate).collect();
    let divisions = known
        .index
        .divisions()
        .iter()
        .filter(|d| crate::register::is_street(d))
        .map(|d| (d.code.to_string(), d.name.to_string()))
        .collect();
    let view = SendPage {
        number: whole.inspection.number.clone(),
        name: whole.inspection.name.clone(),
        version: whole.inspection.version,
        again: !visits.sent.is_empty(),
        people,
        divisions,
        form,
        ui,
    };
    page_with(req, status, &view)
}

/// The people who are ticked, each with the division beside.
fn wanted(form: &Form) -> Result<Vec<Wanted>> {
    form.all("inspection_inspectors")
        .map(|id| {
            let person: Id<Person> =
                id.parse().map_err(|_| Problem::field("inspection_inspectors", "not-a-choice"))?;
            let division = Some(form.text(&format!("out_{id}")).to_owned()).filter(|d| !d.is_empty());
            Ok(Wanted { person, division })
        })
        .collect()
}

pub(super) async fn send(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let of = number.clone();
    let done = match wanted(&form) {
        Ok(wanted) => {
            req.write(move |ctx, tx| commands::send(ctx, tx, &index, (&of, version), &wanted)).await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(redirect(&req, &format!("/inspections/{number}/routes"), "inspection-sent", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_send(&req, number, StatusCode::UNPROCESSABLE_ENTITY, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

#[derive(askama::Template)]
#[template(path = "inspections/routes.html")]
struct RoutesPage {
    ui: Ui,
    params: Params,
    form: Filled,
    number: String,
    name: String,
    version: i64,
    ways: Vec<Way>,
    people: Options,
    days: Options,
    /// Visits that can be moved.
    visits: Options,
    bounds: String,
}

/// One person's day.
struct Way {
    person: String,
    day: String,
    metres: i64,
    stops: Vec<StopRow>,
}

struct StopRow {
    place: usize,
    number: String,
    name: String,
    kind: String,
    second: bool,
    reason: String,
    lng: f64,
    lat: f64,
}

/// Visits of one person's day, in order.
struct Group<'a> {
    person: Id<Person>,
    day: Date,
    stops: Vec<&'a queries::Stop>,
}

impl Group<'_> {
    /// Whether the filters ask for it; empty ones ask for all.
    fn asked(&self, params: &Params) -> bool {
        let (person, day) = (params.get("person"), params.get("day"));
        (person.is_empty() || self.person.to_string() == person)
            && (day.is_empty() || self.day.to_string() == day)
    }
}

fn grouped(visits: &Visits) -> Vec<Group<'_>> {
    let key = |s: &queries::Stop| (s.visit.person_id, s.visit.day);
    visits
        .stops
        .chunk_by(|a, b| key(a) == key(b))
        .filter_map(|stops| {
            let (person, day) = key(stops.first()?);
            Some(Group { person, day, stops: stops.iter().collect() })
        })
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "metres of a day's way")]
fn way(ui: &Ui, known: &Known, names: &HashMap<Id<Person>, String>, group: &Group<'_>) -> Way {
    let points: Vec<&Drawn> = group.stops.iter().map(|s| &s.point).collect();
    let row = |(n, s): (usize, &&queries::Stop)| StopRow {
        place: n + 1,
        number: s.point.number.clone(),
        name: s.point.name.clone(),
        kind: known.kind(ui, &s.point.kind),
        second: s.visit.second,
        reason: s.visit.move_reason.clone(),
        lng: s.point.lng,
        lat: s.point.lat,
    };
    Way {
        person: names.get(&group.person).cloned().unwrap_or_default(),
        day: ui.date(&group.day),
        metres: visits::metres(&points).round() as i64,
        stops: group.stops.iter().enumerate().map(row).collect(),
    }
}

pub(super) async fn routes(req: Req, Path(number): Path<String>) -> Answer {
    match export::kind(Params::parse(&req.query).get("format")) {
        Some(kind) => exported(&req, number, kind).await,
        None => show_routes(&req, number, StatusCode::OK, Filled::new()).await,
    }
}

async fn read(req: &Req, number: String) -> Answer<(Inspection, Visits, HashMap<Id<Person>, String>)> {
    policy::require(&req.ctx, Act::Plan).or_fail(req)?;
    let found = req.read(move |ctx, tx| queries::visits_of(ctx, tx, &number)).await.or_fail(req)?;
    let (whole, visits) = found;
    if visits.sent.is_empty() {
        return Err(Fail::of(req, Problem::not_found()));
    }
    let names = visits.sent.iter().map(|s| (s.person_id, s.name.clone())).collect();
    Ok((whole.inspection, visits, names))
}

async fn show_routes(req: &Req, number: String, status: StatusCode, form: Filled) -> Answer {
    let (inspection, found, names) = read(req, number).await?;
    let known = Known::of(req).await?;
    let ui = req.ui();
    let params = Params::parse(&req.query);
    let groups = grouped(&found);
    let ways =
        groups.iter().filter(|g| g.asked(&params)).map(|group| way(&ui, &known, &names, group)).collect();
    let choice = |s: &queries::Stop| {
        let second = if s.visit.second { ui.t("inspection-second-visit") } else { String::new() };
        let who = names.get(&s.visit.person_id).cloned().unwrap_or_default();
        let text = format!("{} {} {second} · {who} {}", s.point.number, s.point.name, ui.day(&s.visit.day));
        (format!("{}/{}", s.point.number, u8::from(s.visit.second)), text)
    };
    let runs = inspection.state.runs();
    let points = found.stops.iter().map(|s| &s.point);
    let view = RoutesPage {
        ways,
        people: found.sent.iter().map(|s| (s.person_id.to_string(), s.name.clone())).collect(),
        days: visits::days(&inspection).iter().map(|d| (d.to_string(), ui.date(d))).collect(),
        visits: if runs { found.stops.iter().map(choice).collect() } else { Vec::new() },
        bounds: super::points::around(points),
        number: inspection.number,
        name: inspection.name,
        version: inspection.version,
        params,
        form,
        ui,
    };
    page_with(req, status, &view)
}

async fn exported(req: &Req, number: String, kind: FileKind) -> Answer {
    let (inspection, found, names) = read(req, number).await?;
    let known = Known::of(req).await?;
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.t(key), of);
    let heads = [
        column("inspection-inspector", Kind::Text),
        column("inspection-day", Kind::Date),
        column("inspection-place", Kind::Int),
        column("inspection-point", Kind::Text),
        column("inspection-point-name", Kind::Text).width(24.0),
        column("inspection-type", Kind::Text),
        column("inspection-second-visit", Kind::Text),
        column("inspection-lng", Kind::Real),
        column("inspection-lat", Kind::Real),
    ];
    let yes = ui.t("inspection-yes");
    let cells = found.stops.iter().map(|s| {
        vec![
            Cell::from(names.get(&s.visit.person_id).cloned().unwrap_or_default()),
            Cell::from(s.visit.day),
            Cell::Int(s.visit.day_place),
            Cell::from(s.point.number.as_str()),
            Cell::from(s.point.name.as_str()),
            Cell::from(known.kind(&ui, &s.point.kind)),
            Cell::from(if s.visit.second { yes.clone() } else { String::new() }),
            Cell::from(s.point.lng),
            Cell::from(s.point.lat),
        ]
    });
    let title = format!("{} {}", inspection.number, ui.t("inspection-routes"));
    export::answer(req, kind, &title, &heads, cells)
}

/// What the map of ways draws: `?person=` and `?day=` narrow it.
pub(super) async fn map(req: Req, Path(number): Path<String>) -> Answer {
    let (_, found, _) = read(&req, number).await?;
    let known = Known::of(&req).await?;
    let ui = req.ui();
    let params = Params::parse(&req.query);
    let (person, day) = (params.get("person"), params.get("day"));
    let wanted = |s: &&queries::Stop| {
        (person.is_empty() || s.visit.person_id.to_string() == person)
            && (day.is_empty() || s.visit.day.to_string() == day)
    };
    let shown: Vec<&Drawn> = found.stops.iter().filter(wanted).map(|s| &s.point).collect();
    let body = super::points::collection(&ui, &known, &shown);
    let headers =
        [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "private, no-cache")];
    Ok((headers, body).into_response())
}

/// What the form says: `P-0001/0` is the first visit of a point, `P-0001/1` the second.
fn asked(form: &Form) -> Result<Move> {
    let wrong = |field: &'static str| Problem::field(field, "required");
    let (point, second) =
        form.text("inspection_visit").rsplit_once('/').ok_or_else(|| wrong("inspection_visit"))?;
    let person = form.text("inspection_person").parse().map_err(|_| wrong("inspection_person"))?;
    let day = form.date("inspection_day").map_err(|e| Problem::invalid(vec![e]))?;
    Ok(Move {
        point: point.to_owned(),
        second: second == "1",
        person,
        day: day.ok_or_else(|| wrong("inspection_day"))?,
        reason: form.text("inspection_reason").to_owned(),
    })
}

pub(super) async fn reassign(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let of = number.clone();
    let done = match asked(&form) {
        Ok(to) => req.write(move |ctx, tx| commands::reassign(ctx, tx, &index, (&of, version), &to)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(redirect(&req, &format!("/inspections/{number}/routes"), "inspection-moved", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_routes(&req, number, StatusCode::UNPROCESSABLE_ENTITY, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
