//! Stories of the public pages, on both engines.

use kernel::policy::Role;
use testkit::{TestApp, whole_city};

testkit::stories!(vec![crate::feature()];
    a_citizen_writes_and_reads_the_answer, what_is_wrong_is_said_and_nothing_is_lost, the_office_alone_reads,
    every_public_page_is_whole_in_both_languages, the_self_check_is_for_those_who_answer_for_it, answers_do_not_cross);

fn a_citizen_writes_and_reads_the_answer(t: &TestApp) {
    let citizen = t.public();
    let sent = citizen
        .submit("/suggestions", "/suggestions", &[("kind", "burden"), ("body", "一张表填了三遍。")])
        .expect(303);
    let receipt = sent.location().unwrap();
    assert!(citizen.get(&receipt).expect(200).has("SUG-2026-000001"));

    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let list = office.get("/admin/suggestions").expect(200);
    assert!(list.has("一张表填了三遍。"));
    let record = list.text().split("href=\"/admin/suggestions/").nth(1).unwrap().split('"').next().unwrap();
    let record = format!("/admin/suggestions/{record}");
    let answered = office.submit(&record, &format!("{record}/answer"), &[("answer", "已合并成一张。")]);
    assert_eq!(answered.expect(303).location().as_deref(), Some("/admin/suggestions"));
    assert!(citizen.get(&receipt).has("已合并成一张。"));
    assert!(!office.get("/admin/suggestions").has("一张表填了三遍。"), "answered ones leave the list");
    assert!(office.get("/admin/suggestions?state=answered").has("一张表填了三遍。"));
}

fn what_is_wrong_is_said_and_nothing_is_lost(t: &TestApp) {
    let citizen = t.public();
    let page = citizen
        .submit("/suggestions", "/suggestions", &[("kind", "mistake"), ("contact", "<b>138")])
        .expect(422);
    assert!(page.has("&#60;b&#62;138") && !page.has("<b>138"), "what was typed comes back, escaped");
    assert!(page.has("field-wrong"));
    citizen.post("/suggestions", &[("kind", "mistake"), ("body", "x")]).expect(403);
    citizen.get("/suggestions/nonsense").expect(404);
}

fn the_office_alone_reads(t: &TestApp) {
    assert_eq!(
        t.public().get("/admin/suggestions").location().as_deref(),
        Some("/sign-in?back=%2Fadmin%2Fsuggestions")
    );
    let clerk = t.member("乙", vec![testkit::grant(Role::UnitClerk, &[7])]);
    clerk.get("/admin/suggestions").expect(403);
    clerk.get("/admin/suggestions/1").expect(403);
    t.member("审计", vec![whole_city(Role::Auditor)]).get("/admin/suggestions").expect(403);
}

fn every_public_page_is_whole_in_both_languages(t: &TestApp) {
    for path in ["/", "/suggestions", "/privacy", "/accessibility", "/about", "/styleguide", "/nothing"] {
        for client in [t.public(), t.public().english()] {
            let page = client.get(path);
            assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
            assert!(page.header("content-security-policy").contains("default-src 'none'"), "{path}");
        }
    }
    let map = t.public().get("/sitemap.xml").expect(200);
    assert!(map.has("<loc>http://wm.example.cn/suggestions</loc>") && !map.has("/admin"));
}

fn the_self_check_is_for_those_who_answer_for_it(t: &TestApp) {
    let leader = t.member("主任", vec![whole_city(Role::Leader)]);
    let page = leader.get("/admin/self-check").expect(200);
    assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    leader.submit("/admin/self-check", "/admin/self-check/no-such-switch", &[("on", "1")]).expect(404);
    t.member("丙", vec![whole_city(Role::Inspector)]).get("/admin/self-check").expect(403);
}

fn answers_do_not_cross(t: &TestApp) {
    t.public()
        .submit("/suggestions", "/suggestions", &[("kind", "suggestion"), ("body", "多设座椅")])
        .expect(303);
    let office = t.member("王", vec![whole_city(Role::Office)]);
    let list = office.get("/admin/suggestions");
    let id =
        list.text().split("href=\"/admin/suggestions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let record = format!("/admin/suggestions/{id}");
    let stale = [("answer", "甲"), ("version", "1")];
    office.submit(&record, &format!("{record}/answer"), &stale).expect(303);
    office.submit(&record, &format!("{record}/answer"), &stale).expect(409);
}
