//! Programs that follow what becomes of requests: each step once, in parts of any size, whatever is saved late.

use super::world::{World, stories};
use cases::queries::{UpdateSpan, open_updates};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::time::{DAY, Instant, SECOND};
use std::sync::mpsc::channel;
use store::Event;
use testkit::{Engine, Page, TestApp};

stories!(
    a_long_list_of_steps_goes_on_where_it_stopped,
    what_is_saved_late_is_told_late_and_not_missed,
    what_follows_comes_after_it_though_a_clock_is_slow,
    what_is_of_no_kind_has_a_service,
);

const UPDATES: &str = "/open311/v2/servicerequestupdates.json";

fn ids(page: &Page) -> Vec<String> {
    let list = page.json();
    list.as_array().unwrap().iter().map(|u| u["update_id"].as_str().unwrap().to_owned()).collect()
}

/// Where the header `Link` leads, of the kind that is given.
fn onward(page: &Page, rel: &str) -> String {
    let link = page.header("link");
    let (address, end) = link.strip_prefix("<http://wm.example.cn").unwrap().split_once('>').unwrap();
    assert_eq!(end, format!("; rel=\"{rel}\""));
    address.to_owned()
}

fn a_long_list_of_steps_goes_on_where_it_stopped(t: &TestApp) {
    let w = World::new(t);
    for _ in 0..2 {
        let number = World::number(&w.send(&[]));
        w.dispatched(&number);
        w.closed(&number);
    }
    let page = t.public().get(UPDATES).expect(200);
    let whole = ids(&page);
    // seven of each; and the second is the first one come back, which both say
    assert_eq!(whole.len(), 16);
    let (from, until) = (t.test.db.now().plus(-DAY), t.test.db.now());
    // several steps of one moment are more than one part holds
    for size in [1, 2, 5, 15, 16, 1000] {
        let (mut after, mut found) = (None, Vec::new());
        loop {
            let span = UpdateSpan { from, until, after };
            let part = t.test.db.read_now(move |tx| open_updates(tx, span, size)).unwrap();
            assert!(part.steps.len() <= size);
            found.extend(part.steps.iter().map(|u| u.line.id.to_string()));
            if !part.more {
                break;
            }
            after = Some(part.reached);
        }
        assert_eq!(found, whole, "{size} at a time");
    }
    // who has read all of it is told where to ask for more, and how far dates reach back does not matter any more
    let more = onward(&page, "monitor");
    let dated =
        t.public().get(&format!("{UPDATES}?start_date=2026-01-01&jurisdiction_id=620200")).expect(200);
    assert_eq!(ids(&dated), whole);
    assert_eq!(onward(&dated, "monitor"), more.replace('?', "?jurisdiction_id=620200&"));
    let none = t.public().get(&more).expect(200);
    assert_eq!((ids(&none).len(), onward(&none, "monitor")), (0, more.clone()));
    t.advance(20 * DAY);
    let number = World::number(&w.send(&[]));
    w.dispatched(&number);
    let page = t.public().get(&more).expect(200);
    let (told, own) = (ids(&page), t.public().get(&format!("{UPDATES}?service_request_id={number}")));
    let own = ids(&own.expect(200));
    assert!(own.len() >= 3 && own.iter().all(|id| told.contains(id)), "{own:?} {told:?}");
    assert!(told.iter().all(|id| !whole.contains(id)), "nothing twice");
    assert!(ids(&t.public().get(&onward(&page, "monitor")).expect(200)).is_empty());
    // a question about the past is answered and leads nowhere
    let past = t.public().get(&format!("{UPDATES}?start_date=2026-03-01&end_date=2026-03-15")).expect(200);
    assert_eq!((ids(&past), past.header("link")), (whole, ""));
    let unended = t.public().get(&format!("{UPDATES}?start_date=2025-11-01")).expect(200);
    assert_eq!(unended.header("link"), "", "its ninety days are over");
    for wrong in ["x", "5", "0.x", "0.1-0.1"] {
        let page = t.public().get(&format!("{UPDATES}?after={wrong}")).expect(400);
        assert!(page.json()[0]["description"].as_str().unwrap().starts_with("after: "), "{}", page.text());
    }
}

