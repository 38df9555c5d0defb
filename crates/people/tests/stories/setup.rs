//! A new city's first people.

use kernel::ctx::Locale;
use people::{Recogniser, commands, queries, setup};
use testkit::TestDb;
use web::app::Recogniser as _;

testkit::both_engines!(crate::common::MIGRATIONS; a_new_city_has_three_administrators_whose_roles_rest_at_first);

fn a_new_city_has_three_administrators_whose_roles_rest_at_first(t: &TestDb) {
    let ctx = t.ctx_system();
    let (root, first) = setup::first_administrators(&t.db, &ctx, "嘉峪关市").unwrap();
    assert_eq!(root.code, "U-0001");
    assert_eq!(first.len(), 3);
    let again = setup::first_administrators(&t.db, &ctx, "嘉峪关市");
    assert!(again.is_err(), "a city has one root");

    // signing in with the told password leads to changing it; until then nothing may be done
    let ctx_in = t.ctx_public();
    let told = first[0].clone();
    assert_eq!(told.login, "system-admin");
    let outcome =
        t.db.write_now(&ctx, move |tx| {
            let visitor = commands::Visitor::default();
            let candidate = commands::candidate(tx, &told.login, &visitor)?;
            assert!(people::password::verify(
                &told.password,
                candidate.password_hash.as_deref().unwrap_or_default()
            ));
            commands::accept_password(tx, &ctx_in, &candidate, &visitor, "token")
        })
        .unwrap();
    assert!(matches!(outcome, commands::Outcome::In(people::recognise::Owed::Password)), "{outcome:?}");
    let recogniser = Recogniser::default();
    let member = t.db.read_now(move |tx| recogniser.by_session(tx, "token")).unwrap().unwrap();
    assert!(member.grants.is_empty());

    let account = t.db.read_now(|tx| queries::person_by_login(tx, "system-admin")).unwrap().unwrap();
    assert_eq!(account.language, Locale::ZhCn.code());
}
