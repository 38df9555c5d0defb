//! The rule of a round of inspections as cities keep it in workbooks: a point is 1 less what was taken off, a sub-item the
//! mean of its points, an item the sum of its sub-items, and its quota their number.
//!
//! What a street or a unit comes to is the mean of its points. A point may have several responsible units and counts in full
//! for each; a point without one counts for the city alone.

use crate::exact::Exact;
use serde::Serialize;
use std::collections::BTreeMap;

/// Ten-thousandths: what is taken off is written with a few places.
const PARTS: i64 = 10_000;

/// A point that was inspected, already matched. Names are whatever the caller tells things apart by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub item: String,
    pub sub_item: String,
    /// What was taken off, in ten-thousandths, 0 to 10,000.
    pub lost: i64,
    pub street: Option<String>,
    /// Each once.
    pub units: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubItem {
    pub name: String,
    pub points: i64,
    pub score: Exact,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    pub name: String,
    pub score: Exact,
    /// What could be reached: its sub-items.
    pub quota: i64,
    pub rate: Exact,
    pub sub_items: Vec<SubItem>,
}

/// A street or a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Holder {
    pub name: String,
    pub points: i64,
    /// Points with something taken off.
    pub faults: i64,
    /// Mean of its points.
    pub rate: Exact,
    /// What its points take away from the city: the other way of adding up what is lost.
    pub costs: Exact,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Round {
    pub score: Exact,
    pub quota: i64,
    pub rate: Exact,
    pub items: Vec<Item>,
    pub streets: Vec<Holder>,
    pub units: Vec<Holder>,
    /// What points without a street take away from the city.
    pub costs_without_street: Exact,
}

/// What points take away from the city: lost parts by how many points share a sub-item, so that a hundred thousand points are
/// added as whole numbers.
#[derive(Default)]
struct Costs(BTreeMap<i64, i64>);

impl Costs {
    fn add(&mut self, lost: i64, of: i64) {
        if lost != 0 {
            *self.0.entry(of).or_insert(0) += lost;
        }
    }

    fn sum(&self) -> Exact {
        self.0.iter().filter_map(|(of, lost)| Exact::ratio(*lost, PARTS * of)).sum()
    }
}

#[derive(Default)]
struct Sum {
    points: i64,
    faults: i64,
    lost: i64,
    costs: Costs,
}

impl Sum {
    fn add(&mut self, point: &Point) {
        self.points += 1;
        self.faults += i64::from(point.lost > 0);
        self.lost += point.lost;
    }

    /// `of`: points of its sub-item.
    fn add_cost(&mut self, point: &Point, of: i64) {
        self.add(point);
        self.costs.add(point.lost, of);
    }

    fn mean(&self) -> Exact {
        Exact::ratio(self.points * PARTS - self.lost, self.points * PARTS).unwrap_or_default()
    }

    fn holder(name: String, sum: &Self) -> Holder {
        Holder { name, points: sum.points, faults: sum.faults, rate: sum.mean(), costs: sum.costs.sum() }
    }
}

/// What a round comes to. Items and sub-items keep the order in which they first appear; streets and units stand by rate,
/// lowest first, then by name.
pub fn score(points: &[Point]) -> Round {
    let mut order: Vec<&str> = Vec::new();
    let mut items: BTreeMap<&str, (Vec<&str>, BTreeMap<&str, Sum>)> = BTreeMap::new();
    for point in points {
        let (sub_order, subs) = items.entry(&point.item).or_insert_with(|| {
            order.push(&point.item);
            (Vec::new(), BTreeMap::new())
        });
        let sum = subs.entry(&point.sub_item).or_insert_with(|| {
            sub_order.push(&point.sub_item);
            Sum::default()
        });
        sum.add(point);
    }
    let of_sub = |point: &Point| {
        items
            .get(point.item.as_str())
            .and_then(|(_, subs)| subs.get(point.sub_item.as_str()))
            .map_or(1, |s| s.points)
    };
    let mut streets: BTreeMap<&str, Sum> = BTreeMap::new();
    let mut units: BTreeMap<&str, Sum> = BTreeMap::new();
    let mut without = Costs::default();
    for point in points {
        let of = of_sub(point);
        match &point.street {
            Some(street) => streets.entry(street).or_default().add_cost(point, of),
            None => without.add(point.lost, of),
        }
        for unit in &point.units {
            units.entry(unit).or_default().add_cost(point, of);
        }
    }
    let items: Vec<Item> = order.iter().filter_map(|name| item(name, items.get(name)?)).collect();
    let score: Exact = items.iter().map(|item| &item.score).sum();
    let quota = items.iter().map(|item| item.quota).sum::<i64>();
    let rate = score.over(&Exact::from(quota)).unwrap_or_default();
    Round {
        score,
        quota,
        rate,
        items,
        streets: holders(streets),
        units: holders(units),
        costs_without_street: without.sum(),
    }
}

