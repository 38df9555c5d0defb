//! Forms that come twice: what was done for a key is not done again.

use super::world::World;
use kernel::policy::Role;
use testkit::{TestApp, whole_city};

testkit::stories!(vec![people::feature(), places::feature(), ladder::feature(), cases::feature()];
    a_report_that_comes_twice_is_one, a_key_belongs_to_one_person_and_one_form, a_refused_form_may_come_again_changed);

const KEY: &str = "0b6e6f0a-5d5e-4f6a-9a51-7d1c7c2f0001";

fn count(t: &TestApp) -> usize {
    let rows =
        t.test.db.read_now(|tx| tx.query(&store::Query::<(i64,)>::new("select count(*) from case_file")));
    usize::try_from(rows.unwrap()[0].0).unwrap()
}

fn a_report_that_comes_twice_is_one(t: &TestApp) {
    t.test.leave_jobs();
    World::new(&t.test);
    let citizen = t.public();
    let fields = [("description", "路灯不亮"), ("address", "新华北路12号"), ("sent_key", KEY)];
    let first = citizen.submit("/report", "/report", &fields).expect(303);
    // weeks later, from a page with another token
    t.advance(20 * kernel::time::DAY);
    t.jobs().ensure_periodic().unwrap();
    t.jobs().run_due().unwrap();
    let again = t.public().submit("/report", "/report", &fields).expect(303);
    assert_eq!(again.location(), first.location());
    assert_eq!(count(t), 1);
    // without a key each is one of its own, as it always was
    for _ in 0..2 {
        assert_eq!(citizen.submit("/report", "/report", &fields[..2]).status, 303);
    }
    assert_eq!(count(t), 3);
    // after sixty days a key is forgotten
    t.advance(41 * kernel::time::DAY);
    t.jobs().run_due().unwrap();
    assert_eq!(t.public().submit("/report", "/report", &fields).status, 303);
    assert_eq!(count(t), 4);
}

fn a_key_belongs_to_one_person_and_one_form(t: &TestApp) {
    t.test.leave_jobs();
    World::new(&t.test);
    let fields = [("description", "积水"), ("address", "新华北路12号"), ("sent_key", KEY)];
    assert_eq!(t.public().submit("/report", "/report", &fields).status, 303);
    let other = [("description", "别的内容"), ("address", "新华北路12号"), ("sent_key", KEY)];
    assert_eq!(t.public().submit("/report", "/report", &other).status, 409);
    let (one, two) =
        (t.member("王工", vec![whole_city(Role::Office)]), t.member("李工", vec![whole_city(Role::Office)]));
    let staff =
        [("source", "phone"), ("description", "积水"), ("address", "新华北路12号"), ("sent_key", KEY)];
    let first = one.submit("/cases/new", "/cases", &staff).expect(303);
    assert_eq!(one.submit("/cases/new", "/cases", &staff).expect(303).location(), first.location());
    let theirs = two.submit("/cases/new", "/cases", &staff).expect(303);
    assert_ne!(theirs.location(), first.location());
    assert_eq!(count(t), 3);
}

fn a_refused_form_may_come_again_changed(t: &TestApp) {
    t.test.leave_jobs();
    World::new(&t.test);
    let citizen = t.public();
    let wrong = [("description", "积水"), ("address", "新华北路12号"), ("phone", "12"), ("sent_key", KEY)];
    assert_eq!(citizen.submit("/report", "/report", &wrong).status, 422);
    let right =
        [("description", "积水"), ("address", "新华北路12号"), ("phone", "13612348765"), ("sent_key", KEY)];
    assert_eq!(citizen.submit("/report", "/report", &right).status, 303);
    assert_eq!(count(t), 1);
}
