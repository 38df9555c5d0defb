//! The auditor reads the log and has its chain checked.

use crate::common::{act, code, town};
use people::commands;
use store::audit::{self, LogFilter, Verdict};
use testkit::TestDb;

testkit::both_engines!(crate::common::MIGRATIONS; the_log_is_read_narrowed_and_checked);

fn the_log_is_read_narrowed_and_checked(t: &TestDb) {
    let town = town(t);
    let school = town.school.id;
    act(t, &town.head, move |tx, ctx| {
        let contact = people::model::Contact { name: "吴六".to_owned(), phone: String::new() };
        commands::edit_contact(tx, ctx, school, contact)
    })
    .unwrap();
    let actor = format!("person:{}", town.head.id);
    let found =
        t.db.read_now(move |tx| {
            let by = |verb: &str, actor: &str| LogFilter {
                verb: verb.to_owned(),
                actor: actor.to_owned(),
                before: None,
            };
            let units = audit::search(tx, &by("unit", ""), 100)?;
            let whole = audit::search(tx, &by("unit.created", ""), 2)?;
            let next = audit::search(tx, &LogFilter { before: whole.next, ..by("unit.created", "") }, 2)?;
            let person = audit::search(tx, &by("", &actor), 100)?;
            Ok((
                units.lines.len(),
                whole.lines.len(),
                whole.next.is_some(),
                next.lines.len(),
                next.next,
                person.lines.len(),
            ))
        })
        .unwrap();
    assert_eq!(found, (5, 2, true, 2, None, 1));

    let verdict = t.db.read_now(audit::verify).unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
    let told = verdict.clone();
    let wrong = act(t, &town.system, move |tx, ctx| commands::verify_log(tx, ctx, &told));
    assert_eq!(code(wrong), "forbidden");
    act(t, &town.auditor, move |tx, ctx| commands::verify_log(tx, ctx, &verdict)).unwrap();
}
