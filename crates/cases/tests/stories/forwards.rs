//! 转外部单位: somebody without an account sees the problem by a link of their own, and answers.

use super::world::{CLEANING, WATER, World};
use axum::http::Method;
use cases::commands::{self, NewForward};
use cases::model::{Case, ForwardState, Reporter};
use cases::workflow::State;
use image::{ImageFormat, RgbImage};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::time::{DAY, HOUR};
use serde_json::json;
use std::io::Cursor;
use testkit::http::Client;
use testkit::{TestApp, grant, whole_city};
use web::Feature;

fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature()]
}

testkit::stories!(features();
    the_power_company_answers_and_the_unit_takes_it_over,
    a_link_opens_one_thing_for_a_while_and_nothing_of_the_reporter,
    who_does_not_answer_is_reminded_once_and_then_the_link_is_over,
    forms_and_programs_are_told_what_is_wrong,
    two_who_ask_at_once_ask_one,
);

const WORDS: &str = "王女士报修，电话13812341234，配电箱门开着";

fn picture() -> Vec<u8> {
    let picture = RgbImage::from_pixel(320, 240, image::Rgb([90, 120, 60]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn clerk(t: &TestApp) -> Client<'_> {
    t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])])
}

fn dispatched(w: &World<'_>) -> Case {
    let case = w.dispatched(WORDS, CLEANING);
    let id = case.id;
    w.act(&w.office(), move |ctx, tx, _| {
        let row = Reporter { case_id: id.raw(), name: "王小明".into(), ..Reporter::default() };
        tx.insert(&row)?;
        tx.record(ctx, store::Event::city("test.reporter"))
    })
    .unwrap();
    case
}

fn until(w: &World<'_>, days: i64) -> String {
    format!("{}T18:00", w.t.db.now().plus(days * DAY).to_civil().date())
}

/// Asks by the form, and gives the link's path.
fn asked(t: &TestApp, w: &World<'_>, case: &Case) -> String {
    let form = format!("/cases/{}/forward", case.number);
    let by = until(w, 2);
    let fields = [
        ("party", "市供电公司"),
        ("mail", "power@example.cn"),
        ("ask", "请关好配电箱"),
        ("answer_by", by.as_str()),
    ];
    clerk(t).submit(&form, &form, &fields).expect(303);
    let page = clerk(t).get(&format!("/cases/{}", case.number)).expect(200);
    let at = page.text().find("/f/").expect("the link stands on the page");
    page.text()[at..at + 3 + 32].to_owned()
}

fn the_power_company_answers_and_the_unit_takes_it_over(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let case = dispatched(&w);
    let link = asked(t, &w, &case);
    t.run_jobs();
    let letters = t.letters();
    let letter = letters.iter().find(|l| l.contains("To: power@example.cn")).expect("a letter with the link");
    assert!(!letter.contains("13812341234"));
    assert_eq!(w.case(case.id).paused_at, None, "the clock goes on");
    let outside = t.public();
    let page = outside.get(&link).expect(200);
    assert!(page.has("请关好配电箱") && page.has("noindex") && page.has("新华中路 118 号"));
    assert!(outside.submit(&link, &link, &[("party_reply", " ")]).expect(422).has("f-party_reply-error"));
    let said = [("party_reply", "已关好并上锁")];
    outside.upload(&link, &link, &said, &[("photos", "a.jpg", &picture())]).expect(303);
    t.run_jobs();
    assert!(outside.get(&link).expect(200).has("已收到您的回复"));
    // the unit begins with their words and makes their picture its proof
    let form = format!("/cases/{}/answer", case.number);
    let page = clerk(t).get(&form).expect(200);
    assert!(page.has("已关好并上锁") && page.has("name=\"take_forward\""));
    let answer = [("text", "供电公司已关好，现场复核正常"), ("take_forward", "1")];
    clerk(t).submit(&form, &form, &answer).expect(303);
    assert_eq!(w.case(case.id).state, State::Answered);
    let full = clerk(t).get(&format!("/api/v1/cases/{}", case.number)).expect(200).json();
    assert_eq!(full["forwards"][0]["state"], "taken");
    assert_eq!(full["photos"].as_array().unwrap().len(), 2, "what they sent, and the same as proof");
    // it is over for them, and nobody outside reads of it
    assert_eq!(outside.get(&link).status, 410);
    assert!(!t.public().get(&format!("/public/cases/{}", case.number)).expect(200).has("供电公司协助"));
    let history = w.history(case.id);
    for verb in ["case.forwarded", "case.forward-answered", "case.forward-taken"] {
        assert!(history.contains(&verb.to_owned()), "{verb}: {history:?}");
    }
}

