//! Appeals: filed by the unit that a row names, within the term, answered once, with everything that the answer moves.

use super::policy::unit;
use super::rounds::{WORKBOOK, act, bring, features, office, tables};
use assessment::appeals::commands::{Answer, Filing, answer, file, set_terms, withdraw};
use assessment::appeals::model::{State, Step, Terms};
use assessment::appeals::queries::{appeal, list};
use assessment::pack::check::{check, read};
use assessment::rounds::commands::{leave, step};
use assessment::rounds::model::NameKind;
use assessment::rounds::workflow::Step as RoundStep;
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::DAY;
use serde_json::json;
use testkit::{Client, TestApp, grant, whole_city};

testkit::stories!(features();
    an_appeal_that_is_upheld_corrects_the_row_and_the_round,
    who_may_appeal_and_when,
    two_who_appeal_at_once_have_one_appeal,
    pages_of_unit_and_office,
    the_api_does_it_too,
);

/// A published round; the unit 商务局.
fn published(t: &TestApp) -> i64 {
    let ctx = office(t);
    bring(t, &ctx, WORKBOOK.into(), Some(tables())).unwrap();
    let id = unit(t);
    for (kind, text) in [(NameKind::Item, "公益广告"), (NameKind::Unit, "市容局")] {
        act(t, &ctx, move |ctx, tx| leave(ctx, tx, "AR-000001", kind, text)).unwrap();
    }
    for to in [RoundStep::Check, RoundStep::Publish] {
        act(t, &ctx, move |ctx, tx| step(ctx, tx, "AR-000001", to, "", None)).unwrap();
    }
    id
}

fn clerk(t: &TestApp, unit: i64) -> Ctx {
    Ctx { now: t.test.db.now(), ..t.test.ctx_member(7, "经办人", vec![grant(Role::UnitClerk, &[unit])]) }
}

/// The first row that takes something off 商务局, and what its round comes to.
fn fault(t: &TestApp) -> (i64, String) {
    let told = t.member("王晓梅", vec![whole_city(Role::Office)]).by_key();
    let rows =
        told.get("/api/v1/assessment-rounds/AR-000001/rows?unit=%E5%95%86%E5%8A%A1%E5%B1%80&only=faults");
    let row = rows.expect(200).json()["items"][0]["row"].as_i64().unwrap();
    let score = told.get("/api/v1/assessment-rounds/AR-000001").json()["result"]["score"]
        .as_str()
        .unwrap()
        .to_owned();
    (row, score)
}

fn filed(t: &TestApp, who: &Ctx, row: i64) -> Result<assessment::appeals::model::Appeal> {
    act(t, who, move |ctx, tx| {
        file(ctx, tx, ("AR-000001", row), &Filing { grounds: "当天正在施工".into(), wanted: "0".into() })
    })
}

fn upheld() -> Answer {
    Answer {
        step: Step::Uphold,
        text: "属实".into(),
        rule_old: "围挡算破损".into(),
        rule_new: "施工围挡不算破损".into(),
        lost: "0".into(),
        also: vec![],
        version: None,
    }
}

fn code<T>(done: Result<T>) -> (u16, &'static str) {
    match done {
        Ok(_) => (200, ""),
        Err(Problem { status, code, fields, .. }) => (status, fields.first().map_or(code, |f| f.code)),
    }
}

fn an_appeal_that_is_upheld_corrects_the_row_and_the_round(t: &TestApp) {
    t.test.leave_jobs();
    let unit = published(t);
    let (row, before) = fault(t);
    let made = filed(t, &clerk(t, unit), row).unwrap();
    assert_eq!((made.number.split('-').next(), made.unit_name.as_str()), (Some("AP"), "商务局"));
    let number = made.number.clone();
    let give = |answer_: Answer| {
        let number = number.clone();
        act(t, &office(t), move |ctx, tx| answer(ctx, tx, &number, &answer_))
    };
    for (wrong, expected) in [
        (Answer { rule_new: String::new(), ..upheld() }, "required"),
        (Answer { lost: "1.5".into(), ..upheld() }, "lost-form"),
        (Answer { lost: "0.12345".into(), ..upheld() }, "lost-form"),
        (Answer { also: vec![99_999], ..upheld() }, "not-a-choice"),
        (Answer { version: Some(9), ..upheld() }, "stale"),
    ] {
        assert_eq!(code(give(wrong)).1, expected);
    }
    assert_eq!(give(upheld()).unwrap().state, State::Upheld);
    let after = score(t);
    assert_ne!(before, after, "the round's score has moved");
    // the row is what it was, and what is taken off now
    let desk = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let page = desk.get(&format!("/assessment/rounds/AR-000001/rows/{row}")).expect(200);
    assert!(page.has("已按申诉更正"), "{}", page.text());
    // answered once
    assert_eq!(code(give(upheld())).0, 409);
    // and a pack has both
    let pack =
        desk.submit("/assessment/rounds/AR-000001", "/assessment/rounds/AR-000001/pack", &[]).expect(200);
    let pack = read(pack.text().as_bytes()).unwrap();
    assert_eq!((pack.rounds[0].corrections[0].row, pack.rounds[0].corrections[0].lost.as_str()), (row, "0"));
    assert!(pack.rounds[0].rows.iter().any(|r| r.row == row && r.lost != "0"));
    assert!(check(&pack).unwrap().agrees());
    assert_eq!(pack.figures.get("AR-000001/score"), Some(&after));
}

