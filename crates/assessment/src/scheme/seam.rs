//! What the shadow score asks of schemes and rounds. Whether somebody may know is for it to decide.

use super::model::{Scheme, State};
use super::tree::{self, Placed};
use super::{notation::Rule, store as rows};
use crate::rounds::matching::plain;
use crate::rounds::store as round_rows;
use crate::rounds::worked::{Worked, worked};
use crate::rounds::workflow::State as RoundState;
use ::store::Tx;
use kernel::id::Id;
use kernel::problem::Result;
use scoring::{Observation, Value};
use std::collections::HashMap;
use std::sync::Arc;
use web::City;

/// A published edition with its tree.
#[derive(Clone, Debug)]
pub struct Tree {
    pub scheme: Scheme,
    pub placed: Vec<Placed>,
    pub tree: scoring::Scheme,
}

impl Tree {
    /// Ways of judging, in the order in which they first appear.
    pub fn ways(&self) -> Vec<String> {
        tree::ways(&self.placed, &self.scheme)
    }

    /// The rule of a way of judging a standard.
    pub fn rule(&self, code: &str, way: &str) -> Option<&Rule> {
        let of = self.placed.iter().find(|of| of.node.code == code)?;
        of.node.parts.0.iter().find(|part| part.way == way).map(|part| &part.rule)
    }
}

fn whole(tx: &mut Tx<'_>, scheme: Scheme) -> Result<Option<Tree>> {
    if scheme.state != State::Published {
        return Ok(None);
    }
    let placed = tree::ordered(&rows::nodes(tx, scheme.id)?);
    Ok(tree::checked(&placed).ok().map(|tree| Tree { scheme, placed, tree }))
}

/// A published edition by its number.
pub fn tree(tx: &mut Tx<'_>, number: &str) -> Result<Option<Tree>> {
    rows::scheme(tx, number)?.map_or(Ok(None), |scheme| whole(tx, scheme))
}

pub fn tree_by_id(tx: &mut Tx<'_>, id: Id<Scheme>) -> Result<Option<Tree>> {
    rows::scheme_by_id(tx, id)?.map_or(Ok(None), |scheme| whole(tx, scheme))
}

/// Published editions, the newest first.
pub fn published(tx: &mut Tx<'_>) -> Result<Vec<Scheme>> {
    let all = rows::schemes(tx)?;
    Ok(all.into_iter().filter(|scheme| scheme.state == State::Published).collect())
}

/// Names by which a standard finds its observations, as they are compared: what it observes, else its own.
pub fn names(of: &Placed) -> Vec<String> {
    super::figures::names(of).into_iter().map(plain).collect()
}

/// A name as it is compared.
pub fn plain_name(name: &str) -> String {
    plain(name)
}

/// A row of a round, as a place that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub unit: String,
    pub href: String,
}

/// What rounds found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// By code of the standard; `point` is a place in `rows`.
    pub observations: HashMap<String, Vec<Observation>>,
    pub rows: Vec<Row>,
    /// Numbers of rounds that are not there, or were withdrawn.
    pub absent: Vec<String>,
}

/// Points of rounds as observations of the standards that are judged in this way and name their items.
pub fn found(
    tx: &mut Tx<'_>,
    city: Option<&City>,
    tree: &Tree,
    way: &str,
    numbers: &[String],
) -> Result<Found> {
    let mut found = Found::default();
    // items that a standard names, with the standard
    let mut standards: HashMap<String, Vec<&str>> = HashMap::new();
    for of in &tree.placed {
        if of.node.parts.0.iter().any(|part| part.way == way) {
            for name in names(of) {
                standards.entry(name).or_default().push(&of.node.code);
            }
        }
    }
    for (occasion, number) in (1..).zip(numbers) {
        let round = round_rows::by_number(tx, number)?;
        let Some(round) = round.filter(|round| round.state != RoundState::Withdrawn) else {
            found.absent.push(number.clone());
            continue;
        };
        let worked = match city {
            Some(city) => worked(city, tx, &round)?,
            None => Arc::new(Worked::load(tx, round.id)?),
        };
        let period = u32::try_from(round.day().month()).unwrap_or_default();
        for (row, point) in worked.points().filter(|(row, _)| !worked.aside.contains_key(&row.row_number)) {
            let item = plain(&point.item);
            let part =
                (!point.sub_item.is_empty()).then(|| plain(&format!("{}{}", point.item, point.sub_item)));
            let codes: Vec<&str> = std::iter::once(&item)
                .chain(&part)
                .filter_map(|name| standards.get(name))
                .flatten()
                .copied()
                .collect();
            if codes.is_empty() {
                continue;
            }
            let place = u64::try_from(found.rows.len()).unwrap_or_default();
            found.rows.push(Row {
                name: row.point.clone(),
                unit: point.units.join("、"),
                href: format!("/assessment/rounds/{number}/rows/{}", row.row_number),
            });
            let value = Value::Points(10_000 - point.lost);
            let seen = Observation { value, point: place, scorer: 0, occasion, period, again: false };
            for code in codes {
                found.observations.entry(code.to_owned()).or_default().push(seen);
            }
        }
    }
    Ok(found)
}

/// Most rounds that are offered.
const OFFERED: usize = 100;

/// Rounds that count, the latest first: number and name.
pub fn rounds(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let counts = [RoundState::Draft, RoundState::Checked, RoundState::Published];
    let all = round_rows::list(tx, &counts, "", None, OFFERED)?;
    Ok(all.into_iter().map(|round| (round.number, round.name)).collect())
}
