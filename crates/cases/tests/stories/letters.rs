//! Letters about cases: by the clock and by hand, as pages and as programs see them, on two servers of one city.

use super::world::{CLEANING, MIGRATIONS, WATER, World, fixed};
use cases::commands;
use cases::letters::CASE;
use kernel::policy::Role;
use kernel::time::{DAY, HOUR};
use ladder::commands::Proposal;
use ladder::model::{Letter, Rung};
use ladder::rules::LADDER;
use serde_json::json;
use store::{Db, Options};
use testkit::http::Client;
use testkit::{TestApp, TestDb, grant, whole_city};
use web::Feature;

fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature()]
}

testkit::both_engines!(MIGRATIONS; the_clock_brings_letters_to_a_case, two_servers_of_one_city,
    a_letter_by_hand_stands_in_the_case);
testkit::stories!(features(); the_office_and_the_unit_on_their_pages, a_program_does_the_same,
    every_page_is_written_in_both_languages, the_city_edits_its_ladder, what_is_due_is_told_page_by_page);

fn switch_on(w: &World<'_>) {
    w.act(&w.office(), |ctx, tx, _| {
        let mut ladder = LADDER.get(tx)?;
        ladder.on = true;
        ladder::commands::edit(ctx, tx, &ladder)
    })
    .unwrap();
}

fn letters(w: &World<'_>, case: i64) -> Vec<Letter> {
    w.t.db.read_now(move |tx| ladder::store::letters_of(tx, CASE, case)).unwrap()
}

fn the_clock_brings_letters_to_a_case(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    switch_on(&w);
    let case = w.dispatched("新华路暴露垃圾", CLEANING);
    let pass = || ladder::jobs::pass(&t.db, &t.ctx_system(), &w.desk.ladder).unwrap();
    pass();
    assert!(letters(&w, case.id.raw()).is_empty());
    t.clock.set(case.due_at.unwrap());
    pass();
    t.clock.advance(2 * DAY);
    pass();
    pass();
    let had: Vec<(Rung, String)> = letters(&w, case.id.raw()).into_iter().map(|l| (l.rung, l.step)).collect();
    assert_eq!(had, [(Rung::Reminder, "deadline".to_owned()), (Rung::Letter, "letter".to_owned())]);
    assert!(w.history(case.id).contains(&"case.reminded".to_owned()));
    assert_eq!(w.case(case.id).supervision_count, 0, "a proposal is no letter");
    // more time is a new deadline: the old proposal lapses; the new deadline, which has passed too, is reminded of
    let ask = commands::Ask::Extension { amount: 4 };
    let asked =
        w.act(&w.clerk(CLEANING), move |ctx, tx, _| commands::ask_time(ctx, tx, case.id, &ask, "设备维修"));
    let asked = asked.unwrap();
    w.act(&w.office(), move |ctx, tx, desk| commands::decide_time(ctx, tx, desk, asked.id, true, ""))
        .unwrap();
    pass();
    let states: Vec<&str> =
        letters(&w, case.id.raw()).iter().map(|l| kernel::workflow::Named::code(l.state)).collect();
    assert_eq!(states, ["closed", "lapsed", "issued"]);
    // the unit answers: nothing more comes, whatever time passes
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::answer(ctx, tx, desk, case.id, &fixed()))
        .unwrap();
    t.clock.advance(60 * DAY);
    pass();
    assert_eq!(letters(&w, case.id.raw()).len(), 3);
}

