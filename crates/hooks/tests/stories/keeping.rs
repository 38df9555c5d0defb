//! What people do with endpoints: pause, resume, replay, remove; and what goes by itself.

use super::world::{World, of, told};
use hooks::commands;
use hooks::model::{DeliveryState, EndpointState, MOST_ENDPOINTS, StopReason};
use kernel::ctx::{Actor, Ctx, Member};
use kernel::policy::Role;
use kernel::time::{DAY, HOUR, MINUTE, SECOND};
use std::sync::Arc;
use store::keep::{Due, Held, Way};
use testkit::{Reply, whole_city};

told!(
    a_pause_loses_nothing,
    a_pause_can_be_passed_over,
    what_was_removed_is_told_nothing_more,
    one_delivery_is_replayed_with_its_id,
    a_span_is_replayed_in_order_also_what_is_not_kept_any_more,
    a_span_has_an_end_and_is_not_too_long,
    old_deliveries_go,
    who_may_not_keep_endpoints_is_told_nothing_more,
    there_are_not_too_many,
    others_may_not,
);

fn pause(w: &World, e: &hooks::model::Endpoint) -> hooks::model::Endpoint {
    let seen = (e.number.clone(), e.version);
    w.act(move |ctx, tx| commands::pause(ctx, tx, (&seen.0, seen.1))).unwrap()
}

fn resume(w: &World, e: &hooks::model::Endpoint, from_now: bool) -> hooks::model::Endpoint {
    let seen = (e.number.clone(), e.version);
    w.act(move |ctx, tx| commands::resume(ctx, tx, (&seen.0, seen.1), from_now)).unwrap()
}

fn a_pause_loses_nothing(w: &World) {
    let endpoint = w.listen("/in");
    w.happen(1, 1);
    w.t.run_jobs();
    let paused = pause(w, &endpoint);
    w.happen(1, 2);
    w.happen(1, 3);
    w.pass(DAY, HOUR);
    assert_eq!(w.steps(), [(1, 1)]);
    resume(w, &paused, false);
    w.t.run_jobs();
    assert_eq!(w.steps(), [(1, 1), (1, 2), (1, 3)]);
}

fn a_pause_can_be_passed_over(w: &World) {
    let endpoint = w.listen("/in");
    w.receiver.answer(|_| Reply::Status(500));
    w.happen(1, 1);
    w.t.run_jobs();
    let paused = pause(w, &endpoint);
    w.happen(1, 2);
    w.receiver.answer(|_| Reply::Status(200));
    w.receiver.taken();
    resume(w, &paused, true);
    w.happen(1, 3);
    w.pass(HOUR, MINUTE);
    assert_eq!(w.steps(), [(1, 3)]);
    assert_eq!(w.deliveries(&endpoint, DeliveryState::Skipped).len(), 1);
    let twice = w.act(move |ctx, tx| {
        let line = hooks::queries::endpoint(tx, &endpoint.number)?;
        commands::resume(ctx, tx, (&endpoint.number, line.endpoint.version), false)
    });
    assert_eq!(twice.unwrap_err().code, "hook-active");
}

fn what_was_removed_is_told_nothing_more(w: &World) {
    let endpoint = w.listen("/in");
    w.receiver.answer(|_| Reply::Status(500));
    w.happen(1, 1);
    w.t.run_jobs();
    w.receiver.taken();
    let seen = (endpoint.number.clone(), endpoint.version);
    w.act(move |ctx, tx| commands::remove(ctx, tx, (&seen.0, seen.1))).unwrap();
    w.happen(1, 2);
    w.pass(DAY, HOUR);
    assert!(w.receiver.received().is_empty());
    let number = endpoint.number.clone();
    let found = w.t.test.db.read_now(move |tx| hooks::queries::endpoint(tx, &number));
    assert_eq!(found.unwrap_err().status, 404);
    // the next one has a number of its own
    assert_eq!(w.listen("/next").number, "WH-0002");
    w.t.run_jobs();
}

fn one_delivery_is_replayed_with_its_id(w: &World) {
    let endpoint = w.listen("/in");
    w.happen(1, 1);
    w.t.run_jobs();
    let id = w.receiver.received()[0].header("webhook-id").to_owned();
    let (number, message) = (endpoint.number.clone(), id.clone());
    w.act(move |ctx, tx| commands::replay(ctx, tx, &number, &message)).unwrap();
    let (number, message) = (endpoint.number.clone(), id.clone());
    let twice = w.act(move |ctx, tx| commands::replay(ctx, tx, &number, &message));
    assert_eq!(twice.unwrap_err().code, "hook-waiting");
    w.t.run_jobs();
    let received = w.receiver.received();
    assert_eq!((received.len(), received[1].header("webhook-id")), (2, id.as_str()));
    let number = endpoint.number.clone();
    let unknown = w.act(move |ctx, tx| commands::replay(ctx, tx, &number, "msg_00"));
    assert_eq!(unknown.unwrap_err().status, 404);
}

