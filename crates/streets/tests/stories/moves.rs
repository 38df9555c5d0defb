//! What becomes of an adoption.

use super::world::{BANK, MIGRATIONS, SCHOOL, World, contact, day};
use kernel::policy::Role;
use streets::commands::{change, end, follow, join, replace, split};
use streets::model::{EndReason, Taker};
use streets::queries::{coverage_on, present};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    another_unit_takes_over_the_day_after,
    a_stretch_is_cut_and_joined_again,
    splitting_and_joining_keep_the_coverage,
    an_adoption_ends_or_is_taken_back,
    a_units_head_keeps_the_contact_right,
    the_register_follows_split_sections,
    the_register_follows_merged_units,
);

fn another_unit_takes_over_the_day_after(t: &TestDb) {
    let w = World::new(t);
    let old = w.adopted(0, (0.0, 300.0), SCHOOL, "2026-01-01");
    let taker = Taker { unit: w.units[BANK], contact: contact("李四") };
    let (number, version) = (old.number.clone(), old.version);
    let new = w
        .act(&w.office(), move |ctx, tx, index| {
            replace(ctx, tx, index, (&number, version), day("2026-04-01"), &taker, "轮换")
        })
        .unwrap();
    let old = w.adoption(&old.number);
    assert_eq!((old.until_date, old.end_reason), (Some(day("2026-03-31")), Some(EndReason::Replaced)));
    assert_eq!((new.from_date, new.until_date, new.leader.as_str()), (day("2026-04-01"), None, "李四"));
    assert_eq!(w.answers(0, 100.0, "2026-03-31"), Some(SCHOOL));
    assert_eq!(w.answers(0, 100.0, "2026-04-01"), Some(BANK));
    assert_eq!(w.history(&old), ["adoption.made", "adoption.replaced"]);
    assert_eq!(w.history(&new), ["adoption.took-over"]);
    // the sign at the street goes on leading to whoever answers
    let sign = old.clone();
    let heirs = w.read(move |tx| present(tx, &sign, day("2026-04-02")));
    assert_eq!(heirs.iter().map(|a| &a.number).collect::<Vec<_>>(), [&new.number]);

    // who saw the old state is told so, and the same unit cannot replace itself
    let (number, same) = (new.number.clone(), Taker { unit: w.units[BANK], contact: contact("李四") });
    let again = same.clone();
    let stale = w.act(&w.office(), move |ctx, tx, index| {
        replace(ctx, tx, index, (&number, 9), day("2026-05-01"), &again, "轮换")
    });
    assert_eq!(stale.unwrap_err().code, "stale");
    let number = new.number.clone();
    let refused = w.act(&w.office(), move |ctx, tx, index| {
        replace(ctx, tx, index, (&number, 1), day("2026-05-01"), &same, "轮换")
    });
    assert_eq!(refused.unwrap_err().fields[0].code, "adoption-same-unit");
}

fn a_stretch_is_cut_and_joined_again(t: &TestDb) {
    let w = World::new(t);
    let whole = w.adopted(0, (0.0, 300.0), SCHOOL, "2026-01-01");
    let number = whole.number.clone();
    let [a, b] = w
        .act(&w.office(), move |ctx, tx, index| split(ctx, tx, index, (&number, 1), 120.0, day("2026-03-10")))
        .unwrap();
    assert_eq!(((a.from_m, a.to_m), (b.from_m, b.to_m)), ((0.0, 120.0), (120.0, 300.0)));
    assert_eq!(w.adoption(&whole.number).end_reason, Some(EndReason::Split));
    assert_eq!(w.answers(0, 200.0, "2026-03-09"), Some(SCHOOL));
    assert_eq!(w.answers(0, 200.0, "2026-03-10"), Some(SCHOOL));
    let (na, nb) = (a.number.clone(), b.number.clone());
    let joined = w
        .act(&w.office(), move |ctx, tx, index| join(ctx, tx, index, (&na, 1), (&nb, 1), day("2026-03-20")))
        .unwrap();
    assert_eq!((joined.from_m, joined.to_m, joined.leader), (0.0, 300.0, whole.leader));
    assert_eq!(w.adoption(&b.number).until_date, Some(day("2026-03-19")));
    // too near the end, and before it began
    for (at, first, code) in
        [(298.0, "2026-04-01", "adoption-cut-at"), (100.0, "2026-03-01", "adoption-outside-its-days")]
    {
        let number = joined.number.clone();
        let refused =
            w.act(&w.office(), move |ctx, tx, index| split(ctx, tx, index, (&number, 1), at, day(first)));
        assert_eq!(refused.unwrap_err().fields[0].code, code);
    }
}

