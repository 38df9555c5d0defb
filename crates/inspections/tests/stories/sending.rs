//! Who goes where.

use super::world::{World, told};
use axum::http::Method;
use inspections::commands::{self, Wanted};
use inspections::model::{Draft, Inspection};
use inspections::queries::{self, Visits};
use kernel::ctx::{Member, Person};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::DAY;
use serde_json::json;
use std::collections::HashSet;
use testkit::{Client, whole_city};

told!(
    visits_are_divided_evenly_and_nobody_goes_home,
    what_cannot_be_divided_is_said,
    whoever_was_there_goes_elsewhere,
    a_visit_is_moved_by_hand,
    a_point_that_stands_in_is_visited_by_the_same_people,
    an_inspector_sees_their_own_day,
    the_office_sends_on_its_pages,
);

/// Inspectors of the market bureau, the western and the eastern street.
fn inspectors(w: &World) -> Vec<Id<Person>> {
    let ctx = w.t.test.ctx_system();
    let inner = ctx.clone();
    let made = w.t.test.db.write_now(&ctx, move |tx| {
        let ctx = &inner;
        let root = people::queries::root(tx)?.ok_or_else(Problem::not_found)?;
        let mut made = Vec::new();
        for (login, name, unit) in
            [("ins-1", "甲", "市场局"), ("ins-2", "乙", "雄关街道办"), ("ins-3", "丙", "钢城街道办")]
        {
            let unit = people::setup::unit(tx, ctx, &root, unit, "", "bureau")?;
            let hash = "nobody signs in with it".to_owned();
            let roles = [(Role::Inspector, &root)];
            made.push(people::setup::person(tx, ctx, &unit, login, name, hash, false, &roles)?.id);
        }
        Ok(made)
    });
    made.unwrap()
}

fn send(w: &World, of: &Inspection, people: &[(Id<Person>, Option<&str>)]) -> Result<Visits> {
    let wanted: Vec<Wanted> = people
        .iter()
        .map(|(person, out)| Wanted { person: *person, division: out.map(str::to_owned) })
        .collect();
    let (number, version) = (of.number.clone(), w.whole(&of.number).inspection.version);
    w.act(move |ctx, tx, index| commands::send(ctx, tx, index, (&number, version), &wanted))?;
    Ok(visits(w, &of.number))
}

fn visits(w: &World, number: &str) -> Visits {
    let (ctx, number) = (w.ctx(), number.to_owned());
    w.t.test.db.read_now(move |tx| queries::visits_of(&ctx, tx, &number)).unwrap().1
}

fn who(visits: &Visits, person: Id<Person>) -> Vec<&queries::Stop> {
    visits.stops.iter().filter(|s| s.visit.person_id == person).collect()
}

fn visits_are_divided_evenly_and_nobody_goes_home(w: &World) {
    let people = inspectors(w);
    let drawn = w.drawn(w.draft());
    let (west, east) = (Some("620201001"), Some("620201002"));
    let all = [(people[0], None), (people[1], west), (people[2], east)];
    let found = send(w, &drawn, &all).unwrap();
    // eight points, three of them twice
    assert_eq!(found.stops.len(), 11);
    let loads: Vec<usize> = people.iter().map(|p| who(&found, *p).len()).collect();
    assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1, "{loads:?}");
    assert!(who(&found, people[1]).iter().all(|s| s.point.division == "620201002"));
    assert!(who(&found, people[2]).iter().all(|s| s.point.division == "620201001"));
    for stop in found.stops.iter().filter(|s| s.visit.second) {
        let first = found.stops.iter().find(|s| s.point.id == stop.point.id && !s.visit.second).unwrap();
        assert_ne!(first.visit.person_id, stop.visit.person_id);
    }
    let days: HashSet<String> = found.stops.iter().map(|s| s.visit.day.to_string()).collect();
    assert!(
        days.len() > 1
            && found.stops.iter().all(|s| s.visit.day >= drawn.from_date && s.visit.day <= drawn.until_date)
    );
    // the same again
    let again = send(w, &drawn, &[all[2], all[0], all[1]]).unwrap();
    let key = |v: &Visits| -> Vec<_> {
        v.stops
            .iter()
            .map(|s| (s.visit.person_id, s.visit.day, s.visit.day_place, s.point.number.clone()))
            .collect()
    };
    assert_eq!(key(&again), key(&found));
}

