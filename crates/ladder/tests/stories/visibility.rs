//! What a person sees in the register is what the policy lets them view, on a generated population.

use super::world::{MIGRATIONS, World};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::workflow::Named;
use ladder::model::{Letter, Rung};
use ladder::policy::{Act, POLICY};
use ladder::queries::{Filter, Show, count, each, list};
use ladder::workflow::State;
use testkit::{TestDb, grant, whole_city};

testkit::both_engines!(MIGRATIONS; lists_and_policy_agree, numbers_open_to_as_many_letters);

fn population(w: &World<'_>) -> Vec<Letter> {
    w.task(1, 4);
    let proposal =
        ladder::commands::Proposal { rung: Rung::Letter, text: "请整改".into(), answer_by: None };
    let subject = w.tasks.0.lock()[&1].clone();
    let first = w
        .act(&w.office(), move |ctx, tx, desk| ladder::commands::propose(ctx, tx, desk, &subject, &proposal))
        .unwrap();
    w.act(&w.t.ctx_system(), move |ctx, tx, _| {
        let mut all = vec![first.clone()];
        for n in 0..150_i64 {
            let state = State::ALL[usize::try_from(n).unwrap() % State::ALL.len()];
            let letter = Letter {
                id: tx.new_id(),
                code: format!("T-{n:04}"),
                rung: Rung::ALL[usize::try_from(n / 11).unwrap() % 3],
                state,
                unit_id: Id::new(20 + 10 * (n % 3)),
                governing_unit: [None, Some(Id::new(10)), Some(Id::new(11))]
                    [usize::try_from(n / 3).unwrap() % 3],
                issued_at: state.is_out().then_some(ctx.now),
                number: state.is_out().then(|| format!("文{n}")),
                answer_by: (n % 4 != 0).then(|| ctx.now.plus((n % 9 - 4) * kernel::time::HOUR)),
                ..first.clone()
            };
            tx.insert(&letter)?;
            all.push(letter);
        }
        tx.record(ctx, store::Event::city("test.populated"))?;
        Ok(all)
    })
    .unwrap()
}

fn everybody(t: &TestDb) -> Vec<Ctx> {
    let mut people = vec![t.ctx_public(), t.ctx_system()];
    for role in Role::ALL {
        people.push(t.ctx_member(100, "全市", vec![whole_city(role)]));
        people.push(t.ctx_member(101, "街道", vec![grant(role, &[10])]));
        people.push(t.ctx_member(102, "单位", vec![grant(role, &[20, 30])]));
    }
    people
}

fn lists_and_policy_agree(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let all = population(&w);
    for ctx in everybody(t) {
        let mut may: Vec<&str> = all
            .iter()
            .filter(|l| POLICY.may(&ctx, Act::View, &l.standing()))
            .map(|l| l.code.as_str())
            .collect();
        may.sort_unstable();
        let who = ctx.clone();
        let seen = t.db.read_now(move |tx| each(&who, tx, &Filter::default(), 1000)).unwrap();
        let mut seen: Vec<&str> = seen.iter().map(|l| l.code.as_str()).collect();
        seen.sort_unstable();
        assert_eq!(seen, may, "{:?}", ctx.grants());
    }
}

fn numbers_open_to_as_many_letters(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    population(&w);
    let office = w.office();
    let ctx = office.clone();
    let board = t.db.read_now(move |tx| ladder::queries::board(&ctx, tx)).unwrap();
    assert_eq!(board.counts.len(), Show::ALL.len() - 2);
    for (show, n) in board.counts {
        let filter = Filter { show: Some(show), ..Filter::default() };
        let (ctx, of) = (office.clone(), filter.clone());
        let counted = t.db.read_now(move |tx| count(&ctx, tx, &of)).unwrap();
        let mut listed = 0;
        let mut after = None;
        loop {
            let (ctx, of) = (office.clone(), filter.clone());
            let page = t.db.read_now(move |tx| list(&ctx, tx, &of, after)).unwrap();
            listed += i64::try_from(page.rows.len()).unwrap();
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!((n, n), (counted, listed), "{show:?}");
        assert!(n > 0, "{show:?} is tried with nothing");
    }
}
