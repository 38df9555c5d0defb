use super::create_site::put;
use super::load_site_for;
use super::place::may;
use crate::index::PlaceIndex;
use crate::model::{Site, SourceCrs};
use crate::store as rows;
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::geometry::distance_m;
use kernel::problem::Result;
use store::{Event, Tx};

/// Puts a site where it really is: what an inspector does who stands before it. `point` is in CGCS2000, `crs` the system
/// it was given in.
pub fn move_site(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    number: &str,
    version: i64,
    point: Point,
    (crs, accuracy_m): (SourceCrs, Option<f64>),
) -> Result<Site> {
    let before = load_site_for(ctx, tx, index, number)?;
    let mut site = Site { lng: point.lng, lat: point.lat, crs, accuracy_m, version, ..before.clone() };
    put(&mut site, index)?;
    may(ctx, index, site.division_id)?;
    tx.save(&site)?;
    site.version += 1;
    rows::touch(tx, rows::Counter::Places)?;
    let metres = format!("{:.0}", distance_m(before.point(), point));
    let event = Event::new("site.moved", site.id).with("number", site.number.clone());
    tx.record(ctx, event.with("metres", metres))?;
    Ok(site)
}
