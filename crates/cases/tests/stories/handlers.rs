//! 指派到人: a unit's leader gives a case to one of the unit's people. Nobody is counted by it.

use super::world::{CLEANING, WATER, World, fixed, to_unit};
use axum::http::Method;
use cases::commands;
use cases::model::Case;
use kernel::ctx::{Ctx, Locale, Member, Person};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::time::DAY;
use people::model::AccountState;
use people::{AccountRow, DelegationRow, GrantRow};
use serde_json::json;
use store::{Event, Marked};
use testkit::http::Client;
use testkit::{TestApp, grant, whole_city};
use web::Feature;

fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature()]
}

testkit::stories!(features();
    whoever_is_given_a_case_sees_it_first_and_may_hand_it_back,
    only_the_units_leader_gives_and_only_to_the_units_people,
    who_is_away_or_has_left_has_no_cases,
    a_case_that_leaves_the_unit_is_nobodys,
);

const HEAD: i64 = 501;
const WANG: i64 = 502;
const LI: i64 = 503;
const STRANGER: i64 = 504;

/// Somebody with an account and a role on a unit.
fn employ(w: &World<'_>, id: i64, name: &'static str, role: Role, unit: i64) {
    w.act(&w.office(), move |ctx, tx, _| {
        tx.insert(&AccountRow {
            id: Id::new(id),
            login: format!("p{id}"),
            name: name.into(),
            phone: "".into(),
            phone_mark: Marked::default(),
            mail: "".into(),
            unit_id: Id::new(unit),
            state: AccountState::Active,
            language: Locale::ZhCn.code().to_owned(),
            created_at: ctx.now,
            version: 1,
        })?;
        let grant = tx.new_id();
        tx.insert(&GrantRow {
            id: grant,
            account_id: Id::new(id),
            role: role.code().to_owned(),
            unit_id: Id::new(unit),
            from_date: ctx.now.date(),
            until_date: None,
            granted_by: String::new(),
            created_at: ctx.now,
            revoked_at: None,
            version: 1,
        })?;
        tx.record(ctx, Event::city("test.employed"))
    })
    .unwrap();
}

fn staff(w: &World<'_>) {
    employ(w, HEAD, "所长", Role::UnitHead, CLEANING);
    employ(w, WANG, "王环卫", Role::UnitClerk, CLEANING);
    employ(w, LI, "李环卫", Role::UnitClerk, CLEANING);
    employ(w, STRANGER, "赵供水", Role::UnitClerk, WATER);
}

fn as_person<'t>(t: &'t TestApp, id: i64, name: &str, role: Role, unit: i64) -> Client<'t> {
    t.member_as(Member { id: Id::new(id), name: name.into(), grants: vec![grant(role, &[unit])] })
}

fn ctx(w: &World<'_>, id: i64, role: Role) -> Ctx {
    w.t.ctx_member(id, "某人", vec![grant(role, &[CLEANING])])
}

fn give(w: &World<'_>, case: Id<Case>, to: i64) -> kernel::problem::Result<Case> {
    let head = ctx(w, HEAD, Role::UnitHead);
    w.act(&head, move |ctx, tx, _| commands::assign(ctx, tx, case, Some(Id::new(to)), "请今天去看"))
}

fn handler(w: &World<'_>, case: Id<Case>) -> Option<Id<Person>> {
    w.case(case).handler_id
}

fn whoever_is_given_a_case_sees_it_first_and_may_hand_it_back(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    staff(&w);
    let (first, second) = (w.dispatched("东门垃圾", CLEANING), w.dispatched("西门垃圾", CLEANING));
    t.run_jobs();
    let head = as_person(t, HEAD, "所长", Role::UnitHead, CLEANING);
    let form = format!("/cases/{}/assignment", second.number);
    let page = head.get(&form).expect(200);
    assert!(page.has("王环卫") && page.has("李环卫") && !page.has("赵供水"), "{}", page.text());
    head.submit(&form, &form, &[("handler", WANG.to_string().as_str()), ("note", "请今天去看")]).expect(303);
    t.run_jobs();
    let wang = as_person(t, WANG, "王环卫", Role::UnitClerk, CLEANING);
    let todo = wang.get("/todo").expect(200);
    assert!(todo.has("指派给我的 1 件"));
    let (mine, rest) = (todo.text().find(&second.number).unwrap(), todo.text().find(&first.number).unwrap());
    assert!(mine < rest, "what was given to oneself stands first");
    assert!(wang.get("/inbox").expect(200).has("指派给您"), "they are told");
    // the list is narrowed to it, counted, and has a column for it, also as a file
    let list = wang.get("/cases?handler=me&columns=unit,handler").expect(200);
    assert!(list.has(&second.number) && !list.has(&first.number) && list.has("王环卫"));
    assert!(wang.get("/cases/count?handler=me").expect(200).has("1"));
    assert!(!wang.get("/cases?handler=0").expect(200).has(&second.number));
    let file = wang.get("/cases?handler=me&columns=unit,handler&format=csv").expect(200);
    assert!(file.text().contains("承办人") && file.text().contains("王环卫"));
    let answer = wang.get(&format!("/api/v1/cases/{}", second.number)).expect(200).json();
    assert_eq!(answer["handler"], "王环卫");
    assert!(answer["allowed_moves"].as_array().unwrap().contains(&json!("hand-back")));
    // strangers do not learn it
    assert!(!t.public().get(&format!("/public/cases/{}", second.number)).expect(200).has("王环卫"));
    // a colleague has nothing to hand back; whoever has it gives a reason
    let li = as_person(t, LI, "李环卫", Role::UnitClerk, CLEANING);
    let back = format!("/cases/{}/hand-back", second.number);
    assert_eq!(li.get(&back).status, 409);
    assert_eq!(wang.submit(&back, &back, &[("reason", " ")]).status, 422);
    wang.submit(&back, &back, &[("reason", "明天要去培训")]).expect(303);
    assert_eq!(handler(&w, second.id), None);
    assert!(
        head.get("/inbox").expect(200).has("需要另行指派") || {
            t.run_jobs();
            head.get("/inbox").expect(200).has("需要另行指派")
        }
    );
}

