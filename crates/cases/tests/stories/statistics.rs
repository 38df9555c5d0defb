//! Rates by source and by area, the heat map, and places of units only while their switch is on.

use super::world::{CLEANING, World};
use cases::evidence::UNIT_RANKING;
use cases::model::Source;
use cases::queries::{Group, Scope, by_group, by_group_in, total, total_in};
use kernel::policy::Role;
use kernel::time::Date;
use kernel::workflow::Named;
use testkit::http::Client;
use testkit::{TestApp, grant, whole_city};
use web::Feature;

fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature()]
}

testkit::stories!(features();
    every_source_has_its_row_and_every_row_its_cases,
    squares_hold_the_cases_that_they_open,
    units_have_places_only_while_the_switch_is_on,
    a_city_that_is_its_own_county_shows_its_streets_at_once,
    programs_read_the_same_numbers,
    nonsense_is_refused,
);

const HERE: (f64, f64) = (98.277, 39.772);
const ALWAYS: &str = "from=2000-01-01&until=2099-12-31";

fn office(t: &TestApp) -> Client<'_> {
    t.member("王晓梅", vec![whole_city(Role::Office)])
}

fn always() -> (Date, Date) {
    ("2000-01-01".parse().unwrap(), "2099-12-31".parse().unwrap())
}

/// How many cases a list has, by its own count.
fn count(office: &Client<'_>, href: &str) -> usize {
    let page = office.get(&href.replacen("/cases?", "/cases/count?", 1).replace("&amp;", "&")).expect(200);
    let head = page.text().split("<h1").nth(1).and_then(|h| h.split("</h1>").next()).unwrap_or_default();
    let head = head.split_once('>').map_or("", |(_, text)| text);
    head.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

fn every_source_has_its_row_and_every_row_its_cases(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    for text in ["积水", "垃圾"] {
        w.dispatched(text, CLEANING);
    }
    let (from, until) = always();
    let ctx = w.office();
    t.test
        .db
        .read_now(move |tx| {
            let rows = by_group(&ctx, tx, Group::Source, from, until)?;
            let all = total(&ctx, tx, from, until)?;
            assert_eq!(rows.iter().map(|r| r.due).sum::<i64>(), all.due);
            assert!(rows.iter().all(|r| Group::source(r.key).is_some()), "{rows:?}");
            // every source there is has a place of its own
            let places: Vec<Source> = (1..).map_while(Group::source).collect();
            assert_eq!(places, Source::ALL);
            // the parts are those of the whole
            let by_cell = by_group_in(&ctx, tx, Group::Grid, (from, until), &Scope::default())?;
            assert_eq!(by_cell.iter().map(|r| r.due).sum::<i64>(), all.due);
            let nowhere = Scope { divisions: vec![1], ..Scope::default() };
            assert_eq!(total_in(&ctx, tx, (from, until), &nowhere)?.due, 0);
            Ok(())
        })
        .unwrap();
    let office = office(t);
    let page = office.get(&format!("/statistics?by=source&{ALWAYS}")).expect(200);
    let link = page.text().split("class=\"cell-title\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(
        link.contains("&amp;source=") || link.contains("&source=") || link.contains("&#38;source="),
        "{link}"
    );
    assert_eq!(count(&office, &link.replace("&#38;", "&")), 2);
    for client in [&office, &office_in_english(t)] {
        for path in ["by=source", "by=area"] {
            let page = client.get(&format!("/statistics?{path}&{ALWAYS}")).expect(200);
            assert_eq!(page.missing_texts(), Vec::<&str>::new(), "{path}");
        }
    }
    let csv = office.get(&format!("/statistics?by=area&{ALWAYS}&format=csv")).expect(200);
    assert!(csv.has("去年同期结案率") && csv.has("合计,2,"), "{}", csv.text());
}

fn office_in_english(t: &TestApp) -> Client<'_> {
    office(t).english()
}

