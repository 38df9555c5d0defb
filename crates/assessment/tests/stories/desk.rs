//! A round goes its way: texts are settled, rows judged, faults become cases, and what is published no longer changes.

use super::rounds::{WORKBOOK, act, bring, features, office, tables};
use assessment::rounds::change::Change;
use assessment::rounds::commands::{Edit, edit, judge, leave, say, step, take_back, unjudge};
use assessment::rounds::model::{NameKind, Round};
use assessment::rounds::queries::{compare, see, summary};
use assessment::rounds::summary::Summary;
use assessment::rounds::workflow::{State, Step};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use testkit::TestApp;

testkit::stories!(features();
    a_decision_says_what_moved_and_can_be_taken_back,
    a_row_that_is_set_aside_is_kept_and_not_scored,
    what_is_checked_no_longer_changes,
    two_rounds_beside_each_other,
    the_log_has_every_decision,
);

fn kept(t: &TestApp) -> Ctx {
    let ctx = office(t);
    bring(t, &ctx, WORKBOOK.into(), Some(tables())).unwrap();
    ctx
}

fn now(t: &TestApp) -> (Round, Summary) {
    let ctx = office(t);
    t.test
        .db
        .read_now(move |tx| {
            let (round, _) = see(&ctx, tx, "AR-000001")?;
            let summary = summary(tx, &round)?;
            Ok((round, summary))
        })
        .unwrap()
}

fn moved(change: &Change) -> (String, String, Vec<&str>) {
    let names = change.items.iter().map(|m| m.name.as_str()).collect();
    (change.before.score.to_string(), change.after.score.to_string(), names)
}

fn code<T>(done: Result<T>) -> (u16, &'static str) {
    match done {
        Ok(_) => (200, ""),
        Err(Problem { status, code, fields, .. }) => (status, fields.first().map_or(code, |f| f.code)),
    }
}

fn a_decision_says_what_moved_and_can_be_taken_back(t: &TestApp) {
    let ctx = kept(t);
    let change =
        act(t, &ctx, |ctx, tx| say(ctx, tx, "AR-000001", NameKind::Item, "公益广告", "文明旅游")).unwrap();
    // its point joins those of 文明旅游1, and its own item is gone
    assert_eq!(moved(&change), ("2.375".into(), "19/12".into(), vec!["文明旅游", "公益广告"]));
    let back = act(t, &ctx, |ctx, tx| take_back(ctx, tx, "AR-000001", NameKind::Item, "公益广告")).unwrap();
    assert_eq!(back.after.score.to_string(), "2.375");
    assert_eq!(now(t).1.open, 2);
    let again = act(t, &ctx, |ctx, tx| take_back(ctx, tx, "AR-000001", NameKind::Item, "公益广告"));
    assert_eq!(code(again), (404, "not-found"));
    // left as it is, it is open no longer, and nothing moved
    let left = act(t, &ctx, |ctx, tx| leave(ctx, tx, "AR-000001", NameKind::Item, "公益广告")).unwrap();
    assert_eq!(left.before.score, left.after.score);
    assert_eq!((now(t).1.open, left.after.open), (1, 1));
}

fn a_row_that_is_set_aside_is_kept_and_not_scored(t: &TestApp) {
    let ctx = kept(t);
    let reasonless = act(t, &ctx, |ctx, tx| judge(ctx, tx, "AR-000001", 3, false, " "));
    assert_eq!(code(reasonless), (422, "required"));
    assert_eq!(code(act(t, &ctx, |ctx, tx| judge(ctx, tx, "AR-000001", 99, false, "x"))), (404, "not-found"));
    let change = act(t, &ctx, |ctx, tx| judge(ctx, tx, "AR-000001", 3, false, "同一处录了两次")).unwrap();
    // 文明旅游1 was (0 + 0.75) / 2, now 0.75
    assert_eq!(moved(&change), ("2.375".into(), "2.75".into(), vec!["文明旅游"]));
    let (round, after) = now(t);
    assert_eq!((round.row_count, after.points, after.aside), (4, 3, 1));
    act(t, &ctx, |ctx, tx| judge(ctx, tx, "AR-000001", 4, true, "")).unwrap();
    // the repeated number is no question any more
    assert_eq!(now(t).1.warnings, change.after.warnings - 1);
    let back = act(t, &ctx, |ctx, tx| unjudge(ctx, tx, "AR-000001", 3)).unwrap();
    assert_eq!(back.after.score.to_string(), "2.375");
}

