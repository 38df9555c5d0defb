//! The role × action table, as people who do not program review it; that lists agree with it; and strangers.

use super::world::{MARKET, PARK, SCHOOL, ask, city, draft, features, handed_in, office};
use evidence::model::Kind;
use evidence::policy::{Act, POLICY, standing};
use evidence::queries::{Filter, RequestFilter, items, requests};
use kernel::policy::{Action, Role};
use testkit::http::sample_path;
use testkit::{TestApp, grant, whole_city};

testkit::stories!(features(); lists_agree_with_the_table, strangers_see_nothing);

#[test]
#[expect(clippy::disallowed_methods, reason = "tests have no settings file")]
fn the_table_is_the_reviewed_one() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/policy.md");
    let table = POLICY.table();
    if std::env::var("BLESS").is_ok() {
        std::fs::write(file, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(file).unwrap_or_default(), table);
    assert_eq!(Act::ALL.len(), 9);
}

fn lists_agree_with_the_table(t: &TestApp) {
    let c = city(t);
    for unit in [&c.school, &c.trade, &c.community] {
        for code in [SCHOOL, MARKET, PARK] {
            draft(t, &c, unit, Kind::Statement, code);
            handed_in(t, &c, unit, code);
            ask(t, &c, unit, Kind::Table, &[code]);
        }
    }
    let units = [c.school.0, c.trade.0, c.community.0];
    let mut people = Vec::new();
    for (n, role) in (200..).zip(Role::ALL) {
        people.push(t.test.ctx_member(n, role.code(), vec![whole_city(role)]));
        for (m, unit) in (0..).zip(units) {
            people.push(t.test.ctx_member(n * 10 + m, role.code(), vec![grant(role, &[unit])]));
        }
    }
    let all = {
        let ctx = office(t);
        t.test.db.read_now(move |tx| items(&ctx, tx, &Filter::default(), None, 100)).unwrap().rows
    };
    assert_eq!(all.len(), 18);
    for who in people {
        let ctx = who.clone();
        let listed = t.test.db.read_now(move |tx| items(&ctx, tx, &Filter::default(), None, 100));
        let listed: Vec<String> =
            listed.map(|page| page.rows).unwrap_or_default().into_iter().map(|row| row.item.number).collect();
        for row in &all {
            let whole = super::world::item(t, &row.item.number);
            let uses: Vec<_> = whole.uses.iter().map(|(of, _)| of.clone()).collect();
            let may = POLICY.may(&who, Act::See, &standing(&whole.item, &uses));
            assert_eq!(listed.contains(&row.item.number), may, "{:?} {}", who.grants(), row.item.number);
        }
        let ctx = who.clone();
        let asked = t.test.db.read_now(move |tx| requests(&ctx, tx, &RequestFilter::default(), None, 100));
        let office = POLICY.visible(&who, Act::See).all;
        for row in asked.map(|page| page.rows).unwrap_or_default() {
            assert!(office || POLICY.may(&who, Act::See, &row.request.standing()));
        }
    }
}

fn strangers_see_nothing(t: &TestApp) {
    let c = city(t);
    let item = handed_in(t, &c, &c.school, SCHOOL);
    let (stranger, inspector) = (t.public(), t.member("督查员", vec![whole_city(Role::Inspector)]));
    let feature = evidence::feature();
    for route in (feature.routes)().list() {
        if route.method != axum::http::Method::GET {
            continue;
        }
        let path = sample_path(route.path);
        let api = path.starts_with("/api/");
        assert_eq!(stranger.get(&path).status, if api { 401 } else { 303 }, "{path}");
        let key = t.member("督查员", vec![whole_city(Role::Inspector)]).by_key();
        let told = if api { key.get(&path).status } else { inspector.get(&path).status };
        assert!([403, 404].contains(&told), "{path} {told}");
    }
    // a unit that has nothing to do with it is told that there is none
    let other = t.member("经办人", vec![grant(Role::UnitClerk, &[c.community.0])]);
    let at = format!("/evidence/items/{}", item.number);
    other.get(&at).expect(404);
    let version = item.version.to_string();
    let csrf = other.get("/evidence/items").csrf();
    for deed in ["pass", "return", "filing", "submission", "withdrawal"] {
        let fields = [("csrf", csrf.as_str()), ("version", version.as_str()), ("reason", "x")];
        other.post(&format!("{at}/{deed}"), &fields).expect(404);
    }
    let found = |by: &testkit::Client<'_>| {
        by.get(&format!("/evidence/items?q={}", item.number)).expect(200).has(&format!("{at}\""))
    };
    assert!(!found(&other) && found(&t.member("文明办", vec![whole_city(Role::Office)])));
}
