//! From the plan to the end, by commands.

use super::world::{World, told};
use draw::faults;
use inspections::commands;
use inspections::model::{Draft, Method};
use inspections::queries;
use inspections::workflow::State;
use kernel::time::DAY;
use std::collections::{BTreeMap, HashSet};
use store::sql;

told!(
    a_plan_is_drawn_as_it_was_frozen,
    numbers_are_divided_in_three_ways,
    what_was_drawn_is_left_out_for_a_while,
    nothing_is_changed_once_it_is_bound,
    two_that_draw_at_one_moment_draw_once,
    a_closed_point_is_replaced_by_the_next_in_order,
    a_stratum_runs_out,
    what_is_given_up_stays_published,
    the_secret_is_sealed,
);

fn takes(w: &World, number: &str) -> Vec<(String, String, usize)> {
    let strata = w.whole(number).draw.unwrap().plan().unwrap().strata;
    strata.into_iter().map(|s| (s.kind, s.division, s.take)).collect()
}

fn row(kind: &str, division: &str, take: usize) -> (String, String, usize) {
    (kind.into(), division.into(), take)
}

fn a_plan_is_drawn_as_it_was_frozen(w: &World) {
    let made = w.drawn(w.draft());
    assert_eq!((made.number.as_str(), made.state), ("IN-2026-0001", State::Drawn));
    let whole = w.whole(&made.number);
    // 9 and 3 markets give 3 and 1, 5 and 5 schools 2 and 1 of equal remainders, all by largest remainder
    let expected = vec![
        row("market", "620201001", 3),
        row("market", "620201002", 1),
        row("school", "620201001", 2),
        row("school", "620201002", 1),
        row("toilet", "620201002", 1),
    ];
    assert_eq!(takes(w, &made.number), expected);
    let numbers: HashSet<&str> = whole.points.iter().map(|p| p.number.as_str()).collect();
    assert_eq!((whole.points.len(), numbers.len()), (8, 8), "no point twice");
    assert_eq!(whole.points.iter().filter(|p| p.second).count(), 3, "30 % of 8, rounded up");
    for (kind, division, take) in &expected {
        let drawn = whole.points.iter().filter(|p| p.kind == *kind && p.division == *division).count();
        assert_eq!(drawn, *take, "{kind} {division}");
    }
    // what was published before is what the secret makes
    let record = whole.record().unwrap();
    assert_eq!(faults(&record), []);
    assert_eq!(record.commitment, whole.draw.as_ref().unwrap().commitment);
    assert_eq!(record.register.len(), 26);
    let first = &record.strata[0];
    assert!(first.drawn.iter().zip(&whole.points).all(|(number, point)| *number == point.number));
}

fn numbers_are_divided_in_three_ways(w: &World) {
    let fixed = Draft {
        method: Method::Fixed,
        amounts: BTreeMap::from([("market".into(), 4), ("toilet".into(), 2)]),
        ..w.draft()
    };
    let made = w.committed(fixed);
    let expected =
        vec![row("market", "620201001", 4), row("market", "620201002", 3), row("toilet", "620201002", 2)];
    assert_eq!(takes(w, &made.number), expected, "no more than there are");
    let total = Draft { method: Method::Total, total: 13, exclude_months: 0, ..w.draft() };
    let made = w.committed(total);
    let sum: usize = takes(w, &made.number).iter().map(|t| t.2).sum();
    assert_eq!(sum, 13);
    let whole_city = Draft { by_division: false, exclude_months: 0, ..w.draft() };
    let made = w.committed(whole_city);
    assert_eq!(
        takes(w, &made.number),
        vec![row("market", "", 4), row("school", "", 3), row("toilet", "", 1)]
    );
}

