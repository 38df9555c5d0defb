//! An interviewer's telephone comes back with what was noted without a network: each sending counts once, and nothing ties an answer to it.

use super::walking::sent;
use super::world::{act, again, closed, count, draft, features, office, office_page, published};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::sql;
use surveys::commands;
use testkit::{Client, TestApp, whole_city};

testkit::stories!(features(); the_day_is_ones_own, a_day_comes_back_once, nothing_ties_an_answer_to_its_visit, what_is_wrong_is_told,
    a_full_quota_is_told, after_the_end_the_visit_is_kept_and_the_answer_is_not, the_page_is_for_interviewers);

const AT: &str = "/api/v1/surveys/SV-0001/segments/1/visits";

fn ticket(n: i64) -> String {
    format!("4b1c2f10-8f2e-4a7c-9d3b-{n:012}")
}

fn today(t: &TestApp) -> String {
    t.test.db.now().date().to_string()
}

/// A visit as the telephone sends it.
fn visit(t: &TestApp, n: i64, household: i64, outcome: &str) -> Value {
    let sent = json!({ "ticket": ticket(n), "day": today(t) });
    json!({ "household": household, "outcome": outcome, "sent": sent })
}

fn answered(t: &TestApp, n: i64, household: i64, sex: &str, said: &str) -> Value {
    let mut visit = visit(t, n, household, "answered");
    visit["traits"] = json!([sex]);
    visit["answers"] = json!({ "1": ["0"], "2": ["unsure"], "3": [said] });
    visit
}

fn day(person: &Client<'_>) -> Value {
    person.get("/api/v1/surveys/walk").expect(200).json()
}

/// Households of the first segment, in their order.
fn households(person: &Client<'_>) -> Vec<i64> {
    let day = day(person);
    let doors = day["surveys"][0]["segments"][0]["doors"].as_array().unwrap();
    doors.iter().map(|door| door["household"].as_i64().unwrap()).collect()
}

fn the_day_is_ones_own(t: &TestApp) {
    let mut survey = draft(t, 2);
    let of = survey.number.clone();
    survey = act(t, &office(t), move |ctx, tx| {
        let mut questions = survey.questions.0.clone();
        questions[1].when = Some(surveys::question::When { question: "q1".into(), options: vec![2] });
        let survey = commands::fill(ctx, tx, (&of, survey.version), questions)?;
        commands::publish(ctx, tx, (&of, survey.version), true)
    })
    .unwrap();
    let (one, other) = (sent(t, "督查员甲", 1), sent(t, "督查员乙", 2));
    let found = day(&one);
    assert_eq!(found["date"], today(t));
    let all = found["surveys"].as_array().unwrap();
    assert_eq!((all.len(), &all[0]["number"], &all[0]["mock"]), (1, &json!(survey.number), &json!(true)));
    assert_eq!(all[0]["traits"], json!([{ "name": "性别", "categories": ["男", "女"] }]));
    let question = json!({ "field": "q-q2", "kind": "scale", "text": "您对停车秩序满意吗？", "options": ["满意", "基本满意", "不满意"],
        "least": null, "most": null, "when": { "question": 1, "options": [3] } });
    assert_eq!(all[0]["questions"][1], question, "nothing of what an option counts");
    let segments = all[0]["segments"].as_array().unwrap();
    assert_eq!((segments.len(), &segments[0]["place"]), (1, &json!(1)), "nothing of segments of others");
    assert_eq!(segments[0]["doors"].as_array().unwrap().len(), 20);
    assert_eq!(segments[0]["ahead"].as_array().unwrap().len(), 20, "the rest of its forty households");
    assert_eq!(day(&other)["surveys"][0]["segments"][0]["place"], 2);
    let nobody = t.member("督查员丙", vec![whole_city(Role::Inspector)]);
    assert_eq!(day(&nobody)["surveys"], json!([]));
    office_page(t).get("/api/v1/surveys/walk").expect(403);
    t.public().get("/api/v1/surveys/walk").expect(401);
    // what has ended is nobody's work any more
    closed(t, "SV-0001");
    assert_eq!(day(&one)["surveys"], json!([]));
}

fn a_day_comes_back_once(t: &TestApp) {
    published(t, 1);
    let person = sent(t, "督查员甲", 1);
    let list = households(&person);
    let send = |body: &Value| person.json(&Method::POST, AT, body).expect(200).json();
    let day = [
        answered(t, 1, list[0], "0", ""),
        visit(t, 2, list[1], "refused"),
        visit(t, 3, list[2], "absent"),
        visit(t, 4, list[2], "absent"),
    ];
    for body in &day {
        let taken = send(body);
        assert_eq!((&taken["taken"], &taken["number"]), (&json!("noted"), &json!("SV-0001")));
        person.get(taken["href"].as_str().unwrap()).expect(200);
    }
    // the telephone did not hear it, and sends all again
    for body in &day {
        assert_eq!(send(body)["taken"], "again");
    }
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer where mode = 'visit'")), 1);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_visit where person = '督查员甲'")), 3);
    assert_eq!(count(t, sql!((i64,): "select tries from survey_visit where outcome = 'absent'")), 2);
    assert_eq!(count(t, sql!((i64,): "select count(*) from audit where verb = 'survey.visited'")), 4);
    // a household that was left has the next in order in its place
    let now = households(&person);
    assert_eq!((now.len(), &now[..20]), (21, &list[..]));
    // by program without the word of chance as before
    let plain = json!({ "household": list[3], "outcome": "refused" });
    assert_eq!(send(&plain)["taken"], "noted");
}

