//! A city from before the ladder: its supervision letters go on.

use super::world::{CLEANING, MIGRATIONS, World};
use cases::letters::CASE;
use ladder::model::{BY_HAND, Rung};
use ladder::workflow::State;
use store::{Db, Event, Migration, Options};
use testkit::TestDb;

/// Everything but the step that hands the letters over.
const BEFORE: &[Migration] = testkit::migrations!(web, people, places, ladder, cases; without "cases" 2);

testkit::both_engines!(BEFORE; letters_of_before_are_the_ladders);

fn letters_of_before_are_the_ladders(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let (read, unread) = (w.dispatched("新华路暴露垃圾", CLEANING), w.dispatched("井盖缺失", CLEANING));
    let schema = match &t.location {
        store::Location::Server { schema, .. } => format!("{schema}."),
        store::Location::Embedded { .. } => String::new(),
    };
    for (n, case, acknowledged) in [(1, &read, "1"), (2, &unread, "null")] {
        let id = case.id;
        w.act(&w.office(), move |ctx, tx, _| {
            tx.record(ctx, Event::new("case.supervised", id).with("number", n).text("请于两日内清运"))
        })
        .unwrap();
        let lines = t.db.read_now(move |tx| store::audit::history(tx, id)).unwrap();
        let at = lines.iter().find(|l| l.verb == "case.supervised").unwrap().at.0;
        let acknowledged = if acknowledged == "null" { "null".to_owned() } else { (at + 5).to_string() };
        let row = format!(
            "insert into {schema}case_supervision (id, number, case_id, unit_id, issued_by, issued_at, answer_by, \
             acknowledged_at) values ({n}, 'DB-2026-000{n}', {}, {CLEANING}, 1, {at}, {}, {acknowledged})",
            case.id.raw(),
            at + 1000
        );
        store::db::tamper(&t.location, &row).unwrap();
    }
    // words of before were not sealed yet, and the register's are handed over before they are
    store::db::tamper(
        &t.location,
        &format!("update {schema}audit_text set text = '请于两日内清运'; delete from {schema}sealed_column where name in ('audit_text.text', 'ladder_letter.text')"),
    )
    .unwrap();
    let options = Options { readers: 2, writers: 2, ..Options::default() };
    let now = Db::open(t.location.clone(), t.folder(), t.clock.clone(), MIGRATIONS, options).unwrap();
    let of = |case: i64| now.read_now(move |tx| ladder::store::letters_of(tx, CASE, case)).unwrap();
    let letter = of(read.id.raw()).remove(0);
    assert_eq!(
        (letter.rung, letter.state, letter.step.as_str()),
        (Rung::Letter, State::Acknowledged, BY_HAND)
    );
    assert_eq!((letter.code.as_str(), letter.name()), ("DB-2026-0001", "DB-2026-0001"));
    assert_eq!((letter.text.as_str(), letter.unit_id.raw()), ("请于两日内清运", CLEANING));
    assert_eq!(letter.subject_number, read.number);
    // the unit goes on where it stood
    let letter = of(unread.id.raw()).remove(0);
    assert_eq!(letter.state, State::Issued);
    let (clerk, desk, id) = (w.clerk(CLEANING), w.desk.ladder.clone(), letter.id);
    let answered = now
        .write_now(&clerk.clone(), move |tx| ladder::commands::answer(&clerk, tx, &desk, id, "已更换", &[]));
    assert_eq!(answered.unwrap().state, State::Answered);
    // a paper of it was never kept
    assert!(now.read_now(move |tx| ladder::kept::frozen(tx, id)).unwrap().is_none());
}