fn item(name: &str, (order, subs): &(Vec<&str>, BTreeMap<&str, Sum>)) -> Option<Item> {
    let sub_items: Vec<SubItem> = order
        .iter()
        .filter_map(|sub| {
            let sum = subs.get(sub)?;
            Some(SubItem { name: (*sub).to_owned(), points: sum.points, score: sum.mean() })
        })
        .collect();
    let score: Exact = sub_items.iter().map(|sub| &sub.score).sum();
    let quota = i64::try_from(sub_items.len()).unwrap_or(i64::MAX);
    let rate = score.over(&Exact::from(quota))?;
    Some(Item { name: name.to_owned(), score, quota, rate, sub_items })
}

fn holders(sums: BTreeMap<&str, Sum>) -> Vec<Holder> {
    let mut holders: Vec<Holder> =
        sums.into_iter().map(|(name, sum)| Sum::holder(name.to_owned(), &sum)).collect();
    holders.sort_by(|a, b| a.rate.cmp(&b.rate).then_with(|| a.name.cmp(&b.name)));
    holders
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(item: &str, sub: &str, lost: i64, street: Option<&str>, units: &[&str]) -> Point {
        Point {
            item: item.into(),
            sub_item: sub.into(),
            lost,
            street: street.map(Into::into),
            units: units.iter().map(|u| (*u).to_owned()).collect(),
        }
    }

    #[test]
    fn a_round_by_hand() {
        let round = score(&[
            point("公益广告", "1", 10_000, Some("甲街"), &["城管局"]),
            point("公益广告", "1", 0, None, &[]),
            point("公益广告", "2", 2_500, Some("乙街"), &["城管局", "住建局"]),
            point("文明旅游", "1", 0, Some("甲街"), &["旅游局"]),
        ]);
        assert_eq!((round.score.to_string(), round.quota), ("2.25".into(), 3));
        assert_eq!(round.rate.to_string(), "0.75");
        assert_eq!((round.items[0].score.to_string(), round.items[0].quota), ("1.25".into(), 2));
        let units: Vec<_> =
            round.units.iter().map(|u| (u.name.as_str(), u.points, u.rate.to_string())).collect();
        let expected = [
            ("城管局", 2, "0.375".to_owned()),
            ("住建局", 1, "0.75".to_owned()),
            ("旅游局", 1, "1".to_owned()),
        ];
        assert_eq!(units, expected);
        assert_eq!(score(&[]).rate, Exact::zero());
    }

    proptest! {
        /// What streets cost, with what belongs to none, is what the city has lost; and the mean of each way is the same.
        #[test]
        fn totals_agree_by_two_ways_of_adding(
            rows in prop::collection::vec((0_u8..5, 0_u8..4, 0_i64..=10_000, 0_u8..4), 1..80),
        ) {
            let points: Vec<Point> = rows
                .iter()
                .map(|(item, sub, lost, street)| {
                    let street = (*street > 0).then(|| street.to_string());
                    Point { street, ..point(&item.to_string(), &sub.to_string(), *lost, None, &[]) }
                })
                .collect();
            let round = score(&points);
            let costs = round.streets.iter().map(|s| &s.costs).sum::<Exact>() + &round.costs_without_street;
            prop_assert_eq!(Exact::from(round.quota) - costs, round.score.clone());
            let subs: Exact = round.items.iter().flat_map(|i| &i.sub_items).map(|s| &s.score).sum();
            prop_assert_eq!(subs, round.score);
        }
    }
}
