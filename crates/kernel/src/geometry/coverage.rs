/// What stretches along a line cover. Pairs are metres from the line's beginning, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Nobody's.
    pub gaps: Vec<(f64, f64)>,
    /// Covered more than once.
    pub overlaps: Vec<(f64, f64)>,
    /// Metres covered at least once.
    pub covered_m: f64,
}

impl Coverage {
    pub fn is_seamless(&self) -> bool {
        self.gaps.is_empty() && self.overlaps.is_empty()
    }
}

/// Checks that `stretches` cover a line of `length_m` metres once and wholly. Stretches may come in any order and
/// direction; what lies beyond the line is cut off. Gaps and overlaps of `tolerance_m` or less are not reported.
pub fn coverage(length_m: f64, stretches: &[(f64, f64)], tolerance_m: f64) -> Coverage {
    let cut = |at: f64| at.clamp(0.0, length_m.max(0.0));
    let mut spans: Vec<(f64, f64)> = stretches
        .iter()
        .filter(|(a, b)| a.is_finite() && b.is_finite())
        .map(|(a, b)| (cut(a.min(*b)), cut(a.max(*b))))
        .filter(|(from, to)| from < to)
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));

    let mut result = Coverage::default();
    let mut doubled: Vec<(f64, f64)> = Vec::new();
    let mut reached = 0.0_f64;
    for (from, to) in spans {
        if from > reached {
            result.gaps.push((reached, from));
        }
        if from < reached {
            extend(&mut doubled, (from, to.min(reached)));
        }
        result.covered_m += (to - from.max(reached)).max(0.0);
        reached = reached.max(to);
    }
    if reached < length_m {
        result.gaps.push((reached, length_m));
    }
    result.overlaps = doubled;
    for found in [&mut result.gaps, &mut result.overlaps] {
        found.retain(|(from, to)| to - from > tolerance_m);
    }
    result
}

/// Adds a span to others in order, joining it to the last where they touch.
fn extend(spans: &mut Vec<(f64, f64)>, span: (f64, f64)) {
    match spans.last_mut() {
        Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
        _ => spans.push(span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_gaps_and_overlaps() {
        let found = coverage(100.0, &[(60.0, 20.0), (0.0, 30.0), (70.0, 120.0)], 1.0);
        assert_eq!(
            found,
            Coverage { gaps: vec![(60.0, 70.0)], overlaps: vec![(20.0, 30.0)], covered_m: 90.0 }
        );
        assert!(coverage(100.0, &[(0.0, 49.6), (50.0, 100.0)], 0.5).is_seamless());
        assert_eq!(coverage(100.0, &[], 1.0).gaps, [(0.0, 100.0)]);
        assert_eq!(coverage(100.0, &[(f64::NAN, 3.0), (5.0, 5.0), (200.0, 300.0)], 1.0).gaps, [(0.0, 100.0)]);
        assert!(coverage(0.0, &[], 1.0).is_seamless());
        let thrice = coverage(10.0, &[(0.0, 10.0), (2.0, 6.0), (4.0, 8.0)], 0.0);
        assert_eq!(thrice.overlaps, [(2.0, 8.0)]);
    }

    proptest! {
        #[test]
        fn gaps_and_covered_make_the_length(spans in prop::collection::vec((-20.0..120.0_f64, -20.0..120.0_f64), 0..9)) {
            let found = coverage(100.0, &spans, 0.0);
            let gaps: f64 = found.gaps.iter().map(|(a, b)| b - a).sum();
            prop_assert!((gaps + found.covered_m - 100.0).abs() < 1e-9);
        }

        #[test]
        fn each_metre_is_judged_rightly(spans in prop::collection::vec((-20..120_i32, -20..120_i32), 0..9), metre in 0..100_i32) {
            let spans: Vec<_> = spans.into_iter().map(|(a, b)| (f64::from(a), f64::from(b))).collect();
            let found = coverage(100.0, &spans, 0.0);
            let at = f64::from(metre) + 0.5;
            let holds = |(a, b): &(f64, f64)| a.min(*b) < at && at < a.max(*b);
            let times = spans.iter().filter(|span| holds(span)).count();
            prop_assert_eq!(found.gaps.iter().any(holds), times == 0);
            prop_assert_eq!(found.overlaps.iter().any(holds), times > 1);
        }
    }
}
