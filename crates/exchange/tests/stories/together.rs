//! Two programs on one city, each with its own connections and threads: nothing is done twice.

use super::hotline::{created, then};
use super::world::{World, features, told};
use kernel::time::{MINUTE, SECOND};
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};
use store::Db;
use store::jobs::{Jobs, Toolbox, Worker};
use web::outgoing::{Catalogue, Outgoing, PartnerNetworks};
use web::{City, Feature};

told!(two_programs_carry_out_and_send_each_thing_once);

/// Another program that serves the same city.
fn other_program(w: &World) -> City {
    let migrations: Vec<_> = features().iter().flat_map(|f| f.migrations.iter().copied()).collect();
    let test = &w.t.test;
    let options = store::Options::default();
    let db = Db::open(test.location.clone(), test.folder(), test.db.clock(), &migrations, options).unwrap();
    let city = City::new(test.city.clone(), "嘉峪关市", db);
    city.keep(Catalogue::of(&features()));
    city.keep(Outgoing::default());
    city.keep((*w.t.city.kept::<PartnerNetworks>().unwrap()).clone());
    places::kept::refresh_now(&city).unwrap();
    city
}

fn jobs(city: &City) -> Arc<Jobs> {
    let handlers: Vec<_> = features().iter().flat_map(|f: &Feature| f.jobs.iter().copied()).collect();
    let handlers: Vec<_> = handlers.into_iter().filter(|h| h.kind.starts_with("exchange")).collect();
    let tools = Toolbox::default().with(city.clone());
    Jobs::new(city.db().clone(), city.code().clone(), &handlers, &[], tools).unwrap()
}

const ORDERS: i64 = 10;
const URGES: i64 = 5;

fn two_programs_carry_out_and_send_each_thing_once(w: &World) {
    w.partner();
    w.hotline.pages_of(7);
    let other = other_program(w);
    for n in 0..ORDERS {
        w.hotline.tell(created(&format!("G{n}")));
        for urge in 2..2 + URGES {
            w.hotline.tell(then(&format!("G{n}"), urge, "urged", ""));
        }
    }
    let workers: Vec<Worker> =
        [&w.t.city, &other].into_iter().map(|city| Worker::start(jobs(city), 2).unwrap()).collect();
    let until = |what: &str, is: &dyn Fn() -> bool| {
        let patience = Stopwatch::now();
        while !is() {
            assert!(patience.elapsed() < Duration::from_mins(2), "{what}");
            // the clock of tests stands still by itself
            w.t.advance(10 * SECOND);
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let all = || (0..ORDERS).map(|n| format!("G{n}"));
    let urged = |order: &str| {
        w.find(order).map_or(0, |_| w.verbs(order).iter().filter(|v| *v == "case.heard").count())
    };
    let wanted = usize::try_from(URGES).unwrap();
    until("everything came in", &|| all().all(|order| urged(&order) >= wanted));
    for order in all() {
        w.dispatched(&order);
    }
    until("everything went out", &|| all().all(|order| w.hotline.kinds(&order).len() >= 2));
    w.t.advance(MINUTE);
    std::thread::sleep(Duration::from_millis(300));
    drop(workers);
    for order in all() {
        assert_eq!(urged(&order), wanted, "{order}");
        assert_eq!(w.hotline.kinds(&order), ["accepted", "dispatched"], "{order}");
    }
    let cases = w.read(|tx| tx.query(&store::Query::<(i64,)>::new("select count(*) from case_file")));
    assert_eq!(cases[0].0, ORDERS);
    assert_eq!(w.hotline.came_again(), 0);
}
