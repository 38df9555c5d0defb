//! One matter reported dozens of times: open cases that look like the first of them.

use super::filter::visible;
use crate::alike::{Look, REACH_M, likeness, percent};
use crate::model::{Case, CaseDescription, Item};
use crate::workflow::{CASE, State, Step};
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::geometry::distance_m;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use std::collections::HashMap;
use store::{Query, Sealed, Tx, record};

record! {
    /// A case of a cluster.
    #[derive(Clone, Debug)]
    pub struct Member {
        pub id: Id<Case>,
        pub number: String,
        pub title: String,
        pub description: Sealed<CaseDescription>,
        pub address: String,
        pub state: State,
        pub item_id: Option<Id<Item>>,
        pub lead_unit: Option<Id<Unit>>,
        pub reported_at: Instant,
        pub follower_count: i64,
        pub lng: f64,
        pub lat: f64,
    }
}

impl Member {
    pub fn place(&self) -> Point {
        Point { lng: self.lng, lat: self.lat }
    }

    /// Whether it can be merged into another.
    pub fn can_merge(&self) -> bool {
        CASE.step(self.state, Step::Merge).is_ok()
    }
}

/// Cases that are probably one. The first was reported first, or has come furthest: the others are to be merged into it.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub first: Member,
    /// With how much each is like the first, in per cent, and how many metres it is away.
    pub others: Vec<(Member, u32, f64)>,
}

/// Most open cases that are compared: the newest of each state. Each is compared only with the first cases of clusters within
/// [`REACH_M`], so that the work grows with the number of cases, not with its square. What is shown is a few of what is read.
const COMPARED: i64 = 1000;

/// Cells of the grid in which cases are looked for, in degrees: at least [`REACH_M`] wide anywhere in the country.
const CELL_LAT: f64 = REACH_M / 110_000.0;
const CELL_LNG: f64 = REACH_M / 60_000.0;

type Cell = (i64, i64);

#[expect(clippy::cast_possible_truncation, reason = "some hundred thousand cells around the earth")]
fn cell(at: Point) -> Cell {
    ((at.lat / CELL_LAT).floor() as i64, (at.lng / CELL_LNG).floor() as i64)
}

/// Open cases with a place that the person may see, the newest of each state.
fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Member>> {
    let part = |state: &State| {
        let mut part = Query::<(i64,)>::new("select id from case_file");
        visible(ctx, &mut part);
        part.filter("state = ? and lat is not null and parent_id is null", &[state]);
        part.tail("order by reported_at desc, id desc limit ?", &[&COMPARED]);
        part
    };
    // what is nearly over takes in nobody any more
    let states = State::open().into_iter().filter(|s| !matches!(s, State::Verified | State::Contested));
    let states: Vec<State> = states.filter(|s| *s != State::Split).collect();
    let mut q = Query::<Member>::new("select {*} from case_file");
    q.any_of("id", states.iter().map(part).collect()).tail("order by reported_at, id", &[]);
    tx.query(&q)
}

/// Clusters of open cases, the largest first. `threshold`: per cent of likeness with the first.
///
/// Every case is held against the first of each cluster near it, not against all its members: otherwise cases in a row along a
/// street would all hang together though the ends have nothing in common.
pub fn clusters(ctx: &Ctx, tx: &mut Tx<'_>, threshold: u32) -> Result<Vec<Cluster>> {
    let members = open(ctx, tx)?;
    Ok(gather(members, threshold))
}

fn gather(mut members: Vec<Member>, threshold: u32) -> Vec<Cluster> {
    // what is at work already comes before what can still be merged; among equals the older one
    members.sort_by_key(|m| (m.can_merge(), m.reported_at, m.id));
    let mut found: Vec<(Look, Cluster)> = Vec::new();
    let mut near: HashMap<Cell, Vec<usize>> = HashMap::new();
    for member in members {
        let place = member.place();
        let words = format!("{} {}", member.title, member.description);
        let look = Look::new(Some(place), member.reported_at, member.item_id, &words);
        let (row, column) = cell(place);
        let around = (row - 1..=row + 1).flat_map(|r| (column - 1..=column + 1).map(move |c| (r, c)));
        let best = around
            .flat_map(|at| near.get(&at).into_iter().flatten())
            .filter_map(|n| {
                let (first, cluster) = found.get(*n)?;
                let metres = distance_m(place, cluster.first.place());
                let alike = percent(likeness(first, &look));
                (member.can_merge() && metres < REACH_M && alike >= threshold).then_some((alike, *n, metres))
            })
            .max_by_key(|(alike, n, _)| (*alike, std::cmp::Reverse(*n)));
        match best.and_then(|(alike, n, metres)| Some((alike, metres, found.get_mut(n)?))) {
            Some((alike, metres, (_, cluster))) => cluster.others.push((member, alike, metres)),
            None => {
                near.entry((row, column)).or_default().push(found.len());
                found.push((look, Cluster { first: member, others: Vec::new() }));
            }
        }
    }
    let mut clusters: Vec<Cluster> =
        found.into_iter().map(|(_, c)| c).filter(|c| !c.others.is_empty()).collect();
    clusters.sort_by_key(|c| (std::cmp::Reverse(c.others.len()), c.first.id));
    clusters
}

/// The cases with these numbers that the person may see, as members.
pub fn members(ctx: &Ctx, tx: &mut Tx<'_>, numbers: &[String]) -> Result<Vec<Member>> {
    let mut q = Query::<Member>::new("select {*} from case_file");
    q.one_of("number", numbers);
    visible(ctx, &mut q);
    q.filter("lat is not null", &[]).tail("order by reported_at, id", &[]);
    tx.query(&q)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: i64, lng: f64, state: State) -> Member {
        Member {
            id: Id::new(id),
            number: format!("CASE-{id}"),
            title: "路灯不亮".to_owned(),
            description: Sealed::default(),
            address: String::new(),
            state,
            item_id: Some(Id::new(1)),
            lead_unit: None,
            reported_at: Instant(id),
            follower_count: 0,
            lng,
            lat: 39.772,
        }
    }

    #[test]
    fn the_first_takes_in_what_is_like_it_and_a_row_along_a_street_does_not_hang_together() {
        // 43 metres between neighbours: 344 metres from end to end
        let row = (0..9)
            .map(|n| member(n, 98.277 + 0.0005 * f64::from(i32::try_from(n).unwrap()), State::Reported));
        let found = gather(row.collect(), 60);
        let sizes: Vec<usize> = found.iter().map(|c| c.others.len() + 1).collect();
        assert_eq!(sizes.iter().sum::<usize>(), 9);
        assert!(found.len() > 1, "{sizes:?}");
        for cluster in &found {
            assert!(cluster.others.iter().all(|(_, alike, metres)| *alike >= 60 && *metres < REACH_M));
        }
    }

    #[test]
    fn what_a_unit_has_already_takes_in_the_others_and_is_never_taken_in() {
        let all = vec![
            member(1, 98.277, State::Reported),
            member(2, 98.277, State::Handling),
            member(3, 98.277, State::Dispatched),
        ];
        let found = gather(all, 60);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].first.id, found[0].others.len()), (Id::new(2), 1));
        assert_eq!(found[0].others[0].0.id, Id::new(1));
    }
}
