//! Saying who is sent: all visits are divided over them and over the days, by the draw's own seed.

use super::{Which, draw_of, event, load_for};
use crate::model::{Drawn, Inspection};
use crate::store as rows;
use crate::visits::{self, Planned, Sent, Stop, Visit};
use ::store::Tx;
use ::store::value::Json;
use draw::assign::{Before, Blocked};
use kernel::ctx::{Ctx, Person, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use places::PlaceIndex;
use std::collections::HashMap;

/// Somebody who is to be sent, and a division they are kept out of beside their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub person: Id<Person>,
    /// Code.
    pub division: Option<String>,
}

/// Divides all visits over these people and the days. Done again, it does away with what was divided before, moves by hand too.
/// Records `inspection.sent`.
///
/// # Errors
/// 409 `inspection-not-running`; `inspection-blocked` with who or what stands in the way; 422 at `inspection_inspectors` for nobody, or
/// for somebody who is no inspector.
pub fn send(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    which: Which<'_>,
    wanted: &[Wanted],
) -> Result<Inspection> {
    let inspection = load_for(ctx, tx, which)?;
    running(&inspection)?;
    let holders = people::queries::holders_of(tx, Role::Inspector)?;
    let mut sent: Vec<Sent> = Vec::new();
    for one in wanted {
        let holder = holders.iter().find(|h| h.id == one.person);
        let holder = holder.ok_or_else(|| Problem::field("inspection_inspectors", "not-a-choice"))?;
        if let Some(code) = &one.division
            && index.by_code(code).is_none()
        {
            return Err(Problem::field("inspection_inspectors", "not-a-choice"));
        }
        let mut kept_out = vec![visits::unit_area(holder.unit_id)];
        kept_out.extend(one.division.as_deref().map(visits::division_area));
        sent.push(Sent {
            id: tx.new_id(),
            inspection_id: inspection.id,
            person_id: holder.id,
            name: holder.name.clone(),
            kept_out: Json(kept_out),
            version: 1,
        });
    }
    if sent.is_empty() {
        return Err(Problem::field("inspection_inspectors", "required"));
    }
    // the same people in another order are sent the same way
    sent.sort_by_key(|s| s.person_id);
    sent.dedup_by_key(|s| s.person_id);
    let stops = stops(tx, index, &inspection)?;
    let before = before(tx, &inspection)?;
    let seed = seed(tx, &inspection)?;
    let planned = visits::plan(&stops, &sent, &before, &visits::days(&inspection), &seed)
        .map_err(|blocked| refusal(&stops, &sent, &blocked))?;
    rows::forget_visits(tx, inspection.id)?;
    for one in &sent {
        tx.insert(one)?;
    }
    for visit in &planned {
        let row = row(tx, &inspection, &stops, &sent, visit);
        tx.insert(&row)?;
    }
    let inspection = super::save(tx, inspection)?;
    let event = event("inspection.sent", &inspection)
        .with("people", count(sent.len()))
        .with("count", count(planned.len()));
    tx.record(ctx, event)?;
    Ok(inspection)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// # Errors
/// 409 unless it is drawn and not over.
pub(super) fn running(inspection: &Inspection) -> Result<()> {
    if inspection.state.runs() {
        return Ok(());
    }
    let state = format!("inspection-state-{}", inspection.state.code());
    Err(Problem::conflict("inspection-not-running").arg("state", state))
}

fn row(tx: &mut Tx<'_>, of: &Inspection, stops: &[Stop], sent: &[Sent], visit: &Planned) -> Visit {
    Visit {
        id: tx.new_id(),
        inspection_id: of.id,
        point_id: stops[visit.stop].point.id,
        second: visit.second,
        person_id: sent[visit.sent].person_id,
        day: visit.day,
        day_place: visit.day_place,
        move_reason: String::new(),
        version: 1,
    }
}

fn seed(tx: &mut Tx<'_>, inspection: &Inspection) -> Result<draw::Hash> {
    let bound = draw_of(tx, inspection)?;
    let commitment = hex::decode(&bound.commitment).map_err(Problem::internal)?;
    let commitment: draw::Hash =
        commitment.try_into().map_err(|_| Problem::internal("a short commitment"))?;
    Ok(draw::seed(&bound.secret()?, &bound.public_value, &commitment))
}

/// Points that are visited, with what people can be kept out of.
pub(super) fn stops(tx: &mut Tx<'_>, index: &PlaceIndex, inspection: &Inspection) -> Result<Vec<Stop>> {
    let points: Vec<Drawn> =
        rows::points_of(tx, inspection.id)?.into_iter().filter(|p| !p.is_out()).collect();
    let ids: Vec<_> = points.iter().map(|p| p.site_id).collect();
    let units: HashMap<_, Option<Id<Unit>>> = places::queries::site_units(tx, &ids)?;
    Ok(points
        .into_iter()
        .map(|point| {
            let unit = units.get(&point.site_id).copied().flatten();
            Stop { areas: visits::areas(index, &point, unit), point }
        })
        .collect())
}

/// Who was at which point in the inspection that was drawn before this one.
fn before(tx: &mut Tx<'_>, inspection: &Inspection) -> Result<Before> {
    let mut before = Before::new();
    for (number, person) in rows::visited_before(tx, inspection)? {
        before.entry(number).or_default().insert(person.to_string());
    }
    Ok(before)
}

/// Points named in a refusal.
const NAMED: usize = 5;

/// Which points nobody can visit, and who is kept out of them.
fn refusal(stops: &[Stop], sent: &[Sent], blocked: &[(usize, Blocked)]) -> Problem {
    let line = |(stop, _): &(usize, Blocked)| {
        let of = &stops[*stop];
        let out: Vec<&str> = sent.iter().filter(|s| !s.may(&of.areas)).map(|s| s.name.as_str()).collect();
        format!("{} {}（{}）", of.point.number, of.point.name, out.join("、"))
    };
    let mut lines: Vec<String> = blocked.iter().map(line).collect();
    lines.dedup();
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    if more > 0 {
        lines.push(format!("+{more}"));
    }
    let nobody = blocked.iter().any(|(_, b)| !b.needs_another);
    let code = if nobody { "inspection-blocked" } else { "inspection-blocked-second" };
    Problem::conflict(code).arg("what", lines.join("；"))
}
