//! What goes out: every step of a case once, in order, with the picture of the repair; also when the partner is down.

use super::hotline::{created, then};
use super::world::{World, told};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cases::workflow::State;
use exchange::commands::{self, Resend};
use exchange::model::ValueKind;
use kernel::policy::Role;
use kernel::time::{DAY, HOUR, MINUTE};
use serde_json::Value;
use testkit::Reply;

told!(
    the_whole_life_of_a_case_is_told_once_and_in_order,
    a_partner_that_is_down_for_hours_gets_everything_once,
    what_is_refused_for_good_is_on_the_repair_list,
    what_cannot_be_delivered_in_three_days_is_given_up_and_sent_again_by_a_person,
    a_merged_order_hears_of_the_case_it_went_into,
    nothing_goes_out_of_cases_that_are_nobodys_order,
);

fn the_whole_life_of_a_case_is_told_once_and_in_order(w: &World) {
    w.partner();
    w.hotline.tell(created("G1"));
    w.turn();
    w.dispatched("G1");
    w.turn();
    w.answered("G1");
    w.turn();
    w.passed("G1");
    w.closed("G1");
    w.turn();
    assert_eq!(w.hotline.kinds("G1"), ["accepted", "dispatched", "handled", "closed"]);
    assert_eq!(w.hotline.came_again(), 0);
    let results = w.hotline.results();
    let sequence: Vec<i64> = results.iter().map(|r| r["sequence"].as_i64().unwrap()).collect();
    assert_eq!(sequence, [1, 2, 3, 4]);
    let dispatched = &results[1];
    assert_eq!(
        (dispatched["stage"].as_str(), dispatched["state"].as_str()),
        (Some("dispatched"), Some("已派单"))
    );
    assert_eq!(
        (dispatched["unit"].as_str(), dispatched["category"].as_str()),
        (Some("雄关街道"), Some("市容/垃圾"))
    );
    assert_eq!(dispatched["unit_name"], "雄关街道办事处");
    let handled = &results[2];
    // what the unit wrote, without the number in it; and the picture, as everybody may see it
    let words = handled["words"].as_str().unwrap();
    assert!(words.starts_with("已清理") && !words.contains("13812341234"), "{words}");
    assert_eq!(handled["state"], Value::Null, "nobody has said what their word for it is");
    let photo = &handled["photos"][0];
    let bytes = STANDARD.decode(photo["content"].as_str().unwrap()).unwrap();
    assert!(image::load_from_memory(&bytes).is_ok());
    assert_eq!(photo["media_type"], "image/jpeg");
    assert_eq!(results[3]["state"], "已办结");
    // reporters stay here
    let all = serde_json::to_string(&results).unwrap();
    assert!(!all.contains("13893712345") && !all.contains("欧阳"));
}

fn a_partner_that_is_down_for_hours_gets_everything_once(w: &World) {
    let partner = w.partner();
    w.hotline.tell(created("G1"));
    w.hotline.tell(created("G2"));
    w.turn();
    w.hotline.say_instead(&Reply::Status(503), 10_000);
    for order in ["G1", "G2"] {
        w.dispatched(order);
    }
    w.pass(HOUR, MINUTE);
    w.answered("G1");
    w.pass(2 * HOUR, MINUTE);
    let tries = w.hotline.receiver.received().len();
    assert!(tries < 200, "a partner that is down is left in peace: {tries}");
    assert_eq!(w.hotline.results().len(), 0);
    assert_eq!(w.line(&partner).health.last_error.as_deref(), Some("status"));
    w.hotline.sensible_again();
    w.pass(2 * HOUR, MINUTE);
    assert_eq!(w.hotline.kinds("G1"), ["accepted", "dispatched", "handled"]);
    assert_eq!(w.hotline.kinds("G2"), ["accepted", "dispatched"]);
    assert_eq!((w.hotline.came_again(), w.dead().len()), (0, 0));
    assert_eq!(w.line(&partner).waiting_out, 0);
}

