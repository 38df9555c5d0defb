//! Schemes: written, filled, copied, published, compared, and what they come to.

use super::rounds::{act, bring, features, office};
use assessment::rounds::commands::step;
use assessment::rounds::workflow::Step;
use assessment::scheme::commands::{
    CycleDraft, NewScheme, NodeDraft, Shift, add, copy, edit, fill, make, make_cycle, publish, remove, shift,
    split,
};
use assessment::scheme::figures::share;
use assessment::scheme::model::{NodeKind, Part, Scheme, Year};
use assessment::scheme::notation::Rule;
use assessment::scheme::queries::{Full, cycle, figures, full};
use assessment::scheme::sample::Sample;
use assessment::scheme::{diff, sheet};
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use scoring::{Exact, Missing, Observation, Outcome, Value};
use serde_json::json;
use testkit::{TestApp, whole_city};

testkit::stories!(features();
    a_draft_is_written_node_by_node,
    what_is_published_is_frozen_and_copied,
    rounds_feed_a_scheme,
    a_year_is_the_mean_of_its_rounds,
    pages_and_api_of_schemes,
);

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn draft(code: &str, ways: &[(&str, &str, &str)]) -> NodeDraft {
    let part = |(way, points, rule): &(&str, &str, &str)| Part {
        way: (*way).into(),
        points: exact(points),
        rule: Rule::read(rule).unwrap(),
    };
    NodeDraft {
        code: code.into(),
        name: format!("标准{code}"),
        kind: NodeKind::Normal,
        veto: None,
        parts: ways.iter().map(part).collect(),
        lead_unit: String::new(),
        units: Vec::new(),
        point_types: Vec::new(),
        evidence: Vec::new(),
        observed: Vec::new(),
        note: String::new(),
    }
}

fn fresh(t: &TestApp, ctx: &Ctx, sample: Option<Sample>) -> Scheme {
    act(t, ctx, move |ctx, tx| {
        let new = NewScheme {
            name: "体系".into(),
            cycle: String::new(),
            observed_way: "实地考察".into(),
            note: String::new(),
            sample: sample.is_some(),
        };
        let scheme = make(ctx, tx, new)?;
        if let Some(sample) = sample {
            fill(ctx, tx, &scheme.number, sample.lines()?)?;
        }
        Ok(scheme)
    })
    .unwrap()
}

fn whole(t: &TestApp, ctx: &Ctx, number: &str) -> Full {
    let (ctx, number) = (ctx.clone(), number.to_owned());
    t.test.db.read_now(move |tx| full(&ctx, tx, &number)).unwrap()
}

fn codes(full: &Full) -> Vec<(String, usize)> {
    full.placed.iter().map(|p| (p.node.code.clone(), p.depth)).collect()
}

fn code<T>(done: Result<T>) -> (u16, &'static str) {
    match done {
        Ok(_) => (200, ""),
        Err(Problem { status, code, fields, .. }) => (status, fields.first().map_or(code, |f| f.code)),
    }
}

