//! What people see, from the plan to the page that everybody may read.

use super::world::{World, told};
use inspections::model::Draft;
use kernel::policy::Role;
use kernel::time::DAY;
use testkit::whole_city;

told!(
    an_inspection_is_planned_bound_drawn_and_shown,
    what_is_wrong_is_said_and_kept,
    a_draw_is_checked,
    a_point_is_replaced_on_its_page,
    everything_reads_in_both_languages,
);

fn an_inspection_is_planned_bound_drawn_and_shown(w: &World) {
    let office = w.office();
    let until = w.t.test.db.now().plus(3 * DAY).date().to_string();
    let from = w.t.test.db.now().date().to_string();
    let form = [
        ("inspection_name", "第一季度实地考察"),
        ("inspection_from", from.as_str()),
        ("inspection_until", until.as_str()),
        ("inspection_method", "per-type"),
        ("inspection_by_division", "1"),
        ("inspection_exclude", "6"),
        ("inspection_second", "30"),
        ("inspection_public", "当日福彩3D开奖号码"),
        ("inspection_types", "market"),
        ("amount_market", "4"),
        ("inspection_types", "school"),
        ("amount_school", "3"),
        ("inspection_types", "park"),
        ("amount_park", "2"),
    ];
    let made = office.submit("/inspections/new", "/inspections", &form).expect(303).location().unwrap();
    assert!(made.starts_with("/inspections/IN-2026-0001"), "{made}");
    let at = "/inspections/IN-2026-0001";
    let page = office.get(at).expect(200);
    for words in ["筹备", "从 22 个点位、4 层里抽取 7 个", "没有在用的点位：公园", "集贸市场 · 雄关街道"]
    {
        assert!(page.has(words), "{words}");
    }
    // changed, then bound
    let edit = format!("{at}/edit");
    let mut changed = form.to_vec();
    changed.truncate(12);
    assert!(office.get(&edit).expect(200).has("value=\"第一季度实地考察\""));
    let version = [("version", "1")];
    changed.extend(version);
    office.submit(&edit, at, &changed).expect(303);
    assert!(!office.get(at).expect(200).has("公园"));
    office.submit(at, &format!("{at}/commitment"), &[]).expect(303);
    office.get(&edit).expect(409);
    let page = office.get(at).expect(200);
    let whole = w.whole("IN-2026-0001");
    let commitment = whole.draw.unwrap().commitment;
    assert!(page.has(&commitment) && page.has("已承诺"));
    // everybody sees that it is bound, and neither what nor when
    let public = w.t.public();
    assert!(public.get("/public/draws").expect(200).has(&commitment));
    let page = public.get("/public/draws/IN-2026-0001").expect(200);
    assert!(page.has(&commitment) && page.has("当日福彩3D开奖号码"));
    for hidden in ["第一季度", "市场", "雄关"] {
        assert!(!page.has(hidden), "{hidden}");
    }
    // drawn, begun, ended
    let draw = format!("{at}/draw");
    let page = office.submit(at, &draw, &[("inspection_value", ""), ("inspection_witness", "")]).expect(422);
    assert!(page.has("必须填写"));
    let form = [("inspection_value", "2026180期 5 0 7"), ("inspection_witness", "纪检监察组 甲")];
    office.submit(at, &draw, &form).expect(303);
    assert!(office.get(at).expect(200).has("考察 7 个点位"));
    let points = office.get(&format!("{at}/points")).expect(200);
    assert!(points.has("复查") && points.has("data-map"));
    let map = office.get(&format!("{at}/points.json")).expect(200).json();
    assert_eq!(map["features"].as_array().unwrap().len(), 7);
    let csv = office.get(&format!("{at}/points?format=csv")).expect(200);
    assert_eq!(csv.text().lines().count(), 8);
    assert_eq!(office.get("/inspections?format=xlsx").expect(200).bytes[..2], *b"PK");
    let page = public.get("/public/draws/IN-2026-0001").expect(200);
    assert!(page.has("2026180期 5 0 7") && !page.has("P-0"), "the value is out, the points are not");
    public.get("/public/draws/IN-2026-0001/draw.json").expect(404);
    office.submit(at, &format!("{at}/start"), &[]).expect(303);
    office.submit(at, &format!("{at}/end"), &[]).expect(303);
    let page = public.get("/public/draws/IN-2026-0001").expect(200);
    assert!(page.has("第一季度实地考察") && page.has("P-0") && page.has("密数"));
    let file = public.get("/public/draws/IN-2026-0001/draw.json").expect(200).json();
    assert_eq!(file["commitment"], commitment.as_str());
    // the paper
    let pdf = w.auditor().get(&format!("{at}/certificate.pdf")).expect(200);
    assert_eq!((&pdf.bytes[..5], pdf.header("content-type")), (&b"%PDF-"[..], "application/pdf"));
    let page = w.auditor().get(&format!("{at}/certificate")).expect(200);
    assert!(page.has("纪检监察组 甲") && page.has(&commitment) && page.has("后续顺位"));
    // found by its number
    let listed = office.get("/inspections?state=ended").expect(200);
    assert!(
        listed.has("IN-2026-0001") && !office.get("/inspections?state=planned").expect(200).has("IN-2026")
    );
    office.get("/inspections?state=nonsense").expect(422);
}

