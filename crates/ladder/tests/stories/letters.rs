//! A letter from proposal to end: two people, one number, one text.

use super::world::{MIGRATIONS, UNIT, World, sound};
use kernel::time::{DAY, HOUR};
use ladder::commands::{self, Draft, Proposal, Undertaken};
use ladder::model::{Letter, Rung};
use ladder::workflow::State;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS; two_people_issue_and_the_unit_answers, what_does_not_help_is_carried,
    a_talk_ends_in_undertakings, a_unit_sees_nothing_before_it_is_issued, refused_forms_say_why,
    what_was_issued_stays_what_it_was, the_year_goes_on_after_paper_numbers);

fn by_hand(w: &World<'_>, rung: Rung) -> Letter {
    let proposal = Proposal { rung, text: "请立即整改，明确责任人".into(), answer_by: None };
    let subject = w.tasks.0.lock()[&1].clone();
    w.act(&w.office(), move |ctx, tx, desk| commands::propose(ctx, tx, desk, &subject, &proposal)).unwrap()
}

fn issued(w: &World<'_>, rung: Rung) -> Letter {
    let letter = by_hand(w, rung).id;
    w.act(&w.leader(7), move |ctx, tx, desk| commands::sign(ctx, tx, desk, letter)).unwrap()
}

fn two_people_issue_and_the_unit_answers(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    t.clock.advance(3 * DAY);
    w.pass();
    let proposed = w.letters().into_iter().find(|l| l.rung == Rung::Letter).unwrap();
    assert_eq!(proposed.drafted_by, None);
    let id = proposed.id;
    // nobody has checked it yet
    let early = w.act(&w.leader(7), move |ctx, tx, desk| commands::sign(ctx, tx, desk, id));
    assert_eq!(early.unwrap_err().code, "move-not-allowed");
    let draft = Draft { text: "请于明日前完成清运".into(), ..Draft::default() };
    let by = draft.clone();
    w.act(&w.leader(7), move |ctx, tx, _| commands::submit(ctx, tx, id, &by)).unwrap();
    let own = w.act(&w.leader(7), move |ctx, tx, desk| commands::sign(ctx, tx, desk, id));
    assert_eq!(own.unwrap_err().code, "own-draft");
    w.act(&w.office(), move |ctx, tx, _| commands::send_back(ctx, tx, id, "措辞不妥")).unwrap();
    w.act(&w.office(), move |ctx, tx, _| commands::submit(ctx, tx, id, &draft)).unwrap();
    let clerk = w.act(&w.office(), move |ctx, tx, desk| commands::sign(ctx, tx, desk, id));
    assert_eq!(clerk.unwrap_err().status, 403);
    let letter = w.act(&w.leader(7), move |ctx, tx, desk| commands::sign(ctx, tx, desk, id)).unwrap();
    assert_eq!(letter.number.as_deref(), Some("创督〔2026〕1号"));
    assert!(letter.answer_by.unwrap() > t.db.now());
    let twice = w.act(&w.leader(8), move |ctx, tx, desk| commands::sign(ctx, tx, desk, id));
    assert_eq!(twice.unwrap_err().code, "move-not-allowed");
    w.act(&w.clerk(UNIT), move |ctx, tx, desk| commands::acknowledge(ctx, tx, desk, id)).unwrap();
    let late = letter.answer_by.unwrap();
    t.clock.set(late.plus(HOUR));
    let now = w.letters().into_iter().find(|l| l.id == id).unwrap();
    assert!(now.is_late(t.db.now()));
    w.act(&w.clerk(UNIT), move |ctx, tx, desk| commands::answer(ctx, tx, desk, id, "已清运完毕", &[]))
        .unwrap();
    let closed = w.act(&w.office(), move |ctx, tx, desk| commands::close(ctx, tx, desk, id, "")).unwrap();
    assert_eq!((closed.state, closed.answer.as_str()), (State::Closed, "已清运完毕"));
    t.db.read_now(sound).unwrap();
}

fn what_does_not_help_is_carried(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    let letter = issued(&w, Rung::Letter);
    let id = letter.id;
    let bare = w.act(&w.office(), move |ctx, tx, desk| commands::close(ctx, tx, desk, id, " "));
    assert_eq!(bare.unwrap_err().fields[0].code, "required", "closing without an answer takes a reason");
    let next = w
        .act(&w.office(), move |ctx, tx, desk| commands::carry(ctx, tx, desk, id, "多次督办未落实"))
        .unwrap();
    assert_eq!((next.rung, next.state, next.carried_from), (Rung::Summons, State::Proposed, Some(id)));
    // the ladder does not ask for the same again on this occasion
    t.clock.advance(30 * DAY);
    w.pass();
    let summonses = w.letters().iter().filter(|l| l.rung == Rung::Summons).count();
    assert_eq!(summonses, 1);
    let letters = w.letters().iter().filter(|l| l.rung == Rung::Letter).count();
    assert_eq!(letters, 1, "a letter by hand stands in for the ladder's");
}

