use super::*;
use proptest::prelude::*;

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn seen(value: Value) -> Observation {
    Observation { value, point: 1, scorer: 1, occasion: 1, period: 1, again: false }
}

fn share(method: &Method, across: &[Across], all: &[Observation]) -> String {
    match fold(method, across, &all.iter().collect::<Vec<_>>()) {
        Outcome::Share(share) => share.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn counting_rules_of_inspections() {
    let (met, unmet) = (seen(Value::Met), seen(Value::Unmet));
    let counted = |seen_: u32, wanted: u32| seen(Value::Counted { seen: seen_, wanted });
    let three_of_five = Method::Threshold { at_least: exact("60%") };
    assert_eq!(share(&three_of_five, &[], &[met, met, met, unmet, unmet]), "1");
    assert_eq!(share(&three_of_five, &[], &[met, met, unmet, unmet, unmet]), "0");
    assert_eq!(share(&Method::Ratio, &[], &[met, unmet, met, seen(Value::NotApplicable)]), "2/3");
    assert_eq!(share(&Method::EveryOne, &[], &[met, unmet]), "0");
    // three lines of five stops, two advertisements wanted in each bus: four points less for each that is missing
    let buses: Vec<_> = (0..15).map(|n| counted(if n == 3 { 0 } else { 2 }, 2)).collect();
    let each_missing = Method::PerMissing { full: exact("100"), lose: exact("4"), of: 1 };
    assert_eq!(share(&each_missing, &[], &buses), "0.92");
    let graded = Method::Graded { worth: vec![exact("1"), exact("0.6"), exact("0")] };
    assert_eq!(share(&graded, &[], &[0, 1, 1, 2].map(|g| seen(Value::Grade(g)))), "0.55");
    assert_eq!(share(&Method::Ratio, &[], &[seen(Value::NotApplicable)]), "Nothing");
}

#[test]
fn what_comes_back_counts_more() {
    let again = Observation { again: true, ..seen(Value::Unmet) };
    let method = Method::Deduct { full: exact("10"), each: exact("1"), again: exact("2") };
    assert_eq!(share(&method, &[], &[seen(Value::Unmet), again, seen(Value::Met)]), "0.7");
    assert_eq!(share(&method, &[], &[again; 40]), "0");
}

/// Another city's rule: a check of 100 points every ten days, a month is the mean of three, a year the mean of its months.
#[test]
fn means_of_means() {
    let method = Method::Deduct { full: exact("100"), each: exact("2"), again: exact("2") };
    let levels = [Across { by: By::Period, fold: Fold::Mean }, Across { by: By::Occasion, fold: Fold::Mean }];
    let mut all = Vec::new();
    for (period, occasion, faults) in [(1, 1, 5), (1, 2, 0), (1, 3, 10), (2, 4, 2)] {
        let one = |value| Observation { occasion, period, ..seen(value) };
        all.push(one(Value::Met));
        all.extend(std::iter::repeat_n(one(Value::Unmet), faults));
    }
    // (90 + 100 + 80) / 3 = 90 and 96
    assert_eq!(share(&method, &levels, &all), "0.93");
}

#[test]
fn one_scorer_alone_does_not_move_the_median() {
    let all: Vec<_> = [9000, 8000, 8500, 0, 8200]
        .into_iter()
        .zip(1..)
        .map(|(points, scorer)| Observation { scorer, ..seen(Value::Points(points)) })
        .collect();
    let by = |fold| [Across { by: By::Scorer, fold }];
    let method = Method::Mean { full: exact("1") };
    assert_eq!(share(&method, &by(Fold::Median), &all), "0.82");
    assert_eq!(share(&method, &by(Fold::Mean), &all), "0.674");
    assert_eq!(share(&Method::Median { full: exact("1") }, &[], &all), "0.82");
}

#[test]
fn a_formula_sees_what_was_counted() {
    let formula = Formula::read("if(unmet > 2, 0, met / all * 50 - again)", &Facts::NAMES).unwrap();
    let method = Method::Formula { full: exact("50"), formula };
    let again = Observation { again: true, ..seen(Value::Unmet) };
    assert_eq!(share(&method, &[], &[seen(Value::Met), again]), "0.48");
    let text = serde_json::to_string(&method).unwrap();
    assert_eq!(serde_json::from_str::<Method>(&text).unwrap(), method);
    let formula = Formula::read("1 / unmet", &Facts::NAMES).unwrap();
    let method = Method::Formula { full: exact("50"), formula };
    assert!(share(&method, &[], &[seen(Value::Met)]).contains("DividedByZero"));
}

proptest! {
    #[test]
    fn shares_lie_between_nothing_and_all(
        values in prop::collection::vec((0_u8..4, 0_u64..4, any::<bool>()), 1..60),
        each in 0_i64..50,
    ) {
        let all: Vec<_> = values
            .iter()
            .map(|(kind, point, again)| {
                let value = match kind {
                    0 => Value::Met,
                    1 => Value::Unmet,
                    2 => Value::Counted { seen: 3, wanted: 5 },
                    _ => Value::Points(4000),
                };
                Observation { point: *point, again: *again, ..seen(value) }
            })
            .collect();
        let all: Vec<_> = all.iter().collect();
        let full = Exact::from(10);
        for method in [
            Method::Ratio,
            Method::EveryOne,
            Method::Threshold { at_least: Exact::parse("0.5").unwrap() },
            Method::Deduct { full: full.clone(), each: Exact::from(each), again: Exact::from(2) },
            Method::PerMissing { full, lose: Exact::from(each), of: 2 },
            Method::Mean { full: Exact::one() },
            Method::Median { full: Exact::one() },
        ] {
            for across in [&[][..], &[Across { by: By::Point, fold: Fold::Mean }]] {
                let Outcome::Share(share) = fold(&method, across, &all) else { panic!("{method:?}") };
                prop_assert!(share >= Exact::zero() && share <= Exact::one(), "{method:?} {share}");
            }
        }
    }

    #[test]
    fn one_more_fault_never_helps(met in 0_usize..30, unmet in 0_usize..30) {
        let of = |met: usize, unmet: usize| {
            let all: Vec<_> = std::iter::repeat_n(seen(Value::Met), met)
                .chain(std::iter::repeat_n(seen(Value::Unmet), unmet))
                .collect();
            let method = Method::Deduct { full: Exact::from(20), each: Exact::one(), again: Exact::from(2) };
            [method, Method::Ratio, Method::EveryOne]
                .map(|m| fold(&m, &[], &all.iter().collect::<Vec<_>>()))
        };
        for (before, after) in of(met + 1, unmet).into_iter().zip(of(met, unmet + 1)) {
            let (Outcome::Share(before), Outcome::Share(after)) = (before, after) else { panic!("nothing") };
            prop_assert!(after <= before);
        }
    }
}
