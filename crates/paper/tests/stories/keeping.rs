//! Pictures of forms go when their time is over; whoever wrote one is found by the number that was typed.

use super::world::{PHONE, batch, cases, city, features, good, office, scans, settle, upload};
use kernel::identifiers::Phone;
use kernel::time::DAY;
use store::keep::Held;
use testkit::TestApp;

testkit::stories!(features();
    a_picture_goes_when_its_time_is_over, what_waits_does_not_go, a_person_is_found_and_forgotten);

fn typed(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    upload(&office(t), &[&good(t, &made, &sheets[0], 1)]).expect(303);
    settle(t);
    let page = format!("/paper/desk/{}", scans(t)[0].number);
    let words = [("description", "积水"), ("address", "新华中路 18 号"), ("phone", PHONE)];
    office(t).submit(&page, &page, &words).expect(303);
}

fn run(t: &TestApp, days: i64) {
    t.jobs().ensure_periodic().unwrap();
    for _ in 0..days {
        t.advance(DAY);
        t.jobs().run_all_due().unwrap();
    }
}

fn a_picture_goes_when_its_time_is_over(t: &TestApp) {
    typed(t);
    let path = format!("/paper/scans/{}/picture", scans(t)[0].number);
    // a city that meets the rules is given a week before the first run
    run(t, 1);
    t.advance(181 * DAY);
    run(t, 1);
    office(t).get(&path).expect(200);
    run(t, 3);
    office(t).get(&path).expect(410);
    let scan = &scans(t)[0];
    assert!(scan.erased && scan.phone.is_empty() && scan.reading.is_empty());
    let page = office(t).get(&format!("/paper/scans/{}", scan.number)).expect(200);
    assert!(page.missing_texts().is_empty());
}

fn what_waits_does_not_go(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    upload(&office(t), &[&good(t, &made, &sheets[0], 1)]).expect(303);
    settle(t);
    run(t, 1);
    t.advance(400 * DAY);
    run(t, 2);
    assert!(!scans(t)[0].erased);
}

fn a_person_is_found_and_forgotten(t: &TestApp) {
    typed(t);
    let (feature, phone) = (paper::feature(), Phone::parse(PHONE).unwrap());
    let trace = feature.traces[0];
    let find =
        |phone: Phone| t.test.db.read_now(move |tx| (trace.find)(tx, &phone, &Held::default())).unwrap();
    let found = find(phone.clone());
    assert_eq!((found.len(), found[0].stays), (1, Some("open")), "its case is not over");
    assert!(find(Phone::parse("13700137000").unwrap()).is_empty());
    store::db::tamper(&t.test.location, "update case_file set state = 'closed'").unwrap();
    let held = Held { cases: vec![cases(t)[0].id.raw()], ..Held::default() };
    let number = phone.clone();
    let told = t.test.db.read_now(move |tx| (trace.find)(tx, &number, &held)).unwrap();
    assert_eq!(told[0].stays, Some("held"));
    let ctx = t.test.ctx_system();
    let (by, number) = (ctx.clone(), phone.clone());
    let erase = trace.erase.unwrap();
    let erased = t.test.db.write_now(&ctx, move |tx| {
        tx.housekeeping();
        erase(&by, tx, &number, &Held::default())
    });
    assert_eq!(erased.unwrap(), 1);
    assert!(find(phone).is_empty() && scans(t)[0].erased);
}