fn a_draft_is_written_node_by_node(t: &TestApp) {
    let ctx = office(t);
    let scheme = fresh(t, &ctx, None);
    let number = scheme.number.clone();
    let put = |above: Option<&'static str>, node: NodeDraft| {
        let number = number.clone();
        act(t, &ctx, move |ctx, tx| add(ctx, tx, &number, above, node))
    };
    let go = |code: &'static str, to: Shift| {
        let number = number.clone();
        act(t, &ctx, move |ctx, tx| shift(ctx, tx, &number, code, to))
    };
    put(None, draft("1", &[])).unwrap();
    put(None, draft("2", &[("实地考察", "46.3", "平均(1)"), ("材料审核", "39.7", "分级(1, 0.5, 0)")]))
        .unwrap();
    put(Some("1"), draft("1-1", &[("问卷调查", "10", "平均(1)")])).unwrap();
    put(Some("1"), draft("1-2", &[])).unwrap();
    assert_eq!(code(put(None, draft("2", &[]))), (422, "used-already"));
    assert_eq!(code(put(None, draft("a/b", &[]))), (422, "node-code-form"));
    assert_eq!(code(put(Some("9"), draft("9-1", &[]))), (404, "not-found"));
    let faults: Vec<_> = whole(t, &ctx, &number).faults.into_iter().map(|f| (f.code, f.node)).collect();
    assert_eq!(faults, [("no-way", "1-2".to_owned())]);
    go("2", Shift::Up).unwrap();
    go("1-2", Shift::Out).unwrap();
    let at = |code: &str, depth| (code.to_owned(), depth);
    assert_eq!(codes(&whole(t, &ctx, &number)), [at("2", 0), at("1", 0), at("1-1", 1), at("1-2", 0)]);
    go("1-2", Shift::In).unwrap();
    assert_eq!(codes(&whole(t, &ctx, &number)), [at("2", 0), at("1", 0), at("1-1", 1), at("1-2", 1)]);
    assert_eq!(code(go("2", Shift::Up)), (409, "node-cannot-move"));
    assert_eq!(code(go("2", Shift::Out)), (409, "node-cannot-move"));
    let taken = |code: &'static str| {
        let number = number.clone();
        act(t, &ctx, move |ctx, tx| remove(ctx, tx, &number, code))
    };
    assert_eq!(code(taken("1")), (409, "node-has-nodes"));
    taken("1-2").unwrap();
    // 2 is judged: nothing can stand below it
    put(Some("2"), draft("2-1", &[("网上测评", "1", "符合率")])).unwrap();
    let faults: Vec<_> = whole(t, &ctx, &number).faults.into_iter().map(|f| (f.code, f.node)).collect();
    assert_eq!(faults, [("judged-and-divided", "2".to_owned())]);
    let of = number.clone();
    assert_eq!(code(act(t, &ctx, move |ctx, tx| publish(ctx, tx, &of, None))), (409, "scheme-faulty"));
}

fn what_is_published_is_frozen_and_copied(t: &TestApp) {
    let ctx = office(t);
    let scheme = fresh(t, &ctx, Some(Sample::City));
    let number = scheme.number.clone();
    let before = whole(t, &ctx, &number);
    assert_eq!(before.faults, []);
    let (of, version) = (number.clone(), before.scheme.version);
    act(t, &ctx, move |ctx, tx| publish(ctx, tx, &of, Some(version))).unwrap();
    let of = number.clone();
    assert_eq!(
        code(act(t, &ctx, move |ctx, tx| add(ctx, tx, &of, None, draft("x", &[])))),
        (409, "scheme-frozen")
    );
    let of = number.clone();
    assert_eq!(code(act(t, &ctx, move |ctx, tx| remove(ctx, tx, &of, "Ⅲ-1"))), (409, "scheme-frozen"));
    let of = number.clone();
    let next = act(t, &ctx, move |ctx, tx| copy(ctx, tx, &of)).unwrap();
    assert_eq!((next.edition, next.based_on), (2, Some(scheme.id)));
    let after = whole(t, &ctx, &next.number);
    assert_eq!(diff::between(&before.placed, &after.placed), []);
    let (of, old) =
        (next.number.clone(), after.placed.iter().find(|p| p.node.code == "Ⅲ-2").unwrap().node.clone());
    act(t, &ctx, move |ctx, tx| {
        let changed = NodeDraft {
            units: split("甲、乙；甲"),
            ..draft("Ⅲ-2", &[("实地考察", "9", "符合率")])
        };
        edit(ctx, tx, &of, "Ⅲ-2", NodeDraft { name: old.name.clone(), ..changed }, Some(old.version))?;
        remove(ctx, tx, &of, "加-1")
    })
    .unwrap();
    let after = whole(t, &ctx, &next.number);
    let found = diff::between(&before.placed, &after.placed);
    let told: Vec<_> = found.iter().map(|d| (d.code.as_str(), d.what.code(), d.fields.len())).collect();
    // ways, lead unit, units, point types, observed items
    assert_eq!(told, [("Ⅲ-2", "changed", 5), ("加-1", "removed", 0)]);
    assert_eq!(whole(t, &ctx, &number).placed, before.placed, "the published one is what it was");
}

