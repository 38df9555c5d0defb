//! Moving a visit by hand, and what becomes of visits to a point that is replaced.

use super::send::{running, stops};
use super::{Which, event, load_for, reason, save};
use crate::model::{Drawn, Inspection};
use crate::store as rows;
use crate::visits::{self, Visit};
use ::store::Tx;
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use places::PlaceIndex;

/// Where a visit is to go.
#[derive(Clone, Debug)]
pub struct Move {
    /// Number of the point.
    pub point: String,
    pub second: bool,
    pub person: Id<Person>,
    pub day: Date,
    pub reason: String,
}

/// Gives a visit to somebody, at the end of a day's way. Records `inspection.moved`.
///
/// # Errors
/// 404 for a visit or a person that is none of this inspection's; 409 `inspection-kept-out` where they are kept out of it,
/// `inspection-same-person` where they make the other visit of the point; 422 for a day outside the inspection and without a reason.
pub fn reassign(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    which: Which<'_>,
    to: &Move,
) -> Result<Inspection> {
    let inspection = load_for(ctx, tx, which)?;
    running(&inspection)?;
    let why = reason(&to.reason)?;
    if !visits::days(&inspection).contains(&to.day) {
        return Err(Problem::field("inspection_day", "not-a-choice"));
    }
    let stops = stops(tx, index, &inspection)?;
    let stop = stops.iter().find(|s| s.point.number == to.point).ok_or_else(Problem::not_found)?;
    let sent = rows::sent_of(tx, inspection.id)?;
    let person = sent.iter().find(|s| s.person_id == to.person).ok_or_else(Problem::not_found)?;
    let all = rows::visits_of(tx, inspection.id)?;
    let of_point = |v: &&Visit| v.point_id == stop.point.id;
    let visit = all.iter().filter(of_point).find(|v| v.second == to.second).ok_or_else(Problem::not_found)?;
    if !person.may(&stop.areas) {
        return Err(Problem::conflict("inspection-kept-out")
            .arg("name", &person.name)
            .arg("point", &to.point));
    }
    if all.iter().filter(of_point).any(|v| v.id != visit.id && v.person_id == to.person) {
        return Err(Problem::conflict("inspection-same-person")
            .arg("name", &person.name)
            .arg("point", &to.point));
    }
    let last = all.iter().filter(|v| v.person_id == to.person && v.day == to.day && v.id != visit.id);
    let moved = Visit {
        person_id: to.person,
        day: to.day,
        day_place: last.map(|v| v.day_place).max().unwrap_or_default() + 1,
        move_reason: why.clone(),
        ..visit.clone()
    };
    tx.save(&moved)?;
    let inspection = save(tx, inspection)?;
    let event = event("inspection.moved", &inspection)
        .with("point", to.point.as_str())
        .with("to", person.name.as_str())
        .with("day", to.day.to_string());
    tx.record(ctx, event.text(&why))?;
    Ok(inspection)
}

/// The visits to a point go to the one that stands in: to the same people where they may, else to whoever may and has least.
///
/// # Errors
/// 409 `inspection-kept-out` where nobody may.
pub(super) fn pass_on(
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    inspection: &Inspection,
    out: &Drawn,
    stands_in: &Drawn,
) -> Result<()> {
    let all = rows::visits_of(tx, inspection.id)?;
    let mut own: Vec<Visit> = all.iter().filter(|v| v.point_id == out.id).cloned().collect();
    if own.is_empty() {
        return Ok(());
    }
    let sent = rows::sent_of(tx, inspection.id)?;
    let unit = places::queries::site_units(tx, &[stands_in.site_id])?.remove(&stands_in.site_id).flatten();
    let areas = visits::areas(index, stands_in, unit);
    let load = |person: Id<Person>| all.iter().filter(|v| v.person_id == person).count();
    for n in 0..own.len() {
        let other = own.iter().enumerate().find(|(m, _)| *m != n).map(|(_, v)| v.person_id);
        let mut may: Vec<Id<Person>> = sent
            .iter()
            .filter(|s| s.may(&areas) && Some(s.person_id) != other)
            .map(|s| s.person_id)
            .collect();
        if !may.contains(&own[n].person_id) {
            may.sort_by_key(|p| (load(*p), *p));
            let next = may.first().copied();
            own[n].person_id = next.ok_or_else(|| {
                Problem::conflict("inspection-kept-out").arg("name", "–").arg("point", &stands_in.number)
            })?;
        }
        own[n].point_id = stands_in.id;
        tx.save(&own[n])?;
    }
    Ok(())
}
