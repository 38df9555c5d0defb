//! The samples: nothing is wrong with them, they use everything, and a visit by them comes to the expected figures.

use super::{TODAY, answers};
use crate::{Given, Item, Kind, Value, samples, words};
use serde_json::json;
use std::collections::BTreeSet;

fn kinds_and_rules(items: &[Item], kinds: &mut BTreeSet<String>, rules: &mut BTreeSet<&'static str>) {
    for item in items {
        if let Item::Question(question) = item {
            let json = serde_json::to_value(&question.kind).unwrap();
            kinds.insert(json["kind"].as_str().unwrap().to_owned());
            if let Kind::Calculate { expr } = &question.kind {
                assert_ne!(*expr, crate::Expr::nothing(), "{}", question.name);
            }
        }
        rules.extend(item.observes().map(|observes| observes.rule.name()));
        kinds_and_rules(item.items(), kinds, rules);
    }
}

#[test]
fn nothing_is_wrong_with_them_and_they_use_everything() {
    let (mut kinds, mut rules) = (BTreeSet::new(), BTreeSet::new());
    for sample in samples::all() {
        assert_eq!(sample.problems(), [], "{}", sample.code);
        kinds_and_rules(&sample.items, &mut kinds, &mut rules);
        let json = serde_json::to_string(&sample).unwrap();
        assert_eq!(serde_json::from_str::<crate::Checklist>(&json).unwrap(), sample);
    }
    assert_eq!(kinds.len(), 15, "{kinds:?}");
    assert_eq!(rules.len(), 7, "{rules:?}");
    // an expression or a rule that cannot be read would be left out in silence
    let market = serde_json::to_string(&samples::market()).unwrap();
    assert_eq!(market.matches("\"relevant\"").count(), 2);
    assert_eq!(market.matches("\"constraint\"").count(), 2);
    assert_eq!(market.matches("\"observes\"").count(), 9);
    let bus = serde_json::to_string(&samples::bus()).unwrap();
    assert_eq!(bus.matches("\"relevant\"").count(), 2);
    assert_eq!(bus.matches("\"constraint\"").count(), 3);
    assert_eq!(bus.matches("\"observes\"").count(), 5);
    assert_eq!(bus.matches("\"count\":\"").count(), 2);
}

#[test]
fn a_market_by_night() {
    let market = samples::market();
    let at = |n: i32| json!({"lat": 39.8 + f64::from(n) / 10_000.0, "lng": 98.3});
    let notice = |n: i32, whole: &str| json!({"given": {"notice_at": at(n), "notice_whole": whole}});
    let knows = |what: &str| json!({"given": {"knows": what}});
    let given = answers(json!({
        "given": {
            "visited_on": "2026-11-30", "light": "night", "floor": "met", "stalls": "unmet", "fire_lane": "na",
            "order_photo": ["a.jpg"], "lamps_all": 40, "lamps_lit": 36, "toilet": "B", "scales": 1, "price": 2.5,
        },
        "rows": {
            "notices": [notice(0, "met"), notice(1, "met"), notice(2, "unmet"), notice(3, "met"), notice(5, "met"),
                notice(5, "met"), notice(7, "met")],
            "asked": [knows("met"), knows("unmet"), knows("met"), knows("met"), knows("unmet")],
        },
    }));
    let settled = market.settle(&given, TODAY);
    assert_eq!(settled.faults, []);
    assert_eq!(settled.answers.given["lamps_share"], Given::Whole(90));
    let seen: Vec<(String, String)> = market
        .observe(&given, TODAY)
        .into_iter()
        .map(|o| {
            let value = match o.value {
                Value::Share(share) => share.to_string(),
                Value::NotApplicable => "na".to_owned(),
            };
            (o.standard, value)
        })
        .collect();
    let expected = [
        ("市场-01", "0"),
        ("市场-01-1)", "1"),
        ("市场-01-2)", "0"),
        ("市场-01-3)", "na"),
        // 36 of 40 where 95 % is the target
        ("市场-02-1)", "18/19"),
        // whole and ten metres apart: at 0, 1, 3, 5 and 7 ten-thousandths of a degree
        ("市场-03-1)", "1"),
        ("市场-04-1)", "1"),
        ("市场-05-1)", "0.8"),
        ("市场-05-2)", "1"),
    ];
    assert_eq!(seen, expected.map(|(standard, value)| (standard.to_owned(), value.to_owned())));
}

#[test]
fn three_lines_of_five_stops() {
    let bus = samples::bus();
    let stop = |ads: i64, clean: &str| json!({"given": {"stop": "新华路", "clean": clean, "map_right": "met", "ads": ads, "ads_photo": ["a.jpg"]}});
    let line = |number: &str, ads: [i64; 5]| {
        let stops: Vec<_> =
            ads.iter().map(|ads| stop(*ads, if *ads > 0 { "met" } else { "unmet" })).collect();
        json!({"given": {"line": number, "driver": "B"}, "rows": {"stops": stops}})
    };
    let given = answers(json!({
        "given": {"lines_wanted": 3, "ads_why": "两处在换"},
        "rows": {"lines": [
            line("1", [2, 2, 2, 2, 2]), line("12路", [1, 0, 3, 2, 2]), line("K5", [2, 2, 2, 2, 2]),
        ]},
    }));
    let settled = bus.settle(&given, TODAY);
    assert_eq!(settled.faults, []);
    assert_eq!(settled.answers.given["ads_in_all"], Given::Whole(28));
    assert_eq!(settled.answers.rows["lines"][1].given["line_ads"], Given::Whole(8));
    // the stop without notices has no use for a picture of them
    assert_eq!(
        settled.aside.rows["lines"][1].rows["stops"][1].given["ads_photo"],
        Given::List(vec!["a.jpg".into()])
    );
    let seen = bus.observe(&given, TODAY);
    let of = |item: &str| seen.iter().filter(|o| o.item == item).collect::<Vec<_>>();
    assert_eq!([of("driver").len(), of("stops").len(), of("clean").len(), of("ads").len()], [3, 3, 15, 15]);
    let share = |o: &crate::Observation| match &o.value {
        Value::Share(share) => share.to_string(),
        Value::NotApplicable => "na".to_owned(),
    };
    let ads: Vec<String> = of("ads").into_iter().map(share).collect();
    assert_eq!(ads[5..10], ["0.6", "0.2", "1", "1", "1"]);
    assert_eq!(share(of("stops")[1]), "0.9", "nine of ten are met on the second line");
    assert_eq!(of("clean")[6].path, "lines[2]/stops[2]/clean");
    assert!(words::reason(&of("ads")[6].why).en.contains("2 missing"));
}
