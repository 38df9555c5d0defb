//! What comes in: orders become cases, changes become moves, each once and in order; what does not fit is kept for a person.

use super::hotline::{created, snapshot, then};
use super::world::{World, told};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cases::model::Source;
use cases::workflow::State;
use exchange::commands::{self, Mend};
use exchange::model::{Incoming, Side, ValueKind};
use kernel::policy::Role;
use kernel::time::{HOUR, MINUTE, SECOND};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde_json::{Value, json};
use testkit::Reply;

told!(
    an_order_becomes_a_case_with_its_number_deadline_and_reporter,
    words_nobody_has_mapped_are_asked_for_and_nothing_is_guessed,
    changes_that_come_twice_and_in_any_order_are_done_once_in_order,
    their_steps_are_the_right_moves,
    what_cannot_be_carried_out_waits_for_a_person,
    a_gap_is_waited_for_then_told,
    garbage_and_failures_lose_nothing,
    what_came_lies_sealed,
    what_was_sealed_with_the_old_key_is_sealed_anew,
);

fn an_order_becomes_a_case_with_its_number_deadline_and_reporter(w: &World) {
    let partner = w.partner();
    w.hotline.tell(created("G1"));
    w.turn();
    let case = w.case("G1");
    assert_eq!((case.source, case.state), (Source::Hotline, State::Reported));
    assert_eq!(case.title, "新华路垃圾堆放");
    assert_eq!(case.governing_unit, Some(w.street_office));
    assert!(case.item_id.is_some(), "the kind was mapped");
    assert_eq!(w.broken().len(), 0);
    assert_eq!(w.line(&partner).health.last_error, None);
    // the partner was asked with its credential
    let asked = &w.hotline.receiver.received()[0];
    assert_eq!(asked.header("authorization"), "Bearer t-0k3n");
    let id = case.id;
    let reporter = w.read(move |tx| Ok(cases::store::reporter(tx, id)?.unwrap()));
    assert_eq!((reporter.name.as_str(), reporter.phone.as_str()), ("欧阳明月", "13893712345"));
    // whoever handles it sees the order and its deadline, not who reported
    w.dispatched("G1");
    w.turn();
    let unit = w.browser(Role::UnitClerk).get(&format!("/cases/{}", case.number)).expect(200);
    assert!(unit.has("工单 G1") && unit.has("对方时限"), "{}", unit.text());
    assert!(!unit.has("欧阳明月") && !unit.has("13893712345"));
    let office = w.browser(Role::Office).get(&format!("/cases/{}", case.number)).expect(200);
    assert!(office.has("欧阳明月"));
}

fn words_nobody_has_mapped_are_asked_for_and_nothing_is_guessed(w: &World) {
    let partner = w.add(w.draft());
    w.hotline.tell(created("G1"));
    w.turn();
    assert_eq!(w.case("G1").item_id, None);
    let line = w.line(&partner);
    assert_eq!((line.unmapped, line.broken_in), (3, 0));
    // once somebody says what they are, the order is looked at again
    w.dispatched("G1");
    let other = w.units[1].clone();
    w.map(&partner, ValueKind::Unit, "雄关街道", &other);
    w.turn();
    assert_eq!(w.open().iter().filter(|(aspect, ..)| aspect == "unit").count(), 1, "{:?}", w.open());
    let right = w.units[0].clone();
    w.map(&partner, ValueKind::Unit, "雄关街道", &right);
    w.turn();
    assert_eq!(w.open().iter().filter(|(aspect, ..)| aspect == "unit").count(), 0);
    assert_eq!(w.line(&partner).unmapped, 2);
    // what is not there cannot be mapped to
    let number = partner.number.clone();
    let wrong = w.act(Role::Office, move |ctx, tx, desk| {
        commands::map_value(ctx, tx, desk, &number, ValueKind::Category, ("甲", "event-9999")).map(drop)
    });
    assert_eq!(wrong.unwrap_err().status, 422);
}

