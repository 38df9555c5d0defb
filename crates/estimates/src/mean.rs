//! A mean or a share with its interval, by linearisation (Taylor), clusters taken as drawn with replacement.
//!
//! Särndal, Swensson, Wretman, *Model Assisted Survey Sampling* (1992), §5.5 and §5.7: for the ratio `m = Σ w·y / Σ w` each
//! answer's influence is `z = w·(y − m) / Σ w`; the variance is that of the clusters' sums of `z` within their strata.

use crate::Fault;
use serde::{Deserialize, Serialize};
use statrs::distribution::{Beta, ContinuousCDF as _, StudentsT};
use std::collections::BTreeMap;

/// One person's answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub stratum: u64,
    /// Within the whole sample, not within the stratum.
    pub cluster: u64,
    /// How many people of the population stand behind it.
    pub weight: f64,
    /// None: was asked, but belongs to another group or gave no answer. Such answers still tell of the design.
    pub value: Option<f64>,
}

/// What the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// 1 or 0, or between: the interval stays within 0 and 1.
    Share,
    /// Any number.
    Number,
}

/// What the sample says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub value: f64,
    /// Standard error.
    pub error: f64,
    /// The interval's ends.
    pub low: f64,
    pub high: f64,
    /// Degrees of freedom: clusters less strata.
    pub freedom: u64,
    /// How many times larger the variance is than that of as many answers drawn one by one; none where all say the same.
    pub design_effect: Option<f64>,
    /// Answers with a value.
    pub answers: u64,
    pub clusters: u64,
    /// Strata of a single cluster. Their clusters are compared with the mean of all, which makes the interval wider rather
    /// than narrower.
    pub lonely: u64,
}

struct Sums {
    /// Per stratum, per cluster, the influences.
    strata: BTreeMap<u64, BTreeMap<u64, f64>>,
    value: f64,
    answers: u64,
    /// Variance of single answers.
    spread: f64,
}

fn check(answers: &[Answer], kind: Kind) -> Result<(), Fault> {
    let mut home = BTreeMap::new();
    for (at, answer) in answers.iter().enumerate() {
        if !(answer.weight.is_finite() && answer.weight > 0.0) {
            return Err(Fault::Weight(at));
        }
        let fits = |v: f64| v.is_finite() && (kind == Kind::Number || (0.0..=1.0).contains(&v));
        if !answer.value.is_none_or(fits) {
            return Err(Fault::Value(at));
        }
        if *home.entry(answer.cluster).or_insert(answer.stratum) != answer.stratum {
            return Err(Fault::TwoStrata(answer.cluster));
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a sample has fewer than 2^52 people")]
fn sums(answers: &[Answer]) -> Result<Sums, Fault> {
    let told = || answers.iter().filter_map(|a| a.value.map(|v| (a, v)));
    let weight: f64 = told().map(|(a, _)| a.weight).sum();
    let count = told().count();
    if count == 0 {
        return Err(Fault::Nobody);
    }
    let value = told().map(|(a, v)| a.weight * v).sum::<f64>() / weight;
    let mut strata: BTreeMap<u64, BTreeMap<u64, f64>> = BTreeMap::new();
    for answer in answers {
        let influence = answer.value.map_or(0.0, |v| answer.weight * (v - value) / weight);
        *strata.entry(answer.stratum).or_default().entry(answer.cluster).or_default() += influence;
    }
    let around: f64 = told().map(|(a, v)| a.weight * (v - value).powi(2)).sum::<f64>() / weight;
    let spread = if count > 1 { around * count as f64 / (count as f64 - 1.0) } else { 0.0 };
    Ok(Sums { strata, value, answers: count as u64, spread })
}

/// The mean of those who have a value, with the interval that holds the population's mean in `level` (0.95: of 100 such
/// samples 95).
///
/// # Errors
/// What is wrong with the answers: see [`Fault`].
#[expect(clippy::cast_precision_loss, reason = "a sample has fewer than 2^52 people")]
pub fn mean(answers: &[Answer], kind: Kind, level: f64) -> Result<Estimate, Fault> {
    if !(level > 0.0 && level < 1.0) {
        return Err(Fault::Level);
    }
    check(answers, kind)?;
    let sums = sums(answers)?;
    let clusters: u64 = sums.strata.values().map(|s| s.len() as u64).sum();
    let strata = sums.strata.len() as u64;
    if clusters < 2 {
        return Err(Fault::OneCluster);
    }
    // where every stratum has one cluster only, all of them are compared as if they stood in one
    let freedom = if clusters > strata { clusters - strata } else { clusters - 1 };
    let (mut variance, mut lonely) = (0.0, 0);
    for clusters in sums.strata.values() {
        let n = clusters.len() as f64;
        if clusters.len() == 1 {
            // influences of all add up to nothing, so their mean is nothing
            lonely += 1;
            variance += clusters.values().map(|z| z.powi(2)).sum::<f64>();
        } else {
            let middle = clusters.values().sum::<f64>() / n;
            variance += n / (n - 1.0) * clusters.values().map(|z| (z - middle).powi(2)).sum::<f64>();
        }
    }
    let error = variance.sqrt();
    let plain = sums.spread / sums.answers as f64;
    let (low, high) = match kind {
        Kind::Number => {
            let reach = quantile(level, freedom) * error;
            (sums.value - reach, sums.value + reach)
        }
        Kind::Share => share(sums.value, error, quantile(level, freedom), clusters, level),
    };
    Ok(Estimate {
        value: sums.value,
        error,
        low,
        high,
        freedom,
        design_effect: (plain > 0.0).then(|| variance / plain),
        answers: sums.answers,
        clusters,
        lonely,
    })
}

/// How many standard errors reach both ends of an interval of this level (Student's t): 2.262 for 0.95 and nine degrees of freedom.
/// Without end where there are none.
#[expect(clippy::cast_precision_loss, reason = "a sample has fewer than 2^52 clusters")]
pub fn quantile(level: f64, freedom: u64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom as f64).map_or(f64::INFINITY, |t| t.inverse_cdf(0.5 + level / 2.0))
}

/// On the scale of the logit, where a share has no ends to run into. Where all say the same there is no such scale; then each
/// cluster counts as one answer and the interval is Clopper's and Pearson's: neighbours may all agree.
#[expect(clippy::cast_precision_loss, reason = "a sample has fewer than 2^52 clusters")]
fn share(value: f64, error: f64, reach: f64, clusters: u64, level: f64) -> (f64, f64) {
    let inside = value * (1.0 - value);
    if inside > 1e-12 && error > 0.0 {
        let middle = (value / (1.0 - value)).ln();
        let reach = reach * error / inside;
        let back = |x: f64| 1.0 / (1.0 + (-x).exp());
        return (back(middle - reach), back(middle + reach));
    }
    if inside > 1e-12 {
        // every cluster says exactly the same mixture
        return (value, value);
    }
    let beta = Beta::new(1.0, clusters as f64);
    let far = beta.map_or(1.0, |beta| beta.inverse_cdf(0.5 + level / 2.0));
    if value < 0.5 { (0.0, far) } else { (1.0 - far, 1.0) }
}

#[cfg(test)]
#[path = "mean_tests.rs"]
mod tests;
