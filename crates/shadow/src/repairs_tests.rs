use super::*;
use crate::outlook::Given;
use proptest::prelude::*;
use scoring::{Across, By, Fold, Kind, Method, Node};

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn tree() -> Scheme {
    let node = |code: &str, points: &str| Node {
        code: code.to_owned(),
        name: String::new(),
        parent: None,
        kind: Kind::Normal,
        parts: vec![("places".to_owned(), exact(points))],
    };
    Scheme::new(vec![node("a", "60"), node("b", "40")]).unwrap()
}

fn observed(point: u64, value: Value) -> Observation {
    Observation { value, point, scorer: 0, occasion: 0, period: 0, again: false }
}

fn all(values: &[(u64, Value)]) -> Vec<Observation> {
    values.iter().map(|(point, value)| observed(*point, *value)).collect()
}

fn seen<'a>(code: &'a str, method: &'a Method, observations: &'a [Observation]) -> Seen<'a> {
    Seen { code, way: "places", method, across: &[], observations }
}

#[test]
fn the_worthiest_comes_first_and_effort_counts() {
    use Value::{Met, Unmet};
    let (a, b) = (all(&[(1, Met), (2, Unmet), (3, Unmet), (3, Unmet)]), all(&[(1, Unmet), (2, Met)]));
    let parts = [seen("a", &Method::Ratio, &a), seen("b", &Method::Ratio, &b)];
    let found = repairs(&tree(), &parts, &Efforts::new());
    let told: Vec<(usize, u64, usize, String)> =
        found.iter().map(|r| (r.part, r.point, r.unmet, r.gain.shown(2))).collect();
    // two of four observations of sixty points; one of two of forty; one of four of sixty
    assert_eq!(
        told,
        [(0, 3, 2, "30.00".to_owned()), (1, 1, 1, "20.00".to_owned()), (0, 2, 1, "15.00".to_owned())]
    );
    let effort = Efforts::from([(("a".to_owned(), "places".to_owned()), exact("4"))]);
    assert_eq!(repairs(&tree(), &parts, &effort)[0].part, 1, "a costs four times as much");
    // 60/4 + 40/2 now; the first repair brings thirty
    assert_eq!(what_if(&tree(), &parts, &[], &[]).0, exact("35"));
    assert_eq!(what_if(&tree(), &parts, &[], &[(0, 3)]).0, exact("65"));
}

#[test]
fn a_threshold_that_one_repair_does_not_reach_brings_nothing() {
    use Value::{Met, Unmet};
    let method = Method::Threshold { at_least: exact("0.75") };
    let of = all(&[(1, Met), (2, Unmet), (3, Unmet), (4, Unmet)]);
    let parts = [seen("a", &method, &of)];
    let found = repairs(&tree(), &parts, &Efforts::new());
    assert!(found.iter().all(|r| r.gain.is_zero()) && found.len() == 3);
    assert_eq!(what_if(&tree(), &parts, &[], &[(0, 2)]).0, exact("0"));
    assert_eq!(what_if(&tree(), &parts, &[], &[(0, 2), (0, 3)]).0, exact("60"), "two together do");
}

#[test]
fn a_veto_item_is_no_repair_and_what_is_given_counts() {
    let veto = Node {
        code: "v".to_owned(),
        name: String::new(),
        parent: None,
        kind: Kind::Veto(scoring::Veto::Nothing),
        parts: vec![("places".to_owned(), exact("0"))],
    };
    let mut nodes = tree().nodes().to_vec();
    nodes.push(veto);
    let tree = Scheme::new(nodes).unwrap();
    let of = all(&[(1, Value::Unmet)]);
    let parts = [seen("v", &Method::Ratio, &of)];
    assert!(repairs(&tree, &parts, &Efforts::new()).is_empty());
    let given = [Given { code: "b", way: "places", share: exact("0.5"), error: 0.1 }];
    assert_eq!(what_if(&tree, &[], &given, &[]), (exact("20"), Some(exact("0.5"))));
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Met),
        Just(Value::Unmet),
        Just(Value::NotApplicable),
        (0_i64..=10_000).prop_map(Value::Points),
        (0_u8..3).prop_map(Value::Grade),
        (0_u32..6, 1_u32..6).prop_map(|(seen, wanted)| Value::Counted { seen, wanted }),
    ]
}

fn method() -> impl Strategy<Value = Method> {
    prop_oneof![
        Just(Method::Ratio),
        Just(Method::EveryOne),
        Just(Method::Threshold { at_least: exact("0.6") }),
        Just(Method::Deduct { full: exact("10"), each: exact("2"), again: exact("2") }),
        Just(Method::PerMissing { full: exact("10"), lose: exact("1"), of: 2 }),
        Just(Method::Mean { full: exact("1") }),
        Just(Method::Mean { full: exact("2.5") }),
        Just(Method::Median { full: exact("1") }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// No repair takes anything away, each brings what it says, and all of them together bring everything.
    #[test]
    fn repairs_bring_what_they_say(
        method in method(),
        by_point in any::<bool>(),
        values in prop::collection::vec((0_u64..8, value()), 1..30),
    ) {
        let across = [Across { by: By::Point, fold: Fold::Mean }];
        let of = all(&values);
        let mut part = seen("a", &method, &of);
        if by_point {
            part.across = &across;
        }
        let parts = [part];
        let now = what_if(&tree(), &parts, &[], &[]).0;
        let found = repairs(&tree(), &parts, &Efforts::new());
        for repair in &found {
            prop_assert!(!repair.gain.is_negative());
            let then = what_if(&tree(), &parts, &[], &[(0, repair.point)]).0;
            prop_assert_eq!(then - now.clone(), repair.gain.clone());
        }
        let made: Vec<(usize, u64)> = found.iter().map(|r| (0, r.point)).collect();
        let (points, _) = what_if(&tree(), &parts, &[], &made);
        let counts = values.iter().any(|(_, value)| *value != Value::NotApplicable);
        prop_assert_eq!(points, if counts { exact("60") } else { exact("0") });
    }
}
