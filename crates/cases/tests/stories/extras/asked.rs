//! Questions are edited as a draft, brought into force whole, and go out and in with the catalogue.

use super::{CELL, ask, features, office, send, world};
use crate::stories::world::{CLEANING, World};
use axum::http::Method;
use cases::catalogue::edit_extras::set_extras;
use cases::catalogue::extras::cell;
use cases::catalogue::{self, ItemKind};
use kernel::policy::Role;
use serde_json::json;
use testkit::http::Page;
use testkit::{TestApp, grant, whole_city};

testkit::stories!(features();
    a_draft_is_asked_when_it_is_in_force_and_not_before,
    questions_that_make_no_sense_are_refused,
    only_who_edits_the_catalogue_edits_questions,
    programs_set_what_is_asked,
    what_is_exported_is_asked_again,
);

const QUESTIONS: &str = "/admin/catalogue/items/event-01001/questions";

fn a_draft_is_asked_when_it_is_in_force_and_not_before(t: &TestApp) {
    t.test.leave_jobs();
    World::new(&t.test);
    let desk = office(t);
    let asked = |kind: &str| -> Page {
        let client = t.public();
        let csrf = client.get("/report").csrf();
        client.post("/report/questions", &[("csrf", &csrf), ("kind", kind)]).expect(200)
    };
    let page = desk.get(QUESTIONS).expect(200);
    assert!(page.has("没有附加问题") && page.missing_texts().is_empty(), "{}", page.text());
    let deep = [
        ("wording", "水有多深"),
        ("wording_en", "How deep"),
        ("extra_code", "deep"),
        ("extra_kind", "number"),
        ("extra_unit", "厘米=cm"),
        ("choices", "不该\n留下"),
        ("extra_required", "1"),
    ];
    desk.submit(QUESTIONS, QUESTIONS, &deep).expect(303);
    let flow = [
        ("wording", "往哪里流"),
        ("extra_code", "flow"),
        ("extra_kind", "one"),
        ("choices", "车道=road\n\n人行道=pavement\n"),
    ];
    desk.submit(QUESTIONS, QUESTIONS, &flow).expect(303);
    let where_to = [
        ("wording", "哪条车道"),
        ("extra_code", "lane"),
        ("extra_kind", "text"),
        ("extra_after", "flow=车道"),
    ];
    desk.submit(QUESTIONS, QUESTIONS, &where_to).expect(303);
    let page = desk.get(QUESTIONS).expect(200);
    assert!(page.has("尚未启用") && page.has("仅当“往哪里流”答“车道”时问"), "{}", page.text());
    assert!(desk.get(&format!("{QUESTIONS}?question=deep")).expect(200).has("value=\"厘米=cm\""));
    assert!(office(t).english().get(QUESTIONS).expect(200).has("How deep"));
    assert!(!asked("event-01001").has("水有多深"), "a draft is asked nobody");
    // what a later one waits for can neither go nor stand behind it
    let of = |what: &str| format!("{QUESTIONS}/{what}");
    assert_eq!(desk.submit(QUESTIONS, &of("flow/removal"), &[]).status, 409);
    assert_eq!(desk.submit(QUESTIONS, &of("lane/rise"), &[]).status, 409);
    assert_eq!(desk.submit(QUESTIONS, &of("nothing/removal"), &[]).status, 404);
    desk.submit(QUESTIONS, &of("flow/rise"), &[]).expect(303);
    desk.submit(QUESTIONS, &of("publication"), &[]).expect(303);
    let part = asked("event-01001");
    let (flow, deep) = (part.text().find("往哪里流").unwrap(), part.text().find("水有多深").unwrap());
    assert!(flow < deep && !part.has("哪条车道") && part.has("asks-more"), "{}", part.text());
    assert!(asked("").text().trim().is_empty() && !asked("event-01000").has("水有多深"));
    assert!(t.public().english().get("/report?kind=event-01001").expect(200).has("How deep"));
    assert!(desk.get("/admin/catalogue/items/event-01001").expect(200).has("水有多深"));
    // a draft that is discarded leaves what is asked
    desk.submit(QUESTIONS, &of("deep/removal"), &[]).expect(303);
    assert!(asked("event-01001").has("水有多深"));
    desk.submit(QUESTIONS, &of("discard"), &[]).expect(303);
    assert!(!desk.get(QUESTIONS).expect(200).has("尚未启用") && asked("event-01001").has("水有多深"));
    for nothing in ["discard", "publication"] {
        assert_eq!(desk.submit(QUESTIONS, &of(nothing), &[]).status, 409, "{nothing}");
    }
    // another draft, in force, and nothing is asked any more
    for code in ["lane", "flow", "deep"] {
        desk.submit(QUESTIONS, &of(&format!("{code}/removal")), &[]).expect(303);
    }
    desk.submit(QUESTIONS, &of("publication"), &[]).expect(303);
    assert!(asked("event-01001").text().trim().is_empty());
    let item = t.test.db.read_now(catalogue::load).unwrap();
    let item = item.by_code(ItemKind::Event, "01001").unwrap().id;
    let told = t.test.db.read_now(move |tx| store::audit::history(tx, item)).unwrap();
    let verbs: Vec<&str> = told.iter().map(|l| l.verb.as_str()).collect();
    for verb in ["drafted", "published", "discarded"] {
        assert!(verbs.contains(&&*format!("catalogue.questions-{verb}")), "{verbs:?}");
    }
}