/// One program has begun to save a step and is slow; another saves a later one meanwhile.
fn what_is_saved_late_is_told_late_and_not_missed(t: &TestApp) {
    let w = World::new(t);
    let numbers = [World::number(&w.send(&[])), World::number(&w.send(&[("service_code", "event-0102")]))];
    for number in &numbers {
        w.dispatched(number);
    }
    let [slow, quick] = numbers.map(|number| {
        t.test.db.read_now(move |tx| Ok(cases::store::case_by_number(tx, &number)?.unwrap().id)).unwrap()
    });
    let begun = t.public().get(UPDATES).expect(200);
    let known = ids(&begun).len();
    let step = |id| {
        let ctx = t.test.ctx_member(9, "窗口", vec![testkit::whole_city(Role::Office)]);
        let inner = ctx.clone();
        t.test
            .db
            .write_now(&ctx, move |tx| tx.record(&inner, Event::new("case.parked", id).with("to", "parked")))
    };
    let mut followed = onward(&begun, "monitor");
    let (started, wait) = channel();
    let (go, hold) = channel::<()>();
    t.advance(SECOND);
    let ctx = t.test.ctx_member(8, "窗口", vec![testkit::whole_city(Role::Office)]);
    let (db, inner) = (t.test.db.clone(), ctx.clone());
    std::thread::scope(|scope| {
        let late = scope.spawn(move || {
            db.write_now(&ctx, move |tx| {
                tx.record(&inner, Event::new("case.parked", slow).with("to", "parked"))?;
                started.send(()).unwrap();
                // the embedded engine has one writer: nobody could overtake this one
                let _ = hold.recv();
                Ok(())
            })
        });
        wait.recv().unwrap();
        if t.test.engine == Engine::Embedded {
            go.send(()).unwrap();
            late.join().unwrap().unwrap();
            step(quick).unwrap();
            return;
        }
        t.advance(SECOND);
        step(quick).unwrap();
        let page = t.public().get(&followed).expect(200);
        assert_eq!(ids(&page).len(), 1, "the later one only: {}", page.text());
        followed = onward(&page, "monitor");
        go.send(()).unwrap();
        late.join().unwrap().unwrap();
    });
    let page = t.public().get(&followed).expect(200);
    let told = if t.test.engine == Engine::Server { 1 } else { 2 };
    assert_eq!(ids(&page).len(), told, "the late one was passed over: {}", page.text());
    // by dates both are there, in the order of the log
    assert_eq!(ids(&t.public().get(UPDATES).expect(200)).len(), known + 2);
}

/// Two connections write about one case, the second with a clock that is behind: the log keeps cause and effect.
fn what_follows_comes_after_it_though_a_clock_is_slow(t: &TestApp) {
    let case: Id<()> = Id::new(4711);
    let other = super::world::second(t);
    let mut begun = Vec::new();
    for (n, db) in [&t.test.db, &other, &t.test.db, &other, &other, &t.test.db].into_iter().enumerate() {
        let behind = if n % 2 == 1 { -3 * SECOND } else { 0 };
        let ctx = kernel::ctx::Ctx { now: Instant(t.test.db.now().0 + behind), ..t.test.ctx_system() };
        let inner = ctx.clone();
        db.write_now(&ctx, move |tx| tx.record(&inner, Event::new("case.parked", case).with("n", n)))
            .unwrap();
        begun.push(u64::try_from(n).unwrap());
    }
    let place = store::follow::Place::new();
    let seen = t.test.db.read_now(move |tx| store::follow::after(tx, &place, 100)).unwrap();
    let order: Vec<u64> = seen
        .iter()
        .filter(|e| e.entity == case.raw())
        .map(|e| serde_json::from_str::<serde_json::Value>(&e.detail).unwrap()["n"].as_u64().unwrap())
        .collect();
    assert_eq!(order, begun);
}

fn what_is_of_no_kind_has_a_service(t: &TestApp) {
    let w = World::new(t);
    let number = World::number(&w.send(&[("service_code", "other"), ("description", "说不清是什么")]));
    let known = World::number(&w.send(&[]));
    // before it is registered nobody has to know the kind
    let unknown = number.clone();
    w.act(Role::Office, move |ctx, tx, desk| {
        let id = cases::store::case_by_number(tx, &unknown)?.unwrap().id;
        cases::commands::confirm(ctx, tx, desk, id).map(drop)
    });
    w.dispatched(&known);
    let row = t.public().get(&format!("/open311/v2/requests/{number}.json")).expect(200).json()[0].clone();
    assert_eq!(
        (row["service_code"].as_str(), row["service_name"].as_str()),
        (Some("other"), Some("其他，或说不准"))
    );
    let found = |query: &str| {
        let page = t.public().get(&format!("/open311/v2/requests.json?{query}")).expect(200).json();
        let list = page.as_array().unwrap().clone();
        list.iter().map(|r| r["service_request_id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("service_code=other"), std::slice::from_ref(&number));
    assert_eq!(found("service_code=event-0101"), [known]);
    assert_eq!(found("service_code=event-0101,other").len(), 2);
    let definition = t.public().get("/open311/v2/services/other.json").expect(200).json();
    assert_eq!(definition["service_code"], "other");
    assert_eq!(definition["attributes"][0]["code"], "urgent");
    assert_eq!(w.send(&[("service_code", "other"), ("attribute[condition]", "demolish")]).status, 400);
}
