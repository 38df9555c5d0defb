//! The sample: how many are wanted, which household of a segment comes when, who stands in, how much work that is. Pure.

use crate::model::{Outcome, Plan, Segment, Visit};
use estimates::plan::{Needed, Wanted, needed};
use std::collections::HashMap;

/// Answers and households that the plan asks for, of a population of so many households; none where its figures are no plan.
#[expect(clippy::cast_precision_loss, reason = "tenths of points and hundredths")]
pub fn size(plan: &Plan, households: i64) -> Option<Needed> {
    needed(&Wanted {
        margin: plan.margin as f64 / 1_000.0,
        level: 0.95,
        share: 0.5,
        design_effect: plan.effect as f64 / 100.0,
        people: u64::try_from(households).ok().filter(|n| *n > 0),
        response: plan.response as f64 / 100.0,
    })
}

/// Half the width, as a share, of the interval that so many answers give.
#[expect(clippy::cast_precision_loss, reason = "hundredths")]
pub fn margin(plan: &Plan, answers: i64) -> Option<f64> {
    let answers = u64::try_from(answers).ok().filter(|n| *n > 0)?;
    Some(estimates::plan::margin(answers, 0.95, 0.5, plan.effect as f64 / 100.0))
}

/// Households of a segment in the order in which they are visited: that of a hash of the survey's seed.
pub fn order(seed: &str, segment: &Segment) -> Vec<i64> {
    let mut bytes = [0; 32];
    // a seed that is none puts them into some other order, which is still the same every time
    let _ = hex::decode_to_slice(seed, &mut bytes);
    let place = segment.place.to_string();
    let mut line: Vec<(draw::Hash, i64)> =
        (1..=segment.households).map(|h| (draw::order(&bytes, &[&place, &h.to_string()]), h)).collect();
    line.sort_unstable();
    line.into_iter().map(|(_, household)| household).collect()
}

/// How a household stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Not visited yet.
    Waiting,
    /// Nobody was at home so far: another visit is due.
    Again,
    Answered,
    /// Left, and the next in order stands in.
    Refused,
    Absent,
}

impl Stand {
    /// Whether a visit is due.
    pub fn is_open(self) -> bool {
        matches!(self, Stand::Waiting | Stand::Again)
    }
}

pub fn stand(plan: &Plan, visit: Option<&Visit>) -> Stand {
    match visit.map(|v| (v.outcome, v.tries)) {
        None => Stand::Waiting,
        Some((Outcome::Answered, _)) => Stand::Answered,
        Some((Outcome::Refused, _)) => Stand::Refused,
        Some((Outcome::Absent, tries)) if tries < plan.tries => Stand::Again,
        Some((Outcome::Absent, _)) => Stand::Absent,
    }
}

/// A household that is to be visited, or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    pub household: i64,
    pub stand: Stand,
    pub tries: i64,
    /// It stands in for one that was left.
    pub reserve: bool,
}

/// Those that are on the list now: as many as answers are wanted, and the next in order for each that was left. Nobody chooses.
pub fn doors(plan: &Plan, seed: &str, segment: &Segment, visits: &[Visit]) -> Vec<Door> {
    let known: HashMap<i64, &Visit> = visits.iter().map(|v| (v.household, v)).collect();
    let (mut doors, mut wanted) = (Vec::new(), segment.target);
    for (household, n) in order(seed, segment).into_iter().zip(1..) {
        if n > wanted {
            break;
        }
        let visit = known.get(&household).copied();
        let stand = stand(plan, visit);
        if matches!(stand, Stand::Refused | Stand::Absent) {
            wanted += 1;
        }
        doors.push(Door {
            household,
            stand,
            tries: visit.map_or(0, |v| v.tries),
            reserve: n > segment.target,
        });
    }
    doors
}

/// Least number of households that are told ahead.
const AHEAD: usize = 10;

/// Households that come next in order, for whoever goes without a network: twice as many as are to be visited, so that each can be left and
/// whoever stands in as well. They may be visited when they are on the list, not before.
pub fn ahead(seed: &str, segment: &Segment, doors: &[Door]) -> Vec<i64> {
    let open = doors.iter().filter(|door| door.stand.is_open()).count();
    order(seed, segment).into_iter().skip(doors.len()).take((2 * open).max(AHEAD)).collect()
}