fn one(value: Value) -> Observation {
    Observation { value, point: 1, scorer: 1, occasion: 1, period: 1, again: false }
}

/// Points of one node of a sample for these observations.
fn comes_to(sample: Sample, code: &str, seen: &[Observation]) -> String {
    let lines = sample.lines().unwrap();
    let part = lines.iter().find(|l| l.draft.code == code).unwrap().draft.parts[0].clone();
    match share(&part.rule, &seen.iter().collect::<Vec<_>>()) {
        Outcome::Share(share) => (&share * &part.points).to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn rules_of_two_cities_are_expressed_literally() {
    let of = |met: usize, unmet: usize| {
        let mut all = vec![one(Value::Met); met];
        all.extend(vec![one(Value::Unmet); unmet]);
        all.extend(vec![one(Value::NotApplicable); 7]);
        all
    };
    // 70 % and above: 50; each per cent below: 1 less; suspended ones are not among those due
    assert_eq!(comes_to(Sample::Jinhua, "1-1", &of(70, 30)), "50");
    assert_eq!(comes_to(Sample::Jinhua, "1-1", &of(65, 35)), "45");
    assert_eq!(comes_to(Sample::Jinhua, "1-1", &of(10, 90)), "0");
    assert_eq!(comes_to(Sample::Jinhua, "1-2", &of(90, 10)), "20");
    assert_eq!(comes_to(Sample::Jinhua, "1-2", &of(89, 11)), "0");
    let again = Observation { again: true, ..one(Value::Unmet) };
    // two reworked once, one three times
    assert_eq!(comes_to(Sample::Jinhua, "2-1", &[one(Value::Unmet), one(Value::Unmet), again]), "-0.9");
    // one found out, one shown by the media
    assert_eq!(comes_to(Sample::Jinhua, "2-2", &[one(Value::Unmet), again]), "-3");
    // three checks a month: 90, 100, 80; the next month one with 96; the mean of 90 and 96 is 93, of 70 points
    let mut checks = Vec::new();
    for (period, occasion, faults, repeated) in [(1, 1, 10, 0), (1, 2, 0, 0), (1, 3, 10, 5), (2, 4, 4, 0)] {
        let at = |value, again| Observation { occasion, period, again, ..one(value) };
        checks.push(at(Value::Met, false));
        checks.extend(vec![at(Value::Unmet, false); faults]);
        checks.extend(vec![at(Value::Unmet, true); repeated]);
    }
    assert_eq!(comes_to(Sample::Luan, "2", &checks), "65.1");
}

const ROUND: &str = "序号,项目,考察点位,扣分,区域,责任单位2\n\
    1,公共环境1,主干道,,甲街道,\n2,公共环境1,小区,0.5,甲街道,\n3,公共环境2,市场,1,乙街道,\n4,窗口服务,大厅,,甲街道,\n5,没有标准的,某处,1,甲街道,\n";

fn rounds_feed_a_scheme(t: &TestApp) {
    let ctx = office(t);
    let scheme = fresh(t, &ctx, Some(Sample::City));
    bring(t, &ctx, ROUND.into(), Some(Vec::new())).unwrap();
    let full = whole(t, &ctx, &scheme.number);
    let (asked, of, city) = (ctx.clone(), full.clone(), t.city.clone());
    let found = t
        .test
        .db
        .read_now(move |tx| figures(&asked, tx, &city, &of, "AR-000001", Missing::LeftOut))
        .unwrap()
        .unwrap();
    let of = |code: &str| {
        let at = full.placed.iter().position(|p| p.node.code == code).unwrap();
        let figure = &found.sums.nodes[at];
        (figure.points.to_string(), figure.reachable.to_string(), figure.unseen)
    };
    // 8 points, mean of 1 and 0.5; 6 points, nothing; 6 points, all
    assert_eq!(of("Ⅲ-1"), ("6".into(), "8".into(), 0));
    assert_eq!(of("Ⅱ-1"), ("6".into(), "14".into(), 1));
    assert_eq!(of("Ⅲ-10"), ("6".into(), "6".into(), 0));
    assert_eq!(found.sums.total.points.to_string(), "12");
    assert_eq!(found.sums.total.reachable.to_string(), "20");
    assert_eq!(found.unused, ["没有标准的"]);
    assert_eq!(found.observations["Ⅲ-1"], 2);
}

fn a_year_is_the_mean_of_its_rounds(t: &TestApp) {
    let ctx = office(t);
    for (n, csv) in
        [ROUND.to_owned(), ROUND.replace("0.5", "0"), ROUND.replace("0.5", "1")].into_iter().enumerate()
    {
        bring(t, &ctx, csv.into_bytes(), Some(Vec::new())).unwrap();
        if n < 2 {
            let number = format!("AR-00000{}", n + 1);
            for to in [Step::Check, Step::Publish] {
                let number = number.clone();
                act(t, &ctx, move |ctx, tx| step(ctx, tx, &number, to, "", None)).unwrap();
            }
        }
    }
    let year = i64::from(ctx.now.date().year());
    let given = Year { year: year + 1, weight: exact("3"), given: Some(exact("90%")) };
    let new = CycleDraft { name: "周期".into(), first_year: year, last_year: year + 2, years: vec![given] };
    let made = act(t, &ctx, move |ctx, tx| make_cycle(ctx, tx, new)).unwrap();
    let asked = ctx.clone();
    let (_, score) = t.test.db.read_now(move |tx| cycle(&asked, tx, &made.number)).unwrap();
    // (0.75 + 0 + 1 + 0) / 4 and (1 + 0 + 1 + 0) / 4; the third round is a draft
    assert_eq!(score.years[0].own.as_ref().unwrap().to_string(), "0.46875");
    assert_eq!(score.years[0].rounds.len(), 2);
    assert_eq!((score.years[2].score(), score.years[1].score().unwrap().to_string()), (None, "0.9".into()));
    // (0.46875 + 3 * 0.9) / 4
    assert_eq!(score.mean.unwrap(), exact("0.7921875"));
    let bad = CycleDraft { name: String::new(), first_year: 1, last_year: 99, years: Vec::new() };
    assert_eq!(code(act(t, &ctx, move |ctx, tx| make_cycle(ctx, tx, bad))), (422, "required"));
}

fn pages_and_api_of_schemes(t: &TestApp) {
    t.test.leave_jobs();
    let desk = t.member("王晓梅", vec![whole_city(Role::Office)]);
    for path in ["/assessment/schemes", "/assessment/cycles"] {
        assert_eq!(desk.get(path).expect(200).missing_texts(), Vec::<&str>::new(), "{path}");
    }
    let new = "/assessment/schemes/new";
    let fields = [("scheme_name", "体系"), ("scheme_sample", "city"), ("observed_way", "实地考察")];
    assert_eq!(desk.submit(new, new, &fields).expect(303).location().unwrap(), "/assessment/schemes/SC-0001");
    let cycle = [
        ("cycle_name", "周期"),
        ("first_year", "2026"),
        ("last_year", "2028"),
        ("cycle_years", "2026 | 2 | 90%"),
    ];
    desk.submit("/assessment/cycles/new", "/assessment/cycles/new", &cycle).expect(303);
    bring(t, &office(t), ROUND.into(), Some(Vec::new())).unwrap();
    let base = "/assessment/schemes/SC-0001";
    desk.submit(base, &format!("{base}/copies"), &[]).expect(303);
    let node = format!("{base}/nodes/%E2%85%A2-1");
    let form = [("node_code", "Ⅲ-1"), ("node_name", "改过"), ("node_kind", "normal")];
    let wrong =
        desk.submit(&node, &node, &[&form[..], &[("node_ways", "实地考察 | 8 | 瞎写")]].concat()).expect(422);
    assert!(wrong.has("第 1 行第 1 个字：没有“瞎写”这种计分规则"), "{}", wrong.text());
    desk.submit(&node, &node, &[&form[..], &[("node_ways", "实地考察 | 8 | 平均(1)")]].concat()).expect(303);
    let table = desk.get(&format!("{base}?format=csv")).expect(200);
    let (lines, report) = sheet::read(table.bytes.clone()).unwrap();
    assert_eq!((report.refused.len(), lines.len()), (0, 22));
    let import = format!("{base}/import");
    let tried =
        desk.upload(&import, &import, &[("act", "try")], &[("import_file", "a.csv", table.bytes.as_slice())]);
    assert!(tried.expect(200).has("可以导入 22 行"));
    let broken = table.text().replace("平均(1)", "瞎写");
    let refused =
        desk.upload(&import, &import, &[("act", "import")], &[("import_file", "a.csv", broken.as_bytes())]);
    assert!(refused.expect(422).has("一行也没有导入"));
    desk.upload(&import, &import, &[("act", "import")], &[("import_file", "a.csv", table.bytes.as_slice())])
        .expect(303);
    for english in [false, true] {
        let desk = t.member("王晓梅", vec![whole_city(Role::Office)]);
        let desk = if english { desk.english() } else { desk };
        for path in [
            "/assessment/schemes",
            new,
            base,
            "/assessment/schemes/SC-0001?by=AR-000001",
            "/assessment/schemes/SC-0001?by=2026&missing=lost",
            "/assessment/schemes/SC-0002/difference",
            "/assessment/schemes/SC-0001/difference?with=SC-0002",
            &import,
            &node,
            "/assessment/schemes/SC-0001/nodes/new?under=%E2%85%A0-1",
            "/assessment/rules",
            "/assessment/rules?rule=x",
            "/assessment/rules?rule=ratio",
            "/assessment/cycles",
            "/assessment/cycles/new",
            "/assessment/cycles/CY-01",
            "/assessment/cycles/CY-01/edit",
        ] {
            assert_eq!(desk.get(path).expect(200).missing_texts(), Vec::<&str>::new(), "{path}");
        }
    }
    let leader = t.member("领导", vec![whole_city(Role::Leader)]);
    assert!(leader.get(base).expect(200).has("改过"));
    assert_eq!(leader.submit(base, &format!("{base}/publication"), &[]).status, 403);
    desk.submit(base, &format!("{base}/publication"), &[]).expect(303);
    assert!(desk.get(&node).expect(200).has("改过"));
    let key = t.member("王晓梅", vec![whole_city(Role::Office)]).by_key();
    let post = axum::http::Method::POST;
    let api = "/api/v1/assessment-schemes";
    // the node that was changed names no item any more: only 窗口服务 has points
    let tree = key.get(&format!("{api}/SC-0001?by=AR-000001")).expect(200).json();
    assert_eq!((tree["points"].as_str(), tree["nodes"].as_array().unwrap().len()), (Some("6"), 22));
    let made = key.json(&post, api, &json!({"name": "金华", "sample": "jinhua"})).expect(201).json();
    let jinhua = format!("{api}/{}", made["number"].as_str().unwrap());
    let node =
        json!({"code": "9", "name": "新", "ways": [{"way": "统计", "points": "1/3", "rule": "ratio"}]});
    assert_eq!(
        key.json(&post, &format!("{jinhua}/nodes"), &node).expect(201).json()["ways"][0]["rule"],
        "符合率"
    );
    key.json(&post, &format!("{jinhua}/nodes/9/moves"), &json!({"to": "up"})).expect(200);
    key.json(&axum::http::Method::PUT, &format!("{jinhua}/nodes/9"), &node).expect(200);
    key.json(&axum::http::Method::DELETE, &format!("{jinhua}/nodes/9"), &json!({})).expect(200);
    key.json(&post, &format!("{jinhua}/publication"), &json!({})).expect(200);
    assert_eq!(key.json(&post, &format!("{jinhua}/nodes"), &node).status, 409);
    let checked = key.json(&post, "/api/v1/assessment-rules/check", &json!({"rule": "deduct(100"}));
    assert_eq!(checked.expect(422).json()["code"], "invalid");
    let cycle = key.get("/api/v1/assessment-cycles/CY-01").expect(200).json();
    assert_eq!((cycle["mean"].as_str(), cycle["years"][0]["weight"].as_str()), (Some("0.9"), Some("2")));
    let differs = key.get(&format!("{api}/SC-0001/difference?with=SC-0002")).expect(200).json();
    assert_eq!(differs["items"][0]["code"], "Ⅲ-1");
}
