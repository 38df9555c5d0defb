//! Score packs: who gets one, what is in it, and what a change of it is called.

use super::rounds::{WORKBOOK, act, bring, features, office, tables};
use assessment::pack::check::{check, read};
use assessment::pack::model::Pack;
use assessment::rounds::commands::{leave, step};
use assessment::rounds::model::NameKind;
use assessment::rounds::workflow::Step;
use assessment::scheme::commands::{NewScheme, fill, make, publish};
use assessment::scheme::sample::Sample;
use kernel::policy::Role;
use serde_json::json;
use testkit::{Page, TestApp, whole_city};

testkit::stories!(features();
    a_pack_agrees_and_every_change_of_it_is_named,
    who_may_have_one,
);

/// A published round and a published scheme.
fn settled(t: &TestApp) {
    let ctx = office(t);
    bring(t, &ctx, WORKBOOK.into(), Some(tables())).unwrap();
    for (kind, text) in [(NameKind::Item, "公益广告"), (NameKind::Unit, "市容局")] {
        act(t, &ctx, move |ctx, tx| leave(ctx, tx, "AR-000001", kind, text)).unwrap();
    }
    act(t, &ctx, |ctx, tx| {
        let new = NewScheme {
            name: "体系".into(),
            cycle: String::new(),
            observed_way: "实地考察".into(),
            note: String::new(),
            sample: true,
        };
        let scheme = make(ctx, tx, new)?;
        fill(ctx, tx, &scheme.number, Sample::City.lines()?)?;
        publish(ctx, tx, &scheme.number, None)
    })
    .unwrap();
}

fn checked(t: &TestApp) {
    let ctx = office(t);
    act(t, &ctx, |ctx, tx| step(ctx, tx, "AR-000001", Step::Check, "", None)).unwrap();
}

fn ordered(t: &TestApp, role: Role) -> Page {
    let client = t.member("某人", vec![whole_city(role)]);
    client.submit(
        "/assessment/schemes/SC-0001?by=AR-000001",
        "/assessment/schemes/SC-0001/pack",
        &[("by", "AR-000001")],
    )
}

fn a_pack_agrees_and_every_change_of_it_is_named(t: &TestApp) {
    settled(t);
    assert_eq!(ordered(t, Role::Office).status, 409, "a draft may still change");
    checked(t);
    let page = ordered(t, Role::Office).expect(200);
    assert!(page.header("content-disposition").contains("PK-"));
    let pack = read(page.text().as_bytes()).unwrap();
    let report = check(&pack).unwrap();
    assert!(report.agrees(), "{report:?}");
    assert_eq!(
        (report.rows, pack.scheme.as_ref().map(|s| s.nodes.len())),
        (pack.rounds[0].rows.len(), Some(22))
    );
    // what the API tells of the round is what the pack says
    let told =
        t.member("某人", vec![whole_city(Role::Office)]).by_key().get("/api/v1/assessment-rounds/AR-000001");
    assert_eq!(
        told.expect(200).json()["result"]["score"].as_str(),
        pack.figures.get("AR-000001/score").map(String::as_str)
    );

    let of = |change: &dyn Fn(&mut Pack)| {
        let mut changed = pack.clone();
        change(&mut changed);
        check(&changed).unwrap()
    };
    let lost = of(&|p| p.rounds[0].rows[0].lost = "0.75".into());
    assert_eq!(lost.altered, ["AR-000001/row/1"]);
    assert!(lost.signed && lost.differs.iter().any(|d| d.figure == "AR-000001/score"), "{lost:?}");
    let renamed = of(&|p| p.rounds[0].rows[0].point.push('x'));
    assert_eq!((renamed.altered.as_slice(), renamed.differs.len()), (&["AR-000001/row/1".to_owned()][..], 0));
    let gone = of(&|p| drop(p.rounds[0].rows.pop()));
    assert!(gone.altered.contains(&"AR-000001".to_owned()) && !gone.differs.is_empty());
    assert_eq!(of(&|p| p.made_at.push('0')).altered, ["head"]);
    let points = of(&|p| {
        let nodes = &mut p.scheme.as_mut().unwrap().nodes;
        nodes.iter_mut().find_map(|n| n.parts.first_mut()).unwrap().points = scoring::Exact::from(1000);
    });
    assert!(points.altered == ["scheme"] && points.differs.iter().any(|d| d.figure == "scheme/total/full"));
    let round = of(&|p| p.rounds.clear());
    assert!(round.altered == ["AR-000001"] && round.differs.iter().any(|d| d.worked_out.is_none()));
    assert!(!of(&|p| p.seal.hashes.scheme.push('0')).signed);
    assert!(!of(&|p| p.seal.kid.push('0')).signed);
    assert!(!of(&|p| p.seal.signature.clear()).signed);
    // the log knows what was handed out
    let log = t.member("审计", vec![whole_city(Role::Auditor)]).get("/admin/audit");
    assert!(log.status != 200 || log.has(&pack.number), "{}", log.text());
}

fn who_may_have_one(t: &TestApp) {
    settled(t);
    checked(t);
    for role in Role::ALL {
        let client = t.member("某人", vec![whole_city(role)]);
        let made = client.by_key().json(
            &axum::http::Method::POST,
            "/api/v1/assessment-packs",
            &json!({"by": "AR-000001"}),
        );
        let may = matches!(role, Role::Office | Role::Leader);
        assert_eq!(made.status, if may { 200 } else { 403 }, "{role:?}");
        let page = t.member("某人", vec![whole_city(role)]).get("/assessment/packs");
        let see = matches!(role, Role::Office | Role::Leader | Role::Auditor);
        assert_eq!(page.status, if see { 200 } else { 403 }, "{role:?}");
        if see {
            assert_eq!(page.missing_texts(), Vec::<&str>::new());
        }
    }
    assert_eq!(t.public().get("/api/v1/assessment-packs/key").expect(200).json()["alg"], "ES256");
    let key = t.member("某人", vec![whole_city(Role::Office)]).by_key();
    let order = |body: serde_json::Value| {
        key.json(&axum::http::Method::POST, "/api/v1/assessment-packs", &body).status
    };
    assert_eq!(order(json!({"by": "AR-000009"})), 404);
    assert_eq!(order(json!({"by": "1999"})), 409);
    assert_eq!(order(json!({"by": "AR-000001", "missing": "x"})), 422);
    assert_eq!(order(json!({"by": "AR-000001", "scheme": "SC-0009"})), 404);
    assert_eq!(order(json!({"by": "AR-000001", "scheme": "SC-0001", "missing": "lost"})), 200);
    let check = |body: &serde_json::Value| {
        key.json(&axum::http::Method::POST, "/api/v1/assessment-packs/check", body)
    };
    assert_eq!(check(&json!({"format": "x"})).status, 422);
}
