//! The sharp edges of the main loop on their pages: the reporter, neighbours, verifiers, the dispatcher.

use super::world::{CLEANING, World, fixed, to_unit};
use axum::http::Method;
use cases::commands;
use cases::model::{Case, Reporter};
use cases::workflow::State;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::time::DAY;
use serde_json::json;
use testkit::http::Client;
use testkit::{TestApp, grant, whole_city};
use web::Feature;

fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), sms::feature(), ladder::feature(), cases::feature()]
}

testkit::stories!(features();
    the_reporter_is_asked_by_mail_and_answers_on_the_status_page,
    whoever_left_only_a_telephone_is_told_by_text_message,
    people_say_on_the_public_page_whether_it_is_fixed,
    many_are_merged_into_the_first_after_a_look_and_everybody_is_told,
    whoever_is_not_the_reporter_reports_it_again,
    the_city_sets_its_own_numbers,
    every_page_is_whole_in_both_languages,
);

const HERE: (f64, f64) = (98.277, 39.772);

fn office(t: &TestApp) -> Client<'_> {
    t.member("王晓梅", vec![whole_city(Role::Office), whole_city(Role::Verifier)])
}

fn token(t: &TestApp, id: Id<Case>) -> String {
    cases::open::token(t.test.db.secrets(), id)
}

fn leave_mail(w: &World<'_>, id: Id<Case>, mail: &'static str) {
    w.act(&w.office(), move |ctx, tx, _| {
        let row =
            Reporter { case_id: id.raw(), mail: mail.into(), wants_answer: true, ..Reporter::default() };
        tx.insert(&row)?;
        tx.record(ctx, store::Event::city("test.reporter"))
    })
    .unwrap();
}

fn letters_to(t: &TestApp, who: &str) -> usize {
    t.letters().iter().filter(|l| l.contains(&format!("To: {who}"))).count()
}

fn the_reporter_is_asked_by_mail_and_answers_on_the_status_page(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let case = w.dispatched("路灯不亮", CLEANING);
    leave_mail(&w, case.id, "zhang@example.cn");
    t.run_jobs();
    assert_eq!(letters_to(t, "zhang@example.cn"), 1, "of the dispatch");
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    let (here, wish) = (format!("/cases/{}", case.number), format!("/cases/{}/question-wish", case.number));
    clerk.submit(&wish, &wish, &[("question", "哪一盏？请找王女士")]).expect(303);
    let desk = office(t);
    let ask = format!("{here}/question");
    // the office begins with the unit's words, and makes them its own
    assert!(desk.get(&ask).expect(200).has("哪一盏？请找王女士"));
    assert!(desk.submit(&ask, &ask, &[("question", "")]).expect(422).has("f-question-error"));
    desk.submit(&ask, &ask, &[("question", "请问是哪一盏灯？")]).expect(303);
    t.run_jobs();
    assert_eq!(letters_to(t, "zhang@example.cn"), 2);
    let link = format!("/r/{}", token(t, case.id));
    let reporter = t.public();
    let page = reporter.get(&link).expect(200);
    assert!(page.has("请问是哪一盏灯？") && !page.has("王女士"), "in the office's words only");
    // what everybody reads says that something was asked, not what
    let public = t.public().get(&format!("/public/cases/{}", case.number)).expect(200);
    assert!(!public.has("请问是哪一盏灯？") && public.has("询问上报人"));
    let reply = format!("{link}/reply");
    assert!(reporter.submit(&link, &reply, &[("reply", "  ")]).expect(422).has("f-reply-error"));
    let said = "大门西侧第三盏，我的电话 13812341234";
    reporter.submit(&link, &reply, &[("reply", said)]).expect(303);
    assert_eq!(w.case(case.id).state, State::Handling);
    // the unit reads the answer without the number
    let seen = clerk.get(&here).expect(200);
    assert!(seen.has("大门西侧第三盏") && !seen.has("13812341234"), "{}", seen.text());
    assert!(desk.get(&here).expect(200).has("13812341234"));
    assert!(!t.public().get(&format!("/public/cases/{}", case.number)).expect(200).has("第三盏"));
    // a program does the same: asks by key, and the token answers
    let key = office(t).by_key();
    let moves = format!("/api/v1/cases/{}/moves", case.number);
    let asked = key.json(&Method::POST, &moves, &json!({ "move": "question", "question": "现在呢？" }));
    assert_eq!(asked.expect(200).json()["state"], "inquired");
    let path = format!("/api/v1/reports/{}", token(t, case.id));
    let status = t.public().get(&path).expect(200).json();
    assert_eq!(status["question"]["text"], "现在呢？");
    let answer =
        |text: &str| t.public().json(&Method::POST, &format!("{path}/reply"), &json!({ "text": text }));
    assert_eq!(answer("").expect(422).json()["errors"][0]["field"], "reply");
    assert_eq!(answer("修好了一半").expect(200).json()["state"], "handling");
    assert_eq!(answer("再说一次").expect(409).json()["code"], "nothing-asked");
    t.public().json(&Method::POST, "/api/v1/reports/nonsense/reply", &json!({ "text": "x" })).expect(404);
}