/// Whatever is cut and joined, on every day the covered metres stay what they were.
fn splitting_and_joining_keep_the_coverage(t: &TestDb) {
    let w = World::new(t);
    let mut parts = vec![w.adopted(0, (0.0, 480.0), SCHOOL, "2026-01-01")];
    let covered = |w: &World<'_>, on: &str| {
        let on = day(on);
        let report = w.read(move |tx| coverage_on(tx, on));
        (report.totals.covered_m, report.totals.different + report.totals.same_unit)
    };
    let before = covered(&w, "2026-06-01");
    // a walk through cuts and joins that is the same every time
    let mut dice = 7_u64;
    for step in 0..14 {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let first = kernel::time::date_from_epoch_days(20_520 + step);
        let pick = usize::try_from(dice >> 33).unwrap() % parts.len();
        if parts.len() < 2 || !dice.is_multiple_of(3) {
            let part = parts.swap_remove(pick);
            let at = part.from_m + (part.to_m - part.from_m) * 0.4;
            let number = part.number.clone();
            match w.act(&w.office(), move |ctx, tx, index| {
                split(ctx, tx, index, (&number, part.version), at, first)
            }) {
                Ok(two) => parts.extend(two),
                Err(_) => parts.push(w.adoption(&part.number)),
            }
        } else {
            parts.sort_by(|a, b| a.from_m.total_cmp(&b.from_m));
            let at = pick.min(parts.len() - 2);
            let (a, b) = (parts.remove(at), parts.remove(at));
            let joined = w.act(&w.office(), move |ctx, tx, index| {
                join(ctx, tx, index, (&a.number, a.version), (&b.number, b.version), first)
            });
            parts.push(joined.unwrap());
        }
        for on in ["2026-01-01", "2026-03-05", "2026-03-12", "2026-06-01", "2030-01-01"] {
            assert_eq!(covered(&w, on), before, "after step {step} on {on}");
        }
    }
}

fn an_adoption_ends_or_is_taken_back(t: &TestDb) {
    let w = World::new(t);
    let a = w.adopted(0, (0.0, 300.0), SCHOOL, "2026-01-01");
    let number = a.number.clone();
    let ended = w
        .act(&w.office(), move |ctx, tx, index| {
            end(ctx, tx, index, (&number, 1), Some(day("2026-03-31")), "活动结束")
        })
        .unwrap();
    assert_eq!(ended.end_reason, Some(EndReason::Ended));
    assert_eq!(w.answers(0, 100.0, "2026-04-01"), None);
    // its metres are free again from then on
    let b = w.adopted(0, (0.0, 300.0), BANK, "2026-04-01");
    // and the old one cannot grow over the new one
    let number = a.number.clone();
    let longer = w.act(&w.office(), move |ctx, tx, index| {
        end(ctx, tx, index, (&number, 2), Some(day("2026-05-31")), "延长")
    });
    assert_eq!(longer.unwrap_err().fields[0].code, "adoption-ends-first");
    let number = b.number.clone();
    let back = w
        .act(&w.office(), move |ctx, tx, index| end(ctx, tx, index, (&number, 1), None, "登记错了"))
        .unwrap();
    assert!(!back.holds_ever());
    assert_eq!(w.answers(0, 100.0, "2026-06-01"), None);
    let number = b.number.clone();
    let again = w.act(&w.office(), move |ctx, tx, index| end(ctx, tx, index, (&number, 2), None, "再撤"));
    assert_eq!(again.unwrap_err().code, "adoption-void");
    w.adopted(0, (0.0, 300.0), BANK, "2026-04-01");
}

