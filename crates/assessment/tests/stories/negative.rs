//! The negative list: written, decided, and what counts on which day.

use super::rounds::{act, features, office};
use assessment::negative::commands::{EntryDraft, EventDraft, decide, entitle, report, rewrite, write_entry};
use assessment::negative::model::{Effect, Status, Step, Titles};
use assessment::negative::queries::{event, on};
use assessment::negative::standing::{Counts, Standing};
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Date, months_later};
use scoring::Exact;
use serde_json::json;
use testkit::{TestApp, grant, whole_city};

testkit::stories!(features();
    an_event_counts_from_its_confirmation_until_its_window_ends,
    what_is_decided_is_not_rewritten,
    only_office_and_leaders_know,
    pages_tell_in_both_languages,
    the_api_does_the_same,
);

fn entry(code: &str) -> EntryDraft {
    EntryDraft {
        code: code.into(),
        name: "重大安全事故".into(),
        basis: "清单".into(),
        months: 12,
        effects: vec![
            (Status::Nominee, Effect::Deduct(Exact::from(3))),
            (Status::Applicant, Effect::Bar),
            (Status::Holder, Effect::Suspend(12)),
        ],
        retired: false,
    }
}

fn happened(t: &TestApp, days_ago: i64) -> EventDraft {
    EventDraft {
        entry: "G15".into(),
        happened_on: t.test.db.now().plus(-days_ago * DAY).date(),
        title: "工地事故".into(),
        account: "负责人张三丰被问责".into(),
        source: "通报".into(),
        subject: String::new(),
    }
}

fn leader(t: &TestApp) -> Ctx {
    Ctx { now: t.test.db.now(), ..t.test.ctx_member(2, "领导", vec![whole_city(Role::Leader)]) }
}

fn code<T>(done: Result<T>) -> (u16, &'static str) {
    match done {
        Ok(_) => (200, ""),
        Err(Problem { status, code, fields, .. }) => (status, fields.first().map_or(code, |f| f.code)),
    }
}

/// An entry and an event of a month ago; its number.
fn known(t: &TestApp) -> String {
    let draft = happened(t, 30);
    act(t, &office(t), move |ctx, tx| {
        write_entry(ctx, tx, entry("G15"), None)?;
        report(ctx, tx, draft)
    })
    .unwrap()
    .number
}

fn standing(t: &TestApp, status: Option<Status>, day: Option<Date>) -> Standing {
    let ctx = leader(t);
    t.test.db.read_now(move |tx| on(&ctx, tx, day, status)).unwrap()
}

fn step(t: &TestApp, number: &str, to: Step, why: &'static str) -> Result<()> {
    let number = number.to_owned();
    act(t, &leader(t), move |ctx, tx| decide(ctx, tx, &number, to, why, None)).map(drop)
}

fn an_event_counts_from_its_confirmation_until_its_window_ends(t: &TestApp) {
    let number = known(t);
    let before = standing(t, Some(Status::Nominee), None);
    assert_eq!((before.lines[0].counts, before.pending), (Counts::Pending, Exact::from(3)));
    step(t, &number, Step::Confirm, "").unwrap();
    let after = standing(t, Some(Status::Nominee), None);
    assert_eq!((after.deducted, after.pending), (Exact::from(3), Exact::zero()));
    let ends = months_later(happened(t, 30).happened_on, 12);
    assert_eq!(after.lines[0].until, Some(ends));
    assert_eq!(standing(t, Some(Status::Nominee), Some(ends)).deducted, Exact::zero());
    // without a status it is what the city is on that day: an applicant, until somebody says otherwise
    assert_eq!(standing(t, None, None).barred_until, Some(ends));
    let today = t.test.db.now().date();
    act(t, &office(t), move |ctx, tx| entitle(ctx, tx, Titles(vec![(today, Status::Holder)]))).unwrap();
    act(t, &office(t), move |ctx, tx| entitle(ctx, tx, Titles(vec![(today, Status::Holder)]))).unwrap();
    let held = standing(t, None, None);
    assert_eq!((held.status, held.suspended_until), (Status::Holder, Some(months_later(today, 12))));
    assert_eq!(code(step(t, &number, Step::Lift, " ")), (422, "required"));
    step(t, &number, Step::Lift, "申诉成立").unwrap();
    assert_eq!(standing(t, None, None).lines[0].counts, Counts::Void);
    assert_eq!(code(step(t, &number, Step::Confirm, "")), (409, "move-not-allowed"));
}