fn whoever_left_only_a_telephone_is_told_by_text_message(t: &TestApp) {
    t.test.leave_jobs();
    let folder = t.test.folder().join("sms");
    sms::bring(&t.city, sms::gateway::Gateway::folder(&folder));
    let w = World::new(&t.test);
    let always = sms::settings::Limits { on: true, evening: 24, morning: 0, ..Default::default() };
    w.act(&w.office(), move |ctx, tx, _| sms::settings::LIMITS.set(tx, ctx, &always)).unwrap();
    let texts = || -> Vec<String> {
        let Ok(files) = std::fs::read_dir(&folder) else { return Vec::new() };
        files.map(|f| std::fs::read_to_string(f.unwrap().path()).unwrap()).collect()
    };
    // mail comes first; whoever wants no answer gets none
    for (what, mail, wants) in [("路灯不亮", "zhang@example.cn", true), ("积水", "", false)] {
        let case = w.dispatched(what, CLEANING);
        w.act(&w.office(), move |ctx, tx, _| {
            let phone = "13800001234".into();
            let id = case.id.raw();
            let row = Reporter {
                case_id: id,
                phone,
                mail: mail.into(),
                wants_answer: wants,
                ..Reporter::default()
            };
            tx.insert(&row)?;
            tx.record(ctx, store::Event::city("test.reporter"))
        })
        .unwrap();
    }
    t.run_jobs();
    assert_eq!((letters_to(t, "zhang@example.cn"), texts()), (1, Vec::new()));
    let case = w.dispatched("垃圾成堆", CLEANING);
    w.act(&w.office(), move |ctx, tx, _| {
        let phone = "13800001234".into();
        let row = Reporter { case_id: case.id.raw(), phone, wants_answer: true, ..Reporter::default() };
        tx.insert(&row)?;
        tx.record(ctx, store::Event::city("test.reporter"))
    })
    .unwrap();
    t.run_jobs();
    let texts = texts();
    assert_eq!(texts.len(), 1);
    let link = format!("http://wm.example.cn/r/{}", token(t, case.id));
    assert!(texts[0].starts_with("13800001234\n"), "{texts:?}");
    assert!(texts[0].contains(&case.number) && texts[0].contains(&link), "{texts:?}");
    assert!(!texts[0].contains("垃圾"), "never what was reported");
}

fn people_say_on_the_public_page_whether_it_is_fixed(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let case = w.pinned("垃圾", 0, HERE);
    let to = to_unit(CLEANING);
    w.act(&w.office(), move |ctx, tx, desk| commands::accept(ctx, tx, desk, case.id, None, "", &to)).unwrap();
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::answer(ctx, tx, desk, case.id, &fixed()))
        .unwrap();
    let (page, action) =
        (format!("/public/cases/{}", case.number), format!("/public/cases/{}/voices", case.number));
    let passer = t.public();
    let here = [("lng", "98.2773"), ("lat", "39.772")];
    assert!(passer.submit(&page, &action, &here).expect(422).has("f-fixed-error"));
    let far = [("fixed", "0"), ("lng", "98.30"), ("lat", "39.772"), ("words", "还有一半")];
    let refused = passer.submit(&page, &action, &far).expect(422);
    assert!(refused.has("f-place-error") && refused.has("还有一半"), "nothing typed is lost");
    let said = [("fixed", "0"), here[0], here[1], ("words", "还有一半，找 13812341234")];
    passer.submit(&page, &action, &said).expect(303);
    passer.submit(&page, &action, &said).expect(303);
    let link = format!("/r/{}", token(t, case.id));
    t.public().submit(&link, &format!("{link}/voice"), &[("fixed", "1")]).expect(303);
    // whoever verifies reads how many said what, and in which words
    let verifier = t.member("赵", vec![whole_city(Role::Verifier)]);
    for path in [format!("/cases/{}", case.number), format!("/cases/{}/verification", case.number)] {
        let seen = verifier.get(&path).expect(200);
        assert!(seen.has("好了 1") && seen.has("没好 1") && seen.has("还有一半"), "{path}");
    }
    assert!(!t.public().get(&page).expect(200).has("还有一半"), "words are for whoever verifies");
    let path = format!("/api/v1/reports/{}/voice", token(t, case.id));
    t.public().json(&Method::POST, &path, &json!({ "fixed": false, "words": "又脏了" })).expect(204);
    let key = office(t).by_key();
    let record = key.get(&format!("/api/v1/cases/{}", case.number)).expect(200).json();
    assert_eq!(record["voices"], json!({ "fixed": 0, "not_fixed": 2 }));
}

