//! Things that count only where they lie apart: of advertisements closer than twenty metres one counts.

use super::{Found, PATHS, Why};
use crate::answers::live::Live;
use crate::answers::{Given, Place};
use crate::model::MET;
use kernel::coords::Point;
use kernel::geometry::distance_m;

/// Where a row's thing is: on the map, or so many metres along the way.
#[derive(Clone, Copy)]
enum Where {
    Map(Point),
    Along(f64),
}

impl Where {
    /// Metres between two; `None` where one is on the map and the other along the way.
    fn apart(self, other: Self) -> Option<f64> {
        match (self, other) {
            (Self::Map(one), Self::Map(other)) => Some(distance_m(one, other)),
            (Self::Along(one), Self::Along(other)) => Some((one - other).abs()),
            _ => None,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody walks 2^53 metres")]
fn place_of(given: &Given) -> Option<Where> {
    match given {
        Given::Place(Place { lat, lng, .. }) if lat.is_finite() && lng.is_finite() => {
            Some(Where::Map(Point { lng: *lng, lat: *lat }))
        }
        Given::Whole(metres) => Some(Where::Along(*metres as f64)),
        Given::Number(metres) if metres.is_finite() => Some(Where::Along(*metres)),
        _ => None,
    }
}

/// Rows are taken in their order, which is the order of walking: so that everybody who repeats it comes to the same rows.
pub(super) fn spacing(
    live: &Live<'_>,
    at: usize,
    frame: usize,
    (place, met): (&str, Option<&str>),
    metres: u32,
    at_least: u32,
) -> Found {
    let Some(place) = live.map.find(place) else { return Found::not_applicable(Why::Unanswered, 0) };
    let met = met.and_then(|name| live.map.find(name));
    let rows = live.frames.get(frame).and_then(|found| found.rows.get(&at)).cloned().unwrap_or_default();
    let (mut counted, mut answers, mut near) = (Vec::<Where>::new(), 0_u64, Vec::new());
    for row in rows.into_iter().filter(|row| live.is_relevant(at, *row)) {
        let Some(here) = live.given(place, row).and_then(place_of) else { continue };
        answers += 1;
        let is_met = |met: usize| matches!(live.given(met, row), Some(Given::Text(text)) if text == MET);
        if !met.is_none_or(is_met) {
            continue;
        }
        let far = |other: &Where| here.apart(*other).is_some_and(|apart| apart >= f64::from(metres));
        if counted.iter().all(far) {
            counted.push(here);
        } else if near.len() < PATHS {
            near.push(live.path(row, ""));
        }
    }
    if answers == 0 {
        return Found::not_applicable(Why::Unanswered, 0);
    }
    let (apart, wanted) = (u64::try_from(counted.len()).unwrap_or(u64::MAX), u64::from(at_least));
    let why = Why::Spacing { apart, wanted, metres, too_near: near };
    Found::all_or_nothing(apart >= wanted, apart, wanted, answers, why)
}
