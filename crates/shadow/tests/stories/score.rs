//! A plan is set; the score, its interval, the repairs and what they bring follow from rounds; the day is written down.

use assessment::rounds::import::{File, import};
use assessment::scheme::commands::{NewScheme, fill, make, publish};
use assessment::scheme::sample::Sample;
use axum::http::Method;
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::DAY;
use serde_json::{Value, json};
use store::{Query, Tx};
use testkit::{Client, TestApp, whole_city};
use web::Feature;

testkit::stories!(features();
    the_score_and_what_raises_it,
    a_plan_is_checked_whole,
    who_may_see_it,
    the_day_is_written_down_once,
);

/// Items of the sample: Ⅲ-1 has eight points, Ⅲ-10 six. Two of four points of 公共环境1 lose something.
const ROUND: &str = "序号,项目,考察点位,扣分,得分,区域,责任单位2,责任单位3
1,公共环境1,新华路,,,,市容局,
2,公共环境1,雄关路,0.5,,,市容局,
3,公共环境1,胜利路,1,,,街道办,
4,公共环境1,建设路,,,,街道办,
5,没有标准的1,某处,1,,,,
";

fn features() -> Vec<Feature> {
    vec![
        people::feature(),
        places::feature(),
        ladder::feature(),
        cases::feature(),
        inspections::feature(),
        assessment::feature(),
        evidence::feature(),
        fieldwork::feature(),
        surveys::feature(),
        shadow::feature(),
    ]
}

fn office(t: &TestApp) -> Client<'_> {
    t.member("文明办", vec![whole_city(Role::Office)])
}

fn act<T: Send + 'static>(
    t: &TestApp,
    act: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
) -> T {
    let ctx =
        Ctx { now: t.test.db.now(), ..t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)]) };
    t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx)).unwrap()
}

/// The sample scheme, published, and a round.
fn city(t: &TestApp) {
    act(t, |ctx, tx| {
        let new = NewScheme {
            name: "体系".into(),
            cycle: String::new(),
            observed_way: "实地考察".into(),
            note: String::new(),
            sample: true,
        };
        let scheme = make(ctx, tx, new)?;
        fill(ctx, tx, &scheme.number, Sample::City.lines()?)?;
        publish(ctx, tx, &scheme.number, None)?;
        let file = File {
            name: "一季度".into(),
            file_name: "a.csv".into(),
            tables: None,
            held_on: None,
            again: false,
        };
        import(ctx, tx, ROUND.into(), file).map(drop)
    });
}

const PLAN: &str = "/shadow/SC-0001/plan";

