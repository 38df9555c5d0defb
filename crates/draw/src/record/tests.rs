use super::*;
use crate::plan::Stratum;
use serde_json::Value;

fn record() -> Record {
    let stratum =
        |kind: &str, division: &str, take| Stratum { kind: kind.into(), division: division.into(), take };
    let plan = Plan {
        strata: vec![
            stratum("market", "620201001", 2),
            stratum("school", "620201001", 1),
            stratum("school", "", 3),
        ],
        second_percent: 30,
        ..Plan::default()
    }
    .fact("number", "IN-2026-0001")
    .fact("name", "第一季度实地考察");
    let entry = |n: usize, kind: &str, division: &str| Entry {
        number: format!("P-{n:04}"),
        kind: kind.into(),
        division: division.into(),
        name: format!("点位{n}"),
        lng: "98.289200".into(),
        lat: "39.773200".into(),
    };
    let register = (0..20).map(|n| match n % 3 {
        0 => entry(n, "market", "620201001"),
        1 => entry(n, "school", "620201001"),
        _ => entry(n, "school", ""),
    });
    let register: Vec<Row> = register.map(|e| e.row()).collect();
    let said = ("5 0 7".to_owned(), "纪检监察组 甲".to_owned(), "2026-03-05T09:00:00+08:00".to_owned());
    let mut record = Record::make(&[7; 32], (plan.rows(), register), said).unwrap();
    for reason in ["闭店装修", "找不到"] {
        let out = match record.replacements.last() {
            Some(last) => last.r#in.clone(),
            None => record.strata[0].drawn[0].clone(),
        };
        let r#in = record.next_for(&out).unwrap().to_owned();
        let at = "2026-03-06T10:00:00+08:00".to_owned();
        record.replacements.push(Replacement { out, r#in, reason: reason.to_owned(), at });
    }
    record.seal();
    record
}

#[test]
fn what_was_drawn_is_drawn_again() {
    let record = record();
    assert_eq!(faults(&record), []);
    let text = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
}

/// Every place in the file where a text stands, as a pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(k, v)| places(v, &format!("{at}/{k}"), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, v)| places(v, &format!("{at}/{n}"), found));
        }
        _ => found.push(at.to_owned()),
    }
}

#[test]
fn whatever_is_altered_is_found() {
    let whole = serde_json::to_value(record()).unwrap();
    let mut found = Vec::new();
    places(&whole, "", &mut found);
    assert!(found.len() > 150, "{}", found.len());
    for place in &found {
        let mut altered = whole.clone();
        let text = altered.pointer_mut(place).unwrap();
        let was = text.as_str().unwrap().to_owned();
        // a digit becomes another digit, so that the file still reads as one
        let last = was.chars().last();
        let other = match last {
            Some('1') => "2",
            _ => "1",
        };
        let mut now = was.clone();
        now.pop();
        now.push_str(other);
        *text = Value::String(now);
        let caught = match serde_json::from_value::<Record>(altered) {
            Ok(record) => !faults(&record).is_empty(),
            Err(_) => true,
        };
        assert!(caught, "{place}: {was}");
    }
}

#[test]
fn rows_that_are_taken_out_or_put_in_are_found() {
    let whole = record();
    let mut fewer = whole.clone();
    fewer.register.pop();
    assert!(faults(&fewer).iter().any(|f| f.part == "register_hash"));
    let mut twice = whole.clone();
    twice.register.push(whole.register[0].clone());
    assert!(faults(&twice).iter().any(|f| f.part == "register"));
    let mut plan = whole.clone();
    plan.plan.pop();
    assert!(faults(&plan).iter().any(|f| f.part == "commitment"));
    let mut swapped = whole.clone();
    swapped.strata[0].drawn.swap(0, 1);
    assert!(faults(&swapped).iter().any(|f| f.part == "strata"));
    // a replacement left out: the next one is not the next in order any more
    let mut left_out = whole.clone();
    left_out.replacements.remove(0);
    left_out.seal();
    assert!(faults(&left_out).iter().any(|f| f.part == "replacements"));
    // two cells that look like three
    let mut slid = whole;
    slid.plan[0] = vec!["number\tIN-2026-0001".into()];
    assert_eq!(faults(&slid)[0].part, "plan");
}

#[test]
fn a_point_that_has_gone_does_not_stand_in() {
    let record = record();
    let stratum = &record.strata[0];
    assert_eq!(record.replacements[0].r#in, stratum.reserves[0]);
    assert_eq!(record.replacements[1].out, stratum.reserves[0]);
    assert_eq!(record.replacements[1].r#in, stratum.reserves[1]);
    assert_eq!(record.next_for("P-9999"), None);
}
