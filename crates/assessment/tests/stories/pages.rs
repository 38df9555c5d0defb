//! Pages as browsers see them, without script, and their JSON twins.

use super::policy::unit;
use super::rounds::{WORKBOOK, act, bring, features, office, tables};
use assessment::rounds::commands::{leave, step};
use assessment::rounds::model::NameKind;
use assessment::rounds::workflow::Step;
use kernel::policy::Role;
use serde_json::json;
use testkit::{TestApp, grant, whole_city};

testkit::stories!(features();
    every_page_is_written_in_both_languages,
    a_workbook_is_tried_then_imported_on_a_page,
    the_desk_settles_a_text_and_says_what_moved,
    a_fault_becomes_a_case_and_both_know_it,
    what_is_exported_can_be_added_up,
    the_api_does_what_pages_do,
    a_unit_reads_its_own_rows,
);

const TABLE: &str = "id,name\n1,文明旅游\n2,公益广告宣传\n";

fn kept(t: &TestApp) {
    bring(t, &office(t), WORKBOOK.into(), Some(tables())).unwrap();
}

fn settle(t: &TestApp, to: &[Step]) {
    let ctx = office(t);
    for (kind, text) in [(NameKind::Item, "公益广告"), (NameKind::Unit, "市容局")] {
        act(t, &ctx, move |ctx, tx| leave(ctx, tx, "AR-000001", kind, text)).unwrap();
    }
    for to in to.iter().copied() {
        act(t, &ctx, move |ctx, tx| step(ctx, tx, "AR-000001", to, "", None)).unwrap();
    }
}

fn every_page_is_written_in_both_languages(t: &TestApp) {
    t.test.leave_jobs();
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    // each first as it is while there is nothing
    for path in ["/assessment/rounds", "/assessment/rounds/comparison", "/assessment/rounds/trend"] {
        assert_eq!(office.get(path).expect(200).missing_texts(), Vec::<&str>::new(), "{path}");
    }
    kept(t);
    bring(t, &super::rounds::office(t), WORKBOOK.replace("0.25", "0.5").into(), Some(tables())).unwrap();
    settle(t, &[Step::Check]);
    let base = "/assessment/rounds/AR-000001";
    let paths = [
        "/assessment/rounds".to_owned(),
        "/assessment/rounds?q=%E6%B2%A1%E6%9C%89".to_owned(),
        "/assessment/rounds?state=checked".to_owned(),
        "/assessment/rounds/new".to_owned(),
        "/assessment/rounds/comparison".to_owned(),
        "/assessment/rounds/trend".to_owned(),
        base.to_owned(),
        format!("{base}/streets"),
        format!("{base}/units"),
        format!("{base}/rows?only=faults&sort=-lost"),
        format!("{base}/rows?only=aside"),
        format!("{base}/rows/3"),
        format!("{base}/desk"),
        "/assessment/rounds/AR-000002/desk".to_owned(),
        "/assessment/rounds/AR-000002/rows/4".to_owned(),
        format!("{base}/edit"),
        format!("{base}/steps/publish"),
        "/assessment/rounds/AR-000002/steps/check".to_owned(),
    ];
    for english in [false, true] {
        let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
        let office = if english { office.english() } else { office };
        for path in &paths {
            let page = office.get(path).expect(200);
            assert_eq!(page.missing_texts(), Vec::<&str>::new(), "{path}");
            let ids: Vec<&str> =
                page.text().split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
            let mut once = ids.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), ids.len(), "ids that appear twice on {path}");
        }
    }
    for path in ["/assessment/rounds?state=x", "/assessment/rounds/AR-000001/rows?only=x"] {
        assert_eq!(office.get(path).status, 422, "{path}");
    }
    for path in [
        "/assessment/rounds/AR-000009",
        "/assessment/rounds/AR-000001/rows/99",
        "/assessment/rounds/AR-000001/steps/x",
    ] {
        assert_eq!(office.get(path).status, 404, "{path}");
    }
}

