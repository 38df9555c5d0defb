//! A small demonstration city, made through the real commands: none of them refuses a step, the log is whole, and the
//! numbers look like a city's.

use demo::build::{Size, run};
use kernel::time::Instant;
use store::audit::{Verdict, verify};
use store::{Migration, Query};
use testkit::{Engine, TestDb};
use web::City;

const MIGRATIONS: &[Migration] = testkit::migrations!(web, people, places, ladder, cases, streets);

#[test]
fn a_small_city_is_lived_through_the_real_commands() {
    let t = TestDb::open(Engine::Embedded, MIGRATIONS);
    t.leave_jobs();
    let now = Instant::parse_rfc3339("2026-11-20T10:00:00+08:00").expect("a moment");
    t.clock.set(now);
    let city = City::new(t.city.clone(), "嘉峪关市", t.db.clone());
    let made = run(&city, 2026, now, Size::SMALL, &mut |_| {}).expect("the city");
    assert_eq!(made.refused, Vec::<String>::new());
    assert_eq!((made.sections, made.sites, made.units), (120, 400, 60));
    assert!(made.cases >= 120, "{} cases", made.cases);
    assert!(made.divisions >= 54, "{} divisions", made.divisions);
    assert!(matches!(t.db.read_now(verify).expect("the log"), Verdict::Whole { .. }));
    assert_eq!(t.mobiles_on_disk(), Vec::<String>::new(), "telephones of reporters and staff");
    let count = |sql: &'static str| {
        t.db.read_now(move |tx| Ok(tx.query(&Query::<(i64,)>::new(sql))?[0].0)).expect("a count")
    };
    let closed = count("select count(*) from case_file where state = 'closed'");
    let on_time = count("select count(*) from case_file where state = 'closed' and on_time = 1");
    let lived = i64::try_from(made.cases).expect("a few hundred");
    assert!(closed * 100 > 60 * lived, "{closed} closed of {lived}");
    assert!(on_time * 100 > 85 * closed, "{on_time} of {closed} on time");
    assert!(count("select count(*) from case_file where suggested_unit is not null") > 80);
    assert!(count("select count(*) from case_photo") >= 4);
    // the edges of the main loop: each page has something to show
    assert!(count("select count(*) from case_question where state = 'asked'") >= 1);
    assert!(count("select count(*) from case_question where state = 'answered'") >= 1);
    assert!(count("select count(*) from case_recurrence") >= 1);
    assert!(count("select count(*) from case_look where state = 'open'") >= 1);
    assert!(count("select count(*) from case_voice") >= 3);
    let ctx = t.ctx_member(1, "文明办", vec![testkit::whole_city(kernel::policy::Role::Office)]);
    let clusters = t.db.read_now(move |tx| cases::queries::clusters(&ctx, tx, 60)).expect("clusters");
    assert!(clusters.iter().any(|c| c.others.len() >= 4), "{} clusters", clusters.len());
}
