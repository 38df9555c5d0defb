//! Units are made, renamed, moved, closed, merged.

use crate::common::{act, as_person, code, town};
use kernel::policy::Reach;
use people::model::{Contact, UnitFacts, UnitState};
use people::{commands, queries};
use testkit::TestDb;

testkit::both_engines!(crate::common::MIGRATIONS;
    a_moved_unit_takes_those_below_along,
    a_unit_cannot_go_below_itself,
    a_unit_with_people_is_not_closed,
    a_merged_unit_hands_over_what_it_has,
    only_the_system_administrator_edits_units,
    an_old_form_does_not_overwrite_a_newer_change,
    a_credit_code_belongs_to_one_unit,
    units_are_found_by_name_and_number,
);

fn facts(name: &str) -> UnitFacts {
    UnitFacts { name: name.to_owned(), kind: "school".to_owned(), ..UnitFacts::default() }
}

fn a_moved_unit_takes_those_below_along(t: &TestDb) {
    let town = town(t);
    let (bureau, street, school) = (town.bureau.id, town.street.id, town.school.id);
    let moved = act(t, &town.system, move |tx, ctx| commands::move_unit(tx, ctx, bureau, street)).unwrap();
    assert_eq!(moved.path.depth(), 2);
    let school = t.db.read_now(move |tx| queries::unit(tx, school)).unwrap().unwrap();
    assert_eq!(school.path.as_str(), "000001/000004/000002/000003/");
    assert!(moved.path.covers(&school.path));
    let above = t.db.read_now(move |tx| queries::above(tx, &school)).unwrap();
    assert_eq!(
        above.iter().map(|u| u.name.as_str()).collect::<Vec<_>>(),
        ["嘉峪关市", "雄关街道办事处", "市教育局"]
    );
    // the head of the bureau still covers the school
    let head = as_person(t, &town.head);
    assert!(matches!(&head.grants()[0].reach, Reach::Units(units) if units.len() == 2));
}

fn a_unit_cannot_go_below_itself(t: &TestDb) {
    let town = town(t);
    let (root, bureau, school) = (town.root.id, town.bureau.id, town.school.id);
    let by = &town.system;
    let below = act(t, by, move |tx, ctx| commands::move_unit(tx, ctx, bureau, school));
    assert_eq!(code(below), "unit_parent:unit-below-itself");
    let itself = act(t, by, move |tx, ctx| commands::move_unit(tx, ctx, bureau, bureau));
    assert_eq!(code(itself), "unit_parent:unit-below-itself");
    assert_eq!(code(act(t, by, move |tx, ctx| commands::move_unit(tx, ctx, root, bureau))), "unit-is-root");
    let merged = act(t, by, move |tx, ctx| commands::merge_unit(tx, ctx, bureau, school, "改革"));
    assert_eq!(code(merged), "unit_into:unit-below-itself");
}

fn a_unit_with_people_is_not_closed(t: &TestDb) {
    let town = town(t);
    let (bureau, school, street) = (town.bureau.id, town.school.id, town.street.id);
    let close = |id| act(t, &town.system, move |tx, ctx| commands::close_unit(tx, ctx, id, "机构改革"));
    assert_eq!(code(close(bureau)), "unit-has-units");
    assert_eq!(code(close(school)), "unit-has-people");
    assert_eq!(close(street).unwrap().state, UnitState::Closed);
    assert_eq!(code(close(street)), "move-not-allowed");
    let below =
        act(t, &town.system, move |tx, ctx| commands::create_unit(tx, ctx, Some(street), facts("新小学")));
    assert_eq!(code(below), "unit_parent:unit-not-active");
    let open = act(t, &town.system, move |tx, ctx| commands::reopen_unit(tx, ctx, street)).unwrap();
    assert_eq!(open.state, UnitState::Active);
}

