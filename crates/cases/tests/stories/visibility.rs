//! What a person sees in a list is what the policy lets them view, on a generated population.

use super::world::{CLEANING, MIGRATIONS, STREET_OFFICE, WATER, World};
use cases::model::{Case, Reporter, Source};
use cases::policy::{Act, POLICY};
use cases::queries::{Filter, Group, Sort, by_group, count, list, total};
use cases::workflow::State;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::time::{DAY, HOUR};
use kernel::workflow::Named;
use testkit::{TestDb, grant, whole_city};

testkit::both_engines!(MIGRATIONS; lists_and_policy_agree, several_states_are_one_list_in_order, rates_are_the_sums_of_their_cases, words_find_cases,
    no_role_shows_the_handling_unit_who_reported);

fn population(w: &World<'_>) -> Vec<(Case, Vec<Id<kernel::ctx::Unit>>)> {
    let now = w.t.db.now();
    let units = [None, Some(STREET_OFFICE), Some(CLEANING), Some(WATER)];
    let mut cases = Vec::new();
    for n in 0..200_i64 {
        let pick = |m: i64| units[usize::try_from((n * 7 + m * 3 + n / m.max(1)) % 4).unwrap()].map(Id::new);
        let state = State::ALL[usize::try_from(n).unwrap() % State::ALL.len()];
        let case = Case {
            number: format!("T-{n:04}"),
            state,
            source: Source::Staff,
            title: format!("案件 {n}"),
            governing_unit: pick(1),
            lead_unit: pick(2),
            reported_by: (n % 5 == 0).then(|| Id::new(100 + n % 3)),
            reported_at: now.plus(-n * HOUR),
            due_at: (n % 3 != 0).then(|| now.plus((n - 100) * DAY / 4)),
            stage_due_at: (n % 4 != 1).then(|| now.plus((n % 37 - 18) * HOUR)),
            answered_at: (n % 2 == 0).then(|| now.plus(-n * HOUR)),
            on_time: (state == State::Closed).then_some(n % 4 != 0),
            rework_count: n % 7,
            ..Case::blank(now)
        };
        let assisting: Vec<Id<kernel::ctx::Unit>> = pick(5).into_iter().collect();
        cases.push((case, assisting));
    }
    let rows = cases.clone();
    w.act(&w.t.ctx_system(), move |ctx, tx, _| {
        let mut out = Vec::new();
        for (mut case, assisting) in rows {
            case.id = tx.new_id();
            tx.insert(&case)?;
            cases::store::set_assisting(tx, case.id, &assisting)?;
            out.push((case, assisting));
        }
        tx.record(ctx, store::Event::city("test.populated"))?;
        Ok(out)
    })
    .unwrap()
}

/// Page by page, newest or most urgent first, each case of the states asked for once and no other.
fn several_states_are_one_list_in_order(t: &TestDb) {
    let w = World::new(t);
    let cases = population(&w);
    let office = t.ctx_member(100, "全市", vec![whole_city(Role::Office)]);
    let clerk = t.ctx_member(101, "保洁", vec![grant(Role::UnitClerk, &[CLEANING])]);
    for states in
        [State::open(), vec![State::Closed, State::Voided], State::ALL.to_vec(), vec![State::Handling]]
    {
        for (ctx, sort) in [(&office, Sort::Newest), (&office, Sort::Due), (&clerk, Sort::Newest)] {
            let filter = Filter { states: states.clone(), sort, ..Filter::default() };
            let mut wanted: Vec<&Case> = cases
                .iter()
                .filter(|(case, assisting)| POLICY.may(ctx, Act::View, &case.standing(assisting)))
                .map(|(case, _)| case)
                .filter(|case| states.contains(&case.state))
                .filter(|case| sort == Sort::Newest || case.stage_due_at.is_some())
                .collect();
            match sort {
                Sort::Newest => wanted.sort_by_key(|c| std::cmp::Reverse((c.reported_at, c.id))),
                Sort::Due => wanted.sort_by_key(|c| (c.stage_due_at, c.id)),
            }
            let asked = ctx.clone();
            let seen =
                t.db.read_now(move |tx| {
                    let (mut seen, mut after) = (Vec::new(), None);
                    loop {
                        let page = list(&asked, tx, &filter, after)?;
                        seen.extend(page.rows.into_iter().map(|line| line.number));
                        after = page.next;
                        if after.is_none() {
                            return Ok(seen);
                        }
                    }
                })
                .unwrap();
            assert_eq!(seen, wanted.into_iter().map(|c| c.number.clone()).collect::<Vec<_>>());
        }
    }
}

