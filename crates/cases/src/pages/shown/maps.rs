//! What every map of cases begins with.

use crate::queries::dots;
use kernel::coords::Point;
use kernel::time::{Instant, MINUTE};
use places::PlaceIndex;
use web::error::OrFail;
use web::{Answer, Req};

/// Where a map looks.
#[derive(Clone, Debug, Default)]
pub(crate) struct CityMap {
    /// `west,south,east,north` of the whole city, where nothing better is known; empty when nothing is.
    pub bounds: String,
    /// `lng,lat`.
    pub center: String,
    pub zoom: u8,
    /// Whether there are open cases to look at.
    pub busy: bool,
}

/// The middle of what was reported lately: a county is large, and problems are where people are.
struct Middle {
    at: Option<Point>,
    worked_out: Instant,
}

const KEPT: i64 = 10 * MINUTE;
const SAMPLE: i64 = 200;

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

async fn middle(req: &Req) -> Answer<Option<Point>> {
    let now = req.ctx.now;
    if let Some(kept) = req.city.kept::<Middle>().filter(|m| (0..KEPT).contains(&(now.0 - m.worked_out.0))) {
        return Ok(kept.at);
    }
    let dots = req.read(|_, tx| dots(tx, SAMPLE)).await.or_fail(req)?;
    let lng = median(dots.iter().map(|d| d.lng).collect());
    let lat = median(dots.iter().map(|d| d.lat).collect());
    let at = lng.zip(lat).map(|(lng, lat)| Point { lng, lat });
    req.city.keep(Middle { at, worked_out: now });
    Ok(at)
}

/// `place`: what the map is about, where it is about one place.
pub(crate) async fn city_map(req: &Req, index: &PlaceIndex, place: Option<Point>) -> Answer<CityMap> {
    let middle = if place.is_none() { middle(req).await? } else { None };
    Ok(CityMap {
        bounds: index.bbox().map_or_else(String::new, |b| {
            format!("{:.5},{:.5},{:.5},{:.5}", b.west, b.south, b.east, b.north)
        }),
        center: place.or(middle).map_or_else(String::new, |p| format!("{:.6},{:.6}", p.lng, p.lat)),
        zoom: if place.is_some() { 16 } else { 12 },
        busy: middle.is_some(),
    })
}