fn what_is_decided_is_not_rewritten(t: &TestApp) {
    let number = known(t);
    let change = |draft: EventDraft, version: Option<i64>| {
        let number = number.clone();
        act(t, &office(t), move |ctx, tx| rewrite(ctx, tx, &number, draft, version))
    };
    assert_eq!(change(EventDraft { title: "改".into(), ..happened(t, 30) }, Some(1)).unwrap().title, "改");
    assert_eq!(code(change(happened(t, 30), Some(1))), (409, "stale"));
    assert_eq!(code(change(happened(t, -1), None)), (422, "future-day"));
    assert_eq!(code(change(EventDraft { entry: "X".into(), ..happened(t, 1) }, None)), (422, "not-a-choice"));
    step(t, &number, Step::Dismiss, "查无此事").unwrap();
    assert_eq!(code(change(happened(t, 30), None)), (409, "negative-decided"));
    let written = |draft: EntryDraft, version: Option<i64>| {
        code(act(t, &office(t), move |ctx, tx| write_entry(ctx, tx, draft, version)))
    };
    assert_eq!(written(entry("G15"), None), (409, "negative-known"));
    assert_eq!(written(entry("G15"), Some(9)), (409, "stale"));
    assert_eq!(written(entry("G16"), Some(1)), (404, "not-found"));
    assert_eq!(written(EntryDraft { months: 0, ..entry("G17") }, None), (422, "out-of-range"));
    assert_eq!(written(EntryDraft { effects: vec![], ..entry("G17") }, None), (422, "effect-none"));
    assert_eq!(written(entry("G/1"), None), (422, "node-code-form"));
    assert_eq!(written(EntryDraft { retired: true, ..entry("G15") }, Some(1)), (200, ""));
    let again = happened(t, 3);
    assert_eq!(code(act(t, &office(t), move |ctx, tx| report(ctx, tx, again))), (409, "negative-retired"));
}

fn only_office_and_leaders_know(t: &TestApp) {
    let number = known(t);
    let sees = |who: Ctx| {
        let number = number.clone();
        code(t.test.db.read_now(move |tx| event(&who, tx, &number)))
    };
    assert_eq!(sees(office(t)), (200, ""));
    for role in Role::ALL {
        let known = matches!(role, Role::Office | Role::Leader);
        let who = t.test.ctx_member(9, "某人", vec![whole_city(role)]);
        assert_eq!(sees(who).0, if known { 200 } else { 404 }, "{role:?}");
        let page = t.member("某人", vec![whole_city(role)]).get("/assessment/negative");
        assert_eq!(page.status, if known { 200 } else { 403 }, "{role:?}");
    }
    assert_eq!(sees(t.test.ctx_member(9, "区里", vec![grant(Role::Office, &[5])])), (404, "not-found"));
    assert_eq!(t.public().get("/assessment/negative").status, 303);
    // the office reports, a leader decides
    let of = number.clone();
    let own = act(t, &office(t), move |ctx, tx| decide(ctx, tx, &of, Step::Confirm, "", None));
    assert_eq!(code(own).0, 403);
}