fn what_is_wrong_is_said_and_kept(w: &World) {
    let office = w.office();
    let form = [
        ("inspection_name", ""),
        ("inspection_from", "2026-03-09"),
        ("inspection_until", "2026-03-01"),
        ("inspection_method", "fixed"),
        ("inspection_exclude", "99"),
        ("inspection_second", "a"),
        ("inspection_public", "摇号"),
        ("inspection_types", "market"),
        ("amount_market", ""),
    ];
    let page = office.submit("/inspections/new", "/inspections", &form).expect(422);
    for words in ["选中的类型都要填写数量", "value=\"摇号\""] {
        assert!(page.has(words), "{words}");
    }
    let mut form = form.to_vec();
    form.retain(|(name, _)| !["inspection_second", "amount_market"].contains(name));
    form.push(("amount_market", "2"));
    let page = office.submit("/inspections/new", "/inspections", &form).expect(422);
    for words in ["必须填写", "结束日期不能早于开始日期", "0 到 36"] {
        assert!(page.has(words), "{words}");
    }
    assert!(office.get("/inspections").expect(200).has("还没有实地考察"), "nothing was made");
    // an old form
    let made = w.planned(w.draft());
    let csrf = office.get("/inspections").csrf();
    let old = [("csrf", csrf.as_str()), ("version", "7")];
    office.post(&format!("/inspections/{}/commitment", made.number), &old).expect(409);
    office.get("/inspections/IN-2026-0099").expect(404);
    office.get(&format!("/inspections/{}/points", made.number)).expect(404);
    office.get(&format!("/inspections/{}/certificate", made.number)).expect(404);
}

fn a_draw_is_checked(w: &World) {
    let made = w.drawn(w.draft());
    let file = w.office().get(&format!("/inspections/{}/draw.json", made.number)).expect(200);
    // anybody of staff may
    let clerk = w.t.member("社区", vec![testkit::grant(Role::UnitClerk, &[7])]);
    let check = |bytes: &[u8]| {
        clerk.upload("/inspections/check", "/inspections/check", &[], &[("draw_file", "draw.json", bytes)])
    };
    assert!(check(&file.bytes).expect(200).has("完全一致"));
    let forged = file.text().replacen("市场1", "市场9", 1);
    let page = check(forged.as_bytes()).expect(200);
    assert!(page.has("有不符之处") && page.has("名册指纹") && page.has("承诺指纹"));
    let forged = file.text().replacen("5 0 7", "5 0 8", 1);
    assert!(check(forged.as_bytes()).expect(200).has("种子"));
    assert!(check(b"{}").expect(422).has("这不是 draw.json"));
    assert!(check(b"\xff\xfe not json").expect(422).has("这不是 draw.json"));
    clerk.upload("/inspections/check", "/inspections/check", &[], &[]).expect(422);
}

fn a_point_is_replaced_on_its_page(w: &World) {
    let made = w.drawn(w.draft());
    let office = w.office();
    let points = format!("/inspections/{}/points", made.number);
    let to = format!("/inspections/{}/replacements", made.number);
    let record = w.whole(&made.number).record().unwrap();
    let out = record.strata[0].drawn[0].clone();
    let page =
        office.submit(&points, &to, &[("inspection_point", &out), ("inspection_reason", "")]).expect(422);
    assert!(page.has("必须填写"));
    office.submit(&points, &to, &[("inspection_point", ""), ("inspection_reason", "x")]).expect(422);
    let form = [("inspection_point", out.as_str()), ("inspection_reason", "闭店装修")];
    office.submit(&points, &to, &form).expect(303);
    let page = office.get(&points).expect(200);
    assert!(page.has("替换记录") && page.has("闭店装修") && page.has(&format!("替换 {out}")));
    let page = office.get(&format!("/inspections/{}/certificate", made.number)).expect(200);
    assert!(page.has("闭店装修") && page.has(&record.strata[0].reserves[0]));
    // an inspector sees where to go, not the secret
    let inspector = w.t.member("督查员", vec![whole_city(Role::Inspector)]);
    assert!(!inspector.get(&points).expect(200).has("替换为下一个"));
    inspector.get(&format!("/inspections/{}/certificate", made.number)).expect(403);
}

fn everything_reads_in_both_languages(w: &World) {
    let planned = w.planned(w.draft()).number;
    let drawn = w.drawn(Draft { exclude_months: 0, ..w.draft() }).number;
    let ended = w.ended(Draft { exclude_months: 0, ..w.draft() }).number;
    for client in [w.office(), w.office().english()] {
        for page in [
            "/inspections".to_owned(),
            "/inspections/new".to_owned(),
            "/inspections/check".to_owned(),
            format!("/inspections/{planned}"),
            format!("/inspections/{planned}/edit"),
            format!("/inspections/{drawn}"),
            format!("/inspections/{drawn}/points"),
            format!("/inspections/{ended}/certificate"),
            "/public/draws".to_owned(),
            format!("/public/draws/{drawn}"),
            format!("/public/draws/{ended}"),
        ] {
            let page = client.get(&page).expect(200);
            assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
        }
    }
}
