//! The time machine on its pages: a day's streets and cases, read-only, beside another day.

use super::pages::{adopted, features};
use super::world::{BANK, World};
use cases::commands::{Dispatch, NewCase, accept, submit};
use cases::model::Source;
use kernel::policy::Role;
use kernel::time::{DAY, Instant, parse_date};
use testkit::{TestApp, grant, whole_city};

testkit::stories!(features();
    a_day_is_read_and_not_changed,
    two_days_are_compared,
    days_that_cannot_be_asked_for_say_why,
    programs_ask_for_a_day,
);

/// The town, and a case on 新华路 that the bank has had since 2026-03-05; then three days go by.
fn lived(t: &TestApp) -> String {
    let w = World::new(&t.test);
    adopted(&w);
    let (desk, place, lead) = (w.desk.clone(), w.sections[0].line.point_at(300.0), w.units[BANK]);
    let made = w.act(&w.office(), move |ctx, tx, index| {
        let new = NewCase { place: Some(place), ..NewCase::new(Source::Staff, "路边有垃圾") };
        let case = submit(ctx, tx, &desk, index, "", new)?;
        let item = Some(desk.catalogue.items()[0].id);
        accept(
            ctx,
            tx,
            &desk,
            case.id,
            item,
            "",
            &Dispatch { lead, assisting: Vec::new(), note: String::new() },
        )
    });
    t.advance(3 * DAY);
    made.unwrap().number
}