fn a_talk_ends_in_undertakings(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    let letter = by_hand(&w, Rung::Summons);
    assert_eq!(letter.state, State::Proposed, "time and place are missing");
    let id = letter.id;
    let text = "请准备书面说明".to_owned();
    let bare = Draft { text: text.clone(), ..Draft::default() };
    let refused = w.act(&w.office(), move |ctx, tx, _| commands::submit(ctx, tx, id, &bare)).unwrap_err();
    let fields: Vec<&str> = refused.fields.iter().map(|f| f.field.as_ref()).collect();
    assert_eq!(fields, ["meet_at", "meet_place", "meet_whom"]);
    let meet = t.db.now().plus(DAY);
    let draft = Draft {
        text,
        answer_by: None,
        meet_at: Some(meet),
        meet_place: "市文明办会议室".into(),
        meet_whom: "主要负责人".into(),
    };
    w.act(&w.office(), move |ctx, tx, _| commands::submit(ctx, tx, id, &draft)).unwrap();
    w.act(&w.leader(7), move |ctx, tx, desk| commands::sign(ctx, tx, desk, id)).unwrap();
    let undertaken =
        vec![Undertaken { text: "三日内清运完毕".into(), due: meet.plus(3 * DAY).date() }];
    let early = undertaken.clone();
    let soon = w.act(&w.office(), move |ctx, tx, _| commands::hold(ctx, tx, id, meet, "谈话纪要", &early));
    assert_eq!(soon.unwrap_err().fields[0].code, "not-in-time");
    t.clock.set(meet.plus(HOUR));
    w.act(&w.office(), move |ctx, tx, _| commands::hold(ctx, tx, id, meet, "谈话纪要", &undertaken)).unwrap();
    let open = w.act(&w.office(), move |ctx, tx, desk| commands::close(ctx, tx, desk, id, ""));
    assert_eq!(open.unwrap_err().fields[0].code, "required", "an undertaking is open");
    let one = t.db.read_now(move |tx| ladder::store::undertakings(tx, id)).unwrap().remove(0).id;
    w.act(&w.office(), move |ctx, tx, _| commands::keep(ctx, tx, one)).unwrap();
    let again = w.act(&w.office(), move |ctx, tx, _| commands::keep(ctx, tx, one));
    assert_eq!(again.unwrap_err().code, "already-decided");
    let closed = w.act(&w.office(), move |ctx, tx, desk| commands::close(ctx, tx, desk, id, "")).unwrap();
    assert_eq!(closed.state, State::Closed);
}

fn a_unit_sees_nothing_before_it_is_issued(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    let letter = by_hand(&w, Rung::Letter);
    let id = letter.id;
    let see = |who: &kernel::ctx::Ctx| {
        w.act(who, move |ctx, tx, _| {
            tx.housekeeping();
            commands::load_for(ctx, tx, ladder::policy::Act::View, id).map(drop)
        })
    };
    assert_eq!(see(&w.clerk(UNIT)).unwrap_err().status, 404);
    w.act(&w.leader(7), move |ctx, tx, desk| commands::sign(ctx, tx, desk, id)).unwrap();
    see(&w.clerk(UNIT)).unwrap();
    assert_eq!(see(&w.clerk(99)).unwrap_err().status, 404, "another unit never");
    let other = w.act(&w.clerk(99), move |ctx, tx, desk| commands::answer(ctx, tx, desk, id, "好", &[]));
    assert_eq!(other.unwrap_err().status, 404);
    let office = w.act(&w.office(), move |ctx, tx, desk| commands::answer(ctx, tx, desk, id, "好", &[]));
    assert_eq!(office.unwrap_err().status, 403, "the office does not answer its own letter");
    let word = "发错单位";
    let office = w.act(&w.office(), move |ctx, tx, desk| commands::withdraw(ctx, tx, desk, id, word));
    assert_eq!(office.unwrap_err().status, 403);
    let gone = w.act(&w.leader(7), move |ctx, tx, desk| commands::withdraw(ctx, tx, desk, id, word)).unwrap();
    assert_eq!((gone.state, gone.reason.as_str()), (State::Withdrawn, word));
    let next = issued(&w, Rung::Letter);
    assert_eq!(next.number.as_deref(), Some("创督〔2026〕2号"), "a withdrawn number is not given again");
}

