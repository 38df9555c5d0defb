//! Real events of real features: what of them goes out, and what never does.

use super::world::{World, told};
use axum::http::Method;
use cases::catalogue::ItemKind;
use cases::catalogue::commands::{NewItem, publish};
use cases::commands::{self as deeds, Answer, Dispatch};
use cases::desk::Desk;
use cases::model::{Case, Item, Reporter};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::SECOND;
use serde_json::json;
use std::collections::BTreeSet;
use store::Tx;
use testkit::whole_city;
use web::outgoing::Catalogue;

told!(a_case_is_told_from_report_to_reopening, who_may_not_see_a_case_is_not_told_of_it);

const NAME: &str = "欧阳明月";
const PHONE: &str = "13893712345";

impl World {
    fn report(&self, text: &str) -> Case {
        let body =
            json!({ "description": text, "address": "新华北路12号", "reporter": NAME, "phone": PHONE });
        let told = self.t.public().json(&Method::POST, "/api/v1/reports", &body).expect(201).json();
        let number = told["number"].as_str().unwrap().to_owned();
        self.t.test.db.read_now(move |tx| cases::store::case_by_number(tx, &number)).unwrap().unwrap()
    }

    /// A catalogue of one kind of problem.
    fn catalogue(&self) -> Id<Item> {
        let item = NewItem {
            kind: ItemKind::Event,
            code: "01000".into(),
            major_code: "01".into(),
            major_name: "市容环境".into(),
            name: "暴露垃圾".into(),
        };
        self.act(move |ctx, tx| publish(ctx, tx, "2026", "test", &[item]).map(drop)).unwrap();
        Desk::forget(&self.t.city);
        Desk::of_now(&self.t.city).unwrap().catalogue.items()[0].id
    }

    fn deed<T: Send + 'static>(
        &self,
        deed: impl FnOnce(&Ctx, &mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
    ) -> T {
        let desk = Desk::of_now(&self.t.city).unwrap();
        self.t.advance(SECOND);
        self.act(move |ctx, tx| deed(ctx, tx, &desk)).unwrap()
    }
}

fn a_case_is_told_from_report_to_reopening(w: &World) {
    w.t.test.leave_jobs();
    w.listen("/in");
    let case = w.report(&format!("垃圾成堆，请联系{NAME} {PHONE}"));
    let (id, root) = (case.id, w.root);
    let reporter = w.t.test.db.read_now(move |tx| cases::store::reporter(tx, id)).unwrap();
    assert!(
        reporter.is_some_and(|r: Reporter| r.name.as_str() == NAME && r.phone.as_str() == PHONE),
        "the story needs a reporter"
    );
    let item = w.catalogue();
    let to = Dispatch { lead: root, assisting: Vec::new(), note: "尽快".to_owned() };
    w.deed(move |ctx, tx, desk| deeds::accept(ctx, tx, desk, id, Some(item), "", &to));
    let clerk = w.t.test.ctx_member(77, "经办人", vec![whole_city(Role::UnitClerk)]);
    let desk = Desk::of_now(&w.t.city).unwrap();
    w.t.advance(SECOND);
    let by = Ctx { now: w.t.test.db.now(), ..clerk };
    let answer = Answer { text: "已清理".into(), photos: Vec::new(), no_photo: "相机坏了".into() };
    w.t.test.db.write_now(&by.clone(), move |tx| deeds::answer(&by, tx, &desk, id, &answer)).unwrap();
    w.deed(move |ctx, tx, desk| deeds::pass(ctx, tx, desk, id, "", &[]));
    w.deed(move |ctx, tx, desk| deeds::close(ctx, tx, desk, id, ""));
    w.pass(10 * SECOND, 5 * SECOND);

    let received = w.receiver.received();
    let told: Vec<(String, Option<String>)> = received
        .iter()
        .map(|r| {
            let body = r.json();
            let state = body["data"]["state"].as_str().map(str::to_owned);
            (body["type"].as_str().unwrap().to_owned(), state)
        })
        .collect();
    let expected = [
        ("case.reported", "reported"),
        ("case.registered", "registered"),
        ("case.dispatched", "dispatched"),
        ("case.answered", "answered"),
        ("case.verified", "verified"),
        ("case.closed", "closed"),
    ];
    let expected: Vec<_> = expected.map(|(k, s)| (k.to_owned(), Some(s.to_owned()))).into();
    assert_eq!(told, expected);
    let catalogue = w.t.city.kept::<Catalogue>().unwrap();
    for request in &received {
        let body = request.json();
        let event = catalogue.kind(body["type"].as_str().unwrap()).unwrap();
        let sent: BTreeSet<&str> = body["data"].as_object().unwrap().keys().map(String::as_str).collect();
        let declared: BTreeSet<&str> = event.fields.iter().map(|(name, _)| *name).collect();
        assert_eq!(sent, declared, "{}", event.kind);
        assert_eq!(body["data"]["number"], case.number.as_str());
        for secret in [NAME, PHONE, "经办人", "王晓梅", "已清理", "尽快"] {
            let title = body["data"]["title"].as_str().unwrap();
            // the title is the reporter's own words until staff give it another: numbers in it are hidden
            let rest = request.body.replace(title, "");
            assert!(!rest.contains(secret), "{secret} went out: {}", request.body);
            assert!(!title.contains(PHONE), "{title}");
        }
    }
    assert_eq!(received.last().unwrap().json()["data"]["unit_name"], "嘉峪关市");
}

/// Whoever answers for the endpoint sees less than the city: nothing of the rest goes out.
fn who_may_not_see_a_case_is_not_told_of_it(w: &World) {
    w.t.test.leave_jobs();
    let endpoint = w.listen("/in");
    let case = w.report("路灯不亮");
    let narrow = w.t.test.ctx_member(78, "外单位", vec![testkit::grant(Role::Office, &[424_242])]);
    let made = |ctx: Ctx| {
        let (city, endpoint) = (w.t.city.clone(), endpoint.clone());
        w.t.test.db.read_now(move |tx| {
            let seen = store::follow::span(tx, 0, i64::MAX, 10_000)?;
            let feed = hooks::feed::Feed::new(tx, &city, ctx, &endpoint)?;
            Ok(feed.deliveries(tx, &seen)?.into_iter().map(|d| d.number).collect::<Vec<_>>())
        })
    };
    assert!(made(narrow).unwrap().is_empty());
    assert_eq!(made(w.ctx()).unwrap(), [case.number]);
}
