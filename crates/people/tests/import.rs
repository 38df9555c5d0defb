//! Registers of units as offices keep them come in; what goes out comes in again, here and in another city.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kernel::policy::Role;
use kernel::problem::Result;
use people::{UnitRow, commands, import, queries, setup};
use sheets::Report;
use testkit::{TestApp, whole_city};
use web::Feature;

fn features() -> Vec<Feature> {
    vec![people::feature()]
}

testkit::stories!(features();
    a_file_of_an_office_is_read_row_by_row,
    what_one_city_exports_another_has_with_the_same_numbers,
    what_is_here_already_is_completed_and_never_doubled,
    units_of_one_name_stay_apart,
    the_page_tries_a_file_before_it_imports_it,
);

/// As an office has it: the bureau after its school, telephone numbers in all shapes, a wrong check digit.
const FILE: &str = "单位名称,上级单位,类别,统一社会信用代码,负责人,联系电话\n\
明珠小学,市教育局,学校,,周校长,0937-6221234\n\
市教育局,,市直部门,11620200MB0L298060,李局长,13812341234\n\
市体育局,市教育厅,市直部门,,,\n\
市卫健委,,市直部门,11620200MB0L29803X,,\n\
葵园小学,市教育局,小学,,,\n\
镜铁小学,市教育局,,,,12\n\
和诚小学,市教育局,,,,\n\
,市教育局,学校,,,\n";

fn act(t: &TestApp, file: &str) -> Result<Report> {
    let (ctx, bytes) = (t.test.ctx_system(), file.as_bytes().to_vec());
    let who = ctx.clone();
    t.test.db.write_now(&ctx, move |tx| import::import(&who, tx, &bytes))
}

fn found(t: &TestApp) -> UnitRow {
    let ctx = t.test.ctx_system();
    let who = ctx.clone();
    t.test.db.write_now(&ctx, move |tx| setup::root(tx, &who, "嘉峪关市")).unwrap()
}

fn unit(t: &TestApp, root: &UnitRow, name: &str, kind: &str) -> UnitRow {
    let (ctx, root, name, kind) = (t.test.ctx_system(), root.clone(), name.to_owned(), kind.to_owned());
    let who = ctx.clone();
    t.test.db.write_now(&ctx, move |tx| setup::unit(tx, &who, &root, &name, "", &kind)).unwrap()
}

fn told(remarks: &[sheets::Remark]) -> Vec<(u64, &str, &str)> {
    remarks.iter().map(|r| (r.row, r.field.as_str(), r.reason.as_str())).collect()
}

fn by_code(t: &TestApp, code: &str) -> Option<UnitRow> {
    let code = code.to_owned();
    t.test.db.read_now(move |tx| queries::unit_by_code(tx, &code)).unwrap()
}

/// The lines of `/units` as a file, without the header.
fn exported(t: &TestApp) -> Vec<String> {
    let page = t
        .member("管理员", vec![whole_city(Role::SystemAdmin)])
        .get("/units?format=csv&state=all")
        .expect(200);
    page.text().lines().skip(1).map(str::to_owned).collect()
}

fn a_file_of_an_office_is_read_row_by_row(t: &TestApp) {
    found(t);
    let report = act(t, FILE).unwrap();
    assert_eq!((report.read, report.accepted), (8, 3));
    assert_eq!(
        told(&report.refused),
        [
            (4, "unit_parent", "unit_unknown"),
            (5, "credit_code", "not-a-credit-code"),
            (6, "unit_kind", "unknown_value"),
            (7, "contact_phone", "not-a-phone"),
            (9, "unit_name", "blank"),
        ]
    );
    assert_eq!(told(&report.repaired), [(8, "unit_kind", "unit_kind_other")]);
    let lines = exported(t);
    assert_eq!(lines.len(), 4, "{lines:?}");
    // the bureau was made before its school, which stands above it in the file
    assert_eq!(
        lines[1],
        "U-0002,市教育局,,市直部门,U-0001,嘉峪关市,11620200MB0L298060,李局长,13812341234,正常,"
    );
    assert_eq!(lines[3], "U-0004,明珠小学,,学校,U-0002,市教育局,,周校长,0937-6221234,正常,");
    assert!(act(t, "名称\n").is_ok_and(|r| r.read == 0));
}