/// What the round comes to.
fn score(t: &TestApp) -> String {
    let told = t.member("王晓梅", vec![whole_city(Role::Office)]).by_key();
    let round = told.get("/api/v1/assessment-rounds/AR-000001").expect(200).json();
    round["result"]["score"].as_str().unwrap().to_owned()
}

fn who_may_appeal_and_when(t: &TestApp) {
    t.test.leave_jobs();
    let unit = published(t);
    let (row, _) = fault(t);
    let stranger = t.test.ctx_member(8, "别的单位", vec![grant(Role::UnitClerk, &[999_999])]);
    let refused = code(filed(t, &Ctx { now: t.test.db.now(), ..stranger.clone() }, row)).0;
    assert!(refused == 404 || refused == 409, "{refused}");
    assert_eq!(code(filed(t, &office(t), row)).0, 403);
    let made = filed(t, &clerk(t, unit), row).unwrap();
    assert_eq!(code(filed(t, &clerk(t, unit), row)), (409, "appeal-not-now"), "once");
    let number = made.number.clone();
    let sees = |who: &Ctx| {
        let (who, number) = (who.clone(), number.clone());
        code(t.test.db.read_now(move |tx| appeal(&who, tx, &number))).0
    };
    assert_eq!((sees(&clerk(t, unit)), sees(&office(t)), sees(&stranger)), (200, 200, 404));
    let count = |who: Ctx| t.test.db.read_now(move |tx| list(&who, tx, None, None, 50)).map(|p| p.rows.len());
    assert_eq!((count(clerk(t, unit)).unwrap(), count(stranger.clone()).unwrap()), (1, 0));
    assert_eq!(code(count(t.test.ctx_member(9, "督查员", vec![whole_city(Role::Inspector)]))).0, 403);
    let taken = |who: Ctx| {
        let number = number.clone();
        code(act(t, &who, move |ctx, tx| withdraw(ctx, tx, &number, None)))
    };
    assert_eq!(taken(office(t)).0, 403);
    assert_eq!(taken(clerk(t, unit)), (200, ""));
    // a withdrawn one may be filed again, until the term is over
    filed(t, &clerk(t, unit), row).unwrap();
    t.advance(20 * DAY);
    let second = act(t, &clerk(t, unit), move |ctx, tx| {
        file(ctx, tx, ("AR-000001", row), &Filing { grounds: "晚了".into(), wanted: "0".into() })
    });
    assert_eq!(code(second), (409, "appeal-not-now"));
    let terms = |terms: Terms| code(act(t, &office(t), move |ctx, tx| set_terms(ctx, tx, terms)));
    assert_eq!(terms(Terms { file: 0, answer: 10 }), (422, "out-of-range"));
    assert_eq!(terms(Terms { file: 7, answer: 10 }), (200, ""));
    assert_eq!(terms(Terms { file: 7, answer: 10 }), (200, ""));
}

