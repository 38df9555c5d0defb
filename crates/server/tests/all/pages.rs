//! Pages that stand still or list what is there, whole in both languages.

use axum::http::Method;
use kernel::policy::Role;
use testkit::{Engine, engines};
use web::app::Settings;

#[test]
fn every_page_without_a_subject_is_whole_in_both_languages() {
    let app = crate::program(Engine::Embedded);
    app.test.leave_jobs();
    let everybody = || app.member("全能", Role::ALL.map(testkit::whole_city).to_vec());
    for (feature, route) in web::all_routes(&app.app) {
        if route.method != Method::GET || !route.page || route.path.contains('{') {
            continue;
        }
        for client in [app.public(), app.public().english(), everybody(), everybody().english()] {
            let page = client.get(route.path);
            assert!(page.status < 500, "{feature}: {} got {}: {}", route.path, page.status, page.text());
            assert!(
                page.missing_texts().is_empty(),
                "{feature}: {} lacks {:?}",
                route.path,
                page.missing_texts()
            );
            let inline = ["<script>", " style=\"", " onclick=\"", "javascript:"].iter().find(|s| page.has(s));
            assert!(
                inline.is_none(),
                "{feature}: {} has {inline:?}, which the content security policy refuses",
                route.path
            );
        }
    }
}

#[test]
fn the_machine_can_ask_how_it_is() {
    for engine in engines() {
        let app = crate::program(engine);
        assert_eq!(app.public().get("/healthz").expect(200).text(), "ok\n");
        app.public().get("/metrics").expect(404);
        assert!(app.public().get("/robots.txt").expect(200).has("Sitemap: http://wm.example.cn/sitemap.xml"));
        let missing = app.public().get("/api/v1/nothing-here").expect(404);
        assert_eq!(missing.header("content-type"), "application/problem+json");
        assert_eq!(missing.json()["code"], "not-found");
        let wrong =
            app.public().json(&Method::DELETE, "/api/v1/openapi.json", &serde_json::json!({})).expect(405);
        assert_eq!(wrong.json()["code"], "method-not-allowed");
    }
}

#[test]
fn preferences_work_without_script_and_lead_nowhere_else() {
    let app = crate::program(Engine::Embedded);
    let reader = app.public();
    assert!(!reader.get("/").has(" data-elder>"));
    assert_eq!(
        reader.submit("/about", "/prefs/elder", &[]).expect(303).location().as_deref(),
        Some("/about")
    );
    assert!(reader.get("/").has(" data-elder>"));
    reader.submit("/about", "/prefs/elder", &[]).expect(303);
    assert!(!reader.get("/").has(" data-elder>"));
    let to = reader.get("/language/en?back=//evil.example").expect(303).location();
    assert_eq!(to.as_deref(), Some("/"));
    assert!(reader.get("/about").has("About this site"));
}

#[test]
fn who_sends_too_often_is_told_to_wait() {
    let settings = Settings { requests_per_minute: 3, behind_proxy: true, ..Settings::default() };
    let app = crate::program_with(Engine::Embedded, settings);
    let flood = app.public().from_address("198.51.100.1");
    for _ in 0..3 {
        flood.submit("/about", "/prefs/elder", &[]).expect(303);
    }
    let refused = flood.submit("/about", "/prefs/elder", &[]).expect(429);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() <= 60);
    app.public().from_address("198.51.100.2").submit("/about", "/prefs/elder", &[]).expect(303);
}
