//! What is drawn: facts that say which inspection it is, how many points of each stratum, how many are visited twice.

use crate::canon::{Row, cell};
use serde::{Deserialize, Serialize};

/// Points of one type in one division, of which so many are drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stratum {
    /// Code of the type of point.
    pub kind: String,
    /// Code of the division; empty where the city is not divided.
    pub division: String,
    pub take: usize,
}

/// A plan. Its rows are what is hashed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Names and values: `("number", "IN-2026-0001")`. None is called `second` or `stratum`.
    pub facts: Vec<(String, String)>,
    /// Of a hundred points drawn, how many are visited a second time.
    pub second_percent: usize,
    pub strata: Vec<Stratum>,
}

const SECOND: &str = "second";
const STRATUM: &str = "stratum";

impl Plan {
    #[must_use]
    pub fn fact(mut self, name: &str, value: &str) -> Self {
        self.facts.push((name.to_owned(), cell(value)));
        self
    }

    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> =
            self.facts.iter().map(|(name, value)| vec![name.clone(), value.clone()]).collect();
        rows.push(vec![SECOND.to_owned(), self.second_percent.to_string()]);
        rows.extend(
            self.strata
                .iter()
                .map(|s| vec![STRATUM.to_owned(), s.kind.clone(), s.division.clone(), s.take.to_string()]),
        );
        rows
    }

    /// The plan that these rows are; `None` where they are none: a row of another shape, a number that is none, a stratum twice.
    pub fn parse(rows: &[Row]) -> Option<Self> {
        let mut plan = Plan::default();
        let mut second = None;
        for row in rows {
            match row.as_slice() {
                [name, value] if name == SECOND && second.is_none() => second = Some(whole(value)?),
                [name, kind, division, take] if name == STRATUM => {
                    let (kind, division) = (kind.clone(), division.clone());
                    if plan.strata.iter().any(|s| s.kind == kind && s.division == division) {
                        return None;
                    }
                    plan.strata.push(Stratum { kind, division, take: whole(take)? });
                }
                [name, value] if name != SECOND && name != STRATUM => {
                    plan.facts.push((name.clone(), value.clone()));
                }
                _ => return None,
            }
        }
        plan.second_percent = second.filter(|percent| *percent <= 100)?;
        Some(plan)
    }
}

/// A whole number as it is written: no sign, no zeros before it.
fn whole(text: &str) -> Option<usize> {
    let number: usize = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        cells.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn rows_say_all_of_a_plan() {
        let plan = Plan {
            second_percent: 10,
            strata: vec![Stratum { kind: "market".into(), division: "620201001".into(), take: 3 }],
            ..Plan::default()
        }
        .fact("number", "IN-2026-0001")
        .fact("name", " 第一季度\t考察 ");
        assert_eq!(Plan::parse(&plan.rows()), Some(plan.clone()));
        assert_eq!(plan.facts[1].1, "第一季度 考察");
    }

    #[test]
    fn what_is_no_plan_is_none() {
        let good = [row(&["second", "0"]), row(&["stratum", "market", "", "1"])];
        assert!(Plan::parse(&good).is_some());
        for bad in [
            vec![row(&["stratum", "market", "", "1"])],
            vec![row(&["second", "101"])],
            vec![row(&["second", "0"]), row(&["second", "0"])],
            vec![row(&["second", "0"]), row(&["stratum", "market", "", "+1"])],
            vec![row(&["second", "0"]), row(&["stratum", "market", "", "01"])],
            vec![row(&["second", "0"]), row(&["stratum", "market"])],
            vec![row(&["second", "0"]), row(&["x"])],
            vec![good[0].clone(), good[1].clone(), good[1].clone()],
        ] {
            assert_eq!(Plan::parse(&bad), None, "{bad:?}");
        }
    }
}