fn what_cannot_be_divided_is_said(w: &World) {
    let people = inspectors(w);
    let drawn = w.drawn(Draft { second_percent: 0, ..w.draft() });
    let refused = send(w, &drawn, &[(people[1], Some("620201001"))]).unwrap_err();
    assert_eq!(refused.code, "inspection-blocked");
    assert!(refused.args[0].1.contains("（乙）"), "{refused:?}");
    let refused = send(w, &drawn, &[]).unwrap_err();
    assert_eq!(refused.fields[0].code, "required");
    let refused = send(w, &drawn, &[(Id::new(77), None)]).unwrap_err();
    assert_eq!(refused.fields[0].code, "not-a-choice");
    let twice = w.drawn(Draft { second_percent: 100, exclude_months: 0, ..w.draft() });
    let refused = send(w, &twice, &[(people[0], None)]).unwrap_err();
    assert_eq!(refused.code, "inspection-blocked-second");
    let planned = w.planned(w.draft());
    assert_eq!(send(w, &planned, &[(people[0], None)]).unwrap_err().code, "inspection-not-running");
}

fn whoever_was_there_goes_elsewhere(w: &World) {
    let people = inspectors(w);
    let draft = || Draft { second_percent: 0, exclude_months: 0, by_division: false, ..w.draft() };
    // all points of a type, so that the same come again
    let all = || Draft { amounts: [("toilet".to_owned(), 4)].into(), ..draft() };
    let two = [(people[0], None), (people[2], None)];
    let first = w.drawn(all());
    let before = send(w, &first, &two).unwrap();
    let second = w.drawn(all());
    let after = send(w, &second, &two).unwrap();
    for stop in &after.stops {
        let last = before.stops.iter().find(|s| s.point.number == stop.point.number).unwrap();
        assert_ne!(last.visit.person_id, stop.visit.person_id, "{}", stop.point.number);
    }
}

fn a_visit_is_moved_by_hand(w: &World) {
    let people = inspectors(w);
    let drawn = w.drawn(w.draft());
    let found =
        send(w, &drawn, &[(people[0], None), (people[1], Some("620201001")), (people[2], None)]).unwrap();
    let stop =
        found.stops.iter().find(|s| s.visit.person_id == people[0] && !s.point.second).unwrap().clone();
    let go = |person: Id<Person>, point: &str, day: i64, why: &str| {
        let to = commands::Move {
            point: point.to_owned(),
            second: false,
            person,
            day: w.t.test.db.now().plus(day * DAY).date(),
            reason: why.to_owned(),
        };
        let (number, version) = (drawn.number.clone(), w.whole(&drawn.number).inspection.version);
        w.act(move |ctx, tx, index| commands::reassign(ctx, tx, index, (&number, version), &to))
    };
    assert_eq!(go(people[2], &stop.point.number, 1, " ").unwrap_err().fields[0].field, "inspection_reason");
    assert_eq!(go(people[2], &stop.point.number, 30, "x").unwrap_err().fields[0].field, "inspection_day");
    go(people[2], &stop.point.number, 1, "甲请假").unwrap();
    let after = visits(w, &drawn.number);
    let moved = after.stops.iter().find(|s| s.point.id == stop.point.id).unwrap();
    assert_eq!((moved.visit.person_id, moved.visit.move_reason.as_str()), (people[2], "甲请假"));
    let west = after.stops.iter().find(|s| s.point.division == "620201001").unwrap();
    assert_eq!(go(people[1], &west.point.number, 1, "x").unwrap_err().code, "inspection-kept-out");
    let twice = after.stops.iter().find(|s| s.visit.second).unwrap();
    assert_eq!(
        go(twice.visit.person_id, &twice.point.number, 1, "x").unwrap_err().code,
        "inspection-same-person"
    );
    assert_eq!(go(people[0], "P-9999", 1, "x").unwrap_err().status, 404);
}

