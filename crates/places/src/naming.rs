//! Streets, sites and divisions by what people call them; see [`store::naming`].

use crate::model::{Division, Section, Site};
use crate::store as rows;
use ::store::{Tx, naming};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use names::Kind;
use web::City;

const KINDS: [Kind; 3] = [Kind::Street, Kind::Site, Kind::Division];

/// A section is looked for by its street.
pub(crate) fn section(tx: &mut Tx<'_>, id: Id<Section>, street: &str) -> Result<()> {
    naming::set(tx, id, Kind::Street, &[street])
}

pub(crate) fn site(tx: &mut Tx<'_>, id: Id<Site>, name: &str) -> Result<()> {
    naming::set(tx, id, Kind::Site, &[name])
}

pub(crate) fn division(tx: &mut Tx<'_>, id: Id<Division>, name: &str) -> Result<()> {
    naming::set(tx, id, Kind::Division, &[name])
}

/// Writes down what was there before names were, or was written down by other rules. When a city is opened.
pub(crate) fn bring_up_to_date(city: &City) -> Result<()> {
    for kind in KINDS {
        if city.db().read_now(move |tx| naming::is_current(tx, kind))? {
            continue;
        }
        let ctx = Ctx::system(city.code().clone(), "naming", city.db().now());
        city.db().write_now(&ctx, move |tx| {
            if naming::renew(tx, kind)? {
                let called = rows::called(tx, kind)?;
                naming::fill(tx, kind, called)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}
