//! What the wall says is what the lists and the statistics say.

use super::world::{EAST, WEST, World, empty, told};
use cases::queries::{self, Filter};
use kernel::policy::Role;
use kernel::time::{DAY, HOUR, Instant};
use screen::area::Area;
use screen::figures::{self, Hours};
use testkit::{engines, grant};
use web::list::Params;

told!(
    every_number_is_that_of_the_list_it_opens,
    the_two_rates_are_those_of_the_statistics,
    places_add_up_to_the_city,
    hours_are_compared_with_the_same_weekday,
    nothing_on_the_wall_was_written_by_people,
    who_may_look_and_what_they_see,
    letters_are_counted_and_nobody_is_named,
);

/// Six cases: one of yesterday is late, one closed, one answered, the others as they came.
fn busy(w: &World) {
    let late = w.report(0, WEST);
    w.dispatch(&late);
    w.t.advance(DAY);
    let closed = w.report(0, WEST);
    w.dispatch(&closed);
    w.answer(&closed);
    w.rework(&closed);
    w.answer(&closed);
    w.close(&closed);
    let answered = w.report(1, EAST);
    w.dispatch(&answered);
    w.answer(&answered);
    let handled = w.report(1, EAST);
    w.dispatch(&handled);
    w.report(0, EAST);
    w.report(1, WEST);
}

/// Labels and addresses of the tiles.
fn tiles(page: &str) -> Vec<(String, String, String)> {
    let cut = |text: &str, from: &str, to: &str| {
        text.split(from).nth(1).and_then(|t| t.split(to).next()).unwrap_or_default().to_owned()
    };
    page.split("<a class=\"wall-tile")
        .skip(1)
        .map(|tile| {
            (
                cut(tile, "wall-tile-label\">", "<"),
                cut(tile, "wall-tile-value\">", "<"),
                cut(tile, "href=\"", "\"").replace("&#38;", "&").replace("&amp;", "&"),
            )
        })
        .collect()
}

/// How many cases a list has.
fn listed(w: &World, href: &str) -> i64 {
    let query = href.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let index = w.known().index;
    w.read(move |ctx, tx| {
        let filter = Filter::read(&Params::parse(&query))?.in_city(&index)?;
        queries::count(ctx, tx, &filter)
    })
}

fn every_number_is_that_of_the_list_it_opens(w: &World) {
    busy(w);
    let of_city = [
        ("今日上报", "5"),
        ("今日反馈", "2"),
        ("今日结案", "1"),
        ("在办", "5"),
        ("24 小时内到期", "3"),
        ("超期", "1"),
    ];
    let of_east = [
        ("今日上报", "3"),
        ("今日反馈", "1"),
        ("今日结案", "0"),
        ("在办", "3"),
        ("24 小时内到期", "2"),
        ("超期", "0"),
    ];
    for (address, wanted) in [("/screen", of_city), ("/screen?area=620201002", of_east)] {
        let page = w.office().get(address).expect(200);
        let tiles = tiles(page.text());
        assert_eq!(tiles.len(), 8, "{address}");
        for ((label, value, href), (name, count)) in tiles.iter().zip(wanted) {
            assert_eq!((label.as_str(), value.as_str()), (name, count), "{address}");
            assert_eq!(listed(w, href).to_string(), count, "{label} {href}");
        }
    }
    let json = w.office().get("/api/v1/screen").expect(200).json();
    for (name, count) in
        [("reported", 5), ("answered", 2), ("closed", 1), ("open", 5), ("soon", 3), ("overdue", 1)]
    {
        assert_eq!(json[name], count, "{name}");
    }
    assert_eq!(json["area"], serde_json::Value::Null);
    w.office().get("/screen?area=999").expect(422);
    w.office().get("/api/v1/screen?area=x").expect(422);
    w.office().get("/screen?display=SD-0001").expect(404);
}

