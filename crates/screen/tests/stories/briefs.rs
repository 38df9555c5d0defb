//! The morning's sheet.

use super::world::{EAST, WEST, World, empty, told};
use cases::model::Case;
use cases::queries::{self, Filter};
use kernel::policy::Role;
use kernel::time::{DAY, HOUR};
use testkit::{START, engines, grant, whole_city};
use web::list::Params;

told!(
    five_numbers_are_those_of_their_lists,
    three_problems_with_who_answers_for_them,
    one_thing_that_got_better,
    a_brief_is_read_printed_and_handed_over,
    who_may_read_it_and_of_which_day,
);

/// How many cases a list has.
fn listed(w: &World, href: &str) -> i64 {
    let query = href.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let index = w.known().index;
    w.read(move |ctx, tx| {
        let filter = Filter::read(&Params::parse(&query))?.in_city(&index)?;
        queries::count(ctx, tx, &filter)
    })
}

fn five_numbers_are_those_of_their_lists(w: &World) {
    // a week ago: one that is late ever since; the day before yesterday: two; yesterday: three, of which one closed
    let late = w.report(0, WEST);
    w.dispatch(&late);
    w.t.advance(6 * DAY);
    w.report(0, WEST);
    let answered = w.report(0, EAST);
    w.dispatch(&answered);
    w.t.advance(DAY);
    w.answer(&answered);
    let closed = w.report(1, EAST);
    w.dispatch(&closed);
    w.answer(&closed);
    w.close(&closed);
    w.report(1, EAST);
    w.report(1, WEST);
    w.t.advance(DAY);
    let json = w.office().get("/api/v1/brief").expect(200).json();
    let numbers = json["numbers"].as_array().unwrap();
    let wanted = [
        ("reported", [3, 2, 1]),
        ("answered", [2, 0, 0]),
        ("closed", [1, 0, 0]),
        // the answer of the second came on its last day or the next: what stands is the list's word
        ("overdue", [1, 1, 0]),
    ];
    for (number, (name, counts)) in numbers.iter().zip(wanted) {
        assert_eq!(number["number"], name);
        for (day, count) in number["days"].as_array().unwrap().iter().zip(counts) {
            let list = day["list"].as_str().unwrap();
            assert_eq!(day["count"], listed(w, list), "{name} {list}");
            if name != "overdue" {
                assert_eq!(day["count"], count, "{name} {list}");
            }
        }
    }
    assert!(numbers[3]["days"][0]["count"].as_i64().unwrap() >= 1);
    let rate = &numbers[4]["days"][0];
    let day = w.now().plus(-DAY).date();
    let rates = w.read(move |ctx, tx| queries::total(ctx, tx, day, day));
    assert!(rates.due > 0, "{rates:?}");
    assert_eq!((&rate["count"], &rate["whole"]), (&rates.on_time.into(), &rates.due.into()));
    assert_eq!(listed(w, rate["list"].as_str().unwrap()), rates.due);
    // before the first day nobody counted
    let first = json["numbers"][3]["days"][2]["count"].clone();
    assert!(first.is_i64(), "{first}");
    let early = w.office().get("/api/v1/brief?on=2026-03-05").expect(200).json();
    assert_eq!(early["numbers"][3]["days"][2]["count"], serde_json::Value::Null);
    assert_eq!(early["numbers"][0]["days"][0]["count"], 1);
}

fn three_problems_with_who_answers_for_them(w: &World) {
    assert!(w.office().get("/brief").expect(200).has("没有超期、多人反映或反弹的在办案卷"));
    let late = w.report(0, WEST);
    w.dispatch(&late);
    let closed = w.report(1, EAST);
    w.dispatch(&closed);
    w.answer(&closed);
    w.close(&closed);
    w.t.advance(DAY);
    let again = w.report_again(1, EAST, Some(closed.id));
    w.dispatch(&again);
    let many = w.report(0, WEST);
    for _ in 0..2 {
        let other = w.report(0, WEST);
        w.merge(&other, &many);
    }
    w.t.advance(3 * HOUR);
    let json = w.office().get("/api/v1/brief").expect(200).json();
    let found: Vec<(&str, &str, &str)> = json["troubles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| {
            (t["why"].as_str().unwrap(), t["case_number"].as_str().unwrap(), t["unit"].as_str().unwrap())
        })
        .collect();
    let wanted = [
        ("overdue", late.number.as_str(), "环卫所"),
        ("reported", many.number.as_str(), ""),
        ("again", again.number.as_str(), "环卫所"),
    ];
    assert_eq!(found, wanted);
    let page = w.office().get("/brief").expect(200);
    for words in
        ["超期最久", "另有 2 人", "结案后再次出现", "环卫所", "尚未派遣", "雄关街道 福民街 7 号李四家门口"]
    {
        assert!(page.has(words), "{words}");
    }
    assert!(!page.has("好转"), "nothing is said when nothing did");
}

