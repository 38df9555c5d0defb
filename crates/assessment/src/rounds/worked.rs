//! A round with all its rows and what they mean.
//!
//! What a row means depends on the round's names and on what people said, so that it is worked out from all rows together. The last
//! few rounds that somebody looked at are kept in memory as they were at a version: a page then reads no rows at all.

use super::matching::{Code, Matched, matched};
use super::model::{Match, Name, Round, RowCase, RowRecord, Verdict};
use super::store as rows;
use crate::appeals::corrections;
use crate::appeals::model::Correction;
use ::store::Tx;
use kernel::id::Id;
use kernel::problem::Result;
use scoring::round::{self, Point};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use web::City;

/// Rounds kept in memory.
const KEPT: usize = 6;

#[derive(Clone, Debug)]
pub struct Worked {
    pub rows: Vec<RowRecord>,
    pub names: Vec<Name>,
    pub said: Vec<Match>,
    pub found: Matched,
    /// Row numbers that are set aside, with the reason.
    pub aside: BTreeMap<i64, Verdict>,
    /// Rows of which somebody said that they count.
    pub kept: BTreeMap<i64, Verdict>,
    /// What appeals made of rows: their `lost` is that of the correction, which knows what stood there.
    pub corrections: BTreeMap<i64, Correction>,
    pub score: round::Round,
}

/// Rows with what appeals made of them.
pub fn corrected(
    mut rows: Vec<RowRecord>,
    all: Vec<Correction>,
) -> (Vec<RowRecord>, BTreeMap<i64, Correction>) {
    let all: BTreeMap<i64, Correction> = all.into_iter().map(|c| (c.row_number, c)).collect();
    for row in &mut rows {
        if let Some(correction) = all.get(&row.row_number) {
            row.lost.clone_from(&correction.lost);
            // what the file gives is no contradiction of what was decided since
            row.given.clear();
        }
    }
    (rows, all)
}

impl Worked {
    /// Reads all rows: there is no figure without them.
    pub fn load(tx: &mut Tx<'_>, round: Id<Round>) -> Result<Self> {
        let verdicts = rows::verdicts(tx, round)?;
        let (read, corrections) = corrected(rows::rows(tx, round)?, corrections(tx, round)?);
        let of = Self::of(read, rows::names(tx, round)?, rows::matches(tx, round)?, verdicts);
        Ok(Self { corrections, ..of })
    }

    pub fn of(rows: Vec<RowRecord>, names: Vec<Name>, said: Vec<Match>, verdicts: Vec<Verdict>) -> Self {
        let mut found = matched(&rows, &names, &said);
        let (kept, aside): (Vec<Verdict>, Vec<Verdict>) = verdicts.into_iter().partition(|v| v.counts);
        let by_row =
            |all: Vec<Verdict>| all.into_iter().map(|v| (v.row_number, v)).collect::<BTreeMap<_, _>>();
        let (kept, aside) = (by_row(kept), by_row(aside));
        let decided = |row: i64| kept.contains_key(&row) || aside.contains_key(&row);
        found.warnings.retain(|w| w.code != Code::RepeatedSerial || !decided(w.row));
        let corrections = BTreeMap::new();
        let score = round::score(&[]);
        let mut worked = Self { rows, names, said, found, aside, kept, corrections, score };
        let counted: Vec<Point> = worked.counted().cloned().collect();
        worked.score = round::score(&counted);
        worked
    }

    /// Rows with what they mean, in the file's order.
    pub fn points(&self) -> impl Iterator<Item = (&RowRecord, &Point)> {
        self.rows.iter().zip(&self.found.points)
    }

    /// Points that are scored.
    pub fn counted(&self) -> impl Iterator<Item = &Point> {
        self.points().filter(|(row, _)| !self.aside.contains_key(&row.row_number)).map(|(_, point)| point)
    }

    pub fn row(&self, number: i64) -> Option<(&RowRecord, &Point)> {
        self.points().find(|(row, _)| row.row_number == number)
    }
}

/// A round as it was at a version.
type Version = (Id<Round>, i64, Arc<Worked>);

#[derive(Default)]
struct Kept(Mutex<Vec<Version>>);

/// The round as it is at this version, from memory where it is there.
pub fn worked(city: &City, tx: &mut Tx<'_>, round: &Round) -> Result<Arc<Worked>> {
    let kept = city.kept::<Kept>().unwrap_or_else(|| city.keep(Kept::default()));
    let found = {
        let mut all = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = all.iter().position(|(id, version, _)| *id == round.id && *version == round.version);
        at.map(|at| {
            let entry = all.remove(at);
            all.push(entry.clone());
            entry.2
        })
    };
    if let Some(found) = found {
        return Ok(found);
    }
    let made = Arc::new(Worked::load(tx, round.id)?);
    let mut all = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    all.retain(|(id, ..)| *id != round.id);
    if all.len() >= KEPT {
        all.remove(0);
    }
    all.push((round.id, round.version, Arc::clone(&made)));
    Ok(made)
}

/// Numbers of the cases that rows became, by row.
pub type CaseNumbers = HashMap<i64, String>;

pub fn cases(tx: &mut Tx<'_>, round: Id<Round>) -> Result<CaseNumbers> {
    let of: Vec<RowCase> = rows::cases(tx, round)?;
    Ok(of.into_iter().map(|c| (c.row_number, c.case_number)).collect())
}
