//! Passwords are changed, reset and expire; consent is given and withdrawn.

use crate::common::{HASH, act, code, town};
use kernel::identifiers::Phone;
use kernel::time::DAY;
use people::commands::{self, Outcome, Subject, Visitor};
use people::model::Purpose;
use people::recognise::Owed;
use people::{Recogniser, queries, settings};
use testkit::TestDb;
use web::app::Recogniser as _;

testkit::both_engines!(crate::common::MIGRATIONS;
    a_changed_password_ends_other_sessions,
    passwords_expire_only_where_a_city_wants_it,
    consent_is_to_a_wording_and_can_be_withdrawn,
);

fn sign_in(t: &TestDb, token: &'static str) -> Outcome {
    let ctx = t.ctx_public();
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| {
        let candidate = commands::candidate(tx, "head", &Visitor::default())?;
        commands::accept_password(tx, &ctx_in, &candidate, &Visitor::default(), token)
    })
    .unwrap()
}

fn a_changed_password_ends_other_sessions(t: &TestDb) {
    let town = town(t);
    sign_in(t, "here");
    sign_in(t, "there");
    let stale = act(t, &town.head, |tx, ctx| {
        commands::change_password(tx, ctx, "not the stored hash", "new".to_owned(), "here")
    });
    assert_eq!(code(stale), "stale");
    act(t, &town.head, |tx, ctx| commands::change_password(tx, ctx, &HASH, "new".to_owned(), "here"))
        .unwrap();
    let here = t.db.read_now(|tx| Recogniser::default().by_session(tx, "here")).unwrap();
    let there = t.db.read_now(|tx| Recogniser::default().by_session(tx, "there")).unwrap();
    assert!(here.is_some() && there.is_none());
}

fn passwords_expire_only_where_a_city_wants_it(t: &TestDb) {
    town(t);
    t.clock.advance(400 * DAY);
    assert!(matches!(sign_in(t, "a"), Outcome::In(Owed::Nothing)));
    let ctx = t.ctx_system();
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| settings::PASSWORD_DAYS.set(tx, &ctx_in, &90)).unwrap();
    assert!(matches!(sign_in(t, "b"), Outcome::In(Owed::Password)));
    let member = t.db.read_now(|tx| Recogniser::default().by_session(tx, "b")).unwrap().unwrap();
    assert!(member.grants.is_empty());
}

fn consent_is_to_a_wording_and_can_be_withdrawn(t: &TestDb) {
    let town = town(t);
    let me = Subject::Person(town.head.id);
    let give = |by: &people::AccountRow, subject: Subject, text: &'static str| {
        act(t, by, move |tx, ctx| commands::give_consent(tx, ctx, &subject, Purpose::Photo, "2026-1", text))
    };
    let first = give(&town.head, me.clone(), "我同意使用照片").unwrap();
    let again = give(&town.head, me.clone(), "我同意使用照片").unwrap();
    assert_eq!(first.id, again.id, "the same consent is not given twice");
    let changed = give(&town.head, me.clone(), "我同意公开使用照片").unwrap();
    assert_ne!(first.id, changed.id, "a new wording is a new consent");
    assert_eq!(code(give(&town.clerk, me.clone(), "我同意")), "forbidden");
    let withdrawn = {
        let me = me.clone();
        act(t, &town.head, move |tx, ctx| commands::withdraw_consent(tx, ctx, &me, Purpose::Photo)).unwrap()
    };
    assert_eq!(withdrawn, 2);
    let id = town.head.id;
    let ledger = t.db.read_now(move |tx| queries::consents(tx, id)).unwrap();
    assert!(ledger.len() == 2 && ledger.iter().all(|c| c.withdrawn_at.is_some()));

    // a citizen without an account, by the number's fingerprint
    let phone = Phone::parse("138 1234 1234").unwrap();
    let hash = commands::phone_fingerprint(t.db.secrets(), &phone);
    assert!(!hash.contains("1381234"));
    let (ctx, subject) = (t.ctx_public(), Subject::Phone(hash));
    let ctx_in = ctx.clone();
    let kept =
        t.db.write_now(&ctx, move |tx| {
            commands::give_consent(tx, &ctx_in, &subject, Purpose::Contact, "1", "可以联系我")
        })
        .unwrap();
    assert!(kept.account_id.is_none() && kept.phone_hash.is_some());
}