fn two_servers_of_one_city(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    switch_on(&w);
    let cases: Vec<_> = (0..6).map(|n| w.dispatched(&format!("占道经营 {n}"), CLEANING)).collect();
    t.clock.advance(30 * DAY);
    let options = Options { readers: 2, writers: 2, ..Options::default() };
    let other = Db::open(t.location.clone(), t.folder(), t.clock.clone(), MIGRATIONS, options).unwrap();
    std::thread::scope(|scope| {
        for db in [&t.db, &other, &t.db, &other] {
            let w = &w;
            scope.spawn(move || {
                ladder::jobs::pass(db, &w.t.ctx_system(), &w.desk.ladder).unwrap();
            });
        }
    });
    ladder::jobs::pass(&other, &t.ctx_system(), &w.desk.ladder).unwrap();
    let mut numbers = Vec::new();
    for case in cases {
        let had = letters(&w, case.id.raw());
        let steps: Vec<&str> = had.iter().map(|l| l.step.as_str()).collect();
        assert_eq!(steps, ["deadline", "letter", "summons"], "{}", case.number);
        numbers.extend(had.iter().filter_map(|l| l.series_number));
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
}

fn a_letter_by_hand_stands_in_the_case(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("井盖缺失", CLEANING);
    let proposal = Proposal { rung: Rung::Letter, text: "请立即更换".into(), answer_by: None };
    let again = proposal.clone();
    let clerk =
        w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::supervise(ctx, tx, desk, case.id, &again));
    assert_eq!(clerk.unwrap_err().status, 403);
    let letter = w
        .act(&w.office(), move |ctx, tx, desk| commands::supervise(ctx, tx, desk, case.id, &proposal))
        .unwrap();
    let leader = t.ctx_member(9, "领导", vec![whole_city(Role::Leader)]);
    let id = letter.id;
    w.act(&leader, move |ctx, tx, desk| ladder::commands::sign(ctx, tx, &desk.ladder, id)).unwrap();
    assert_eq!(w.case(case.id).supervision_count, 1);
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| ladder::commands::acknowledge(ctx, tx, &desk.ladder, id))
        .unwrap();
    let twice = w.act(&w.clerk(CLEANING), move |ctx, tx, desk| {
        ladder::commands::acknowledge(ctx, tx, &desk.ladder, id)
    });
    assert_eq!(twice.unwrap_err().code, "move-not-allowed");
    w.act(&leader, move |ctx, tx, desk| ladder::commands::withdraw(ctx, tx, &desk.ladder, id, "重复"))
        .unwrap();
    assert_eq!(w.case(case.id).supervision_count, 0);
    let history = w.history(case.id);
    for verb in ["case.supervised", "case.letter-read", "case.letter-withdrawn"] {
        assert!(history.contains(&verb.to_owned()), "{verb} is not in {history:?}");
    }
}

/// A case at the cleaning unit, a letter about it that waits for a signature, and its code.
fn proposed(t: &TestApp) -> (String, String) {
    let w = World::new(&t.test);
    let case = w.dispatched("新华路暴露垃圾", CLEANING);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let path = format!("/cases/{}/supervision", case.number);
    let sent = [("rung", "letter"), ("text", "请于两日内清运"), ("answer_by", "")];
    office.submit(&path, &path, &sent).expect(303);
    let code = letters(&w, case.id.raw()).remove(0).code;
    (case.number, code)
}

fn leader(t: &TestApp) -> Client<'_> {
    t.member("李主任", vec![whole_city(Role::Leader)])
}

fn the_office_and_the_unit_on_their_pages(t: &TestApp) {
    t.test.leave_jobs();
    let (case, code) = proposed(t);
    let page = format!("/letters/{code}");
    let (office, leader) = (t.member("王晓梅", vec![whole_city(Role::Office)]), leader(t));
    let clerk = t.member("张三", vec![grant(Role::UnitClerk, &[CLEANING])]);
    let other = t.member("别的单位", vec![grant(Role::UnitClerk, &[WATER])]);
    // before it is issued: a preview for the office, nothing for the unit
    let preview = office.get(&page).expect(200);
    assert!(preview.has("尚未发出") && preview.has("请于两日内清运") && preview.has("单位 20："));
    clerk.get(&page).expect(404);
    assert!(!clerk.get("/todo").expect(200).has(&code));
    assert!(office.get("/ladder").expect(200).has("待签发"));
    assert!(leader.get("/letters?show=submitted").expect(200).has(&code));
    leader.submit(&page, &format!("{page}/signature"), &[]).expect(303);
    let number = format!("创督〔{}〕1号", t.test.db.now().date().year());
    for person in [&office, &clerk] {
        assert!(person.get(&page).expect(200).has(&number));
        assert!(person.get("/letters").expect(200).has(&number));
    }
    assert!(clerk.get("/todo").expect(200).has(&number));
    assert!(clerk.get(&format!("/cases/{case}")).expect(200).has(&number));
    // another unit learns nothing, in the list neither
    other.get(&page).expect(404);
    assert!(!other.get("/letters").expect(200).has(&number));
    other.get(&format!("{page}/pdf")).expect(404);
    // the papers: made once, the same ever after
    let docx = clerk.get(&format!("{page}/docx")).expect(200);
    assert!(docx.header("content-disposition").contains("UTF-8''"));
    assert!(office.get(&format!("{page}/docx")).text() == docx.text());
    let pdf = clerk.get(&format!("{page}/pdf")).expect(200);
    assert_eq!(pdf.header("content-type"), "application/pdf");
    clerk.submit(&page, &format!("{page}/acknowledgement"), &[]).expect(303);
    let empty = clerk.submit(&format!("{page}/answer"), &format!("{page}/answer"), &[("text", " ")]);
    assert!(empty.expect(422).has("f-text-error"));
    clerk.submit(&format!("{page}/answer"), &format!("{page}/answer"), &[("text", "已清运完毕")]).expect(303);
    assert!(!clerk.get("/todo").expect(200).has(&number));
    assert!(office.get(&page).expect(200).has("已清运完毕"));
    office.submit(&format!("{page}/closure"), &format!("{page}/closure"), &[("reason", "")]).expect(303);
    assert!(office.get("/letters?show=ended").expect(200).has(&number));
    // the register as a table, what is shown and no more
    let table = office.get("/letters?format=csv").expect(200);
    assert!(table.has(&number) && table.has(&case));
    assert!(!other.get("/letters?format=csv").expect(200).has(&number));
    let found = office.get(&format!("/letters?q={case}")).expect(200);
    assert!(found.has(&number));
    assert!(!office.get("/letters?q=CASE-1999-000001").expect(200).has(&number));
    office.get("/letters?show=nonsense").expect(422);
    // the case's page tells the same
    let history = office.get(&format!("/cases/{case}")).expect(200);
    assert!(history.has("责任单位签收") && history.has("责任单位答复"));
}

