//! Open confirmed cases as GeoJSON, for the maps; `?on=2026-10-01` those of a day that is over.

use crate::as_of;
use crate::pages::shared;
use crate::pages::shown::{Masked, state_text};
use crate::policy::{Act, POLICY};
use crate::queries::{Dot, dots, dots_on, end_of};
use axum::http::header;
use axum::response::IntoResponse;
use kernel::ctx::Locale;
use kernel::problem::Problem;
use kernel::time::{DAY, Date, Instant, SECOND};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req, Ui};

/// Most dots of the map; the list below it has all.
const DOTS: i64 = 2000;
/// How long an answer serves everybody who asks.
const KEPT: i64 = 30 * SECOND;

/// By language, whether the links lead to the staff's pages, and the day; no day is now.
#[derive(Default)]
struct Kept(Mutex<Answers>);

type Answers = HashMap<(Locale, bool, Option<Date>), (Instant, Arc<str>)>;

/// Most answers that are kept: somebody may ask for every day there was.
const MOST: usize = 64;

fn mood(dot: &Dot, now: Instant) -> &'static str {
    match dot.stage_due_at {
        Some(due) if due < now => "late",
        Some(due) if due < now.plus(DAY) => "soon",
        _ => "brand",
    }
}

fn feature(ui: &Ui, dot: &Dot, staff: bool, now: Instant) -> Value {
    let masked = Masked::of(&dot.strikes, &dot.title, "", &dot.address);
    let below = if staff { "cases" } else { "public/cases" };
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [round(dot.lng), round(dot.lat)] },
        "properties": {
            "layer": "cases",
            "title": if staff { &dot.title } else { &masked.title },
            "text": dot.number,
            "state": mood(dot, now),
            "state_text": state_text(ui, dot.state),
            "href": format!("/{below}/{}", dot.number),
        },
    })
}

/// A tenth of a metre is enough.
fn round(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

pub(crate) async fn cases(req: Req) -> Answer {
    let staff = POLICY.somewhere(&req.ctx, Act::View);
    let now = req.ctx.now;
    let asked = Params::parse(&req.query);
    let on = req.read(move |ctx, tx| as_of::asked(ctx, tx, &asked, None)).await.or_fail(&req)?.day;
    let kept = req.city.kept::<Kept>().unwrap_or_else(|| req.city.keep(Kept::default()));
    let key = (req.ctx.locale, staff, on);
    let ready = kept
        .0
        .lock()
        .get(&key)
        .filter(|(at, _)| (0..KEPT).contains(&(now.0 - at.0)))
        .map(|(_, b)| Arc::clone(b));
    let body = match ready {
        Some(body) => body,
        None => {
            let read = req.read(move |_, tx| match on {
                Some(day) => dots_on(tx, day, DOTS),
                None => dots(tx, DOTS),
            });
            let (dots, ui) = (read.await.or_fail(&req)?, req.ui());
            let then = on.map_or(now, end_of);
            let features: Vec<Value> = dots.iter().map(|dot| feature(&ui, dot, staff, then)).collect();
            let body: Arc<str> =
                json!({ "type": "FeatureCollection", "features": features }).to_string().into();
            let mut answers = kept.0.lock();
            if answers.len() >= MOST {
                answers.clear();
            }
            answers.insert(key, (now, Arc::clone(&body)));
            drop(answers);
            body
        }
    };
    let fixed = [
        (header::CONTENT_TYPE, "application/geo+json"),
        (header::CACHE_CONTROL, "private, max-age=30"),
        (header::VARY, "Cookie, Accept-Language"),
    ];
    Ok((fixed, body.to_string()).into_response())
}

/// `GET /geo/cases/CASE-2026-000412`: where one case is, for whoever may see it; with `t`, for whoever reported it.
pub(crate) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let own = shared::opened(&req, Params::parse(&req.query).get("t")).ok();
    let case = req
        .read(move |ctx, tx| {
            let case = crate::store::case_by_number(tx, &number)?.ok_or_else(Problem::not_found)?;
            if case.is_public || own == Some(case.id) {
                Ok(case)
            } else {
                crate::commands::load_for(ctx, tx, Act::View, case.id)
            }
        })
        .await
        .or_fail(&req)?;
    let place = case.place().ok_or_else(Problem::not_found).or_fail(&req)?;
    let body = json!({
        "type": "FeatureCollection",
        "features": [{
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [round(place.lng), round(place.lat)] },
            "properties": { "layer": "focus", "title": Masked::of_case(&case).title, "state": "accent" },
        }],
    });
    let fixed =
        [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "private, max-age=60")];
    Ok((fixed, body.to_string()).into_response())
}