fn what_was_drawn_is_left_out_for_a_while(w: &World) {
    let first = w.drawn(w.draft());
    let drawn: HashSet<String> = w.whole(&first.number).points.into_iter().map(|p| p.number).collect();
    let second = w.committed(w.draft());
    let register = w.whole(&second.number).draw.unwrap().register.0;
    assert_eq!(register.len(), 26 - 8);
    assert!(register.iter().all(|row| !drawn.contains(&row[0])));
    let all = w.committed(Draft { exclude_months: 0, ..w.draft() });
    assert_eq!(w.whole(&all.number).draw.unwrap().register.0.len(), 26);
    w.t.advance(190 * DAY);
    let later = w.committed(w.draft());
    assert_eq!(w.whole(&later.number).draw.unwrap().register.0.len(), 26, "after six months they are back");
    // what was cancelled does not count
    let cancelled = w.drawn(w.draft());
    w.act(move |ctx, tx, _| commands::cancel(ctx, tx, (&cancelled.number, cancelled.version), "天气"))
        .unwrap();
    let next = w.committed(w.draft());
    assert_eq!(w.whole(&next.number).draw.unwrap().register.0.len(), 26);
}

fn nothing_is_changed_once_it_is_bound(w: &World) {
    let bound = w.committed(w.draft());
    let (number, version, draft) = (bound.number.clone(), bound.version, w.draft());
    let refused = w.act(move |ctx, tx, _| commands::change(ctx, tx, (&number, version), draft)).unwrap_err();
    assert_eq!(refused.code, "inspection-bound");
    let number = bound.number.clone();
    let refused = w
        .act(move |ctx, tx, index| commands::commit(ctx, tx, index, (&number, version), &[8; 32]))
        .unwrap_err();
    assert_eq!((refused.status, refused.code), (409, "move-not-allowed"));
    // a point that is renamed or retired meanwhile changes nothing of what was frozen
    w.act(|ctx, tx, index| places::commands::retire_site(ctx, tx, index, "P-0001", 1, "拆除").map(drop))
        .unwrap();
    let number = bound.number.clone();
    w.act(move |ctx, tx, _| commands::draw(ctx, tx, (&number, version), "5 0 7", "甲")).unwrap();
    let record = w.whole(&bound.number).record().unwrap();
    assert!(record.register.iter().any(|row| row[0] == "P-0001"));
    assert_eq!(faults(&record), []);
    // a plan that draws nothing is not bound
    let none = w.planned(Draft { amounts: BTreeMap::from([("park".into(), 3)]), ..w.draft() });
    let refused = w
        .act(move |ctx, tx, index| commands::commit(ctx, tx, index, (&none.number, none.version), &[1; 32]))
        .unwrap_err();
    assert_eq!(refused.code, "inspection-no-points");
}

fn two_that_draw_at_one_moment_draw_once(w: &World) {
    let bound = w.committed(w.draft());
    let results: Vec<Result<(), kernel::problem::Problem>> = std::thread::scope(|scope| {
        let tries = ["1 2 3", "4 5 6"].map(|value| {
            let (ctx, db, bound) = (w.ctx(), w.t.test.db.clone(), bound.clone());
            scope.spawn(move || {
                db.write_now(&ctx.clone(), move |tx| {
                    commands::draw(&ctx, tx, (&bound.number, bound.version), value, "甲").map(drop)
                })
            })
        });
        tries.map(|t| t.join().unwrap()).into_iter().collect()
    });
    assert_eq!(results.iter().filter(|r| r.is_ok()).count(), 1, "{results:?}");
    let refused = results.into_iter().find_map(Result::err).unwrap();
    assert_eq!((refused.status, refused.code), (409, "stale"));
    let whole = w.whole(&bound.number);
    assert_eq!((whole.points.len(), faults(&whole.record().unwrap())), (8, vec![]));
}