fn what_one_city_exports_another_has_with_the_same_numbers(t: &TestApp) {
    let root = found(t);
    act(t, FILE).unwrap();
    // numbers with gaps, a unit that is no more, one that was taken over
    let (closed, merged) = (unit(t, &root, "旧局", "bureau"), unit(t, &root, "小局", "bureau"));
    let ctx = t.test.ctx_system();
    let who = ctx.clone();
    let bureau = by_code(t, "U-0002").unwrap().id;
    t.test
        .db
        .write_now(&ctx, move |tx| {
            commands::close_unit(tx, &who, closed.id, "机构改革")?;
            commands::merge_unit(tx, &who, merged.id, bureau, "机构改革").map(drop)
        })
        .unwrap();
    let before = exported(t);
    assert!(before.iter().any(|l| l.contains("小局") && l.ends_with("已合并,U-0002")), "{before:?}");
    for format in ["csv", "xlsx"] {
        let office = t.member("管理员", vec![whole_city(Role::SystemAdmin)]);
        let file = office.get(&format!("/units?format={format}&state=all")).expect(200).bytes;
        // into the same city: nothing happens
        let (ctx, again) = (t.test.ctx_system(), file.clone());
        let who = ctx.clone();
        let report = t.test.db.write_now(&ctx, move |tx| import::import(&who, tx, &again)).unwrap();
        assert_eq!((report.accepted, report.refused.len(), report.repaired.len()), (6, 0, 0), "{report:?}");
        assert_eq!(exported(t), before);
        // into another one, with its rows upside down
        let other = TestApp::new(t.test.engine, features());
        found(&other);
        let ctx = other.test.ctx_system();
        let who = ctx.clone();
        let report = other.test.db.write_now(&ctx, move |tx| import::import(&who, tx, &file)).unwrap();
        assert_eq!((report.accepted, report.refused.len(), report.repaired.len()), (6, 0, 0), "{report:?}");
        assert_eq!(exported(&other), before);
        // the next one that is made gets a number that nobody has
        let root = by_code(&other, "U-0001").unwrap();
        let new = unit(&other, &root, "新局", "bureau");
        assert!(before.iter().all(|line| !line.starts_with(&new.code)), "{}", new.code);
    }
}

fn what_is_here_already_is_completed_and_never_doubled(t: &TestApp) {
    let root = found(t);
    let school = unit(t, &root, "明珠小学", "school");
    unit(t, &root, "市体育局", "bureau");
    // in the file's city U-0003 is the school, here it is the bureau of sport
    let file = "编号,名称,上级编号,上级单位,类别,联系人,状态\n\
                U-0001,酒泉市,,,城市,,正常\n\
                U-0003,明珠小学,U-0007,市教育局,学校,周校长,正常\n\
                U-0007,市教育局,U-0001,酒泉市,市直部门,,正常\n\
                U-0002,市财政局,U-0001,酒泉市,市直部门,,正常\n\
                JY-08,市审计局,U-0001,酒泉市,市直部门,,正常\n";
    let report = act(t, file).unwrap();
    assert_eq!(report.refused, []);
    assert_eq!(
        told(&report.repaired),
        [
            (2, "unit_name", "unit_root_name_kept"),
            (3, "unit_name", "unit_updated"),
            (3, "unit_parent", "unit_moved"),
            (5, "unit_code", "unit_code_taken"),
            (6, "unit_code", "unit_code_foreign"),
        ]
    );
    let after = by_code(t, &school.code).unwrap();
    assert_eq!(
        (after.name.as_str(), after.contact_name.as_str(), after.kind.as_str()),
        ("明珠小学", "周校长", "school")
    );
    assert_eq!(after.parent_id, by_code(t, "U-0007").map(|u| u.id));
    assert_eq!(by_code(t, "U-0003").unwrap().name, "市体育局");
    // a number that another row of the file still waits for is given to nobody
    let lines = exported(t);
    assert_eq!(lines.len(), 6, "{lines:?}");
    assert!(lines.iter().any(|l| l.starts_with("U-0004,市财政局")), "{lines:?}");
    let again = act(t, file).unwrap();
    assert_eq!((again.accepted, exported(t).len()), (5, 6));
}

