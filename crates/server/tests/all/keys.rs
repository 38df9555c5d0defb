//! Every route, tried with a key that was not made for it.

use axum::body::Body;
use axum::http::Method;
use kernel::ctx::{Actor, Ctx, Member};
use kernel::policy::Role;
use std::sync::Arc;
use testkit::http::sample_path;
use testkit::{Engine, TestApp};
use web::scope::Scope;
use web::{Access, all_routes};

/// A key of somebody who may nearly everything, so that only the key's scope can be what refuses.
fn key(app: &TestApp, scope: Scope) -> String {
    let ctx = app.test.ctx_system();
    let inner = ctx.clone();
    let made = app.test.db.write_now(&ctx, move |tx| {
        let root = people::setup::root(tx, &inner, "嘉峪关市")?;
        let roles = [(Role::Office, &root), (Role::Leader, &root)];
        let hash = "no password".to_owned();
        let head = people::setup::person(tx, &inner, &root, "head", "主任", hash, false, &roles)?;
        let member = Member { id: head.id, name: head.name, grants: Vec::new() };
        let own = Ctx { actor: Actor::Member(Arc::new(member)), ..inner.clone() };
        people::commands::make_api_key(tx, &own, "program", scope, 30)
    });
    made.unwrap().1
}

/// Whether the key's scope is why a request is refused.
fn refused(app: &TestApp, key: &str, method: &Method, path: &str) -> bool {
    let bearer = format!("Bearer {key}");
    let headers =
        [("authorization", &*bearer), ("accept", "application/json"), ("content-type", "application/json")];
    let page = app.public().send(method.clone(), &sample_path(path), &headers, Body::from("{}"));
    // Open311 and the map interface say it in their own words
    page.status == 403 && (page.has("key-scope") || page.has("\"code\":403"))
}

/// What is sent there needs a key made for administration, whatever else a route may be called.
fn is_administration(path: &str) -> bool {
    path.starts_with("/admin/")
        || path.starts_with("/api/v1/webhooks")
        || path.starts_with("/api/v1/programs")
        || path.contains("/me/")
        || path == "/fieldwork/collect"
}

#[test]
fn a_key_opens_only_what_it_was_made_for() {
    for scope in [Scope::Report, Scope::Read, Scope::Act] {
        let app = crate::program(Engine::Embedded);
        app.test.leave_jobs();
        let key = key(&app, scope);
        let (mut faults, mut closed) = (Vec::new(), 0);
        for (_, route) in all_routes(&app.app) {
            // a person's key is nothing to them
            if crate::access::NO_FORMS.contains(&route.path) {
                continue;
            }
            let sends = route.method != Method::GET;
            let must_refuse = match scope {
                Scope::Report => {
                    route.access == Access::SignedIn || (sends && route.access != Access::Public)
                }
                Scope::Read => sends,
                Scope::Act => sends && is_administration(route.path),
                Scope::Admin => false,
            };
            if must_refuse {
                closed += 1;
                if !refused(&app, &key, &route.method, route.path) {
                    faults.push(format!("{scope:?}: {} {} is open", route.method, route.path));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(closed > 20, "{scope:?}: only {closed} routes were tried");
    }
}

/// The rule does not refuse what a key is for.
#[test]
fn a_key_opens_what_it_was_made_for() {
    for (scope, path) in [
        (Scope::Read, "/api/v1/me"),
        (Scope::Read, "/api/v1/cases"),
        (Scope::Act, "/inbox"),
        (Scope::Report, "/open311/v2/services.json"),
        (Scope::Report, "/api/v1/cases"),
    ] {
        let app = crate::program(Engine::Embedded);
        app.test.leave_jobs();
        let bearer = format!("Bearer {}", key(&app, scope));
        app.public().send(Method::GET, path, &[("authorization", &bearer)], Body::empty()).expect(200);
    }
}