fn a_closed_point_is_replaced_by_the_next_in_order(w: &World) {
    let drawn = w.drawn(w.draft());
    let whole = w.whole(&drawn.number);
    let record = whole.record().unwrap();
    let out = record.strata[0].drawn[1].clone();
    let (number, version, gone) = (drawn.number.clone(), drawn.version, out.clone());
    let (after, stands_in) = w
        .act(move |ctx, tx, index| commands::replace(ctx, tx, index, (&number, version), &gone, "闭店装修"))
        .unwrap();
    assert_eq!(stands_in.number, record.strata[0].reserves[0]);
    assert_eq!((stands_in.place, stands_in.stands_for.as_str()), (4, out.as_str()));
    let was_second = whole.points.iter().find(|p| p.number == out).unwrap().second;
    assert_eq!(stands_in.second, was_second, "it is visited as often");
    // the one that stands in cannot be found either
    let (number, version, gone) = (drawn.number.clone(), after.version, stands_in.number.clone());
    w.act(move |ctx, tx, index| commands::replace(ctx, tx, index, (&number, version), &gone, "找不到"))
        .unwrap();
    let whole = w.whole(&drawn.number);
    assert_eq!((whole.visited().count(), whole.replaced().len()), (8, 2));
    let record = whole.record().unwrap();
    assert_eq!(faults(&record), []);
    assert_eq!(record.replacements[1].out, record.replacements[0].r#in);
    assert_eq!(record.replacements[1].r#in, record.strata[0].reserves[1]);
    // not twice, not a stranger's, not without a reason
    let try_one = |point: &str, why: &'static str| {
        let version = w.whole(&drawn.number).inspection.version;
        let (number, point) = (drawn.number.clone(), point.to_owned());
        w.act(move |ctx, tx, index| commands::replace(ctx, tx, index, (&number, version), &point, why))
            .unwrap_err()
    };
    assert_eq!(try_one(&out, "再来").code, "inspection-point-out");
    assert_eq!(try_one("P-9999", "没有").status, 404);
    let visited = whole.visited().next().unwrap().number.clone();
    assert_eq!(try_one(&visited, "\n").fields[0].field, "inspection_reason");
    let told: i64 =
        w.t.test
            .db
            .read_now(|tx| {
                tx.value(sql!((i64,): "select count(*) from audit where verb = 'inspection.replaced'"), &[])
            })
            .unwrap();
    assert_eq!(told, 2);
}

fn a_stratum_runs_out(w: &World) {
    let all = Draft { method: Method::Fixed, amounts: BTreeMap::from([("toilet".into(), 4)]), ..w.draft() };
    let drawn = w.drawn(all);
    let point = w.whole(&drawn.number).points[0].number.clone();
    let (number, version) = (drawn.number.clone(), drawn.version);
    let refused = w
        .act(move |ctx, tx, index| commands::replace(ctx, tx, index, (&number, version), &point, "拆除"))
        .unwrap_err();
    assert_eq!(refused.code, "inspection-no-reserve");
    // and when it is over nothing is replaced
    let ended = w.ended(Draft { exclude_months: 0, ..w.draft() });
    let point = w.whole(&ended.number).points[0].number.clone();
    let refused = w
        .act(move |ctx, tx, index| {
            commands::replace(ctx, tx, index, (&ended.number, ended.version), &point, "拆除")
        })
        .unwrap_err();
    assert_eq!(refused.code, "inspection-not-running");
}

fn what_is_given_up_stays_published(w: &World) {
    let bound = w.committed(w.draft());
    let which = (bound.number.clone(), bound.version);
    let refused = w.act(move |ctx, tx, _| commands::cancel(ctx, tx, (&which.0, which.1), " ")).unwrap_err();
    assert_eq!(refused.fields[0].code, "required");
    let which = (bound.number.clone(), bound.version);
    let cancelled =
        w.act(move |ctx, tx, _| commands::cancel(ctx, tx, (&which.0, which.1), "公开数未公布")).unwrap();
    assert_eq!((cancelled.state, cancelled.reason.as_str()), (State::Cancelled, "公开数未公布"));
    let listed = w.t.test.db.read_now(|tx| queries::commitments(tx, None, 10)).unwrap().rows;
    assert_eq!((listed.len(), listed[0].reason.as_str()), (1, "公开数未公布"));
    // a plan that nothing bound was never published
    let planned = w.planned(w.draft());
    let hidden = w.t.test.db.read_now(move |tx| queries::published(tx, &planned.number)).unwrap_err();
    assert_eq!(hidden.status, 404);
}

fn the_secret_is_sealed(w: &World) {
    let bound = w.committed(w.draft());
    let secret = "07".repeat(32);
    assert_eq!(w.whole(&bound.number).draw.unwrap().secret.as_str(), secret);
    assert_eq!(w.t.test.plain_on_disk(&[secret.as_str()]), Vec::<&str>::new());
}