/// Work of one interviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    pub name: String,
    pub segments: i64,
    /// Households, at the response that is expected.
    pub households: i64,
    pub days: i64,
}

/// Work of each interviewer by name, those without one first.
pub fn loads(plan: &Plan, segments: &[Segment]) -> Vec<Load> {
    let mut loads: Vec<Load> = Vec::new();
    for segment in segments {
        let asked = (segment.target * 100).div_euclid(plan.response.max(1))
            + i64::from((segment.target * 100).rem_euclid(plan.response.max(1)) > 0);
        let asked = asked.min(segment.households);
        let at = loads.iter().position(|l| l.name == segment.interviewer).unwrap_or_else(|| {
            loads.push(Load { name: segment.interviewer.clone(), ..Load::default() });
            loads.len() - 1
        });
        loads[at].segments += 1;
        loads[at].households += asked;
    }
    for load in &mut loads {
        let per_day = plan.per_day.max(1);
        load.days = load.households.div_euclid(per_day) + i64::from(load.households.rem_euclid(per_day) > 0);
    }
    loads.sort_by(|a, b| a.name.cmp(&b.name));
    loads
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::id::Id;

    fn few(households: i64, target: i64) -> Segment {
        segment(households, target)
    }

    fn segment(households: i64, target: i64) -> Segment {
        Segment {
            id: Id::new(1),
            survey_id: Id::new(1),
            place: 1,
            name: String::new(),
            division: "d".into(),
            division_name: String::new(),
            households,
            target,
            token: String::new(),
            interviewer_id: None,
            interviewer: "甲".into(),
            version: 1,
        }
    }

    fn visit(household: i64, outcome: Outcome, tries: i64) -> Visit {
        Visit {
            id: Id::new(1),
            survey_id: Id::new(1),
            segment_id: Id::new(1),
            household,
            outcome,
            tries,
            day: "2026-11-30".parse().unwrap(),
            person_id: Id::new(1),
            person: String::new(),
            version: 1,
        }
    }

    #[test]
    fn the_next_in_order_stands_in_and_nobody_chooses() {
        let (plan, seed, segment) = (Plan::default(), "ab".repeat(32), segment(50, 3));
        let order = order(&seed, &segment);
        assert_eq!(order.len(), 50);
        let first: Vec<i64> = doors(&plan, &seed, &segment, &[]).iter().map(|d| d.household).collect();
        assert_eq!(first, order[..3]);
        let visits = [
            visit(order[0], Outcome::Refused, 1),
            visit(order[1], Outcome::Absent, 2),
            visit(order[2], Outcome::Answered, 1),
        ];
        let now = doors(&plan, &seed, &segment, &visits);
        assert_eq!(now.len(), 4);
        assert_eq!((now[3].household, now[3].reserve, now[3].stand), (order[3], true, Stand::Waiting));
        assert_eq!(now[1].stand, Stand::Again);
        let visits = [visit(order[1], Outcome::Absent, 3)];
        assert_eq!(doors(&plan, &seed, &segment, &visits)[1].stand, Stand::Absent);
        assert_ne!(super::order(&"cd".repeat(32), &segment), order);
        assert_eq!(doors(&plan, &seed, &few(2, 3), &[]).len(), 2);
    }

    #[test]
    fn sizes_and_work_are_worked_out() {
        let plan = Plan::default();
        // 1.96² · 0.25 / 0.03² · 1.5 = 1,600.6, of 100,000 households 1,575.4
        let needed = size(&plan, 100_000).unwrap();
        assert_eq!((needed.answers, needed.asked), (1576, 2252));
        assert_eq!(size(&Plan { margin: 0, ..plan.clone() }, 100), None);
        let loads = loads(&plan, &[segment(50, 20), segment(25, 20)]);
        assert_eq!(loads, [Load { name: "甲".into(), segments: 2, households: 54, days: 4 }]);
        assert!(margin(&plan, 0).is_none() && margin(&plan, 1_576).unwrap() < 0.0303);
    }
}