fn a_units_head_keeps_the_contact_right(t: &TestDb) {
    let w = World::new(t);
    let a = w.adopted(0, (0.0, 300.0), SCHOOL, "2026-01-01");
    let number = a.number.clone();
    let changed = w
        .act(&w.of_unit(Role::UnitHead, SCHOOL), move |ctx, tx, index| {
            change(ctx, tx, index, (&number, 1), contact("赵六"), None)
        })
        .unwrap();
    assert_eq!((changed.leader.as_str(), changed.version), ("赵六", 2));
    for who in [w.of_unit(Role::UnitHead, BANK), w.of_unit(Role::UnitClerk, SCHOOL)] {
        let number = a.number.clone();
        let refused =
            w.act(&who, move |ctx, tx, index| change(ctx, tx, index, (&number, 2), contact("别人"), None));
        assert_eq!(refused.unwrap_err().status, 403);
    }
}

fn the_register_follows_split_sections(t: &TestDb) {
    let w = World::new(t);
    let a = w.adopted(0, (0.0, 300.0), SCHOOL, "2026-01-01");
    let b = w.adopted(0, (300.0, 513.0), BANK, "2026-01-01");
    let (number, version) = (w.sections[0].number.clone(), w.sections[0].version);
    let [west, east] = w
        .act(&w.office(), move |ctx, tx, index| {
            places::commands::split_section(ctx, tx, index, &number, version, 200.0, "新开路")
        })
        .unwrap();
    let done = w.act(&w.office(), |ctx, tx, _| follow(ctx, tx)).unwrap();
    assert_eq!((done.sections, done.units), (2, 0));
    let register = streets::register();
    let answers = |section, along| {
        let register = register.clone();
        w.read(move |tx| register.answers_for(tx, section, along, tx.now().date()))
    };
    assert_eq!(answers(west.id, 100.0), Some(w.units[SCHOOL]));
    assert_eq!(answers(east.id, 50.0), Some(w.units[SCHOOL]));
    assert_eq!(answers(east.id, 150.0), Some(w.units[BANK]));
    // the day before, the old section is asked, and answers as it did
    assert_eq!(w.answers(0, 100.0, "2026-03-04"), Some(SCHOOL));
    // signs of both lead on
    for (old, unit) in [(a, SCHOOL), (b, BANK)] {
        let heirs = w.read(move |tx| present(tx, &old, tx.now().date()));
        assert!(!heirs.is_empty() && heirs.iter().all(|h| h.unit_id == w.units[unit]));
    }
    let again = w.act(&w.office(), |ctx, tx, _| follow(ctx, tx)).unwrap();
    assert_eq!((again.sections, again.units), (0, 0));
}

fn the_register_follows_merged_units(t: &TestDb) {
    let w = World::new(t);
    w.adopted(0, (0.0, 300.0), SCHOOL, "2026-01-01");
    let (from, into) = (w.units[SCHOOL], w.units[BANK]);
    let admin = w.t.ctx_system();
    w.act(&admin, move |ctx, tx, _| people::commands::merge_unit(tx, ctx, from, into, "机构改革")).unwrap();
    let done = w.act(&admin, |ctx, tx, _| follow(ctx, tx)).unwrap();
    assert_eq!(done.units, 1);
    assert_eq!(w.answers(0, 100.0, "2026-03-05"), Some(BANK));
    assert_eq!(w.answers(0, 100.0, "2026-03-04"), Some(SCHOOL));
}
