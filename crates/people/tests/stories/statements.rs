//! What a compiler would check of the SQL: every statement is prepared on both engines.

use testkit::TestDb;

testkit::both_engines!(crate::common::MIGRATIONS; every_statement_prepares, recognising_is_quick);

fn every_statement_prepares(t: &TestDb) {
    // statements of other crates on the list belong to tables that are not here
    let faults = t.db.check_statements().unwrap();
    let ours: Vec<&String> = faults.iter().filter(|f| f.contains("people")).collect();
    assert!(ours.is_empty(), "{ours:#?}");
}

/// Not a promise, a look: recognition runs before every request, so it is printed and held far from slow.
fn recognising_is_quick(t: &TestDb) {
    use web::app::Recogniser as _;
    crate::common::town(t);
    let ctx = t.ctx_system();
    let ctx_in = t.ctx_public();
    t.db.write_now(&ctx, move |tx| {
        let visitor = people::commands::Visitor::default();
        let candidate = people::commands::candidate(tx, "head", &visitor)?;
        people::commands::accept_password(tx, &ctx_in, &candidate, &visitor, "token")
    })
    .unwrap();
    let recogniser = people::Recogniser::default();
    let spent =
        t.db.read_now(move |tx| {
            let began = std::time::Instant::now();
            for _ in 0..500 {
                recogniser.by_session(tx, "token")?.unwrap();
            }
            Ok(began.elapsed() / 500)
        })
        .unwrap();
    println!("{:?}: a session is recognised in {spent:?}", t.engine);
    assert!(spent.as_millis() < 50, "{spent:?}");
}
