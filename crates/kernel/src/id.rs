//! Typed ids: 63 bits, ordered by time of creation, unique in a city, never shown to people.
//!
//! Layout from the top: 42 bits of milliseconds since 2020-01-01 (139 years), 6 bits of lane (which writer made it),
//! 15 bits of sequence. Because ids grow with time, rows append at the end of every B-tree, and one id space serves
//! all tables of a city.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// An id of a `T`. An id of one kind cannot be passed where another kind is wanted.
pub struct Id<T> {
    raw: i64,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    pub const fn new(raw: i64) -> Self {
        Self { raw, kind: PhantomData }
    }

    pub const fn raw(self) -> i64 {
        self.raw
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.raw)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.raw)
    }
}
impl<T> serde::Serialize for Id<T> {
    // as text: JSON readers hold numbers in doubles, which lose the last bits of an id
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.raw)
    }
}
impl<'de, T> serde::Deserialize<'de> for Id<T> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map(Id::new).map_err(serde::de::Error::custom)
    }
}
impl<T> std::str::FromStr for Id<T> {
    type Err = std::num::ParseIntError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        s.parse().map(Id::new)
    }
}

const EPOCH_MILLIS: i64 = 1_577_836_800_000;
const LANE_BITS: u32 = 6;
const SEQUENCE_BITS: u32 = 15;

/// The least id that anything made at or after `millis` since 1970 can have, on any lane: where a span of time begins.
pub fn first_at(millis: i64) -> i64 {
    (millis - EPOCH_MILLIS).max(0) << (LANE_BITS + SEQUENCE_BITS)
}

/// Makes ids for one lane. Never repeats and never goes back, even when the clock does.
#[derive(Debug)]
pub struct IdMaker {
    lane: i64,
    last: i64,
}

impl IdMaker {
    /// `after`: the greatest id this lane has made before (0 for a new lane).
    pub fn new(lane: u8, after: i64) -> Self {
        let lane = i64::from(lane) & ((1 << LANE_BITS) - 1);
        Self {
            lane,
            last: after >> (LANE_BITS + SEQUENCE_BITS) << SEQUENCE_BITS
                | (after & ((1 << SEQUENCE_BITS) - 1)),
        }
    }

    /// The greatest id made so far, for [`new`](Self::new) after a restart.
    pub fn last(&self) -> i64 {
        let sequence = self.last & ((1 << SEQUENCE_BITS) - 1);
        ((self.last >> SEQUENCE_BITS) << (LANE_BITS + SEQUENCE_BITS))
            | (self.lane << SEQUENCE_BITS)
            | sequence
    }

    /// Whatever is made from now on is greater than `id`, on whichever lane that was made: what follows from something has
    /// the greater id, also where clocks differ.
    pub fn pass(&mut self, id: i64) {
        if self.last() < id {
            let next_millisecond = (id >> (LANE_BITS + SEQUENCE_BITS)) + 1;
            self.last = (next_millisecond << SEQUENCE_BITS) - 1;
        }
    }

    /// Whether `id` was made by this lane after `earlier` was.
    pub fn made_since(&self, id: i64, earlier: i64) -> bool {
        id > earlier && id <= self.last() && (id >> SEQUENCE_BITS) & ((1 << LANE_BITS) - 1) == self.lane
    }

    /// The next id at `millis` since 1970.
    pub fn make(&mut self, millis: i64) -> i64 {
        let wanted = (millis - EPOCH_MILLIS).max(0) << SEQUENCE_BITS;
        self.last = wanted.max(self.last + 1);
        self.last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_never_repeat_even_when_the_clock_goes_back() {
        let mut maker = IdMaker::new(3, 0);
        let mut last = 0;
        for step in 0..200_000_i64 {
            let millis = 1_790_000_000_000 + if step % 7 == 0 { -5_000 } else { step / 100 };
            let id = maker.make(millis);
            assert!(id > last, "{id} after {last}");
            last = id;
        }
        let mut again = IdMaker::new(3, last);
        assert!(again.make(0) > last);
    }

    #[test]
    fn a_span_of_time_begins_before_its_ids() {
        let at = 1_790_000_000_000;
        assert!((0..64).all(|lane| IdMaker::new(lane, 0).make(at) >= first_at(at)));
        assert!((0..64).all(|lane| IdMaker::new(lane, 0).make(at - 1) < first_at(at)));
    }

    #[test]
    fn what_follows_is_greater_whatever_lane_and_clock_say() {
        let at = 1_790_000_000_000;
        for (first, second) in [(0, 5), (5, 0), (63, 1)] {
            let (mut a, mut b) = (IdMaker::new(first, 0), IdMaker::new(second, 0));
            let mut before = 0;
            for step in 0..1000 {
                // the second one's clock is slow by a second
                let cause = a.make(at + step);
                assert!(cause > before);
                b.pass(cause);
                let effect = b.make(at + step - 1000);
                assert!(effect > cause, "{effect} follows {cause}");
                b.pass(cause);
                assert_eq!(b.last(), effect, "what was passed already changes nothing");
                a.pass(effect);
                before = effect;
            }
        }
    }

    #[test]
    fn a_lane_knows_what_it_has_just_made() {
        let (mut a, mut b) = (IdMaker::new(3, 0), IdMaker::new(4, 0));
        let old = a.make(1_790_000_000_000);
        let (own, others) = (a.make(1_790_000_000_000), b.make(1_790_000_000_000));
        assert!(a.made_since(own, old));
        assert!(!a.made_since(old, old) && !a.made_since(others, old) && !a.made_since(others, 0));
    }

    #[test]
    fn lanes_do_not_meet() {
        let (mut a, mut b) = (IdMaker::new(0, 0), IdMaker::new(1, 0));
        let left: std::collections::HashSet<i64> = (0..1000).map(|_| a.make(1_790_000_000_000)).collect();
        assert!((0..1000).all(|_| !left.contains(&b.make(1_790_000_000_000))));
    }
}
