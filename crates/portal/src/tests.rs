//! Stories of the public pages, on both engines.

use kernel::policy::Role;
use testkit::{TestApp, whole_city};

testkit::stories!(vec![crate::feature()];
    a_citizen_writes_and_reads_the_answer, what_is_wrong_is_said_and_nothing_is_lost, the_office_alone_reads,
    every_public_page_is_whole_in_both_languages, the_self_check_is_for_those_who_answer_for_it, a_filing_is_entered_and_a_self_check_is_kept, answers_do_not_cross);

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

fn a_filing_is_entered_and_a_self_check_is_kept(t: &TestApp) {
    let home = "/admin/self-check";
    let office = t.member("王", vec![whole_city(Role::Office)]);
    let status = |duty: &str| {
        let report = office.get("/api/v1/self-check").expect(200).json();
        let duties = report["duties"].as_array().unwrap().clone();
        duties.into_iter().find(|d| d["duty"] == duty).unwrap()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!((status("filing").as_str(), status("votes").as_str()), ("attention", "absent"));
    // incomplete or in the future: refused, and what was typed stays
    let file = |fields: &[(&str, &str)]| office.submit(home, &format!("{home}/filing"), fields);
    let wrong = file(&[("filing_number", "陇备 2026001"), ("filing_day", "2999-01-01")]).expect(422);
    assert!(wrong.has("陇备 2026001") && wrong.has("f-filing_day-error"), "{}", wrong.text());
    file(&[("filing_number", "陇备 2026001"), ("filing_day", "2026-01-10"), ("filing_office", "省委网信办")])
        .expect(303);
    assert_eq!(status("filing"), "pass");
    assert!(office.get(home).expect(200).has("陇备 2026001"));
    // a comment that nobody answers for more than a month
    t.public()
        .submit("/suggestions", "/suggestions", &[("kind", "burden"), ("body", "一张表填了三遍")])
        .expect(303);
    assert_eq!(status("suggestions"), "pass");
    t.advance(31 * kernel::time::DAY);
    assert_eq!(status("suggestions"), "attention");

    let kept = office.submit(home, &format!("{home}/records"), &[]).expect(303).location().unwrap();
    assert_eq!(kept, format!("{home}/records/1"));
    for client in [&office, &t.member("office", vec![whole_city(Role::Office)]).english()] {
        for path in [home, &kept] {
            let page = client.get(path).expect(200);
            assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
        }
    }
    // answered afterwards: what was kept stays as it was found
    let list = office.get("/admin/suggestions").expect(200);
    let id =
        list.text().split("href=\"/admin/suggestions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let record = format!("/admin/suggestions/{id}");
    office.submit(&record, &format!("{record}/answer"), &[("answer", "已合并")]).expect(303);
    assert_eq!(status("suggestions"), "pass");
    let then = office.get("/api/v1/self-checks/1").expect(200).json();
    let duties = then["report"]["duties"].as_array().unwrap();
    assert!(duties.iter().any(|d| d["duty"] == "suggestions" && d["status"] == "attention"));
    assert_eq!(office.get("/api/v1/self-checks").expect(200).json()["items"].as_array().unwrap().len(), 1);
    for (kind, begins) in [("pdf", &b"%PDF"[..]), ("docx", &b"PK"[..])] {
        let file = office.get(&format!("{kept}/{kind}")).expect(200);
        assert!(file.bytes.starts_with(begins), "{kind}");
    }
    let csv = office.get(&format!("{home}?format=csv")).expect(200);
    assert!(csv.text().matches("国办函〔2026〕12号").count() >= 8, "{}", csv.text());
    // the number is taken back
    file(&[("filing_number", "")]).expect(303);
    assert_eq!(status("filing"), "attention");

    let auditor = t.member("审计", vec![whole_city(Role::Auditor)]);
    auditor.get(&kept).expect(200);
    auditor.submit(home, &format!("{home}/records"), &[]).expect(403);
    auditor.submit(home, &format!("{home}/filing"), &[("filing_number", "x")]).expect(403);
    t.member("丙", vec![whole_city(Role::Inspector)]).get("/api/v1/self-check").expect(403);
    t.public().get("/api/v1/self-checks").expect(401);
    office.get(&format!("{home}/records/9")).expect(404);
}