/// Goes to the morning so many days after the first.
fn morning(w: &World, days: i64) {
    w.t.advance(START.0 + days * DAY - w.now().0);
}

/// Twenty cases due today, so many of them answered a day late.
fn week(w: &World, late: usize) {
    let cases: Vec<Case> = (0..20).map(|_| w.report(0, EAST)).collect();
    for case in &cases {
        w.dispatch(case);
    }
    let (behind, in_time) = cases.split_at(late);
    for case in in_time {
        w.answer(case);
        w.close(case);
    }
    w.t.advance(DAY);
    for case in behind {
        w.answer(case);
        w.close(case);
    }
}

fn one_thing_that_got_better(w: &World) {
    morning(w, 0);
    week(w, 10);
    morning(w, 7);
    week(w, 2);
    morning(w, 9);
    let json = w.office().get("/api/v1/brief").expect(200).json();
    let better = &json["better"];
    assert_eq!(better["measure"], "on-time", "{json}");
    let day = w.now().plus(-DAY).date();
    let from = w.now().plus(-7 * DAY).date();
    let now = w.read(move |ctx, tx| queries::total(ctx, tx, from, day));
    assert_eq!((&better["now"], &better["now_whole"]), (&now.on_time.into(), &now.due.into()));
    assert_eq!(now.on_time, 18);
    let page = w.office().get("/brief").expect(200);
    assert!(page.has("一件好转的事") && page.has("90.00% (18/20)"), "{}", page.text());
}

fn a_brief_is_read_printed_and_handed_over(w: &World) {
    let case = w.report(0, WEST);
    w.dispatch(&case);
    w.t.advance(2 * DAY);
    for client in [w.office(), w.office().english()] {
        let page = client.get("/brief").expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    }
    let page = w.office().get("/brief").expect(200);
    assert!(
        page.has("2026年3月6日 星期五") && page.has("href=\"/cases?from=2026-03-06&#38;until=2026-03-06\""),
        "{}",
        page.text()
    );
    for (kind, start) in [("pdf", &b"%PDF"[..]), ("docx", &b"PK"[..])] {
        let file = w.office().get(&format!("/brief/{kind}?on=2026-03-05")).expect(200);
        assert!(file.bytes.starts_with(start), "{kind}");
        assert!(file.header("content-disposition").contains("brief-2026-03-05"));
    }
    let csv = w.office().get("/brief?format=csv").expect(200);
    assert!(csv.has("上报,0,1,0"), "{}", csv.text());
    assert_eq!(w.office().get("/brief?format=xlsx").expect(200).bytes[..2], *b"PK");
}

fn who_may_read_it_and_of_which_day(w: &World) {
    let case = w.report(0, WEST);
    w.dispatch(&case);
    w.t.advance(DAY);
    for (on, status) in
        [("2026-03-05", 200), ("2026-03-06", 422), ("2027-01-01", 422), ("x", 422), ("1990-01-01", 200)]
    {
        w.office().get(&format!("/brief?on={on}")).expect(status);
        w.office().get(&format!("/api/v1/brief?on={on}")).expect(status);
    }
    w.t.public().get("/api/v1/brief").expect(401);
    w.t.member("派遣", vec![whole_city(Role::Dispatcher)]).get("/api/v1/brief").expect(403);
    w.t.member("派遣", vec![whole_city(Role::Dispatcher)]).get("/brief").expect(403);
    // whoever leads one street reads of that street
    let west = w.t.member("街道", vec![grant(Role::Leader, &[w.west.raw()])]);
    let json = west.get("/api/v1/brief").expect(200).json();
    assert_eq!(json["numbers"][0]["days"][0]["count"], 1);
    let other = w.t.member("街道", vec![grant(Role::Leader, &[999_999])]);
    let json = other.get("/api/v1/brief").expect(200).json();
    assert_eq!(
        (&json["numbers"][0]["days"][0]["count"], &json["troubles"]),
        (&0.into(), &serde_json::json!([]))
    );
}

#[test]
fn an_empty_city_has_a_brief() {
    for engine in engines() {
        let t = empty(engine);
        let office = t.member("文明办", vec![whole_city(Role::Office)]);
        let page = office.get("/brief").expect(200);
        assert!(page.has("没有超期") && !page.has("好转"));
        let json = office.get("/api/v1/brief").expect(200).json();
        assert_eq!(json["numbers"][3]["days"][0]["count"], serde_json::Value::Null);
        assert_eq!((&json["better"], &json["troubles"]), (&serde_json::Value::Null, &serde_json::json!([])));
        office.get("/brief/docx").expect(200);
    }
}