fn many_are_merged_into_the_first_after_a_look_and_everybody_is_told(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let main = w.pinned("井盖没了", 2, HERE);
    let doubles: Vec<Case> = (0..3).map(|_| w.pinned("井盖没了，危险", 2, HERE)).collect();
    leave_mail(&w, main.id, "first@example.cn");
    leave_mail(&w, doubles[0].id, "second@example.cn");
    let desk = office(t);
    let page = desk.get("/cases/clusters").expect(200);
    assert!(page.has("4 件") && page.has(&main.number));
    let dots = desk.get("/geo/clusters.json").expect(200).json();
    assert_eq!(dots["features"].as_array().unwrap().len(), 4);
    let mut picked = vec![("act", "merge"), ("into", main.number.as_str())];
    picked.extend(doubles.iter().map(|c| ("case", c.number.as_str())));
    let preview = desk.submit("/cases/clusters", "/cases/bulk-previews", &picked).expect(200);
    assert!(preview.has(&main.number) && preview.has("将并入"));
    assert!(doubles.iter().all(|c| w.case(c.id).state == State::Reported), "nothing has changed yet");
    let mut wrong = picked.clone();
    wrong[1].1 = "CASE-1999-000001";
    assert!(desk.submit("/cases/clusters", "/cases/bulk", &wrong).expect(422).has("f-into"));
    desk.submit("/cases/clusters", "/cases/bulk", &picked).expect(200);
    assert!(doubles.iter().all(|c| w.case(c.id).merged_into == Some(main.id)));
    t.run_jobs();
    assert_eq!((letters_to(t, "first@example.cn"), letters_to(t, "second@example.cn")), (0, 1));
    // whose report was merged learns of the other case's number and state, not the way to what its reporter wrote and may do
    let status = format!("/r/{}", token(t, doubles[0].id));
    let merged = t.public().get(&status).expect(200);
    assert!(merged.has(&main.number) && !merged.has(&token(t, main.id)));
    assert!(!merged.has(&format!("href=\"/public/cases/{}", main.number)), "nobody has confirmed it yet");
    w.close(main.id, CLEANING);
    assert!(t.public().get(&status).expect(200).has(&format!("href=\"/public/cases/{}", main.number)));
    t.run_jobs();
    // dispatched and closed: both are told of both
    assert_eq!((letters_to(t, "first@example.cn"), letters_to(t, "second@example.cn")), (2, 3));
    assert!(desk.get("/cases/clusters").expect(200).has("没有疑似重复"));
    // a telephone clerk and a passer-by see it while they report
    let known = w.confirm(w.pinned("路面积水", 1, HERE).id);
    let near = "/report/nearby?lng=98.277&lat=39.772&other_kind=event-01001&description=%E7%A7%AF%E6%B0%B4";
    let shown = t.public().get_part(near).expect(200);
    assert!(shown.has(&known.number) && shown.has("很像"));
    t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]).get("/cases/clusters").expect(403);
    let groups = office(t).by_key().get("/api/v1/clusters").expect(200).json();
    assert!(groups["items"].as_array().unwrap().is_empty());
}

fn whoever_is_not_the_reporter_reports_it_again(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let old = w.close(w.pinned("垃圾", 0, HERE).id, CLEANING);
    t.advance(DAY);
    let reader = t.public();
    let page = reader.get(&format!("/public/cases/{}", old.number)).expect(200);
    let link = format!("/report?again={}", old.number);
    assert!(page.has(&link));
    let form = reader.get(&link).expect(200);
    assert!(form.has("value=\"98.277000\"") && form.has(&old.number));
    let fields = [
        ("again", old.number.as_str()),
        ("other_kind", "event-01000"),
        ("address", "新华中路"),
        ("description", "又是一堆"),
    ];
    let done = reader.submit(&link, "/report", &fields).expect(303).location().unwrap();
    let id = cases::open::opened(t.test.db.secrets(), done.split("t=").nth(1).unwrap()).unwrap();
    assert!(w.confirm(id).is_recurrence);
    let desk = office(t);
    let list = desk.get("/recurrences").expect(200);
    assert!(list.has(&old.number) && list.has(&w.case(id).number));
    assert!(desk.get("/recurrences?format=csv").expect(200).text().contains(&old.number));
    let by_key = office(t).by_key().get("/api/v1/recurrences").expect(200).json();
    assert_eq!(by_key["items"][0]["earlier"], old.number);
    let end = format!("/cases/{}/recurrence-end", w.case(id).number);
    desk.submit(&end, &end, &[("reason", "不是一回事")]).expect(303);
    assert!(!w.case(id).is_recurrence);
    // the window is over
    t.advance(20 * DAY);
    assert!(!reader.get(&format!("/public/cases/{}", old.number)).expect(200).has("/report?again="));
}

