//! How many have to be asked.

use statrs::distribution::{ContinuousCDF as _, Normal};

/// What is wanted of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Half the width of the interval, as a share: 0.03 for ±3 points.
    pub margin: f64,
    /// 0.95
    pub level: f64,
    /// The share that is expected; 0.5 asks for the most.
    pub share: f64,
    /// How many times larger the variance becomes by clusters and weights.
    pub design_effect: f64,
    /// People of the population; none: as many as one likes.
    pub people: Option<u64>,
    /// Of those who are asked, the share that answers.
    pub response: f64,
}

/// People to answer, and people to ask for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needed {
    pub answers: u64,
    pub asked: u64,
}

/// None where a figure is not what it should be: shares strictly between 0 and 1, a design effect above 0, a response in
/// (0, 1].
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a city has fewer than 2^52 people, and what is not in range is refused first"
)]
pub fn needed(wanted: &Wanted) -> Option<Needed> {
    let between = |x: f64| x > 0.0 && x < 1.0;
    let fits = between(wanted.margin)
        && between(wanted.level)
        && between(wanted.share)
        && wanted.design_effect.is_finite()
        && wanted.design_effect > 0.0
        && wanted.response > 0.0
        && wanted.response <= 1.0
        && wanted.people != Some(0);
    if !fits {
        return None;
    }
    let z = Normal::standard().inverse_cdf(0.5 + wanted.level / 2.0);
    let endless =
        z.powi(2) * wanted.share * (1.0 - wanted.share) / wanted.margin.powi(2) * wanted.design_effect;
    let answers = wanted.people.map_or(endless, |people| {
        let people = people as f64;
        (endless / (1.0 + (endless - 1.0) / people)).min(people)
    });
    // a thousandth of a person is a rounding of the arithmetic, not a person
    let up = |x: f64| (x - 1e-6).ceil().max(1.0) as u64;
    Some(Needed { answers: up(answers), asked: up(up(answers) as f64 / wanted.response) })
}

/// The margin that so many answers give: half the width of the interval, as a share.
#[expect(clippy::cast_precision_loss, reason = "a sample has fewer than 2^52 people")]
pub fn margin(answers: u64, level: f64, share: f64, design_effect: f64) -> f64 {
    let z = Normal::standard().inverse_cdf(0.5 + level.clamp(0.0, 1.0) / 2.0);
    z * (share * (1.0 - share) / answers as f64 * design_effect).sqrt()
}

/// The design effect of clusters of so many answers whose neighbours resemble each other so much (Kish: 1 + (b − 1)·ρ).
pub fn of_clusters(answers_each: f64, resemblance: f64) -> f64 {
    1.0 + (answers_each - 1.0) * resemblance
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Wanted =
        Wanted { margin: 0.03, level: 0.95, share: 0.5, design_effect: 1.0, people: None, response: 1.0 };

    /// The textbook's figures: 1,068 for ±3 points, 385 for ±5; 2,000 of a county's survey are ±2.2.
    #[test]
    fn the_known_figures() {
        assert_eq!(needed(&PLAIN), Some(Needed { answers: 1068, asked: 1068 }));
        assert_eq!(needed(&Wanted { margin: 0.05, ..PLAIN }).unwrap().answers, 385);
        assert_eq!(needed(&Wanted { people: Some(1_000), ..PLAIN }).unwrap().answers, 517);
        let clustered = Wanted { design_effect: of_clusters(20.0, 0.05), response: 0.8, ..PLAIN };
        assert_eq!(needed(&clustered), Some(Needed { answers: 2081, asked: 2602 }));
        assert!((margin(2_000, 0.95, 0.5, 1.0) - 0.0219).abs() < 5e-5);
    }

    #[test]
    fn nonsense_is_no_plan() {
        for wanted in [
            Wanted { margin: 0.0, ..PLAIN },
            Wanted { margin: f64::NAN, ..PLAIN },
            Wanted { level: 1.0, ..PLAIN },
            Wanted { share: 0.0, ..PLAIN },
            Wanted { design_effect: -1.0, ..PLAIN },
            Wanted { response: 0.0, ..PLAIN },
            Wanted { people: Some(0), ..PLAIN },
        ] {
            assert_eq!(needed(&wanted), None, "{wanted:?}");
        }
        assert_eq!(needed(&Wanted { people: Some(1), ..PLAIN }).unwrap().answers, 1);
    }
}