fn a_link_opens_one_thing_for_a_while_and_nothing_of_the_reporter(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let case = dispatched(&w);
    let link = asked(t, &w, &case);
    let word = link.trim_start_matches("/f/").to_owned();
    let stranger = t.public();
    let page = stranger.get(&link).expect(200);
    assert!(!page.has("王小明") && !page.has("13812341234"), "{}", page.text());
    assert!(page.has("138****1234"), "numbers are covered as for a unit");
    let asked_by_program = stranger.get(&format!("/api/v1/forwards/{word}")).expect(200);
    assert!(!asked_by_program.text().contains("13812341234"));
    assert_eq!(asked_by_program.json()["answered"], false);
    // only the hash is kept
    assert_eq!(t.test.plain_on_disk(&[word.as_str()]), ["none"; 0], "the word is in no table");
    // neither the reporter's page nor another case is behind it
    assert_eq!(stranger.get(&format!("/r/{word}")).status, 404);
    let wrong = format!("/f/{}", word.replace(|c: char| c.is_ascii_digit(), "0"));
    assert!(matches!(stranger.get(&wrong).status, 404 | 410));
    // taken back, it opens nothing; asked anew, it is another
    let back = format!("/cases/{}/forward-withdrawal", case.number);
    clerk(t).submit(&format!("/cases/{}", case.number), &back, &[]).expect(303);
    assert_eq!(stranger.get(&link).status, 410);
    let gone =
        stranger.json(&Method::POST, &format!("/api/v1/forwards/{word}/reply"), &json!({ "text": "x" }));
    assert_eq!(gone.status, 410);
    assert_ne!(asked(t, &w, &case), link);
    // a case that leaves the unit takes the question with it
    let id = case.id;
    let unit = w.clerk(CLEANING);
    w.act(&unit, move |ctx, tx, desk| commands::return_case(ctx, tx, desk, id, "不归我们")).unwrap();
    let open = t.test.db.read_now(move |tx| cases::store::open_forward(tx, id)).unwrap();
    assert!(open.is_none());
}

fn who_does_not_answer_is_reminded_once_and_then_the_link_is_over(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let case = dispatched(&w);
    let link = asked(t, &w, &case);
    t.run_jobs();
    let letters = || t.letters().iter().filter(|l| l.contains("To: power@example.cn")).count();
    assert_eq!(letters(), 1);
    let tend = || {
        let secrets = t.test.db.secrets().clone();
        w.act(&w.t.ctx_system(), move |ctx, tx, _| commands::tend_forwards(ctx, tx, &secrets, 0, 100))
            .unwrap();
        t.run_jobs();
    };
    tend();
    assert_eq!(letters(), 1, "not yet");
    // 18:00 of the day after tomorrow is at most three days away
    t.advance(DAY + 20 * HOUR);
    tend();
    tend();
    assert_eq!(letters(), 2, "reminded once");
    t.advance(2 * DAY);
    assert_eq!(t.public().get(&link).status, 410);
    tend();
    let id = case.id;
    let all = t.test.db.read_now(move |tx| cases::store::forwards(tx, id)).unwrap();
    assert_eq!(all[0].state, ForwardState::Lapsed);
    assert!(w.history(id).contains(&"case.forward-lapsed".to_owned()));
}

fn forms_and_programs_are_told_what_is_wrong(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let case = dispatched(&w);
    let form = format!("/cases/{}/forward", case.number);
    let by = until(&w, 2);
    let (late, good) = (until(&w, 90), by.as_str());
    for (fields, wrong) in [
        (vec![("mail", "a@b.cn"), ("ask", "请看"), ("answer_by", good)], "f-party-error"),
        (vec![("party", "物业"), ("ask", "请看"), ("answer_by", good)], "f-mail-error"),
        (vec![("party", "物业"), ("phone", "12"), ("ask", "请看"), ("answer_by", good)], "f-phone-error"),
        (vec![("party", "物业"), ("mail", "a@b.cn"), ("answer_by", good)], "f-ask-error"),
        (
            vec![("party", "物业"), ("mail", "a@b.cn"), ("ask", "请看"), ("answer_by", &late)],
            "f-answer_by-error",
        ),
    ] {
        let page = clerk(t).submit(&form, &form, &fields).expect(422);
        assert!(page.has(wrong), "{wrong}: {}", page.text());
    }
    // another unit, and somebody who only inspects
    let other = t.member("周", vec![grant(Role::UnitClerk, &[WATER])]);
    assert_eq!(other.get(&form).status, 404);
    let inspector = t.member("巡", vec![whole_city(Role::Inspector)]);
    assert_eq!(inspector.get(&form).status, 403);
    asked(t, &w, &case);
    let id: Id<Case> = case.id;
    let secrets = t.test.db.secrets().clone();
    let again = w.act(&w.clerk(CLEANING), move |ctx, tx, _| {
        commands::forward(ctx, tx, &secrets, id, &NewForward::default())
    });
    assert_eq!(again.unwrap_err().code, "forward-open");
    let moves = format!("/api/v1/cases/{}/moves", case.number);
    let early = json!({ "move": "forward-again", "ask": "再看看", "answer_by": "2030-01-01T00:00:00+08:00" });
    assert_eq!(clerk(t).json(&Method::POST, &moves, &early).status, 409);
}

fn two_who_ask_at_once_ask_one(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let case = dispatched(&w);
    let (id, ctx) = (case.id, w.clerk(CLEANING));
    let ask = || {
        let secrets = t.test.db.secrets().clone();
        let new = NewForward {
            party: "市供电公司".into(),
            mail: "power@example.cn".into(),
            ask: "请关好配电箱".into(),
            until: Some(t.test.db.now().plus(2 * DAY)),
            ..NewForward::default()
        };
        w.act(&ctx, move |ctx, tx, _| commands::forward(ctx, tx, &secrets, id, &new))
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let codes: Vec<_> = results.iter().filter_map(|r| r.as_ref().err().map(|p| p.code)).collect();
    assert_eq!(codes, ["forward-open"; 3]);
    let all = t.test.db.read_now(move |tx| cases::store::forwards(tx, id)).unwrap();
    assert_eq!(all.len(), 1);
}