fn a_merged_unit_hands_over_what_it_has(t: &TestDb) {
    let town = town(t);
    let (bureau, street, school) = (town.bureau.id, town.street.id, town.school.id);
    act(t, &town.system, move |tx, ctx| commands::merge_unit(tx, ctx, bureau, street, "机构改革")).unwrap();
    let (successor, school, head) =
        t.db.read_now(move |tx| {
            let head = queries::person_by_login(tx, "head")?;
            Ok((queries::successor(tx, bureau)?, queries::unit(tx, school)?, head))
        })
        .unwrap();
    assert_eq!(successor, street);
    assert_eq!(school.unwrap().parent_id, Some(street));
    assert_eq!(head.unwrap().unit_id, street);
    let grants = as_person(t, &town.head);
    assert_eq!(grants.grants()[0].unit, street);
    assert!(grants.grants()[0].covers(town.school.id));
}

fn only_the_system_administrator_edits_units(t: &TestDb) {
    let town = town(t);
    let root = town.root.id;
    for person in [&town.security, &town.auditor, &town.head, &town.clerk] {
        let made = act(t, person, move |tx, ctx| commands::create_unit(tx, ctx, Some(root), facts("新单位")));
        assert_eq!(code(made), "forbidden", "{}", person.login);
    }
    let (school, bureau) = (town.school.id, town.bureau.id);
    let contact = || Contact { name: "吴六".to_owned(), phone: "0937-6226666".to_owned() };
    // a head reaches downwards, a clerk not upwards
    act(t, &town.head, move |tx, ctx| commands::edit_contact(tx, ctx, school, contact())).unwrap();
    let up = act(t, &town.clerk, move |tx, ctx| commands::edit_contact(tx, ctx, bureau, contact()));
    assert_eq!(code(up), "forbidden");
    let no_root =
        act(t, &town.system, move |tx, ctx| commands::create_unit(tx, ctx, None, facts("第二个城市")));
    assert_eq!(code(no_root), "unit_parent:required");
}

fn an_old_form_does_not_overwrite_a_newer_change(t: &TestDb) {
    let town = town(t);
    let (school, version) = (town.school.id, town.school.version);
    let edit = |name: &'static str| {
        act(t, &town.system, move |tx, ctx| commands::edit_unit(tx, ctx, school, version, facts(name)))
    };
    edit("明珠学校").unwrap();
    assert_eq!(code(edit("明珠中学")), "stale");
}

fn a_credit_code_belongs_to_one_unit(t: &TestDb) {
    let town = town(t);
    let root = town.root.id;
    let with_code =
        |name: &str| UnitFacts { credit_code: Some("91350100M000100Y43".to_owned()), ..facts(name) };
    let (first, second) = (with_code("甲公司"), with_code("乙公司"));
    act(t, &town.system, move |tx, ctx| commands::create_unit(tx, ctx, Some(root), first)).unwrap();
    let taken = act(t, &town.system, move |tx, ctx| commands::create_unit(tx, ctx, Some(root), second));
    assert_eq!(code(taken), "credit_code:credit-code-taken");
    let wrong = UnitFacts { kind: "no such".to_owned(), ..facts("丙") };
    let wrong = act(t, &town.system, move |tx, ctx| commands::create_unit(tx, ctx, Some(root), wrong));
    assert_eq!(code(wrong), "unit_kind:not-a-choice");
}

fn units_are_found_by_name_and_number(t: &TestDb) {
    let town = town(t);
    let bureau = town.bureau.path.clone();
    let found =
        t.db.read_now(move |tx| {
            let mut names = Vec::new();
            for words in ["教育", "U-0004", "明珠", "没有这个"] {
                let filter = queries::UnitFilter { words: words.to_owned(), ..Default::default() };
                let rows = queries::units(tx, &filter, "", 10)?;
                assert_eq!(i64::try_from(rows.len()).unwrap(), queries::units_count(tx, &filter)?);
                names.push(rows.into_iter().map(|u| u.name).collect::<Vec<_>>().join(","));
            }
            let below = queries::UnitFilter { below: Some(bureau), ..Default::default() };
            assert_eq!(queries::units(tx, &below, "", 10)?.len(), 2);
            Ok(names)
        })
        .unwrap();
    assert_eq!(found, ["市教育局", "雄关街道办事处", "明珠小学", ""]);
}
