//! How much two reports look like one problem: a number from 0 (nothing in common) to 1 (the same), from place, time, kind and
//! words. It is shown to people and orders lists; it decides nothing.
//!
//! | part | full | nothing | unknown | weight |
//! | --- | --- | --- | --- | --- |
//! | place | the same spot | [`REACH_M`] metres or more apart | as nothing | 40 |
//! | time | reported at once | [`REACH_DAYS`] days or more apart | – | 10 |
//! | kind | the same item of the catalogue | another | half | 30 |
//! | words | the same pairs of characters | none in common | half | 20 |
//!
//! Place and time fall off in a straight line. Words are compared by Dice's coefficient of their search tokens, which needs no
//! dictionary. The weights are a beginning that nobody has measured; what they are held to is that the number is the same
//! both ways round, stays between 0 and 1, and never falls when two reports come nearer in any part.

use crate::model::Item;
use kernel::coords::Point;
use kernel::geometry::distance_m;
use kernel::id::Id;
use kernel::time::{DAY, Instant};
use std::collections::BTreeSet;

/// Parts of the whole, which is 100.
const PLACE: f64 = 40.0;
const TIME: f64 = 10.0;
const KIND: f64 = 30.0;
const WORDS: f64 = 20.0;

/// From this distance on, in metres, place says nothing any more.
pub const REACH_M: f64 = 200.0;
/// From this many days on, time says nothing any more.
pub const REACH_DAYS: i64 = 30;
/// What an unknown part counts: neither for nor against.
const UNKNOWN: f64 = 0.5;

/// What of a report is compared.
#[derive(Clone, Debug)]
pub struct Look {
    pub place: Option<Point>,
    pub reported_at: Instant,
    pub item: Option<Id<Item>>,
    words: BTreeSet<String>,
}

impl Look {
    pub fn new(place: Option<Point>, reported_at: Instant, item: Option<Id<Item>>, text: &str) -> Self {
        let tokens = store::words::index_tokens(text);
        // single characters stand in every text
        let words = tokens.split(' ').filter(|t| t.chars().nth(1).is_some()).map(str::to_owned).collect();
        Self { place, reported_at, item, words }
    }
}

/// How much `a` and `b` are alike, from 0 to 1.
pub fn likeness(a: &Look, b: &Look) -> f64 {
    let parts = PLACE * place(a, b) + TIME * time(a, b) + KIND * kind(a, b) + WORDS * words(a, b);
    (parts / 100.0).clamp(0.0, 1.0)
}

/// [`likeness`] in whole per cent, as people read it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
pub fn percent(likeness: f64) -> u32 {
    (likeness * 100.0).round() as u32
}

fn place(a: &Look, b: &Look) -> f64 {
    let Some((a, b)) = a.place.zip(b.place) else { return 0.0 };
    (1.0 - distance_m(a, b) / REACH_M).max(0.0)
}

#[expect(clippy::cast_precision_loss, reason = "microseconds of a month")]
fn time(a: &Look, b: &Look) -> f64 {
    let apart = (a.reported_at.0 - b.reported_at.0).abs();
    (1.0 - apart as f64 / (REACH_DAYS * DAY) as f64).max(0.0)
}

fn kind(a: &Look, b: &Look) -> f64 {
    match (a.item, b.item) {
        (Some(a), Some(b)) if a == b => 1.0,
        (Some(_), Some(_)) => 0.0,
        _ => UNKNOWN,
    }
}

#[expect(clippy::cast_precision_loss, reason = "some hundred words")]
fn words(a: &Look, b: &Look) -> f64 {
    if a.words.is_empty() || b.words.is_empty() {
        return UNKNOWN;
    }
    let shared = a.words.intersection(&b.words).count();
    2.0 * shared as f64 / (a.words.len() + b.words.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn look() -> impl Strategy<Value = Look> {
        let place = prop::option::of((98.27..98.28_f64, 39.77..39.78_f64));
        let words = prop::collection::vec("[路灯垃圾积水井盖坏了]{0,6}", 0..4);
        (place, 0..60 * DAY, prop::option::of(1..4_i64), words).prop_map(|(place, at, item, words)| {
            let place = place.map(|(lng, lat)| Point { lng, lat });
            Look::new(place, Instant(at), item.map(Id::new), &words.join("，"))
        })
    }

    proptest! {
        #[test]
        fn it_is_the_same_both_ways_round_and_between_nothing_and_everything(a in look(), b in look()) {
            let there = likeness(&a, &b);
            prop_assert!((0.0..=1.0).contains(&there));
            prop_assert!((there - likeness(&b, &a)).abs() < 1e-12);
        }

        /// Of two, the one that comes half the way nearer is not less alike.
        #[test]
        fn nearer_is_never_less(a in look(), b in look(), step in 0.0..1.0_f64) {
            let before = likeness(&a, &b);
            if let (Some(pa), Some(pb)) = (a.place, b.place) {
                let nearer = Point { lng: pb.lng + (pa.lng - pb.lng) * step, lat: pb.lat + (pa.lat - pb.lat) * step };
                let moved = Look { place: Some(nearer), ..b.clone() };
                prop_assert!(likeness(&a, &moved) >= before - 1e-9);
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a part of a month")]
            let sooner = Instant(b.reported_at.0 + ((a.reported_at.0 - b.reported_at.0) as f64 * step) as i64);
            let (moved, same) = (Look { reported_at: sooner, ..b.clone() }, Look { item: a.item, ..b.clone() });
            prop_assert!(likeness(&a, &moved) >= before - 1e-9);
            prop_assert!(likeness(&a, &same) >= before - 1e-9 || a.item.is_none());
        }

        #[test]
        fn a_word_more_in_common_is_never_less(a in look(), b in look()) {
            let before = likeness(&a, &b);
            let with = |l: &Look| {
                let mut more = l.clone();
                more.words.insert("沙坑".to_owned());
                more
            };
            prop_assert!(likeness(&with(&a), &with(&b)) >= before - 1e-12 || a.words.is_empty() != b.words.is_empty());
        }
    }

    #[test]
    fn the_weights_are_a_whole_and_the_same_problem_is_told_from_another() {
        assert!((PLACE + TIME + KIND + WORDS - 100.0).abs() < 1e-9);
        let here = Point { lng: 98.277, lat: 39.772 };
        let near = Point { lng: 98.2775, lat: 39.772 };
        let of = |place, item, text: &str| Look::new(Some(place), Instant(0), Some(Id::new(item)), text);
        let lamp = of(here, 1, "路灯不亮");
        assert_eq!(percent(likeness(&lamp, &lamp)), 100);
        assert!(likeness(&lamp, &of(near, 1, "这里的路灯坏了")) > 0.6, "43 metres on, in other words");
        assert!(likeness(&lamp, &of(near, 2, "垃圾没人收")) < 0.5, "another kind, no word in common");
        let far = Point { lng: 98.287, lat: 39.772 };
        assert!(likeness(&lamp, &of(far, 1, "路灯不亮")) < 0.65, "850 metres on it is another lamp");
    }
}