fn what_is_refused_for_good_is_on_the_repair_list(w: &World) {
    w.partner();
    w.hotline.tell(created("G1"));
    w.turn();
    w.hotline.refuse(422);
    w.dispatched("G1");
    w.turn();
    // the first is refused; what follows of the same order waits behind it
    let dead = w.dead();
    assert_eq!((dead.len(), dead[0].kind.as_str(), dead[0].last_status), (1, "accepted", Some(422)));
    let message = dead[0].message.clone();
    let again = |what: Resend, why: &'static str| {
        let message = message.clone();
        w.act(Role::Office, move |ctx, tx, _| commands::resend(ctx, tx, &message, what, why))
    };
    assert_eq!(again(Resend::Skip, "").unwrap_err().status, 422);
    again(Resend::Again, "").unwrap();
    w.turn();
    assert_eq!(w.dead().len(), 1, "refused once more");
    w.hotline.sensible_again();
    again(Resend::Skip, "对方不收这一条").unwrap();
    assert_eq!(again(Resend::Skip, "再来").unwrap_err().status, 409);
    w.turn();
    assert_eq!(w.hotline.kinds("G1"), ["dispatched"]);
}

fn what_cannot_be_delivered_in_three_days_is_given_up_and_sent_again_by_a_person(w: &World) {
    w.partner();
    w.hotline.tell(created("G1"));
    w.turn();
    w.hotline.say_instead(&Reply::HangUp, 10_000);
    w.dispatched("G1");
    w.pass(4 * DAY, 20 * MINUTE);
    let dead = w.dead();
    assert_eq!((dead.len(), dead[0].last_error.as_deref()), (1, Some("connection")), "{dead:?}");
    w.hotline.sensible_again();
    let office = w.browser(Role::Office);
    let page = office.get("/exchange/repairs?list=messages").expect(200);
    assert!(page.has("G1") && page.has("已受理"));
    let action = format!("/exchange/repairs/messages/{}", dead[0].message);
    office.submit("/exchange/repairs?list=messages", &action, &[("act", "again")]).expect(303);
    w.pass(HOUR, MINUTE);
    assert_eq!(w.hotline.kinds("G1"), ["accepted", "dispatched"]);
}

fn a_merged_order_hears_of_the_case_it_went_into(w: &World) {
    let partner = w.partner();
    w.map(&partner, ValueKind::State, "处置完成", "handled");
    w.hotline.tell(created("G1"));
    w.hotline.tell(created("G2"));
    w.turn();
    let (first, second) = (w.case("G1").id, w.case("G2").id);
    w.act(Role::Office, move |ctx, tx, desk| cases::commands::merge(ctx, tx, desk, second, first).map(drop))
        .unwrap();
    w.turn();
    w.dispatched("G1");
    w.answered("G1");
    w.turn();
    assert_eq!(w.hotline.kinds("G2"), ["merged", "accepted", "dispatched", "handled"]);
    assert_eq!(w.hotline.kinds("G1"), ["accepted", "dispatched", "handled"]);
    // whoever withdraws one of two reports does not void the case of both
    w.hotline.tell(then("G2", 2, "withdrawn", ""));
    w.turn();
    assert_eq!(w.state("G1"), State::Answered);
    assert!(w.open().iter().any(|(aspect, _, theirs)| aspect == "state" && theirs == "withdrawn"));
}

fn nothing_goes_out_of_cases_that_are_nobodys_order(w: &World) {
    w.partner();
    w.turn();
    let index = places::kept::refresh_now(&w.t.city).unwrap();
    let number = w
        .act(Role::Office, move |ctx, tx, desk| {
            let mut new = cases::commands::NewCase::new(cases::model::Source::Phone, "路灯不亮");
            new.address = "新华路".to_owned();
            let case = cases::commands::submit(ctx, tx, desk, &index, "", new)?;
            cases::commands::refuse(ctx, tx, desk, case.id, "不在辖区").map(|c| c.number)
        })
        .unwrap();
    w.turn();
    assert!(w.hotline.results().is_empty(), "{number}");
}
