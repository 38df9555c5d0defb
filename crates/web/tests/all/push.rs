//! Push: who is told, when, and what becomes of a browser that cannot be reached.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use kernel::ctx::{Ctx, Member};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Problem;
use kernel::time::{DAY, HOUR, MINUTE};
use testkit::{Receiver, Reply, TestApp, whole_city};
use web::outgoing::Outgoing;
use web::push::{self, Given, Owner};

testkit::stories!(vec![];
    a_burst_is_one_message_and_what_was_read_is_none, nights_are_quiet, a_browser_that_is_gone_is_forgotten,
    a_service_that_is_down_is_asked_again_and_news_has_an_end, what_cannot_be_a_browser_is_refused);

fn loopback() -> Outgoing {
    Outgoing { networks: vec![("127.0.0.1".parse().unwrap(), 32)], ..Outgoing::default() }
}

/// A public key that is one: the generator of P-256.
const KEY: &str = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";

fn given(to: &Receiver, path: &str) -> Given {
    Given {
        endpoint: to.url(path),
        p256dh: KEY.to_owned(),
        auth: B64.encode([7; 16]),
        agent: "Mozilla/5.0 (Linux; Android 14) Chrome/130".to_owned(),
        at_night: false,
    }
}

fn person(id: i64) -> Owner {
    Owner::Person(Id::new(id))
}

fn subscribe(t: &TestApp, owner: Owner, given: Given) -> Result<(), Problem> {
    t.city.keep(loopback());
    let ctx: Ctx = t.test.ctx_system();
    t.test.db.write_now(&ctx.clone(), move |tx| push::subscribe(tx, &ctx, &loopback(), owner, &given))
}

fn tell(t: &TestApp, id: i64) {
    let sent = t.test.db.write_now(&t.test.ctx_system(), move |tx| {
        tx.housekeeping();
        web::notices::send(tx, &[Id::new(id)], "task-done", &[], "/tasks")
    });
    sent.unwrap();
}

fn held(t: &TestApp, owner: Owner) -> usize {
    t.test.db.read_now(move |tx| push::of_owner(tx, owner)).unwrap().len()
}

fn a_burst_is_one_message_and_what_was_read_is_none(t: &TestApp) {
    let service = Receiver::start();
    service.answer(|_| Reply::Status(201));
    subscribe(t, person(7), given(&service, "/phone")).unwrap();
    subscribe(t, person(8), given(&service, "/other")).unwrap();
    for _ in 0..3 {
        tell(t, 7);
    }
    t.run_jobs();
    let got = service.taken();
    assert_eq!(got.len(), 1, "{got:?}");
    assert_eq!((got[0].path.as_str(), got[0].header("content-encoding")), ("/phone", "aes128gcm"));
    assert!(got[0].header("authorization").starts_with("vapid t="));
    // within a minute it waits, and comes once
    tell(t, 7);
    t.advance(MINUTE / 2);
    t.run_jobs();
    assert!(service.received().is_empty());
    t.advance(MINUTE);
    t.run_jobs();
    assert_eq!(service.taken().len(), 1);
    // read before the message is made: there is nothing to tell
    t.advance(HOUR);
    tell(t, 7);
    let reader = t.member_as(Member {
        id: Id::new(7),
        name: "王晓梅".to_owned(),
        grants: vec![whole_city(Role::Office)],
    });
    reader.submit("/inbox", "/inbox/readings", &[]);
    t.run_jobs();
    assert!(service.received().is_empty());
}

fn nights_are_quiet(t: &TestApp) {
    let service = Receiver::start();
    service.answer(|_| Reply::Status(201));
    subscribe(t, person(7), given(&service, "/sleeps")).unwrap();
    subscribe(t, person(8), Given { at_night: true, ..given(&service, "/wakes") }).unwrap();
    // half past nine in the morning becomes half past eleven at night
    t.advance(14 * HOUR);
    tell(t, 7);
    tell(t, 8);
    t.run_jobs();
    assert_eq!(service.taken().iter().map(|r| r.path.clone()).collect::<Vec<_>>(), ["/wakes"]);
    t.advance(8 * HOUR);
    t.run_jobs();
    assert_eq!(service.taken().iter().map(|r| r.path.clone()).collect::<Vec<_>>(), ["/sleeps"]);
}

