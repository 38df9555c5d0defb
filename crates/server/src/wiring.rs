//! What one feature brings to another, without either knowing the other: decided here, for each city that is opened.

use kernel::problem::Result;
use store::Tx;
use web::City;

/// Puts what features ask of each other into the city's memory. Before [`web::App::open_city`].
pub fn open(city: &City) {
    city.keep(places::UnitDirectory(units));
}

/// All units, in the order of the tree: what `places` calls those that a place may be given to.
fn units(tx: &mut Tx<'_>) -> Result<Vec<places::UnitEntry>> {
    let entry = |unit: people::queries::DirectoryLine| places::UnitEntry {
        depth: unit.path.depth(),
        active: unit.is_active(),
        id: unit.id,
        code: unit.code,
        name: unit.name,
    };
    Ok(people::queries::directory(tx)?.into_iter().map(entry).collect())
}