fn a_workbook_is_tried_then_imported_on_a_page(t: &TestApp) {
    t.test.leave_jobs();
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let new = "/assessment/rounds/new";
    let fields = [("act", "try"), ("round_name", "一季度"), ("held_on", "2026-03-01")];
    let files = [("import_file", "a.csv", WORKBOOK.as_bytes()), ("table_items", "i.csv", TABLE.as_bytes())];
    let tried = office.upload(new, new, &fields, &files).expect(200);
    assert!(tried.has("读到 4 行，可以导入 4 行"), "{}", tried.text());
    assert!(tried.has("名称表里没有") && tried.has("序号与前面的行重复"));
    assert!(office.get("/assessment/rounds").has("还没有考察轮次"), "a trial keeps nothing");
    // the page has two forms that go there: the one with the file's token is the import's
    let token = tried.text().split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let csrf = tried.csrf();
    let asked = [
        ("csrf", csrf.as_str()),
        ("token", token),
        ("file_name", "a.csv"),
        ("round_name", "一季度"),
        ("held_on", "2026-03-01"),
    ];
    let tables = r#"[["item","1","文明旅游"],["item","2","公益广告宣传"]]"#;
    let report = office.post(
        "/assessment/rounds/new/report",
        &[&asked[..], &[("tables", tables), ("format", "json")]].concat(),
    );
    assert_eq!(report.expect(200).json()["noted"].as_array().unwrap().len(), 2);
    let made = office.post(new, &[&asked[..], &[("act", "import"), ("tables", tables)]].concat()).expect(303);
    assert_eq!(made.location().unwrap(), "/assessment/rounds/AR-000001");
    let page = office.get("/assessment/rounds/AR-000001").expect(200);
    assert!(page.has("一季度") && page.has("79.17%") && page.has("2.38 / 3"));
    let twice = office.upload(new, new, &fields, &files).expect(422);
    assert!(twice.has("AR-000001") && twice.has("一季度"));
    let wrong = office.upload(new, new, &fields, &[("import_file", "a.csv", b"a,b\n1,2\n".as_slice())]);
    assert!(wrong.expect(422).has("缺少列"));
    let inspector = t.member("督查员", vec![whole_city(Role::Inspector)]);
    assert_eq!(inspector.get(new).status, 403);
    assert_eq!(inspector.get("/assessment/rounds").status, 403);
}