fn a_day_is_read_and_not_changed(t: &TestApp) {
    let number = lived(t);
    for english in [false, true] {
        let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
        let office = if english { office.english() } else { office };
        for path in [
            "/past",
            "/past?on=2026-03-05",
            "/past?on=2026-01-10&with=2026-03-05",
            "/streets?on=2026-01-15",
            "/streets/BJ-0001?on=2026-02-10",
            "/streets/coverage?on=2026-01-15",
            "/cases?on=2026-03-05",
            "/public/map",
            "/public/map?on=2026-03-05",
        ] {
            let page = office.get(path).expect(200);
            assert_eq!(page.missing_texts(), Vec::<&str>::new(), "{path}");
        }
    }
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let register = office.get("/streets?on=2026-01-15").expect(200);
    assert!(register.has("BJ-0001") && !register.has("BJ-0002"), "the bank came in February");
    assert!(register.has("这是 2026年1月15日当天结束时的情况") && !register.has("href=\"/streets/new"));
    // the way on, back and to now keeps what else was asked for
    let narrow = office.get("/streets?on=2026-01-15&unit=U-0004").expect(200);
    let bar = narrow.text().split("as-of-days").nth(1).unwrap_or_default();
    let bar = bar.split("</form>").next().unwrap_or_default();
    assert!(bar.contains("on=2026%2D01%2D14&#38;unit=U%2D0004"), "{bar}");
    assert!(narrow.has("on=2026%2D02%2D15") && narrow.has("href=\"/streets?unit=U%2D0004\""));
    let stretch = office.get("/streets/BJ-0001?on=2026-02-10").expect(200);
    assert!(!stretch.has("/streets/BJ-0001/replacement"));
    assert!(office.get("/streets/BJ-0001").expect(200).has("/streets/BJ-0001/replacement"));
    let map = office.get("/geo/stretches.json?links=1&on=2026-01-15").expect(200);
    assert!(map.has("/streets/BJ-0001?on=2026-01-15") && !map.has("/streets/new") && !map.has("BJ-0002"));
    // cases: open that day, in time then, although late now
    let list = office.get("/cases?on=2026-03-05&state=open").expect(200);
    assert!(
        list.has(&number) && !list.has("data-bulk") && !list.has("btn btn-primary\" href=\"/cases/new\"")
    );
    assert!(!office.get("/cases?on=2026-03-05&only=overdue").expect(200).has(&number));
    assert!(office.get("/cases?state=open").expect(200).has("data-bulk"));
    let file = office.get("/cases?on=2026-03-05&state=open&format=csv").expect(200);
    assert!(file.has(&number) && file.text().lines().count() == 2);
    let day = office.get("/past?on=2026-03-05").expect(200);
    assert!(
        day.has("农业银行") && day.has("/cases?state=open&#38;on=2026-03-05")
            || day.has("/cases?state=open&amp;on=2026-03-05")
    );
    // a unit sees its own cases, as in the present list
    let school = t.test.db.read_now(|tx| people::queries::unit_by_code(tx, "U-0004")).unwrap().unwrap();
    let other = t.member("李建国", vec![grant(Role::UnitHead, &[school.id.raw()])]);
    assert!(!other.get("/cases?on=2026-03-05").expect(200).has(&number));
    assert!(!other.get("/past?on=2026-03-05").expect(200).has("农业银行"));
    // strangers have the public map of a day, and no more
    let stranger = t.public();
    assert_eq!(stranger.get("/past").status, 303);
    assert!(stranger.get("/public/map?on=2026-03-05").expect(200).has("/geo/cases.json?on=2026-03-05"));
    assert!(stranger.get("/geo/cases.json?on=2026-03-05").expect(200).has(&number));
    assert!(
        stranger.get("/geo/sections.json?on=2024-12-31").expect(200).json()["features"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        stranger.get("/geo/sections.json?on=2026-01-31").expect(200).json()["features"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

fn two_days_are_compared(t: &TestApp) {
    let number = lived(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let page = office.get("/past?on=2026-01-10&with=2026-03-07").expect(200);
    let row = page.text().split("<tr>").find(|row| row.contains("250–")).unwrap_or_default();
    let row = row.split("</tr>").next().unwrap_or_default().to_owned();
    assert!(row.contains("没人包") && row.contains("农业银行"), "{row}");
    assert!(page.has("期间上报") && page.has("from=2026-01-11"));
    // the same the other way round
    let turned = office.get("/past?on=2026-03-07&with=2026-01-10").expect(200);
    assert!(turned.text().contains(&row));
    let file = office.get("/past?on=2026-01-10&with=2026-03-07&format=csv").expect(200);
    assert!(file.has("农业银行") && file.text().lines().count() == 2, "{}", file.text());
    office.get("/past?on=2026-01-10&with=2026-03-07&format=xlsx").expect(200);
    let units = office.get("/past?on=2026-03-05&format=csv").expect(200);
    assert!(
        units.header("content-disposition").contains("2026%2D03%2D05"),
        "the file says of which day it is"
    );
    assert!(units.has("农业银行,1,0"), "{}", units.text());
    assert!(office.get("/cases?from=2026-01-11&until=2026-03-07").expect(200).has(&number));
}

fn days_that_cannot_be_asked_for_say_why(t: &TestApp) {
    lived(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let next = Instant(t.test.db.now().0 + DAY).date();
    for page in ["/past", "/streets", "/streets/BJ-0001", "/cases", "/public/map"] {
        let future = office.get(&format!("{page}?on={next}")).expect(422);
        assert!(future.has("这一天还没有到"), "{page}");
        let early = office.get(&format!("{page}?on=2019-12-31")).expect(422);
        assert!(early.has("最早可以看 202"), "{page}");
        for nonsense in ["yesterday", "2026-02-30", "0"] {
            assert!(
                office.get(&format!("{page}?on={nonsense}")).expect(422).has("要填日期"),
                "{page} {nonsense}"
            );
        }
    }
    office.get(&format!("/past?with={next}")).expect(422);
    office.get("/past?with=abc").expect(422);
    office.get("/geo/cases.json?on=2019-12-31").expect(422);
    office.get("/geo/stretches.json?on=abc").expect(422);
    office.get("/geo/sections.json?on=abc").expect(422);
}

fn programs_ask_for_a_day(t: &TestApp) {
    let number = lived(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let then = office.get("/api/v1/past?on=2026-03-05").expect(200).json();
    assert_eq!((&then["day"]["open"], &then["day"]["overdue"]), (&1.into(), &0.into()));
    assert_eq!((&then["day"]["reported"], &then["day"]["closed"]), (&1.into(), &0.into()));
    assert_eq!(then["day"]["units"][0]["name"], "农业银行");
    assert_eq!(then["day"]["gaps"], 3);
    let both = office.get("/api/v1/past?on=2026-01-10&with=2026-03-05").expect(200).json();
    assert_eq!(both["day"]["open"], 0, "before the first case there is only the register");
    assert_eq!(both["difference"]["streets"][0]["before"].as_array().unwrap().len(), 0);
    assert_eq!(both["difference"]["streets"][0]["after"][0], "农业银行");
    assert_eq!(both["difference"]["reported"], 1);
    let cases = office.get("/api/v1/cases?on=2026-03-05&state=open").expect(200).json();
    assert_eq!(cases["items"][0]["number"], number.as_str());
    assert_eq!(office.get("/api/v1/cases?on=2031-01-01").status, 422);
    let register = office.get("/api/v1/streets?on=2026-01-15").expect(200).json();
    assert_eq!(register["items"].as_array().unwrap().len(), 2);
    assert_eq!(office.get("/api/v1/streets?on=2031-01-01").status, 422);
    assert!(parse_date(register["date"].as_str().unwrap()).is_some());
    t.public().get("/api/v1/past").expect(401);
}