fn the_two_rates_are_those_of_the_statistics(w: &World) {
    busy(w);
    let today = w.now().date();
    let rates = w.read(move |ctx, tx| queries::total(ctx, tx, today.first_of_month(), today));
    assert!(rates.due >= 2 && rates.rework == 1 && rates.on_time == 1, "{rates:?}");
    let tiles = tiles(w.office().get("/screen").expect(200).text());
    let on_time = web::show::percent(rates.on_time, rates.due);
    let rework = web::show::percent(rates.rework, rates.handled);
    assert_eq!((tiles[6].1.as_str(), tiles[7].1.as_str()), (on_time.as_str(), rework.as_str()));
    let page = w.office().get("/statistics").expect(200);
    assert!(page.has(&on_time) && page.has(&rework));
    assert_eq!((listed(w, &tiles[6].2), listed(w, &tiles[7].2)), (rates.on_time, rates.rework));
    let json = w.office().get("/api/v1/screen").expect(200).json();
    assert_eq!((&json["month_due"], &json["month_rework"]), (&rates.due.into(), &rates.rework.into()));
}

fn places_add_up_to_the_city(w: &World) {
    busy(w);
    let json = w.office().get("/api/v1/screen").expect(200).json();
    let lines = |name: &str| -> Vec<(String, i64, i64)> {
        let rows = json[name].as_array().unwrap().iter();
        let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
        rows.map(|r| (text(&r["name"]), r["open"].as_i64().unwrap(), r["overdue"].as_i64().unwrap()))
            .collect()
    };
    assert_eq!(lines("areas"), [("雄关街道".to_owned(), 2, 1), ("钢城街道".to_owned(), 3, 0)]);
    assert_eq!(lines("kinds"), [("违章搭建".to_owned(), 3, 0), ("暴露垃圾".to_owned(), 2, 1)]);
    // a street of its own has one row: itself
    let west = w.office().get("/api/v1/screen?area=620201001").expect(200).json();
    assert_eq!((&west["areas"][0]["code"], &west["areas"][0]["open"]), (&"620201001".into(), &2.into()));
    assert_eq!(west["open"], 2);
}

fn hours_are_compared_with_the_same_weekday(w: &World) {
    // the first Thursday at 09:31, two of them; a week later one; then today
    let first = w.now();
    w.report(0, WEST);
    w.report(0, EAST);
    w.t.advance(7 * DAY);
    w.report(0, WEST);
    w.t.advance(7 * DAY + HOUR);
    w.report(0, WEST);
    let area = Area::of(&w.known().index, None);
    let hours = w.read(move |ctx, tx| Hours::read(ctx, tx, &area.divisions));
    assert_eq!((hours.weeks, hours.now), (2, 10));
    assert_eq!((hours.today[10], hours.total()), (1, 1));
    assert_eq!((hours.sums[9], hours.usual_tenths(9)), (3, Some(15)));
    let west = Area::of(&w.known().index, w.known().index.by_code("620201001").map(|n| n.id));
    let hours = w.read(move |ctx, tx| Hours::read(ctx, tx, &west.divisions));
    assert_eq!((hours.weeks, hours.sums[9], hours.usual_tenths(9)), (2, 2, Some(10)));
    assert!(
        w.office().get("/screen").expect(200).has("今日已上报 1 件；平常到这个小时约 1.5 件（2 周平均）")
    );
    let json = w.office().get("/api/v1/screen").expect(200).json();
    assert_eq!(
        (&json["hours"][9]["usual"], &json["hours"][11]["today"]),
        (&1.5.into(), &serde_json::Value::Null)
    );
    assert!(first < w.now());
}

