//! Types of site, as the office keeps them: each story on both engines.

#[cfg(test)]
mod stories {
    use axum::http::Method;
    use kernel::policy::Role;
    use serde_json::json;
    use testkit::{Client, TestApp, whole_city};

    testkit::stories!(vec![places::feature()]; types_are_kept, types_stand_in_an_order, programs_keep_types);

    fn office(t: &TestApp) -> Client<'_> {
        t.test.leave_jobs();
        let ctx = t.test.ctx_system();
        let inner = ctx.clone();
        t.test.db.write_now(&ctx, move |tx| places::setup::site_types(&inner, tx).map(drop)).unwrap();
        t.member("文明办", vec![whole_city(Role::Office)])
    }

    /// Codes in the order of the list.
    fn codes(t: &TestApp) -> Vec<String> {
        t.test
            .db
            .read_now(|tx| Ok(places::queries::all_site_types(tx)?.into_iter().map(|t| t.code).collect()))
            .unwrap()
    }

    fn types_are_kept(t: &TestApp) {
        let office = office(t);
        let shown = office.get("/sites/types").expect(200);
        assert!(shown.has("集贸市场") && shown.has("农贸市场 菜市场") && shown.missing_texts().is_empty());
        assert!(codes(t).len() >= 54);
        let form = [
            ("place_code", "parcel_lockers"),
            ("type_name_zh", "快递柜"),
            ("type_name_en", "Parcel lockers"),
            ("type_words", "智能快递柜"),
            ("type_active", "1"),
        ];
        office.submit("/sites/types/new", "/sites/types", &form).expect(303);
        assert_eq!(codes(t).last().unwrap(), "parcel_lockers", "a new one stands last");
        assert!(office.submit("/sites/types/new", "/sites/types", &form).expect(422).has("已有这个代码"));
        let mut bad = form.to_vec();
        bad[0].1 = "Parcel Lockers";
        bad[1].1 = " ";
        let page = office.submit("/sites/types/new", "/sites/types", &bad).expect(422);
        assert!(page.has("小写字母") && page.has("必须填写") && page.has("value=\"智能快递柜\""));
        // renamed and retired: it is offered no more, and is not gone
        let one = "/sites/types/parcel_lockers";
        assert!(office.english().get(one).expect(200).missing_texts().is_empty());
        let office = t.member("文明办", vec![whole_city(Role::Office)]);
        let form = [("type_name_zh", "快递柜组"), ("type_name_en", "Parcel lockers"), ("type_words", "")];
        office.submit(one, one, &form).expect(303);
        let shown = office.get("/sites/types").expect(200);
        assert!(shown.has("快递柜组") && shown.has("已停用"));
        assert!(!office.get("/sites/new").expect(200).has("快递柜组"));
        // somebody was faster
        let csrf = office.get(one).csrf();
        let old = [("csrf", csrf.as_str()), ("version", "1"), ("type_name_zh", "甲"), ("type_name_en", "x")];
        office.post(one, &old).expect(409);
        office.get("/sites/types/nonsense").expect(404);
        // others look only
        let inspector = t.member("督查员", vec![whole_city(Role::Inspector)]);
        assert!(!inspector.get("/sites/types").expect(200).has("/sites/types/new"));
        inspector.get("/sites/types/new").expect(403);
        inspector.get(one).expect(403);
        let csrf = inspector.get("/sites/types").csrf();
        inspector.post(&format!("{one}/place"), &[("csrf", &csrf), ("to", "up")]).expect(403);
        let csv = office.get("/sites/types?format=csv").expect(200);
        assert!(csv.has("market,集贸市场") && csv.has("parcel_lockers,快递柜组"));
    }

    fn types_stand_in_an_order(t: &TestApp) {
        let office = office(t);
        let before = codes(t);
        let place = |code: &str, to: &str| {
            let at = format!("/sites/types/{code}/place");
            office.submit("/sites/types", &at, &[("to", to)]).expect(303);
        };
        place(&before[2], "up");
        let mut expected = before.clone();
        expected.swap(1, 2);
        assert_eq!(codes(t), expected);
        place(&expected[0], "up");
        assert_eq!(codes(t), expected, "the first stays the first");
        place(&expected[0], "down");
        expected.swap(0, 1);
        assert_eq!(codes(t), expected);
        let last = expected.last().unwrap().clone();
        place(&last, "down");
        assert_eq!(codes(t), expected);
    }

    fn programs_keep_types(t: &TestApp) {
        let _ = office(t);
        let api = "/api/v1/site-types";
        let office = t.member("文明办", vec![whole_city(Role::Office)]).by_key();
        let draft = json!({"name_zh": "快递柜", "name_en": "Parcel lockers", "active": true});
        let made = office.json(&Method::PUT, &format!("{api}/parcel_lockers"), &draft).expect(200).json();
        assert_eq!((&made["version"], &made["words"]), (&json!(1), &json!("")));
        office.json(&Method::PUT, &format!("{api}/parcel_lockers"), &draft).expect(422);
        let change = json!({"name_zh": "快递柜", "name_en": "Lockers", "active": false, "version": 1});
        let changed = office.json(&Method::PUT, &format!("{api}/parcel_lockers"), &change).expect(200).json();
        assert_eq!((&changed["version"], &changed["active"]), (&json!(2), &json!(false)));
        office.json(&Method::PUT, &format!("{api}/parcel_lockers"), &change).expect(409);
        let listed = t.public().get(api).expect(200).json();
        assert_eq!(listed["items"].as_array().unwrap().last().unwrap(), &changed);
        let clerk = t.member("社区", vec![testkit::grant(Role::UnitClerk, &[7])]).by_key();
        clerk.json(&Method::PUT, &format!("{api}/x"), &draft).expect(403);
        t.public().json(&Method::PUT, &format!("{api}/x"), &draft).expect(401);
    }
}
