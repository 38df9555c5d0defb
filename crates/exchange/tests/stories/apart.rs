//! Where the two disagree: found, decided, told again; and everything compared at once.

use super::hotline::{created, snapshot, then};
use super::world::{World, told};
use cases::workflow::State;
use exchange::commands;
use exchange::model::{Aspect, Difference, DifferenceState, How, Side};
use kernel::policy::Role;
use kernel::problem::Problem;
use kernel::time::{HOUR, MINUTE};
use serde_json::json;

told!(
    a_deadline_that_differs_is_decided_by_a_person,
    what_somebody_decided_stays_decided_until_it_changes,
    taking_theirs_is_the_move_itself_with_its_permission,
    where_ours_holds_ours_is_told_again_by_itself,
    words_they_change_are_a_difference_or_go_into_the_history,
    everything_is_compared_at_once_and_at_night,
);

fn decide(
    w: &World,
    role: Role,
    of: &Difference,
    how: How,
    why: &'static str,
) -> Result<Difference, Problem> {
    let (number, version) = (of.number.clone(), of.version);
    w.act(role, move |ctx, tx, desk| commands::resolve(ctx, tx, desk, (&number, version), how, why))
}

fn the(w: &World, aspect: Aspect) -> Difference {
    let open = w.differences(DifferenceState::Open);
    let found: Vec<_> = open.iter().filter(|d| d.aspect == aspect).collect();
    assert_eq!(found.len(), 1, "{open:?}");
    found[0].clone()
}

fn changed(order: &str, revision: i64, field: &str, value: &str) -> serde_json::Value {
    let mut change = then(order, revision, "changed", "");
    change["snapshot"] = snapshot(order, revision);
    change["snapshot"][field] = json!(value);
    change
}

fn a_deadline_that_differs_is_decided_by_a_person(w: &World) {
    w.partner();
    w.hotline.tell(created("G1"));
    w.turn();
    w.dispatched("G1");
    w.turn();
    let of = the(w, Aspect::Deadline);
    assert_eq!(of.theirs.as_str(), "2026-03-06T18:00:00+08:00");
    let due = w.case("G1").due_at;
    assert_eq!(decide(w, Role::Dispatcher, &of, How::Theirs, "").unwrap_err().status, 422);
    assert_eq!(decide(w, Role::SystemAdmin, &of, How::Theirs, "我看行").unwrap_err().status, 403);
    let done = decide(w, Role::Dispatcher, &of, How::Theirs, "热线要求周五前办结").unwrap();
    assert_eq!((done.state, done.how), (DifferenceState::Settled, Some(How::Theirs)));
    assert_eq!(decide(w, Role::Dispatcher, &done, How::Ours, "再来").unwrap_err().code, "exchange-not-open");
    w.turn();
    assert!(w.open().is_empty(), "{:?}", w.open());
    // our own clock is what the catalogue says; the unit reads which one holds
    assert_eq!(w.case("G1").due_at, due);
    let number = w.case("G1").number;
    let page = w.browser(Role::UnitClerk).get(&format!("/cases/{number}")).expect(200);
    assert!(page.has("以对方时限为准"), "{}", page.text());
    // another deadline of theirs is another difference
    w.hotline.tell(changed("G1", 2, "deadline", "2026-03-09 12:00"));
    w.turn();
    assert_eq!(the(w, Aspect::Deadline).theirs.as_str(), "2026-03-09T12:00:00+08:00");
}

fn what_somebody_decided_stays_decided_until_it_changes(w: &World) {
    let partner = w.partner();
    w.hotline.tell(created("G1"));
    w.turn();
    w.dispatched("G1");
    w.turn();
    decide(w, Role::Office, &the(w, Aspect::Deadline), How::Ours, "按立案条件").unwrap();
    w.hotline.tell(then("G1", 2, "urged", "快"));
    w.turn();
    assert!(w.open().is_empty(), "{:?}", w.open());
    w.hotline.tell(changed("G1", 3, "unit", "别的单位"));
    w.turn();
    assert!(w.open().is_empty(), "a word nobody has mapped is no difference: {:?}", w.open());
    let other = w.units[1].clone();
    w.map(&partner, exchange::model::ValueKind::Unit, "别的单位", &other);
    w.turn();
    let of = the(w, Aspect::Unit);
    assert_eq!((of.ours.as_str(), of.theirs.as_str()), (w.units[0].as_str(), w.units[1].as_str()));
    // theirs: the dispatcher sends it on
    decide(w, Role::Dispatcher, &of, How::Theirs, "热线已改派").unwrap();
    w.turn();
    assert!(w.verbs("G1").contains(&"case.redispatched".to_owned()));
    assert_eq!(w.open().iter().filter(|(a, ..)| a == "unit").count(), 0);
}