fn the_city_sets_its_own_numbers(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let desk = office(t);
    let page = "/cases/rules";
    let fitting = |b: &cases::rules::Bound| match (b.least, b.most) {
        (0, _) => "100",
        (_, ..30) => "20",
        _ => "30",
    };
    let mut fields: Vec<(&str, &str)> = cases::rules::BOUNDS.iter().map(|b| (b.field, fitting(b))).collect();
    desk.submit(page, page, &fields).expect(303);
    let rules = t.test.db.read_now(|tx| cases::rules::RULES.get(tx)).unwrap();
    assert_eq!((rules.reply_days, rules.look_percent, rules.drop_unanswered), (30, 100, false));
    fields[0].1 = "61";
    assert!(desk.submit(page, page, &fields).expect(422).has("f-reply_days-error"));
    fields[0].1 = "many";
    assert!(desk.submit(page, page, &fields).expect(422).has("many"));
    t.member("李", vec![whole_city(Role::Verifier)]).get(page).expect(403);
    // drawn by the program itself, looked at by somebody of the supervision
    let closed = w.closed("垃圾", CLEANING);
    t.advance(31 * DAY);
    t.jobs().ensure_periodic().unwrap();
    t.run_jobs();
    let list = desk.get("/second-looks").expect(200);
    assert!(list.has(&closed.number));
    let look = format!("/cases/{}/second-look", closed.number);
    assert!(desk.submit(&look, &look, &[("outcome", "recalled")]).expect(422).has("f-note-error"));
    desk.submit(&look, &look, &[("outcome", "recalled"), ("note", "还是一堆")]).expect(303);
    assert_eq!(w.case(closed.id).state, State::Dispatched);
    assert!(desk.get("/second-looks?state=recalled&format=csv").expect(200).text().contains("还是一堆"));
    assert_eq!(desk.get("/second-looks?state=nonsense").status, 422);
}

fn every_page_is_whole_in_both_languages(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    w.rules(|rules| (rules.look_percent, rules.look_days) = (100, 1));
    let old = w.close(w.pinned("垃圾", 0, HERE).id, CLEANING);
    t.advance(3 * DAY);
    t.jobs().ensure_periodic().unwrap();
    t.run_jobs();
    let again = w.confirm(w.pinned("垃圾", 0, HERE).id);
    w.pinned("垃圾", 0, HERE);
    w.pinned("垃圾", 0, HERE);
    let asked = w.dispatched("积水", CLEANING);
    w.act(&w.clerk(CLEANING), move |ctx, tx, _| commands::wish_question(ctx, tx, asked.id, "哪里？"))
        .unwrap();
    w.act(&w.office(), move |ctx, tx, desk| commands::inquire(ctx, tx, desk, asked.id, "哪里？")).unwrap();
    let paths = [
        "/cases/clusters".to_owned(),
        "/recurrences".to_owned(),
        "/second-looks".to_owned(),
        "/second-looks?state=held".to_owned(),
        "/cases/rules".to_owned(),
        "/cases?only=waiting,recurrence".to_owned(),
        "/statistics?by=section".to_owned(),
        format!("/cases/{}", asked.number),
        format!("/cases/{}/reply", asked.number),
        format!("/cases/{}", again.number),
        format!("/cases/{}/recurrence-end", again.number),
        format!("/cases/{}", old.number),
        format!("/cases/{}/second-look", old.number),
        format!("/cases/{}/recurrence", old.number),
        format!("/r/{}", token(t, asked.id)),
        format!("/public/cases/{}", old.number),
        format!("/report?again={}", old.number),
    ];
    for english in [false, true] {
        let person = if english { office(t).english() } else { office(t) };
        for path in &paths {
            let page = person.get(path).expect(200);
            assert_eq!(page.missing_texts(), Vec::<&str>::new(), "{path}");
            let ids: Vec<&str> =
                page.text().split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
            let mut once = ids.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), ids.len(), "ids that appear twice on {path}");
        }
    }
}
