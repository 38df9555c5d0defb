//! Anybody answers by a link, and nothing tells who it was.

use super::world::{act, again, answer, closed, count, features, office, published, tokens};
use std::collections::BTreeMap;
use store::sql;
use surveys::commands::{self, Taken};
use testkit::TestApp;

testkit::stories!(features(); a_phone_answers_without_a_script, nothing_tells_who_answered, a_form_sent_twice_counts_once,
    full_quotas_are_told_politely, a_code_is_good_once, after_the_last_day_nothing_is_taken, words_stay_apart_and_go);

fn a_phone_answers_without_a_script(t: &TestApp) {
    let survey = published(t, 1);
    let token = tokens(t, &survey.number).remove(0);
    let at = format!("/survey/{token}");
    let anybody = t.public();
    let page = anybody.get(&at).expect(200);
    assert!(page.has("模拟测评") && page.has("匿名作答") && page.missing_texts().is_empty());
    let half = anybody.submit(&at, &at, &[("t-0", "1"), ("q-q1", "0")]).expect(422);
    assert!(half.has("第 2 题") && half.has("value=\"0\" checked"), "what was chosen is still there");
    let done = anybody.submit(&at, &at, &[("t-0", "1"), ("q-q1", "0"), ("q-q2", "unsure"), ("q-q3", "")]);
    let thanks = done.expect(303).location().unwrap();
    assert!(anybody.get(&thanks).expect(200).has("您的回答已计入"));
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer")), 1);
    let english = t.public().english();
    assert!(english.get(&at).expect(200).has("Mock survey"));
    anybody.get("/survey/nothing").expect(404);
}

/// Everything that the database holds of an answer, looked at with the eyes of somebody who wants to know whose it is.
fn nothing_tells_who_answered(t: &TestApp) {
    let survey = published(t, 1);
    let token = tokens(t, &survey.number).remove(0);
    let events = || count(t, sql!((i64,): "select count(*) from audit"));
    let before = events();
    let at = format!("/survey/{token}");
    let person = t.public().from_address("203.0.113.77");
    let fields = [("t-0", "0"), ("q-q1", "0"), ("q-q2", "1"), ("q-q3", "路灯再亮些")];
    person.submit(&at, &at, &fields).expect(303);
    assert_eq!(events(), before, "the log has a moment and a place in a chain");
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
    let kept = t.test.kept();
    let visitor = person.cookie("visitor").unwrap();
    for secret in ["203.0.113.77", visitor.as_str(), "路灯再亮些"] {
        assert!(!kept.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret}");
    }
    // ids of chance: they tell no order
    for _ in 0..20 {
        answer(t, &token, "1", ["0", "0"], "");
    }
    let ids: Vec<(i64,)> = t
        .test
        .db
        .read_now(|tx| {
            tx.all(sql!((i64,): "select id from survey_answer where mode = 'link' order by id"), &[])
        })
        .unwrap();
    let spread = ids.windows(2).map(|w| w[1].0 - w[0].0).max().unwrap();
    assert!(spread > i64::MAX / 1_000, "{ids:?}");
}

fn a_form_sent_twice_counts_once(t: &TestApp) {
    let survey = published(t, 1);
    let token = tokens(t, &survey.number).remove(0);
    let at = format!("/survey/{token}");
    let person = t.public();
    let page = person.get(&at).expect(200);
    let hidden = page.hidden_fields(&at);
    let mut fields: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.extend([("t-0", "-"), ("q-q1", "0"), ("q-q2", "2")]);
    person.post(&at, &fields).expect(303);
    person.post(&at, &fields).expect(303);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer")), 1);
    fields.retain(|(name, _)| *name != "ticket");
    person.post(&at, &fields).expect(422);
    // one link, many answers
    person.submit(&at, &at, &[("t-0", "-"), ("q-q1", "0"), ("q-q2", "2")]).expect(303);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer")), 2);
}

fn full_quotas_are_told_politely(t: &TestApp) {
    let survey = super::world::draft(t, 1);
    let of = survey.number.clone();
    act(t, &office(t), move |ctx, tx| {
        let quotas: BTreeMap<String, i64> = [("0".to_owned(), 2)].into();
        let survey = commands::set_quotas(ctx, tx, (&of, survey.version), quotas)?;
        commands::publish(ctx, tx, (&of, survey.version), true)
    })
    .unwrap();
    let token = tokens(t, "SV-0001").remove(0);
    let give = |sex: &str| answer(t, &token, sex, ["0", "0"], "不该留下");
    assert_eq!(
        [give("0"), give("0"), give("0"), give("1")],
        [Taken::Counted, Taken::Counted, Taken::Full, Taken::Counted]
    );
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer")), 3);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_words")), 3);
    let at = format!("/survey/{token}");
    let done = t.public().submit(&at, &at, &[("t-0", "0"), ("q-q1", "0"), ("q-q2", "0")]).expect(303);
    assert!(t.public().get(&done.location().unwrap()).expect(200).has("没有计入，也没有保存"));
    assert!(super::world::office_page(t).get("/surveys/SV-0001/sample").expect(200).has("配额已满未计入"));
}