fn questions_that_make_no_sense_are_refused(t: &TestApp) {
    t.test.leave_jobs();
    World::new(&t.test);
    let desk = office(t);
    let good = [("wording", "甲"), ("extra_code", "a"), ("extra_kind", "text")];
    let wrong: [(&str, &[(&str, &str)]); 8] = [
        ("wording", &[("wording", "")]),
        ("wording", &[("wording", "a=b")]),
        ("extra_code", &[("extra_code", "深")]),
        ("extra_code", &[("extra_code", "urgent")]),
        ("extra_kind", &[("extra_kind", "colour")]),
        ("choices", &[("extra_kind", "one"), ("choices", "只有一个")]),
        ("choices", &[("extra_kind", "several"), ("choices", "同样\n同样")]),
        ("extra_after", &[("extra_after", "b=yes")]),
    ];
    for (field, instead) in wrong {
        let mut fields: Vec<(&str, &str)> = instead.to_vec();
        fields.extend(good.iter().filter(|(name, _)| !instead.iter().any(|(n, _)| n == name)));
        let page = desk.submit(QUESTIONS, QUESTIONS, &fields).expect(422);
        assert!(page.has(&format!("f-{field}-error")) && page.missing_texts().is_empty(), "{instead:?}");
        assert!(page.has("value=\"a\"") || field == "extra_code", "what was typed is there still");
    }
    for n in 0..12 {
        let code = format!("a{n}");
        let fields = [("wording", "甲"), ("extra_code", &*code), ("extra_kind", "text")];
        desk.submit(QUESTIONS, QUESTIONS, &fields).expect(303);
    }
    assert!(desk.submit(QUESTIONS, QUESTIONS, &good).expect(422).has("最多 12"));
    assert_eq!(desk.get("/admin/catalogue/items/event-9/questions").status, 404);
}

fn only_who_edits_the_catalogue_edits_questions(t: &TestApp) {
    let w = world(t);
    let page = "/admin/catalogue/items/event-01002/questions";
    let leader = t.member("领导", vec![whole_city(Role::Leader)]);
    let seen = leader.get(page).expect(200);
    assert!(seen.has("井盖不见了吗") && !seen.has("name=\"wording\""), "a leader reads");
    let fields = [("wording", "甲"), ("extra_code", "a"), ("extra_kind", "text")];
    assert_eq!(leader.submit(page, page, &fields).status, 403);
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    assert_eq!(clerk.get(page).status, 403);
    for action in ["publication", "discard", "gone/removal", "gone/rise"] {
        assert_eq!(leader.submit(page, &format!("{page}/{action}"), &[]).status, 403, "{action}");
    }
    assert_eq!(t.public().get(page).status, 303, "strangers are led to sign in");
    let item = w.desk.catalogue.items()[2].id;
    let refused = w.act(&w.clerk(CLEANING), move |ctx, tx, _| set_extras(ctx, tx, item, &[]));
    assert_eq!(refused.unwrap_err().status, 403);
    let body = json!({ "items": [] });
    let api = "/api/v1/admin/catalogue/event-01002/extras";
    assert_eq!(leader.by_key().json(&Method::PUT, api, &body).status, 403);
}

