//! Rounds of the demonstration: every row is kept, two rounds are settled, and the last has something for a person to say.

use assessment::rounds::queries::{Filter, list, summary};
use assessment::rounds::workflow::State;
use assessment::scheme::queries::schemes;
use kernel::policy::Role;
use kernel::time::Instant;
use store::Migration;
use testkit::{Engine, TestDb, whole_city};
use web::City;

const MIGRATIONS: &[Migration] = &[
    web::MIGRATIONS[0],
    web::MIGRATIONS[1],
    people::MIGRATIONS[0],
    people::MIGRATIONS[1],
    people::MIGRATIONS[3],
    places::MIGRATIONS[0],
    assessment::MIGRATIONS[0],
    assessment::MIGRATIONS[1],
    assessment::MIGRATIONS[2],
    assessment::MIGRATIONS[3],
    assessment::MIGRATIONS[4],
];

#[test]
fn three_rounds_are_held() {
    let t = TestDb::open(Engine::Embedded, MIGRATIONS);
    t.leave_jobs();
    let now = Instant::parse_rfc3339("2026-11-20T10:00:00+08:00").expect("a moment");
    t.clock.set(now);
    let city = City::new(t.city.clone(), "嘉峪关市", t.db.clone());
    assert_eq!(demo::build::rounds::hold(&city, 2026, now).expect("rounds"), 3);
    demo::build::negative::hold(&city, now).expect("a negative list");
    let ctx = t.ctx_member(1, "文明办", vec![whole_city(Role::Office)]);
    let counts = t.db.read_now({
        let ctx = kernel::ctx::Ctx { now, ..ctx.clone() };
        move |tx| assessment::negative::queries::on(&ctx, tx, None, None)
    });
    let counts = counts.expect("what counts");
    assert_eq!((counts.deducted.to_string().as_str(), counts.lines.len()), ("1", 5));
    let (found, schemes) =
        t.db.read_now(move |tx| {
            let found = list(&ctx, tx, &Filter::default(), None, 10)?.0.rows;
            let mut all = Vec::new();
            for listed in found {
                let summary = summary(tx, &listed.round)?;
                all.push((listed.round, summary));
            }
            Ok((all, schemes(&ctx, tx)?))
        })
        .expect("the list");
    let told: Vec<_> = found.iter().map(|(round, s)| (round.state, round.row_count, s.open > 0)).collect();
    assert_eq!(
        told,
        [(State::Draft, 130, true), (State::Published, 130, false), (State::Published, 130, false)]
    );
    assert!(found.windows(2).all(|pair| pair[0].1.rate > pair[1].1.rate), "it gets better");
    assert!(found.iter().all(|(round, s)| round.name.contains(demo::MARK) && s.without_unit > 0));
    let editions: Vec<_> = schemes.iter().map(|s| (s.sample, s.edition)).collect();
    assert_eq!(editions, [(true, 1), (true, 1), (true, 2), (true, 1)]);
}
