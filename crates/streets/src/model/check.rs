//! Whether the stretches of a section cover it once and wholly.

use super::TOLERANCE_M;
use kernel::ctx::Unit;
use kernel::geometry::coverage;
use kernel::id::Id;

/// A stretch in force on the day that is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub number: String,
    pub unit: Id<Unit>,
    pub from_m: f64,
    pub to_m: f64,
    /// Whether it was laid over another on purpose.
    pub shared: bool,
}

/// What kind of overlap it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverlapKind {
    /// One unit, twice: harmless, but a slip.
    SameUnit,
    /// On purpose, with a reason.
    Shared,
    /// Two units, and neither knows that it is the other.
    Different,
}

impl OverlapKind {
    pub fn code(self) -> &'static str {
        match self {
            OverlapKind::SameUnit => "same-unit",
            OverlapKind::Shared => "shared",
            OverlapKind::Different => "different",
        }
    }
}

/// Metres that more than one stretch covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    pub from_m: f64,
    pub to_m: f64,
    pub kind: OverlapKind,
    /// Numbers of the adoptions.
    pub numbers: Vec<String>,
}

/// The state of a section on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionCheck {
    pub covered_m: f64,
    pub gaps: Vec<(f64, f64)>,
    pub overlaps: Vec<Overlap>,
}

impl SectionCheck {
    pub fn gap_m(&self) -> f64 {
        self.gaps.iter().map(|(from, to)| to - from).sum()
    }

    pub fn count(&self, kind: OverlapKind) -> usize {
        self.overlaps.iter().filter(|o| o.kind == kind).count()
    }

    /// Nothing that anybody would have to put right.
    pub fn is_sound(&self) -> bool {
        self.gaps.is_empty() && self.count(OverlapKind::Different) == 0
    }
}

/// Looks along a section of `length_m` metres.
pub fn check(length_m: f64, held: &[Held]) -> SectionCheck {
    let spans: Vec<(f64, f64)> = held.iter().map(|h| (h.from_m, h.to_m)).collect();
    let found = coverage(length_m, &spans, TOLERANCE_M);
    let overlaps = found.overlaps.iter().map(|span| overlap(held, *span)).collect();
    SectionCheck { covered_m: found.covered_m, gaps: found.gaps, overlaps }
}

fn overlap(held: &[Held], (from_m, to_m): (f64, f64)) -> Overlap {
    let parties: Vec<&Held> = held.iter().filter(|h| h.to_m.min(to_m) - h.from_m.max(from_m) > 0.0).collect();
    // two that merely touch inside the span do not overlap each other, hence pair by pair
    let pairs = parties.iter().enumerate().flat_map(|(i, a)| parties[i + 1..].iter().map(move |b| (*a, *b)));
    let kind = pairs
        .filter(|(a, b)| a.to_m.min(b.to_m) - a.from_m.max(b.from_m) > TOLERANCE_M)
        .map(|(a, b)| match () {
            () if a.unit == b.unit => OverlapKind::SameUnit,
            () if a.shared || b.shared => OverlapKind::Shared,
            () => OverlapKind::Different,
        })
        .max()
        .unwrap_or(OverlapKind::SameUnit);
    Overlap { from_m, to_m, kind, numbers: parties.iter().map(|h| h.number.clone()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(number: &str, unit: i64, from_m: f64, to_m: f64, shared: bool) -> Held {
        Held { number: number.to_owned(), unit: Id::new(unit), from_m, to_m, shared }
    }

    #[test]
    fn gaps_and_overlaps_are_told_apart() {
        let found = check(
            500.0,
            &[
                held("BJ-1", 1, 0.0, 100.0, false),
                held("BJ-2", 2, 90.0, 200.0, false),
                held("BJ-3", 2, 190.0, 300.0, false),
                held("BJ-4", 3, 250.0, 300.4, true),
                held("BJ-5", 4, 301.0, 400.0, false),
            ],
        );
        let kinds: Vec<_> = found.overlaps.iter().map(|o| (o.from_m, o.to_m, o.kind)).collect();
        assert_eq!(
            kinds,
            [
                (90.0, 100.0, OverlapKind::Different),
                (190.0, 200.0, OverlapKind::SameUnit),
                (250.0, 300.0, OverlapKind::Shared)
            ]
        );
        assert_eq!(found.overlaps[0].numbers, ["BJ-1", "BJ-2"]);
        assert_eq!(found.gaps, [(400.0, 500.0)]);
        assert!((found.gap_m() - 100.0).abs() < 1e-9 && !found.is_sound());
    }

    #[test]
    fn a_shared_stretch_is_sound() {
        assert!(check(100.0, &[held("a", 1, 0.0, 100.0, false), held("b", 2, 20.0, 40.0, true)]).is_sound());
        assert!(!check(100.0, &[]).is_sound());
    }
}