fn refused_forms_say_why(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    let subject = w.tasks.0.lock()[&1].clone();
    let empty = Proposal { rung: Rung::Letter, text: " ".into(), answer_by: None };
    let given = subject.clone();
    let refused = w.act(&w.office(), move |ctx, tx, desk| commands::propose(ctx, tx, desk, &given, &empty));
    assert_eq!(refused.unwrap_err().fields[0].code, "required");
    let past = Proposal { rung: Rung::Letter, text: "请整改".into(), answer_by: Some(t.db.now()) };
    let given = subject.clone();
    let refused = w.act(&w.office(), move |ctx, tx, desk| commands::propose(ctx, tx, desk, &given, &past));
    assert_eq!(refused.unwrap_err().fields[0].code, "in-the-past");
    by_hand(&w, Rung::Letter);
    let again = Proposal { rung: Rung::Letter, text: "请整改".into(), answer_by: None };
    let given = subject.clone();
    let refused = w.act(&w.office(), move |ctx, tx, desk| commands::propose(ctx, tx, desk, &given, &again));
    assert_eq!(refused.unwrap_err().code, "letter-waits", "one of a kind at a time");
    let again = Proposal { rung: Rung::Letter, text: "请整改".into(), answer_by: None };
    let clerk =
        w.act(&w.clerk(UNIT), move |ctx, tx, desk| commands::propose(ctx, tx, desk, &subject, &again));
    assert_eq!(clerk.unwrap_err().status, 404);
    let ctx = w.office();
    let mut wrong = ladder::rules::Ladder::default();
    wrong.letter.prefix = wrong.reminder.prefix.clone();
    wrong.rules[0].when = vec![ladder::rules::Condition::Left { percent: 100 }];
    let refused = w.act(&ctx, move |ctx, tx, _| commands::edit(ctx, tx, &wrong)).unwrap_err();
    let codes: Vec<&str> = refused.fields.iter().map(|f| f.code).collect();
    assert_eq!(codes, ["same-prefix", "same-prefix", "out-of-range"]);
}

fn what_was_issued_stays_what_it_was(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    t.clock.advance(2 * DAY);
    let letter = issued(&w, Rung::Letter);
    let id = letter.id;
    // the subject is renamed and the city's office as well: the letter says what it said
    w.change(1, |s| s.title = "改名".into());
    w.set(|ladder| ladder.organ = "另一个机关".into());
    let document = t.db.read_now(move |tx| ladder::kept::frozen(tx, id)).unwrap().unwrap();
    assert_eq!(document.title, "关于“整治任务 1”的督办函");
    assert_eq!(document.head, "嘉峪关市精神文明建设指导委员会办公室");
    assert_eq!(document.addressee, "环卫中心");
    assert_eq!(
        document.code.as_ref().unwrap().text,
        format!("https://wm.example.cn/letters/{}", letter.code)
    );
    let text = serde_json_text(&document);
    for fact in ["TASK-1", "新华中路", "已逾期", "2026年3月5日 16:00", "请立即整改，明确责任人"]
    {
        assert!(text.contains(fact), "{fact} is not in {text}");
    }
    // the log knows the hash of what was issued
    let kept = t.db.read_now(move |tx| ladder::store::paper(tx, id, "source")).unwrap().unwrap();
    let lines = t.db.read_now(move |tx| store::audit::history(tx, id)).unwrap();
    let issued = lines.iter().find(|l| l.verb == "ladder.issued").unwrap();
    assert!(issued.facts().iter().any(|(n, v)| n == "source-sha256" && v.as_str() == Some(&kept.sha256)));
    // somebody changes the bytes behind the program's back
    let schema = match &t.location {
        store::Location::Server { schema, .. } => format!("{schema}."),
        store::Location::Embedded { .. } => String::new(),
    };
    store::db::tamper(
        &t.location,
        &format!("update {schema}ladder_paper set sha256 = 'x' where format = 'source'"),
    )
    .unwrap();
    let changed = t.db.read_now(move |tx| ladder::kept::frozen(tx, id));
    assert_eq!(changed.unwrap_err().status, 500);
}

fn serde_json_text(document: &papers::Document) -> String {
    format!("{document:?}")
}

fn the_year_goes_on_after_paper_numbers(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    w.act(&w.office(), |ctx, tx, _| commands::raise(ctx, tx, Rung::Letter, 12)).unwrap();
    let letter = issued(&w, Rung::Letter);
    assert_eq!(letter.number.as_deref(), Some("创督〔2026〕13号"));
    let back = w.act(&w.office(), |ctx, tx, _| commands::raise(ctx, tx, Rung::Letter, 12));
    assert_eq!(back.unwrap_err().fields[0].code, "used-already");
    // a new year begins with one
    t.clock.advance(365 * DAY);
    w.task(1, 4);
    assert_eq!(issued(&w, Rung::Letter).number.as_deref(), Some("创督〔2027〕1号"));
}
