//! The points of an inspection: as a list, on the map, as a table to take along; and replacing one.

use crate::model::Drawn;
use crate::policy::{self, Act};
use crate::queries::{self, Whole};
use crate::show::{self, Known};
use crate::{commands, forms};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel::coords::Point;
use kernel::geometry::Bbox;
use kernel::problem::Problem;
use serde_json::{Value, json};
use sheets::{Cell, Column, FileKind, Kind};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "inspections/points.html")]
struct PointsPage {
    ui: Ui,
    params: Params,
    form: Filled,
    number: String,
    name: String,
    version: i64,
    state: (&'static str, String),
    rows: Vec<Row>,
    out: Vec<Out>,
    /// Of the map.
    bounds: String,
    /// Points that can be replaced now; empty where none can.
    choices: Vec<(String, String)>,
}

struct Row {
    number: String,
    name: String,
    kind: String,
    division: String,
    place: i64,
    second: bool,
    stands_for: String,
}

struct Out {
    out: String,
    name: String,
    stands_in: String,
    reason: String,
    at: String,
    by: String,
}

async fn read(req: &Req, number: &str) -> Answer<Whole> {
    policy::require(&req.ctx, Act::See).or_fail(req)?;
    let number = number.to_owned();
    let whole = req.read(move |ctx, tx| queries::whole(ctx, tx, &number)).await.or_fail(req)?;
    if whole.points.is_empty() {
        return Err(Fail::of(req, Problem::not_found()));
    }
    Ok(whole)
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    match export::kind(Params::parse(&req.query).get("format")) {
        Some(kind) => exported(&req, &number, kind).await,
        None => show_with(&req, &number, StatusCode::OK, Filled::new()).await,
    }
}

async fn show_with(req: &Req, number: &str, status: StatusCode, form: Filled) -> Answer {
    let whole = read(req, number).await?;
    let known = Known::of(req).await?;
    let ui = req.ui();
    let row = |p: &Drawn| Row {
        number: p.number.clone(),
        name: p.name.clone(),
        kind: known.kind(&ui, &p.kind),
        division: known.division(&ui, &p.division),
        place: p.place,
        second: p.second,
        stands_for: p.stands_for.clone(),
    };
    let out = |p: &&Drawn| Out {
        out: p.number.clone(),
        name: p.name.clone(),
        stands_in: p.out_in.clone(),
        reason: p.out_reason.clone(),
        at: p.out_at.map(|at| ui.time(&at)).unwrap_or_default(),
        by: p.out_by.clone(),
    };
    let inspection = &whole.inspection;
    let may_replace = inspection.state.runs() && policy::may(&req.ctx, Act::Plan);
    let choice = |p: &Drawn| (p.number.clone(), format!("{} {}", p.number, p.name));
    let view = PointsPage {
        params: Params::parse(&req.query),
        state: (inspection.state.mood(), show::state(&ui, inspection.state)),
        rows: whole.visited().map(row).collect(),
        out: whole.replaced().iter().map(out).collect(),
        bounds: around(whole.visited()),
        choices: if may_replace { whole.visited().map(choice).collect() } else { Vec::new() },
        number: inspection.number.clone(),
        name: inspection.name.clone(),
        version: inspection.version,
        form,
        ui,
    };
    page_with(req, status, &view)
}

/// What a map of these points shows.
pub(super) fn around<'a>(points: impl Iterator<Item = &'a Drawn>) -> String {
    let around = Bbox::around(points.map(|p| Point::new(p.lng, p.lat)));
    around.map_or_else(String::new, |b| {
        let b = b.grown(300.0);
        format!("{:.6},{:.6},{:.6},{:.6}", b.west, b.south, b.east, b.north)
    })
}

async fn exported(req: &Req, number: &str, kind: FileKind) -> Answer {
    let whole = read(req, number).await?;
    let known = Known::of(req).await?;
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.t(key), of);
    let heads = [
        column("inspection-point", Kind::Text),
        column("inspection-point-name", Kind::Text).width(24.0),
        column("inspection-type", Kind::Text),
        column("inspection-division", Kind::Text),
        column("inspection-place", Kind::Int),
        column("inspection-second-visit", Kind::Text),
        column("inspection-stands-for", Kind::Text),
        column("inspection-in", Kind::Text),
        column("label-inspection_reason", Kind::Text),
        column("inspection-lng", Kind::Real),
        column("inspection-lat", Kind::Real),
    ];
    let yes = ui.t("inspection-yes");
    let cells = whole.points.iter().map(|p| {
        vec![
            Cell::from(p.number.as_str()),
            Cell::from(p.name.as_str()),
            Cell::from(known.kind(&ui, &p.kind)),
            Cell::from(known.division(&ui, &p.division)),
            Cell::Int(p.place),
            Cell::from(if p.second { yes.clone() } else { String::new() }),
            Cell::from(p.stands_for.as_str()),
            Cell::from(p.out_in.as_str()),
            Cell::from(p.out_reason.as_str()),
            Cell::from(p.lng),
            Cell::from(p.lat),
        ]
    });
    let title = format!("{} {}", whole.inspection.number, ui.t("inspection-points"));
    export::answer(req, kind, &title, &heads, cells)
}

/// What the map draws.
pub(super) async fn map(req: Req, Path(number): Path<String>) -> Answer {
    let whole = read(&req, &number).await?;
    let known = Known::of(&req).await?;
    let ui = req.ui();
    let shown: Vec<&Drawn> = whole.visited().collect();
    let body = collection(&ui, &known, &shown);
    let headers =
        [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "private, no-cache")];
    Ok((headers, body).into_response())
}

pub(super) fn collection(ui: &Ui, known: &Known, points: &[&Drawn]) -> String {
    let features: Vec<Value> = points.iter().map(|p| feature(ui, known, p)).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn feature(ui: &Ui, known: &Known, p: &Drawn) -> Value {
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [p.lng, p.lat] },
        "properties": {
            "title": p.name, "name": p.name, "text": format!("{} {}", known.kind(ui, &p.kind), p.number),
            "number": p.number, "type": p.kind, "href": format!("/sites/{}", p.number),
        },
    })
}

pub(super) async fn replace(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let (of, asked) = (number.clone(), form.clone());
    let done = req.write(move |ctx, tx| {
        let (point, why) = (asked.text("inspection_point"), asked.text("inspection_reason"));
        if point.is_empty() {
            return Err(Problem::field("inspection_point", "required"));
        }
        commands::replace(ctx, tx, &index, (&of, version), point, why)
    });
    match done.await {
        Ok((_, stands_in)) => {
            let to = format!("/inspections/{number}/points");
            Ok(redirect(&req, &to, "inspection-replaced", &stands_in.number))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, &number, StatusCode::UNPROCESSABLE_ENTITY, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
