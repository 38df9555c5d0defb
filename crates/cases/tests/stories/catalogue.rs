//! A catalogue changes while cases live on; what it begins with is to be confirmed; what goes out comes in again.

use super::world::{CLEANING, MIGRATIONS, World};
use cases::catalogue::commands::{Confirmed, NewItem, Published, confirm_limits, publish, set_limit};
use cases::catalogue::{self, Catalogue, ItemKind, founding};
use cases::desk::Desk;
use cases::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::policy::Role;
use kernel::time::SECOND;
use testkit::{TestApp, TestDb, whole_city};

testkit::both_engines!(MIGRATIONS;
    an_item_that_goes_on_keeps_its_cases_and_limits,
    a_new_city_begins_with_limits_to_be_confirmed,
    samples_that_nobody_confirmed_end_with_their_version,
    only_the_office_confirms,
    another_program_notices_a_changed_catalogue,
);

/// Two programs serve one city, or an import runs beside the one that serves.
fn another_program_notices_a_changed_catalogue(t: &TestDb) {
    let w = World::new(t);
    let options = store::Options { readers: 1, writers: 1, ..store::Options::default() };
    let second =
        store::Db::open(t.location.clone(), t.folder(), t.clock.clone(), MIGRATIONS, options).unwrap();
    let city = web::City::new(t.city.clone(), "嘉峪关市", second);
    let limit = || {
        let catalogue = std::sync::Arc::clone(&Desk::of_now(&city).unwrap().catalogue);
        catalogue.limit(Some(catalogue.items()[0].id), "", Stage::Handle)
    };
    assert_eq!(limit(), Some(Limit::new(4, TimeUnit::WorkingHour)));
    let item = w.desk.catalogue.items()[0].id;
    let day = Some(Limit::new(1, TimeUnit::CalendarDay));
    w.act(&w.office(), move |ctx, tx, _| set_limit(ctx, tx, Some(item), ("", ""), Stage::Handle, day))
        .unwrap();
    t.clock.advance(2 * SECOND);
    assert_eq!(limit(), day, "the other program goes on with a limit that does not hold any more");
    let one = [NewItem {
        kind: ItemKind::Event,
        code: "9901".into(),
        major_code: "99".into(),
        major_name: "其他".into(),
        name: "别的".into(),
    }];
    w.act(&w.office(), move |ctx, tx, _| publish(ctx, tx, "2027", "test", &one)).unwrap();
    t.clock.advance(2 * SECOND);
    assert_eq!(Desk::of_now(&city).unwrap().catalogue.items().len(), 1);
}

mod pages {
    use super::*;

    testkit::stories!(features(); what_is_exported_is_read_again);

    fn features() -> Vec<web::Feature> {
        vec![people::feature(), places::feature(), ladder::feature(), cases::feature()]
    }

    fn exported(t: &TestApp, english: bool, format: &str) -> Vec<u8> {
        let office = t.member("文明办", vec![whole_city(Role::Office)]);
        let office = if english { office.english() } else { office };
        office.get(&format!("/admin/catalogue?format={format}")).expect(200).bytes
    }