/// Everything that the database holds after a household was answered, looked at with the eyes of somebody who wants to know what it said.
fn nothing_ties_an_answer_to_its_visit(t: &TestApp) {
    published(t, 1);
    let person = sent(t, "督查员甲", 1);
    let list = households(&person);
    for (n, household) in (1..).zip(&list[..3]) {
        person.json(&Method::POST, AT, &answered(t, n, *household, "1", "路灯再亮些")).expect(200);
    }
    let columns = t.test.db.shape().unwrap().0;
    let of = |table: &str| -> Vec<String> {
        let mut names: Vec<String> =
            columns.iter().filter(|c| c.table == table).map(|c| c.column.clone()).collect();
        names.sort();
        names
    };
    assert_eq!(of("survey_answer"), ["answers", "id", "mode", "segment_id", "survey_id", "traits"]);
    assert_eq!(of("survey_words"), ["id", "question", "survey_id", "text"]);
    assert_eq!(of("survey_pass"), ["hash", "id", "kind", "survey_id"]);
    let visit = [
        "day",
        "household",
        "id",
        "outcome",
        "person",
        "person_id",
        "segment_id",
        "survey_id",
        "tries",
        "version",
    ];
    assert_eq!(of("survey_visit"), visit);
    // the one thing that a visit and an answer share is the segment
    let shared: Vec<String> =
        of("survey_answer").into_iter().filter(|c| visit.contains(&c.as_str()) && c != "id").collect();
    assert_eq!(shared, ["segment_id", "survey_id"]);
    // no id is used twice, and none of those of answers tells an order
    assert_eq!(
        count(t, sql!((i64,): "select count(*) from survey_answer a join survey_visit v on v.id = a.id")),
        0
    );
    assert_eq!(
        count(t, sql!((i64,): "select count(*) from survey_answer a join survey_pass p on p.id = a.id")),
        0
    );
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_pass where kind = 'visit'")), 3);
    // neither the word of chance nor what was said stands anywhere
    let kept = t.test.kept();
    for secret in [ticket(1), ticket(2), "路灯再亮些".to_owned()] {
        assert!(!kept.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret}");
    }
    // the log has the visit: who, where, what became of it
    let told: Vec<(String,)> = t
        .test
        .db
        .read_now(|tx| tx.all(sql!((String,): "select detail from audit where verb = 'survey.visited'"), &[]))
        .unwrap();
    for (params,) in told {
        let params: BTreeMap<String, Value> = serde_json::from_str(&params).unwrap();
        assert_eq!(params.keys().collect::<Vec<_>>(), ["household", "number", "outcome", "place"]);
    }
}

