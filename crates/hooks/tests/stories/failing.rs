//! What happens when the other side does not answer as it should.

use super::world::{World, of, once, told};
use hooks::model::{DeliveryState, Endpoint, EndpointState, StopReason};
use hooks::{client::Client, commands, send};
use kernel::time::{DAY, HOUR, MINUTE, SECOND};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::{Received, Reply};

told!(
    a_receiver_that_is_down_for_an_hour_gets_each_event_once_and_in_order,
    a_crash_between_sending_and_settling_sends_again_with_the_same_id,
    a_failure_holds_back_its_record_and_no_other,
    a_try_that_others_took_over_settles_nothing,
    a_receiver_may_say_when_to_come_again,
    a_receiver_may_say_that_it_is_gone,
    redirects_are_not_followed,
    what_fails_for_three_days_is_given_up_and_its_successors_go_on,
    days_of_failure_stop_it_and_people_are_told,
    an_address_that_leads_inside_is_not_connected_to,
    answers_are_kept_in_part,
);

fn a_receiver_that_is_down_for_an_hour_gets_each_event_once_and_in_order(w: &World) {
    let endpoint = w.listen("/in");
    w.receiver.answer(|_| Reply::Status(503));
    for minute in 0..60 {
        for thing in 0..4 {
            w.happen(thing, minute);
        }
        w.pass(MINUTE, 20 * SECOND);
    }
    let refused = w.receiver.taken();
    let failed = refused.len();
    // an endpoint that is down is left in peace: nowhere near one try for each event and wait
    assert!((8..60).contains(&failed), "{failed} tries in an hour");
    w.receiver.answer(|_| Reply::Status(204));
    w.pass(15 * MINUTE, 20 * SECOND);
    let received = w.receiver.received();
    let steps = once(&received);
    assert_eq!(received.len(), 240, "each came once");
    for thing in 0..4 {
        assert_eq!(of(&steps, thing), (0..60).collect::<Vec<_>>());
    }
    let line = w.line(&endpoint);
    assert_eq!((line.waiting, line.dead, line.health.streak), (0, 0, 0));
    // what was tried while it was down came again with the same id and the same words
    for tried in &refused {
        let again = received.iter().find(|r| r.header("webhook-id") == tried.header("webhook-id")).unwrap();
        assert_eq!(again.body, tried.body);
    }
    write_down(w, &endpoint, &refused, &received);
}

/// For the verifiers of other languages, which judge the very bytes: `outside/test_webhooks.py`, `e2e/webhooks.test.mjs`.
fn write_down(w: &World, endpoint: &Endpoint, refused: &[Received], received: &[Received]) {
    let secret = hooks::sign::secret(w.t.test.db.secrets(), endpoint.id, &endpoint.nonce);
    let noted = |status: u16, all: &[Received]| -> Vec<serde_json::Value> {
        let note = |r: &Received| json!({ "status": status, "headers": r.headers, "body": r.body });
        all.iter().map(note).collect()
    };
    let messages = [noted(503, refused), noted(204, received)].concat();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/received");
    std::fs::create_dir_all(folder).unwrap();
    let file = format!("{folder}/down-for-an-hour-{:?}.json", w.t.test.engine).to_lowercase();
    std::fs::write(file, json!({ "secret": secret, "messages": messages }).to_string()).unwrap();
}

fn a_crash_between_sending_and_settling_sends_again_with_the_same_id(w: &World) {
    let endpoint = w.listen("/in");
    w.happen(1, 1);
    w.happen(1, 2);
    // what the job does until it dies: the log was followed, one was taken and sent
    let ctx = w.ctx();
    assert!(!hooks::feed::step(&w.t.city, &ctx, &ctx, &endpoint).unwrap());
    let taken = send::take(&w.t.test.db, &ctx, endpoint.id, 8).unwrap();
    assert_eq!(taken.len(), 1, "the second of the record waits for the first");
    let client = Client::of(&w.t.city);
    assert_eq!(send::send(&w.t.city, &client, &endpoint, &taken[0]).unwrap().status, Some(200));
    // another takes over: not while the try is held, then with the same id, and only then the next
    w.pass(send::HOLD - 10 * SECOND, 10 * SECOND);
    assert_eq!(w.steps(), [(1, 1)]);
    w.pass(MINUTE, 10 * SECOND);
    assert_eq!(w.steps(), [(1, 1), (1, 1), (1, 2)]);
    let received = w.receiver.received();
    assert_eq!(received[0].header("webhook-id"), received[1].header("webhook-id"));
    assert_eq!(received[0].body, received[1].body);
    assert_ne!(received[0].header("webhook-timestamp"), received[1].header("webhook-timestamp"));
    assert_eq!(once(&received), [(1, 1), (1, 2)]);
}

