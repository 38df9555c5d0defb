use super::load_site_for;
use crate::index::PlaceIndex;
use crate::model::Site;
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// Takes a site out of use. It stays readable, and can be taken into use again.
pub fn retire_site(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    number: &str,
    version: i64,
    reason: &str,
) -> Result<Site> {
    let site = load_site_for(ctx, tx, index, number)?;
    if reason.trim().is_empty() {
        return Err(Problem::field("retire_reason", "required"));
    }
    let event = Event::new("site.retired", site.id).with("number", number).text(reason);
    switch(ctx, tx, Site { active: false, version, ..site }, event)
}

/// Takes a retired site into use again.
pub fn restore_site(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    number: &str,
    version: i64,
) -> Result<Site> {
    let site = load_site_for(ctx, tx, index, number)?;
    let event = Event::new("site.restored", site.id).with("number", number);
    switch(ctx, tx, Site { active: true, version, ..site }, event)
}

fn switch(ctx: &Ctx, tx: &mut Tx<'_>, mut site: Site, event: Event) -> Result<Site> {
    tx.save(&site)?;
    site.version += 1;
    rows::touch(tx, rows::Counter::Places)?;
    tx.record(ctx, event)?;
    Ok(site)
}
