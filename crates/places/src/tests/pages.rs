//! Pages as a browser sees them, without script.

use super::town::{add_section, add_site, at, found, office, section_draft, site_draft};
use crate::feature;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use kernel::ctx::Member;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use store::Tx;
use testkit::{Engine, TestDb, grant, whole_city};
use tower::ServiceExt;
use web::app::{Recogniser, Settings};
use web::{App, City};

/// Session `office` is the civilisation office, `clerk` somebody who may only look, `street` the office of street A.
struct Faces;

impl Recogniser for Faces {
    fn by_session(&self, _: &mut Tx<'_>, token: &str) -> Result<Option<Member>> {
        let member = |name: &str, grants| Some(Member { id: Id::new(7), name: name.to_owned(), grants });
        Ok(match token {
            "office" => member("王晓梅", vec![whole_city(Role::Office)]),
            "street" => member("李建国", vec![grant(Role::Office, &[super::town::STREET_A])]),
            "clerk" => member("赵秀兰", vec![grant(Role::UnitClerk, &[99])]),
            _ => None,
        })
    }
    fn by_api_key(&self, _: &mut Tx<'_>, _: &str) -> Result<Option<web::scope::Holder>> {
        Ok(None)
    }
}

struct Site {
    t: TestDb,
    app: App,
    runtime: tokio::runtime::Runtime,
}

struct Page {
    status: StatusCode,
    to: String,
    tag: String,
    body: String,
}

fn site() -> Site {
    let app =
        App::new(vec![feature()], Box::new(Faces), Settings::default()).unwrap_or_else(|e| panic!("{e:?}"));
    let t = TestDb::open(Engine::Embedded, &app.migrations());
    t.leave_jobs();
    found(&t);
    app.open_city(City::new(t.city.clone(), "试验市", t.db.clone())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    Site { t, app, runtime }
}

impl Site {
    fn send(&self, request: Request<Body>) -> Page {
        self.runtime.block_on(async {
            let answer = web::router(&self.app).oneshot(request).await.unwrap();
            let text = |name: header::HeaderName| {
                answer.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default()
            };
            let (status, to, tag) = (answer.status(), text(header::LOCATION), text(header::ETAG));
            let body = answer.into_body().collect().await.unwrap().to_bytes();
            Page { status, to, tag, body: String::from_utf8_lossy(&body).into_owned() }
        })
    }

    fn get_in(&self, who: &str, path: &str, language: &str) -> Page {
        let cookie = format!("session={who}; cc_lang={language}");
        self.send(
            Request::get(path)
                .header(header::HOST, "x")
                .header(header::COOKIE, cookie)
                .body(Body::empty())
                .unwrap(),
        )
    }

    fn get(&self, who: &str, path: &str) -> Page {
        self.get_in(who, path, "zh-CN")
    }

    fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.get(who, "/sections").body;
        let token = token
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .and_then(|t| t.split('"').next())
            .unwrap_or_default()
            .to_owned();
        let fields = fields.iter().copied().chain([("csrf", token.as_str())]);
        let body: Vec<String> = fields.map(|(n, v)| format!("{n}={}", web::ui::encode(v))).collect();
        let request = Request::post(path)
            .header(header::HOST, "x")
            .header(header::COOKIE, format!("session={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap())
    }
}

const LINE: &str = r#"{"type":"LineString","coordinates":[[98.265,39.77],[98.275,39.77]]}"#;

#[test]
fn every_page_opens_in_both_languages() {
    let s = site();
    let ctx = office(&s.t);
    add_section(&s.t, &ctx, section_draft("新华路", ("一", "二"), &[(0.5, 1.0), (1.5, 1.0)])).unwrap();
    add_section(&s.t, &ctx, section_draft("新华路", ("二", "三"), &[(1.5, 1.0), (2.5, 1.0)])).unwrap();
    add_site(&s.t, &ctx, site_draft("振兴市场", "market", at(1.0, 1.0))).unwrap();
    for language in ["zh-CN", "en"] {
        for path in [
            "/sections",
            "/sections?q=新华&class=trunk&division=620201001",
            "/sections/new",
            "/sections/S-0001",
            "/sections/S-0001/edit",
            "/sites",
            "/sites?type=market",
            "/sites/new",
            "/sites/P-0001",
            "/sites/P-0001/edit",
            "/divisions",
            "/divisions/620201001",
            "/map",
            "/map?chosen=1&grid=1",
            "/sites?q=新华",
            "/sections?q=无",
            "/places/import",
            "/admin/calendar",
            "/admin/calendar?year=2027",
        ] {
            let path = path.replace('新', "%E6%96%B0").replace('华', "%E5%8D%8E").replace('无', "%E6%97%A0");
            let page = s.get_in("office", &path, language);
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            let gap = page.body.find('⟦').map(|i| page.body[i..].chars().take(60).collect::<String>());
            assert_eq!(gap, None, "{path} in {language} lacks a text");
            assert!(
                !page.body.contains("\"data-") && !page.body.contains("data-mapdata"),
                "{path}: attributes run together"
            );
            assert!(
                !page.body.contains(" style=\"") && !page.body.contains(" onclick"),
                "{path} breaks the CSP"
            );
        }
    }
    assert!(s.get("office", "/sites?q=%E6%8C%AF%E5%85%B4").body.contains("/sites/P-0001"));
    assert_eq!(s.get("office", "/sections/S-9999").status, StatusCode::NOT_FOUND);
    assert!(s.get("stranger", "/sections").to.starts_with("/sign-in"));
    assert!(
        !s.get("clerk", "/sections/S-0001").body.contains("/retirement"),
        "no buttons for what one may not do"
    );
}

#[test]
fn a_form_comes_back_filled_in_and_then_goes_through() {
    let s = site();
    let wrong = s.post(
        "office",
        "/sections",
        &[("street", "新华路"), ("from_crossing", "一"), ("geometry", "nonsense")],
    );
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
    assert!(wrong.body.contains("value=\"新华路\"") && wrong.body.contains("读不出坐标"));
    let fields = [
        ("street", "新华路"),
        ("from_crossing", "一"),
        ("to_crossing", "二"),
        ("road_class", "trunk"),
        ("geometry", LINE),
    ];
    let done = s.post("office", "/sections", &fields);
    assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, "/sections/S-0001"), "{}", done.body);
    assert_eq!(s.post("clerk", "/sections", &fields).status, StatusCode::FORBIDDEN);
    let cut = s.post(
        "office",
        "/sections/S-0001/cut",
        &[("version", "1"), ("split_at", "400"), ("split_crossing", "中")],
    );
    assert_eq!(cut.to, "/sections/S-0002", "{}", cut.body);
    let joint = s.post("office", "/sections/S-0002/joint", &[("version", "1"), ("join_other", "S-0003:1")]);
    assert_eq!(joint.to, "/sections/S-0004", "{}", joint.body);
    let silent = s.post("office", "/sections/S-0004/retirement", &[("version", "1"), ("retire_reason", "")]);
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let site = [
        ("place_name", "振兴市场"),
        ("place_type", "market"),
        ("place_lng", "98.27"),
        ("place_lat", "39.77"),
        ("place_crs", "wgs84"),
    ];
    assert_eq!(s.post("street", "/sites", &site).to, "/sites/P-0001");
    let moved = s.post(
        "street",
        "/sites/P-0001/position",
        &[("version", "1"), ("place_lng", "98.2705"), ("place_lat", "39.77")],
    );
    assert_eq!(moved.to, "/sites/P-0001", "{}", moved.body);
    let gone = s.post("street", "/sites/P-0001/retirement", &[("version", "2"), ("retire_reason", "拆了")]);
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
    assert_eq!(
        s.post("street", "/sites/P-0001/restoration", &[("version", "3")]).status,
        StatusCode::SEE_OTHER
    );
    let named =
        [("version", "1"), ("place_name", "甲街道"), ("place_level", "street"), ("place_crs", "cgcs2000")];
    assert_eq!(s.post("office", "/divisions/620201001", &named).status, StatusCode::SEE_OTHER);
}