fn a_try_that_others_took_over_settles_nothing(w: &World) {
    let endpoint = w.listen("/in");
    w.happen(1, 1);
    let ctx = w.ctx();
    hooks::feed::step(&w.t.city, &ctx, &ctx, &endpoint).unwrap();
    let slept = send::take(&w.t.test.db, &ctx, endpoint.id, 8).unwrap().remove(0);
    assert!(send::take(&w.t.test.db, &ctx, endpoint.id, 8).unwrap().is_empty(), "it is held");
    w.t.advance(send::HOLD);
    let ctx = w.ctx();
    let again = send::take(&w.t.test.db, &ctx, endpoint.id, 8).unwrap().remove(0);
    assert_eq!((slept.tries, again.tries), (1, 2));
    // the sleeper wakes and says that it failed: too late
    let answer = hooks::client::Answer { error: Some("timeout"), ..Default::default() };
    send::settle(&w.t.test.db, &ctx, &endpoint, &slept, answer).unwrap();
    assert_eq!(w.line(&endpoint).health.streak, 0);
    let answer = hooks::client::Answer { status: Some(200), ..Default::default() };
    send::settle(&w.t.test.db, &ctx, &endpoint, &again, answer).unwrap();
    let sent = w.deliveries(&endpoint, DeliveryState::Sent);
    assert_eq!((sent.len(), sent[0].tries), (1, 2));
    w.t.run_jobs();
    assert!(w.receiver.received().is_empty());
}

fn a_failure_holds_back_its_record_and_no_other(w: &World) {
    w.listen("/in");
    w.receiver.answer(|r| Reply::Status(if r.json()["data"]["thing"] == 1 { 500 } else { 200 }));
    for step in 1..=3 {
        w.happen(1, step);
        w.happen(2, step);
    }
    w.pass(10 * SECOND, SECOND);
    let steps = w.steps();
    assert_eq!(of(&steps, 2), [1, 2, 3]);
    assert!(of(&steps, 1).iter().all(|s| *s == 1), "{steps:?}");
    w.receiver.answer(|_| Reply::Status(200));
    w.receiver.taken();
    w.pass(5 * MINUTE, 5 * SECOND);
    assert_eq!(w.steps(), [(1, 1), (1, 2), (1, 3)]);
}

fn a_receiver_may_say_when_to_come_again(w: &World) {
    w.listen("/in");
    w.receiver.answer(|_| Reply::With(429, ("Retry-After", "1800".to_owned()), String::new()));
    w.happen(1, 1);
    w.happen(2, 1);
    w.t.run_jobs();
    let tried = w.receiver.taken().len();
    assert!((1..=2).contains(&tried), "{tried}");
    w.receiver.answer(|_| Reply::Status(200));
    w.happen(3, 1);
    w.pass(29 * MINUTE, 10 * SECOND);
    assert!(w.receiver.received().is_empty(), "the whole endpoint is left in peace");
    w.pass(10 * MINUTE, 10 * SECOND);
    let mut steps = w.steps();
    steps.sort_unstable();
    assert_eq!(steps, [(1, 1), (2, 1), (3, 1)]);
}

fn a_receiver_may_say_that_it_is_gone(w: &World) {
    let endpoint = w.listen("/in");
    w.receiver.answer(|_| Reply::Status(410));
    w.happen(1, 1);
    w.t.run_jobs();
    let line = w.line(&endpoint);
    assert_eq!(line.endpoint.state, EndpointState::Stopped);
    assert_eq!(line.endpoint.stop_reason, Some(StopReason::Gone));
    w.happen(1, 2);
    w.pass(HOUR, 10 * MINUTE);
    assert_eq!(w.receiver.received().len(), 1);
    // set going again, it catches up
    w.receiver.answer(|_| Reply::Status(200));
    let seen = (endpoint.number.clone(), line.endpoint.version);
    w.act(move |ctx, tx| commands::resume(ctx, tx, (&seen.0, seen.1), false)).unwrap();
    w.t.run_jobs();
    assert_eq!(w.steps(), [(1, 1), (1, 2)]);
    assert_eq!(w.line(&endpoint).endpoint.stop_reason, None);
}