fn a_program_does_the_same(t: &TestApp) {
    t.test.leave_jobs();
    let (_, code) = proposed(t);
    let (office, leader) = (t.member("王晓梅", vec![whole_city(Role::Office)]).by_key(), leader(t).by_key());
    let clerk = t.member("张三", vec![grant(Role::UnitHead, &[CLEANING])]).by_key();
    let path = format!("/api/v1/letters/{code}");
    let moves = format!("{path}/moves");
    let post = |who: &Client<'_>, body: &serde_json::Value| who.json(&axum::http::Method::POST, &moves, body);
    let letter = leader.get(&path).expect(200).json();
    assert_eq!(letter["state"], "submitted");
    assert!(letter["allowed_moves"].as_array().unwrap().contains(&json!("sign")));
    assert_eq!(post(&office, &json!({ "move": "sign" })).expect(403).json()["code"], "forbidden");
    assert_eq!(post(&leader, &json!({ "move": "lapse" })).expect(422).json()["code"], "invalid");
    assert_eq!(post(&leader, &json!({ "move": "hold" })).expect(422).json()["errors"][0]["field"], "held_at");
    let issued = post(&leader, &json!({ "move": "sign" })).expect(200).json();
    assert_eq!(issued["state"], "issued");
    assert_eq!(post(&leader, &json!({ "move": "sign" })).expect(409).json()["code"], "move-not-allowed");
    let answered = post(&clerk, &json!({ "move": "answer", "text": "已清运" })).expect(200).json();
    assert_eq!((&answered["state"], &answered["answer"]), (&json!("answered"), &json!("已清运")));
    let next = post(&office, &json!({ "move": "carry", "reason": "仍未清理" })).expect(200).json();
    assert_eq!((&next["rung"], &next["state"]), (&json!("summons"), &json!("proposed")));
    let list = office.get("/api/v1/letters?rung=letter").expect(200).json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(office.get("/api/v1/ladder/due").expect(200).json()["on"], false);
    clerk.get("/api/v1/ladder/due").expect(403);
}

