use super::town::*;
use crate::commands;
use crate::queries::{self, SectionFilter, Standing};
use crate::{MIGRATIONS, jobs};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    sections_are_made_changed_and_retired,
    an_office_keeps_its_own_ground_only,
    a_cut_and_a_joint_remember_where_things_went,
    lists_page_filter_and_count,
    statements_prepare,
);

fn sections_are_made_changed_and_retired(t: &TestDb) {
    found(t);
    let ctx = office(t);
    let made =
        add_section(t, &ctx, section_draft("新华路", ("东路", "西路"), &[(0.5, 1.0), (1.5, 1.0)])).unwrap();
    assert_eq!(made.number, "S-0001");
    assert!((made.length_m - 857.0).abs() < 3.0, "{}", made.length_m);
    let twin = add_section(t, &ctx, section_draft("新华路", ("西路", "东路"), &[(0.5, 1.1), (1.5, 1.1)]))
        .unwrap_err();
    assert_eq!((twin.status, twin.fields[0].code), (422, "section-exists"));
    let outside =
        add_section(t, &ctx, section_draft("远路", ("甲", "乙"), &[(9.0, 9.0), (9.5, 9.0)])).unwrap_err();
    assert_eq!(outside.fields[0].code, "place-outside-city");

    let draft = section_draft("新华中路", ("东路", "西路"), &[(0.5, 1.0), (2.5, 1.0), (3.5, 1.0)]);
    let changed = run(t, &ctx, move |c, tx, i| commands::edit_section(c, tx, i, "S-0001", 1, draft)).unwrap();
    assert_eq!(index(t).division_name(changed.division_id), "甲街道 甲街道1社区");
    let draft = section_draft("旧", ("东路", "西路"), &[(0.5, 1.0), (1.5, 1.0)]);
    let stale =
        run(t, &ctx, move |c, tx, i| commands::edit_section(c, tx, i, "S-0001", 1, draft)).unwrap_err();
    assert_eq!(stale.code, "stale");

    let silent = run(t, &ctx, |c, tx, i| commands::retire_section(c, tx, i, "S-0001", 2, " ")).unwrap_err();
    assert_eq!(silent.fields[0].code, "required");
    run(t, &ctx, |c, tx, i| commands::retire_section(c, tx, i, "S-0001", 2, "道路改线")).unwrap();
    let again = run(t, &ctx, |c, tx, i| commands::retire_section(c, tx, i, "S-0001", 3, "x")).unwrap_err();
    assert_eq!(again.code, "section-retired");
    assert!(index(t).nearest(at(1.0, 1.0), 60.0).is_none(), "a retired section is found no more");

    let history = t.db.read_now(move |tx| store::audit::history(tx, made.id)).unwrap();
    let verbs: Vec<&str> = history.iter().map(|l| l.verb.as_str()).collect();
    assert_eq!(verbs, ["section.created", "section.changed", "section.retired"]);
    assert_eq!(history[2].words().as_deref(), Some("道路改线"));
    t.run_jobs(jobs::HANDLERS);
}

fn an_office_keeps_its_own_ground_only(t: &TestDb) {
    found(t);
    let ctx = street_office(t);
    let west = section_draft("甲路", ("东", "西"), &[(0.5, 0.5), (1.5, 0.5)]);
    let east = || section_draft("乙路", ("东", "西"), &[(2.5, 0.5), (3.5, 0.5)]);
    add_section(t, &ctx, west).unwrap();
    assert_eq!(add_section(t, &ctx, east()).unwrap_err().status, 403);
    // pushing one's own section onto the neighbour's ground is no way around it
    let pushed =
        run(t, &ctx, move |c, tx, i| commands::edit_section(c, tx, i, "S-0001", 1, east())).unwrap_err();
    assert_eq!(pushed.status, 403);
    let stranger = t.ctx_public();
    let draft = section_draft("丙路", ("东", "西"), &[(0.5, 0.8), (1.5, 0.8)]);
    assert_eq!(add_section(t, &stranger, draft).unwrap_err().status, 401);
    t.run_jobs(jobs::HANDLERS);
}

