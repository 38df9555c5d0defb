//! Years of a cycle: a year is the weighted mean of its published rounds, unless a score from outside is known; the cycle is the
//! weighted mean of its years. Pure.

use super::model::Cycle;
use crate::rounds::commands::weight;
use crate::rounds::model::Round;
use crate::rounds::summary::Summary;
use scoring::Exact;

#[derive(Clone, Debug, PartialEq)]
pub struct YearScore {
    pub year: i64,
    pub weight: Exact,
    /// What the city's own rounds come to.
    pub own: Option<Exact>,
    /// From outside.
    pub given: Option<Exact>,
    pub rounds: Vec<(Round, Summary)>,
}

impl YearScore {
    /// The one that counts.
    pub fn score(&self) -> Option<&Exact> {
        self.given.as_ref().or(self.own.as_ref())
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct CycleScore {
    pub years: Vec<YearScore>,
    /// Of the years that have a score; none while none has.
    pub mean: Option<Exact>,
}

/// Weighted mean; none where nothing weighs anything.
fn mean<'a>(of: impl Iterator<Item = (&'a Exact, Exact)>) -> Option<Exact> {
    let (mut sum, mut weights) = (Exact::zero(), Exact::zero());
    for (value, weight) in of {
        sum += &(value * &weight);
        weights += &weight;
    }
    sum.over(&weights)
}

/// `rounds`: published ones; those of other years are passed over.
pub fn score(cycle: &Cycle, rounds: &[(Round, Summary)]) -> CycleScore {
    let years: Vec<YearScore> = cycle
        .years
        .0
        .iter()
        .map(|year| {
            let of: Vec<(Round, Summary)> = rounds
                .iter()
                .filter(|(round, _)| i64::from(round.day().year()) == year.year)
                .cloned()
                .collect();
            let weighed =
                of.iter().map(|(round, s)| (&s.rate, weight(&round.weight).unwrap_or_else(|_| Exact::one())));
            YearScore {
                year: year.year,
                weight: year.weight.clone(),
                own: mean(weighed),
                given: year.given.clone(),
                rounds: of,
            }
        })
        .collect();
    let mean = mean(years.iter().filter_map(|year| Some((year.score()?, year.weight.clone()))));
    CycleScore { years, mean }
}