fn a_code_is_good_once(t: &TestApp) {
    let survey = super::world::draft(t, 1);
    let of = survey.number.clone();
    let codes = act(t, &office(t), move |ctx, tx| {
        let draft = commands::Draft {
            name: survey.name.clone(),
            audience: survey.audience.clone(),
            codes: true,
            ..commands::Draft::default()
        };
        let survey = commands::edit(ctx, tx, (&of, survey.version), &draft)?;
        let survey = commands::publish(ctx, tx, (&of, survey.version), true)?;
        commands::make_codes(ctx, tx, (&of, survey.version), 3)
    })
    .unwrap();
    assert!(!t.test.kept().windows(9).any(|w| w == codes[0].as_bytes()), "a code is kept as a hash");
    let token = tokens(t, "SV-0001").remove(0);
    let at = format!("/survey/{token}");
    let person = t.public();
    let send = |code: &str, q2: &str| {
        person.submit(&at, &at, &[("code", code), ("t-0", "0"), ("q-q1", "0"), ("q-q2", q2)])
    };
    send("AAAA-AAAA", "0").expect(422);
    // a fault elsewhere does not use it up
    send(&codes[0], "").expect(422);
    send(&codes[0].to_lowercase().replace('-', " "), "0").expect(303);
    assert!(send(&codes[0], "0").expect(422).has("已经用过"));
    send(&codes[1], "0").expect(303);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_pass where kind = 'code'")), 1);
}

fn after_the_last_day_nothing_is_taken(t: &TestApp) {
    let survey = published(t, 1);
    let token = tokens(t, &survey.number).remove(0);
    let (of, last) = (survey.number.clone(), t.test.db.now().date());
    act(t, &office(t), move |ctx, tx| {
        let draft = commands::Draft { closes: Some(last), ..commands::Draft::default() };
        commands::edit(ctx, tx, (&of, survey.version), &draft)
    })
    .unwrap();
    assert_eq!(again(t, "SV-0001").name, "市民满意度", "only the day of a published one changes");
    let at = format!("/survey/{token}");
    let person = t.public();
    let page = person.get(&at).expect(200);
    let hidden = page.hidden_fields(&at);
    t.advance(2 * kernel::time::DAY);
    assert!(person.get(&at).expect(200).has("调查已经结束"));
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert!(person.post(&at, &fields).expect(200).has("调查已经结束"));
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer")), 0);
}

fn words_stay_apart_and_go(t: &TestApp) {
    let survey = published(t, 1);
    let token = tokens(t, &survey.number).remove(0);
    for said in ["路灯再亮些", "多种些树"] {
        answer(t, &token, "0", ["0", "0"], said);
    }
    let office = super::world::office_page(t);
    office.get("/surveys/SV-0001/words").expect(409);
    closed(t, "SV-0001");
    let page = office.get("/surveys/SV-0001/words").expect(200);
    assert!(page.has("路灯再亮些") && page.has("多种些树"));
    t.member("主任", vec![testkit::whole_city(kernel::policy::Role::Leader)])
        .get("/surveys/SV-0001/words")
        .expect(403);
    let keep = surveys::feature().keeps[0];
    let store::keep::Way::Daily { count: due, erase } = keep.way else { panic!("{keep:?}") };
    let held = store::keep::Held::default();
    let go = |days: i64| {
        let (ctx, now, held) = (t.test.ctx_system(), t.test.db.now(), held.clone());
        t.test
            .db
            .write_now(&ctx.clone(), move |tx| {
                let of = store::keep::Due::new(now, days, &held);
                let due = due(tx, &of)?;
                let gone = erase(&ctx, tx, &of, 100)?;
                tx.housekeeping();
                assert_eq!(due, gone);
                Ok(gone)
            })
            .unwrap()
    };
    assert_eq!(go(184), 0);
    t.advance(185 * kernel::time::DAY);
    assert_eq!(go(184), 2);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_words")), 0);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer")), 2);
}