fn what_is_due_is_told_page_by_page(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let mut numbers = Vec::new();
    for n in 0..30 {
        let case = w.dispatched(&format!("案件{n}"), if n % 2 == 0 { CLEANING } else { WATER });
        numbers.push(case.number);
        t.advance(DAY);
    }
    w.answered("答复过的", CLEANING);
    t.advance(60 * DAY);
    // a unit's clerk has it by now; the deadline is the same
    let first = numbers[0].clone();
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| {
        let id = cases::store::case_by_number(tx, &first)?.unwrap().id;
        commands::receive(ctx, tx, desk, id)
    })
    .unwrap();
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]).by_key();
    let (mut after, mut sizes, mut told) = (String::new(), Vec::new(), Vec::<String>::new());
    loop {
        let page = office.get(&format!("/api/v1/ladder/due?after={after}")).expect(200).json();
        let items = page["items"].as_array().unwrap();
        sizes.push(items.len());
        told.extend(items.iter().map(|i| i["subject_number"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => break,
        }
    }
    // three steps each, which stay together; what is longest overdue first
    assert_eq!(sizes, [51, 39]);
    told.dedup();
    assert_eq!(told, numbers);
    for wrong in ["x", "case.x", "nothing.1.2", "case.1"] {
        let page = office.get(&format!("/api/v1/ladder/due?after={wrong}")).expect(422);
        assert_eq!(page.json()["errors"][0]["field"], "after", "{wrong}");
    }
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let page = office.get("/ladder/due").expect(200);
    assert!(page.has(&numbers[0]) && !page.has(&numbers[29]) && page.has("rel=\"next\""), "{}", page.text());
    assert!(office.get("/ladder").expect(200).has("90"));
}

fn every_page_is_written_in_both_languages(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    switch_on(&w);
    let case = w.dispatched("新华路暴露垃圾", CLEANING);
    t.advance(30 * DAY);
    t.jobs().ensure_periodic().unwrap();
    t.run_jobs();
    let all = letters(&w, case.id.raw());
    let of = |rung: Rung| all.iter().find(|l| l.rung == rung).unwrap().code.clone();
    let (letter, summons) = (of(Rung::Letter), of(Rung::Summons));
    let person = leader(t);
    let meet = t.test.db.now().plus(DAY).rfc3339();
    let body = json!({ "move": "submit", "text": "请准备", "meet_at": meet, "meet_place": "会议室", "meet_whom": "负责人" });
    let office = t.member("王", vec![whole_city(Role::Office)]).by_key();
    office.json(&axum::http::Method::POST, &format!("/api/v1/letters/{summons}/moves"), &body).expect(200);
    person.submit(&format!("/letters/{summons}"), &format!("/letters/{summons}/signature"), &[]).expect(303);
    t.advance(2 * DAY);
    let talk = format!("/letters/{summons}/talk");
    let held = t.test.db.now().plus(-HOUR).to_civil();
    let held = format!("{}T{:02}:{:02}", held.date(), held.hour(), held.minute());
    let sent = [
        ("held_at", held.as_str()),
        ("minutes", "谈话纪要"),
        ("undertaking_1", "三日内完成"),
        ("due_1", "2026-12-31"),
    ];
    let half = [("held_at", held.as_str()), ("minutes", "谈话纪要"), ("undertaking_1", "三日内完成")];
    assert!(person.submit(&talk, &talk, &half).expect(422).has("f-undertakings"));
    person.submit(&talk, &talk, &sent).expect(303);
    let paths = [
        "/ladder".to_owned(),
        "/ladder/due".to_owned(),
        "/ladder/settings".to_owned(),
        "/letters".to_owned(),
        "/letters?show=late&rung=letter&q=%E5%9E%83%E5%9C%BE".to_owned(),
        format!("/letters/{letter}"),
        format!("/letters/{summons}"),
        format!("/letters/{letter}/submission"),
        format!("/letters/{letter}/refusal"),
        format!("/letters/{summons}/closure"),
        format!("/letters/{summons}/withdrawal"),
        format!("/cases/{}", case.number),
        format!("/cases/{}/supervision", case.number),
    ];
    for english in [false, true] {
        let person = if english { leader(t).english() } else { leader(t) };
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
    let found = person.get("/letters?q=%E5%9E%83%E5%9C%BE").expect(200);
    assert!(found.has(&summons) && found.has(&letter), "found by a word of its title");
}

fn the_city_edits_its_ladder(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let case = w.dispatched("新华路暴露垃圾", CLEANING);
    t.test.clock.set(case.due_at.unwrap());
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    // off: the dry run shows it, and nothing goes out
    t.jobs().ensure_periodic().unwrap();
    t.run_jobs();
    assert!(letters(&w, case.id.raw()).is_empty());
    assert!(office.get("/ladder/due").expect(200).has(&case.number));
    let mut form = vec![
        ("on", "1"),
        ("organ", "嘉峪关市文明办"),
        ("prefix_reminder", "嘉创催"),
        ("prefix_letter", "嘉创督"),
        ("prefix_summons", "嘉创约"),
        ("manner_reminder", "itself"),
        ("manner_letter", "signed"),
        ("manner_summons", "signed"),
        ("answer_reminder", ""),
        ("answer_letter", "3"),
        ("answer_summons", "5"),
        ("on_deadline", "1"),
        ("value_soon_0", "20"),
        ("value_deadline_0", "0"),
        ("value_letter_0", "50"),
        ("value_letter_1", "2"),
        ("value_summons_0", "300"),
        ("value_summons_1", "2"),
        ("days_summons_1", "90"),
        ("of_summons_1", "unit"),
    ];
    office.submit("/ladder/settings", "/ladder/settings", &form).expect(303);
    let kept = t.test.db.read_now(|tx| LADDER.get(tx)).unwrap();
    assert!(kept.on && !kept.rules[0].on && kept.rules[1].on);
    assert_eq!(kept.letter.answer_within.unwrap().value, 3);
    let page = office.get("/ladder/settings").expect(200);
    assert!(page.has("value=\"嘉创督\"") && page.has("value=\"90\""));
    form[3] = ("prefix_letter", "嘉创催");
    assert!(office.submit("/ladder/settings", "/ladder/settings", &form).expect(422).has("不能相同"));
    t.advance(6 * kernel::time::MINUTE);
    t.run_jobs();
    let number = letters(&w, case.id.raw()).remove(0).number.unwrap();
    assert!(number.starts_with("嘉创催〔"), "{number}");
    office.submit("/ladder/settings", "/ladder/numbers", &[("rung", "letter"), ("last", "12")]).expect(303);
    office.submit("/ladder/settings", "/ladder/numbers", &[("rung", "letter"), ("last", "3")]).expect(422);
    let verifier = t.member("核查员", vec![whole_city(Role::Verifier)]);
    verifier.get("/ladder/settings").expect(403);
}