fn what_is_wrong_is_told(t: &TestApp) {
    published(t, 2);
    let person = sent(t, "督查员甲", 1);
    let list = households(&person);
    let refused = |body: &Value, status: u16| person.json(&Method::POST, AT, body).expect(status).json();
    // questions that were not answered, each by its name
    let mut half = answered(t, 1, list[0], "0", "");
    half["answers"] = json!({ "1": ["9"] });
    let told = refused(&half, 422);
    let codes: Vec<(&str, &str)> = told["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["field"].as_str().unwrap(), f["code"].as_str().unwrap()))
        .collect();
    assert_eq!(codes, [("q-q1", "not-a-choice"), ("q-q2", "survey-answer-missing")]);
    // nothing was used up by it
    person.json(&Method::POST, AT, &answered(t, 1, list[0], "0", "")).expect(200);
    // a household that has its outcome, and one that is not on the list
    assert_eq!(refused(&answered(t, 2, list[0], "0", ""), 409)["code"], "survey-settled");
    assert_eq!(refused(&visit(t, 3, list[0], "refused"), 409)["code"], "survey-settled");
    let other = (1..=40).find(|n| !list.contains(n)).unwrap();
    assert_eq!(refused(&visit(t, 4, other, "refused"), 409)["code"], "survey-no-door");
    assert_eq!(refused(&visit(t, 5, 4_000, "refused"), 409)["code"], "survey-no-door");
    // a word of chance that is none, a day that is none, long ago or to come
    let with = |ticket: &str, day: &str| {
        let mut body = visit(t, 6, list[1], "refused");
        body["sent"] = json!({ "ticket": ticket, "day": day });
        body
    };
    assert_eq!(refused(&with("short", &today(t)), 422)["errors"][0]["field"], "ticket");
    for day in ["2026-02-30", "1999-01-01", "2999-01-01", ""] {
        assert_eq!(refused(&with(&ticket(6), day), 422)["errors"][0]["field"], "day", "{day}");
    }
    let mut odd = visit(t, 6, list[1], "moved");
    assert_eq!(refused(&odd, 422)["errors"][0]["field"], "survey_outcome");
    odd["interviewer"] = json!("督查员乙");
    refused(&odd, 422);
    person.send(Method::POST, AT, &[("content-type", "application/json")], "{".into()).expect(400);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_visit")), 1);
    // whose segment it is not
    let of = |place: i64| format!("/api/v1/surveys/SV-0001/segments/{place}/visits");
    person.json(&Method::POST, &of(2), &visit(t, 7, 1, "refused")).expect(404);
    person.json(&Method::POST, &of(9), &visit(t, 7, 1, "refused")).expect(404);
    office_page(t).json(&Method::POST, AT, &visit(t, 8, list[1], "refused")).expect(403);
    t.public().json(&Method::POST, AT, &visit(t, 9, list[1], "refused")).expect(401);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_visit")), 1);
}

fn a_full_quota_is_told(t: &TestApp) {
    let survey = draft(t, 1);
    let of = survey.number.clone();
    act(t, &office(t), move |ctx, tx| {
        let quotas: BTreeMap<String, i64> = [("0".to_owned(), 1)].into();
        let survey = commands::set_quotas(ctx, tx, (&of, survey.version), quotas)?;
        commands::publish(ctx, tx, (&of, survey.version), true)
    })
    .unwrap();
    let person = sent(t, "督查员甲", 1);
    let list = households(&person);
    let send = |n: i64, at: usize| {
        person.json(&Method::POST, AT, &answered(t, n, list[at], "0", "不该留下")).expect(200).json()["taken"]
            .clone()
    };
    assert_eq!([send(1, 0), send(2, 1), send(2, 1)], ["noted", "quota-full", "again"]);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer")), 1);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_words")), 1);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_visit where outcome = 'answered'")), 2);
    assert_eq!(count(t, sql!((i64,): "select count from survey_tally where what = 'full'")), 1);
}

fn after_the_end_the_visit_is_kept_and_the_answer_is_not(t: &TestApp) {
    let survey = published(t, 1);
    let person = sent(t, "督查员甲", 1);
    let list = households(&person);
    let last = t.test.db.now().date();
    let on_the_last_day = [answered(t, 1, list[0], "0", ""), answered(t, 2, list[1], "0", "")];
    act(t, &office(t), move |ctx, tx| {
        let version = surveys::queries::survey(ctx, tx, &survey.number)?.version;
        let draft = commands::Draft { closes: Some(last), ..commands::Draft::default() };
        commands::edit(ctx, tx, (&survey.number, version), &draft)
    })
    .unwrap();
    t.advance(kernel::time::DAY);
    let send = |body: &Value| person.json(&Method::POST, AT, body).expect(200).json()["taken"].clone();
    // answered on the last day, and sent on the next
    assert_eq!(send(&on_the_last_day[0]), "noted");
    // answered after it
    assert_eq!(send(&answered(t, 3, list[2], "0", "")), "survey-over");
    closed(t, "SV-0001");
    // results are made: no answer is added to them, of whatever day
    assert_eq!(send(&on_the_last_day[1]), "survey-over");
    assert_eq!(send(&visit(t, 4, list[3], "refused")), "noted");
    assert_eq!(send(&on_the_last_day[1]), "again");
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer")), 1);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_visit")), 4);
    let days: Vec<(i64, String)> = t
        .test
        .db
        .read_now(|tx| {
            tx.all(sql!((i64, String): "select household, day from survey_visit order by household"), &[])
        })
        .unwrap();
    let of = |household: i64| days.iter().find(|(h, _)| *h == household).map(|(_, day)| day.clone());
    assert_eq!((of(list[1]), of(list[3])), (Some(last.to_string()), Some(today(t))), "the day of the visit");
    // without a word of chance nothing is noted of a survey that has ended
    let plain = json!({ "household": list[4], "outcome": "refused" });
    assert_eq!(person.json(&Method::POST, AT, &plain).expect(409).json()["code"], "survey-over");
    assert_eq!(again(t, "SV-0001").state, surveys::workflow::State::Closed);
}

fn the_page_is_for_interviewers(t: &TestApp) {
    published(t, 1);
    let person = sent(t, "督查员甲", 1);
    assert!(person.get("/surveys/mine").expect(200).has("href=\"/surveys/app\""));
    let page = person.get("/surveys/app").expect(200);
    assert!(page.has("data-survey") && page.has("模拟测评") && page.missing_texts().is_empty());
    assert!(!page.has("第 1 段"), "it holds nobody's work: it is kept on a device");
    let file = person.get("/surveys/app.webmanifest").expect(200);
    assert_eq!(file.header("content-type"), "application/manifest+json");
    assert_eq!(file.json()["start_url"], "/surveys/app");
    for path in ["/surveys/app", "/surveys/app.webmanifest"] {
        office_page(t).get(path).expect(403);
        t.public().get(path).expect(303);
    }
}