fn programs_set_what_is_asked(t: &TestApp) {
    let _w = world(t);
    let api = "/api/v1/admin/catalogue/event-01000/extras";
    let key = office(t).by_key();
    let body = json!({ "items": [
        { "code": "much", "wording": { "zh": "大概有多少", "en": "How much" }, "kind": "one", "required": true,
          "choices": [{ "zh": "一袋" }, { "zh": "一车" }] },
        { "code": "since", "wording": { "zh": "堆了几天" }, "kind": "number", "unit": { "zh": "天" },
          "after": { "code": "much", "value": "一车" } },
    ] });
    let told = key.json(&Method::PUT, api, &body).expect(200).json();
    assert_eq!(told["items"][1]["after"]["value"], "一车");
    assert_eq!(key.get(api).expect(200).json(), told);
    // what is told is taken again, and changes nothing
    assert_eq!(key.json(&Method::PUT, api, &told).expect(200).json(), told);
    assert_eq!(send(t, &[("kind", "event-01000")]).status, 422);
    let mut backwards = body.clone();
    backwards["items"].as_array_mut().unwrap().reverse();
    let refused = key.json(&Method::PUT, api, &backwards).expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "extra_after");
    for (wrong, status) in [(json!({ "items": [{ "code": "a" }] }), 422), (json!([]), 422)] {
        assert_eq!(key.json(&Method::PUT, api, &wrong).status, status, "{wrong}");
    }
    assert_eq!(key.get("/api/v1/admin/catalogue/event-9/extras").status, 404);
}

fn what_is_exported_is_asked_again(t: &TestApp) {
    let w = world(t);
    let desk = office(t);
    let exported = |format: &str| desk.get(&format!("/admin/catalogue?format={format}")).expect(200).bytes;
    let text = String::from_utf8(exported("csv")).unwrap();
    assert!(text.contains("wide|number|required|open|井口直径=How wide|厘米=cm|gone=yes"), "{text}");
    let asked = || {
        let catalogue = t.test.db.read_now(catalogue::load).unwrap();
        let item = catalogue.by_code(ItemKind::Event, "01002").unwrap().id;
        let set: Vec<_> = catalogue.extras(Some(item)).iter().map(|e| e.asked.clone()).collect();
        cell::write(&set)
    };
    assert_eq!(asked(), CELL);
    let bring = |file: &[u8]| {
        let (page, action) = ("/admin/catalogue", "/admin/catalogue/versions");
        let fields = [("act", "try"), ("version_name", "2027")];
        let tried = desk.upload(page, action, &fields, &[("import_file", "目录", file)]).expect(200);
        assert!(tried.missing_texts().is_empty(), "{}", tried.text());
        if !tried.has("name=\"act\" value=\"import\"") {
            return tried;
        }
        let kept = tried.hidden_fields(action);
        let kept: Vec<(&str, &str)> = kept.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        desk.upload(page, action, &kept, &[]).expect(303)
    };
    for format in ["csv", "xlsx"] {
        let file = exported(format);
        // meanwhile something else was asked
        ask(t, &w, 2, "other|text|optional|open|别的||");
        assert_eq!(bring(&file).status, 303);
        assert_eq!(asked(), CELL, "{format}");
    }
    // a file without the column changes nothing; one with a hole in it comes in no part
    bring("kind,code,name\nevent,01002,井盖缺失\nevent,01000,暴露垃圾\n".as_bytes());
    assert_eq!(asked(), CELL);
    let bad = text.replace("gone=yes", "gone=maybe");
    assert!(bring(bad.as_bytes()).has("附加问题写法不对"));
    assert_eq!(asked(), CELL);
    // an empty cell: it asks nothing more
    bring("kind,code,name,附加问题\nevent,01002,井盖缺失,\n".as_bytes());
    assert_eq!(asked(), "");
}
