//! Who may come where.

use super::world::{World, met, told};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::json;
use testkit::whole_city;

told!(
    who_may_do_what,
    nobody_decides_about_their_own,
    who_visits_second_is_blind,
    everything_reads_in_both_languages
);

fn who_may_do_what(w: &World) {
    let stop = w.visits(0).remove(0);
    let record = w.sent(0, &stop, "one", met());
    let reads = [Role::Office, Role::Leader, Role::Auditor, Role::Inspector];
    let all = [Role::Office, Role::Leader, Role::Auditor];
    for role in Role::ALL {
        let person = w.t.member("某", vec![whole_city(role)]);
        let status = |may: bool| if may { 200 } else { 403 };
        let reads = reads.contains(&role);
        person.get("/fieldwork/records").expect(status(reads));
        person.get("/fieldwork/observations").expect(status(reads));
        person.get("/fieldwork/checklists").expect(status(reads));
        person.get("/fieldwork/checklists/short/1").expect(status(reads));
        person.get("/fieldwork").expect(status(role == Role::Inspector));
        person.get("/fieldwork/app").expect(status(role == Role::Inspector));
        person.get("/fieldwork/checklists/import").expect(status(role == Role::Office));
        let agreement = format!("/fieldwork/inspections/{}/agreement", w.inspection);
        person.get(&agreement).expect(status(role == Role::Office));
        // an inspector sees nothing of another before the end
        let one = if all.contains(&role) {
            200
        } else if reads {
            404
        } else {
            403
        };
        person.get(&record.href()).expect(one);
        if role != Role::Office {
            let csrf = person.get("/inspections/check").csrf();
            let form = [("csrf", csrf.as_str()), ("version", "1"), ("field_reason", "x")];
            for to in ["acceptance", "return", "choice", "setting-aside"] {
                person.post(&format!("{}/{to}", record.href()), &form).expect(403);
            }
            person.post("/fieldwork/checklists/uses", &form).expect(403);
            person.post("/fieldwork/checklists/short/1/retirement", &form).expect(403);
            let key = w.t.member("某", vec![whole_city(role)]).by_key();
            let step = json!({"version": 1});
            key.json(&Method::POST, "/api/v1/fieldwork/checklists/short/1/retirement", &step).expect(403);
        }
    }
    let public = w.t.public();
    for path in ["/fieldwork", "/fieldwork/records", "/fieldwork/checklists"] {
        assert!(public.get(path).location().unwrap().starts_with("/sign-in"), "{path}");
    }
    public.get("/api/v1/fieldwork/day").expect(401);
    public.get("/api/v1/fieldwork/observations").expect(401);
}

fn nobody_decides_about_their_own(w: &World) {
    let stop = w.visits(0).remove(0);
    let record = w.sent(0, &stop, "one", met());
    let both = kernel::ctx::Member {
        id: kernel::id::Id::new(w.inspectors[0]),
        name: "甲".into(),
        grants: vec![whole_city(Role::Inspector), whole_city(Role::Office)],
    };
    let both = w.t.member_as(both);
    let page = both.get(&record.href()).expect(200);
    assert!(!page.has("/acceptance"));
    let form = [("csrf", page.csrf()), ("version", record.version.to_string())];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    both.post(&format!("{}/acceptance", record.href()), &form).expect(403);
}

fn who_visits_second_is_blind(w: &World) {
    // a point that both visit
    let (mine, other) = (w.visits(0), w.visits(1));
    let shared = mine.iter().find(|s| other.iter().any(|o| o.point.id == s.point.id)).unwrap().clone();
    let record = w.sent(0, &shared, "one", met());
    let second = w.inspector(1);
    second.get(&record.href()).expect(404);
    assert!(!second.get("/fieldwork/records").expect(200).has(&record.number));
    assert!(!second.get("/fieldwork/observations").expect(200).has(&record.number));
    // whatever other roles they hold
    let member = kernel::ctx::Member {
        id: kernel::id::Id::new(w.inspectors[1]),
        name: "乙".into(),
        grants: vec![whole_city(Role::Inspector), whole_city(Role::Office)],
    };
    let office_too = w.t.member_as(member);
    office_too.get(&record.href()).expect(404);
    assert!(!office_too.get("/fieldwork/observations").expect(200).has(&record.number));
    w.office().get(&record.href()).expect(200);
    w.end();
    second.get(&record.href()).expect(200);
    assert!(second.get("/fieldwork/records").expect(200).has(&record.number));
}

fn everything_reads_in_both_languages(w: &World) {
    let stop = w.visits(0).remove(0);
    let record = w.sent(0, &stop, "one", met());
    let form = format!("/fieldwork/visits/{}", w.visits(0)[1].visit.id);
    for client in [w.office(), w.office().english()] {
        for page in [
            "/fieldwork/checklists",
            "/fieldwork/checklists/import",
            "/fieldwork/checklists/short",
            "/fieldwork/checklists/short/1",
            "/fieldwork/records",
            "/fieldwork/observations",
            &record.href(),
            &format!("/fieldwork/inspections/{}/agreement", w.inspection),
        ] {
            let page = client.get(page).expect(200);
            assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
        }
    }
    for client in [w.inspector(0), w.inspector(0).english()] {
        for page in ["/fieldwork", "/fieldwork/app", &form] {
            let page = client.get(page).expect(200);
            assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
        }
    }
}
