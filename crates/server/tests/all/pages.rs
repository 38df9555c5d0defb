//! Pages that stand still or list what is there, whole in both languages.

use axum::http::Method;
use kernel::policy::Role;
use testkit::{Engine, engines};
use web::app::Settings;

/// How an icon of the sprite is named in a page.
const ICON: &str = "<use href=\"/assets/icons";

/// Whether the sprite holds this icon; `name` begins with the sprite's own fingerprint.
fn drawn(name: &str) -> bool {
    const SPRITE: &str = include_str!("../../../../ui/icons.txt");
    let name = name.split_once('#').map_or(name, |(_, name)| name);
    SPRITE.lines().any(|line| line == name)
}

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
            for named in page.text().split(ICON).skip(1) {
                let name = named.split('"').next().unwrap_or_default();
                assert!(
                    drawn(name),
                    "{feature}: {} shows the icon {name}, which ui/icons.txt lacks",
                    route.path
                );
            }
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

#[test]
fn the_foot_of_a_public_page_says_what_is_known_and_nothing_else() {
    let app = crate::program(Engine::Embedded);
    let (here, abroad) = (app.public(), app.public().english());
    assert!(here.get("/").has("文明嘉峪关市"));
    // without a name for other languages, its own
    assert!(abroad.get("/").has("Civilised 嘉峪关市"));
    for page in [here.get("/about"), abroad.get("/about")] {
        let unknown = ["foot-legal", "ICP", "tel:"].iter().find(|s| page.has(s));
        assert!(unknown.is_none(), "{unknown:?} is shown though nobody has said it");
    }
    app.city.set_card(web::city_card::CityCard {
        name_en: "Jiayuguan".to_owned(),
        address: "新华南路 1 号".to_owned(),
        phone: "0937-0000000".to_owned(),
        icp: "陇ICP备00000000号".to_owned(),
        ..web::city_card::CityCard::default()
    });
    assert!(here.get("/").has("文明嘉峪关市"));
    assert!(!abroad.get("/about").has("嘉峪关市"));
    assert!(abroad.get("/about").has("Civilised Jiayuguan"));
    let page = here.get("/about");
    for said in ["新华南路 1 号", "href=\"tel:0937-0000000\"", "ICP 备案号：陇ICP备00000000号"] {
        assert!(page.has(said), "{said}");
    }
    assert!(!page.has("公安备案号"));
}

#[test]
fn a_reporter_finds_again_what_they_said_and_where() {
    for engine in engines() {
        let app = crate::program(engine);
        app.test.leave_jobs();
        let reporter = app.public();
        // nothing is chosen before somebody has
        assert!(!reporter.get("/report").text().contains("value=\"\" checked"));
        let said = [
            ("description", "路灯不亮已经三天"),
            ("address", "新华南路 12 号门前"),
            ("lng", "98.277"),
            ("lat", "39.772"),
        ];
        let done = reporter.submit("/report", "/report", &said).expect(303).location().unwrap();
        let token = done.split("t=").nth(1).unwrap().to_owned();
        let receipt = reporter.get(&done).expect(200);
        assert!(receipt.has(&format!("id=\"link\" href=\"/r/{token}\"")), "the link to keep is a link");
        let page = reporter.get(&format!("/r/{token}")).expect(200);
        assert!(page.has("路灯不亮已经三天") && page.has("新华南路 12 号门前"));
        let place = page.text().split("data-focus=\"").nth(1).and_then(|t| t.split('"').next()).unwrap();
        let place = place.replace("&amp;", "&");
        reporter.get(&place).expect(200);
        // nobody has confirmed it yet: others do not learn where it is
        let (bare, _) = place.split_once('?').unwrap();
        assert_ne!(app.public().get(bare).status, 200);
        assert_ne!(app.public().get(&format!("{bare}?t=nonsense")).status, 200);
    }
}

#[test]
fn a_search_that_finds_nothing_repeats_the_words() {
    let app = crate::program(Engine::Embedded);
    let reader = app.public();
    let words = web::ui::encode("独角兽");
    let page = reader.get(&format!("/public/cases?state=open&q={words}")).expect(200);
    assert!(page.has("没有找到“独角兽”") && page.has("href=\"/public/cases?state=open\""));
    assert!(reader.get("/public/cases").has("还没有公开的问题"));
}