fn a_span_is_replayed_in_order_also_what_is_not_kept_any_more(w: &World) {
    w.happen(1, 1);
    w.t.advance(MINUTE);
    let endpoint = w.listen("/in");
    let from = w.t.test.db.now();
    for step in 2..=5 {
        w.happen(1, step);
        w.t.advance(MINUTE);
    }
    w.t.run_jobs();
    let first: Vec<String> = w.receiver.taken().iter().map(|r| r.header("webhook-id").to_owned()).collect();
    let until = w.t.test.db.now();
    w.t.advance(MINUTE);
    w.happen(1, 6);
    w.pass(10 * SECOND, SECOND);
    w.receiver.taken();
    // retention takes what was sent; the log still has it
    w.t.advance(29 * DAY);
    forget(w);
    assert!(!w.deliveries(&endpoint, DeliveryState::Sent).is_empty());
    w.t.advance(2 * DAY);
    forget(w);
    assert_eq!(w.deliveries(&endpoint, DeliveryState::Sent).len(), 0);
    let number = endpoint.number.clone();
    w.act(move |ctx, tx| commands::replay_span(ctx, tx, &number, from, until)).unwrap();
    w.t.run_jobs();
    let again = w.receiver.received();
    assert_eq!(w.steps(), [(1, 2), (1, 3), (1, 4), (1, 5)]);
    let ids: Vec<String> = again.iter().map(|r| r.header("webhook-id").to_owned()).collect();
    assert_eq!(ids, first, "the same events have the same ids for ever");
    // once more, now of rows that are there
    w.receiver.taken();
    let number = endpoint.number.clone();
    w.act(move |ctx, tx| commands::replay_span(ctx, tx, &number, from, until)).unwrap();
    w.t.run_jobs();
    assert_eq!(of(&w.steps(), 1), [2, 3, 4, 5]);
}

/// What the nightly run does with deliveries that are over their time.
fn forget(w: &World) {
    let keeps = w.t.city.kept::<web::keep::Keeps>().unwrap();
    let rule = keeps.rule("hook-deliveries").unwrap();
    let Way::Daily { erase, .. } = &rule.way else { panic!("deliveries go by the nightly run") };
    let ctx = w.t.test.ctx_system();
    let inner = ctx.clone();
    let erased = w.t.test.db.write_now(&ctx, move |tx| {
        tx.housekeeping();
        erase(&inner, tx, &Due::new(inner.now, rule.days.usual, &Held::default()), 200)
    });
    erased.unwrap();
}

fn a_span_has_an_end_and_is_not_too_long(w: &World) {
    let endpoint = w.listen("/in");
    w.t.run_jobs();
    let now = w.t.test.db.now();
    for (from, until, code) in [
        (now, now, "hook-span-empty"),
        (now.plus(HOUR), now.plus(2 * HOUR), "hook-span-empty"),
        (now.plus(-40 * DAY), now, "hook-span-long"),
    ] {
        let number = endpoint.number.clone();
        let refused = w.act(move |ctx, tx| commands::replay_span(ctx, tx, &number, from, until));
        assert_eq!(refused.unwrap_err().fields[0].code, code);
    }
}

fn old_deliveries_go(w: &World) {
    let endpoint = w.listen("/in");
    w.happen(1, 1);
    w.t.run_jobs();
    w.receiver.answer(|_| Reply::Status(500));
    w.t.advance(29 * DAY);
    w.happen(2, 1);
    w.t.run_jobs();
    forget(w);
    assert_eq!(w.deliveries(&endpoint, DeliveryState::Sent).len(), 1);
    w.t.advance(2 * DAY);
    forget(w);
    assert_eq!(w.deliveries(&endpoint, DeliveryState::Sent).len(), 0);
    assert_eq!(w.deliveries(&endpoint, DeliveryState::Waiting).len(), 1, "what waits stays");
    w.t.test.leave_jobs();
}

fn who_may_not_keep_endpoints_is_told_nothing_more(w: &World) {
    let endpoint = w.listen("/in");
    w.happen(1, 1);
    w.t.run_jobs();
    let person = w.office.id;
    w.t.test
        .db
        .write_now(&w.t.test.ctx_system(), {
            let ctx = w.t.test.ctx_system();
            move |tx| {
                let grant = people::queries::grants_of(tx, person)?.remove(0);
                people::commands::revoke_role(tx, &ctx, grant.id, "离任")
            }
        })
        .unwrap();
    w.happen(1, 2);
    w.pass(10 * SECOND, SECOND);
    assert_eq!(w.steps(), [(1, 1)]);
    let line = w.line(&endpoint);
    assert_eq!(
        (line.endpoint.state, line.endpoint.stop_reason),
        (EndpointState::Stopped, Some(StopReason::Owner))
    );
}

fn there_are_not_too_many(w: &World) {
    for n in 0..MOST_ENDPOINTS {
        w.listen(&format!("/{n}"));
    }
    let draft = w.draft("/more");
    let refused = w.act(move |ctx, tx| commands::add(ctx, tx, draft));
    assert_eq!(refused.unwrap_err().code, "hook-too-many");
    w.t.run_jobs();
}

fn others_may_not(w: &World) {
    let endpoint = w.listen("/in");
    w.t.run_jobs();
    for role in Role::ALL {
        let grants = vec![whole_city(role)];
        let member = Member { id: w.office.id, name: String::new(), grants };
        let ctx = Ctx { actor: Actor::Member(Arc::new(member)), ..w.ctx() };
        let (draft, by) = (w.draft("/x"), ctx.clone());
        let added = w.t.test.db.write_now(&ctx, move |tx| commands::add(&by, tx, draft));
        let keeps = matches!(role, Role::Office | Role::Leader);
        assert_eq!(added.is_ok(), keeps, "{role:?}");
        let (by, seen) = (ctx.clone(), (endpoint.number.clone(), w.line(&endpoint).endpoint.version));
        let paused = w.t.test.db.write_now(&ctx, move |tx| commands::pause(&by, tx, (&seen.0, seen.1)));
        assert_eq!(paused.is_ok(), keeps || role == Role::SystemAdmin, "{role:?}: {paused:?}");
        if paused.is_ok() {
            resume(w, &w.line(&endpoint).endpoint, true);
        }
    }
    w.t.run_jobs();
}
