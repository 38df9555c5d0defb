//! The office writes rules in the form.

use super::world::{World, told};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::json;
use testkit::whole_city;

told!(
    a_rule_is_written_changed_and_moved_without_a_word_of_syntax,
    what_is_wrong_is_said_with_its_place_and_nothing_is_lost
);

const HOME: &str = "/admin/routing-rules";

fn a_rule_is_written_changed_and_moved_without_a_word_of_syntax(w: &World) {
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    assert!(office.get(HOME).expect(200).has("还没有规则"));
    let new = format!("{HOME}/new");
    let fields = [
        ("rule_name", "夜里的垃圾"),
        ("rule_active", "1"),
        ("rule_kinds", "event-01000"),
        ("rule_words", "垃圾、渣土"),
        ("rule_hour_from", "22"),
        ("rule_hour_until", "6"),
        ("rule_lead", "U-20"),
        ("rule_assisting", "U-40"),
        ("rule_mode", "prepare"),
        ("rule_why", "夜班由环卫所值守"),
    ];
    let to = office.submit(&new, HOME, &fields).expect(303).location().unwrap();
    assert_eq!(to, format!("{HOME}/1"));
    office.submit(&new, HOME, &[&[("rule_name", "另一条")][..], &fields].concat()).expect(303);
    for client in [&office, &w.t.member("office", vec![whole_city(Role::Office)]).english()] {
        for path in [HOME.to_owned(), to.clone(), new.clone(), format!("{to}/edit")] {
            let page = client.get(&path).expect(200);
            assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
        }
    }
    let page = office.get(&to).expect(200);
    for wanted in
        ["夜里的垃圾", "暴露垃圾", "垃圾、渣土", "22:00–06:00", "环卫所", "养护所", "夜班由环卫所值守"]
    {
        assert!(page.has(wanted), "{wanted}");
    }
    let edit = format!("{to}/edit");
    let form = office.get(&edit).expect(200);
    assert!(
        form.has("value=\"event-01000\" selected")
            && form.has("value=\"U-40\" selected")
            && form.has("垃圾、渣土")
    );
    office.submit(&edit, &to, &[&[("rule_why", "改由养护所")][..], &fields].concat()).expect(303);
    // from an old page: somebody was faster, and what was typed stays
    let old = office.post(&to, &[&fields[..], &[("version", "1"), ("csrf", &form.csrf())]].concat());
    assert!(old.expect(422).has("夜里的垃圾"));
    assert!(office.get(&to).expect(200).has("改由养护所"));
    office.submit(HOME, &format!("{HOME}/2/place"), &[("way", "up")]).expect(303);
    let list = office.get(HOME).expect(200);
    let at = |name: &str| list.text().find(name).unwrap();
    assert!(at("另一条") < at("夜里的垃圾"));
    let csv = office.get(&format!("{HOME}?format=csv")).expect(200);
    assert!(csv.has("改由养护所") && csv.has("夜里的垃圾"));
    assert!(
        w.t.member("审计", vec![whole_city(Role::Auditor)]).get("/admin/audit").expect(200).has("分派规则 1")
    );
}

fn what_is_wrong_is_said_with_its_place_and_nothing_is_lost(w: &World) {
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let new = format!("{HOME}/new");
    let with = |fields: &[(&str, &str)]| office.submit(&new, HOME, fields).expect(422);
    let fields =
        [("rule_name", "写错的"), ("rule_lead", "U-20"), ("rule_mode", "dispatch"), ("rule_why", "试试")];
    let broken = with(&[&fields[..], &[("rule_expression", "urgent &&\n  hours > 3")]].concat());
    assert!(broken.has("第 2 行第 3 个字符") && broken.has("hours &#62; 3") && broken.has("写错的"));
    assert!(with(&fields).has("至少要有一个条件"));
    for (field, value) in [
        ("rule_kinds", "event-99999"),
        ("rule_divisions", "999"),
        ("rule_stretches", "BJ-9999"),
        ("rule_site_types", "moon"),
        ("rule_hour_from", "25"),
        ("rule_condition", "event-01000/9"),
        ("rule_from", "gestern"),
    ] {
        let page = with(&[&fields[..], &[("rule_expression", "true"), (field, value)]].concat());
        assert!(page.has(&format!("href=\"#f-{field}\"")), "{field}");
    }
    with(&[("rule_lead", "U-77"), ("rule_expression", "true")]);
    let check = |expression: &str| {
        let given = json!({ "expression": expression });
        office.json(&Method::POST, "/api/v1/routing-expressions", &given).expect(200).json()
    };
    assert_eq!(check("kind in [\"event-01000\"] || again")["sound"], true);
    let fault = check("urgent && kindd == \"\"")["fault"].clone();
    assert_eq!(
        (&fault["code"], &fault["line"], &fault["column"], &fault["what"]),
        (&json!("unknown-name"), &json!(1), &json!(11), &json!("kindd"))
    );
    assert!(office.get(HOME).expect(200).has("还没有规则"), "nothing was saved");
}
