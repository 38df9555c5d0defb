//! The demonstration town: made from a seed, laid inside Jiayuguan's real outline around its real centre.
//!
//! [`generate`] is the whole interface. Real are the outline, the divisions' codes and names and two published market
//! names; streets, areas, sites, units, people and the register are invented and carry [`crate::MARK`].
//!
//! Positions are longitude and latitude in CGCS2000, rounded to a millionth of a degree. Things refer to each other by
//! their place in the town's lists (`section: 17` is `town.sections[17]`).

#![expect(clippy::many_single_char_names, reason = "corners and coordinates are called by their letters")]

mod areas;
mod cells;
mod enlist;
mod lattice;
mod layout;
mod names;
mod network;
pub(crate) mod plane;
mod register;
mod scenery;
mod sites;
mod types;
mod units;

pub(crate) use names::{person, phone};
pub use sites::SITE_TYPES;
pub use types::{
    Adoption, Cell, Crossing, Division, Fault, LngLat, RoadClass, Scenery, SceneryKind, Section, Site,
    SiteType, Street, Town, Unit, UnitKind,
};

pub(crate) use units::by_key;

use crate::when::Day;

/// Makes the town of a seed, as its register stands on the day `today`.
///
/// The same seed and day give the same town on every machine. A different day moves only the dates of the register.
pub fn generate(seed: u64, today: Day) -> Town {
    let net = network::build(seed);
    let divisions = areas::build(seed, &net.lattice);
    let cells = cells::build(&net.lattice, &divisions);
    let scenery = scenery::build(seed, &net.lattice);
    let units = units::build(seed);
    let sections = net.finish(&divisions);
    let sites = sites::build(seed, &sections, &net.crossings, &divisions, &units, &scenery);
    let (adoptions, faults) = register::build(seed, today, &sections, &divisions, &units);
    Town {
        mark: crate::MARK.to_owned(),
        seed,
        today,
        centre: plane::CENTRE,
        divisions,
        streets: net.streets,
        crossings: net.crossings,
        sections,
        cells,
        sites,
        units,
        adoptions,
        faults,
        scenery,
    }
}