    fn what_is_exported_is_read_again(t: &TestApp) {
        let ctx = t.test.ctx_system();
        let who = ctx.clone();
        t.test
            .db
            .write_now(&ctx, move |tx| {
                let root = people::setup::root(tx, &who, "嘉峪关市")?;
                let unit = people::setup::unit(tx, &who, &root, "市环卫处", "", "bureau")?;
                founding::found(&who, tx)?;
                let found = catalogue::load(tx)?;
                let rubbish = found.by_code(ItemKind::Event, "06010").unwrap().id;
                catalogue::commands::edit_item(&who, tx, rubbish, Some(unit.id), false)?;
                let day = Limit::new(1, TimeUnit::CalendarDay);
                set_limit(&who, tx, Some(rubbish), ("night", "夜间"), Stage::Verify, Some(day))
            })
            .unwrap();
        let before = exported(t, false, "csv");
        let text = String::from_utf8(before.clone()).unwrap();
        assert!(text.contains("全部,,,,,,,,,,4 工作时（待确认）"), "{text}");
        assert!(
            text.contains("06010,06,市容环境类,暴露垃圾,否,U-0002,市环卫处,,,,,,4 工作时（待确认）,,"),
            "{text}"
        );
        assert!(text.contains("市环卫处,night,夜间,,,,,1 自然日,"), "{text}");
        for (english, format) in [(false, "csv"), (true, "csv"), (false, "xlsx"), (true, "xlsx")] {
            let office = t.member("文明办", vec![whole_city(Role::Office)]);
            let file = exported(t, english, format);
            let fields =
                [("act", "try"), ("version_name", "2027"), ("version_source", "市文明办〔2027〕1号")];
            let (page, action) = ("/admin/catalogue", "/admin/catalogue/versions");
            let tried = office.upload(page, action, &fields, &[("import_file", "目录", &file)]).expect(200);
            assert!(tried.has("正式导入 410 行") && tried.missing_texts().is_empty(), "{}", tried.text());
            let kept = tried.hidden_fields(action);
            let kept: Vec<(&str, &str)> = kept.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            office.upload(page, action, &kept, &[]).expect(303);
            assert_eq!(String::from_utf8(exported(t, false, "csv")).unwrap(), text, "{english} {format}");
        }
        let office = t.member("文明办", vec![whole_city(Role::Office)]);
        assert!(office.get("/admin/catalogue").has("市文明办〔2027〕1号"));
        // with a hole in it, it stays out as a whole, and says where
        let bad = text.replace("1 自然日", "一天");
        let fields = [("act", "try"), ("version_name", "2028")];
        let files = [("import_file", "目录.csv", bad.as_bytes())];
        let tried =
            office.upload("/admin/catalogue", "/admin/catalogue/versions", &fields, &files).expect(200);
        assert!(tried.has("时限写法不对") && !tried.has("name=\"act\" value=\"import\""), "{}", tried.text());
    }
}

fn item(code: &str, name: &str) -> NewItem {
    NewItem {
        kind: ItemKind::Event,
        code: code.to_owned(),
        major_code: "01".to_owned(),
        major_name: "市容环境".to_owned(),
        name: name.to_owned(),
    }
}

fn bring(t: &TestDb, items: Vec<NewItem>) -> (Published, Catalogue) {
    let ctx = t.ctx_system();
    let who = ctx.clone();
    let published = t.db.write_now(&ctx, move |tx| publish(&who, tx, "2027", "", &items)).unwrap();
    (published, t.db.read_now(catalogue::load).unwrap())
}

fn an_item_that_goes_on_keeps_its_cases_and_limits(t: &TestDb) {
    let w = World::new(t);
    let case = w.closed("垃圾", CLEANING);
    let ponds = w.desk.catalogue.items()[1].clone();
    t.leave_jobs();
    let items = vec![item("01000", "暴露垃圾"), item("01001", "道路积水（新）"), item("01009", "犬类")];
    let (published, now) = bring(t, items);
    assert_eq!((published.kept, published.new, published.ended), (1, 2, 2));
    // the same kind, code and name: the case's kind is one that the catalogue in force has
    let kind = now.item(case.item_id.unwrap()).unwrap();
    assert_eq!(
        (kind.name.as_str(), now.by_code(ItemKind::Event, "01000").map(|i| i.id)),
        ("暴露垃圾", case.item_id)
    );
    // the limit that the city had set holds on; the stages' limits too
    assert_eq!(now.limit(case.item_id, "", Stage::Handle), Some(Limit::new(4, TimeUnit::WorkingHour)));
    assert_eq!(now.limit(None, "", Stage::Close), w.desk.catalogue.limit(None, "", Stage::Close));
    // what has ended keeps its name, and is offered no more
    assert_eq!(now.name(Some(ponds.id)), "道路积水");
    assert!(now.items().iter().all(|i| i.id != ponds.id));
    assert_eq!(now.items().len(), 3);
}

