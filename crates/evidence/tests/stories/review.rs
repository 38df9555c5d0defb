//! An item from draft to volume: what stops it, who reviews it, what it is worth.

use super::world::{
    GOOD, MARKET, PARK, SCHOOL, act, ask, caption, city, clerk_of, draft, features, handed_in, item, leader,
    office, page_of, picture, recorded, settle, today,
};
use evidence::commands;
use evidence::model::{Item, Kind, RequestState};
use evidence::workflow::State;
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::DAY;
use testkit::{TestApp, whole_city};

testkit::stories!(features();
    a_statement_reaches_the_volume, a_picture_is_looked_at_first, nobody_reviews_alone, a_return_is_told_and_put_right,
    a_request_is_answered_by_handing_in, outside_of_its_days_nothing_is_taken, the_desk_goes_on);

fn pass(t: &TestApp, who: &Ctx, item: &Item) -> Result<Item> {
    let (number, version) = (item.number.clone(), item.version);
    act(t, who, move |ctx, tx| commands::pass(ctx, tx, (&number, version)))
}

fn file(t: &TestApp, who: &Ctx, item: &Item) -> Result<Item> {
    let (number, version) = (item.number.clone(), item.version);
    act(t, who, move |ctx, tx| commands::file(ctx, tx, (&number, version)))
}