fn everybody(t: &TestDb) -> Vec<kernel::ctx::Ctx> {
    let mut people = vec![t.ctx_public(), t.ctx_system()];
    for role in Role::ALL {
        people.push(t.ctx_member(100, "全市", vec![whole_city(role)]));
        people.push(t.ctx_member(101, "街道", vec![grant(role, &[STREET_OFFICE])]));
        people.push(t.ctx_member(102, "两家", vec![grant(role, &[CLEANING, WATER])]));
    }
    people
}

fn lists_and_policy_agree(t: &TestDb) {
    let w = World::new(t);
    let cases = population(&w);
    for person in everybody(t) {
        let mut may: Vec<String> = cases
            .iter()
            .filter(|(case, assisting)| POLICY.may(&person, Act::View, &case.standing(assisting)))
            .map(|(case, _)| case.number.clone())
            .collect();
        may.sort();
        let ctx = person.clone();
        let (mut seen, n) =
            t.db.read_now(move |tx| {
                let (mut seen, mut after) = (Vec::new(), None);
                loop {
                    let page = list(&ctx, tx, &Filter::default(), after)?;
                    seen.extend(page.rows.into_iter().map(|l| l.number));
                    match page.next {
                        Some(next) => after = Some(next),
                        None => return Ok((seen, count(&ctx, tx, &Filter::default())?)),
                    }
                }
            })
            .unwrap();
        seen.sort();
        assert_eq!(seen, may, "{:?}", person.actor);
        assert_eq!(usize::try_from(n).unwrap(), may.len());
    }
}

fn rates_are_the_sums_of_their_cases(t: &TestDb) {
    let w = World::new(t);
    let cases = population(&w);
    let (from, until) = (t.db.now().plus(-10 * DAY).date(), t.db.now().plus(5 * DAY).date());
    let office = w.office();
    let ctx = office.clone();
    let (whole, groups) =
        t.db.read_now(move |tx| {
            Ok((total(&ctx, tx, from, until)?, by_group(&ctx, tx, Group::Unit, from, until)?))
        })
        .unwrap();
    let counted: Vec<&Case> = cases
        .iter()
        .map(|(c, _)| c)
        .filter(|c| c.due_at.is_some_and(|d| (from..=until).contains(&d.date())))
        .filter(|c| {
            !matches!(
                c.state,
                State::Voided
                    | State::Merged
                    | State::Refused
                    | State::Parked
                    | State::Unclear
                    | State::Inquired
                    | State::Disputed
                    | State::Split
            )
        })
        .collect();
    let closed = counted.iter().filter(|c| c.state == State::Closed).count();
    let on_time = counted.iter().filter(|c| c.state == State::Closed && c.on_time == Some(true)).count();
    assert!(closed > on_time && on_time > 0);
    assert_eq!(whole.due, i64::try_from(counted.len()).unwrap());
    assert_eq!(
        (whole.closed, whole.on_time),
        (i64::try_from(closed).unwrap(), i64::try_from(on_time).unwrap())
    );
    assert_eq!(groups.iter().map(|g| g.due).sum::<i64>(), whole.due);
    assert_eq!(groups.iter().map(|g| g.rework).sum::<i64>(), whole.rework);
    // every number opens to its cases
    let listed = |query: &str| {
        let params = format!("due_from={from}&due_until={until}&{query}");
        let filter = Filter::read(&web::list::Params::parse(&params)).unwrap();
        let ctx = office.clone();
        t.db.read_now(move |tx| count(&ctx, tx, &filter)).unwrap()
    };
    assert_eq!(listed("only=counted,on-time,closed"), whole.on_time);
    // also the group of those that no unit has
    assert!(groups.iter().any(|g| g.key == 0 && g.due > 0));
    for group in &groups {
        assert_eq!(listed(&format!("only=counted&unit={}", group.key)), group.due, "{group:?}");
    }
}