fn pages_tell_in_both_languages(t: &TestApp) {
    t.test.leave_jobs();
    let desk = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let leader = t.member("领导", vec![whole_city(Role::Leader)]);
    assert!(desk.get("/assessment/negative").expect(200).has("还没有登记事件"));
    assert!(desk.get("/assessment/negative/new").expect(200).has("先新建条目"));
    let made = [
        ("entry_code", "G15"),
        ("entry_name", "重大安全事故"),
        ("entry_months", "12"),
        ("effect_nominee", "deduct"),
        ("amount_nominee", "x"),
    ];
    let form = "/assessment/negative/entries/new";
    let page = desk.submit(form, form, &made).expect(422);
    assert!(page.has("value=\"G15\""), "nothing that was typed is lost");
    let mut right = made;
    right[4].1 = "3";
    desk.submit(form, form, &right).expect(303);
    let day = t.test.db.now().plus(-DAY).date().to_string();
    let event = [
        ("event_entry", "G15"),
        ("event_title", "工地事故"),
        ("happened_on", day.as_str()),
        ("event_source", "通报"),
        ("event_account", "经过"),
    ];
    let to =
        desk.submit("/assessment/negative/new", "/assessment/negative/new", &event).expect(303).location();
    let base = to.unwrap().split('?').next().unwrap().to_owned();
    assert!(base.starts_with("/assessment/negative/events/NE-"), "{base}");
    for client in [&desk, &leader] {
        for path in [
            "/assessment/negative",
            "/assessment/negative?status=nominee&day=2030-01-01",
            "/assessment/negative/entries",
            base.as_str(),
        ] {
            assert_eq!(client.get(path).expect(200).missing_texts(), Vec::<&str>::new(), "{path}");
        }
    }
    for path in ["/assessment/negative/titles", "/assessment/negative/entries/G15", &format!("{base}/edit")] {
        assert_eq!(desk.get(path).expect(200).missing_texts(), Vec::<&str>::new(), "{path}");
        assert_eq!(leader.get(path).status, 403, "{path}");
    }
    let dismissal = format!("{base}/steps/dismiss");
    assert_eq!(leader.get(&dismissal).expect(200).missing_texts(), Vec::<&str>::new());
    assert!(
        leader.submit(&dismissal, &dismissal, &[("step_reason", "")]).expect(422).has("class=\"problems\"")
    );
    leader.submit(&dismissal, &dismissal, &[("step_reason", "查无此事")]).expect(303);
    assert!(desk.get(&base).expect(200).has("查无此事"));
    let titles = "/assessment/negative/titles";
    assert!(desk.submit(titles, titles, &[("titles", "昨天 | holder")]).expect(422).has("第 1 行"));
    desk.submit(titles, titles, &[("titles", "2020-01-01 | 提名城市")]).expect(303);
    assert!(desk.get("/assessment/negative").expect(200).has("提名城市"));
    let table = desk.get("/assessment/negative?format=csv").expect(200);
    assert!(table.text().contains("工地事故") && !table.text().contains("经过"), "{}", table.text());
}

fn the_api_does_the_same(t: &TestApp) {
    let desk = t.member("王晓梅", vec![whole_city(Role::Office)]).by_key();
    let leader = t.member("领导", vec![whole_city(Role::Leader)]).by_key();
    let (post, put) = (axum::http::Method::POST, axum::http::Method::PUT);
    let api = "/api/v1/assessment-negative";
    let entry = json!({"name": "事故", "months": 12, "effects": [{"status": "nominee", "measure": "deduct", "amount": "0.5"}]});
    let made = desk.json(&put, "/api/v1/assessment-negative-entries/G15", &entry).expect(200).json();
    assert_eq!((made["version"].as_i64(), made["effects"][0]["amount"].as_str()), (Some(1), Some("0.5")));
    assert_eq!(desk.json(&put, "/api/v1/assessment-negative-entries/G15", &entry).status, 409);
    let twice = json!({"name": "事故", "months": 12, "effects": [{"status": "nominee", "measure": "bar"}, {"status": "nominee", "measure": "revoke"}]});
    assert_eq!(desk.json(&put, "/api/v1/assessment-negative-entries/G16", &twice).status, 422);
    let day = t.test.db.now().date().to_string();
    let event =
        json!({"entry": "G15", "happened_on": day, "title": "事故", "source": "通报", "account": "张三丰"});
    let made = desk.json(&post, api, &event).expect(201).json();
    let path = format!("{api}/{}", made["number"].as_str().unwrap());
    desk.json(&put, &path, &event).expect(200);
    assert_eq!(desk.json(&post, &format!("{path}/steps"), &json!({"step": "confirm"})).status, 403);
    let done = leader.json(&post, &format!("{path}/steps"), &json!({"step": "confirm"})).expect(200).json();
    assert_eq!(
        (done["state"].as_str(), done["allowed_steps"][0].as_str()),
        (Some("confirmed"), Some("lift"))
    );
    desk.json(
        &put,
        "/api/v1/assessment-titles",
        &json!({"items": [{"from": "2020-01-01", "status": "nominee"}]}),
    )
    .expect(200);
    let told = leader.get(api).expect(200).json();
    assert_eq!((told["deducted"].as_str(), told["events"][0]["counts"].as_str()), (Some("0.5"), Some("now")));
    assert_eq!(leader.get(&format!("{api}?status=king")).status, 422);
    assert_eq!(t.member("审计", vec![whole_city(Role::Auditor)]).by_key().get(api).status, 403);
    // what happened is not in the database as it was written
    let text = "张三丰";
    assert!(leader.get(&path).expect(200).text().contains(text));
}