fn redirects_are_not_followed(w: &World) {
    let endpoint = w.listen("/in");
    let elsewhere = w.receiver.url("/elsewhere");
    for status in [301, 302, 303, 307, 308] {
        let to = elsewhere.clone();
        w.receiver.answer(move |_| Reply::With(status, ("Location", to.clone()), String::new()));
        w.happen(i64::from(status), 1);
        w.pass(10 * MINUTE, 10 * SECOND);
    }
    let received = w.receiver.received();
    assert!(received.len() >= 5 && received.iter().all(|r| r.path == "/in"), "{received:?}");
    let waiting = w.deliveries(&endpoint, DeliveryState::Waiting);
    assert!(waiting.iter().any(|d| d.last_error.as_deref() == Some("redirect")), "{waiting:?}");
}

fn what_fails_for_three_days_is_given_up_and_its_successors_go_on(w: &World) {
    let endpoint = w.listen("/in");
    // the first of thing 1 is never taken; others are, so that the endpoint as a whole is well
    w.receiver.answer(|r| {
        let (thing, step) = super::world::step_of(r);
        Reply::Status(if (thing, step) == (1, 1) { 422 } else { 200 })
    });
    w.happen(1, 1);
    w.happen(1, 2);
    for hour in 0..72 {
        w.happen(2, hour);
        w.pass(HOUR, 20 * MINUTE);
    }
    let steps = w.steps();
    let tries = of(&steps, 1).len();
    assert!((10..=20).contains(&tries), "{tries} tries in three days: {steps:?}");
    assert_eq!(of(&steps, 1).last(), Some(&2));
    assert_eq!(of(&steps, 1).iter().filter(|s| **s == 2).count(), 1);
    let dead = w.deliveries(&endpoint, DeliveryState::Dead);
    assert_eq!((dead.len(), dead[0].last_status), (1, Some(422)));
    assert_eq!(w.line(&endpoint).endpoint.state, EndpointState::Active);
}

fn days_of_failure_stop_it_and_people_are_told(w: &World) {
    let endpoint = w.listen("/in");
    w.receiver.answer(|_| Reply::HangUp);
    for day in 0..6 {
        w.happen(day, 1);
        w.pass(DAY, HOUR);
    }
    let line = w.line(&endpoint);
    assert_eq!(line.endpoint.stop_reason, Some(StopReason::Failing));
    let person = w.office.id;
    let told = w.t.test.db.read_now(move |tx| web::notices::unread(tx, person)).unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].kind.as_str(), told[0].href.as_str()), ("hook-stopped", "/admin/webhooks/WH-0001"));
    let history = w.t.test.db.read_now({
        let id = endpoint.id;
        move |tx| store::audit::history(tx, id)
    });
    assert!(history.unwrap().iter().any(|e| e.verb == "hook.stopped"));
    w.pass(DAY, HOUR);
    assert_eq!(w.t.run_jobs(), 0);
}

fn an_address_that_leads_inside_is_not_connected_to(w: &World) {
    // set up while the operator had opened the network, sent after it was closed again
    let endpoint = w.listen("/in");
    w.t.city.keep(web::outgoing::Outgoing::default());
    w.t.city.keep(Client::new(web::outgoing::Outgoing::default()));
    w.happen(1, 1);
    w.t.run_jobs();
    assert!(w.receiver.received().is_empty());
    let waiting = w.deliveries(&endpoint, DeliveryState::Waiting);
    assert_eq!(waiting[0].last_error.as_deref(), Some("inside"));
}

fn answers_are_kept_in_part(w: &World) {
    let endpoint = w.listen("/in");
    let first = Arc::new(AtomicBool::new(true));
    let long = format!("不行\u{7}{}", "x".repeat(100_000));
    w.receiver.answer(move |_| {
        if first.swap(false, Ordering::SeqCst) {
            Reply::With(400, ("x-any", String::new()), long.clone())
        } else {
            Reply::Status(200)
        }
    });
    w.happen(1, 1);
    w.pass(MINUTE, 5 * SECOND);
    let sent = w.deliveries(&endpoint, DeliveryState::Sent).remove(0);
    let id = endpoint.id;
    let (_, tries) = w.t.test.db.read_now(move |tx| hooks::queries::delivery(tx, id, &sent.message)).unwrap();
    let told: Vec<_> = tries.iter().map(|t| (t.number, t.status, t.error.as_deref())).collect();
    assert_eq!(told, [(1, Some(400), Some("status")), (2, Some(200), None)]);
    assert!(tries[0].answer.starts_with("不行xxx"));
    assert_eq!(tries[0].answer.chars().count(), 500);
}