fn a_statement_reaches_the_volume(t: &TestApp) {
    let c = city(t);
    let clerk = page_of(t, "经办人", Role::UnitClerk, &c.school);
    let form = "/evidence/items/new";
    let page = clerk.get(form).expect(200);
    assert!(page.has(SCHOOL) && page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    let uses = format!("{}|{SCHOOL}", c.period.number);
    let day = today(t).to_string();
    let fields = [
        ("unit", c.school.1.as_str()),
        ("evidence_kind", "statement"),
        ("title", "校园周边秩序整治"),
        ("statement", GOOD),
        ("dated", day.as_str()),
        ("uses", uses.as_str()),
    ];
    let refused = clerk.submit(form, "/evidence/items", &fields[..2]).expect(422);
    assert!(refused.has("标题"));
    let at = clerk.submit(form, "/evidence/items", &fields).expect(303).location().unwrap();
    let page = clerk.get(&at).expect(200);
    assert!(page.has("待提交") && page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    // too long first, then put right
    let long = "好".repeat(501);
    clerk
        .submit(&at, &at, &[("title", "校园周边秩序整治"), ("statement", &long), ("dated", &day)])
        .expect(303);
    let stopped = clerk.submit(&at, &format!("{at}/submission"), &[]).expect(422);
    assert!(stopped.has("最多 500 字，现在 501 字"), "{}", stopped.text());
    clerk
        .submit(&at, &at, &[("title", "校园周边秩序整治"), ("statement", GOOD), ("dated", &day)])
        .expect(303);
    clerk.submit(&at, &format!("{at}/submission"), &[]).expect(303);
    let number = at.rsplit('/').next().unwrap().to_owned();
    let now = item(t, &number).item;
    assert_eq!(now.state, State::First);
    let now = pass(t, &office(t), &now).unwrap();
    let now = pass(t, &leader(t), &now).unwrap();
    assert_eq!(now.state, State::Final);
    let chief = t.member("主任", vec![whole_city(Role::Leader)]);
    let of = item(t, &number).uses[0].0.id;
    let grade = format!("{at}/uses/{of}/grade");
    chief.submit(&at, &grade, &[("grade", "101")]).expect(422);
    chief.submit(&at, &grade, &[("grade", "87.5")]).expect(303);
    assert!(chief.get(&at).expect(200).has("87.5"));
    let now = file(t, &leader(t), &item(t, &number).item).unwrap();
    assert_eq!(now.state, State::Filed);
    let grades = t.test.db.read_now(move |tx| evidence::queries::grades(tx, c.period.id)).unwrap();
    assert_eq!((grades[0].code.as_str(), grades[0].grade, grades.len()), (SCHOOL, 8750, 1));
    // in the volume nothing changes any more
    clerk
        .post(&at, &[("csrf", &clerk.get(&at).csrf()), ("version", &now.version.to_string()), ("title", "x")])
        .expect(409);
    let done = item(t, &number);
    assert_eq!((done.item.title.as_str(), done.steps.len()), ("校园周边秩序整治", 0));
    assert_eq!(recorded(t, "evidence.filed"), 1);
    // it can be found
    assert!(clerk.get("/evidence/items?q=校园周边").expect(200).has(&number));
    assert!(!clerk.get("/evidence/items?q=地铁").expect(200).has(&number));
}

fn a_picture_is_looked_at_first(t: &TestApp) {
    let c = city(t);
    let made = draft(t, &c, &c.school, Kind::Picture, SCHOOL);
    let clerk = page_of(t, "经办人", Role::UnitClerk, &c.school);
    let at = format!("/evidence/items/{}", made.number);
    let (small, good) = (picture(700, 900, 1), picture(1000, 900, 2));
    let files = [("files", "小图.jpg", small.as_slice()), ("files", "好图.jpg", good.as_slice())];
    clerk.upload(&at, &format!("{at}/files"), &[], &files).expect(303);
    let stopped = clerk.submit(&at, &format!("{at}/submission"), &[]).expect(422);
    assert!(stopped.has("还在查验"));
    settle(t);
    let page = clerk.get(&at).expect(200);
    assert!(
        page.has("小图.jpg：短边至少 800 像素，现在 700") && page.has("好图.jpg：图片说明缺 6 项"),
        "{}",
        page.text()
    );
    let whole = item(t, &made.number);
    assert!(whole.files.iter().all(|(row, _)| row.sharp.is_some_and(|sharp| sharp > 100)));
    let [(first, _), (second, _)] = whole.files.as_slice() else { panic!("two files") };
    clerk.submit(&at, &format!("{at}/files/{}/removal", first.id), &[]).expect(303);
    let said = caption();
    let words: Vec<(&str, &str)> =
        evidence::model::Caption::ELEMENTS.iter().map(|element| (*element, said.get(element))).collect();
    clerk.submit(&at, &format!("{at}/files/{}/caption", second.id), &words).expect(303);
    clerk.submit(&at, &format!("{at}/submission"), &[]).expect(303);
    assert_eq!(item(t, &made.number).item.state, State::First);
    let shown = clerk.get(&format!("{at}/files/{}/full", second.id)).expect(200);
    assert_eq!(shown.header("content-type"), "image/jpeg");
    // another unit that hands in the same bytes is told to the reviewer, not refused
    let twin = draft(t, &c, &c.trade, Kind::Rule, MARKET);
    let other = page_of(t, "经办人", Role::UnitClerk, &c.trade);
    let to = format!("/evidence/items/{}", twin.number);
    other.upload(&to, &format!("{to}/files"), &[], &[("files", "一样.jpg", good.as_slice())]).expect(303);
    settle(t);
    assert!(other.get(&to).expect(200).has(&made.number));
    other.get(&at).expect(404);
    other.get(&format!("{at}/files/{}/full", second.id)).expect(404);
}

fn nobody_reviews_alone(t: &TestApp) {
    let c = city(t);
    let now = handed_in(t, &c, &c.school, SCHOOL);
    // the head of the standard's lead unit may, though the item is another unit's
    let other = handed_in(t, &c, &c.trade, SCHOOL);
    let head = t.test.ctx_member(50, "局长", vec![testkit::grant(Role::UnitHead, &[c.school.0])]);
    let passed = pass(t, &head, &other).unwrap();
    assert_eq!(pass(t, &head, &passed).unwrap_err().status, 403);
    let clerk = clerk_of(t, &c.school);
    assert_eq!(pass(t, &clerk, &now).unwrap_err().status, 403);
    let first = pass(t, &office(t), &now).unwrap();
    assert_eq!(pass(t, &office(t), &first).unwrap_err().code, "evidence-same-reviewer");
    assert_eq!(pass(t, &leader(t), &now).unwrap_err().code, "stale");
    pass(t, &leader(t), &first).unwrap();
    // what the office made itself is for somebody else
    let by = office(t);
    let (unit, period) = (c.school.1.clone(), c.period.number.clone());
    let own = act(t, &by, move |ctx, tx| {
        let draft = commands::ItemDraft {
            unit,
            kind: Some(Kind::Statement),
            title: "代填".into(),
            statement: GOOD.into(),
            dated: Some(ctx.now.date()),
            request: String::new(),
            uses: vec![(period, PARK.to_owned())],
        };
        let item = commands::make(ctx, tx, draft)?;
        commands::submit(ctx, tx, (&item.number, item.version))
    });
    let own = own.unwrap();
    assert_eq!(pass(t, &office(t), &own).unwrap_err().code, "evidence-own");
    let verifier = t.test.ctx_member(60, "核查员", vec![whole_city(Role::Verifier)]);
    let passed = pass(t, &verifier, &own).unwrap();
    assert_eq!(pass(t, &verifier, &passed).unwrap_err().status, 403);
    assert_eq!(file(t, &leader(t), &passed).unwrap_err().code, "move-not-allowed");
}

fn a_return_is_told_and_put_right(t: &TestApp) {
    let c = city(t);
    let now = handed_in(t, &c, &c.school, SCHOOL);
    let desk = t.member("文明办", vec![whole_city(Role::Office)]);
    let at = format!("/evidence/items/{}", now.number);
    desk.submit(&at, &format!("{at}/return"), &[("reason", "")]).expect(422);
    desk.submit(&at, &format!("{at}/return"), &[("reason", "没有写成效")]).expect(303);
    let clerk = page_of(t, "经办人", Role::UnitClerk, &c.school);
    assert!(clerk.get(&at).expect(200).has("没有写成效"));
    clerk.submit(&at, &format!("{at}/submission"), &[]).expect(303);
    let now = item(t, &now.number).item;
    assert_eq!((now.state, now.reason.as_str()), (State::First, ""));
    // what is given up is over
    let gone = draft(t, &c, &c.school, Kind::Statement, PARK);
    let at = format!("/evidence/items/{}", gone.number);
    clerk.submit(&at, &format!("{at}/withdrawal"), &[("reason", "重复")]).expect(303);
    assert_eq!(item(t, &gone.number).item.state, State::Withdrawn);
    clerk
        .post(&format!("{at}/submission"), &[("csrf", &clerk.get(&at).csrf()), ("version", "2")])
        .expect(409);
}

fn a_request_is_answered_by_handing_in(t: &TestApp) {
    let c = city(t);
    let request = ask(t, &c, &c.school, Kind::Statement, &[SCHOOL, PARK]);
    let clerk = page_of(t, "经办人", Role::UnitClerk, &c.school);
    let form = format!("/evidence/items/new?request={}", request.number);
    let page = clerk.get(&form).expect(200);
    assert!(page.has("校园周边整治情况说明"));
    let day = today(t).to_string();
    let fields = [("title", "答复"), ("statement", GOOD), ("dated", day.as_str())];
    let at = clerk.submit(&form, "/evidence/items", &fields).expect(303).location().unwrap();
    t.advance(3 * DAY);
    clerk.submit(&at, &format!("{at}/submission"), &[]).expect(303);
    let (ctx, number) = (office(t), request.number.clone());
    let of = t.test.db.read_now(move |tx| evidence::queries::request(&ctx, tx, &number)).unwrap();
    assert_eq!(of.request.state, RequestState::Answered);
    assert_eq!(of.answer.unwrap().number, at.rsplit('/').next().unwrap());
    let uses: Vec<String> = item(t, &of.begun[0].number).uses.into_iter().map(|(of, _)| of.code).collect();
    assert_eq!(uses, [SCHOOL, PARK]);
    clerk.submit(&form, "/evidence/items", &[("title", "再答"), ("request", &request.number)]).expect(409);
}

fn outside_of_its_days_nothing_is_taken(t: &TestApp) {
    let c = city(t);
    let made = draft(t, &c, &c.school, Kind::Statement, SCHOOL);
    t.advance(61 * DAY);
    let (number, version) = (made.number.clone(), made.version);
    let late = act(t, &clerk_of(t, &c.school), move |ctx, tx| commands::submit(ctx, tx, (&number, version)));
    let late = late.unwrap_err();
    assert_eq!((late.status, late.code), (409, "evidence-not-open"));
    assert!(late.args.contains(&("closes", c.period.closes.to_string())));
}

fn the_desk_goes_on(t: &TestApp) {
    let c = city(t);
    let desk = t.member("文明办", vec![whole_city(Role::Office)]);
    assert!(desk.get("/evidence/desk").expect(200).has("没有等您审核的材料"));
    let (first, second) = (handed_in(t, &c, &c.school, SCHOOL), handed_in(t, &c, &c.trade, MARKET));
    let page = desk.get("/evidence/desk").expect(200);
    assert!(page.has(&first.number) && page.has(&second.number) && page.missing_texts().is_empty());
    let to =
        desk.submit("/evidence/desk", &format!("/evidence/items/{}/pass", first.number), &[]).expect(303);
    assert_eq!(to.location().as_deref(), Some("/evidence/desk"));
    // what the same person may not review again does not wait for them
    let page = desk.get("/evidence/desk").expect(200);
    let waits = |page: &testkit::Page, item: &Item| page.has(&format!("/evidence/desk/{}", item.number));
    assert!(!waits(&page, &first) && waits(&page, &second));
    let chief = t.member("主任", vec![whole_city(Role::Leader)]);
    assert!(chief.get("/evidence/desk").expect(200).has(&first.number));
    desk.get(&format!("/evidence/desk/{}", first.number)).expect(409);
    page_of(t, "经办人", Role::UnitClerk, &c.school).get("/evidence/desk").expect(403);
}