fn the_desk_settles_a_text_and_says_what_moved(t: &TestApp) {
    kept(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let (desk, to) = ("/assessment/rounds/AR-000001/desk", "/assessment/rounds/AR-000001/matches");
    let page = office.get(desk).expect(200);
    assert!(page.has("公益广告宣传") && page.has("市容市政局") && page.has("序号重复的行（1）"));
    let done = office.submit(desk, to, &[("kind", "item"), ("text", "公益广告"), ("proposed", "文明旅游")]);
    assert_eq!(done.expect(303).location().unwrap(), desk);
    let page = office.get(desk);
    assert!(page.has("成绩由 2.38 / 3 (79.17%) 变为 1.58 / 2 (79.17%)"), "{}", page.text());
    office.submit(desk, to, &[("kind", "item"), ("text", "公益广告"), ("act", "undo")]).expect(303);
    let wrong = office.submit(desk, to, &[("kind", "unit"), ("text", "市容局"), ("name", "没有这个局")]);
    assert_eq!(wrong.status, 422);
    let leader = t.member("领导", vec![whole_city(Role::Leader)]);
    assert!(leader.get(desk).expect(200).has("这里只能查看"));
    assert_eq!(
        leader.submit(desk, to, &[("kind", "item"), ("text", "公益广告"), ("act", "leave")]).status,
        403
    );
}

fn a_fault_becomes_a_case_and_both_know_it(t: &TestApp) {
    t.test.leave_jobs();
    kept(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let row = "/assessment/rounds/AR-000001/rows/3";
    let made = office.submit(row, &format!("{row}/case"), &[]).expect(303);
    assert_eq!(made.location().unwrap(), row);
    let page = office.get(row).expect(200);
    let number = page.text().split("/cases/CASE-").nth(1).unwrap().split('"').next().unwrap();
    let number = format!("CASE-{number}");
    let case = office.get(&format!("/cases/{number}")).expect(200);
    assert!(case.has("社区1") && case.has("来自实地考察") && case.has(row));
    let twice = office.submit(row, &format!("{row}/case"), &[]);
    assert!(twice.expect(409).has(&number));
    let whole = "/assessment/rounds/AR-000001/rows/2";
    assert!(office.submit(whole, &format!("{whole}/case"), &[]).expect(409).has("没有扣分"));
    assert!(office.get("/assessment/rounds/AR-000001/rows?only=no-case").has("共 1 行"));
}

fn what_is_exported_can_be_added_up(t: &TestApp) {
    kept(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let base = "/assessment/rounds/AR-000001";
    let rows = office.get(&format!("{base}/rows?format=csv")).expect(200);
    assert_eq!(rows.text().lines().count(), 5, "{}", rows.text());
    assert!(rows.text().lines().nth(2).unwrap().contains(",文明旅游,1,社区1,1,"), "{}", rows.text());
    let items = office.get(&format!("{base}?format=csv")).expect(200);
    assert!(items.has("文明旅游,1,2,0.375,1,1.375,2,"), "{}", items.text());
    for path in ["?format=xlsx", "/streets?format=csv", "/units?format=csv", "/report?format=xlsx", "/report"]
    {
        assert_eq!(office.get(&format!("{base}{path}")).status, 200, "{path}");
    }
    for path in ["/assessment/rounds?format=csv", "/assessment/rounds/trend?format=csv"] {
        assert!(office.get(path).expect(200).has("19/24"), "{path}");
    }
    let both = office.get("/assessment/rounds/comparison?one=AR-000001&other=AR-000001&format=csv");
    assert!(both.expect(200).has("19/24"));
}

fn the_api_does_what_pages_do(t: &TestApp) {
    t.test.leave_jobs();
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]).by_key();
    let post = axum::http::Method::POST;
    let base = "/api/v1/assessment-rounds";
    let names = json!([{"kind": "item", "name": "文明旅游"}, {"kind": "unit", "name": "商务局"}]);
    let mut new =
        json!({"name": "一季度", "csv": WORKBOOK, "held_on": "2026-03-01", "names": names, "dry": true});
    let told = office.json(&post, base, &new).expect(200).json();
    assert_eq!((told["accepted"].as_u64(), told["number"].as_str()), (Some(4), None));
    new["dry"] = json!(false);
    assert_eq!(office.json(&post, base, &new).expect(201).json()["number"], "AR-000001");
    assert_eq!(office.json(&post, base, &new).expect(409).json()["code"], "round-known");
    let one = office.get(&format!("{base}/AR-000001")).expect(200).json();
    assert_eq!(
        (one["result"]["rate"].as_str(), one["held_on"].as_str()),
        (Some("19/24"), Some("2026-03-01"))
    );
    let open = office.get(&format!("{base}/AR-000001/matches")).expect(200).json();
    assert_eq!(open["open"].as_array().unwrap().len(), 3);
    let said = json!({"kind": "item", "text": "公益广告", "name": "文明旅游"});
    let moved = office.json(&post, &format!("{base}/AR-000001/matches"), &said).expect(200).json();
    assert_eq!(
        (moved["score_before"].as_str(), moved["score_after"].as_str()),
        (Some("2.375"), Some("19/12"))
    );
    let aside = json!({"counts": false, "reason": "重复"});
    office.json(&post, &format!("{base}/AR-000001/rows/3/verdict"), &aside).expect(200);
    let rows = office.get(&format!("{base}/AR-000001/rows?only=aside")).expect(200).json();
    assert_eq!((rows["count"].as_u64(), rows["items"][0]["row"].as_i64()), (Some(1), Some(3)));
    let early = office.json(&post, &format!("{base}/AR-000001/steps"), &json!({"step": "check"}));
    assert_eq!(early.expect(409).json()["code"], "round-open");
    let case = office.json(&post, &format!("{base}/AR-000001/rows/4/case"), &json!({})).expect(201).json();
    assert!(case["case"].as_str().unwrap().starts_with("CASE-"));
    let patch = axum::http::Method::PATCH;
    let edited =
        office.json(&patch, &format!("{base}/AR-000001"), &json!({"weight": "2"})).expect(200).json();
    assert_eq!((edited["weight"].as_str(), edited["name"].as_str()), (Some("2"), Some("一季度")));
    assert_eq!(office.get(base).expect(200).json()["count"], 1);
    assert_eq!(office.get(&format!("{base}/comparison?one=AR-000001&other=AR-000009")).status, 404);
    assert_eq!(office.get(&format!("{base}/AR-000001/report")).expect(200).json()["read"], 4);
}

fn a_unit_reads_its_own_rows(t: &TestApp) {
    t.test.leave_jobs();
    kept(t);
    settle(t, &[Step::Check, Step::Publish]);
    let clerk = t.member("经办人", vec![grant(Role::UnitClerk, &[unit(t)])]);
    let base = "/assessment/rounds/AR-000001";
    let page = clerk.get(base).expect(200);
    assert!(page.has("商务局") && page.has("87.50%") && !page.has("市容") && !page.has("79.17%"));
    let rows = clerk.get(&format!("{base}/rows")).expect(200);
    assert!(rows.has("共 2 行") && rows.has("社区2") && !rows.has("社区1"));
    assert_eq!(clerk.get(&format!("{base}/rows/3")).status, 404);
    for path in ["/streets", "/units", "/desk", "/report"] {
        assert!(clerk.get(&format!("{base}{path}")).status >= 403, "{path}");
    }
    assert!(clerk.get("/assessment/rounds").expect(200).has("87.50%"));
    let api = clerk.by_key().get("/api/v1/assessment-rounds/AR-000001").expect(200).json();
    assert_eq!((api["result"].is_null(), api["own_units"][0]["name"].as_str()), (true, Some("商务局")));
}
