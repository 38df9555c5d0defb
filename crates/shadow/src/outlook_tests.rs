use super::*;
use proptest::prelude::*;
use scoring::{Kind, Node, Value};

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn node(code: &str, parent: &str, parts: &[(&str, &str)]) -> Node {
    Node {
        code: code.to_owned(),
        name: String::new(),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        kind: Kind::Normal,
        parts: parts.iter().map(|(way, points)| ((*way).to_owned(), exact(points))).collect(),
    }
}

fn observed(point: u64, value: Value) -> Observation {
    Observation { value, point, scorer: 0, occasion: 0, period: 0, again: false }
}

/// `met` of `all` points, one observation each.
fn points(met: u64, all: u64) -> Vec<Observation> {
    (0..all).map(|n| observed(n, if n < met { Value::Met } else { Value::Unmet })).collect()
}

fn ratio<'a>(code: &'a str, observations: &'a [Observation]) -> Seen<'a> {
    Seen { code, way: "places", method: &Method::Ratio, across: &[], observations }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

fn tree() -> Scheme {
    Scheme::new(vec![
        node("1", "", &[]),
        node("1-1", "1", &[("places", "30")]),
        node("1-2", "1", &[("places", "30")]),
        node("2", "", &[("questions", "20")]),
        node("3", "", &[("papers", "20")]),
    ])
    .unwrap()
}

#[test]
fn a_share_of_single_points_is_as_sure_as_the_textbook_says() {
    // s / √n = √(0.6 · 0.4 / 9) for six of ten
    let found = outlook(&tree(), &[ratio("1-1", &points(6, 10))], &[]);
    let error = (0.24_f64 / 9.0).sqrt();
    assert!(near(found.error.unwrap(), error), "{:?}", found.error);
    assert!(near(found.errors[1].unwrap(), 30.0 * error) && near(found.errors[0].unwrap(), 30.0 * error));
    assert_eq!(found.groups, 10);
    // Student's t with nine degrees of freedom: 2.262157…
    let span = found.span().unwrap();
    let (low, high) = span.interval.unwrap();
    assert!(near(span.rate, 0.6));
    assert!(
        (low - (0.6 - 2.262_157_163 * error)).abs() < 1e-7 && (high - 0.969_407_6).abs() < 1e-5,
        "{low} {high}"
    );
}

#[test]
fn standards_of_the_same_points_are_not_taken_for_independent() {
    let alike = outlook(&tree(), &[ratio("1-1", &points(6, 10)), ratio("1-2", &points(6, 10))], &[]);
    // both say the same of the same points: twice the observations, nothing new
    assert!(near(alike.error.unwrap(), (0.24_f64 / 9.0).sqrt()));
    let mut other = points(6, 10);
    for o in &mut other {
        o.point = 9 - o.point;
    }
    let opposite = outlook(&tree(), &[ratio("1-1", &points(6, 10)), ratio("1-2", &other)], &[]);
    assert!(opposite.error.unwrap() < alike.error.unwrap());
}

#[test]
fn what_people_said_adds_its_own_variance() {
    let survey = Given { code: "2", way: "questions", share: exact("0.8"), error: 0.03 };
    let papers = Given { code: "3", way: "papers", share: exact("0.9"), error: 0.0 };
    let found = outlook(&tree(), &[ratio("1-1", &points(6, 10))], &[survey.clone(), papers.clone()]);
    assert_eq!(found.sums.total.points, exact("52"));
    assert_eq!(found.worst, exact("52"));
    let places = 30.0 * (0.24_f64 / 9.0).sqrt();
    let expected = (places.powi(2) + (20.0_f64 * 0.03).powi(2)).sqrt() / 70.0;
    assert!(near(found.error.unwrap(), expected), "{:?} {expected}", found.error);
    assert!(near(found.errors[3].unwrap(), 0.6) && near(found.errors[4].unwrap(), 0.0));
    // only papers: nothing was sampled, so it is as sure as the papers are
    let only = outlook(&tree(), &[], &[papers]);
    assert_eq!(only.span().unwrap().interval, Some((0.9, 0.9)));
}

#[test]
fn one_point_tells_no_spread_and_nothing_tells_nothing() {
    let one = outlook(&tree(), &[ratio("1-1", &points(1, 1))], &[]);
    assert_eq!(one.span().unwrap().interval, None);
    let none = outlook(&tree(), &[], &[]);
    assert_eq!(none.span(), None);
    assert_eq!(none.sums.total.unseen, 4);
}

#[test]
fn what_nobody_looked_at_is_lost_at_worst() {
    let found = outlook(&tree(), &[ratio("1-1", &points(10, 10))], &[]);
    assert_eq!((found.sums.total.rate().unwrap(), found.worst), (exact("1"), exact("30")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// With as many groups as points, and as many observations at each, it is the standard error of the mean of the points.
    #[test]
    fn groups_of_one_are_the_mean_of_points(points in prop::collection::vec(0_usize..=4, 2..=GROUPS)) {
        let observations: Vec<Observation> = points
            .iter()
            .enumerate()
            .flat_map(|(point, met)| (0..4).map(move |n| observed(point as u64, if n < *met { Value::Met } else { Value::Unmet })))
            .collect();
        let found = outlook(&tree(), &[ratio("1-1", &observations)], &[]);
        let number = |n: usize| f64::from(u32::try_from(n).unwrap());
        let count = number(points.len());
        let shares: Vec<f64> = points.iter().map(|met| number(*met) / 4.0).collect();
        let mean = shares.iter().sum::<f64>() / count;
        let spread = shares.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / (count - 1.0);
        prop_assert!((found.error.unwrap() - (spread / count).sqrt()).abs() < 1e-9);
    }
}
