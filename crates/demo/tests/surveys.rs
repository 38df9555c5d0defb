//! Surveys of the demonstration: what people said reaches the shadow score, by the standards that their questions speak of.

use demo::build::{self, Size};
use kernel::policy::Role;
use kernel::time::Instant;
use scoring::Exact;
use std::collections::BTreeMap;
use store::Migration;
use testkit::{Engine, TestDb, whole_city};
use web::City;

const MIGRATIONS: &[Migration] = testkit::migrations!(
    web,
    people,
    places,
    ladder,
    cases,
    streets,
    assessment,
    inspections,
    fieldwork,
    evidence,
    surveys,
    shadow
);

#[test]
fn what_people_said_reaches_the_shadow_score() {
    let t = TestDb::open(Engine::Embedded, MIGRATIONS);
    t.leave_jobs();
    let now = Instant::parse_rfc3339("2026-11-20T10:00:00+08:00").expect("a moment");
    t.clock.set(now);
    let city = City::new(t.city.clone(), "嘉峪关市", t.db.clone());
    build::run(&city, 2026, now, Size::SMALL, &mut |_| {}).expect("the city");
    build::rounds::hold(&city, 2026, now).expect("a published scheme");
    assert!(build::surveys::ask(&city, 2026, now).expect("two surveys") > 2_000);
    assert!(build::shadow::say(&city, now).expect("a plan"));
    let ctx = t.ctx_member(1, "文明办", vec![whole_city(Role::Office)]);
    let (said, today) =
        t.db.read_now(move |tx| {
            let said = surveys::queries::estimates_by_standard(tx, "SV-0001")?;
            let scheme = surveys::queries::survey(&ctx, tx, "SV-0001")?.scheme_number;
            Ok((said, shadow::queries::today(&ctx, tx, &city, &scheme)?))
        })
        .expect("what is known");
    let codes: Vec<&str> = said.iter().map(|of| of.code.as_str()).collect();
    assert_eq!(codes, ["Ⅲ-6", "Ⅲ-8", "Ⅲ-13"]);
    let others: BTreeMap<&str, &shadow::sources::GivenPart> = today
        .gathered
        .others
        .iter()
        .filter(|of| of.way == "问卷调查")
        .map(|of| (of.code.as_str(), of))
        .collect();
    assert_eq!(others.len(), 3);
    for of in &said {
        let part = others[of.code.as_str()];
        assert_eq!(Some(part.share.clone()), Exact::parse(&format!("{:.2}", of.value)), "{}", of.code);
        assert!(part.error > 0.0 && part.error < 0.1, "{}: {}", of.code, part.error);
    }
    assert!(today.gathered.absent.iter().all(|absent| absent.way != "问卷调查"));
    assert!(today.gathered.strangers.iter().all(|code| !codes.contains(&code.as_str())));
}