fn a_point_that_stands_in_is_visited_by_the_same_people(w: &World) {
    let people = inspectors(w);
    let drawn = w.drawn(w.draft());
    let found = send(w, &drawn, &[(people[0], None), (people[2], None)]).unwrap();
    let twice = found.stops.iter().find(|s| s.visit.second).unwrap().point.clone();
    let who = |v: &Visits, point: &str| -> HashSet<Id<Person>> {
        v.stops.iter().filter(|s| s.point.number == point).map(|s| s.visit.person_id).collect()
    };
    let (number, version) = (drawn.number.clone(), w.whole(&drawn.number).inspection.version);
    let out = twice.number.clone();
    let replaced =
        w.act(move |ctx, tx, index| commands::replace(ctx, tx, index, (&number, version), &out, "拆除"));
    match replaced {
        Ok((_, stands_in)) => {
            let after = visits(w, &drawn.number);
            assert_eq!(after.stops.len(), found.stops.len());
            assert_eq!(who(&after, &stands_in.number), who(&found, &twice.number));
            assert!(who(&after, &twice.number).is_empty());
        }
        Err(refused) => panic!("{refused:?}"),
    }
}

fn client<'a>(w: &'a World, person: Id<Person>, name: &str) -> Client<'a> {
    w.t.member_as(Member { id: person, name: name.to_owned(), grants: vec![whole_city(Role::Inspector)] })
}

fn an_inspector_sees_their_own_day(w: &World) {
    let people = inspectors(w);
    let drawn = w.drawn(w.draft());
    assert!(client(w, people[0], "甲").get("/inspections/mine").expect(200).has("没有分配给您的点位"));
    let found = send(w, &drawn, &[(people[0], None), (people[2], None)]).unwrap();
    let own = who(&found, people[0]);
    let first = own[0];
    let page = client(w, people[0], "甲").get("/inspections/mine").expect(200);
    assert!(page.has(&first.point.name) && page.missing_texts().is_empty());
    assert!(page.has(&format!("geo:{:.6},{:.6}", first.point.lat, first.point.lng)));
    assert!(!page.has("丙"), "whose the other visits are is not told");
    let last = own[own.len() - 1];
    let page = client(w, people[0], "甲")
        .english()
        .get(&format!("/inspections/mine?day={}", last.visit.day))
        .expect(200);
    assert!(page.has(&last.point.name) && page.missing_texts().is_empty());
    let map =
        client(w, people[0], "甲").get(&format!("/inspections/mine.json?day={}", last.visit.day)).expect(200);
    let of_day = own.iter().filter(|s| s.visit.day == last.visit.day).count();
    assert_eq!(map.json()["features"].as_array().unwrap().len(), of_day);
    let all = client(w, people[0], "甲").by_key().get("/api/v1/inspections/mine").expect(200).json();
    assert_eq!(all["items"].as_array().unwrap().len(), own.len());
    // neither who else goes where
    client(w, people[0], "甲").get(&format!("/inspections/{}/routes", drawn.number)).expect(403);
    w.office().get("/inspections/mine").expect(403);
    // when it is over, nothing is left to do
    let (number, version) = (drawn.number.clone(), w.whole(&drawn.number).inspection.version);
    w.act(move |ctx, tx, _| {
        let begun = commands::start(ctx, tx, (&number, version))?;
        commands::end(ctx, tx, (&begun.number, begun.version))
    })
    .unwrap();
    assert!(client(w, people[0], "甲").get("/inspections/mine").expect(200).has("没有分配给您的点位"));
}

