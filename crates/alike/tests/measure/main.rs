//! Measures how often a picture that was used before is found, whatever was done to it, and how often two different ones are
//! taken for the same. Writes the tables of `docs/photo-honesty.md`:
//!
//! ```sh
//! CHUANGCHENG_WRITE_DOCS=1 cargo test -p alike --test measure -- --ignored --nocapture
//! ```
//!
//! The same on every machine: chance comes from a fixed seed. No photograph of a real place is used, because none may lie in
//! a public project; the pictures are drawn by program, in two manners.
#![cfg(test)]

mod changes;
mod corpus;
mod crowd;
mod report;

use alike::{Print, Raster, guesses};
use corpus::Corpus;
use image::RgbImage;
use report::{Given, Row, Table};

/// As the program makes it of every upload: a small copy of 480 pixels, JPEG at 82.
fn small_copy(picture: &RgbImage) -> Raster {
    let (width, height) = picture.dimensions();
    let scale = f64::from(480) / f64::from(width.max(height));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length in pixels")]
    let side = |length: u32| ((f64::from(length) * scale.min(1.0)).round() as u32).max(1);
    let small =
        image::imageops::resize(picture, side(width), side(height), image::imageops::FilterType::Triangle);
    Raster::of_bytes(&changes::jpeg(&small, 82)).unwrap()
}

/// A picture ready to be compared.
struct Ready {
    raster: Raster,
    print: Print,
}

impl Ready {
    fn of(picture: &RgbImage) -> Self {
        let raster = small_copy(picture);
        Self { print: Print::of(&raster), raster }
    }
}

fn compare(new: &Ready, old: &Ready) -> Given {
    let found = guesses(&new.print, &old.print, report::FARTHEST);
    let rules = honesty::settings::Rules::default();
    let agreeing = |agrees: f32| {
        let seen = alike::compare_at(&new.raster, &old.raster, &found, agrees);
        seen.filter(|s| s.telling >= rules.telling).map_or(0, |s| s.agreeing)
    };
    Given {
        distance: found.first().map_or(64, |guess| guess.distance),
        likeness: alike::likeness(&new.print, &old.print, &found),
        agreeing: report::AGREES.map(agreeing),
    }
}

/// Of how many pictures every change is made; the others are there to be confused with.
const CHANGED: usize = 24;

#[test]
#[ignore = "a measurement of some minutes; see the head of this file"]
fn measure() {
    let mut tables = Vec::new();
    for corpus in [Corpus::photo_like(60), Corpus::drawn(40)] {
        let originals: Vec<Ready> = corpus.pictures.iter().map(|p| Ready::of(&p.picture)).collect();
        let mut table = Table { name: corpus.name, rows: Vec::new() };
        for change in changes::all() {
            let mut row = Row::new(change.name);
            for (n, (picture, original)) in corpus.pictures.iter().zip(&originals).take(CHANGED).enumerate() {
                let mut dice = corpus::Dice(7_919 * (n as u64 + 1));
                let changed = (change.make)(&picture.picture, &mut dice);
                row.add(compare(&Ready::of(&changed), original));
            }
            table.rows.push(row);
        }
        let mut again = Row::new("the same place again");
        for (picture, original) in corpus.pictures.iter().zip(&originals) {
            for other in &picture.same_place {
                again.add(compare(&Ready::of(other), original));
            }
        }
        let mut unrelated = Row::new("different pictures");
        for (n, new) in originals.iter().enumerate() {
            for old in originals.iter().take(n) {
                unrelated.add(compare(new, old));
            }
        }
        table.rows.extend([again, unrelated]);
        tables.push(table);
    }
    report::write(&tables);
}
