use super::create_site::{known_type, put};
use super::place::may;
use super::{index_site, load_site_for, refuse_twin_site};
use crate::index::PlaceIndex;
use crate::model::{Site, SiteDraft};
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use store::{Event, Tx};

/// Changes what is known of a site, its place included. `version` is the one the person saw.
pub fn edit_site(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    number: &str,
    version: i64,
    draft: SiteDraft,
) -> Result<Site> {
    let before = load_site_for(ctx, tx, index, number)?;
    draft.check()?;
    let mut site = Site {
        code: draft.code,
        name: draft.name,
        type_code: draft.type_code,
        lng: draft.point.lng,
        lat: draft.point.lat,
        accuracy_m: draft.accuracy_m,
        address: draft.address,
        unit_id: draft.unit_id,
        version,
        ..before.clone()
    };
    let moved = before.point() != site.point();
    if moved {
        site.crs = draft.crs;
        put(&mut site, index)?;
        may(ctx, index, site.division_id)?;
    }
    known_type(&rows::site_types(tx)?, &site.type_code)?;
    refuse_twin_site(tx, &site)?;
    tx.save(&site)?;
    site.version += 1;
    index_site(tx, &site)?;
    rows::touch(tx, rows::Counter::Places)?;
    let event = Event::new("site.changed", site.id).with("number", site.number.clone()).with("moved", moved);
    tx.record(ctx, event.with("site", site.name.clone()))?;
    Ok(site)
}