fn units_of_one_name_stay_apart(t: &TestApp) {
    found(t);
    let file = "编号,名称,上级编号,类别\n\
                U-0005,市教育局,,市直部门\n\
                U-0006,市财政局,,市直部门\n\
                U-0011,办公室,U-0005,事业单位\n\
                U-0012,办公室,U-0006,事业单位\n\
                U-0013,甲科,U-0014,事业单位\n\
                U-0014,乙科,U-0013,事业单位\n\
                U-0005,市教育局,,市直部门\n";
    let report = act(t, file).unwrap();
    assert_eq!(
        told(&report.refused),
        [
            (6, "unit_parent", "unit_circle"),
            (7, "unit_parent", "unit_circle"),
            (8, "unit_code", "duplicate_id")
        ]
    );
    let twins: Vec<String> = exported(t).into_iter().filter(|l| l.contains(",办公室,")).collect();
    assert_eq!(twins.len(), 2);
    assert!(
        twins[0].starts_with("U-0011,办公室,,事业单位,U-0005")
            && twins[1].starts_with("U-0012,办公室,,事业单位,U-0006")
    );
    // once more, without numbers: they are told apart by what is above them
    let again = act(t, "名称,上级单位,联系人\n办公室,市财政局,赵一\n办公室,市教育局,钱二\n").unwrap();
    assert_eq!(again.refused, []);
    assert_eq!(by_code(t, "U-0012").unwrap().contact_name.as_str(), "赵一");
    assert_eq!(by_code(t, "U-0011").unwrap().contact_name.as_str(), "钱二");
    // whoever stands below 办公室 does not say below which
    let below = act(t, "名称,上级单位\n值班室,办公室\n").unwrap();
    assert_eq!(told(&below.refused), [(2, "unit_parent", "unit_several")]);
}

fn the_page_tries_a_file_before_it_imports_it(t: &TestApp) {
    found(t);
    let clerk = t.member("文员", vec![whole_city(Role::Office)]);
    assert_eq!(clerk.get("/units/import").status, 403);
    let forged =
        clerk.upload("/units", "/units/import", &[("act", "try")], &[("import_file", "u.csv", b"name\n")]);
    assert_eq!(forged.status, 403);
    for client in [
        t.member("管理员", vec![whole_city(Role::SystemAdmin)]),
        t.member("管理员", vec![whole_city(Role::SystemAdmin)]).english(),
    ] {
        let page = client.get("/units/import").expect(200);
        assert_eq!(page.missing_texts(), [""; 0]);
        let files = [("import_file", "单位.csv", FILE.as_bytes())];
        let tried = client.upload("/units/import", "/units/import", &[("act", "try")], &files).expect(200);
        assert!(tried.has("单位.csv"), "{}", tried.text());
        assert_eq!(tried.missing_texts(), [""; 0]);
    }
    let admin = t.member("管理员", vec![whole_city(Role::SystemAdmin)]);
    let files = [("import_file", "单位.csv", FILE.as_bytes())];
    let tried = admin.upload("/units/import", "/units/import", &[("act", "try")], &files).expect(200);
    assert!(tried.has("正式导入 3 行") && tried.has("不是有效的统一社会信用代码"), "{}", tried.text());
    assert_eq!(exported(t).len(), 1, "a trial leaves nothing");
    // the second press sends the file that was kept
    let fields: Vec<(String, String)> = tried.hidden_fields("/units/import");
    assert!(fields.iter().any(|(n, v)| n == "act" && v == "import"), "{fields:?}");
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let done = admin.upload("/units/import", "/units/import", &pairs, &[]).expect(303);
    assert_eq!(done.location().as_deref(), Some("/units"));
    assert_eq!(exported(t).len(), 4);
    let nothing = admin.upload("/units/import", "/units/import", &[("act", "try")], &[]).expect(422);
    assert!(nothing.has("problems-title"));
}