fn changes_that_come_twice_and_in_any_order_are_done_once_in_order(w: &World) {
    w.partner();
    w.hotline.pages_of(2);
    let mut all = vec![created("G1")];
    all.extend((2..=7).map(|n| then("G1", n, "urged", &format!("第{n}次"))));
    // shuffled by hand, each twice, and one more time under another name
    for n in [3, 0, 6, 1, 1, 5, 2, 4, 3, 0, 6, 5, 2, 4] {
        w.hotline.tell(all[n].clone());
    }
    let mut alias = all[3].clone();
    alias["id"] = json!("again");
    w.hotline.tell(alias);
    w.pass(10 * MINUTE, 30 * SECOND);
    let id = w.case("G1").id;
    let mut told: Vec<String> = w.read(move |tx| {
        let lines = store::audit::history(tx, id)?;
        Ok(lines.into_iter().filter(|l| l.verb == "case.heard").filter_map(|l| l.words()).collect())
    });
    // the clock of tests stands still within a step: writers beside each other leave no order to read
    if w.t.test.engine == testkit::Engine::Server {
        told.sort();
    }
    assert_eq!(told, (2..=7).map(|n| format!("第{n}次")).collect::<Vec<_>>());
    assert_eq!(w.broken().len(), 0, "{:?}", w.broken());
}

fn their_steps_are_the_right_moves(w: &World) {
    let partner = w.partner();
    for order in ["G1", "G2", "G3", "G4", "G5", "G6"] {
        w.hotline.tell(created(order));
    }
    w.turn();
    // withdrawn before anybody has set out: voided
    w.hotline.tell(then("G1", 2, "withdrawn", "市民自行处理"));
    // closed there after we have verified: closed
    w.dispatched("G2");
    w.answered("G2");
    w.passed("G2");
    w.hotline.tell(then("G2", 2, "closed", ""));
    // contested after closing: the reporter's contest
    w.dispatched("G3");
    w.answered("G3");
    w.passed("G3");
    w.closed("G3");
    w.hotline.tell(then("G3", 2, "contested", "回访：没有清理干净"));
    // withdrawn while a unit is at work: ours holds, so that a person decides
    w.dispatched("G4");
    w.hotline.tell(then("G4", 2, "withdrawn", ""));
    // a supplement answers the question that the reporter was asked
    let id = w.case("G5").id;
    w.act(Role::Office, move |ctx, tx, desk| {
        cases::commands::inquire(ctx, tx, desk, id, "具体在哪里？").map(drop)
    })
    .unwrap();
    assert_eq!(w.state("G5"), State::Unclear);
    w.hotline.tell(then("G5", 2, "supplemented", "在12号楼下"));
    // closed there though nobody has answered here: never followed
    w.dispatched("G6");
    w.hotline.tell(then("G6", 2, "closed", ""));
    w.turn();
    assert_eq!(w.state("G1"), State::Voided);
    assert_eq!(w.state("G2"), State::Closed);
    assert_eq!(w.state("G3"), State::Contested);
    assert_eq!(w.state("G4"), State::Dispatched);
    assert_eq!(w.state("G5"), State::Reported);
    assert_eq!(w.state("G6"), State::Dispatched);
    let states: Vec<_> = w.open().into_iter().filter(|(aspect, ..)| aspect == "state").collect();
    let wanted = |theirs: &str| ("state".to_owned(), "dispatched".to_owned(), theirs.to_owned());
    assert_eq!(states, vec![wanted("closed"), wanted("withdrawn")]);
    // by rule theirs: followed as far as the process allows, and no further
    w.wins(&partner, |wins| wins.state = Side::Theirs);
    w.hotline.tell(created("G7"));
    w.turn();
    w.dispatched("G7");
    w.answered("G7");
    w.hotline.tell(then("G7", 2, "closed", "回访满意"));
    w.hotline.tell(then("G6", 3, "closed", ""));
    w.turn();
    assert_eq!(w.state("G7"), State::Closed);
    assert_eq!(w.state("G6"), State::Dispatched);
}

fn what_cannot_be_carried_out_waits_for_a_person(w: &World) {
    w.partner();
    // outside the city: no case of ours
    let mut far = created("G1");
    far["snapshot"]["lng"] = json!(116.4);
    far["snapshot"]["lat"] = json!(39.9);
    w.hotline.tell(far);
    w.hotline.tell(then("G1", 2, "urged", "快"));
    w.turn();
    let broken = w.broken();
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert_eq!(broken[0].fault.as_deref(), Some("not-a-case"));
    assert!(broken[0].detail.contains("outside-city"), "{}", broken[0].detail);
    let (number, version) = (broken[0].number.clone(), broken[0].version);
    let mend = move |what: Mend, why: &'static str| {
        let number = number.clone();
        w.act(Role::Dispatcher, move |ctx, tx, _| {
            commands::mend(ctx, tx, (&number, version), what, why).map(drop)
        })
    };
    assert_eq!(mend(Mend::Dismiss, " ").unwrap_err().status, 422, "a reason is needed");
    assert_eq!(mend(Mend::Pass, "缺").unwrap_err().code, "exchange-no-gap");
    mend(Mend::Dismiss, "不在本市").unwrap();
    assert_eq!(mend(Mend::Dismiss, "再来").unwrap_err().status, 409);
    w.turn();
    // what was behind it is about no case
    let broken = w.broken();
    assert_eq!((broken.len(), broken[0].fault.as_deref()), (1, Some("no-order")));
    assert!(w.find("G1").is_none());
}

