//! Every route, tried by those who may not come.

use axum::http::Method;
use kernel::policy::Role;
use testkit::http::sample_path;
use testkit::{Client, Engine, Page, TestApp};
use web::{Access, all_routes};

fn ask(client: &Client<'_>, app: &TestApp, method: &Method, path: &str) -> Page {
    match *method {
        Method::GET => client.get(path),
        _ if path.starts_with("/api/") => client.json(method, path, &serde_json::json!({})),
        Method::POST => {
            // a token of this browser, so that it is not the token that refuses
            let token = client.get("/styleguide").csrf();
            client.post(path, &[("csrf", &token), ("version", "1")])
        }
        _ => panic!("{method} {path} in {app:?}: only the API has other methods"),
    }
}

#[test]
fn strangers_are_turned_away_from_everything_that_is_not_public() {
    let app = crate::program(Engine::Embedded);
    app.test.leave_jobs();
    for (feature, route) in all_routes(&app.app) {
        if route.access == Access::Public {
            continue;
        }
        let path = sample_path(route.path);
        let page = ask(&app.public(), &app, &route.method, &path);
        let turned_away = match page.location() {
            Some(to) => to.starts_with("/sign-in"),
            None => page.status == 401,
        };
        assert!(turned_away, "{feature}: a stranger's {} {path} got {}", route.method, page.status);
    }
}

/// What a person who holds a role on a unit that has nothing to do with the thing may get: a list of what they may see
/// (empty), their own pages, or a refusal. Never a change: everything that is not GET must be refused.
#[test]
fn the_wrong_unit_gets_lists_or_refusals_but_changes_nothing() {
    let app = crate::program(Engine::Embedded);
    app.test.leave_jobs();
    let mut faults = Vec::new();
    for role in Role::ALL {
        let person = app.member("外单位", vec![testkit::grant(role, &[999_999])]);
        for (feature, route) in all_routes(&app.app) {
            let Access::Action(action) = route.access else { continue };
            let path = sample_path(route.path);
            let page = ask(&person, &app, &route.method, &path);
            let list = route.method == Method::GET && !route.path.contains('{');
            if page.status >= 500 || (page.status < 400 && !list) {
                let (method, role, got) = (&route.method, role.code(), page.status);
                faults.push(format!(
                    "{feature}: {method} {path} ({action}) as {role} of another unit got {got}"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The list may grow only by a reviewed line.
#[test]
fn public_routes_are_the_reviewed_ones() {
    let app = crate::program(Engine::Embedded);
    let public: Vec<String> = all_routes(&app.app)
        .into_iter()
        .filter(|(_, r)| r.access == Access::Public)
        .map(|(feature, r)| format!("{feature:<10} {:<6} {}", r.method, r.path))
        .collect();
    crate::documents::compare(
        "crates/server/tests/all/public_routes.txt",
        &format!("{}\n", public.join("\n")),
    );
}

/// Reviewed: what programs send there is no form of ours. They show a secret, a token or a key of their own; the stories of `signon`
/// and `fieldwork` try what happens without.
pub(crate) const NO_FORMS: &[&str] = &["/connect/token", "/connect/userinfo", "/openrosa/submission"];

/// Each POST of a form without a token is refused, signed in or not.
#[test]
fn forms_without_a_token_are_refused() {
    let app = crate::program(Engine::Embedded);
    app.test.leave_jobs();
    let person = app.member("甲", Role::ALL.map(testkit::whole_city).to_vec());
    for (feature, route) in all_routes(&app.app) {
        if route.method != Method::POST || route.path.starts_with("/api/") || NO_FORMS.contains(&route.path) {
            continue;
        }
        let page = person.post(&sample_path(route.path), &[("a", "b")]);
        // 404: the thing is looked for first
        assert!(
            matches!(page.status, 403 | 404),
            "{feature}: POST {} without a token got {}",
            route.path,
            page.status
        );
    }
}