fn squares_hold_the_cases_that_they_open(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    for _ in 0..3 {
        w.pinned("垃圾", 0, HERE);
    }
    w.pinned("垃圾", 0, (HERE.0 + 0.02, HERE.1));
    let office = office(t);
    let csv = office.get(&format!("/statistics/heat?{ALWAYS}&format=csv")).expect(200);
    let counts: Vec<&str> = csv.text().lines().skip(1).filter_map(|l| l.split(',').nth(1)).collect();
    assert_eq!(counts, ["3", "1"], "{}", csv.text());
    let map = office.get(&format!("/geo/heat.json?{ALWAYS}")).expect(200).json();
    let squares = map["features"].as_array().unwrap();
    assert_eq!(squares.len(), 2);
    for (square, cases) in squares.iter().zip([3, 1]) {
        assert_eq!(count(&office, square["properties"]["href"].as_str().unwrap()), cases);
    }
    assert!(squares[0]["properties"]["weight"].as_f64() > squares[1]["properties"]["weight"].as_f64());
    for client in [&office, &office_in_english(t)] {
        let page = client.get(&format!("/statistics/heat?{ALWAYS}&side=100")).expect(200);
        assert_eq!(page.missing_texts(), Vec::<&str>::new());
        assert!(page.has("heat-key-2"), "two shades");
    }
    assert!(
        office.get("/statistics/heat?from=2001-01-01&until=2001-01-02").expect(200).has("没有带位置的案卷")
    );
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    clerk.get("/statistics/heat").expect(403);
    clerk.get("/geo/heat.json").expect(403);
    t.public().get("/statistics/heat").expect(303);
}

fn units_have_places_only_while_the_switch_is_on(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    w.dispatched("积水", CLEANING);
    let office = office(t);
    let at = format!("/statistics?by=unit&{ALWAYS}");
    assert!(!office.get(&at).expect(200).has("名次"), "off unless somebody turns it on");
    let last: Date = t.test.db.now().date();
    w.act(&w.office(), move |ctx, tx, _| UNIT_RANKING.turn_on(tx, ctx, "备案时已说明", last)).unwrap();
    assert!(office.get(&at).expect(200).has("名次"));
    assert!(!office.get(&format!("/statistics?by=item&{ALWAYS}")).expect(200).has("名次"), "units only");
    t.advance(kernel::time::DAY);
    assert!(!office.get(&at).expect(200).has("名次"), "it ends by itself");
}

const DIVISIONS: &str = "code,name\n620200,嘉峪关市\n620201,嘉峪关市区\n620201001,雄关街道\n620201002,钢城街道\n\
    620201001001,建设社区\n620201001002,友谊社区\n";

/// Five cases: of the city, its one county, a street, a community of that street, another street.
fn areas(t: &TestApp) -> World<'_> {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let founding = places::setup::Founding { divisions: DIVISIONS, ..places::setup::Founding::default() };
    w.act(&t.test.ctx_system(), move |ctx, tx, _| places::setup::city(ctx, tx, &founding)).unwrap();
    let schema = match &t.test.location {
        store::Location::Server { schema, .. } => format!("{schema}."),
        store::Location::Embedded { .. } => String::new(),
    };
    for code in ["620200", "620201", "620201001", "620201001001", "620201002"] {
        let case = w.dispatched("垃圾", CLEANING);
        let division = t.test.db.read_now(|tx| places::queries::division_by_code(tx, code)).unwrap();
        let text = format!(
            "update {schema}case_file set division_id = {} where id = {}",
            division.id.raw(),
            case.id.raw()
        );
        store::db::tamper(&t.test.location, &text).unwrap();
    }
    w
}

