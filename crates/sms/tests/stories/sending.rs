//! What is sent, what is held, and when.

use super::world::{PHONE, at, messages, open, received, set, states, tell};
use kernel::time::{DAY, HOUR};
use sms::model::State::{Held, Sent, Waiting};
use sms::settings::Limits;
use testkit::TestApp;

testkit::stories!(vec![people::feature(), sms::feature(), keeping::feature()];
    a_message_is_handed_over_once, nothing_is_sent_before_somebody_switches_it_on, nights_are_quiet,
    a_number_is_not_filled, a_city_has_its_most, what_waits_is_held_when_sending_ends,
    what_is_no_mobile_number_gets_nothing, numbers_go_after_a_while);

fn a_message_is_handed_over_once(t: &TestApp) {
    open(t);
    tell(t, " +86 138-0000-1234 ");
    assert_eq!((states(t), received(t).len()), (vec![Waiting], 0));
    t.run_jobs();
    assert_eq!(states(t), [Sent]);
    let message = &messages(t)[0];
    assert_eq!((message.phone.as_str(), message.parts, message.why.as_str()), (PHONE, 1, ""));
    let texts = received(t);
    assert_eq!(texts.len(), 1);
    assert!(texts[0].starts_with("13800001234\n") && texts[0].contains("嘉峪关市"), "{texts:?}");
    // a job that comes again, after a program that died behind the gateway's answer, sends nothing more
    std::fs::remove_dir_all(super::world::folder(t)).unwrap();
    t.run_jobs();
    assert_eq!(received(t).len(), 0);
}

fn nothing_is_sent_before_somebody_switches_it_on(t: &TestApp) {
    open(t);
    set(t, &Limits::default());
    tell(t, PHONE);
    t.run_jobs();
    assert_eq!((messages(t).len(), received(t).len()), (0, 0));
}

fn nights_are_quiet(t: &TestApp) {
    open(t);
    at(t, 21);
    tell(t, PHONE);
    t.run_jobs();
    assert_eq!((states(t), received(t).len()), (vec![Waiting], 0));
    t.advance(11 * HOUR - 2);
    t.run_jobs();
    assert_eq!(received(t).len(), 0, "a moment before eight");
    t.advance(1);
    t.run_jobs();
    assert_eq!((states(t), received(t).len()), (vec![Sent], 1));
}

fn a_number_is_not_filled(t: &TestApp) {
    open(t);
    set(t, &Limits { on: true, per_number: 3, ..Limits::default() });
    for _ in 0..5 {
        tell(t, PHONE);
    }
    tell(t, "13900005678");
    assert_eq!(states(t), [Waiting, Waiting, Waiting, Held, Held, Waiting]);
    assert_eq!(messages(t)[3].why, "number-limit");
    t.run_jobs();
    assert_eq!(received(t).len(), 4);
    // what was held does not count against the next day
    t.advance(DAY);
    tell(t, PHONE);
    assert_eq!(states(t).last(), Some(&Waiting));
}

fn a_city_has_its_most(t: &TestApp) {
    open(t);
    set(t, &Limits { on: true, per_city: 2, ..Limits::default() });
    for number in ["13800000001", "13800000002", "13800000003"] {
        tell(t, number);
    }
    assert_eq!(states(t), [Waiting, Waiting, Held]);
    assert_eq!(messages(t)[2].why, "city-limit");
}

fn what_waits_is_held_when_sending_ends(t: &TestApp) {
    open(t);
    tell(t, PHONE);
    set(t, &Limits::default());
    t.run_jobs();
    assert_eq!((states(t), messages(t)[0].why.as_str()), (vec![Held], "off"));
    assert_eq!(received(t).len(), 0);
}

fn what_is_no_mobile_number_gets_nothing(t: &TestApp) {
    open(t);
    for other in ["0937-6226666", "", "张三", "12345"] {
        tell(t, other);
    }
    assert_eq!(messages(t).len(), 0);
}

fn numbers_go_after_a_while(t: &TestApp) {
    open(t);
    tell(t, PHONE);
    t.run_jobs();
    t.jobs().ensure_periodic().unwrap();
    let run = |days: i64| {
        for _ in 0..days {
            t.advance(DAY);
            t.run_jobs();
        }
    };
    run(29);
    assert_eq!(messages(t)[0].phone.as_str(), PHONE);
    run(3);
    let message = &messages(t)[0];
    assert_eq!((message.phone.as_str(), message.args.as_str(), message.href.as_str()), ("", "", ""));
    assert_eq!(message.state, Sent);
    run(340);
    assert_eq!(messages(t).len(), 0);
}