fn what_is_checked_no_longer_changes(t: &TestApp) {
    let ctx = kept(t);
    let go = |to: Step, reason: &'static str| {
        act(t, &ctx, move |ctx, tx| step(ctx, tx, "AR-000001", to, reason, None))
    };
    assert_eq!(code(go(Step::Check, "")), (409, "round-open"));
    assert_eq!(code(go(Step::Publish, "")), (409, "move-not-allowed"));
    for (kind, text) in [(NameKind::Item, "公益广告"), (NameKind::Unit, "市容局")] {
        act(t, &ctx, move |ctx, tx| leave(ctx, tx, "AR-000001", kind, text)).unwrap();
    }
    assert_eq!(go(Step::Check, "").unwrap().state, State::Checked);
    let late = act(t, &ctx, |ctx, tx| say(ctx, tx, "AR-000001", NameKind::Item, "公益广告", "文明旅游"));
    assert_eq!(code(late), (409, "round-fixed"));
    assert_eq!(
        code(act(t, &ctx, |ctx, tx| judge(ctx, tx, "AR-000001", 3, false, "x"))),
        (409, "round-fixed")
    );
    assert_eq!(go(Step::Publish, "").unwrap().state, State::Published);
    assert_eq!(code(go(Step::Withdraw, "")), (422, "required"));
    let withdrawn = go(Step::Withdraw, "录错了街道").unwrap();
    assert_eq!((withdrawn.state, withdrawn.reason.as_str()), (State::Withdrawn, "录错了街道"));
    let restored = go(Step::Restore, "").unwrap();
    assert_eq!((restored.state, restored.reason.as_str()), (State::Draft, ""));
    let seen = restored.version - 1;
    let stale = act(t, &ctx, move |ctx, tx| step(ctx, tx, "AR-000001", Step::Check, "", Some(seen)));
    assert_eq!(code(stale), (409, "stale"));
}

fn two_rounds_beside_each_other(t: &TestApp) {
    let ctx = kept(t);
    let better = WORKBOOK.replace("社区1,1,,", "社区1,,,");
    bring(t, &ctx, better.into(), Some(tables())).unwrap();
    let asked = ctx.clone();
    let (one, other, change) =
        t.test.db.read_now(move |tx| compare(&asked, tx, "AR-000001", "AR-000002")).unwrap();
    assert_eq!((one.number.as_str(), other.number.as_str()), ("AR-000001", "AR-000002"));
    let rises: Vec<_> = change
        .items
        .iter()
        .map(|m| (m.name.as_str(), m.rise().map(|rise| rise.to_string()).unwrap_or_default()))
        .collect();
    // (1 + 0.375) / 2 and (1 + 0.875) / 2
    assert_eq!(rises, [("文明旅游", "0.25".to_owned()), ("公益广告", "0".to_owned())]);
    let bad =
        Edit { name: " ".into(), held_on: "2999-01-01".parse().unwrap(), weight: "-1".into(), version: None };
    let refused = act(t, &ctx, move |ctx, tx| edit(ctx, tx, "AR-000001", bad)).unwrap_err();
    let codes: Vec<_> = refused.fields.iter().map(|f| (f.field.as_ref(), f.code)).collect();
    assert_eq!(
        codes,
        [("round_name", "required"), ("held_on", "future-day"), ("round_weight", "out-of-range")]
    );
}

fn the_log_has_every_decision(t: &TestApp) {
    let ctx = kept(t);
    act(t, &ctx, |ctx, tx| leave(ctx, tx, "AR-000001", NameKind::Item, "公益广告")).unwrap();
    act(t, &ctx, |ctx, tx| judge(ctx, tx, "AR-000001", 3, false, "重复")).unwrap();
    let id = now(t).0.id;
    let lines = t.test.db.read_now(move |tx| store::audit::history(tx, id)).unwrap();
    let verbs: Vec<_> = lines.iter().map(|line| line.verb.as_str()).collect();
    assert_eq!(verbs, ["assessment.round-kept", "assessment.round-left", "assessment.row-aside"]);
    let last = lines.last().unwrap();
    assert_eq!(
        (last.fact("row"), last.fact("before"), last.fact("after")),
        ("3".into(), "2.375".into(), "2.75".into())
    );
}
