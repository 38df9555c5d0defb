//! Never asking twice: what was asked before, or is there, is not asked for; the office is told where it is.

use super::world::{
    MARKET, PARK, SCHOOL, act, ask, asking, city, clerk_of, features, handed_in, item, office, page_of,
    period, recorded, scheme,
};
use evidence::commands;
use evidence::model::{Kind, RequestState, Why};
use kernel::policy::Role;
use kernel::time::DAY;
use testkit::{TestApp, whole_city};

testkit::stories!(features();
    the_same_is_asked_once, what_is_there_is_used_instead, a_quota_blocks, what_was_withdrawn_may_be_asked_again,
    two_at_once_ask_once, the_office_asks_on_pages, what_is_wrong_is_said);

fn the_same_is_asked_once(t: &TestApp) {
    let c = city(t);
    let first = ask(t, &c, &c.school, Kind::Statement, &[SCHOOL]);
    assert_eq!(first.state, RequestState::Open);
    // one standard in common is enough
    let again = ask(t, &c, &c.school, Kind::Statement, &[SCHOOL, MARKET]);
    assert_eq!((again.state, again.why), (RequestState::Stopped, Some(Why::Asked)));
    assert_eq!(
        (again.pointers.0[0].number.as_str(), again.pointers.0[0].code.as_str()),
        (first.number.as_str(), SCHOOL)
    );
    // what was stopped stops nothing: the other standard, another kind and another unit are asked
    assert_eq!(ask(t, &c, &c.school, Kind::Statement, &[MARKET]).state, RequestState::Open);
    assert_eq!(ask(t, &c, &c.school, Kind::Picture, &[SCHOOL]).state, RequestState::Open);
    assert_eq!(ask(t, &c, &c.trade, Kind::Statement, &[SCHOOL]).state, RequestState::Open);
    // the next edition of the scheme is the same scheme
    let mut next = c;
    next.period = period(t, &scheme(t));
    let other = ask(t, &next, &next.school, Kind::Statement, &[SCHOOL]);
    assert_eq!(other.why, Some(Why::Asked));
    t.advance(370 * DAY);
    next.period = period(t, &next.period.scheme_number);
    assert_eq!(ask(t, &next, &next.school, Kind::Statement, &[SCHOOL]).state, RequestState::Open);
    assert_eq!((recorded(t, "evidence.asked"), recorded(t, "evidence.stopped")), (5, 2));
}

fn what_is_there_is_used_instead(t: &TestApp) {
    let c = city(t);
    let there = handed_in(t, &c, &c.school, SCHOOL);
    let stopped = ask(t, &c, &c.school, Kind::Statement, &[SCHOOL, PARK]);
    assert_eq!((stopped.state, stopped.why), (RequestState::Stopped, Some(Why::There)));
    assert_eq!(stopped.pointers.0[0].number, there.number);
    // the button: the item is used for the standard that it did not serve yet
    let desk = t.member("文明办", vec![whole_city(Role::Office)]);
    let at = format!("/evidence/requests/{}", stopped.number);
    let page = desk.get(&at).expect(200);
    assert!(page.has(&there.number) && page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    let to = format!("{at}/answer");
    desk.submit(&at, &to, &[]).expect(303);
    let uses: Vec<String> = item(t, &there.number).uses.into_iter().map(|(of, _)| of.code).collect();
    assert_eq!(uses, [SCHOOL, PARK]);
    // an open request is answered by the unit in the same way
    let open = ask(t, &c, &c.school, Kind::Statement, &[MARKET]);
    let clerk = page_of(t, "经办人", Role::UnitClerk, &c.school);
    let at = format!("/evidence/requests/{}", open.number);
    clerk.submit(&at, &format!("{at}/answer"), &[("reuse_item", "EV-2020-000009")]).expect(422);
    clerk.submit(&at, &format!("{at}/answer"), &[("reuse_item", &there.number)]).expect(303);
    assert!(clerk.get(&at).expect(200).has("已交"));
    clerk
        .submit(&at, &format!("{at}/answer"), &[("version", "2"), ("reuse_item", &there.number)])
        .expect(409);
}

fn a_quota_blocks(t: &TestApp) {
    let c = city(t);
    act(t, &office(t), |ctx, tx| commands::set_quota(ctx, tx, 2)).unwrap();
    for code in [SCHOOL, MARKET] {
        assert_eq!(ask(t, &c, &c.community, Kind::Statement, &[code]).state, RequestState::Open);
    }
    let third = ask(t, &c, &c.community, Kind::Statement, &[PARK]);
    assert_eq!((third.state, third.why), (RequestState::Stopped, Some(Why::Quota)));
    // another unit has a month of its own, and so has the next month
    assert_eq!(ask(t, &c, &c.trade, Kind::Statement, &[PARK]).state, RequestState::Open);
    t.advance(32 * DAY);
    assert_eq!(ask(t, &c, &c.community, Kind::Statement, &[PARK]).state, RequestState::Open);
    let wrong = act(t, &office(t), |ctx, tx| commands::set_quota(ctx, tx, -1));
    assert_eq!(wrong.unwrap_err().status, 422);
    let clerk = clerk_of(t, &c.school);
    assert_eq!(act(t, &clerk, |ctx, tx| commands::set_quota(ctx, tx, 0)).unwrap_err().status, 403);
}

fn what_was_withdrawn_may_be_asked_again(t: &TestApp) {
    let c = city(t);
    let first = ask(t, &c, &c.school, Kind::Table, &[MARKET]);
    let (number, version) = (first.number.clone(), first.version);
    let empty =
        act(t, &office(t), move |ctx, tx| commands::withdraw_request(ctx, tx, (&number, version), " "));
    assert_eq!(empty.unwrap_err().status, 422);
    let number = first.number.clone();
    let done = act(t, &office(t), move |ctx, tx| {
        commands::withdraw_request(ctx, tx, (&number, version), "日期写错")
    });
    assert_eq!(done.unwrap().state, RequestState::Withdrawn);
    let number = first.number.clone();
    let late = act(t, &office(t), move |ctx, tx| commands::withdraw_request(ctx, tx, (&number, 2), "再撤"));
    assert_eq!(late.unwrap_err().code, "evidence-request-over");
    assert_eq!(ask(t, &c, &c.school, Kind::Table, &[MARKET]).state, RequestState::Open);
}

fn two_at_once_ask_once(t: &TestApp) {
    let c = city(t);
    for round in 0..4 {
        let codes = [[SCHOOL, MARKET, PARK][round % 3]];
        let kind = [Kind::Rule, Kind::Table][round / 3];
        let asking = asking(t, &c, &c.school, kind, &codes);
        let states = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..4)
                .map(|_| {
                    let asking = asking.clone();
                    scope.spawn(move || {
                        act(t, &office(t), move |ctx, tx| commands::ask(ctx, tx, &asking)).unwrap()[0].state
                    })
                })
                .collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
        });
        let made = states.iter().filter(|state| **state == RequestState::Open).count();
        assert_eq!(made, 1, "{states:?}");
    }
}

