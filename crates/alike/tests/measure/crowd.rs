//! One picture among very many that are as like each other as drawn streets are: what choosing at first sight loses, and what it
//! saves. `cargo test -p alike --test measure crowd -- --ignored --nocapture`

use crate::corpus::{Corpus, Dice};
use crate::{CHANGED, Ready, changes};
use alike::{Print, at_first_sight, guesses, likeness};
use std::time::{Duration, Instant};

/// Pictures that are there to be confused with.
const CROWD: usize = 20_000;
/// Pictures each change is made of.
const TRIED: usize = 3;
/// How many the close look takes, and how many are chosen at first sight for it: of a crowd a fifth as large as the worst that
/// is spoken of, a fifth.
const CLOSE_LOOKS: usize = 30;
const SECOND_LOOKS: usize = 120;

/// Prints of drawn pictures, with some of their signs and small pixels changed.
fn crowd(of: &[Ready]) -> Vec<Print> {
    let mut dice = Dice(11);
    let mut below = |end: usize| dice.below(u32::try_from(end).unwrap()) as usize;
    let drawn: Vec<Vec<u8>> = of.iter().map(|r| r.print.to_bytes()).collect();
    let changed = (0..CROWD).map(|_| {
        let mut bytes = drawn[below(drawn.len())].clone();
        for _ in 0..60 {
            let at = below(bytes.len());
            bytes[at] ^= 1 << below(8);
        }
        Print::from_bytes(&bytes).unwrap()
    });
    changed.collect()
}

/// Whether the true one is among the `most` likest.
fn among(mut all: Vec<(f32, bool)>, most: usize) -> bool {
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.iter().take(most).any(|(_, is_true)| *is_true)
}

#[test]
#[ignore = "a measurement of some minutes"]
fn crowd_of_like_pictures() {
    let rules = honesty::settings::Rules::default();
    let corpus = Corpus::drawn(40);
    let originals: Vec<Ready> = corpus.pictures.iter().map(|p| Ready::of(&p.picture)).collect();
    // the crowd is of the others: the true one has no doubles
    let crowd = crowd(&originals[CHANGED..]);
    let (mut before, mut after) = (Duration::ZERO, Duration::ZERO);
    let (mut tried, mut near, mut by_all, mut by_few) = (0, 0, 0, 0);
    for change in changes::all() {
        for (n, (picture, original)) in (1..).zip(corpus.pictures.iter().zip(&originals)).take(TRIED) {
            let mut dice = Dice(7_919 * n);
            let new = Ready::of(&(change.make)(&picture.picture, &mut dice)).print;
            let old = std::iter::once((&original.print, true)).chain(crowd.iter().map(|p| (p, false)));
            let known: Vec<_> = old
                .map(|(old, is_true)| (old, is_true, guesses(&new, old, rules.distance)))
                .filter(|(_, _, found)| !found.is_empty())
                .collect();
            tried += 1;
            near += known.len();
            let started = Instant::now();
            let all = known.iter().map(|(old, yes, found)| (likeness(&new, old, found), *yes)).collect();
            by_all += usize::from(among(all, CLOSE_LOOKS));
            before += started.elapsed();
            let started = Instant::now();
            let mut seen: Vec<_> =
                known.iter().map(|one| (at_first_sight(&new, one.0, &one.2), one)).collect();
            seen.sort_by(|a, b| b.0.total_cmp(&a.0));
            seen.truncate(SECOND_LOOKS);
            let few = seen.iter().map(|(_, (old, yes, found))| (likeness(&new, old, found), *yes)).collect();
            by_few += usize::from(among(few, CLOSE_LOOKS));
            after += started.elapsed();
        }
    }
    let ms = |d: Duration| d.as_secs_f64() * 1000.0 / f64::from(tried);
    println!(
        "{tried} changed pictures, each among {CROWD}, {} of them near by their signs: in the close look {by_all} when all are worked \
         out ({:.0} ms a picture), {by_few} when the {SECOND_LOOKS} likest at first sight are ({:.0} ms)",
        near / usize::try_from(tried).unwrap(),
        ms(before),
        ms(after)
    );
    // as docs/photo-honesty.md tells: one of ninety
    assert!(by_few + 1 >= by_all, "choosing at first sight may lose one, not more");
}
