//! What every map of cases begins with.

use kernel::coords::Point;
use places::PlaceIndex;

/// Where a map looks.
#[derive(Clone, Debug)]
pub(crate) struct CityMap {
    /// `west,south,east,north` of where the city's streets are.
    pub bounds: String,
    /// `lng,lat` of what the map is about, where it is about one place; else empty.
    pub center: String,
}

impl CityMap {
    pub(crate) fn new(index: &PlaceIndex, place: Option<Point>) -> Self {
        Self {
            bounds: index.view(),
            center: place.map_or_else(String::new, |p| format!("{:.6},{:.6}", p.lng, p.lat)),
        }
    }
}