fn a_gap_is_waited_for_then_told(w: &World) {
    w.partner();
    w.hotline.tell(created("G1"));
    w.hotline.tell(then("G1", 3, "urged", "三"));
    w.hotline.tell(then("G1", 4, "urged", "四"));
    w.turn();
    assert_eq!((w.broken().len(), w.verbs("G1").iter().filter(|v| *v == "case.heard").count()), (0, 0));
    w.pass(HOUR, 5 * MINUTE);
    let broken = w.broken();
    assert_eq!(broken.len(), 1, "only the first behind the gap");
    assert_eq!((broken[0].revision, broken[0].fault.as_deref()), (3, Some("gap")));
    // it comes after all: everything goes on by itself
    w.hotline.tell(then("G1", 2, "urged", "二"));
    w.turn();
    assert_eq!(w.broken().len(), 0);
    assert_eq!(w.verbs("G1").iter().filter(|v| *v == "case.heard").count(), 3);
    // another gap, which a person passes
    w.hotline.tell(then("G1", 9, "urged", "九"));
    w.pass(2 * HOUR, 5 * MINUTE);
    let (number, version) = (w.broken()[0].number.clone(), w.broken()[0].version);
    w.act(Role::Office, move |ctx, tx, _| {
        commands::mend(ctx, tx, (&number, version), Mend::Pass, "对方确认没有").map(drop)
    })
    .unwrap();
    w.turn();
    assert_eq!(w.verbs("G1").iter().filter(|v| *v == "case.heard").count(), 4);
}

fn garbage_and_failures_lose_nothing(w: &World) {
    let partner = w.partner();
    let nonsense = |body: &str| Reply::With(200, ("x-any", String::new()), body.to_owned());
    for reply in [
        Reply::Status(500),
        Reply::HangUp,
        nonsense("<html>"),
        nonsense("{\"changes\": 7}"),
        nonsense("{\"changes\": [], \"next\": {}}"),
        Reply::Status(401),
    ] {
        w.hotline.say_instead(&reply, 1);
    }
    w.hotline.tell(created("G1"));
    w.hotline.tell(json!("garbage"));
    w.hotline.tell(json!({"id": "x", "order": "G1", "revision": "two", "kind": "urged"}));
    w.hotline
        .tell(json!({"id": "y", "order": "G1", "revision": 2, "kind": "danced", "at": "2026-03-05 10:00"}));
    // the same id with other words
    let mut twin = created("G1");
    twin["snapshot"]["text"] = json!("另一件事");
    w.hotline.tell(twin);
    w.hotline.tell(then("G1", 2, "urged", "快"));
    w.t.run_jobs();
    let line = w.line(&partner);
    assert!(line.health.last_error.is_some() && line.health.pull_streak == 1);
    w.pass(3 * HOUR, MINUTE);
    let mut faults: Vec<String> = w.broken().into_iter().filter_map(|b| b.fault).collect();
    faults.sort();
    assert_eq!(faults, ["contradicts", "unreadable", "unreadable", "unreadable"]);
    assert!(w.broken().iter().any(|b| b.detail.contains("kind: not-a-choice")));
    assert!(w.verbs("G1").contains(&"case.heard".to_owned()), "what is sound went on");
    assert_eq!(w.line(&partner).health.last_error, None);
    // a twin that contradicts can be looked at and put away; it never was carried out
    let twin = w.broken().into_iter().find(|b| b.fault.as_deref() == Some("contradicts")).unwrap();
    w.act(Role::Office, move |ctx, tx, _| {
        commands::mend(ctx, tx, (&twin.number, twin.version), Mend::Dismiss, "对方重复发送").map(drop)
    })
    .unwrap();
    assert_eq!(w.case("G1").description.as_str(), "市民反映新华路人行道有一堆垃圾");
}

