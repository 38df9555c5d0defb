//! Checklists and their versions.

use super::world::{World, short, told};
use assessment::scheme::commands::{NewScheme, fill, make, publish};
use assessment::scheme::sample::Sample;
use axum::body::Body;
use axum::http::Method;
use fieldwork::commands;
use kernel::policy::Role;
use serde_json::{Value, json};
use testkit::whole_city;

told!(
    a_workbook_is_tried_taken_and_published,
    what_is_faulty_is_told_by_its_cell,
    answers_keep_their_version,
    programs_bring_checklists,
    standards_that_no_scheme_has_are_told,
);

fn workbook(label: &str) -> Vec<u8> {
    checklist::xlsform::write(&short(label)).unwrap()
}

fn a_workbook_is_tried_taken_and_published(w: &World) {
    let office = w.office();
    let import = "/fieldwork/checklists/import";
    let mut changed = short("2");
    changed.items.truncate(3);
    changed.title.zh = "市场短表二".into();
    let bytes = checklist::xlsform::write(&changed).unwrap();
    let page = office
        .upload(import, import, &[("act", "try")], &[("import_file", "short.xlsx", &bytes)])
        .expect(200);
    assert!(page.has("市场短表二") && page.has("删去 stalls"), "{}", page.text());
    assert!(
        !office.get("/fieldwork/checklists/short").expect(200).has("/short/2"),
        "a dry run leaves nothing"
    );
    // the same file by the next press
    let token = page.hidden_fields(import).into_iter().find(|(n, _)| n == "token").unwrap().1;
    let fields = [
        ("csrf", page.csrf()),
        ("act", "import".into()),
        ("token", token),
        ("file_name", "short.xlsx".into()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let to = office.post(import, &fields).expect(303).location().unwrap();
    assert!(to.ends_with("/fieldwork/checklists/short/2"), "{to}");
    let at = "/fieldwork/checklists/short/2";
    let page = office.get(at).expect(200);
    assert!(page.has("草稿") && page.has("S-2") && page.has("删去 stalls") && page.has("达到规定数得 1"));
    office.submit(at, &format!("{at}/publication"), &[]).expect(303);
    let page = office.get("/fieldwork/checklists").expect(200);
    assert!(page.has("市场短表二") && page.has("/fieldwork/checklists/short/2"));
    // published is published
    let csrf = office.get(at).csrf();
    office.post(&format!("{at}/publication"), &[("csrf", &csrf), ("version", "2")]).expect(409);
    let again = office.upload(import, import, &[("act", "import")], &[("import_file", "short.xlsx", &bytes)]);
    again.expect(409);
    // files out, and in again
    let out = office.get(&format!("{at}/workbook.xlsx")).expect(200);
    assert_eq!(checklist::xlsform::read(&out.bytes).checklist.unwrap(), changed);
    let form = office.get(&format!("{at}/form.xml")).expect(200);
    assert!(form.text().contains("<h:html") && form.header("content-type").starts_with("text/xml"));
    office.submit(at, &format!("{at}/retirement"), &[]).expect(303);
    assert!(office.get(at).expect(200).has("已停用"));
    // the version before is in use again
    assert!(office.get("/fieldwork/checklists").expect(200).has("/fieldwork/checklists/short/1"));
}

fn what_is_faulty_is_told_by_its_cell(w: &World) {
    let office = w.office();
    let import = "/fieldwork/checklists/import";
    let mut broken = short("9");
    if let checklist::Item::Question(question) = &mut broken.items[1] {
        question.relevant = Some("${nobody} = 'unmet'".parse().unwrap());
    }
    let bytes = checklist::xlsform::write(&broken).unwrap();
    let send = |bytes: &[u8]| {
        office.upload(import, import, &[("act", "try")], &[("import_file", "broken.xlsx", bytes)])
    };
    let page = send(&bytes).expect(422);
    assert!(
        page.has("没有名为“nobody”的题目") && page.has("survey") && page.has("relevant"),
        "{}",
        page.text()
    );
    assert!(send(b"no workbook").expect(422).has("错误"));
    assert!(office.upload(import, import, &[("act", "try")], &[]).expect(422).has("必须"));
    let english = w.office().english();
    let page = english.upload(import, import, &[("act", "try")], &[("import_file", "broken.xlsx", &bytes)]);
    assert!(page.expect(422).has("There is no question named"));
}

fn answers_keep_their_version(w: &World) {
    let stop = w.visits(0).remove(0);
    let record = w.sent(0, &stop, "one", super::world::met());
    w.publish(short("2"));
    let page = w.office().get(&record.href()).expect(200);
    assert!(page.has("/fieldwork/checklists/short/1"), "{}", page.text());
    let office = w.office();
    assert!(office.get("/fieldwork/checklists/short").expect(200).has("/short/2"));
    // a type is given to nothing, and nobody can begin any more
    w.act(|ctx, tx, _| commands::assign(ctx, tx, "market", None)).unwrap();
    let other = w.visits(0).remove(1);
    w.inspector(0).get(&format!("/fieldwork/visits/{}", other.visit.id)).expect(409);
    let page = "/fieldwork/checklists";
    let form = [("field_type", "market"), ("field_sheet", "short")];
    office.submit(page, "/fieldwork/checklists/uses", &form).expect(303);
    w.inspector(0).get(&format!("/fieldwork/visits/{}", other.visit.id)).expect(200);
    office
        .submit(page, "/fieldwork/checklists/uses", &[("field_type", "moon"), ("field_sheet", "")])
        .expect(422);
}

fn programs_bring_checklists(w: &World) {
    let office = w.office().by_key();
    let api = "/api/v1/fieldwork/checklists";
    let send = |path: &str, bytes: Vec<u8>| {
        office.send(Method::POST, path, &[("content-type", "application/octet-stream")], bytes.into())
    };
    let told = send(&format!("{api}?dry=1"), workbook("2")).expect(200).json();
    assert_eq!(told["taken"]["label"], "2");
    let told = send(api, workbook("2")).expect(201).json();
    assert_eq!(told["faults"], json!([]));
    send(api, workbook("1")).expect(409);
    let told = send(api, b"nothing".to_vec()).expect(422).json();
    assert!(told["faults"][0]["message"]["en"].as_str().is_some());
    let step = json!({"version": 1});
    let done = office.json(&Method::POST, &format!("{api}/short/2/publication"), &step).expect(200).json();
    assert_eq!(done["state"], "published");
    office.json(&Method::POST, &format!("{api}/short/2/publication"), &step).expect(409);
    let list = office.get(api).expect(200).json();
    assert_eq!(list["items"][0]["in_use"], "2");
    assert_eq!(list["items"][0]["types"], json!(["market"]));
    let one = office.get(&format!("{api}/short/2")).expect(200).json();
    assert_eq!(one["model"]["items"].as_array().unwrap().len(), 4);
    assert_eq!(office.get(&format!("{api}/short")).expect(200).json()["items"].as_array().unwrap().len(), 2);
    office.get(&format!("{api}/short/2/workbook.xlsx")).expect(200);
    office.get(&format!("{api}/short/2/form.xml")).expect(200);
    let done = office.json(&Method::POST, &format!("{api}/short/2/retirement"), &json!({"version": 2}));
    assert_eq!(done.expect(200).json()["state"], "retired");
    let types = "/api/v1/fieldwork/types";
    office.json(&Method::PUT, &format!("{types}/market"), &json!({"checklist": null})).expect(200);
    office.json(&Method::PUT, &format!("{types}/market"), &json!({"checklist": "none"})).expect(422);
    let version = list["items"][0]["version"].clone();
    let on = json!({"version": version, "automatic": true});
    let done = office.json(&Method::PUT, &format!("{api}/short/automatic"), &on).expect(200).json();
    assert_eq!(done["automatic"], true);
}

/// Observations that no score counts are a warning, not a fault: a city may write its checklist before its scheme.
fn standards_that_no_scheme_has_are_told(w: &World) {
    let mut named = serde_json::to_value(short("2")).unwrap();
    // one by the name that a standard of the sample observes, one by its code
    named["items"][0]["observes"]["standard"] = json!("通用-01");
    named["items"][2]["observes"]["standard"] = json!("Ⅲ-6");
    let named: checklist::Checklist = serde_json::from_value(named).unwrap();
    let bytes = checklist::xlsform::write(&named).unwrap();
    let (office, key) = (w.office(), w.office().by_key());
    let told = "里没有这些标准，它们的观测不计入得分：S-3";
    let dry = || {
        let to = "/api/v1/fieldwork/checklists?dry=1";
        let headers = [("content-type", "application/octet-stream")];
        key.send(Method::POST, to, &headers, Body::from(bytes.clone())).expect(200).json()
    };
    assert_eq!(dry()["unknown_standards"], json!([]), "there is no scheme");
    w.act(|ctx, tx, _| {
        let new = NewScheme {
            name: "体系".into(),
            cycle: String::new(),
            observed_way: "实地考察".into(),
            note: String::new(),
            sample: true,
        };
        let scheme = make(ctx, tx, new)?;
        fill(ctx, tx, &scheme.number, Sample::City.lines()?)?;
        publish(ctx, tx, &scheme.number, None)
    })
    .unwrap();
    assert_eq!(dry()["unknown_standards"], json!(["S-3"]));
    let import = "/fieldwork/checklists/import";
    let page = office
        .upload(import, import, &[("act", "try")], &[("import_file", "short.xlsx", &bytes)])
        .expect(200);
    assert!(page.has(told), "{}", page.text());
    // it is taken and published all the same
    w.publish(named);
    let at = "/fieldwork/checklists/short/2";
    assert!(office.get(at).expect(200).has(told));
    assert!(w.office().english().get(at).expect(200).has("has no such standards"));
    assert_eq!(key.get(&format!("/api/v1{at}")).expect(200).json()["unknown_standards"], json!(["S-3"]));
    // who cannot mend it is not troubled
    let leader = || w.t.member("领导", vec![whole_city(Role::Leader)]);
    assert!(!leader().get(at).expect(200).has("里没有这些标准"));
    let whole = leader().by_key().get(&format!("/api/v1{at}")).expect(200).json();
    assert_eq!(whole["unknown_standards"], Value::Null);
    assert_eq!(whole["label"], "2");
}
