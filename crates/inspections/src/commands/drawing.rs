//! The draw itself, with the value from outside and whoever witnessed it.

use super::{Which, draw_of, event, load_for, name_of, save, stepped};
use crate::model::{Draw, Drawn, Inspection, NAME, WORDS, words};
use crate::workflow::Step;
use ::store::Tx;
use draw::record::entries;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Findings, Problem, Result};
use places::model::Site;
use std::collections::{HashMap, HashSet};

/// Draws. Of two that try at one moment one is told that the other was faster. Records `inspection.drawn`.
///
/// # Errors
/// 422 at `inspection_value` and `inspection_witness`.
pub fn draw(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    which: Which<'_>,
    public_value: &str,
    witness: &str,
) -> Result<Inspection> {
    let inspection = load_for(ctx, tx, which)?;
    let next = stepped(&inspection, Step::Draw)?;
    let mut findings = Findings::default();
    let value = findings.take(words("inspection_value", public_value, WORDS));
    let witness = findings.take(words("inspection_witness", witness, NAME));
    findings.done()?;
    let bound = Draw {
        public_value: value.unwrap_or_default(),
        witness: witness.unwrap_or_default(),
        drawn_at: Some(ctx.now),
        drawn_by: name_of(ctx),
        ..draw_of(tx, &inspection)?
    };
    tx.save(&bound)?;
    let points = points(tx, &inspection, &bound)?;
    for point in &points {
        tx.insert(point)?;
    }
    let next = save(tx, next)?;
    let event = event("inspection.drawn", &next)
        .with("public-value", bound.public_value.as_str())
        .with("witness", bound.witness.as_str())
        .with("count", i64::try_from(points.len()).unwrap_or(i64::MAX));
    tx.record(ctx, event)?;
    Ok(next)
}

/// The points that were drawn, as rows.
fn points(tx: &mut Tx<'_>, inspection: &Inspection, bound: &Draw) -> Result<Vec<Drawn>> {
    let record = bound.record(&[])?.ok_or_else(|| Problem::internal("a draw without its time"))?;
    let register = Register::of(tx, bound)?;
    let second: HashSet<&str> = record.second.iter().map(String::as_str).collect();
    let mut points = Vec::new();
    for stratum in &record.strata {
        for (nth, number) in stratum.drawn.iter().enumerate() {
            let mut point = register.point(tx, inspection, number)?;
            point.place = i64::try_from(nth).unwrap_or(i64::MAX - 1) + 1;
            point.second = second.contains(number.as_str());
            points.push(point);
        }
    }
    Ok(points)
}

/// The frozen register, with the ids of its sites.
pub(super) struct Register {
    entries: HashMap<String, draw::Entry>,
    ids: HashMap<String, Id<Site>>,
}

impl Register {
    pub(super) fn of(tx: &mut Tx<'_>, bound: &Draw) -> Result<Self> {
        let read =
            entries(&bound.register.0).ok_or_else(|| Problem::internal("a frozen register is none"))?;
        let entries: HashMap<String, draw::Entry> = read.into_iter().map(|e| (e.number.clone(), e)).collect();
        let numbers: Vec<String> = entries.keys().cloned().collect();
        let ids = places::queries::site_ids(tx, &numbers)?;
        Ok(Self { entries, ids })
    }

    /// A row for a point, its place still to be filled in.
    pub(super) fn point(&self, tx: &mut Tx<'_>, inspection: &Inspection, number: &str) -> Result<Drawn> {
        let (Some(entry), Some(site)) = (self.entries.get(number), self.ids.get(number)) else {
            return Err(Problem::internal("a drawn point is not in the register"));
        };
        Ok(Drawn {
            id: tx.new_id(),
            inspection_id: inspection.id,
            site_id: *site,
            number: number.to_owned(),
            kind: entry.kind.clone(),
            division: entry.division.clone(),
            name: entry.name.clone(),
            lng: entry.lng.parse().map_err(Problem::internal)?,
            lat: entry.lat.parse().map_err(Problem::internal)?,
            place: 0,
            second: false,
            stands_for: String::new(),
            out_place: 0,
            out_in: String::new(),
            out_reason: String::new(),
            out_at: None,
            out_by: String::new(),
            version: 1,
        })
    }
}