#[test]
fn the_calendar_is_previewed_and_published() {
    let s = site();
    let csv = "schedule_year,date,name,kind\n2027,2027-01-01,元旦,off\n2027,2027-01-04,元旦,off\n";
    let preview = s.post(
        "office",
        "/admin/calendar/preview",
        &[("arrangement", csv), ("arrangement_source", "国办发明电")],
    );
    assert!(preview.status == StatusCode::OK && preview.body.contains("2027-01-04"), "{}", preview.body);
    let fields = [("arrangement", csv), ("arrangement_source", "国办发明电")];
    assert_eq!(s.post("clerk", "/admin/calendar/arrangements", &fields).status, StatusCode::FORBIDDEN);
    assert_eq!(s.post("office", "/admin/calendar/arrangements", &fields).to, "/admin/calendar?year=2027");
    let city = s.app.cities().remove(0);
    let day = "2027-01-04".parse().unwrap();
    assert_eq!(
        city.calendar().is_working_day(day),
        (false, false),
        "the city's calendar is replaced at once"
    );
    let wrong = s.post("office", "/admin/calendar/preview", &[("arrangement", "x")]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let duty: Vec<(&str, &str)> = crate::forms::DUTY_FIELDS.iter().map(|f| (*f, "09:00-17:00")).collect();
    assert_eq!(s.post("office", "/admin/calendar/duty", &duty).status, StatusCode::SEE_OTHER);
    assert_eq!(city.calendar().data().duty.of(3), [(540, 1020)]);
    let close = [("closure_date", "2026-03-06"), ("closure_reason", "沙尘暴")];
    assert_eq!(s.post("office", "/admin/calendar/closures", &close).status, StatusCode::SEE_OTHER);
    assert!(s.get("clerk", "/admin/calendar").body.contains("沙尘暴"));
    assert_eq!(
        s.post("office", "/admin/calendar/closures/2026-03-06/removal", &[]).status,
        StatusCode::SEE_OTHER
    );
    let json = s.get("", "/api/v1/calendar?year=2027").body;
    assert!(json.contains("\"published\":true") && json.contains("09:00-17:00"), "{json}");
}

#[test]
fn a_file_is_tried_and_then_imported() {
    let s = site();
    let multipart = |fields: &[(&str, &str)], file: Option<&str>| {
        let token = s.get("office", "/sections").body;
        let token = token
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .and_then(|t| t.split('"').next())
            .unwrap()
            .to_owned();
        let mut body = String::new();
        for (name, value) in fields.iter().copied().chain([("csrf", token.as_str())]) {
            body.extend([
                "--x\r\nContent-Disposition: form-data; name=\"",
                name,
                "\"\r\n\r\n",
                value,
                "\r\n",
            ]);
        }
        if let Some(file) = file {
            let head = "Content-Disposition: form-data; name=\"import_file\"; filename=\"a.csv\"\r\nContent-Type: text/csv";
            body.extend(["--x\r\n", head, "\r\n\r\n", file, "\r\n"]);
        }
        body.push_str("--x--\r\n");
        let request = Request::post("/places/import")
            .header(header::HOST, "x")
            .header(header::COOKIE, "session=office")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        s.send(request.body(Body::from(body)).unwrap())
    };
    let csv = "name,type,lng,lat\n振兴市场,集贸市场,98.27,39.77\n坏的,集贸市场,0,0\n";
    let tried = multipart(&[("act", "try"), ("register", "sites"), ("place_crs", "wgs84")], Some(csv));
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.body);
    assert!(tried.body.contains("可以导入 1 行，不能导入 1 行"), "{}", tried.body);
    let token = tried.body.split("name=\"token\" value=\"").nth(1).and_then(|t| t.split('"').next()).unwrap();
    let fields = [
        ("act", "import"),
        ("register", "sites"),
        ("place_crs", "wgs84"),
        ("token", token),
        ("file_name", "a.csv"),
    ];
    let done = multipart(&fields, None);
    assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, "/sites"), "{}", done.body);
    let again = multipart(&fields, None);
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "the file is gone: it has to be chosen again");
}