fn taking_theirs_is_the_move_itself_with_its_permission(w: &World) {
    w.partner();
    w.hotline.tell(created("G1"));
    w.hotline.tell(created("G2"));
    w.turn();
    w.dispatched("G1");
    w.dispatched("G2");
    w.hotline.tell(then("G1", 2, "withdrawn", "市民撤单"));
    w.hotline.tell(then("G2", 2, "closed", ""));
    w.turn();
    let states: Vec<_> =
        w.differences(DifferenceState::Open).into_iter().filter(|d| d.aspect == Aspect::State).collect();
    let of = |order: &str| states.iter().find(|d| d.order_no == order).unwrap().clone();
    // a dispatcher may decide about differences, and still may not void
    assert_eq!(decide(w, Role::Dispatcher, &of("G1"), How::Theirs, "对方已撤").unwrap_err().status, 403);
    decide(w, Role::Office, &of("G1"), How::Theirs, "对方已撤").unwrap();
    assert_eq!(w.state("G1"), State::Voided);
    // nobody has handled it: closing is done on the case's page or not at all
    assert_eq!(
        decide(w, Role::Office, &of("G2"), How::Theirs, "对方已结").unwrap_err().code,
        "exchange-on-the-case"
    );
    assert_eq!(w.state("G2"), State::Dispatched);
    // and when the case gets there by itself, the difference goes by itself
    w.answered("G2");
    w.passed("G2");
    w.closed("G2");
    w.turn();
    assert!(w.open().is_empty(), "{:?}", w.open());
    assert_eq!(w.differences(DifferenceState::Gone).iter().filter(|d| d.aspect == Aspect::State).count(), 1);
}

fn where_ours_holds_ours_is_told_again_by_itself(w: &World) {
    w.partner();
    w.hotline.tell(created("G1"));
    w.turn();
    w.dispatched("G1");
    w.turn();
    w.hotline.tell(then("G1", 2, "closed", ""));
    w.turn();
    assert_eq!(w.hotline.kinds("G1"), ["accepted", "dispatched", "status"]);
    let told = w.hotline.results();
    assert_eq!(told.last().unwrap()["stage"], "dispatched");
    // once for a difference, however often it is looked at
    w.pass(HOUR, 5 * MINUTE);
    assert_eq!(w.hotline.kinds("G1").len(), 3);
    let of = the(w, Aspect::State);
    let sent = decide(w, Role::Dispatcher, &of, How::Sent, "").unwrap();
    assert_eq!((sent.state, sent.sent_at.is_some()), (DifferenceState::Open, true));
    w.turn();
    assert_eq!(w.hotline.kinds("G1"), ["accepted", "dispatched", "status", "status"]);
}

fn words_they_change_are_a_difference_or_go_into_the_history(w: &World) {
    let partner = w.partner();
    w.hotline.tell(created("G1"));
    w.turn();
    w.hotline.tell(changed("G1", 2, "text", "市民更正：是胜利路"));
    w.turn();
    assert!(w.open().is_empty());
    let id = w.case("G1").id;
    let said = w.read(move |tx| {
        Ok(store::audit::history(tx, id)?.into_iter().filter_map(|l| l.words()).collect::<Vec<_>>())
    });
    assert!(said.iter().any(|text| text.contains("胜利路")), "{said:?}");
    w.wins(&partner, |wins| wins.text = Side::Ours);
    w.hotline.tell(changed("G1", 3, "text", "市民再更正：是雄关路"));
    w.turn();
    let of = the(w, Aspect::Text);
    assert!(of.theirs.contains("雄关路"));
    decide(w, Role::Office, &of, How::Ours, "现场核实是胜利路").unwrap();
    w.hotline.tell(then("G1", 4, "urged", ""));
    w.turn();
    assert!(w.open().is_empty());
}

fn everything_is_compared_at_once_and_at_night(w: &World) {
    let partner = w.partner();
    for order in ["G1", "G2", "G3"] {
        w.hotline.tell(created(order));
        w.hotline.list(snapshot(order, 1));
    }
    w.turn();
    for order in ["G1", "G2", "G3"] {
        w.dispatched(order);
        w.hotline.list({
            let mut order = snapshot(order, 1);
            order["deadline"] = json!("");
            order
        });
    }
    // one they lost, one we never got, one that stands elsewhere
    w.hotline.unlist("G2");
    w.hotline.list(snapshot("G9", 4));
    let mut done = snapshot("G3", 2);
    done["state"] = json!("已办结");
    w.hotline.list(done);
    let number = partner.number.clone();
    let run = w.browser(Role::Dispatcher);
    run.submit(
        &format!("/exchange/partners/{number}"),
        &format!("/exchange/partners/{number}/comparison"),
        &[],
    )
    .expect(303);
    w.turn();
    let aspects: Vec<(String, String)> = w
        .differences(DifferenceState::Open)
        .iter()
        .filter(|d| d.aspect != Aspect::Deadline)
        .map(|d| (d.order_no.clone(), kernel::workflow::Named::code(d.aspect).to_owned()))
        .collect();
    let has = |order: &str, aspect: &str| aspects.iter().any(|(o, a)| o == order && a == aspect);
    assert!(has("G2", "missing-there") && has("G9", "missing-here") && has("G3", "state"), "{aspects:?}");
    assert_eq!(aspects.len(), 3);
    assert!(w.line(&partner).health.compared_at.is_some());
    // theirs: the order that never came is brought in as it stands, and its later changes go on from there
    let missing = the(w, Aspect::MissingHere);
    decide(w, Role::Dispatcher, &missing, How::Theirs, "补取").unwrap();
    w.turn();
    assert_eq!(w.state("G9"), State::Reported);
    w.hotline.tell(then("G9", 5, "urged", "快"));
    w.turn();
    assert!(w.verbs("G9").contains(&"case.heard".to_owned()), "{:?}", w.broken());
    // what they have again is no difference any more; at night nobody has to ask
    w.hotline.list(snapshot("G2", 1));
    w.t.jobs().ensure_periodic().unwrap();
    w.pass(22 * HOUR, 30 * MINUTE);
    assert!(!w.open().iter().any(|(aspect, ..)| aspect == "missing-there"), "{:?}", w.open());
}
