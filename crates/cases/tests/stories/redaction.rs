//! 遮挡: what the office takes out of pictures and words is gone from every door that is not for staff.

use super::world::{CLEANING, WATER, World, to_unit};
use axum::http::Method;
use cases::commands;
use cases::model::{Case, Photo};
use cases::queries::{OpenFilter, OpenOrder, open_cases};
use image::{ImageFormat, RgbImage};
use kernel::id::Id;
use kernel::policy::Role;
use serde_json::json;
use std::io::Cursor;
use testkit::http::Client;
use testkit::{TestApp, grant, whole_city};
use web::Feature;

fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature()]
}

testkit::stories!(features();
    a_face_is_gone_from_every_door_that_is_not_for_staff,
    what_is_covered_from_the_unit_is_covered_from_the_unit,
    words_are_struck_for_the_public_and_for_nobody_else,
    forms_and_programs_are_told_what_is_wrong,
);

/// Red on the left, blue on the right.
fn picture() -> Vec<u8> {
    let picture = RgbImage::from_fn(640, 480, |x, _| {
        if x < 320 { image::Rgb([220, 20, 20]) } else { image::Rgb([20, 20, 220]) }
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// What is to be seen in the middle of the left and of the right half.
fn seen(client: &Client<'_>, path: &str) -> [&'static str; 2] {
    let page = client.get(path).expect(200);
    assert_eq!(page.header("cache-control"), "private, no-cache");
    let picture = image::load_from_memory(&page.bytes).unwrap().into_rgb8();
    let (width, height) = picture.dimensions();
    [width / 4, width * 3 / 4].map(|x| match picture.get_pixel(x, height / 2).0 {
        [r, _, b] if r > 150 && b < 100 => "red",
        [r, _, b] if b > 150 && r < 100 => "blue",
        [r, g, b] if r < 30 && g < 30 && b < 30 => "black",
        _ => "else",
    })
}

fn office(t: &TestApp) -> Client<'_> {
    t.member("王晓梅", vec![whole_city(Role::Office)])
}

/// A public case that a unit has, reported with one picture.
fn reported(t: &TestApp, w: &World<'_>, words: &str) -> (Case, Id<Photo>, String) {
    let page = t.public().upload(
        "/report",
        "/report",
        &[("description", words), ("address", "新华中路 118 号"), ("kind", "event-01000")],
        &[("photos", "a.jpg", &picture())],
    );
    let token = page.expect(303).location().unwrap().split("t=").nth(1).unwrap().to_owned();
    t.run_jobs();
    let id = cases::open::opened(t.test.db.secrets(), &token).unwrap();
    let to = to_unit(CLEANING);
    let case =
        w.act(&w.office(), move |ctx, tx, desk| commands::accept(ctx, tx, desk, id, None, "", &to)).unwrap();
    let photo = t.test.db.read_now(move |tx| cases::store::photos(tx, id)).unwrap().remove(0);
    (case, photo.id, token)
}

const LEFT: [(&str, &str); 6] =
    [("x_1", "0"), ("y_1", "0"), ("w_1", "50"), ("h_1", "100"), ("look_1", "black"), ("shows", "face")];

fn a_face_is_gone_from_every_door_that_is_not_for_staff(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let (case, photo, token) = reported(t, &w, "有人乱扔垃圾");
    let (full, thumb) = (format!("/photos/{photo}/full"), format!("/photos/{photo}/thumb"));
    assert_eq!(seen(&t.public(), &full), ["red", "blue"]);
    let desk = office(t);
    let form = format!("/cases/{}/photos/{photo}/cover", case.number);
    assert!(desk.get(&form).expect(200).has("name=\"x_1\""));
    desk.submit(&form, &form, &LEFT).expect(303);
    // until the new one is made, nobody outside gets any
    assert_eq!(t.public().get(&full).status, 404);
    assert!(!t.public().get(&format!("/public/cases/{}", case.number)).expect(200).has(&full));
    t.run_jobs();
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    for (who, path, wanted) in [
        (&t.public(), full.clone(), ["black", "blue"]),
        (&t.public(), thumb.clone(), ["black", "blue"]),
        (&t.public(), format!("{full}?t={token}"), ["black", "blue"]),
        (&desk, full.clone(), ["red", "blue"]),
        (&desk, format!("{full}?covered=1"), ["black", "blue"]),
        // number plates are the unit's business
        (&clerk, full.clone(), ["red", "blue"]),
    ] {
        assert_eq!(seen(who, &path), wanted, "{path}");
    }
    let id = case.id;
    let open = t
        .test
        .db
        .read_now(|tx| open_cases(tx, &OpenFilter::default(), OpenOrder::Reported, None, 0, 10))
        .unwrap();
    assert_eq!(open[0].before, Some(photo), "programs are led to the same door");
    // what examines pictures goes on with the one that came
    let kept = t.test.db.read_now(move |tx| cases::store::photos(tx, id)).unwrap();
    let files = kept[0].file_id;
    let found = t.test.db.read_now(move |tx| cases::queries::photos_of_file(tx, files)).unwrap();
    assert_eq!(found.len(), 1);
    // the old picture is not taken from a browser's store
    let etag = t.public().get(&full).header("etag").to_owned();
    // the history tells by whom and why
    let page = desk.get(&format!("/cases/{}", case.number)).expect(200);
    assert!(page.has("对外遮挡照片 1 处（人脸）"), "{}", page.text());
    // undone by the same right, with a reason
    let undo = format!("{form}/removal");
    assert_eq!(desk.submit(&form, &undo, &[("reason", "")]).status, 422);
    desk.submit(&form, &undo, &[("reason", "不是人脸，是广告牌")]).expect(303);
    assert_eq!(seen(&t.public(), &full), ["red", "blue"]);
    assert_ne!(t.public().get(&full).header("etag"), etag);
}

fn what_is_covered_from_the_unit_is_covered_from_the_unit(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let (case, photo, _) = reported(t, &w, "有人乱扔垃圾");
    let full = format!("/photos/{photo}/full");
    let desk = office(t);
    let form = format!("/cases/{}/photos/{photo}/cover", case.number);
    let hidden: Vec<_> = LEFT.iter().copied().chain([("from_unit", "1")]).collect();
    desk.submit(&form, &form, &hidden).expect(303);
    t.run_jobs();
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    assert_eq!(seen(&clerk, &full), ["black", "blue"]);
    // a second role does not lift it
    let both = vec![grant(Role::UnitClerk, &[CLEANING]), whole_city(Role::Verifier)];
    assert_eq!(seen(&t.member("赵", both), &full), ["black", "blue"]);
    assert_eq!(seen(&desk, &full), ["red", "blue"]);
    // another unit gets what everybody gets
    let other = t.member("周", vec![grant(Role::UnitClerk, &[WATER])]);
    assert_eq!(seen(&other, &full), ["black", "blue"]);
    // a part made of the case shows the same picture, covered as well
    let id = w.report("两件事").id;
    let file = t.test.db.read_now(move |tx| cases::store::photo(tx, photo)).unwrap().unwrap().file_id;
    let second = w
        .act(&w.office(), move |ctx, tx, _| {
            cases::store::add_photo(tx, id, file, cases::model::PhotoKind::Before, ctx)?;
            tx.record(ctx, store::Event::new("test.photo", id))?;
            cases::store::photos(tx, id)
        })
        .unwrap();
    w.confirm(id);
    assert_eq!(seen(&t.public(), &format!("/photos/{}/full", second[0].id)), ["black", "blue"]);
}

const WORDS: &str = "王女士说3单元门口有垃圾，车牌甘B12345，电话13812341234";

fn words_are_struck_for_the_public_and_for_nobody_else(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let (case, _, token) = reported(t, &w, WORDS);
    let (here, outside) =
        (format!("/cases/{}/public-view", case.number), format!("/public/cases/{}", case.number));
    let desk = office(t);
    let page = desk.get(&here).expect(200);
    for proposed in ["d0-3:name", "d4-7:door", "d15-22:plate", "d25-36:phone"] {
        assert!(page.has(proposed), "{proposed}: {}", page.text());
    }
    assert!(t.public().get(&outside).expect(200).has("王女士"));
    let chosen =
        [("strike", "d0-3:name"), ("strike", "d15-22:plate"), ("words", "门口"), ("note", "个人信息")];
    desk.submit(&here, &here, &chosen).expect(303);
    let public = t.public().get(&outside).expect(200);
    assert!(public.has("［…］说3单元［…］有垃圾，车牌［…］，电话138****1234"), "{}", public.text());
    // by what was struck nothing is found either
    assert!(!t.public().get("/public/cases?q=王女士").expect(200).has(&case.number));
    // staff read both, with the difference; the reporter what the public reads
    let staff = desk.get(&format!("/cases/{}", case.number)).expect(200);
    assert!(staff.has("<del class=\"struck\">王女士</del>") && staff.has("对外隐去文字，现在共 3 处"));
    let own = t.public().get(&format!("/r/{token}")).expect(200);
    assert!(own.has("公众看到的是") && own.has("［…］说3单元"));
    // programs: the feeds' and maps' cases, and what the API says of it
    let open = t
        .test
        .db
        .read_now(|tx| open_cases(tx, &OpenFilter::default(), OpenOrder::Reported, None, 0, 10))
        .unwrap();
    assert!(!open[0].description.contains("王女士") && !open[0].title.contains("王女士"));
    let view = desk.get(&format!("/api/v1/cases/{}/public-view", case.number)).expect(200).json();
    assert_eq!(view["struck"].as_array().unwrap().len(), 3);
    assert_eq!(view["struck"][0]["words"], "王女士");
    // taken back by a program: nothing is named any more
    let all = format!("/api/v1/cases/{}/strikes", case.number);
    desk.json(&Method::PUT, &all, &json!({ "words": [] })).expect(200);
    assert!(t.public().get(&outside).expect(200).has("王女士"));
}

fn forms_and_programs_are_told_what_is_wrong(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let (case, photo, _) = reported(t, &w, "垃圾");
    let desk = office(t);
    let form = format!("/cases/{}/photos/{photo}/cover", case.number);
    let wrong = |fields: &[(&str, &str)], what: &str| {
        let page = desk.submit(&form, &form, fields).expect(422);
        assert!(page.has(what), "{what}: {}", page.text());
        page
    };
    wrong(&[("shows", "face")], "f-areas-error");
    wrong(&LEFT[..5], "f-shows-error");
    let beyond = [("x_1", "80"), ("y_1", "0"), ("w_1", "50"), ("h_1", "100"), ("shows", "face")];
    assert!(wrong(&beyond, "超出了照片").has("value=\"80\""), "what was typed is kept");
    wrong(&[("x_1", "左"), ("y_1", "0"), ("w_1", "5"), ("h_1", "1"), ("shows", "face")], "f-areas-error");
    let words = format!("/cases/{}/public-view", case.number);
    assert!(desk.submit(&words, &words, &[("words", "没有这几个字")]).expect(422).has("f-words-error"));
    assert_eq!(desk.submit(&words, &words, &[("strike", "x")]).status, 422);
    let api = format!("/api/v1/cases/{}/photos/{photo}/cover", case.number);
    let area = json!({ "x": 0, "y": 0, "width": 10, "height": 10 });
    assert_eq!(desk.json(&Method::PUT, &api, &json!({ "areas": [area], "shows": "colour" })).status, 422);
    assert_eq!(desk.json(&Method::POST, &format!("{api}/removal"), &json!({ "reason": "x" })).status, 409);
    // another case's picture, another unit's people, and who may not
    let other = w.report("别的").number;
    assert_eq!(desk.get(&format!("/cases/{other}/photos/{photo}/cover")).status, 404);
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    assert_eq!(clerk.get(&words).status, 403);
    assert_eq!(clerk.json(&Method::PUT, &api, &json!({ "areas": [area], "shows": "face" })).status, 403);
}