#[test]
fn maps_ask_again_only_when_something_changed() {
    let s = site();
    let ctx = office(&s.t);
    for path in [
        "/geo/outline.json",
        "/geo/divisions.json",
        "/geo/sections.json",
        "/geo/sites.json",
        "/geo/grid.json",
    ] {
        let layer = s.get("", path);
        assert!(
            layer.status == StatusCode::OK && layer.body.starts_with("{\"type\":\"FeatureCollection\""),
            "{path}"
        );
        let again = Request::get(path).header(header::HOST, "x").header(header::IF_NONE_MATCH, &layer.tag);
        assert_eq!(s.send(again.body(Body::empty()).unwrap()).status, StatusCode::NOT_MODIFIED, "{path}");
    }
    let before = s.get("", "/geo/sections.json");
    add_section(&s.t, &ctx, section_draft("新华路", ("一", "二"), &[(0.5, 1.0), (1.5, 1.0)])).unwrap();
    s.t.clock.advance(5_000_000);
    let after = s.get("", "/geo/sections.json?links=1");
    assert!(
        after.tag != before.tag && after.body.contains("\"href\":\"/sections/S-0001\""),
        "{}",
        after.body
    );
    assert!(s.get("", "/geo/sections/S-0001.json").body.contains("LineString"));
    let api = s.get("", "/api/v1/sections?class=trunk&limit=1").body;
    assert!(api.contains("\"number\":\"S-0001\"") && !api.contains("\"id\""), "{api}");
    for path in ["/api/v1/sites", "/api/v1/divisions", "/api/v1/openapi.json"] {
        assert_eq!(s.get("", path).status, StatusCode::OK, "{path}");
    }
    assert_eq!(s.get("", "/api/v1/sections?limit=0").status, StatusCode::UNPROCESSABLE_ENTITY);
    let file = s.get("office", "/sections?format=csv");
    assert!(file.body.contains("道路名称") && file.body.contains("新华路"), "{}", file.body);
    assert_eq!(s.get("office", "/sites?format=geojson").status, StatusCode::OK);
    assert_eq!(s.get("office", "/divisions?format=xlsx").status, StatusCode::OK);
}