fn the_office_sends_on_its_pages(w: &World) {
    let people = inspectors(w);
    let drawn = w.drawn(w.draft()).number;
    let (at, office) = (format!("/inspections/{drawn}"), w.office());
    let to = format!("{at}/inspectors");
    let page = office.get(&to).expect(200);
    assert!(page.has("市场局") && page.missing_texts().is_empty());
    office.get(&format!("{at}/routes")).expect(404);
    assert!(office.submit(&to, &to, &[]).expect(422).has("必须填写"));
    let ids: Vec<String> = people.iter().map(ToString::to_string).collect();
    let out = format!("out_{}", ids[1]);
    let form = [
        ("inspection_inspectors", ids[0].as_str()),
        ("inspection_inspectors", ids[1].as_str()),
        (out.as_str(), "620201001"),
        ("inspection_inspectors", ids[2].as_str()),
    ];
    office.submit(&to, &to, &form).expect(303);
    let routes = format!("{at}/routes");
    for client in [w.office(), w.office().english()] {
        let page = client.get(&routes).expect(200);
        assert!(
            page.has("甲") && page.has("丙") && page.missing_texts().is_empty(),
            "{:?}",
            page.missing_texts()
        );
    }
    assert!(
        !office
            .get(&format!("{routes}?person={}", ids[0]))
            .expect(200)
            .has("<h2 class=\"panel-title\" id=\"way-1\">丙")
    );
    let csv = office.get(&format!("{routes}?format=csv")).expect(200);
    assert_eq!(csv.text().lines().count(), 12);
    let map = office.get(&format!("{routes}.json?person={}", ids[0])).expect(200).json();
    let found = visits(w, &drawn);
    assert_eq!(map["features"].as_array().unwrap().len(), who(&found, people[0]).len());
    let stop = found.stops.iter().find(|s| s.visit.person_id == people[0] && !s.point.second).unwrap();
    let visit = format!("{}/0", stop.point.number);
    let day = stop.visit.day.to_string();
    let moves = format!("{at}/moves");
    let mut form = vec![
        ("inspection_visit", visit.as_str()),
        ("inspection_person", ids[2].as_str()),
        ("inspection_day", day.as_str()),
        ("inspection_reason", ""),
    ];
    assert!(office.submit(&routes, &moves, &form).expect(422).has("必须填写"));
    form[3].1 = "甲请假";
    office.submit(&routes, &moves, &form).expect(303);
    assert!(office.get(&routes).expect(200).has("手工调整：甲请假"));
    // programs
    let key = w.t.member("文明办", vec![whole_city(Role::Office)]).by_key();
    let version = w.whole(&drawn).inspection.version;
    let body = json!({"version": version, "inspectors": [{"login": "ins-1"}, {"login": "ins-3", "kept_out": "620201002"}]});
    let api = format!("/api/v1/inspections/{drawn}");
    let sent = key.json(&Method::PUT, &format!("{api}/visits"), &body).expect(200).json();
    assert_eq!(sent["items"].as_array().unwrap().len(), 11);
    assert_eq!(key.get(&format!("{api}/visits")).expect(200).json(), sent);
    let one = sent["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["inspector"] == "丙" && i["second"] == false)
        .unwrap();
    let body = json!({"version": version + 1, "point": one["point"], "login": "ins-1", "day": one["day"], "reason": "丙请假"});
    let moved = key.json(&Method::POST, &format!("{api}/moves"), &body).status;
    assert!(moved == 200 || moved == 409, "409 where 甲 makes the other visit: {moved}");
    let body = json!({"version": version + 1, "inspectors": [{"login": "nobody"}]});
    let status = key.json(&Method::PUT, &format!("{api}/visits"), &body).status;
    assert!(status == 422 || status == 409);
}