fn a_browser_that_is_gone_is_forgotten(t: &TestApp) {
    let service = Receiver::start();
    service.answer(|_| Reply::Status(410));
    for owner in [person(7), Owner::Report(5)] {
        subscribe(t, owner, given(&service, "/same")).unwrap();
    }
    tell(t, 7);
    t.run_jobs();
    assert_eq!((held(t, person(7)), held(t, Owner::Report(5))), (0, 0), "the browser is gone for everybody");
    let history = t.test.db.read_now(|tx| store::audit::history(tx, Id::<()>::new(7))).unwrap();
    let verbs: Vec<&str> = history.iter().map(|line| line.verb.as_str()).collect();
    assert_eq!(verbs, ["push.subscribed", "push.ended"]);
}

fn a_service_that_is_down_is_asked_again_and_news_has_an_end(t: &TestApp) {
    let service = Receiver::start();
    service.answer(|_| Reply::Status(503));
    subscribe(t, person(7), given(&service, "/phone")).unwrap();
    tell(t, 7);
    let jobs = t.jobs();
    for _ in 0..20 {
        jobs.run_due().unwrap();
        t.advance(10 * MINUTE);
    }
    assert_eq!(service.taken().len(), 7, "tried seven times, then let go: no dead letter for a phone");
    assert_eq!(t.test.db.read_now(store::jobs::backlog).unwrap().dead, 0);
    assert_eq!(held(t, person(7)), 1);
    // a wait that the service asks for is kept
    service.answer(|_| Reply::With(429, ("retry-after", "1800".to_owned()), String::new()));
    tell(t, 7);
    t.run_jobs();
    assert_eq!(service.taken().len(), 1);
    service.answer(|_| Reply::Status(201));
    t.advance(20 * MINUTE);
    t.run_jobs();
    assert!(service.received().is_empty());
    t.advance(20 * MINUTE);
    t.run_jobs();
    assert_eq!(service.taken().len(), 1);
    // nobody is reached for two weeks: let go
    service.answer(|_| Reply::Status(500));
    tell(t, 7);
    t.advance(2 * MINUTE);
    jobs.run_due().unwrap();
    t.advance(15 * DAY);
    tell(t, 7);
    jobs.run_due().unwrap();
    assert_eq!(held(t, person(7)), 0);
}

fn what_cannot_be_a_browser_is_refused(t: &TestApp) {
    let service = Receiver::start();
    let good = given(&service, "/x");
    let wrong = |change: fn(&mut Given)| {
        let mut given = good.clone();
        change(&mut given);
        subscribe(t, person(7), given).unwrap_err().fields[0].code
    };
    assert_eq!(wrong(|g| g.endpoint = String::from("https://10.0.0.8/")), "push-inside");
    assert_eq!(wrong(|g| g.endpoint = String::from("http://push.example.net/")), "push-inside");
    assert_eq!(wrong(|g| g.endpoint = String::from("no address")), "push-wrong");
    assert_eq!(wrong(|g| g.endpoint.push_str(&"x".repeat(1000))), "push-wrong");
    assert_eq!(wrong(|g| g.p256dh = B64.encode([4; 65])), "push-wrong");
    assert_eq!(wrong(|g| g.auth = B64.encode([4; 15])), "push-wrong");
    assert_eq!(held(t, person(7)), 0);
    for n in 0..12 {
        let made = subscribe(t, person(7), given(&service, &format!("/{n}")));
        assert_eq!(made.is_ok(), n < 10, "{n}");
    }
    // the same browser again, for somebody else: the first is not told there any more
    subscribe(t, person(8), given(&service, "/3")).unwrap();
    assert_eq!((held(t, person(7)), held(t, person(8))), (9, 1));
    let strangers = t.test.db.read_now(|tx| push::of_owner(tx, person(8))).unwrap()[0].id;
    let ctx = t.test.ctx_system();
    let ended = t.test.db.write_now(&ctx.clone(), move |tx| push::end(tx, &ctx, person(7), strangers));
    assert_eq!(ended.unwrap_err().status, 404);
}
