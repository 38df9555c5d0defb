//! What a round came to, small enough to be kept beside it: lists, comparisons and trends read this and no rows.

use super::worked::Worked;
use scoring::Exact;
use scoring::round::{Holder, Item};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// An item, a street or a unit of a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    pub points: i64,
    /// Points with something taken off.
    pub faults: i64,
    /// From 0 to 1.
    pub rate: Exact,
    /// Items only: sum of its sub-items, and their number.
    pub score: Option<Exact>,
    pub quota: Option<i64>,
    /// Streets and units only: what its points take away from the city.
    pub costs: Option<Exact>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub score: Exact,
    pub quota: i64,
    pub rate: Exact,
    /// Rows that count.
    pub points: i64,
    pub faults: i64,
    /// Rows that were set aside.
    pub aside: i64,
    /// Texts that mean nothing certain.
    pub open: i64,
    pub warnings: i64,
    /// Points for which no unit is named.
    pub without_unit: i64,
    pub without_street: i64,
    pub costs_without_street: Exact,
    pub items: Vec<Line>,
    pub streets: Vec<Line>,
    pub units: Vec<Line>,
}

impl Summary {
    pub fn of(worked: &Worked) -> Self {
        let mut by_item: HashMap<&str, (i64, i64)> = HashMap::new();
        let mut whole = Self::default();
        for point in worked.counted() {
            let (points, faults) = by_item.entry(&point.item).or_default();
            *points += 1;
            *faults += i64::from(point.lost > 0);
            whole.points += 1;
            whole.faults += i64::from(point.lost > 0);
            whole.without_unit += i64::from(point.units.is_empty());
            whole.without_street += i64::from(point.street.is_none());
        }
        let score = &worked.score;
        let item = |of: &Item| {
            let (points, faults) = by_item.get(of.name.as_str()).copied().unwrap_or_default();
            Line {
                name: of.name.clone(),
                points,
                faults,
                rate: of.rate.clone(),
                score: Some(of.score.clone()),
                quota: Some(of.quota),
                costs: None,
            }
        };
        Self {
            score: score.score.clone(),
            quota: score.quota,
            rate: score.rate.clone(),
            aside: i64::try_from(worked.aside.len()).unwrap_or(i64::MAX),
            open: i64::try_from(worked.found.open.len()).unwrap_or(i64::MAX),
            warnings: i64::try_from(worked.found.warnings.len()).unwrap_or(i64::MAX),
            costs_without_street: score.costs_without_street.clone(),
            items: score.items.iter().map(item).collect(),
            streets: score.streets.iter().map(holder).collect(),
            units: score.units.iter().map(holder).collect(),
            ..whole
        }
    }
}

fn holder(of: &Holder) -> Line {
    Line {
        name: of.name.clone(),
        points: of.points,
        faults: of.faults,
        rate: of.rate.clone(),
        score: None,
        quota: None,
        costs: Some(of.costs.clone()),
    }
}
