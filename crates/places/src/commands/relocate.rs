use crate::index::PlaceIndex;
use crate::model::{Section, Site};
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use store::{Event, Tx};

/// Looks up again where every section and site lies, and saves those that lie elsewhere than they did: the divisions
/// or sections around them have changed. Twice does what once does. How many were changed.
pub fn relocate(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex) -> Result<u64> {
    let mut changed = 0;
    for old in rows::sections_in_force(tx, ctx.now.date())? {
        let middle = old.line.point_at(old.length_m / 2.0);
        let found = index.locate(middle).division.or(old.division_id);
        if found != old.division_id {
            tx.save(&Section { division_id: found, ..old })?;
            changed += 1;
        }
    }
    for old in rows::active_sites(tx)? {
        let found = index.locate(old.point());
        let section_id = found.section.as_ref().map(|s| s.id);
        let division_id = found.division.or(old.division_id);
        let along_m = found.section.map(|s| s.along_m);
        if section_id != old.section_id || division_id != old.division_id || differs(along_m, old.along_m) {
            tx.save(&Site { section_id, along_m, division_id, ..old })?;
            changed += 1;
        }
    }
    if changed > 0 {
        rows::touch(tx, rows::Counter::Places)?;
        tx.record(ctx, Event::city("places.relocated").with("count", changed))?;
    }
    Ok(changed)
}

/// Whether two places along a line are more than a decimetre apart.
fn differs(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() > 0.1,
        (a, b) => a.is_some() != b.is_some(),
    }
}