fn only_the_units_leader_gives_and_only_to_the_units_people(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    staff(&w);
    let case = w.dispatched("垃圾", CLEANING);
    let id = case.id;
    let clerk = ctx(&w, WANG, Role::UnitClerk);
    let refused = w.act(&clerk, move |ctx, tx, _| commands::assign(ctx, tx, id, Some(Id::new(WANG)), ""));
    assert_eq!(refused.unwrap_err().status, 403);
    assert_eq!(give(&w, id, STRANGER).unwrap_err().fields[0].code, "not-a-choice");
    give(&w, id, WANG).unwrap();
    assert_eq!(give(&w, id, WANG).unwrap_err().fields[0].code, "already-assigned");
    // by a program, with the login; taken back with nobody
    let head = as_person(t, HEAD, "所长", Role::UnitHead, CLEANING);
    let moves = format!("/api/v1/cases/{}/moves", case.number);
    head.json(&Method::POST, &moves, &json!({ "move": "assignment", "handler": format!("p{LI}") }))
        .expect(200);
    assert_eq!(handler(&w, id), Some(Id::new(LI)));
    head.json(&Method::POST, &moves, &json!({ "move": "assignment" })).expect(200);
    assert_eq!(handler(&w, id), None);
    let nobody = json!({ "move": "assignment", "handler": "nobody-at-all" });
    assert_eq!(head.json(&Method::POST, &moves, &nobody).status, 422);
    // before a unit has it there is nobody to give it to
    let early = w.report("井盖").id;
    let office = w.t.ctx_member(1, "文明办", vec![whole_city(Role::Office), whole_city(Role::UnitHead)]);
    let refused = w.act(&office, move |ctx, tx, _| commands::assign(ctx, tx, early, None, ""));
    assert!(matches!(refused.unwrap_err().status, 403 | 409));
}

fn who_is_away_or_has_left_has_no_cases(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    staff(&w);
    let (one, two) = (w.dispatched("垃圾一", CLEANING).id, w.dispatched("垃圾二", CLEANING).id);
    give(&w, one, WANG).unwrap();
    give(&w, two, LI).unwrap();
    let release =
        || w.act(&w.t.ctx_system(), |ctx, tx, _| commands::release_handlers(ctx, tx, 0, 100)).unwrap();
    release();
    assert_eq!(handler(&w, one), Some(Id::new(WANG)), "nothing is taken from who is there");
    // 王 is away for a week, and 李 stands in
    w.act(&w.office(), |ctx, tx, _| {
        let id = tx.new_id();
        tx.insert(&DelegationRow {
            id,
            lender_id: Id::new(WANG),
            borrower_id: Id::new(LI),
            from_date: ctx.now.date(),
            until_date: ctx.now.plus(7 * DAY).date(),
            reason: "休假".into(),
            created_at: ctx.now,
            ended_at: None,
            version: 1,
        })?;
        tx.record(ctx, Event::city("test.lent"))
    })
    .unwrap();
    release();
    assert_eq!(handler(&w, one), Some(Id::new(LI)));
    assert_eq!(give(&w, one, WANG).unwrap_err().fields[0].code, "person-away");
    // 李 has left
    w.act(&w.office(), |ctx, tx, _| {
        let account = people::queries::person(tx, Id::new(LI))?.unwrap();
        tx.save(&AccountRow { state: AccountState::Closed, ..account })?;
        tx.record(ctx, Event::city("test.left"))
    })
    .unwrap();
    release();
    assert_eq!((handler(&w, one), handler(&w, two)), (None, None));
    assert!(w.history(two).contains(&"case.handler-changed".to_owned()));
}

fn a_case_that_leaves_the_unit_is_nobodys(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    staff(&w);
    let id = w.dispatched("垃圾", CLEANING).id;
    give(&w, id, WANG).unwrap();
    // what comes back from the verifier comes back to the same person
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::answer(ctx, tx, desk, id, &fixed())).unwrap();
    w.act(&w.verifier(), move |ctx, tx, desk| commands::rework(ctx, tx, desk, id, "没清完", &[])).unwrap();
    assert_eq!(handler(&w, id), Some(Id::new(WANG)));
    // another unit's it is not
    let to = to_unit(WATER);
    let to = commands::Dispatch { note: "归水务".into(), ..to };
    w.act(&w.office(), move |ctx, tx, desk| commands::redispatch(ctx, tx, desk, id, &to)).unwrap();
    assert_eq!(handler(&w, id), None);
}
