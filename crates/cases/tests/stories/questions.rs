//! The reporter is asked something; the clock stands until there is an answer, or the time for one is over.

use super::world::{CLEANING, MIGRATIONS, WATER, World, fixed};
use cases::commands;
use cases::model::{Case, QuestionState};
use cases::workflow::State;
use kernel::id::Id;
use kernel::time::{DAY, HOUR};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    a_unit_asks_through_the_office_and_its_clock_stands,
    the_office_asks_before_anybody_has_it,
    nobody_answers_and_it_goes_on,
    nobody_answers_and_it_ends_where_the_city_says_so,
    what_cannot_be_asked_is_refused,
    a_question_is_forgotten_when_the_case_goes_another_way,
);

fn questions(t: &TestDb, id: Id<Case>) -> Vec<(QuestionState, String, String)> {
    let all = t.db.read_now(move |tx| cases::store::questions(tx, id)).unwrap();
    all.into_iter().map(|q| (q.state, q.body.into_string(), q.reply.into_string())).collect()
}

/// Looks at all open questions as the program does every few minutes.
fn lapse(t: &TestDb, w: &World<'_>) {
    let mut after = 0;
    while let Some(last) =
        w.act(&t.ctx_system(), move |ctx, tx, desk| commands::lapse(ctx, tx, desk, after, 1)).unwrap()
    {
        after = last;
    }
}

fn a_unit_asks_through_the_office_and_its_clock_stands(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("路灯不亮", CLEANING);
    let (id, due) = (case.id, case.due_at.unwrap());
    w.act(&w.clerk(CLEANING), move |ctx, tx, _| commands::wish_question(ctx, tx, id, "是哪一盏？")).unwrap();
    // a wish stops nothing
    assert_eq!((w.case(id).state, w.case(id).paused_at), (State::Dispatched, None));
    let asked = w
        .act(&w.office(), move |ctx, tx, desk| {
            commands::inquire(ctx, tx, desk, id, "请问是路东还是路西的灯？")
        })
        .unwrap();
    assert_eq!((asked.state, asked.stage_due_at), (State::Inquired, None));
    t.clock.advance(2 * DAY);
    assert!(!w.case(id).is_overdue(t.db.now()));
    let back = w
        .act(&w.citizen(), move |ctx, tx, desk| commands::reply(ctx, tx, desk, id, "路西第三盏", &[]))
        .unwrap();
    assert_eq!((back.state, back.paused_at), (State::Handling, None));
    assert!(back.due_at.unwrap() > due, "{:?} after {due:?}", back.due_at);
    assert!(!back.is_overdue(t.db.now()));
    let told = (QuestionState::Answered, "请问是路东还是路西的灯？".to_owned(), "路西第三盏".to_owned());
    assert_eq!(questions(t, id), [told]);
    let verbs = w.history(id);
    assert!(verbs.ends_with(&[
        "case.question-wished".to_owned(),
        "case.inquired".to_owned(),
        "case.replied".to_owned()
    ]));
    // once answered, there is nothing to answer any more
    let twice = w.act(&w.citizen(), move |ctx, tx, desk| commands::reply(ctx, tx, desk, id, "再说一句", &[]));
    assert_eq!(twice.unwrap_err().code, "nothing-asked");
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::answer(ctx, tx, desk, id, &fixed())).unwrap();
}

fn the_office_asks_before_anybody_has_it(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.report("有垃圾");
    let (id, due) = (case.id, case.stage_due_at);
    let asked =
        w.act(&w.verifier(), move |ctx, tx, desk| commands::inquire(ctx, tx, desk, id, "在哪里？")).unwrap();
    assert_eq!((asked.state, asked.lead_unit), (State::Unclear, None));
    t.clock.advance(5 * HOUR);
    // the office writes down what was said on the telephone
    let back = w
        .act(&w.office(), move |ctx, tx, desk| commands::enter_reply(ctx, tx, desk, id, "菜市场东门"))
        .unwrap();
    assert_eq!(back.state, State::Reported);
    // the first stage goes on where it stood: later than before, and not the whole limit anew
    assert!(back.stage_due_at >= due, "{:?} {due:?}", back.stage_due_at);
    // what had come further is looked at afresh, and stays public
    w.confirm(id);
    w.act(&w.office(), move |ctx, tx, desk| commands::inquire(ctx, tx, desk, id, "还在吗？")).unwrap();
    let fresh = w.act(&w.office(), move |ctx, tx, desk| commands::take_back(ctx, tx, desk, id)).unwrap();
    assert_eq!((fresh.state, fresh.is_public), (State::Reported, true));
    assert_eq!(questions(t, id)[1].0, QuestionState::Withdrawn);
}

