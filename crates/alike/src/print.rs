//! Prints: the signs of a picture's lowest frequencies, of the whole and of parts of it.
//!
//! The sign of a frequency does not change with brightness, contrast or colour. Mirroring changes the signs of the odd
//! ones, transposing exchanges them; so the print of a turned picture follows from the print itself. A cropped picture
//! looks like a part of the whole; so parts have prints too.

#![expect(clippy::cast_precision_loss, reason = "places within a small square as floating numbers")]

use crate::raster::{Raster, SIDE, SMALL as SMALL_SIDE};
use crate::turn::Turn;
use std::f32::consts::PI;
use std::sync::LazyLock;

/// Means along each side from which frequencies are worked out.
const CELLS: usize = 16;
/// Frequencies along each side; the mean itself is left out, so that 63 signs remain.
const WAVES: usize = 8;

/// A part of a picture, as shares of its sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// Shares of a side, with how many places along it.
const LARGE: (f32, usize) = (0.85, 3);
const SMALL: (f32, usize) = (0.7, 4);
const WHOLE: (f32, usize) = (1.0, 1);

/// The whole first, then its parts.
pub(crate) static WINDOWS: LazyLock<Vec<Window>> = LazyLock::new(|| {
    let pairs = [
        (WHOLE, WHOLE),
        (LARGE, LARGE),
        (SMALL, SMALL),
        (WHOLE, LARGE),
        (LARGE, WHOLE),
        (WHOLE, SMALL),
        (SMALL, WHOLE),
    ];
    let places = |(share, places): (f32, usize)| {
        (0..places).map(move |n| (1.0 - share) * n as f32 / (places.max(2) - 1) as f32)
    };
    let mut all = Vec::new();
    for (across, down) in pairs {
        for y in places(down) {
            all.extend(places(across).map(|x| Window { x, y, width: across.0, height: down.0 }));
        }
    }
    all
});

static COSINES: LazyLock<[[f32; CELLS]; WAVES]> = LazyLock::new(|| {
    std::array::from_fn(|wave| {
        std::array::from_fn(|cell| (PI * (cell as f32 + 0.5) * wave as f32 / CELLS as f32).cos())
    })
});

/// Sums of everything above and left, so that the mean of any part is four look-ups.
struct Sums(Vec<f32>);

impl Sums {
    fn of(raster: &Raster) -> Self {
        let width = SIDE + 1;
        let mut sums = vec![0.0; width * width];
        for (y, row) in raster.grey.chunks_exact(SIDE).enumerate() {
            let mut line = 0.0;
            for (x, value) in row.iter().enumerate() {
                line += value;
                let above = sums.get(y * width + x + 1).copied().unwrap_or(0.0);
                if let Some(sum) = sums.get_mut((y + 1) * width + x + 1) {
                    *sum = above + line;
                }
            }
        }
        Self(sums)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place within the square")]
    fn upto(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x.clamp(0.0, SIDE as f32), y.clamp(0.0, SIDE as f32));
        let (left, top) = (x as usize, y as usize);
        let (dx, dy) = (x - left as f32, y - top as f32);
        let at =
            |x: usize, y: usize| self.0.get(y.min(SIDE) * (SIDE + 1) + x.min(SIDE)).copied().unwrap_or(0.0);
        let upper = at(left, top) * (1.0 - dx) + at(left + 1, top) * dx;
        let lower = at(left, top + 1) * (1.0 - dx) + at(left + 1, top + 1) * dx;
        upper * (1.0 - dy) + lower * dy
    }

    fn signs(&self, window: Window) -> u64 {
        let side = SIDE as f32;
        let (w, h) = (window.width * side / CELLS as f32, window.height * side / CELLS as f32);
        let mut means = [[0.0; CELLS]; CELLS];
        for (j, row) in means.iter_mut().enumerate() {
            for (i, mean) in row.iter_mut().enumerate() {
                let (x, y) = (window.x * side + i as f32 * w, window.y * side + j as f32 * h);
                *mean = self.upto(x + w, y + h) - self.upto(x, y + h) - self.upto(x + w, y) + self.upto(x, y);
            }
        }
        let across: Vec<[f32; WAVES]> = means
            .iter()
            .map(|row| {
                std::array::from_fn(|v| {
                    COSINES.get(v).map_or(0.0, |c| c.iter().zip(row).map(|(a, b)| a * b).sum())
                })
            })
            .collect();
        let mut signs = 0;
        for (u, cosines) in COSINES.iter().enumerate() {
            for v in 0..WAVES {
                let wave: f32 =
                    cosines.iter().zip(&across).map(|(c, row)| c * row.get(v).copied().unwrap_or(0.0)).sum();
                signs |= u64::from(wave > 0.0) << (u * WAVES + v);
            }
        }
        // the mean says how bright it is, which is what anybody can change
        signs & !1
    }
}

/// The signs of the same picture turned.
fn turned(signs: u64, turn: Turn) -> u64 {
    const ODD_COLUMNS: u64 = 0xaaaa_aaaa_aaaa_aaaa;
    const ODD_ROWS: u64 = 0xff00_ff00_ff00_ff00;
    let mut out = signs;
    if turn.transposed {
        out = 0;
        for u in 0..WAVES {
            for v in 0..WAVES {
                out |= (signs >> (u * WAVES + v) & 1) << (v * WAVES + u);
            }
        }
    }
    if turn.mirrored {
        out ^= ODD_COLUMNS;
    }
    if turn.upside_down {
        out ^= ODD_ROWS;
    }
    out
}

