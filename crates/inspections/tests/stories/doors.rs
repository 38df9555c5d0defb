//! Who may come where.

use super::world::{World, told};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::json;
use testkit::{grant, whole_city};

told!(who_may_do_what, strangers_see_what_is_published);

fn who_may_do_what(w: &World) {
    let made = w.drawn(w.draft()).number;
    let sees = [Role::Office, Role::Leader, Role::Auditor, Role::Inspector];
    let proves = [Role::Office, Role::Leader, Role::Auditor];
    for role in Role::ALL {
        let person = w.t.member("甲", vec![whole_city(role)]);
        let status = |may: bool| if may { 200 } else { 403 };
        person.get("/inspections").expect(status(sees.contains(&role)));
        person.get(&format!("/inspections/{made}")).expect(status(sees.contains(&role)));
        person.get(&format!("/inspections/{made}/points")).expect(status(sees.contains(&role)));
        person.get(&format!("/inspections/{made}/draw.json")).expect(status(proves.contains(&role)));
        person.get("/inspections/new").expect(status(role == Role::Office));
        person.get("/inspections/check").expect(200);
        if role != Role::Office {
            let csrf = person.get("/inspections/check").csrf();
            let form = [("csrf", csrf.as_str()), ("version", "3"), ("inspection_reason", "x")];
            for to in ["", "/commitment", "/draw", "/start", "/end", "/cancellation", "/replacements"] {
                person.post(&format!("/inspections/{made}{to}"), &form).expect(403);
            }
            let key = w.t.member("甲", vec![whole_city(role)]).by_key();
            let step = json!({"version": 3});
            key.json(&Method::POST, &format!("/api/v1/inspections/{made}/start"), &step).expect(403);
        }
    }
    // a role on one unit does not reach the city's inspections
    let street = w.t.member("街道", vec![grant(Role::Office, &[7])]);
    street.get(&format!("/inspections/{made}")).expect(403);
    assert_eq!(w.whole(&made).inspection.version, 3, "nothing was changed");
}

fn strangers_see_what_is_published(w: &World) {
    let drawn = w.drawn(w.draft()).number;
    let public = w.t.public();
    for path in ["/inspections", "/inspections/check", &format!("/inspections/{drawn}/points")] {
        assert!(public.get(path).location().unwrap().starts_with("/sign-in"), "{path}");
    }
    public.get(&format!("/public/draws/{drawn}")).expect(200);
    public.get("/public/draws/IN-2026-0099").expect(404);
    public.get(&format!("/api/v1/inspections/{drawn}")).expect(401);
    assert_eq!(public.get(&format!("/api/v1/draws/{drawn}")).expect(200).json()["state"], "drawn");
    public.get(&format!("/api/v1/draws/{drawn}/proof")).expect(404);
}
