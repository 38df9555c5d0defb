//! Who reads the answers, and how long.

use super::{MANHOLE, WHERE, answers, ask, case_of, features, office, pairs, reported, send, token, world};
use crate::stories::world::{CLEANING, World, to_unit};
use cases::catalogue;
use cases::commands::{self, NewCase, Part};
use cases::model::{Case, Source};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::time::DAY;
use store::keep::{Due, Held, Way};
use testkit::http::Page;
use testkit::{TestApp, grant};

testkit::stories!(features();
    what_is_personal_is_kept_like_the_reporter,
    old_answers_keep_the_words_they_were_asked_in,
    parts_and_merged_cases_keep_their_answers,
    answers_are_sealed_and_go_with_words_and_reporter,
);

fn dispatch(w: &World<'_>, case: &Case) {
    let (id, to) = (case.id, to_unit(CLEANING));
    w.act(&w.office(), move |ctx, tx, desk| commands::accept(ctx, tx, desk, id, None, "", &to)).unwrap();
}

fn what_is_personal_is_kept_like_the_reporter(t: &TestApp) {
    let w = world(t);
    let (case, token) = reported(t);
    dispatch(&w, &case);
    let (here, link) = (format!("/cases/{}", case.number), format!("/r/{token}"));
    let desk = office(t).get(&here).expect(200);
    for seen in ["70.5 厘米", "行人、学生", "请打 13812341234", "欧阳报事"] {
        assert!(desk.has(seen), "{seen}");
    }
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    let unit = clerk.get(&here).expect(200);
    assert!(unit.has("70.5 厘米") && unit.has("请打") && unit.missing_texts().is_empty());
    for hidden in ["13812341234", "欧阳报事", "怎么称呼您"] {
        assert!(!unit.has(hidden), "the unit reads {hidden}");
    }
    let own = t.public().get(&link).expect(200);
    assert!(own.has("70.5 厘米") && own.has("怎么称呼您") && own.has("只有市文明办看得到"));
    assert!(!own.has("欧阳报事"), "a link is passed on");
    let public = t.public().get(&format!("/public/cases/{}", case.number)).expect(200);
    assert!(public.has("井盖不见了吗") && public.has("70.5 厘米") && public.missing_texts().is_empty());
    for hidden in ["请打", "欧阳报事", "怎么称呼您", "还有什么要说的"] {
        assert!(!public.has(hidden), "everybody reads {hidden}");
    }
    assert!(office(t).english().get(&here).expect(200).has("70.5 cm"));
    // by programs the same
    let api = format!("/api/v1/cases/{}", case.number);
    let codes = |page: Page| -> Vec<String> {
        let page = page.expect(200).json();
        let of = |a: &serde_json::Value| a["code"].as_str().unwrap().to_owned();
        page["extras"].as_array().unwrap().iter().map(of).collect()
    };
    assert_eq!(codes(office(t).by_key().get(&api)), ["gone", "wide", "who", "note", "name"]);
    assert_eq!(codes(clerk.by_key().get(&api)), ["gone", "wide", "who", "note"]);
    let status = t.public().get(&format!("/api/v1/reports/{token}"));
    assert_eq!(codes(status), ["gone", "wide", "who", "note"]);
    // a file is handed on: never a name, never a number
    let file = office(t).get("/cases?format=csv").expect(200);
    assert!(file.has("gone=yes") && file.has("wide=70.5") && file.has("who=行人、学生"), "{}", file.text());
    assert!(!file.has("欧阳报事") && !file.has("13812341234"));
    assert_eq!(office(t).get("/cases?format=xlsx").expect(200).bytes[..2], *b"PK");
}

fn old_answers_keep_the_words_they_were_asked_in(t: &TestApp) {
    let w = world(t);
    let (before, _) = reported(t);
    ask(t, &w, 2, "gone|yes-no|required|open|井盖还在吗||");
    let after = case_of(t, &token(send(t, &[("kind", MANHOLE), ("q_gone", "no")])));
    let desk = office(t);
    let old = desk.get(&format!("/cases/{}", before.number)).expect(200);
    assert!(old.has("井盖不见了吗") && !old.has("井盖还在吗") && old.has("70.5 厘米"));
    let new = desk.get(&format!("/cases/{}", after.number)).expect(200);
    assert!(new.has("井盖还在吗") && !new.has("井盖不见了吗"));
    // the office corrects the kind: what was answered stays with what was asked
    let other = w.desk.catalogue.items()[0].id;
    w.act(&w.office(), move |ctx, tx, desk| {
        let with = commands::Classify {
            title: "井盖".into(),
            item: Some(other),
            urgent: false,
            address: "新华北路".into(),
        };
        commands::classify(ctx, tx, desk, before.id, &with)
    })
    .unwrap();
    assert!(desk.get(&format!("/cases/{}", before.number)).expect(200).has("井盖不见了吗"));
}