fn found(t: &TestDb) -> Catalogue {
    let ctx = t.ctx_system();
    let who = ctx.clone();
    let told = t.db.write_now(&ctx, move |tx| founding::found(&who, tx)).unwrap();
    assert!(told.iter().any(|line| line.starts_with("TO BE CONFIRMED: 6 limits of the stages")), "{told:?}");
    t.db.read_now(catalogue::load).unwrap()
}

fn confirm(t: &TestDb, of: Confirmed) -> u64 {
    let ctx = t.ctx_member(1, "文明办", vec![whole_city(Role::Office)]);
    let who = ctx.clone();
    t.db.write_now(&ctx, move |tx| confirm_limits(&who, tx, of)).unwrap()
}

fn a_new_city_begins_with_limits_to_be_confirmed(t: &TestDb) {
    let catalogue = found(t);
    assert_eq!(catalogue.items().len(), 403);
    assert_eq!(catalogue.to_confirm(), (6, 9));
    for stage in <Stage as kernel::workflow::Named>::ALL {
        assert!(catalogue.limit(None, "", *stage).is_some() && catalogue.is_to_confirm(None, "", *stage));
    }
    let rubbish = catalogue.by_code(ItemKind::Event, "06010").unwrap().id;
    assert_eq!(catalogue.limit(Some(rubbish), "", Stage::Handle), Some(Limit::new(4, TimeUnit::WorkingHour)));
    // twice is once
    let ctx = t.ctx_system();
    let who = ctx.clone();
    let again = t.db.write_now(&ctx, move |tx| {
        tx.housekeeping();
        founding::found(&who, tx)
    });
    assert!(again.unwrap().is_empty());
    assert_eq!(confirm(t, Confirmed::Of(Some(rubbish))), 1);
    assert_eq!(confirm(t, Confirmed::Of(None)), 6);
    assert_eq!(t.db.read_now(catalogue::load).unwrap().to_confirm(), (0, 8));
    assert_eq!(confirm(t, Confirmed::All), 8);
    assert_eq!(t.db.read_now(catalogue::load).unwrap().to_confirm(), (0, 0));
}

fn samples_that_nobody_confirmed_end_with_their_version(t: &TestDb) {
    let catalogue = found(t);
    let id = |code| catalogue.by_code(ItemKind::Event, code).unwrap().id;
    let (rubbish, streets) = (id("06010"), id("06012"));
    confirm(t, Confirmed::Of(Some(rubbish)));
    let items: Vec<NewItem> = catalogue
        .items()
        .iter()
        .map(|i| NewItem {
            kind: i.kind,
            code: i.code.clone(),
            major_code: i.major_code.clone(),
            major_name: i.major_name.clone(),
            name: i.name.clone(),
        })
        .collect();
    let (published, now) = bring(t, items);
    assert_eq!((published.kept, published.new, published.ended), (403, 0, 0));
    let dropped: Vec<&str> = published.dropped.iter().map(|(_, code)| code.as_str()).collect();
    assert_eq!(dropped, ["04013", "06001", "06011", "06012", "06017"]);
    assert_eq!(now.limit(Some(rubbish), "", Stage::Handle), Some(Limit::new(4, TimeUnit::WorkingHour)));
    assert_eq!(now.limit(Some(streets), "", Stage::Handle), now.limit(None, "", Stage::Handle));
    // the stages keep theirs, confirmed or not: there is no catalogue without
    assert_eq!(now.to_confirm(), (6, 0));
}

fn only_the_office_confirms(t: &TestDb) {
    found(t);
    let ctx = t.ctx_member(2, "经办人", vec![testkit::grant(Role::UnitClerk, &[CLEANING])]);
    let who = ctx.clone();
    let refused = t.db.write_now(&ctx, move |tx| confirm_limits(&who, tx, Confirmed::All));
    assert_eq!(refused.unwrap_err().status, 403);
}