fn two_who_appeal_at_once_have_one_appeal(t: &TestApp) {
    t.test.leave_jobs();
    let unit = published(t);
    let (row, _) = fault(t);
    let who = clerk(t, unit);
    let made: Vec<bool> = std::thread::scope(|scope| {
        let filing: Vec<_> = (0..4).map(|_| scope.spawn(|| filed(t, &who, row).is_ok())).collect();
        filing.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(made.iter().filter(|ok| **ok).count(), 1, "{made:?}");
}

fn pages_of_unit_and_office(t: &TestApp) {
    t.test.leave_jobs();
    let unit = published(t);
    let (row, _) = fault(t);
    let at = format!("/assessment/rounds/AR-000001/rows/{row}");
    let mine = t.member("经办人", vec![grant(Role::UnitClerk, &[unit])]);
    assert!(mine.get(&at).expect(200).has(&format!("{at}/appeal")));
    let form = format!("{at}/appeal");
    assert_eq!(mine.get(&form).expect(200).missing_texts(), Vec::<&str>::new());
    let back = mine
        .submit(&form, &form, &[("appeal_grounds", "当天正在施工"), ("appeal_wanted", "两分")])
        .expect(422);
    assert!(back.has("当天正在施工"), "nothing that was typed is lost");
    let to =
        mine.submit(&form, &form, &[("appeal_grounds", "当天正在施工"), ("appeal_wanted", "0")]).expect(303);
    let base = to.location().unwrap().split('?').next().unwrap().to_owned();
    assert!(mine.get(&base).expect(200).has("撤回申诉"));
    let desk = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let leader = t.member("领导", vec![whole_city(Role::Leader)]);
    let pages: [(&Client<'_>, &str); 6] = [
        (&mine, &base),
        (&mine, "/assessment/appeals"),
        (&desk, &base),
        (&desk, "/assessment/appeals?state=open"),
        (&desk, "/assessment/appeals/terms"),
        (&leader, &base),
    ];
    for (who, path) in pages {
        assert_eq!(who.get(path).expect(200).missing_texts(), Vec::<&str>::new(), "{path}");
    }
    let page = desk.get(&base).expect(200);
    assert!(page.has("更正扣分") && !leader.get(&base).expect(200).has("更正扣分"));
    // a unit reads nothing of other units here
    assert!(!mine.get(&base).expect(200).has("会变的单位"));
    let reply = format!("{base}/answer");
    let short = [("appeal_step", "uphold"), ("appeal_answer", "属实")];
    assert!(desk.submit(&base, &reply, &short).expect(422).has("属实"));
    let rejected = [("appeal_step", "reject"), ("appeal_answer", "照片可见破损")];
    desk.submit(&base, &reply, &rejected).expect(303);
    assert!(mine.get(&base).expect(200).has("照片可见破损"));
    desk.submit(&base, &format!("{base}/reopening"), &[]).expect(303);
    assert!(desk.get(&base).expect(200).has("待答复"));
    let table = desk.get("/assessment/appeals?format=csv").expect(200);
    assert!(table.text().contains("当天正在施工"));
}

fn the_api_does_it_too(t: &TestApp) {
    t.test.leave_jobs();
    let unit = published(t);
    let (row, _) = fault(t);
    let post = axum::http::Method::POST;
    let mine = t.member("经办人", vec![grant(Role::UnitClerk, &[unit])]).by_key();
    let desk = t.member("王晓梅", vec![whole_city(Role::Office)]).by_key();
    let draft = json!({"round": "AR-000001", "row": row, "grounds": "当天正在施工", "wanted": "0"});
    let made = mine.json(&post, "/api/v1/assessment-appeals", &draft).expect(201).json();
    let path = format!("/api/v1/assessment-appeals/{}", made["number"].as_str().unwrap());
    assert_eq!(mine.json(&post, "/api/v1/assessment-appeals", &draft).status, 409);
    assert_eq!(mine.get(&path).expect(200).json()["round"], "AR-000001");
    assert_eq!(
        mine.get("/api/v1/assessment-appeals").expect(200).json()["items"].as_array().unwrap().len(),
        1
    );
    let reply = json!({"step": "reject", "answer": "照片可见破损", "version": 1});
    assert_eq!(mine.json(&post, &format!("{path}/answer"), &reply).status, 403);
    let done = desk.json(&post, &format!("{path}/answer"), &reply).expect(200).json();
    assert_eq!(
        (done["state"].as_str(), done["allowed_steps"][0].as_str()),
        (Some("rejected"), Some("reopen"))
    );
    assert_eq!(mine.json(&post, &format!("{path}/withdrawal"), &json!({})).status, 409);
    desk.json(&post, &format!("{path}/answer"), &json!({"step": "reopen"})).expect(200);
    assert_eq!(
        mine.json(&post, &format!("{path}/withdrawal"), &json!({})).expect(200).json()["state"],
        "withdrawn"
    );
}
