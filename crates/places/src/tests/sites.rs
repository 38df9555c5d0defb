use super::town::*;
use crate::commands::{self, TypeDraft};
use crate::model::SourceCrs;
use crate::queries::{self, SiteFilter};
use crate::{MIGRATIONS, jobs, kept};
use kernel::id::Id;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS; sites_live_where_they_stand, divisions_change_what_lies_in_them, memories_are_made_new);

fn sites_live_where_they_stand(t: &TestDb) {
    found(t);
    let ctx = office(t);
    add_section(t, &ctx, section_draft("新华路", ("一", "二"), &[(0.5, 1.0), (1.5, 1.0)])).unwrap();
    let site = add_site(t, &ctx, site_draft("绿化市场", "market", at(1.0, 1.001))).unwrap();
    assert_eq!(site.number, "P-0001");
    assert!((site.along_m.unwrap() - 428.0).abs() < 3.0);
    assert_eq!(index(t).division_name(site.division_id), "甲街道 甲街道1社区");
    let same = add_site(t, &ctx, site_draft("绿化市场", "market", at(1.0, 1.0011))).unwrap_err();
    assert_eq!(same.fields[0].code, "site-exists");
    assert!(
        add_site(t, &ctx, site_draft("绿化市场", "market", at(1.2, 1.0))).is_ok(),
        "the other gate is another site"
    );
    assert_eq!(
        add_site(t, &ctx, site_draft("x", "no_such_type", at(1.0, 1.3))).unwrap_err().fields[0].field,
        "place_type"
    );
    assert_eq!(
        add_site(t, &ctx, site_draft("x", "market", at(7.0, 1.0))).unwrap_err().fields[0].code,
        "place-outside-city"
    );

    let theirs = street_office(t);
    let moved = run(t, &theirs, |c, tx, i| {
        commands::move_site(c, tx, i, "P-0001", 1, at(1.9, 3.0), (SourceCrs::Wgs84, Some(5.0)))
    });
    let moved = moved.unwrap();
    assert_eq!(
        (moved.section_id, index(t).division_name(moved.division_id).as_str()),
        (None, "甲街道 甲街道2社区")
    );
    let away = run(t, &theirs, |c, tx, i| {
        commands::move_site(c, tx, i, "P-0001", 2, at(3.0, 3.0), (SourceCrs::Wgs84, None))
    });
    assert_eq!(away.unwrap_err().status, 403);

    run(t, &ctx, |c, tx, i| commands::retire_site(c, tx, i, "P-0001", 2, "已拆除")).unwrap();
    let in_use = |t: &TestDb| t.db.read_now(|tx| queries::count_sites(tx, &SiteFilter::default())).unwrap();
    assert_eq!(in_use(t), 1);
    run(t, &ctx, |c, tx, i| commands::restore_site(c, tx, i, "P-0001", 3)).unwrap();
    assert_eq!(in_use(t), 2);
    let (sections, sites) = t.db.read_now(|tx| queries::found(tx, "绿化", 10)).unwrap();
    assert_eq!((sections.len(), sites.len()), (0, 2));
    t.run_jobs(jobs::HANDLERS);
}

fn divisions_change_what_lies_in_them(t: &TestDb) {
    found(t);
    let ctx = office(t);
    let site = add_site(t, &ctx, site_draft("乙街公厕", "toilet", at(2.5, 0.5))).unwrap();
    assert_eq!(index(t).locate(at(2.5, 0.5)).governing_unit, Some(Id::new(STREET_B)));
    let old = t.db.read_now(|tx| queries::division_by_code(tx, "620201002001")).unwrap();
    let draft =
        commands::DivisionDraft { name: old.name, level: old.level, unit_id: Some(Id::new(77)), area: None };
    let clerk = street_office(t);
    let refused = {
        let draft = draft.clone();
        run(t, &clerk, move |c, tx, _| commands::edit_division(c, tx, "620201002001", 1, draft)).unwrap_err()
    };
    assert_eq!(refused.status, 403, "a street office does not shape the tree");
    run(t, &ctx, move |c, tx, _| commands::edit_division(c, tx, "620201002001", 1, draft)).unwrap();
    let located = index(t).locate(at(2.5, 0.5));
    assert_eq!(located.governing_unit, Some(Id::new(77)), "the nearest unit above governs");
    assert_eq!(located.division, site.division_id);
    assert_eq!(located.division_path.len(), 3);
    let kind = TypeDraft {
        code: "toilet".to_owned(),
        name_zh: "公厕".to_owned(),
        name_en: "Toilet".to_owned(),
        words: String::new(),
        active: false,
    };
    run(t, &ctx, move |c, tx, _| commands::save_site_type(c, tx, kind)).unwrap();
    assert_eq!(
        add_site(t, &ctx, site_draft("公厕", "toilet", at(2.6, 0.5))).unwrap_err().fields[0].field,
        "place_type"
    );
    t.run_jobs(jobs::HANDLERS);
}

fn memories_are_made_new(t: &TestDb) {
    found(t);
    let ctx = office(t);
    let city = web::City::new(t.city.clone(), "试验市", t.db.clone());
    let before = kept::refresh_now(&city).unwrap();
    assert!(before.locate(at(1.0, 1.0)).section.is_none());
    let version = kept::version(&city);
    add_section(t, &ctx, section_draft("新华路", ("一", "二"), &[(0.5, 1.0), (1.5, 1.0)])).unwrap();
    let same = kept::refresh_now(&city).unwrap();
    assert_eq!(same.locate(at(1.0, 1.0)).section.map(|s| s.number.to_string()).as_deref(), Some("S-0001"));
    assert_ne!(kept::version(&city), version);
    run(t, &ctx, |c, tx, _| commands::close_day(c, tx, "2026-03-06".parse().unwrap(), "沙尘暴")).unwrap();
    kept::refresh_now(&city).unwrap();
    assert!(!city.calendar().is_working_day("2026-03-06".parse().unwrap()).0);
    t.leave_jobs();
}
