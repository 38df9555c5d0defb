//! A measurement: the same load several times, and its median.

use crate::rows::Plan;
use anyhow::Result;
use testkit::client::Load;

/// Medians over the rounds.
pub struct Rounds(Vec<Load>);

impl Rounds {
    pub fn of(plan: &Plan, mut run: impl FnMut() -> std::io::Result<Load>) -> Result<Self> {
        // the first is for warming up and is thrown away
        run()?;
        Ok(Self((0..plan.rounds).map(|_| run()).collect::<std::io::Result<_>>()?))
    }

    pub fn rate(&self) -> f64 {
        median(self.0.iter().map(Load::per_second))
    }

    pub fn p99(&self) -> f64 {
        median(self.0.iter().map(|l| l.p99_ms))
    }

    pub fn text(&self) -> String {
        let rates: Vec<f64> = self.0.iter().map(Load::per_second).collect();
        let (low, high) =
            (rates.iter().copied().fold(f64::MAX, f64::min), rates.iter().copied().fold(0.0, f64::max));
        format!("{:.0}/s [{low:.0}–{high:.0}]", self.rate())
    }
}

pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

pub fn percent(part: f64, whole: f64) -> String {
    format!("{:.0} %", 100.0 * part / whole.max(0.001))
}
