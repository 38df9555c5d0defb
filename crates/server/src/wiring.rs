//! What one feature brings to another, without either knowing the other: decided here, for each city that is opened.

use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use store::Tx;
use web::City;

/// Puts what features ask of each other into the city's memory. Before [`web::App::open_city`].
pub fn open(city: &City) {
    city.keep(places::UnitDirectory(unit_names));
}

/// Units that a place may be given to, in the order of the tree.
fn unit_names(tx: &mut Tx<'_>) -> Result<Vec<(Id<Unit>, String)>> {
    Ok(people::queries::all_units_options(tx)?.into_iter().map(|u| (u.id, u.choice().1)).collect())
}