fn the_office_asks_on_pages(t: &TestApp) {
    let c = city(t);
    let desk = t.member("文明办", vec![whole_city(Role::Office)]);
    let form = "/evidence/requests/new";
    let page = desk.get(form).expect(200);
    assert!(
        page.has(SCHOOL) && page.has("市教育局") && page.missing_texts().is_empty(),
        "{:?}",
        page.missing_texts()
    );
    assert!(desk.get("/evidence/requests/new?codes=x").expect(200).missing_texts().is_empty());
    let due = t.test.db.now().plus(5 * DAY).date().to_string();
    let fields = [
        ("evidence_kind", "statement"),
        ("what", "校园周边情况说明"),
        ("due_on", due.as_str()),
        ("codes", SCHOOL),
        ("units", c.school.1.as_str()),
        ("units", c.trade.1.as_str()),
    ];
    let refused = desk.submit(form, "/evidence/requests", &fields[..2]).expect(422);
    assert!(refused.has("校园周边情况说明"), "what was typed is kept");
    desk.submit(form, "/evidence/requests", &fields).expect(303);
    desk.submit(form, "/evidence/requests", &fields).expect(303);
    let list = desk.get("/evidence/requests?state=stopped").expect(200);
    assert_eq!(list.text().matches("/evidence/requests/ER-").count(), 2);
    assert!(list.missing_texts().is_empty(), "{:?}", list.missing_texts());
    assert!(desk.get("/evidence/requests?format=csv").expect(200).has("校园周边情况说明"));
    let english = t.member("Office", vec![whole_city(Role::Office)]).english();
    let page = english.get("/evidence/requests").expect(200);
    assert!(page.has("Stopped") && page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    // the unit sees its own
    let clerk = page_of(t, "经办人", Role::UnitClerk, &c.school);
    let own = clerk.get("/evidence/requests").expect(200);
    assert!(own.has("市教育局") && !own.has("市商务局"));
    clerk.get(form).expect(403);
}

fn what_is_wrong_is_said(t: &TestApp) {
    let c = city(t);
    let good = asking(t, &c, &c.school, Kind::Statement, &[SCHOOL]);
    let yesterday = t.test.db.now().plus(-DAY).date();
    let wrong = [
        (commands::Asking { period: "EP-9".into(), ..good.clone() }, "period"),
        (commands::Asking { units: vec!["U-9999".into()], ..good.clone() }, "units"),
        (commands::Asking { units: vec![], ..good.clone() }, "units"),
        (commands::Asking { codes: vec!["Ⅰ-1".into()], ..good.clone() }, "codes"),
        (commands::Asking { codes: vec![], ..good.clone() }, "codes"),
        (commands::Asking { what: "长".repeat(101), ..good.clone() }, "what"),
        (commands::Asking { due_on: Some(yesterday), ..good.clone() }, "due_on"),
        (commands::Asking { kind: None, ..good.clone() }, "evidence_kind"),
    ];
    for (asking, field) in wrong {
        let told = act(t, &office(t), move |ctx, tx| commands::ask(ctx, tx, &asking)).unwrap_err();
        assert_eq!((told.status, told.fields[0].field.as_ref()), (422, field), "{told}");
    }
    assert_eq!(recorded(t, "evidence.asked"), 0);
}
