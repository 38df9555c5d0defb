//! What is warned of, and what is not.

use super::exif::{Notes, with_notes};
use super::world::{PLACE, World, street, told};
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{crop_imm, flip_horizontal};

told!(
    a_picture_used_again_is_found_however_it_was_changed,
    the_before_picture_is_no_proof,
    honest_pictures_of_one_street_warn_of_nothing,
    the_cameras_notes_are_held_against_the_case,
    earlier_pictures_are_gone_through_once,
    switched_off_it_warns_nobody_and_forgets_nothing,
);

fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    bytes
}

fn decoded(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().into_rgb8()
}

/// Mirrored, cut at two sides, greyer and smaller in bytes.
fn disguised(bytes: &[u8]) -> Vec<u8> {
    let mirrored = flip_horizontal(&decoded(bytes));
    let (w, h) = mirrored.dimensions();
    let mut cut = crop_imm(&mirrored, w / 10, 0, w * 9 / 10, h * 9 / 10).to_image();
    for pixel in cut.pixels_mut() {
        let mean = (u16::from(pixel[0]) + u16::from(pixel[1]) + u16::from(pixel[2])) / 3;
        pixel.0 = [u8::try_from(mean).unwrap(); 3];
    }
    jpeg(&cut, 60)
}

fn a_picture_used_again_is_found_however_it_was_changed(w: &World) {
    let photo = street(7);
    w.answered(None, &[&photo]);
    assert_eq!(w.warnings(), [], "the first time it is nobody's");
    let same = w.answered(None, &[&photo]);
    let other = w.answered(None, &[&disguised(&photo)]);
    let found = w.warnings();
    assert_eq!(found[0], ("same-bytes".to_owned(), same.number.clone()));
    // against the first and against the second
    assert_eq!(found[1..], [("alike".to_owned(), other.number.clone()), ("alike".to_owned(), other.number)]);
    let all = w.verifier().get("/api/v1/photo-checks?kind=alike").expect(200).json();
    let figures = &all["items"][0]["figures"];
    assert_eq!(figures["mirrored"], true);
    assert!(figures["agreeing"].as_u64().unwrap() >= 75, "{figures}");
    let covered = figures["covered"].as_u64().unwrap();
    assert!((74..=88).contains(&covered), "nine tenths of each side: {figures}");
}

fn the_before_picture_is_no_proof(w: &World) {
    let before = street(11);
    let case = w.answered(Some(&before), &[&jpeg(&decoded(&before), 55)]);
    assert_eq!(w.warnings(), [("before-as-after".to_owned(), case.number)]);
}

fn honest_pictures_of_one_street_warn_of_nothing(w: &World) {
    use demo::pictures::{Problem, Shot, Stage, draw};
    for (n, problem) in [(3, Problem::Rubbish), (4, Problem::Stall), (5, Problem::Bikes)] {
        let before = Shot { problem, seed: n, stage: Stage::Before, hour: 9, month: 5 };
        let after = Shot { stage: Stage::After, hour: 14, ..before };
        // two pictures of one repair are sent together, and are alike by right
        let sent = draw(&after);
        w.answered(Some(&draw(&before)), &[&sent, &jpeg(&decoded(&sent), 70)]);
    }
    assert_eq!(w.warnings(), []);
}

fn the_cameras_notes_are_held_against_the_case(w: &World) {
    // the clock of the tests stands at 09:30 on 5 March 2026
    let near = Notes {
        taken: "2026:03:05 09:31:00",
        place: Some((PLACE.lng, PLACE.lat)),
        make: "Example",
        ..Notes::default()
    };
    w.answered(None, &[&with_notes(&street(20), near)]);
    assert_eq!(w.warnings(), []);
    let early = Notes { taken: "2026:03:04 16:00:00", ..near };
    let late = Notes { taken: "2026:03:06 09:00:00", ..near };
    let far = Notes { place: Some((PLACE.lng, PLACE.lat + 0.02)), ..near };
    let edited = Notes { software: "Adobe Photoshop 25.1", ..near };
    let (early, late, far, edited) = (
        w.answered(None, &[&with_notes(&street(21), early)]),
        w.answered(None, &[&with_notes(&street(22), late)]),
        w.answered(None, &[&with_notes(&street(23), far)]),
        w.answered(None, &[&with_notes(&street(24), edited)]),
    );
    let wanted = [("early", early), ("late", late), ("far", far), ("edited", edited)];
    let wanted: Vec<_> = wanted.into_iter().map(|(kind, case)| (kind.to_owned(), case.number)).collect();
    assert_eq!(w.warnings(), wanted);
    let far = w.verifier().get("/api/v1/photo-checks?kind=far").expect(200).json();
    let metres = far["items"][0]["figures"]["metres"].as_i64().unwrap();
    assert!((2200..2240).contains(&metres), "{metres}");
}

fn earlier_pictures_are_gone_through_once(w: &World) {
    let photo = street(31);
    let (first, second) = (w.dispatched(None), w.dispatched(None));
    w.answer(&first, &[&photo]);
    w.answer(&second, &[&disguised(&photo)]);
    // as in a city that has just got this program: the log has run on without it
    w.t.run_jobs();
    w.act(&w.office(), |_, tx| {
        tx.housekeeping();
        tx.exec(store::sql!("delete from honesty_place"), &[]).map(drop)
    })
    .unwrap();
    w.look();
    assert_eq!(w.warnings(), []);
    let gone = honesty::backfill(&w.t.test.db, &w.t.test.ctx_system(), &mut |_| Ok(())).unwrap();
    assert_eq!((gone.pictures, gone.warnings), (2, 1));
    assert_eq!(w.warnings(), [("alike".to_owned(), second.number)]);
    let again = honesty::backfill(&w.t.test.db, &w.t.test.ctx_system(), &mut |_| Ok(())).unwrap();
    assert_eq!((again.pictures, again.warnings), (2, 0));
    // by the button of the office's page, with its progress to watch
    let office = w.t.member("文明办", vec![testkit::whole_city(kernel::policy::Role::Office)]);
    let to = office.submit("/photo-checks/settings", "/photo-checks/backfills", &[]).expect(303);
    w.t.run_jobs();
    assert!(office.get(&to.location().unwrap()).expect(200).has("比对以前的照片"));
}

fn switched_off_it_warns_nobody_and_forgets_nothing(w: &World) {
    let set = |on: bool| {
        w.act(&w.office(), move |ctx, tx| {
            let rules = honesty::settings::Rules { on, ..honesty::settings::Rules::default() };
            honesty::commands::set_rules(ctx, tx, &rules)
        })
        .unwrap();
    };
    set(false);
    let photo = street(41);
    w.answered(None, &[&photo]);
    w.answered(None, &[&photo]);
    assert_eq!(w.warnings(), []);
    set(true);
    let third = w.answered(None, &[&photo]);
    let wanted = ("same-bytes".to_owned(), third.number);
    assert_eq!(w.warnings(), [wanted.clone(), wanted], "of both earlier ones");
}