fn nothing_on_the_wall_was_written_by_people(w: &World) {
    busy(w);
    let page = w.office().get("/screen").expect(200);
    let dots = w.office().get("/screen/map.json").expect(200);
    for words in ["王大妈", "李四", "福民街", "堆了三天", "工作人员", "环卫所"] {
        assert!(!page.has(words) && !dots.has(words), "{words} stands on the wall");
    }
    // dots of open confirmed cases, with their kinds alone
    let features = dots.json()["features"].as_array().unwrap().clone();
    assert_eq!(features.len(), 3);
    for feature in &features {
        let names: Vec<&String> = feature["properties"].as_object().unwrap().keys().collect();
        assert_eq!(names, ["layer", "state", "title"]);
    }
    // the ticker: what moved, where the registers say it was
    assert!(page.has("tick-state\">已结案") && page.has("tick-place\">雄关街道"), "{}", page.text());
    for client in [w.office(), w.office().english()] {
        for path in ["/screen", "/screen/panels", "/screen?area=620201001"] {
            let page = client.get(path).expect(200);
            assert!(page.missing_texts().is_empty(), "{path} {:?}", page.missing_texts());
            assert!(!page.has(" style=\"") && !page.has("<script>"));
        }
    }
    // as a part it is only the panels
    let part = w.office().get_part("/screen/panels").expect(200);
    assert!(part.has("data-part=\"figures\"") && !part.has("<html"));
}

fn who_may_look_and_what_they_see(w: &World) {
    busy(w);
    for path in ["/screen", "/screen/panels", "/screen/map.json", "/brief", "/brief/pdf"] {
        let to = w.t.public().get(path).location().unwrap();
        assert!(to.starts_with("/sign-in"), "{path} {to}");
        for role in [Role::UnitClerk, Role::UnitHead, Role::Inspector, Role::SystemAdmin, Role::Auditor] {
            let person = w.t.member("甲", vec![grant(role, &[w.cleaning.raw()])]);
            person.get(path).expect(403);
        }
    }
    w.t.public().get("/api/v1/screen").expect(401);
    // the dispatcher of one street counts that street's cases
    let street = w.t.member("街道", vec![grant(Role::Dispatcher, &[w.west.raw()])]);
    let json = street.get("/api/v1/screen").expect(200).json();
    assert_eq!((&json["open"], &json["overdue"]), (&2.into(), &1.into()));
    street.get("/brief").expect(403);
}

fn letters_are_counted_and_nobody_is_named(w: &World) {
    busy(w);
    let json = w.office().get("/api/v1/screen").expect(200).json();
    let open: i64 = json["letters"].as_array().unwrap().iter().map(|l| l["open"].as_i64().unwrap()).sum();
    let counted = w.read(|ctx, tx| {
        let filter =
            ladder::queries::Filter { show: Some(ladder::queries::Show::Open), ..Default::default() };
        ladder::queries::count(ctx, tx, &filter)
    });
    assert_eq!(open, counted);
    // one by hand, about a case of the west
    let (known, case) = (w.known(), w.report(0, WEST));
    w.dispatch(&case);
    let id = case.id;
    w.act(Role::Office, move |ctx, tx, desk| {
        let ask = ladder::commands::Proposal {
            rung: ladder::model::Rung::Letter,
            answer_by: Some(ctx.now.plus(DAY)),
            text: "请于期限前办结".to_owned(),
        };
        cases::commands::supervise(ctx, tx, desk, id, &ask).map(drop)
    });
    for (area, letters) in [(None, 1), (Some("620201001"), 1), (Some("620201002"), 0)] {
        let area = Area::of(&known.index, area.and_then(|code| known.index.by_code(code)).map(|n| n.id));
        let with = known.clone();
        let figures = w.read(move |ctx, tx| figures::read(ctx, tx, &with, &area));
        let of: i64 = figures.letters.rungs.iter().map(|(_, n)| n).sum();
        assert_eq!(of - if letters == 1 { open } else { 0 }, letters);
    }
}

#[test]
fn an_empty_city_has_a_wall() {
    for engine in engines() {
        let t = empty(engine);
        let office = t.member("文明办", vec![testkit::whole_city(Role::Office)]);
        let page = office.get("/screen").expect(200);
        for words in
            ["没有在办的案卷", "还没有录入区划", "近期没有进展", "没有未了结的函件", "还没有往周的数据可比"]
        {
            assert!(page.has(words), "{words}");
        }
        let json = office.get("/api/v1/screen").expect(200).json();
        assert_eq!((&json["open"], &json["month_due"]), (&0.into(), &0.into()));
        assert_eq!(office.get("/screen/map.json").expect(200).json()["features"], serde_json::json!([]));
        assert!(Instant(0) < t.test.db.now());
    }
}
