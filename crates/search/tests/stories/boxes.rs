use super::world::{PHONE, World, features};
use kernel::policy::Role;
use store::sql;
use testkit::{TestApp, grant, stories, whole_city};

stories!(features();
    everything_is_found_with_its_reason, cases_are_found_through_their_street, a_unit_sees_its_own,
    a_telephone_is_for_those_who_may_know_it, lists_forgive_too, an_address_is_put_right, odd_texts_do_no_harm,
    what_was_there_before_is_found, strangers_see_what_is_public);

fn link(words: &str) -> String {
    format!("/search?q={}", web::ui::encode(words))
}

fn everything_is_found_with_its_reason(t: &TestApp) {
    let w = World::new(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    for (words, href, reason) in [
        ("新花北路", "/sections?street=", "读音相同"),
        ("xhbl", "/sections?street=", "按拼音首字母"),
        ("xinhuabeilu", "/sections?street=", "按拼音"),
        ("新北路", "/sections?street=", "少了一个字"),
        ("雄关广厂", "/sites/P-0001", "读音相同"),
        ("xggc", "/sites/P-0001", "按拼音首字母"),
        ("雄关接道", "/divisions/620201001", "读音相同"),
        ("弟一中学", "/units/U-0003", "读音相同"),
        ("szgls", "/units/U-0004", "按拼音首字母"),
    ] {
        let page = office.get(&link(words)).expect(200);
        assert!(page.has(href) && page.has(reason), "{words}: {}", page.text());
        assert_eq!(page.missing_texts(), Vec::<&str>::new());
    }
    // a guess is told as one; what was typed as it is needs none
    assert!(office.get(&link("新花北路")).expect(200).has("您是不是要找"));
    let plain = office.get(&link("新华北路")).expect(200);
    assert!(!plain.has("您是不是要找") && plain.has("/sections?street="));
    assert!(office.get(&link("新花北路 省利路")).expect(200).has("新华北路 胜利路"));
    let number = &w.numbers[0];
    assert!(office.get(&link(number)).expect(200).has(&format!("href=\"/cases/{number}\"")));
    assert!(office.get(&format!("{}&lang=en", link("xhbl"))).expect(200).status == 200);
    let answer = office.get(&format!("/api/v1{}", link("新花北路"))).expect(200).json();
    assert_eq!(answer["meant"][0]["name"], "新华北路");
    assert_eq!(answer["meant"][0]["reason"], "sound");
    let below = office.get(&link("xhbl").replace("/search", "/search/suggestions")).expect(200);
    assert!(below.has("新华北路") && !below.has("<html"));
}

fn cases_are_found_through_their_street(t: &TestApp) {
    let w = World::new(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    for words in ["xhbl", "新花北路", "新华北路", "第一中学", "dyzx", "弟一中学"] {
        let page = office.get(&link(words)).expect(200);
        assert!(page.has(&w.numbers[0]) && !page.has(&w.numbers[1]), "{words}");
        let list = office.get(&format!("/cases?q={}", web::ui::encode(words))).expect(200);
        assert!(list.has(&w.numbers[0]) && !list.has(&w.numbers[1]), "{words}");
    }
    // two characters of the case itself
    let page = office.get(&link("路灯")).expect(200);
    assert!(page.has(&w.numbers[1]) && !page.has(&w.numbers[0]));
}

fn a_unit_sees_its_own(t: &TestApp) {
    let w = World::new(t);
    let school = t.member("李老师", vec![grant(Role::UnitClerk, &[w.school.raw()])]);
    let bureau = t.member("张工", vec![grant(Role::UnitClerk, &[w.bureau.raw()])]);
    assert!(school.get(&link("xhbl")).expect(200).has(&w.numbers[0]));
    let other = bureau.get(&link("xhbl")).expect(200);
    assert!(!other.has(&w.numbers[0]) && other.has("/sections?street="));
    let answer = bureau.get(&format!("/api/v1{}", link("井盖"))).expect(200);
    assert!(!answer.has(&w.numbers[0]));
    assert_eq!(t.public().get("/search?q=x").status, 303);
    assert_eq!(t.public().get("/api/v1/search?q=x").status, 401);
}

fn a_telephone_is_for_those_who_may_know_it(t: &TestApp) {
    let w = World::new(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let school = t.member("李老师", vec![grant(Role::UnitClerk, &[w.school.raw()])]);
    assert!(office.get(&link(PHONE)).expect(200).has(&w.numbers[0]));
    assert!(office.get(&link("+86 139-1234-5678")).expect(200).has(&w.numbers[0]));
    assert!(!office.get(&link("13912345679")).expect(200).has(&w.numbers[0]));
    assert!(!school.get(&link(PHONE)).expect(200).has(&w.numbers[0]));
}

fn lists_forgive_too(t: &TestApp) {
    let _ = World::new(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    for (list, words, wanted) in [
        ("/sections", "新花北路", "S-0001"),
        ("/sections", "xhbl", "S-0001"),
        ("/sites", "xggc", "P-0001"),
        ("/units", "dyzx", "U-0003"),
        ("/api/v1/sections", "xhbl", "S-0001"),
    ] {
        let page = office.get(&format!("{list}?q={}", web::ui::encode(words))).expect(200);
        assert!(page.has(wanted), "{list} {words}");
        let nothing = office.get(&format!("{list}?q=qqqq")).expect(200);
        assert!(!nothing.has(wanted), "{list}");
    }
}

fn an_address_is_put_right(t: &TestApp) {
    let _ = World::new(t);
    let asked =
        |address: &str| t.public().get(&format!("/search/streets?address={}", web::ui::encode(address)));
    let page = asked("市区 新花北路12号").expect(200);
    assert!(page.has("data-value=\"市区 新华北路12号\"") && page.has("读音相同"), "{}", page.text());
    assert!(!asked("新华北路12号").expect(200).has("data-value"));
    assert!(!asked("").expect(200).has("data-value"));
    assert!(!asked("幸福里小区").expect(200).has("data-value"));
    let form = t.member("王晓梅", vec![whole_city(Role::Office)]).get("/cases/new").expect(200);
    assert!(form.has("/search/streets"));
}

fn odd_texts_do_no_harm(t: &TestApp) {
    let _ = World::new(t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let long = "路".repeat(10_000);
    for words in [
        "",
        " ",
        "新",
        "x",
        "%",
        "_",
        "%%%",
        "'; drop table unit; --",
        "\u{0}\u{1}\n",
        "\"路\" OR *",
        "😀",
        "-1",
    ] {
        for start in
            ["/search", "/search/suggestions", "/api/v1/search", "/cases", "/sections", "/sites", "/units"]
        {
            let page = office.get(&format!("{start}?q={}", web::ui::encode(words)));
            assert!(page.status == 200, "{start} {words:?}: {}", page.status);
        }
    }
    for address in
        [link(&long[..9000]), format!("/search/streets?address={}", web::ui::encode(&long[..9000]))]
    {
        let status = office.get(&address).status;
        assert!(matches!(status, 200 | 414 | 431), "{status}");
    }
    assert!(!office.get(&link("%")).expect(200).has("/sections?street="));
}

/// A city that was there before names were kept.
fn what_was_there_before_is_found(t: &TestApp) {
    let _ = World::new(t);
    let ctx = t.test.ctx_system();
    t.test
        .db
        .write_now(&ctx, |tx| {
            tx.housekeeping();
            tx.exec(sql!("delete from name_version"), &[])?;
            tx.exec(sql!("delete from name_key"), &[])?;
            tx.exec(sql!("delete from name_bearer"), &[])?;
            tx.exec(sql!("delete from name_text"), &[]).map(drop)
        })
        .unwrap();
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    assert!(!office.get(&link("xhbl")).expect(200).has("/sections?street="));
    t.app.open_city(t.city.clone()).unwrap();
    for (words, href) in [
        ("xhbl", "/sections?street="),
        ("xggc", "/sites/P-0001"),
        ("dyzx", "/units/U-0003"),
        ("xgjd", "/divisions/620201001"),
    ] {
        assert!(office.get(&link(words)).expect(200).has(href), "{words}");
    }
}

fn strangers_see_what_is_public(t: &TestApp) {
    let w = World::new(t);
    let list = t.public().get(&format!("/public/cases?q={}", web::ui::encode("xhbl"))).expect(200);
    assert!(list.has(&w.numbers[0]) && !list.has(&w.numbers[1]));
    assert!(!t.public().get(&format!("/public/cases?q={PHONE}")).expect(200).has(&w.numbers[0]));
}
