//! What goes out, when all is well.

use super::world::{World, of, signed_with, told};
use hooks::model::{DeliveryState, OVERLAP, PING};
use hooks::{commands, sign};
use kernel::id::Id;
use kernel::time::{HOUR, MINUTE, SECOND};
use std::time::Duration;
use testkit::Reply;

told!(
    an_event_is_sent_signed_and_once,
    nobody_listens_and_nothing_is_written,
    what_was_before_is_not_told,
    an_endpoint_gets_only_what_it_wants,
    a_test_message_is_sent,
    two_secrets_sign_while_one_is_renewed,
    events_of_a_rolled_back_transaction_are_never_sent,
    a_burst_is_sent_whole,
);

fn secret(w: &World, endpoint: &hooks::model::Endpoint) -> String {
    sign::secret(w.t.test.db.secrets(), endpoint.id, &endpoint.nonce)
}

fn an_event_is_sent_signed_and_once(w: &World) {
    let endpoint = w.listen("/in");
    w.happen(7, 1);
    w.t.run_jobs();
    w.pass(MINUTE, 5 * SECOND);
    let received = w.receiver.received();
    assert_eq!(received.len(), 1, "{received:?}");
    let message = &received[0];
    assert_eq!(message.path, "/in");
    assert!(signed_with(message, &secret(w, &endpoint)));
    assert!(message.header("webhook-id").starts_with("msg_"));
    assert_eq!(message.header("content-type"), "application/json");
    let now = message.header("webhook-timestamp").parse::<i64>().unwrap() * SECOND;
    assert!((w.t.test.db.now().0 - now).abs() < 2 * MINUTE);
    let body = message.json();
    assert_eq!((&body["type"], &body["city"]), (&"thing.changed".into(), &"620200".into()));
    assert!(body["timestamp"].as_str().unwrap().ends_with("+08:00"));
    let sent = w.deliveries(&endpoint, DeliveryState::Sent);
    assert_eq!((sent.len(), sent[0].tries, sent[0].last_status), (1, 1, Some(200)));
    assert!(w.line(&endpoint).health.last_success.is_some());
}

fn nobody_listens_and_nothing_is_written(w: &World) {
    w.happen(7, 1);
    assert_eq!(w.t.run_jobs(), 0);
    let endpoint = w.listen("/in");
    w.act(move |ctx, tx| commands::pause(ctx, tx, (&endpoint.number, endpoint.version))).unwrap();
    w.happen(7, 2);
    // the job sees that it is not wanted, and goes
    assert_eq!(w.t.run_jobs(), 1);
    w.pass(MINUTE, 10 * SECOND);
    assert_eq!(w.t.run_jobs(), 0);
    assert!(w.receiver.received().is_empty());
}

fn what_was_before_is_not_told(w: &World) {
    w.happen(7, 1);
    w.listen("/in");
    w.happen(7, 2);
    w.pass(10 * SECOND, SECOND);
    assert_eq!(w.steps(), [(7, 2)]);
}

fn an_endpoint_gets_only_what_it_wants(w: &World) {
    let mut ended = w.draft("/ended");
    ended.kinds = vec!["thing.ended".to_owned()];
    w.listen_to(ended);
    let mut ours = w.draft("/ours");
    ours.units = vec![w.root];
    w.listen_to(ours);
    w.happen_in(1, 1, "thing.changed", None);
    w.happen_in(1, 2, "thing.ended", None);
    w.happen_in(2, 1, "thing.changed", Some(w.root.raw()));
    w.happen_in(3, 1, "thing.changed", Some(424_242));
    w.pass(10 * SECOND, SECOND);
    let to = |path: &str| -> Vec<(i64, i64)> {
        let received = w.receiver.received();
        received.iter().filter(|r| r.path == path).map(super::world::step_of).collect()
    };
    assert_eq!(to("/ended"), [(1, 2)]);
    assert_eq!(to("/ours"), [(2, 1)]);
}

fn a_test_message_is_sent(w: &World) {
    let endpoint = w.listen("/in");
    let (number, city) = (endpoint.number.clone(), w.t.city.clone());
    let message = w.act(move |ctx, tx| commands::ping(ctx, tx, &city, &number)).unwrap();
    w.t.run_jobs();
    let received = w.receiver.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].header("webhook-id"), message);
    assert_eq!(received[0].json()["type"], PING);
    assert!(signed_with(&received[0], &secret(w, &endpoint)));
}

fn two_secrets_sign_while_one_is_renewed(w: &World) {
    let endpoint = w.listen("/in");
    let before = secret(w, &endpoint);
    w.happen(1, 1);
    w.t.run_jobs();
    let (number, version) = (endpoint.number.clone(), endpoint.version);
    let renewed = w.act(move |ctx, tx| commands::renew_secret(ctx, tx, (&number, version))).unwrap();
    let after = secret(w, &renewed);
    assert_ne!(before, after);
    w.happen(1, 2);
    w.pass(10 * SECOND, 5 * SECOND);
    w.t.advance(OVERLAP - HOUR);
    w.happen(1, 3);
    w.pass(10 * SECOND, 5 * SECOND);
    w.t.advance(HOUR);
    w.happen(1, 4);
    w.pass(10 * SECOND, 5 * SECOND);
    let by: Vec<(bool, bool, usize)> = w
        .receiver
        .received()
        .iter()
        .map(|r| {
            let count = r.header("webhook-signature").split(' ').count();
            (signed_with(r, &before), signed_with(r, &after), count)
        })
        .collect();
    assert_eq!(by, [(true, false, 1), (true, true, 2), (true, true, 2), (false, true, 1)]);
    // who saw the version before is told so
    let stale = w.act(move |ctx, tx| commands::renew_secret(ctx, tx, (&endpoint.number, version)));
    assert_eq!(stale.unwrap_err().code, "stale");
}

fn events_of_a_rolled_back_transaction_are_never_sent(w: &World) {
    w.listen("/in");
    let refused = w.act(|ctx, tx| {
        tx.record(ctx, store::Event::new("thing.changed", Id::<()>::new(9)).with("step", 1))?;
        Err::<(), _>(kernel::problem::Problem::stale())
    });
    assert!(refused.is_err());
    w.happen(9, 2);
    w.pass(10 * SECOND, SECOND);
    assert_eq!(w.steps(), [(9, 2)]);
}

/// More than one step along the log and more than one batch of messages, on both engines' lanes.
fn a_burst_is_sent_whole(w: &World) {
    let endpoint = w.listen("/in");
    // long enough that messages meet there, however busy this machine is
    w.receiver.answer(|_| Reply::Slow(Duration::from_millis(10)));
    w.act(|ctx, tx| {
        for n in 0..1200 {
            tx.record(ctx, store::Event::new("thing.changed", Id::<()>::new(n % 97)).with("step", n))?;
        }
        Ok(())
    })
    .unwrap();
    w.t.run_jobs();
    let steps = w.steps();
    assert_eq!(steps.len(), 1200);
    for thing in 0..97 {
        assert!(of(&steps, thing).is_sorted(), "{:?}", of(&steps, thing));
    }
    assert!((2..=8).contains(&w.receiver.busiest()), "{}", w.receiver.busiest());
    assert_eq!(w.line(&endpoint).waiting, 0);
}
