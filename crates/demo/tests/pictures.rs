//! The pictures: the same every time, of the right size and weight; and one test that draws a sample for the eye.

use std::time::Instant;

use demo::pictures::{self, Problem, Shot, Stage};

fn shot(problem: Problem, seed: u64, stage: Stage, hour: u8, month: u8) -> Shot {
    Shot { problem, seed, stage, hour, month }
}

#[test]
fn pictures_are_jpegs_of_the_right_size_and_weight() {
    for (problem, seed) in Problem::ALL.into_iter().zip(1..) {
        let before = pictures::draw(&shot(problem, seed, Stage::Before, 10, 7));
        let after = pictures::draw(&shot(problem, seed, Stage::After, 15, 7));
        for bytes in [&before, &after] {
            assert!((50_000..160_000).contains(&bytes.len()), "{problem:?} {} bytes", bytes.len());
            let read = image::load_from_memory(bytes).unwrap();
            assert_eq!((read.width(), read.height()), (pictures::WIDTH, pictures::HEIGHT));
        }
        assert!(before != after);
    }
}

#[test]
fn the_same_shot_gives_the_same_bytes() {
    let s = shot(Problem::Bikes, 99, Stage::Before, 18, 10);
    assert!(pictures::draw(&s) == pictures::draw(&s));
    assert!(pictures::draw(&s) != pictures::draw(&Shot { seed: 100, ..s }));
}

#[test]
#[ignore = "draws a sample into /tmp/demo_pics for a person to look at"]
fn look() {
    std::fs::create_dir_all("/tmp/demo_pics").unwrap();
    let started = Instant::now();
    let mut n = 0_u32;
    for (k, problem) in Problem::ALL.into_iter().enumerate() {
        let hours = [10, 14, 17, 19, 8, 21];
        let months = [7, 10, 4, 1];
        let hour = if problem == Problem::Lamp { 19 } else { hours[k % hours.len()] };
        let month = months[k % months.len()];
        for (stage, name) in [(Stage::Before, "a"), (Stage::After, "b")] {
            let seed = 40 + u64::try_from(k).unwrap();
            let bytes = pictures::draw(&shot(problem, seed, stage, hour, month));
            std::fs::write(format!("/tmp/demo_pics/{k:02}-{problem:?}-{name}.jpg"), bytes).unwrap();
            n += 1;
        }
    }
    println!("{} µs a picture", started.elapsed().as_micros() / u128::from(n));
}
