//! The dots of the map: kind and colour, nothing else.

use super::wall::city_view;
use crate::area::Area;
use crate::figures::Known;
use axum::http::header;
use axum::response::IntoResponse;
use cases::queries::{self, Spot};
use kernel::time::{DAY, Instant};
use places::PlaceIndex;
use serde_json::{Value, json};
use web::error::OrFail;
use web::{Answer, Req, Ui};

/// Most dots of the map; the counts beside it have all.
const DOTS: i64 = 2000;

/// Where the map begins to look. Of a part of the city it is where that part's dots are: the page says so with `data-fit`.
pub(super) fn bounds(index: &PlaceIndex, area: &Area) -> String {
    if area.division.is_some() { String::new() } else { city_view(index) }
}

fn feature(ui: &Ui, known: &Known, spot: &Spot, now: Instant) -> Value {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let name = known.desk.catalogue.name(spot.item_id);
    let mood = match spot.stage_due_at {
        Some(due) if due < now => "late",
        Some(due) if due < now.plus(DAY) => "soon",
        _ => "brand",
    };
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [round(spot.lng), round(spot.lat)] },
        "properties": {
            "layer": "cases",
            "title": if name.is_empty() { ui.t("screen-no-kind") } else { name.to_owned() },
            "state": mood,
        },
    })
}

/// Open confirmed cases of this area.
pub(super) async fn answer(req: &Req, known: &Known, area: &Area) -> Answer {
    let divisions = area.divisions.clone();
    let spots = req.read(move |_, tx| queries::spots(tx, &divisions, DOTS)).await.or_fail(req)?;
    let ui = req.ui();
    let features: Vec<Value> = spots.iter().map(|spot| feature(&ui, known, spot, req.ctx.now)).collect();
    let body = json!({ "type": "FeatureCollection", "features": features }).to_string();
    let fixed = [
        (header::CONTENT_TYPE, "application/geo+json"),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "Cookie, Accept-Language"),
    ];
    Ok((fixed, body).into_response())
}
