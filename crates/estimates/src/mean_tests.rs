//! Against figures worked out elsewhere.

use super::*;
use proptest::prelude::*;

fn near(got: f64, wanted: f64) {
    assert!((got - wanted).abs() < 5e-7 * wanted.abs().max(1.0), "{got} is not {wanted}");
}

fn answer(stratum: u64, cluster: u64, weight: f64, value: f64) -> Answer {
    Answer { stratum, cluster, weight, value: Some(value) }
}

/// Each person a cluster, one stratum, equal weights: the textbook's mean, s/√n and Student's t.
#[test]
fn a_plain_sample_is_the_textbooks() {
    let values = [12.0, 15.0, 11.0, 14.0, 18.0];
    let answers: Vec<_> = (0..).zip(values).map(|(i, v)| answer(0, i, 7.0, v)).collect();
    let got = mean(&answers, Kind::Number, 0.95).unwrap();
    near(got.value, 14.0);
    // s² = 7.5; s/√5 = 1.224745; t(0.975; 4) = 2.776445
    near(got.error, 1.224_744_9);
    near(got.high, 14.0 + 2.776_445_1 * 1.224_744_9);
    near(got.design_effect.unwrap(), 1.0);
    assert_eq!((got.freedom, got.answers, got.clusters, got.lonely), (4, 5, 5, 0));
}

/// Two strata of two, s² = 2 in each: Σ W²·s²/n = 1/2, against 5/3 without strata. Three clusters of two alike are three answers: s²/3 = 7/3,
/// against 14/15 of six. `outside/test_estimates.py` has the same figures by other formulas.
#[test]
fn strata_and_clusters_are_the_textbooks() {
    let strata =
        [answer(0, 0, 1.0, 1.0), answer(0, 1, 1.0, 3.0), answer(1, 2, 1.0, 5.0), answer(1, 3, 1.0, 7.0)];
    let got = mean(&strata, Kind::Number, 0.95).unwrap();
    near(got.value, 4.0);
    near(got.error, 0.5_f64.sqrt());
    near(got.high, 7.042_434_9);
    near(got.design_effect.unwrap(), 0.3);
    let values = [1.0, 1.0, 2.0, 2.0, 6.0, 6.0];
    let clusters: Vec<_> = (0..).zip(values).map(|(i, v)| answer(0, i / 2, 1.0, v)).collect();
    let got = mean(&clusters, Kind::Number, 0.95).unwrap();
    near(got.error, (7.0_f64 / 3.0).sqrt());
    near(got.low, -3.572_410_6);
    near(got.design_effect.unwrap(), 2.5);
}

#[test]
fn where_all_agree_neighbours_are_not_counted_twice() {
    let answers: Vec<_> = (0..30).map(|i| answer(0, i / 10, 1.0, 1.0)).collect();
    let got = mean(&answers, Kind::Share, 0.95).unwrap();
    // Clopper and Pearson with three clusters: 0.025^(1/3)
    near(got.low, 0.292_401_8);
    assert!((got.high - 1.0).abs() < 1e-12 && got.design_effect.is_none());
    let none: Vec<_> = answers.iter().map(|a| Answer { value: Some(0.0), ..*a }).collect();
    near(mean(&none, Kind::Share, 0.95).unwrap().high, 1.0 - 0.292_401_8);
}

#[test]
fn a_group_keeps_the_design_of_the_whole() {
    let mut answers = vec![];
    for cluster in 0_u32..6 {
        for person in 0..4 {
            let mut a = answer(
                u64::from(cluster / 3),
                cluster.into(),
                1.0 + f64::from(cluster),
                f64::from(u8::from((cluster * cluster + person) % 4 == 0)),
            );
            if person == 0 || cluster == 5 {
                a.value = None;
            }
            answers.push(a);
        }
    }
    let got = mean(&answers, Kind::Share, 0.95).unwrap();
    assert_eq!((got.clusters, got.freedom, got.answers), (6, 4, 15));
    assert!(got.low < got.value && got.value < got.high);
}

#[test]
fn what_cannot_be_said_is_not() {
    let one = [answer(0, 0, 1.0, 1.0), answer(0, 0, 1.0, 0.0)];
    assert_eq!(mean(&one, Kind::Share, 0.95), Err(Fault::OneCluster));
    assert_eq!(mean(&[], Kind::Share, 0.95), Err(Fault::Nobody));
    assert_eq!(mean(&one, Kind::Share, 1.0), Err(Fault::Level));
    let two = [answer(0, 0, 1.0, 1.0), answer(1, 0, 1.0, 0.0)];
    assert_eq!(mean(&two, Kind::Share, 0.95), Err(Fault::TwoStrata(0)));
    assert_eq!(mean(&[answer(0, 0, 0.0, 1.0)], Kind::Share, 0.95), Err(Fault::Weight(0)));
    assert_eq!(mean(&[answer(0, 0, 1.0, 1.5)], Kind::Share, 0.95), Err(Fault::Value(0)));
    assert_eq!(mean(&[answer(0, 0, 1.0, f64::NAN)], Kind::Number, 0.95), Err(Fault::Value(0)));
    let silent = [Answer { value: None, ..one[0] }, Answer { value: None, cluster: 1, ..one[0] }];
    assert_eq!(mean(&silent, Kind::Share, 0.95), Err(Fault::Nobody));
}

#[test]
fn lonely_strata_make_it_less_sure_not_surer() {
    let answers = [answer(0, 0, 1.0, 2.0), answer(1, 1, 1.0, 4.0), answer(2, 2, 1.0, 9.0)];
    let got = mean(&answers, Kind::Number, 0.95).unwrap();
    assert_eq!((got.lonely, got.freedom), (3, 2));
    assert!(got.error > 0.0);
}

proptest! {
    #[test]
    fn an_interval_holds_its_estimate_and_scales(
        rows in proptest::collection::vec((0u64..3, 0u64..5, 0.1f64..50.0, 0.0f64..=1.0), 4..60),
        factor in 0.01f64..100.0,
    ) {
        let answers: Vec<_> =
            rows.iter().map(|(s, c, w, v)| answer(*s, s * 10 + c, *w, *v)).collect();
        match mean(&answers, Kind::Share, 0.95) {
            Err(fault) => prop_assert_eq!(fault, Fault::OneCluster),
            Ok(got) => {
                prop_assert!(0.0 <= got.low && got.low <= got.value + 1e-12 && got.value <= got.high + 1e-12 && got.high <= 1.0);
                // weights have no unit
                let scaled: Vec<_> = answers.iter().map(|a| Answer { weight: a.weight * factor, ..*a }).collect();
                let again = mean(&scaled, Kind::Share, 0.95).unwrap();
                prop_assert!((again.error - got.error).abs() < 1e-9 && (again.value - got.value).abs() < 1e-9);
                // a surer interval is a wider one
                let wide = mean(&answers, Kind::Share, 0.99).unwrap();
                prop_assert!(wide.low <= got.low && got.high <= wide.high);
            }
        }
    }
}
