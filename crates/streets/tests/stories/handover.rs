//! The open cases of a stretch go to the unit that took it over.

use super::world::{BANK, HOSPITAL, MIGRATIONS, SCHOOL, World, contact, day};
use cases::commands::{Answer, Dispatch, NewCase, accept, answer, dispute, submit};
use cases::model::{Case, Source};
use cases::workflow::State;
use kernel::policy::Role;
use kernel::time::DAY;
use std::collections::BTreeSet;
use streets::Adoption;
use streets::commands::{Finding, Walk, hand_over, log_patrol, replace, report_finding};
use streets::model::Taker;
use streets::queries::handover;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    open_cases_follow_the_street,
    what_a_patrol_finds_becomes_a_case,
    reports_name_the_unit_of_the_stretch,
    people_are_told_what_ends_and_what_waits,
);

/// A case dispatched to the unit, so many metres along 新华路.
fn case(w: &World<'_>, along: f64, unit: usize) -> Case {
    let (desk, place, lead) = (w.desk.clone(), w.sections[0].line.point_at(along), w.units[unit]);
    w.act(&w.office(), move |ctx, tx, index| {
        let new = NewCase { place: Some(place), ..NewCase::new(Source::Staff, "路边有垃圾") };
        let case = submit(ctx, tx, &desk, index, "路边 边有 有垃 垃圾 圾", new)?;
        let to = Dispatch { lead, assisting: Vec::new(), note: String::new() };
        let item = Some(desk.catalogue.items()[0].id);
        accept(ctx, tx, &desk, case.id, item, "", &to)
    })
    .unwrap()
}

fn replaced(w: &World<'_>, old: &Adoption, unit: usize) -> Adoption {
    let taker = Taker { unit: w.units[unit], contact: contact("李四") };
    let (number, version, today) = (old.number.clone(), old.version, w.t.db.now().date());
    w.act(&w.office(), move |ctx, tx, index| {
        replace(ctx, tx, index, (&number, version), today, &taker, "轮换")
    })
    .unwrap()
}

fn listed(w: &World<'_>, new: &Adoption) -> Vec<(String, State)> {
    let (ctx, new, section) = (w.office(), new.clone(), w.sections[0].clone());
    let cases = w.read(move |tx| handover(&ctx, tx, &section, &new));
    cases.into_iter().map(|c| (c.line.number, c.line.state)).collect()
}