fn what_came_lies_sealed(w: &World) {
    w.partner();
    let mut order = created("G1");
    order["snapshot"]["lng"] = Value::Null;
    order["snapshot"]["lat"] = Value::Null;
    order["snapshot"]["address"] = json!("");
    order["snapshot"]["reporter"]["phone"] = json!("13893799999");
    w.hotline.tell(order);
    let mut fine = snapshot("G2", 1);
    fine["reporter"]["phone"] = json!("13893788888");
    w.hotline.tell(json!({"id": "G2/1", "order": "G2", "revision": 1, "kind": "created",
        "at": "2026-03-05 09:00", "snapshot": fine}));
    w.turn();
    assert_eq!(w.broken().len(), 1);
    let bodies =
        w.read(|tx| tx.query(&store::Query::<(String, String)>::new("select body, detail from xchg_in")));
    assert_eq!(bodies.len(), 2);
    for (body, detail) in &bodies {
        assert!(
            !body.contains("138937") && !body.contains("reporter") && !detail.contains("138937"),
            "{body}"
        );
    }
    assert_eq!(
        w.t.test.plain_on_disk(&["13893799999", "13893788888", "欧阳明月", "t-0k3n"]),
        Vec::<&str>::new()
    );
    let tokens = w.read(|tx| tx.query(&store::Query::<(String,)>::new("select token from xchg_partner")));
    assert!(!tokens[0].0.is_empty() && !tokens[0].0.contains("t-0k3n"));
}

/// As the program of before sealed for a partner: with a key of `secret.key`, which every backup holds.
fn sealed_then(w: &World, partner: i64, text: &str) -> String {
    let key = w.t.test.db.secrets().sign("exchange-seal", &[&partner.to_be_bytes()]);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).unwrap());
    let (nonce, mut bytes) = ([5; NONCE_LEN], text.as_bytes().to_vec());
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut bytes).unwrap();
    STANDARD.encode([&nonce[..], &bytes].concat())
}

fn what_was_sealed_with_the_old_key_is_sealed_anew(w: &World) {
    let partner = w.partner().id.raw();
    // a change that waits for the one before it
    let mut late = snapshot("G1", 2);
    late["title"] = json!("第二次");
    w.hotline.tell(json!({"id": "G1/2", "order": "G1", "revision": 2, "kind": "changed",
        "at": "2026-03-05 09:05", "snapshot": late}));
    w.turn();
    assert!(w.find("G1").is_none());
    let waiting = store::sql!(Incoming: "select {*} from xchg_in where order_no = 'G1'");
    let body = w.read(move |tx| Ok(tx.all(waiting, &[])?[0].body.to_string()));
    let schema = match &w.t.test.location {
        store::Location::Server { schema, .. } => format!("{schema}."),
        store::Location::Embedded { .. } => String::new(),
    };
    let (token, then_body) = (sealed_then(w, partner, "t-0ld"), sealed_then(w, partner, &body));
    store::db::tamper(
        &w.t.test.location,
        &format!(
            "update {schema}xchg_partner set token = '{token}'; update {schema}xchg_in set body = '{then_body}', detail = '';
             delete from {schema}sealed_column where name like 'xchg%'"
        ),
    )
    .unwrap();
    let migrations: Vec<_> =
        super::world::features().iter().flat_map(|f| f.migrations.iter().copied()).collect();
    let options = store::Options { readers: 1, writers: 1, ..store::Options::default() };
    let (folder, clock) = (w.t.test.folder(), w.t.test.db.clock());
    drop(store::Db::open(w.t.test.location.clone(), folder, clock, &migrations, options).unwrap());
    assert_eq!(w.t.test.plain_on_disk(&["t-0ld", "欧阳明月", &token, &then_body]), Vec::<&str>::new());
    let partner = w.read(|tx| exchange::queries::partner(tx, "XP-0001")).partner;
    assert_eq!(partner.token.as_str(), "t-0ld");
    // what waited is carried out when what was missing comes
    w.hotline.tell(created("G1"));
    w.turn();
    assert_eq!(w.hotline.receiver.received().last().unwrap().header("authorization"), "Bearer t-0ld");
    assert!(w.verbs("G1").contains(&"case.heard".to_owned()), "{:?}", w.verbs("G1"));
}
