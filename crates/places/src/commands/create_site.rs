use super::place::may;
use super::{index_site, refuse_twin_site};
use crate::index::PlaceIndex;
use crate::model::{Site, SiteDraft, SiteType};
use crate::{queries, store as rows};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// Adds a site to the register; it gets the next number, and the division and section it lies in.
pub fn create_site(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, draft: SiteDraft) -> Result<Site> {
    let types = queries::site_types(tx)?;
    let site = insert_site(ctx, tx, index, &types, draft)?;
    rows::touch(tx, rows::Counter::Places)?;
    Ok(site)
}

/// [`create_site`] for imports, which say once at the end that something changed.
pub(crate) fn insert_site(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    types: &[SiteType],
    draft: SiteDraft,
) -> Result<Site> {
    draft.check()?;
    let mut site = Site {
        id: tx.new_id(),
        serial: 0,
        number: String::new(),
        code: draft.code,
        name: draft.name,
        type_code: draft.type_code,
        lng: draft.point.lng,
        lat: draft.point.lat,
        crs: draft.crs,
        accuracy_m: draft.accuracy_m,
        address: draft.address,
        section_id: None,
        along_m: None,
        division_id: None,
        unit_id: draft.unit_id,
        active: true,
        version: 1,
    };
    put(&mut site, index)?;
    may(ctx, index, site.division_id)?;
    known_type(types, &site.type_code)?;
    refuse_twin_site(tx, &site)?;
    site.serial = tx.next_number("P")?;
    site.number = format!("P-{:04}", site.serial);
    tx.insert(&site)?;
    index_site(tx, &site)?;
    let event = Event::new("site.created", site.id).with("number", site.number.clone());
    tx.record(ctx, event.with("site", site.name.clone()))?;
    Ok(site)
}

/// Fills in where the site's point lies; refused outside the city.
pub(super) fn put(site: &mut Site, index: &PlaceIndex) -> Result<()> {
    let found = index.locate(site.point());
    if !found.inside_city {
        return Err(Problem::field("place_lng", "place-outside-city"));
    }
    site.division_id = found.division;
    site.along_m = found.section.as_ref().map(|s| s.along_m);
    site.section_id = found.section.map(|s| s.id);
    Ok(())
}

pub(super) fn known_type(types: &[SiteType], code: &str) -> Result<()> {
    let known = types.iter().any(|t| t.code == code);
    if known { Ok(()) } else { Err(Problem::field("place_type", "not-a-choice")) }
}
