//! An inspector's own day: points in their order, on the map, with links that open the telephone's own map.

use crate::policy::{self, Act};
use crate::queries::{self, Stop};
use crate::show::Known;
use axum::http::header;
use axum::response::IntoResponse;
use kernel::time::{Date, parse_date};
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "inspections/mine.html")]
struct MinePage {
    ui: Ui,
    /// The day that is shown.
    day: String,
    on: String,
    /// Other days with visits: value and text.
    days: Vec<(String, String)>,
    rows: Vec<Row>,
    bounds: String,
}

struct Row {
    place: usize,
    inspection: String,
    number: String,
    name: String,
    kind: String,
    /// `geo:` with latitude first, as RFC 5870 has it.
    geo: String,
}

/// All visits from today on, and the day that is asked for: else the first with visits.
async fn read(req: &Req) -> Answer<(Vec<(String, Stop)>, Option<Date>)> {
    policy::somewhere(&req.ctx, Act::Visit).or_fail(req)?;
    let today = req.ctx.now.date();
    let all = req.read(move |ctx, tx| queries::own_visits(ctx, tx, today)).await.or_fail(req)?;
    let asked = parse_date(Params::parse(&req.query).get("day"));
    let day = asked.or_else(|| all.first().map(|(_, stop)| stop.visit.day));
    Ok((all, day))
}

pub(super) async fn page_of(req: Req) -> Answer {
    let (all, day) = read(&req).await?;
    let known = Known::of(&req).await?;
    let ui = req.ui();
    let mut days: Vec<Date> = all.iter().map(|(_, s)| s.visit.day).collect();
    days.dedup();
    let own: Vec<&(String, Stop)> = all.iter().filter(|(_, s)| Some(s.visit.day) == day).collect();
    let row = |(n, (inspection, s)): (usize, &&(String, Stop))| Row {
        place: n + 1,
        inspection: inspection.clone(),
        number: s.point.number.clone(),
        name: s.point.name.clone(),
        kind: known.kind(&ui, &s.point.kind),
        geo: format!("geo:{:.6},{:.6}", s.point.lat, s.point.lng),
    };
    let view = MinePage {
        day: day.map(|d| ui.date(&d)).unwrap_or_default(),
        on: day.map(|d| d.to_string()).unwrap_or_default(),
        days: days.into_iter().map(|d| (d.to_string(), ui.day(&d))).collect(),
        bounds: super::points::around(own.iter().map(|(_, s)| &s.point)),
        rows: own.iter().enumerate().map(row).collect(),
        ui,
    };
    page(&req, &view)
}

pub(super) async fn map(req: Req) -> Answer {
    let (all, day) = read(&req).await?;
    let known = Known::of(&req).await?;
    let points: Vec<_> =
        all.iter().filter(|(_, s)| Some(s.visit.day) == day).map(|(_, s)| &s.point).collect();
    let body = super::points::collection(&req.ui(), &known, &points);
    let headers =
        [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "private, no-cache")];
    Ok((headers, body).into_response())
}
