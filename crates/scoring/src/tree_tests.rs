use super::*;
use proptest::prelude::*;

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

fn shares<'a>(given: &[(&'a str, &'a str, &str)]) -> HashMap<(&'a str, &'a str), Exact> {
    given.iter().map(|(code, way, share)| ((*code, *way), exact(share))).collect()
}

/// Weights as one province once printed them: they add up to 106.
fn printed() -> Vec<Node> {
    vec![
        node("1-1", "1", &[("papers", "39.7"), ("places", "46.3")]),
        node("1", "", &[]),
        node("2", "", &[("questions", "10"), ("opinion", "10")]),
    ]
}

#[test]
fn points_go_up_and_what_nobody_looked_at_is_said() {
    let scheme = Scheme::new(printed()).unwrap();
    let given = shares(&[("1-1", "papers", "1"), ("1-1", "places", "0.5"), ("2", "questions", "0.9")]);
    let sums = scheme.sums(&given, Missing::LeftOut);
    assert_eq!(sums.nodes[1].points, exact("62.85"));
    assert_eq!(sums.total.points, exact("71.85"));
    assert_eq!(sums.total.reachable, exact("96"));
    assert_eq!(sums.total.full, exact("106"));
    assert_eq!(sums.total.rate().unwrap().shown(4), "0.7484");
    assert_eq!(scheme.sums(&given, Missing::Lost).total.rate().unwrap().shown(4), "0.6778");
    let nothing = scheme.sums(&HashMap::new(), Missing::LeftOut);
    assert_eq!((nothing.total.unseen, nothing.total.rate()), (2, None));
}

#[test]
fn bonus_and_veto() {
    let mut nodes = printed();
    nodes.push(Node { kind: Kind::Bonus, ..node("3", "", &[("opinion", "2")]) });
    for (code, veto) in
        [("N1", Veto::Minus(exact("3"))), ("N2", Veto::AtMost(exact("60"))), ("N3", Veto::Nothing)]
    {
        nodes.push(Node { kind: Kind::Veto(veto), ..node(code, "", &[("register", "0")]) });
    }
    let scheme = Scheme::new(nodes).unwrap();
    let well =
        [("1-1", "papers", "1"), ("1-1", "places", "1"), ("3", "opinion", "1"), ("N1", "register", "1")];
    let sums = scheme.sums(&shares(&well), Missing::LeftOut);
    assert_eq!((sums.total.points.to_string(), sums.total.reachable.to_string()), ("88".into(), "86".into()));
    assert!(sums.vetoes.is_empty());
    let with = |more: &[(&'static str, &'static str, &str)]| {
        let mut given = shares(&well);
        given.extend(shares(more));
        let sums = scheme.sums(&given, Missing::LeftOut);
        (sums.before.points.to_string(), sums.total.points.to_string(), sums.vetoes.join(" "))
    };
    assert_eq!(with(&[("N1", "register", "0")]), ("88".into(), "85".into(), "N1".into()));
    assert_eq!(
        with(&[("N1", "register", "0"), ("N2", "register", "0")]),
        ("88".into(), "60".into(), "N1 N2".into())
    );
    assert_eq!(with(&[("N3", "register", "0")]), ("88".into(), "0".into(), "N3".into()));
}

#[test]
fn every_fault_of_a_tree_is_found() {
    let faults = Scheme::new(vec![
        node("a", "b", &[]),
        node("b", "a", &[]),
        node("c", "nowhere", &[("papers", "-1")]),
        node("d", "", &[("papers", "1"), ("papers", "2")]),
        node("d", "d", &[("papers", "1")]),
        node("e", "", &[("papers", "1")]),
        node("f", "e", &[]),
    ])
    .unwrap_err();
    for fault in [
        SchemeFault::Circle { node: 0 },
        SchemeFault::Circle { node: 1 },
        SchemeFault::NoSuchParent { node: 2 },
        SchemeFault::NegativePoints { node: 2 },
        SchemeFault::RepeatedWay { node: 3 },
        SchemeFault::RepeatedCode { node: 4 },
        SchemeFault::JudgedAndDivided { node: 5 },
    ] {
        assert!(faults.contains(&fault), "{fault:?} not in {faults:?}");
    }
}

proptest! {
    /// The whole is the sum of what is at the top, and the sum of all standards.
    #[test]
    fn two_ways_of_adding_agree(
        parents in prop::collection::vec(0_usize..30, 1..30),
        points in prop::collection::vec((0_i64..500, 1_i64..97, 0_i64..13), 30),
    ) {
        let code = |n: usize| format!("n{n}");
        let mut nodes: Vec<Node> = Vec::new();
        for (n, parent) in parents.iter().enumerate() {
            let above = (n > 0 && parent % (n + 1) < n).then(|| code(parent % (n + 1)));
            nodes.push(Node { parent: above, ..node(&code(n), "", &[]) });
        }
        let divided: Vec<String> = nodes.iter().filter_map(|n| n.parent.clone()).collect();
        let mut given = HashMap::new();
        let codes: Vec<String> = (0..nodes.len()).map(code).collect();
        for (n, node) in nodes.iter_mut().enumerate().filter(|(n, _)| !divided.contains(&codes[*n])) {
            let (full, below, share) = points[n];
            node.parts = vec![("places".to_owned(), Exact::ratio(full, below).unwrap())];
            given.insert((codes[n].as_str(), "places"), Exact::ratio(share, 12).unwrap());
        }
        let scheme = Scheme::new(nodes).unwrap();
        let sums = scheme.sums(&given, Missing::LeftOut);
        let standards: Exact = sums.nodes.iter().flat_map(|f| &f.parts).map(|p| &p.points * p.share.as_ref().unwrap()).sum();
        let top = scheme.nodes().iter().zip(&sums.nodes).filter(|(n, _)| n.parent.is_none()).map(|(_, f)| &f.points).sum::<Exact>();
        prop_assert_eq!(&sums.total.points, &standards);
        prop_assert_eq!(&sums.total.points, &top);
    }
}