fn a_cut_and_a_joint_remember_where_things_went(t: &TestDb) {
    found(t);
    let ctx = office(t);
    let old = add_section(t, &ctx, section_draft("新华路", ("一", "三"), &[(0.5, 1.0), (1.5, 1.0)])).unwrap();
    let market = add_site(t, &ctx, site_draft("振兴市场", "market", at(1.2, 1.0))).unwrap();
    assert_eq!(market.section_id, Some(old.id));
    let short =
        run(t, &ctx, |c, tx, i| commands::split_section(c, tx, i, "S-0001", 1, 2.0, "二")).unwrap_err();
    assert_eq!(short.fields[0].code, "section-cut-at");

    let [a, b] =
        run(t, &ctx, |c, tx, i| commands::split_section(c, tx, i, "S-0001", 1, 400.0, "二")).unwrap();
    assert_eq!((a.name(), b.name()), ("新华路（一—二）".to_owned(), "新华路（二—三）".to_owned()));
    assert!((a.length_m + b.length_m - old.length_m).abs() < 0.1);
    let became = t.db.read_now(move |tx| queries::successors(tx, old.id)).unwrap();
    assert_eq!(became.iter().map(|l| l.new_id).collect::<Vec<_>>(), [a.id, b.id]);
    t.run_jobs(jobs::HANDLERS);
    let moved = t.db.read_now(move |tx| queries::site(tx, market.id)).unwrap();
    assert_eq!(moved.section_id, Some(b.id), "the site stands on the part that it stands on");

    // the second is drawn the other way round and comes first
    let c = add_section(t, &ctx, section_draft("新华路", ("一", "零"), &[(0.5, 1.0), (0.2, 1.0)])).unwrap();
    let whole =
        run(t, &ctx, move |x, tx, i| commands::join_sections(x, tx, i, ("S-0002", 1), (&c.number, 1)))
            .unwrap();
    assert_eq!(whole.name(), "新华路（零—二）");
    let parts = t.db.read_now(move |tx| queries::predecessors(tx, whole.id)).unwrap();
    assert_eq!((parts[0].old_id, parts[1].old_id), (c.id, a.id));
    assert!(parts[0].old_from_m > parts[0].old_to_m, "it was turned round");
    assert!((parts[1].new_from_m - c.length_m).abs() < 0.1);
    let far =
        run(t, &ctx, |x, tx, i| commands::join_sections(x, tx, i, ("S-0003", 1), ("S-0003", 1))).unwrap_err();
    assert_eq!(far.fields[0].code, "section-not-joinable");
    t.run_jobs(jobs::HANDLERS);
}

fn lists_page_filter_and_count(t: &TestDb) {
    found(t);
    let ctx = office(t);
    for n in 0..7_u8 {
        let y = 0.2 + f64::from(n) / 2.0;
        let street = if n % 2 == 0 { "和平街" } else { "胜利路" };
        let draft = section_draft(street, (&format!("{n}号"), "尾"), &[(0.5, y), (1.5, y)]);
        add_section(t, &ctx, draft).unwrap();
    }
    let found = |filter: SectionFilter, size: usize| {
        t.db.read_now(move |tx| {
            let (mut numbers, mut after) = (Vec::new(), None);
            loop {
                let page = queries::sections(tx, &filter, after, size)?;
                numbers.extend(page.rows.into_iter().map(|s| s.number));
                after = page.next;
                if after.is_none() {
                    return Ok((numbers, queries::count_sections(tx, &filter)?));
                }
            }
        })
        .unwrap()
    };
    let (all, count) = found(SectionFilter::default(), 3);
    assert_eq!((all.len(), count), (7, 7));
    assert!(all.is_sorted(), "{all:?}");
    let street = SectionFilter { street: "胜利路".to_owned(), ..SectionFilter::default() };
    assert_eq!(found(street, 50).1, 3);
    let words = SectionFilter { words: "和平 3".to_owned(), ..SectionFilter::default() };
    assert_eq!(found(words, 50).1, 0, "3号 is on the other street");
    let words = SectionFilter { words: "胜利 3".to_owned(), ..SectionFilter::default() };
    assert_eq!(found(words, 50).0, ["S-0004"]);
    let tree = index(t);
    for (code, n) in [("620200", 7), ("620201001", 7), ("620201001001", 4), ("620201002", 0)] {
        let division = tree.by_code(code).map(|node| node.id);
        assert_eq!(found(SectionFilter { division, ..SectionFilter::default() }, 50).1, n, "{code}");
    }
    assert_eq!(found(SectionFilter { standing: Standing::Retired, ..SectionFilter::default() }, 50).1, 0);
    t.run_jobs(jobs::HANDLERS);
}

/// Stands in for a compiler of SQL.
fn statements_prepare(t: &TestDb) {
    let faults = t.db.check_statements().unwrap();
    let ours: Vec<&String> = faults.iter().filter(|f| f.contains("crates/places")).collect();
    assert!(ours.is_empty(), "{ours:#?}");
}
