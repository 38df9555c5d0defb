//! Pages as browsers see them, without script.

use super::world::{BANK, SCHOOL, World, at, road};
use kernel::policy::Role;
use places::commands::create_section;
use testkit::{TestApp, grant, whole_city};
use web::Feature;

pub(super) fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature(), streets::feature()]
}

testkit::stories!(features();
    every_page_is_written_in_both_languages,
    strangers_see_public_pages_only,
    the_street_that_was_asked_for_comes_first,
    the_office_keeps_the_register_through_forms,
    the_register_goes_back_in_time,
    old_signs_lead_to_the_present_unit,
    what_goes_out_comes_in_again,
    maps_and_programs_read_the_register,
);

/// Two adoptions on 新华路, one on 建设路; their numbers.
pub(super) fn town(t: &TestApp) -> Vec<String> {
    adopted(&World::new(&t.test))
}

/// The same in a town that is there already.
pub(super) fn adopted(w: &World<'_>) -> Vec<String> {
    let made = [
        w.adopted(0, (0.0, 200.0), SCHOOL, "2026-01-01"),
        w.adopted(0, (250.0, w.sections[0].length_m), BANK, "2026-02-01"),
        w.adopted(2, (0.0, 300.0), BANK, "2026-01-01"),
    ];
    made.into_iter().map(|a| a.number).collect()
}

fn every_page_is_written_in_both_languages(t: &TestApp) {
    town(t);
    let section = "S-0001";
    let new = format!("/streets/new?section={section}&from=200&to=250");
    let paths = [
        "/streets",
        "/streets?street=新华路&date=2026-01-15&all=1",
        "/streets/new",
        "/streets/new?street=新华路",
        &new,
        "/streets/coverage",
        "/streets/coverage?faults=1",
        "/streets/outcomes",
        "/streets/import",
        "/streets/signs",
        "/streets/settings",
        "/streets/settings?standard=five-goods",
        "/streets/BJ-0001",
        "/streets/BJ-0001/contact",
        "/streets/BJ-0001/replacement",
        "/streets/BJ-0001/end",
        "/streets/BJ-0001/cut",
        "/streets/BJ-0001/joint",
        "/streets/BJ-0001/handover",
        "/streets/BJ-0001/patrols",
        "/units/U-0004/streets",
        "/public/streets",
        "/public/streets?q=新华",
        "/public/streets/BJ-0001",
        "/public/units/U-0004",
    ];
    for english in [false, true] {
        let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
        let office = if english { office.english() } else { office };
        for path in paths {
            let page = office
                .get(
                    &path
                        .replace("新华路", "%E6%96%B0%E5%8D%8E%E8%B7%AF")
                        .replace("新华", "%E6%96%B0%E5%8D%8E"),
                )
                .expect(200);
            assert_eq!(page.missing_texts(), Vec::<&str>::new(), "{path}");
            assert!(page.has(if english { "lang=\"en\"" } else { "lang=\"zh-CN\"" }), "{path}");
            let ids: Vec<&str> =
                page.text().split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
            let mut once = ids.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), ids.len(), "ids that appear twice on {path}");
        }
    }
}

fn strangers_see_public_pages_only(t: &TestApp) {
    town(t);
    let stranger = t.public();
    for route in web::all_routes(&t.app)
        .into_iter()
        .map(|(_, route)| route)
        .filter(|r| r.path.contains("street") || r.path.contains("stretch"))
    {
        if route.method != axum::http::Method::GET {
            continue;
        }
        let path = route
            .path
            .replace("{number}", "BJ-0001")
            .replace("{code}", "U-0004")
            .replace("{file}", "BJ-0001.json");
        let page = stranger.get(&path);
        match route.access {
            web::Access::Public => assert_eq!(page.status, 200, "{path}"),
            _ => assert_eq!(page.status, 303, "{path}"),
        }
    }
    let page = stranger.get("/public/streets/BJ-0001").expect(200);
    assert!(page.has("第一中学") && page.has("张**") && !page.has("张三丰") && !page.has("13812341234"));
    assert!(page.has("卫生净好") && page.has("/report?stretch=BJ-0001"));
    stranger.get("/public/streets/BJ-0404").expect(404);
    // a unit that answers for nothing is not published
    stranger.get("/public/units/U-0006").expect(404);
}