fn parts_and_merged_cases_keep_their_answers(t: &TestApp) {
    let w = world(t);
    let (main, (other, token)) = (reported(t).0, reported(t));
    let verifier = w.verifier();
    for id in [main.id, other.id] {
        w.act(&verifier, move |ctx, tx, desk| commands::confirm(ctx, tx, desk, id)).unwrap();
    }
    let into = main.id;
    w.act(&w.office(), move |ctx, tx, desk| commands::merge(ctx, tx, desk, other.id, into)).unwrap();
    assert_eq!((answers(t, main.id).len(), answers(t, other.id).len()), (5, 5));
    assert!(t.public().get(&format!("/r/{token}")).expect(200).has("70.5 厘米"));
    let item = w.desk.catalogue.items()[0].id;
    let part = |title: &str| Part { title: title.to_owned(), item, suggested: None };
    let parts = [part("补井盖"), part("清垃圾")];
    let id = main.id;
    w.act(&w.office(), move |ctx, tx, desk| {
        commands::register(ctx, tx, desk, id, None, "")?;
        commands::split(ctx, tx, desk, id, &parts)
    })
    .unwrap()
    .into_iter()
    .for_each(|part| {
        let told: Vec<String> = answers(t, part.id).into_iter().map(|(code, _)| code).collect();
        assert_eq!(told, ["gone", "wide", "who", "note"], "who reported stays with the whole");
    });
    assert_eq!(answers(t, main.id).len(), 5);
}

fn erase(t: &TestApp, key: &str) {
    let rule = *cases::feature().keeps.iter().find(|k| k.key == key).unwrap();
    let Way::Daily { count, erase } = rule.way else { panic!("{key} is not daily") };
    let ctx = Ctx { now: t.test.db.now(), ..t.test.ctx_system() };
    let inner = ctx.clone();
    let done = t.test.db.write_now(&ctx, move |tx| {
        tx.housekeeping();
        let held = Held::default();
        let due = Due::new(inner.now, 1, &held);
        let counted = count(tx, &due)?;
        let erased = erase(&inner, tx, &due, 100)?;
        Ok((counted, erased, count(tx, &due)?))
    });
    assert_eq!(done.unwrap(), (1, 1, 0), "{key}");
}

fn answers_are_sealed_and_go_with_words_and_reporter(t: &TestApp) {
    let w = world(t);
    let page = t.public();
    // nobody left a name but in answer to a question
    let fields = [
        &WHERE[..],
        &[("kind", MANHOLE), ("q_gone", "no"), ("q_note", "独角兽挡路"), ("q_name", "欧阳报事")],
    ]
    .concat();
    let token = token(page.submit("/report", "/report", &fields));
    let case = case_of(t, &token);
    assert!(t.test.plain_on_disk(&["独角兽挡路", "欧阳报事"]).is_empty(), "answers lie sealed");
    w.close(case.id, CLEANING);
    t.advance(2 * DAY);
    let trace = *cases::feature().traces.first().unwrap();
    let phone = kernel::identifiers::Phone::parse("13812340000").unwrap();
    assert!(t.test.db.read_now(move |tx| (trace.find)(tx, &phone, &Held::default())).unwrap().is_empty());
    erase(t, "case-reporter");
    assert_eq!(answers(t, case.id), pairs(&[("gone", "no"), ("note", "独角兽挡路")]));
    erase(t, "case-words");
    assert!(answers(t, case.id).is_empty());
    // whoever asks what is held of them is told the answers too, and has all of it erased
    let fields = [
        &WHERE[..],
        &[("kind", MANHOLE), ("phone", "13812340000"), ("q_gone", "no"), ("q_name", "欧阳报事")],
    ]
    .concat();
    let mine = case_of(t, &self::token(t.public().submit("/report", "/report", &fields)));
    w.close(mine.id, CLEANING);
    let phone = kernel::identifiers::Phone::parse("13812340000").unwrap();
    let ctx = Ctx { now: t.test.db.now(), ..t.test.ctx_system() };
    let inner = ctx.clone();
    let found = t.test.db.write_now(&ctx, move |tx| {
        tx.housekeeping();
        let found = (trace.find)(tx, &phone, &Held::default())?;
        trace.erase.unwrap()(&inner, tx, &phone, &Held::default())?;
        Ok(found)
    });
    let facts = found.unwrap().remove(0).facts;
    let told = facts.iter().find(|(name, _)| *name == "extras").map(|(_, value)| value.as_str());
    assert_eq!(told, Some("井盖不见了吗 no\n怎么称呼您 欧阳报事"));
    assert!(answers(t, mine.id).is_empty());
    // the desk of before cannot answer for a kind what that kind does not ask
    let index = w.index.clone();
    let mut new = NewCase::new(Source::Citizen, "井盖");
    new.address = "新华北路".into();
    new.item = Some(w.desk.catalogue.items()[0].id);
    new.answers =
        vec![catalogue::extras::NewAnswer { extra: Id::new(1), personal: false, value: "x".into() }];
    let refused = w.act(&w.citizen(), move |ctx, tx, desk| commands::submit(ctx, tx, desk, &index, "", new));
    assert_eq!(refused.unwrap_err().fields[0].field, "kind");
}