fn words_find_cases(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.report("振兴市场门口人行道上堆放装修垃圾");
    w.report("绿化市场消防通道堵塞");
    let office = w.office();
    let found = |words: &str| {
        let filter = Filter { words: words.to_owned(), ..Filter::default() };
        let ctx = office.clone();
        t.db.read_now(move |tx| list(&ctx, tx, &filter, None)).unwrap().rows.len()
    };
    assert_eq!(found("市场"), 2);
    assert_eq!(found("装修垃圾"), 1);
    assert_eq!(found("消防 通道"), 1);
    assert_eq!(found("大坝"), 0);
}

/// One person may hold two roles, also by lending: who works for the unit that handles a case is not told who reported it,
/// whatever else they are.
fn no_role_shows_the_handling_unit_who_reported(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("振兴市场门口堆放装修垃圾", CLEANING);
    let id = case.id;
    w.act(&w.office(), move |ctx, tx, _| {
        cases::store::set_assisting(tx, id, &[Id::new(WATER)])?;
        let reporter = Reporter {
            case_id: id.raw(),
            name: "王小明".into(),
            phone: "13800138000".into(),
            ..Reporter::default()
        };
        tx.insert(&reporter)?;
        tx.record(ctx, store::Event::city("test.reporter"))
    })
    .unwrap();
    let sees = |roles: Vec<kernel::policy::Grant>| {
        let (ctx, number) = (t.ctx_member(100, "甲", roles), case.number.clone());
        let full = t.db.read_now(move |tx| cases::queries::full(&ctx, tx, &number)).unwrap();
        assert_eq!(full.knows_reporter, full.reporter.is_some());
        full.knows_reporter
    };
    assert!(sees(vec![whole_city(Role::Verifier)]));
    // nor is it found out by searching for the telephone number
    let by_phone = |words: &str, roles: Vec<kernel::policy::Grant>| {
        let (ctx, filter) =
            (t.ctx_member(100, "甲", roles), Filter { words: words.to_owned(), ..Filter::default() });
        t.db.read_now(move |tx| count(&ctx, tx, &filter)).unwrap()
    };
    for (words, count) in [("138 0013 8000", 1), ("+8613800138000", 1), ("13800138001", 0), ("00138000", 0)] {
        assert_eq!(by_phone(words, vec![whole_city(Role::Office)]), count, "{words}");
        assert_eq!(by_phone(words, vec![grant(Role::UnitClerk, &[CLEANING])]), 0, "{words}");
        assert_eq!(
            by_phone(words, vec![grant(Role::UnitClerk, &[CLEANING]), whole_city(Role::Office)]),
            0,
            "{words}"
        );
    }
    for second in [Role::Leader, Role::Office, Role::Dispatcher, Role::Verifier] {
        for (role, unit) in
            [(Role::UnitClerk, CLEANING), (Role::UnitHead, CLEANING), (Role::UnitClerk, WATER)]
        {
            assert!(
                !sees(vec![grant(role, &[unit]), whole_city(second)]),
                "{role:?} of {unit} and {second:?}"
            );
        }
        assert!(
            sees(vec![grant(Role::UnitClerk, &[STREET_OFFICE]), whole_city(second)]),
            "another unit's {second:?}"
        );
    }
}