fn open_cases_follow_the_street(t: &TestDb) {
    let w = World::new(t);
    let old = w.adopted(0, (0.0, 300.0), SCHOOL, "2026-01-01");
    let here = case(&w, 50.0, SCHOOL);
    let kept = case(&w, 60.0, SCHOOL);
    let answered = case(&w, 100.0, SCHOOL);
    let disputed = case(&w, 150.0, SCHOOL);
    let elsewhere = case(&w, 400.0, SCHOOL);
    let others = case(&w, 200.0, HOSPITAL);
    let (clerk, desk) = (w.of_unit(Role::UnitClerk, SCHOOL), w.desk.clone());
    w.act(&clerk, move |ctx, tx, _| {
        let fixed = Answer { text: "已清理".into(), photos: Vec::new(), no_photo: "夜间无照".into() };
        answer(ctx, tx, &desk, answered.id, &fixed).map(drop)
    })
    .unwrap();
    let desk = w.desk.clone();
    w.act(&clerk, move |ctx, tx, _| dispute(ctx, tx, &desk, disputed.id, "不是我们的").map(drop)).unwrap();

    w.t.clock.advance(DAY);
    let new = replaced(&w, &old, BANK);
    let list = listed(&w, &new);
    let numbers: Vec<&str> = list.iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!(numbers, [&here.number, &kept.number, &answered.number, &disputed.number]);

    // all are chosen but one; the office may, the school's clerk may not
    let chosen: BTreeSet<String> =
        [&here, &answered, &disputed, &elsewhere, &others].map(|c| c.number.clone()).into_iter().collect();
    let run = |who: kernel::ctx::Ctx| {
        let (desk, number, chosen) = (w.desk.clone(), new.number.clone(), chosen.clone());
        w.act(&who, move |ctx, tx, index| hand_over(ctx, tx, &desk, index, &number, &chosen, "包街单位变更"))
    };
    assert_eq!(run(w.of_unit(Role::UnitClerk, SCHOOL)).unwrap_err().status, 403);
    let handed = run(w.office()).unwrap();
    assert_eq!(handed.moved, std::slice::from_ref(&here.number));
    assert_eq!(
        handed.stayed,
        [(answered.number.clone(), State::Answered), (disputed.number.clone(), State::Disputed)]
    );
    let lead = |case: &Case| {
        let id = case.id;
        w.read(move |tx| cases::store::case(tx, id)).unwrap()
    };
    let moved = lead(&here);
    assert_eq!((moved.lead_unit, moved.state), (Some(w.units[BANK]), State::Dispatched));
    // the full time runs from the handover
    assert!(moved.dispatched_at > here.dispatched_at && moved.due_at > here.due_at);
    for stays in [&kept, &answered, &disputed, &elsewhere] {
        assert_eq!(lead(stays).lead_unit, Some(w.units[SCHOOL]), "{}", stays.number);
    }
    assert_eq!(lead(&others).lead_unit, Some(w.units[HOSPITAL]));
    // each case tells it, and the handover is one event more
    let id = here.id;
    let told: Vec<String> =
        w.read(move |tx| store::audit::history(tx, id)).into_iter().map(|l| l.verb).collect();
    assert!(told.contains(&"case.redispatched".to_owned()), "{told:?}");
    assert_eq!(w.history(&new), ["adoption.took-over", "adoption.handed-over"]);
    // what is left is asked for again, and nothing twice
    assert_eq!(listed(&w, &new).len(), 3);
    let none = BTreeSet::from([here.number]);
    let (desk, number) = (w.desk.clone(), new.number.clone());
    let again =
        w.act(&w.office(), move |ctx, tx, index| hand_over(ctx, tx, &desk, index, &number, &none, "再来"));
    assert_eq!(again.unwrap_err().code, "adoption-nothing-to-hand-over");
}

fn what_a_patrol_finds_becomes_a_case(t: &TestDb) {
    let w = World::new(t);
    let a = w.adopted(0, (100.0, 300.0), SCHOOL, "2026-01-01");
    let clerk = w.of_unit(Role::UnitClerk, SCHOOL);
    let finding =
        Finding { description: "果皮箱满了".into(), item: None, along_m: 150.0, photos: Vec::new() };
    let (desk, number, found) = (w.desk.clone(), a.number.clone(), finding.clone());
    let case = w
        .act(&clerk, move |ctx, tx, index| report_finding(ctx, tx, &desk, index, (&number, "果皮"), found))
        .unwrap();
    assert_eq!(case.source, Source::Patrol);
    assert_eq!(case.section_id, Some(w.sections[0].id));
    assert!((case.along_m.unwrap() - 150.0).abs() < 0.01);
    assert_eq!(case.suggested_unit, Some(w.units[SCHOOL]));
    // a second finding of the day, then the log: one patrol
    let (desk, number, found) =
        (w.desk.clone(), a.number.clone(), Finding { along_m: 299.9, ..finding.clone() });
    w.act(&clerk, move |ctx, tx, index| report_finding(ctx, tx, &desk, index, (&number, ""), found)).unwrap();
    let (number, today) = (a.number.clone(), w.t.db.now().date());
    let walk = Walk { day: today, note: "其余良好".into() };
    let patrol = w.act(&clerk, move |ctx, tx, index| log_patrol(ctx, tx, index, &number, &walk)).unwrap();
    assert_eq!((patrol.findings, patrol.note.as_str()), (2, "其余良好"));
    let id = a.id;
    assert_eq!(w.read(move |tx| streets::queries::patrols(tx, id, 10)).len(), 1);
    // beyond the stretch, for another unit, on a day to come
    let (desk, number, off) =
        (w.desk.clone(), a.number.clone(), Finding { along_m: 20.0, ..finding.clone() });
    let refused =
        w.act(&clerk, move |ctx, tx, index| report_finding(ctx, tx, &desk, index, (&number, ""), off));
    assert_eq!(refused.unwrap_err().fields[0].code, "adoption-cut-at");
    let (desk, number) = (w.desk.clone(), a.number.clone());
    let other = w.of_unit(Role::UnitClerk, BANK);
    let refused =
        w.act(&other, move |ctx, tx, index| report_finding(ctx, tx, &desk, index, (&number, ""), finding));
    assert_eq!(refused.unwrap_err().status, 403);
    let (number, later) = (a.number.clone(), Walk { day: day("2026-04-01"), note: String::new() });
    let refused = w.act(&clerk, move |ctx, tx, index| log_patrol(ctx, tx, index, &number, &later));
    assert_eq!(refused.unwrap_err().fields[0].code, "patrol-not-yet");
}