/// What is kept of a picture to find it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Print {
    signs: Vec<u64>,
    /// The picture itself, very small: most of what only seems alike is told apart by it without opening a file.
    pub(crate) small: Raster,
}

impl Print {
    pub fn of(raster: &Raster) -> Self {
        let sums = Sums::of(raster);
        Self { signs: WINDOWS.iter().map(|w| sums.signs(*w)).collect(), small: raster.small() }
    }

    /// Eight bytes for each part, little end first; then the small picture, a byte for each pixel.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.signs.iter().flat_map(|signs| signs.to_le_bytes()).collect();
        bytes.extend(self.small.to_bytes());
        bytes
    }

    /// None where the bytes were made otherwise: by a version with other parts.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (signs, small) = bytes.split_at_checked(WINDOWS.len() * 8)?;
        let (parts, _) = signs.as_chunks::<8>();
        (small.len() == SMALL_SIDE * SMALL_SIDE).then(|| Self {
            signs: parts.iter().map(|part| u64::from_le_bytes(*part)).collect(),
            small: Raster { side: SMALL_SIDE, grey: small.iter().map(|byte| f32::from(*byte)).collect() },
        })
    }

    /// The whole picture in each of the eight turns.
    fn whole_turned(&self) -> [u64; 8] {
        let whole = self.signs.first().copied().unwrap_or(0);
        Turn::ALL.map(|turn| turned(whole, turn))
    }
}

/// Which of the two is the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The new picture lies within the old one.
    NewWithin,
    /// The old one was a part of the new.
    OldWithin,
}

/// A way in which two pictures may be the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// Signs that differ, 0 to 63.
    pub distance: u32,
    /// What is to be done to the new picture first.
    pub turn: Turn,
    pub role: Role,
    pub(crate) window: Window,
}

/// The likeliest ways in which the new picture may be the old one, at most `distance` signs apart, nearest first; at most three.
pub fn guesses(new: &Print, old: &Print, distance: u32) -> Vec<Guess> {
    let mut found: Vec<Guess> = Vec::new();
    let (new_whole, old_whole) = (new.whole_turned(), old.whole_turned());
    for ((window, of_new), of_old) in WINDOWS.iter().zip(&new.signs).zip(&old.signs) {
        for ((turn, new_turned), old_turned) in Turn::ALL.into_iter().zip(new_whole).zip(old_whole) {
            let near = (new_turned ^ of_old).count_ones();
            if near <= distance {
                found.push(Guess { distance: near, turn, role: Role::NewWithin, window: *window });
            }
            // turning the old whole back is the same as turning the new part, but the part's place turns with it
            let near = (of_new ^ old_turned).count_ones();
            if near <= distance {
                let (turn, window) = back(turn, *window);
                found.push(Guess { distance: near, turn, role: Role::OldWithin, window });
            }
        }
    }
    found.sort_by_key(|g| g.distance);
    found.truncate(3);
    found
}

/// `turn` takes the old whole onto a part of the new picture. The turn that takes the new picture onto the old one, and
/// where the part lies then.
fn back(turn: Turn, window: Window) -> (Turn, Window) {
    // transposing comes first: undoing mirrors after it exchanges them
    let undo = if turn.transposed {
        Turn { transposed: true, mirrored: turn.upside_down, upside_down: turn.mirrored }
    } else {
        turn
    };
    let mut w = window;
    if undo.transposed {
        w = Window { x: w.y, y: w.x, width: w.height, height: w.width };
    }
    if undo.mirrored {
        w.x = 1.0 - w.x - w.width;
    }
    if undo.upside_down {
        w.y = 1.0 - w.y - w.height;
    }
    (undo, w)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raster(seed: u64) -> Raster {
        let mut state = seed;
        let mut coarse = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f32::from(u8::try_from(state >> 56).unwrap())
        };
        let cells: Vec<f32> = (0..64).map(|_| coarse()).collect();
        let grey = (0..SIDE * SIDE).map(|n| {
            let (x, y) = (n % SIDE, n / SIDE);
            (cells[y / 16 * 8 + x / 16] + (x * y % 7) as f32).min(255.0)
        });
        Raster { side: SIDE, grey: grey.collect() }
    }

    #[test]
    fn there_are_forty_parts() {
        assert_eq!(WINDOWS.len(), 40);
        assert!(WINDOWS.iter().all(|w| w.x >= 0.0 && w.x + w.width <= 1.001));
    }

    proptest! {
        #[test]
        fn signs_turn_as_the_picture_does(seed: u64, n in 0_usize..8) {
            let (picture, turn) = (raster(seed), Turn::ALL[n]);
            let direct = Print::of(&picture.turned(turn)).signs[0];
            let derived = turned(Print::of(&picture).signs[0], turn);
            // rounding decides the sign of a frequency that is not there
            prop_assert!((direct ^ derived).count_ones() <= 2, "{:064b}", direct ^ derived);
        }

        #[test]
        fn what_was_turned_is_found_and_turned_back(seed: u64, n in 0_usize..8) {
            let picture = raster(seed);
            let new = picture.turned(Turn::ALL[n]);
            let found = guesses(&Print::of(&new), &Print::of(&picture), 2);
            prop_assert!(found.iter().any(|g| new.turned(g.turn).grey == picture.grey), "{found:?}");
        }

        #[test]
        fn a_print_survives_being_kept(seed: u64) {
            let print = Print::of(&raster(seed));
            prop_assert_eq!(Print::from_bytes(&print.to_bytes()), Some(print));
        }
    }

    #[test]
    fn other_bytes_are_no_print() {
        assert_eq!(Print::from_bytes(&[0; 8]), None);
        assert_eq!(Print::from_bytes(&[0; 321]), None);
    }
}