fn nobody_answers_and_it_goes_on(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.rules(|rules| rules.reply_days = 2);
    let case = w.dispatched("积水", CLEANING);
    let id = case.id;
    w.act(&w.office(), move |ctx, tx, desk| commands::inquire(ctx, tx, desk, id, "哪个路口？")).unwrap();
    // a longer time that is set later is not that of this question
    w.rules(|rules| rules.reply_days = 30);
    lapse(t, &w);
    assert_eq!(w.case(id).state, State::Inquired, "not yet");
    // two working days have passed, weekends and holidays between included
    t.clock.advance(12 * DAY);
    lapse(t, &w);
    let back = w.case(id);
    assert_eq!((back.state, back.paused_at), (State::Handling, None));
    assert_eq!(questions(t, id)[0].0, QuestionState::Lapsed);
    let events = w.history(id).len();
    lapse(t, &w);
    assert_eq!(w.history(id).len(), events, "once");
}

fn nobody_answers_and_it_ends_where_the_city_says_so(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.rules(|rules| rules.drop_unanswered = true);
    let (early, late) = (w.report("哪里都不说"), w.dispatched("积水", WATER));
    for id in [early.id, late.id] {
        w.act(&w.office(), move |ctx, tx, desk| commands::inquire(ctx, tx, desk, id, "哪个路口？")).unwrap();
    }
    t.clock.advance(20 * DAY);
    lapse(t, &w);
    for id in [early.id, late.id] {
        let case = w.case(id);
        assert_eq!((case.state, case.is_public, case.paused_at), (State::Refused, false, None));
        assert!(case.closed_at.is_some());
        assert_eq!(w.history(id).last().map(String::as_str), Some("case.dropped"));
    }
}

fn what_cannot_be_asked_is_refused(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("井盖", CLEANING);
    let id = case.id;
    let clerk = w.clerk(CLEANING);
    let own = w.act(&clerk, move |ctx, tx, desk| commands::inquire(ctx, tx, desk, id, "你是谁？"));
    assert_eq!(own.unwrap_err().status, 403, "a unit asks through the office");
    let other = w.act(&w.clerk(WATER), move |ctx, tx, _| commands::wish_question(ctx, tx, id, "你是谁？"));
    assert_eq!(other.unwrap_err().status, 404);
    let empty = w.act(&w.office(), move |ctx, tx, desk| commands::inquire(ctx, tx, desk, id, "  "));
    assert_eq!(empty.unwrap_err().fields[0].code, "required");
    w.act(&clerk, move |ctx, tx, _| commands::wish_question(ctx, tx, id, "哪一个？")).unwrap();
    let twice = w.act(&clerk, move |ctx, tx, _| commands::wish_question(ctx, tx, id, "哪一个？"));
    assert_eq!(twice.unwrap_err().code, "question-open");
    w.act(&w.office(), move |ctx, tx, _| commands::refuse_question(ctx, tx, id, "照片上看得清")).unwrap();
    assert_eq!(questions(t, id)[0].0, QuestionState::Withdrawn);
    // what an inspector saw has no reporter to ask
    w.act(&w.office(), move |ctx, tx, _| {
        let mut case = cases::store::case(tx, id)?.unwrap();
        case.source = cases::model::Source::Inspection;
        tx.save(&case)?;
        tx.record(ctx, store::Event::city("test.source"))
    })
    .unwrap();
    let nobody = w.act(&w.office(), move |ctx, tx, desk| commands::inquire(ctx, tx, desk, id, "哪一个？"));
    assert_eq!(nobody.unwrap_err().code, "nobody-to-ask");
}

fn a_question_is_forgotten_when_the_case_goes_another_way(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let (main, double, wrong) = (w.report("垃圾一"), w.report("垃圾二"), w.dispatched("垃圾三", CLEANING));
    for id in [double.id, wrong.id] {
        w.act(&w.office(), move |ctx, tx, desk| commands::inquire(ctx, tx, desk, id, "哪里？")).unwrap();
    }
    let merged =
        w.act(&w.office(), move |ctx, tx, desk| commands::merge(ctx, tx, desk, double.id, main.id)).unwrap();
    let voided =
        w.act(&w.office(), move |ctx, tx, desk| commands::void(ctx, tx, desk, wrong.id, "录错了")).unwrap();
    for case in [merged, voided] {
        assert_eq!(case.paused_at, None);
        assert_eq!(questions(t, case.id)[0].0, QuestionState::Withdrawn);
        let id = case.id;
        let late = w.act(&w.citizen(), move |ctx, tx, desk| commands::reply(ctx, tx, desk, id, "这里", &[]));
        assert_eq!(late.unwrap_err().code, "nothing-asked");
    }
    // an answer of the unit ends its own wish
    let done = w.dispatched("垃圾四", CLEANING);
    let clerk = w.clerk(CLEANING);
    w.act(&clerk, move |ctx, tx, _| commands::wish_question(ctx, tx, done.id, "哪里？")).unwrap();
    w.act(&clerk, move |ctx, tx, desk| commands::answer(ctx, tx, desk, done.id, &fixed())).unwrap();
    assert_eq!(questions(t, done.id)[0].0, QuestionState::Withdrawn);
}