fn reports_name_the_unit_of_the_stretch(t: &TestDb) {
    let w = World::new(t);
    w.adopted(0, (0.0, 250.0), SCHOOL, "2026-01-01");
    w.adopted(0, (250.0, 513.0), BANK, "2026-01-01");
    let report = |along: f64| {
        let (desk, place) = (w.desk.clone(), w.sections[0].line.point_at(along));
        w.act(&w.t.ctx_public(), move |ctx, tx, index| {
            let new = NewCase { place: Some(place), ..NewCase::new(Source::Citizen, "路灯不亮") };
            submit(ctx, tx, &desk, index, "", new)
        })
        .unwrap()
        .suggested_unit
    };
    assert_eq!(report(100.0), Some(w.units[SCHOOL]));
    assert_eq!(report(400.0), Some(w.units[BANK]));
    // a sign says where it hangs, also after the unit changed
    let sign = w.read(|tx| streets::register().sign(tx, "BJ-0001")).unwrap();
    assert!(sign.name.starts_with("新华路"));
    let (_, along) = w.sections[0].line.locate(sign.place);
    assert!((along - 125.0).abs() < 0.01);
    assert_eq!(w.read(|tx| streets::register().sign(tx, "BJ-9999")), None);
}

fn people_are_told_what_ends_and_what_waits(t: &TestDb) {
    let w = World::new(t);
    let office = people_with_role(&w, Role::Office);
    let mut soon = w.draft(1, (0.0, 100.0), SCHOOL, "2026-01-01");
    soon.until = Some(day("2026-03-12"));
    w.try_adopt(soon).unwrap();
    let mut later = w.draft(1, (200.0, 300.0), SCHOOL, "2026-01-01");
    later.until = Some(day("2026-06-30"));
    w.try_adopt(later).unwrap();
    // one that has somebody after it
    let mut followed = w.draft(1, (300.0, 400.0), SCHOOL, "2026-01-01");
    followed.until = Some(day("2026-03-12"));
    w.try_adopt(followed).unwrap();
    w.adopted(1, (300.0, 400.0), BANK, "2026-03-13");
    let old = w.adopted(0, (0.0, 300.0), SCHOOL, "2026-01-01");
    case(&w, 50.0, SCHOOL);
    replaced(&w, &old, BANK);

    let run = || {
        let jobs = w.t.jobs(&[], &[streets::jobs::PERIODIC[1]], store::jobs::Toolbox::default());
        jobs.ensure_periodic().unwrap();
        let outcomes = jobs.run_due().unwrap();
        assert!(outcomes.iter().all(|o| o.kind != "street-remind" || o.result.is_ok()), "{outcomes:?}");
    };
    run();
    // the program is started again on the same day, and looks again
    w.t.clock.advance(5 * kernel::time::MINUTE);
    run();
    let told = w.read(move |tx| web::notices::unread(tx, office));
    let kinds: Vec<&str> = told.iter().map(|n| n.kind.as_str()).collect();
    assert_eq!(kinds.iter().filter(|k| **k == "adoption-ends-soon").count(), 1, "{kinds:?}");
    assert_eq!(kinds.iter().filter(|k| **k == "adoption-handover").count(), 1, "{kinds:?}");
}

/// A person who holds the role on the root, with an account.
fn people_with_role(w: &World<'_>, role: Role) -> kernel::id::Id<kernel::ctx::Person> {
    let system = w.t.ctx_system();
    w.act(&system, move |ctx, tx, _| {
        let root = people::queries::root(tx)?.unwrap();
        let account =
            people::setup::person(tx, ctx, &root, "office", "王晓梅", "x".into(), false, &[(role, &root)])?;
        Ok(account.id)
    })
    .unwrap()
}