fn the_office_keeps_the_register_through_forms(t: &TestApp) {
    town(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let form = "/streets/new?section=S-0001&from=200&to=250";
    let fields = [
        ("adoption_from_m", "200"),
        ("adoption_to_m", "250"),
        ("adoption_unit", "U-0006"),
        ("adoption_leader", "钱七"),
        ("adoption_phone", "0937-6226666"),
        ("adoption_public_phone", "1"),
        ("adoption_standard", "five-goods"),
        ("adoption_from", "2026-03-05"),
    ];
    let mut wrong = fields;
    wrong[0].1 = "100";
    let refused = office.submit(form, "/streets", &wrong).expect(422);
    assert!(
        refused.has("BJ-0001") && refused.has("钱七"),
        "what was typed is kept, and who is there is said"
    );
    let made = office.submit(form, "/streets", &fields).expect(303);
    assert_eq!(made.location().as_deref(), Some("/streets/BJ-0004"));
    assert!(t.public().get("/public/streets/BJ-0004").expect(200).has("0937-6226666"));

    let replaced = office.submit(
        "/streets/BJ-0004/replacement",
        "/streets/BJ-0004/replacement",
        &[("adoption_unit", "U-0004"), ("adoption_first", "2026-03-06"), ("adoption_reason", "轮换")],
    );
    assert_eq!(replaced.expect(303).location().as_deref(), Some("/streets/BJ-0005"));
    let page = office.get("/streets/BJ-0004").expect(200);
    assert!(page.has("BJ-0005") && page.has("2026年3月5日"));
    let cut = office.submit(
        "/streets/BJ-0003/cut",
        "/streets/BJ-0003/cut",
        &[("adoption_at_m", "150"), ("adoption_first", "2026-03-05")],
    );
    assert_eq!(cut.expect(303).location().as_deref(), Some("/streets/BJ-0006"));
    assert!(office.get("/streets/BJ-0006/joint").expect(200).has("BJ-0007"));
    let ended = office.submit(
        "/streets/BJ-0007/end",
        "/streets/BJ-0007/end",
        &[("adoption_how", "mistake"), ("adoption_reason", "登记错了")],
    );
    ended.expect(303);
    assert!(office.get("/streets/BJ-0007").expect(200).has("已撤销"));

    // the unit's head may change the contact and nothing else
    let w = t.test.db.read_now(|tx| people::queries::unit_by_code(tx, "U-0004")).unwrap().unwrap();
    let head = t.member("李建国", vec![grant(Role::UnitHead, &[w.id.raw()])]);
    let own = head.get("/streets/BJ-0001").expect(200);
    assert!(own.has("/streets/BJ-0001/contact") && !own.has("/streets/BJ-0001/replacement"));
    head.submit("/streets/BJ-0001/contact", "/streets/BJ-0001/contact", &[("adoption_leader", "孙八")])
        .expect(303);
    head.get("/streets/BJ-0001/end").expect(403);
    head.get("/streets/BJ-0002/contact").expect(403);
    let found = head.submit(
        "/streets/BJ-0001/patrols",
        "/streets/BJ-0001/findings",
        &[("patrol_what", "果皮箱满了"), ("patrol_along", "100")],
    );
    found.expect(303);
    assert!(head.get("/streets/BJ-0001").expect(200).has("发现 1 处"));

    let saved = office.submit(
        "/streets/settings",
        "/streets/settings/standards",
        &[
            ("standard_code", "three-clean"),
            ("standard_name_zh", "三净"),
            ("standard_name_en", "Three clean"),
            ("standard_items", "路面净 | Clean road\n墙面净 | Clean walls\n绿地净 | Clean green"),
            ("standard_active", "1"),
        ],
    );
    saved.expect(303);
    assert!(office.get(form).expect(200).has("三净"));
    office.submit("/streets/settings", "/streets/settings/leader", &[("leader_shown", "hidden")]).expect(303);
    assert!(!t.public().get("/public/streets/BJ-0001").expect(200).has("孙*"));
}

fn the_register_goes_back_in_time(t: &TestApp) {
    town(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let today = office.get("/streets").expect(200);
    assert!(today.has("BJ-0001") && today.has("BJ-0002"));
    let january = office.get("/streets?date=2026-01-15").expect(200);
    assert!(january.has("BJ-0001") && !january.has(">BJ-0002<") && january.has("2026年1月15日"));
    let coverage = office.get("/streets/coverage?date=2026-01-15").expect(200);
    assert!(coverage.has("没人包"));
    assert!(!office.get("/streets?date=2025-01-15").expect(200).has("BJ-0001"));
    assert!(office.get("/streets?unit=U-0005").expect(200).has("BJ-0002"));
    assert!(!office.get("/streets?unit=U-0005").expect(200).has("BJ-0001"));
    assert!(!office.get("/streets?unit=U-9999").expect(200).has("BJ-0002"));
    office.get("/streets?date=yesterday").expect(422);
}

fn old_signs_lead_to_the_present_unit(t: &TestApp) {
    town(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let done = office.submit(
        "/streets/BJ-0001/replacement",
        "/streets/BJ-0001/replacement",
        &[("adoption_unit", "U-0006"), ("adoption_first", "2026-03-05"), ("adoption_reason", "轮换")],
    );
    assert_eq!(done.expect(303).location().as_deref(), Some("/streets/BJ-0004/handover"));
    let citizen = t.public();
    assert_eq!(
        citizen.get("/public/streets/BJ-0001").location().as_deref(),
        Some("/public/streets/BJ-0004?sign=BJ-0001")
    );
    let page = citizen.visit("/public/streets/BJ-0001");
    assert!(page.has("中医院") && page.has("您扫的责任牌是 BJ-0001"));
    assert!(!citizen.get("/public/streets/BJ-0004").has("您扫的责任牌"));
    // without a successor the page says so
    office
        .submit(
            "/streets/BJ-0003/end",
            "/streets/BJ-0003/end",
            &[("adoption_how", "ended"), ("adoption_until", "2026-03-04"), ("adoption_reason", "停止")],
        )
        .expect(303);
    assert!(citizen.get("/public/streets/BJ-0003").expect(200).has("现在没有单位负责"));
}

fn what_goes_out_comes_in_again(t: &TestApp) {
    town(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    for format in ["csv", "xlsx"] {
        let file = office.get(&format!("/streets?format={format}")).expect(200).bytes;
        // here every number is known already
        let tried = office.upload(
            "/streets/import",
            "/streets/import",
            &[("act", "try")],
            &[("import_file", "register", &file)],
        );
        assert!(tried.expect(200).has("没有重复导入"), "{format}");
        // in a city of the same streets and units they are all taken
        let other = TestApp::new(t.test.engine, features());
        World::new(&other.test);
        let there = other.member("王晓梅", vec![whole_city(Role::Office)]);
        let tried = there.upload(
            "/streets/import",
            "/streets/import",
            &[("act", "try")],
            &[("import_file", "register", &file)],
        );
        let page = tried.expect(200);
        assert!(page.has("可以导入 3 行，不能导入 0 行"), "{format} {}", page.text());
        assert!(there.get("/streets").expect(200).has("还没有包街记录"));
        let token = page
            .text()
            .split("name=\"token\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let done = there.upload(
            "/streets/import",
            "/streets/import",
            &[("act", "import"), ("token", &token), ("file_name", "r")],
            &[],
        );
        done.expect(303);
        assert_eq!(there.get("/streets?format=csv").expect(200).text().lines().count(), 4);
        let (a, b) = (office.get("/api/v1/streets").json(), there.get("/api/v1/streets").json());
        assert_eq!(a, b, "{format}");
    }
}

fn maps_and_programs_read_the_register(t: &TestApp) {
    town(t);
    let anybody = t.public();
    let map = anybody.get("/geo/stretches.json").expect(200);
    let states: Vec<String> = map.json()["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["properties"]["state"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(states.iter().filter(|s| *s == "ok").count(), 3);
    assert_eq!(states.iter().filter(|s| *s == "gap").count(), 3);
    assert!(!map.has("/streets/new") && map.has("/public/streets/BJ-0001"));
    let tag = map.header("etag").to_owned();
    let again = anybody.send(
        axum::http::Method::GET,
        "/geo/stretches.json",
        &[("if-none-match", &tag)],
        axum::body::Body::empty(),
    );
    assert_eq!(again.status, 304);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    assert!(office.get("/geo/stretches.json?links=1").expect(200).has("/streets/new?section="));
    assert!(anybody.get("/geo/stretches/BJ-0001.json").expect(200).has("LineString"));
    let register = anybody.get("/api/v1/streets?date=2026-01-15").expect(200).json();
    assert_eq!(register["items"].as_array().unwrap().len(), 2);
    assert_eq!(register["items"][0]["leader"], "张**");
    assert_eq!(register["items"][0]["phone"], serde_json::Value::Null);
    let page = anybody.get("/api/v1/streets?limit=2").expect(200).json();
    let next = page["next"].as_str().unwrap();
    let rest = anybody.get(&format!("/api/v1/streets?limit=2&after={next}")).expect(200).json();
    assert_eq!((rest["items"].as_array().unwrap().len(), rest["next"].is_null()), (1, true));
    let coverage = anybody.get("/api/v1/streets/coverage").expect(200).json();
    assert_eq!(coverage["gaps"], 3);
    let file = office.get("/streets/coverage?format=csv").expect(200);
    assert_eq!(file.text().lines().count(), 4);
    office.get("/streets/outcomes?format=xlsx").expect(200);
}

/// Two sections of 新华路 end at 胜利路 and have smaller numbers; whoever types its name looks for 胜利路 itself.
fn the_street_that_was_asked_for_comes_first(t: &TestApp) {
    let mut w = World::new(&t.test);
    let draft = road("胜利路", "新华路", "五一街", (at(0.8, 0.5), at(0.8, 1.5)));
    let made = w.act(&w.office(), move |ctx, tx, index| create_section(ctx, tx, index, draft)).unwrap();
    w.sections.push(made);
    for section in [0, 1, 3] {
        w.adopted(section, (0.0, 100.0), SCHOOL, "2026-01-01");
    }
    let page = t.public().get(&format!("/public/streets?q={}", web::ui::encode("胜利路"))).expect(200);
    let heads = ["<th>胜利路</th>", "<th>新华路</th>"].map(|head| page.text().find(head));
    assert!(heads[0].is_some() && heads[0] < heads[1], "{heads:?}");
    let none = t.public().get(&format!("/public/streets?q={}", web::ui::encode("独角兽"))).expect(200);
    assert!(none.has("没有找到“独角兽”") && none.missing_texts().is_empty());
}