fn a_city_that_is_its_own_county_shows_its_streets_at_once(t: &TestApp) {
    areas(t);
    let office = office(t);
    let table = office.get(&format!("/api/v1/statistics?by=area&{ALWAYS}")).expect(200).json();
    let rows = table["rows"].as_array().unwrap();
    let names: Vec<&str> = rows.iter().map(|r| r["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(
        names.contains(&"雄关街道") && names.contains(&"钢城街道") && !names.contains(&"嘉峪关市区"),
        "{names:?}"
    );
    assert_eq!((&table["of"], &table["total"]["due"]), (&"division".into(), &5.into()));
    // each row opens to as many cases as it counts: those of no finer division too
    for row in rows {
        let (due, cases) = (row["due"].as_u64().unwrap(), row["cases"].as_str().unwrap());
        assert_eq!(count(&office, &format!("/cases?{cases}")) as u64, due, "{cases}");
        let listed = office.get(&format!("/api/v1/cases?{cases}")).expect(200).json();
        assert_eq!(listed["items"].as_array().unwrap().len() as u64, due, "{cases}");
    }
    let street = rows.iter().find(|r| r["name"] == "雄关街道").unwrap();
    assert_eq!(street["due"], 2);
    assert!(!street["cases"].as_str().unwrap().contains(','), "one division, however many lie below it");
    let below = street["below"].as_str().unwrap();
    let below = office.get(&format!("/api/v1/statistics?{below}")).expect(200).json();
    assert_eq!((&below["total"]["due"], below["rows"].as_array().unwrap().len()), (&2.into(), 2));
    // a division is named by its code
    for (code, cases) in
        [("620200", 5), ("620201", 4), ("620201001", 2), ("620201001001", 1), ("620201001002", 0)]
    {
        assert_eq!(count(&office, &format!("/cases?area={code}")), cases, "{code}");
    }
    let list = office.get("/cases?area=620201001").expect(200);
    assert!(list.has("雄关街道") && list.missing_texts().is_empty());
    assert_eq!(office.get("/cases?area=620999").status, 422);
    assert_eq!(office.get("/api/v1/cases?area=moon").status, 422);
}

fn programs_read_the_same_numbers(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    w.closed("垃圾", CLEANING);
    w.dispatched("垃圾", CLEANING);
    w.pinned("垃圾", 0, HERE);
    let office = office(t);
    for by in ["unit", "item", "source", "division", "section", "area"] {
        let table = office.get(&format!("/api/v1/statistics?by={by}&{ALWAYS}")).expect(200).json();
        let all = &table["total"];
        assert_eq!(
            (&all["due"], &all["closed"], &all["closing_rate"]),
            (&2.into(), &1.into(), &50.0.into()),
            "{by}"
        );
        assert!(all["satisfied_rate"].is_null(), "nobody has said");
        for row in table["rows"].as_array().unwrap() {
            let listed =
                office.get(&format!("/api/v1/cases?{}", row["cases"].as_str().unwrap())).expect(200).json();
            assert_eq!(
                listed["items"].as_array().unwrap().len() as u64,
                row["due"].as_u64().unwrap(),
                "{by}"
            );
        }
    }
    // 环比: a month later, with a month before it to compare with
    t.advance(31 * kernel::time::DAY);
    let next = office_again(t);
    w.closed("垃圾", CLEANING);
    let month = next.get("/api/v1/statistics?from=2026-04-01&until=2026-04-30").expect(200).json();
    assert!(month["total"]["closing_year"].is_null(), "nothing was due a year ago");
    let changed = &month["total"]["closing_previous"];
    assert_eq!((&month["total"]["closing_rate"], changed), (&100.0.into(), &50.0.into()), "{month}");
    let heat = next.get(&format!("/api/v1/statistics/heat?{ALWAYS}&side=100")).expect(200).json();
    assert_eq!(
        (&heat["cases"], &heat["squares"][0]["count"], &heat["side"]),
        (&1.into(), &1.into(), &100.into())
    );
    let there = heat["squares"][0]["cases"].as_str().unwrap();
    assert_eq!(
        next.get(&format!("/api/v1/cases?{there}")).expect(200).json()["items"].as_array().unwrap().len(),
        1
    );
    for path in ["/api/v1/statistics", "/api/v1/statistics/heat"] {
        t.public().get(path).expect(401);
        t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]).get(path).expect(403);
    }
    for path in
        ["statistics?by=moon", "statistics?from=x", "statistics?by=area&within=1", "statistics/heat?side=7"]
    {
        assert_eq!(next.get(&format!("/api/v1/{path}")).status, 422, "{path}");
    }
}

fn office_again(t: &TestApp) -> Client<'_> {
    office(t)
}

fn nonsense_is_refused(t: &TestApp) {
    let office = office(t);
    for path in [
        "/statistics?by=moon",
        "/statistics?by=area&within=99",
        "/statistics?by=area&within=x",
        "/statistics?by=area&grid=12",
        "/statistics/heat?side=7",
        "/statistics/heat?source=moon",
        "/statistics/heat?item=moon",
        "/statistics/heat?from=2026-02-02&until=2026-02-01",
        "/geo/heat.json?side=7",
        "/cases?area=1,2,3",
        "/cases?area=4,3,2,1",
        "/cases?area=NaN,1,2,3",
        "/cases?along=9-1",
        "/cases?divisions=1,x",
    ] {
        assert_eq!(office.get(path).status, 422, "{path}");
    }
}