fn fields(t: &TestApp) -> Vec<(String, String)> {
    // as many ways as the scheme has, in its order
    let api = office(t).by_key().get("/api/v1/shadow/SC-0001").json();
    let parts = api["nodes"].as_array().unwrap().iter().flat_map(|n| n["parts"].as_array().unwrap());
    let mut ways: Vec<String> = Vec::new();
    for way in parts.map(|p| p["way"].as_str().unwrap().to_owned()) {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let mut fields = vec![("target".to_owned(), "95".to_owned()), ("efforts".to_owned(), String::new())];
    for (at, way) in ways.iter().enumerate() {
        let (origin, from) = if way == "实地考察" { ("rounds", "AR-000001") } else { ("none", "") };
        fields.push((format!("origin_{at}"), origin.to_owned()));
        fields.push((format!("from_{at}"), from.to_owned()));
    }
    fields
}

fn planned(t: &TestApp, change: impl Fn(&mut Vec<(String, String)>)) -> testkit::http::Page {
    let mut fields = fields(t);
    change(&mut fields);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    office(t).submit(PLAN, PLAN, &fields)
}

fn set(fields: &mut [(String, String)], name: &str, value: &str) {
    for field in fields.iter_mut().filter(|(n, _)| n == name) {
        value.clone_into(&mut field.1);
    }
}

fn the_score_and_what_raises_it(t: &TestApp) {
    city(t);
    let empty = office(t).get("/shadow/SC-0001").expect(200);
    assert!(empty.has("还没有设置数据来源"), "{}", empty.text());
    planned(t, |_| {}).expect(303);
    let score: Value = office(t).by_key().get("/api/v1/shadow/SC-0001").json();
    // mean of 1, 0.5, 0, 1 is five eighths of eight points
    assert_eq!((score["rate"].as_str(), score["points"].as_str()), (Some("0.625"), Some("5")));
    assert_eq!(score["worst_points"], "5");
    // four points: standard error 0.2393568, t with three degrees of freedom 3.1824463
    let (low, high) = (score["low"].as_f64().unwrap(), score["high"].as_f64().unwrap());
    assert!(low.abs() < 1e-9 && (high - 1.0).abs() < 1e-9, "{low} {high}");
    let error =
        score["nodes"].as_array().unwrap().iter().find(|n| n["code"] == "Ⅲ-1").unwrap()["error"].as_f64();
    assert!((error.unwrap() - 8.0 * 0.239_356_8).abs() < 1e-5, "{error:?}");
    assert_eq!((score["repairs"].as_i64(), score["repairs_to_target"].as_i64()), (Some(2), Some(2)));
    let repairs = office(t).by_key().get("/api/v1/shadow/SC-0001/repairs").json();
    assert_eq!(repairs["items"][0]["point"], "胜利路");
    assert_eq!(
        (repairs["items"][0]["gain"].as_str(), repairs["items"][1]["gain"].as_str()),
        (Some("2"), Some("1"))
    );
    for client in [office(t), office(t).english(), t.member("主任", vec![whole_city(Role::Leader)])] {
        for path in ["/shadow", "/shadow/SC-0001", "/shadow/SC-0001?fix=0.2", "/shadow/SC-0001/repairs"] {
            let page = client.get(path).expect(200);
            assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
        }
    }
    let page = office(t).get("/shadow/SC-0001?fix=0.2&fix=9.9&fix=nothing").expect(200);
    assert!(page.has("改好这 1 处，得分率从 62.50% 提高到 87.50%"), "{}", page.text());
    assert!(page.has("改好前 2 处就达到目标") && page.has("还差 32.50%"), "{}", page.text());
    let of_unit = office(t).get("/shadow/SC-0001/repairs?unit=%E5%B8%82%E5%AE%B9%E5%B1%80").expect(200);
    assert!(of_unit.has("雄关路") && !of_unit.has("胜利路") && of_unit.has("一起改好提高 1.00 分"));
    let file = office(t).get("/shadow/SC-0001/repairs?format=csv").expect(200);
    assert!(file.has("胜利路") && file.has("街道办"));
}

fn a_plan_is_checked_whole(t: &TestApp) {
    city(t);
    let shown = office(t).get(PLAN).expect(200);
    assert!(shown.missing_texts().is_empty() && shown.has("AR-000001"), "{:?}", shown.missing_texts());
    let wrong = planned(t, |fields| {
        set(fields, "target", "很高");
        set(fields, "efforts", "Ⅲ-1 实地考察");
    })
    .expect(422);
    assert!(wrong.has("请填 0 到 100 之间的百分数") && wrong.has("第 1 行不是"), "{}", wrong.text());
    for (name, value, what) in [
        ("target", "101", "请填 0 到 100 之间的百分数"),
        ("efforts", "Ⅲ-99 实地考察 2", "本体系没有这条标准"),
        ("efforts", "Ⅲ-1 实地考察 0", "0 到 1000"),
        ("from_0", "", "必须填写"),
    ] {
        let page = planned(t, |fields| set(fields, name, value)).expect(422);
        assert!(page.has(what) && page.missing_texts().is_empty(), "{name}: {}", page.text());
    }
    planned(t, |fields| set(fields, "efforts", "Ⅲ-1 实地考察 4\n")).expect(303);
    let again = office(t).get(PLAN).expect(200);
    assert!(again.has("Ⅲ-1 实地考察 4") && again.has("value=\"95\""), "{}", again.text());
    // somebody else was faster
    planned(t, |fields| fields.push(("version".into(), "9".into()))).expect(409);
    let key = office(t).by_key();
    let plan = json!({ "target": "0.9", "sources": [{ "way": "实地考察", "origin": "rounds", "from": ["AR-000009"] }] });
    let put = |body: &Value| key.json(&Method::PUT, "/api/v1/shadow/SC-0001/plan", body);
    put(&plan).expect(200);
    let score = key.get("/api/v1/shadow/SC-0001").json();
    assert_eq!((score["absent"].clone(), score["rate"].clone()), (json!(["AR-000009"]), Value::Null));
    let other = json!({ "target": "2", "sources": [{ "way": "猜", "origin": "luck", "from": [] }] });
    assert_eq!(put(&other).expect(422).json()["errors"][0]["field"], "sources");
    key.json(&Method::PUT, "/api/v1/shadow/SC-0009/plan", &plan).expect(404);
}

fn who_may_see_it(t: &TestApp) {
    city(t);
    for role in [Role::UnitHead, Role::Inspector, Role::Dispatcher, Role::Auditor] {
        let client = t.member("别人", vec![whole_city(role)]);
        client.get("/shadow").expect(403);
        // who may not know of it is told that there is none
        client.get("/shadow/SC-0001").expect(404);
        client.by_key().get("/api/v1/shadow/SC-0001").expect(404);
    }
    t.public().get("/shadow/SC-0001").expect(303);
    t.member("主任", vec![whole_city(Role::Leader)]).get(PLAN).expect(403);
    office(t).get("/shadow/SC-0009").expect(404);
}

fn the_day_is_written_down_once(t: &TestApp) {
    city(t);
    planned(t, |_| {}).expect(303);
    let rows = || {
        let query = Query::<(String, String, i64)>::new(
            "select day, rate, observations from shadow_day order by day",
        );
        t.test.db.read_now(move |tx| tx.query(&query)).unwrap()
    };
    t.jobs().ensure_periodic().unwrap();
    t.run_jobs();
    assert!(rows().is_empty(), "the first day is not over");
    t.advance(DAY);
    t.run_jobs();
    let first = rows();
    assert_eq!(first.len(), 1);
    assert_eq!((first[0].1.as_str(), first[0].2), ("0.625000", 4));
    t.run_jobs();
    assert_eq!(rows(), first, "once a day");
    t.advance(DAY);
    t.run_jobs();
    assert_eq!(rows().len(), 2);
    let page = office(t).get("/shadow/SC-0001").expect(200);
    assert!(page.has("每天的预计得分率"), "the way there is shown from two days on");
    assert!(office(t).get("/shadow").expect(200).has("62.50%"));
}
