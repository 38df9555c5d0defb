//! Who visits which point on which day. A later part of the program asks [`crate::queries::visits_of`] for it. No input or output.

use crate::model::{Drawn, Inspection};
use draw::Hash;
use draw::assign::{self, Before, Blocked};
use draw::route;
use kernel::coords::Point;
use kernel::ctx::{Person, Unit};
use kernel::geometry::distance_m;
use kernel::id::Id;
use kernel::time::{Date, date_from_epoch_days, days_since_epoch};
use places::PlaceIndex;
use std::collections::HashSet;
use store::record;
use store::value::Json;

record! {
    /// Somebody who is sent.
    #[derive(Clone, Debug)]
    pub struct Sent in "inspection_inspector" {
        pub id: Id<Sent>,
        pub inspection_id: Id<Inspection>,
        pub person_id: Id<Person>,
        pub name: String,
        /// Codes of divisions as `d:620201001`, units as `u:<id>`.
        pub kept_out: Json<Vec<String>>,
        pub version: i64,
    }
}

record! {
    /// A point that somebody visits on a day.
    #[derive(Clone, Debug)]
    pub struct Visit in "inspection_visit" {
        pub id: Id<Visit>,
        pub inspection_id: Id<Inspection>,
        pub point_id: Id<Drawn>,
        /// The second of two visits: another person's.
        pub second: bool,
        pub person_id: Id<Person>,
        pub day: Date,
        /// Place in the day's way, from 1.
        pub day_place: i64,
        /// Why the office moved it by hand; empty where it did not.
        pub move_reason: String,
        pub version: i64,
    }
}

/// A point with what somebody can be kept out of.
#[derive(Clone, Debug)]
pub struct Stop {
    pub point: Drawn,
    pub areas: Vec<String>,
}

impl Sent {
    pub fn may(&self, areas: &[String]) -> bool {
        areas.iter().all(|area| !self.kept_out.0.contains(area))
    }
}

pub fn division_area(code: &str) -> String {
    format!("d:{code}")
}

pub fn unit_area(unit: Id<Unit>) -> String {
    format!("u:{unit}")
}

/// What a place belongs to: its division and all above but the city, the unit that governs it, the unit that answers for it.
pub fn areas(index: &PlaceIndex, point: &Drawn, unit: Option<Id<Unit>>) -> Vec<String> {
    let found = index.locate(Point::new(point.lng, point.lat)).division;
    let mut areas: Vec<String> = found
        .and_then(|id| index.division(id))
        .map(|node| {
            node.path
                .iter()
                .skip(1)
                .filter_map(|id| index.division(*id))
                .map(|d| division_area(&d.code))
                .collect()
        })
        .unwrap_or_default();
    // whoever governs the whole city would be kept out of all of it
    let root = found.and_then(|id| index.division(id)).and_then(|node| node.path.first().copied());
    let whole = root.and_then(|id| index.governing(Some(id)));
    let governing = index.governing(found).filter(|unit| Some(*unit) != whole);
    areas.extend(governing.into_iter().chain(unit).map(unit_area));
    areas.dedup();
    areas
}

/// The days of an inspection.
pub fn days(inspection: &Inspection) -> Vec<Date> {
    let (from, until) = (days_since_epoch(inspection.from_date), days_since_epoch(inspection.until_date));
    (from..=until).map(|n| date_from_epoch_days(i64::from(n))).collect()
}

/// A visit that is planned, not yet a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub stop: usize,
    pub second: bool,
    pub sent: usize,
    pub day: Date,
    pub day_place: i64,
}

/// Metres east and north of the first point.
fn spots(stops: &[Stop]) -> Vec<route::Spot> {
    let Some(zero) = stops.first().map(|s| Point::new(s.point.lng, s.point.lat)) else { return Vec::new() };
    stops
        .iter()
        .map(|s| {
            let (lng, lat) = (s.point.lng, s.point.lat);
            let east = distance_m(zero, Point::new(lng, zero.lat)) * (lng - zero.lng).signum();
            let north = distance_m(zero, Point::new(zero.lng, lat)) * (lat - zero.lat).signum();
            (east, north)
        })
        .collect()
}

/// Divides all visits over people and days.
///
/// # Errors
/// Every visit that nobody can make, with the stop it is to.
pub fn plan(
    stops: &[Stop],
    sent: &[Sent],
    before: &Before,
    days: &[Date],
    seed: &Hash,
) -> Result<Vec<Planned>, Vec<(usize, Blocked)>> {
    let spots = spots(stops);
    let first = (0..stops.len()).map(|n| (n, false));
    let second = (0..stops.len()).filter(|n| stops[*n].point.second).map(|n| (n, true));
    let wanted: Vec<(usize, bool)> = first.chain(second).collect();
    let visits: Vec<assign::Visit> = wanted
        .iter()
        .map(|(n, second)| assign::Visit {
            number: stops[*n].point.number.clone(),
            second: *second,
            areas: stops[*n].areas.clone(),
            at: spots[*n],
        })
        .collect();
    let people: Vec<assign::Inspector> = sent
        .iter()
        .map(|s| {
            let kept_out: HashSet<String> = s.kept_out.0.iter().cloned().collect();
            assign::Inspector { key: s.person_id.to_string(), kept_out }
        })
        .collect();
    let of = assign::assign(&visits, &people, before, seed)
        .map_err(|blocked| blocked.into_iter().map(|b| (wanted[b.visit].0, b)).collect::<Vec<_>>())?;
    let mut planned = Vec::with_capacity(wanted.len());
    for person in 0..sent.len() {
        let own: Vec<(usize, bool)> =
            wanted.iter().zip(&of).filter(|(_, o)| **o == person).map(|(w, _)| *w).collect();
        let way: Vec<route::Spot> = own.iter().map(|(n, _)| spots[*n]).collect();
        for (day, part) in days.iter().zip(route::days(&way, days.len())) {
            for (place, at) in (1..).zip(part) {
                let (stop, second) = own[at];
                planned.push(Planned { stop, second, sent: person, day: *day, day_place: place });
            }
        }
    }
    Ok(planned)
}

/// Straight metres of a day's way.
pub fn metres(points: &[&Drawn]) -> f64 {
    let at = |p: &Drawn| Point::new(p.lng, p.lat);
    points.windows(2).map(|pair| distance_m(at(pair[0]), at(pair[1]))).sum()
}
