//! The page and its JSON twins.

use super::world::{PHONE, admin, messages, open, received, tell};
use kernel::policy::Role;
use sms::settings::LIMITS;
use testkit::{TestApp, whole_city};

testkit::stories!(vec![sms::feature()];
    whoever_looks_after_the_machine_sees_and_sets, no_number_is_shown_whole, what_is_wrong_is_said, the_auditor_only_reads,
    a_trial_goes_out_and_is_recorded, without_a_gateway_it_is_said);

const PATH: &str = "/admin/sms";
const GOOD: [(&str, &str); 5] =
    [("on", "1"), ("per_number", "2"), ("per_city", "50"), ("evening", "20"), ("morning", "9")];

fn limits(t: &TestApp) -> sms::settings::Limits {
    t.test.db.read_now(|tx| LIMITS.get(tx)).unwrap()
}

fn whoever_looks_after_the_machine_sees_and_sets(t: &TestApp) {
    open(t);
    for client in [admin(t), admin(t).english()] {
        let page = client.get(PATH).expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    }
    admin(t).submit(PATH, "/admin/sms/limits", &GOOD).expect(303);
    let now = limits(t);
    assert_eq!((now.on, now.per_number, now.per_city, now.evening, now.morning), (true, 2, 50, 20, 9));
    tell(t, PHONE);
    t.run_jobs();
    let page = admin(t).get(PATH).expect(200);
    assert!(page.has("138****1234") && page.has("CASE-2026-000001"));
    assert!(!admin(t).get("/admin/sms?state=held").expect(200).has("138****1234"));
    admin(t).get("/admin/sms?state=lost").expect(422);
}

fn no_number_is_shown_whole(t: &TestApp) {
    open(t);
    tell(t, PHONE);
    for path in [PATH, "/admin/sms?format=csv", "/api/v1/text-messages"] {
        let page = admin(t).get(path).expect(200);
        assert!(!page.has(PHONE) && page.has("138****1234"), "{path}");
    }
}

fn what_is_wrong_is_said(t: &TestApp) {
    open(t);
    let before = limits(t);
    for (field, value) in [("per_number", "0"), ("per_city", "x"), ("evening", ""), ("morning", "12")] {
        let fields: Vec<_> = GOOD.iter().map(|(n, v)| (*n, if *n == field { value } else { *v })).collect();
        let page = admin(t).submit(PATH, "/admin/sms/limits", &fields).expect(422);
        assert!(page.has(&format!("f-{field}-error")), "{field}");
    }
    let page = admin(t).submit(PATH, "/admin/sms/trials", &[("phone", "0937-6226666")]).expect(422);
    assert!(page.has("f-phone-error"));
    assert_eq!(limits(t), before);
}

fn the_auditor_only_reads(t: &TestApp) {
    open(t);
    let auditor = t.member("审计", vec![whole_city(Role::Auditor)]);
    let page = auditor.get(PATH).expect(200);
    assert!(!page.has("/admin/sms/limits") && !page.has("/admin/sms/trials"));
    auditor.submit(PATH, "/admin/sms/limits", &GOOD).expect(403);
    auditor.submit(PATH, "/admin/sms/trials", &[("phone", PHONE)]).expect(403);
    for role in [Role::Office, Role::Leader, Role::SecurityAdmin, Role::UnitClerk] {
        t.member("别人", vec![whole_city(role)]).get(PATH).expect(403);
    }
}

fn a_trial_goes_out_and_is_recorded(t: &TestApp) {
    open(t);
    // also where sending is off
    super::world::set(t, &sms::settings::Limits::default());
    admin(t).submit(PATH, "/admin/sms/trials", &[("phone", PHONE)]).expect(303);
    t.run_jobs();
    assert_eq!((messages(t).len(), received(t).len()), (1, 1));
    let verbs = t.test.db.read_now(|tx| {
        let count = store::Query::<(i64,)>::new("select count(*) from audit where verb = 'sms.tried'");
        tx.query(&count)
    });
    assert_eq!(verbs.unwrap()[0].0, 1);
}

fn without_a_gateway_it_is_said(t: &TestApp) {
    t.test.leave_jobs();
    let page = admin(t).get(PATH).expect(200);
    assert!(page.has("--sms-gateway") && !page.has("/admin/sms/trials"));
}
