//! Rows of inspections, draws and points.

use crate::model::{Draw, Drawn, Inspection};
use crate::visits::{Sent, Visit};
use ::store::keep::{Stays, stays};
use ::store::{Tx, sql};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use places::model::Site;

pub(crate) const STAYS: &[Stays] = &[
    stays("inspection", "inspections"),
    stays("inspection_draw", "inspections"),
    stays("inspection_point", "inspections"),
    stays("inspection_inspector", "acts"),
    stays("inspection_visit", "acts"),
];

pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Inspection>> {
    tx.one(sql!(Inspection: "select {*} from inspection where number = $1"), &[&number])
}

pub(crate) fn draw_of(tx: &mut Tx<'_>, inspection: Id<Inspection>) -> Result<Option<Draw>> {
    tx.one(sql!(Draw: "select {*} from inspection_draw where inspection_id = $1"), &[&inspection])
}

/// All of an inspection: at most [`MOST_POINTS`](crate::model::MOST_POINTS) of a type, and those that stand in.
pub(crate) fn points_of(tx: &mut Tx<'_>, inspection: Id<Inspection>) -> Result<Vec<Drawn>> {
    tx.all(
        sql!(Drawn: "select {*} from inspection_point where inspection_id = $1 order by kind, division, place"),
        &[&inspection],
    )
}

/// Sites that were drawn since then, by inspections that were not cancelled.
pub(crate) fn drawn_since(tx: &mut Tx<'_>, since: Instant) -> Result<Vec<Id<Site>>> {
    let rows = tx.all(
        sql!(
            (Id<Site>,): "select distinct p.site_id from inspection_point p
              join inspection i on i.id = p.inspection_id join inspection_draw d on d.inspection_id = i.id
              where d.drawn_at >= $1 and i.state <> 'cancelled'"
        ),
        &[&since],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub(crate) fn sent_of(tx: &mut Tx<'_>, inspection: Id<Inspection>) -> Result<Vec<Sent>> {
    tx.all(
        sql!(Sent: "select {*} from inspection_inspector where inspection_id = $1 order by person_id"),
        &[&inspection],
    )
}

pub(crate) fn visits_of(tx: &mut Tx<'_>, inspection: Id<Inspection>) -> Result<Vec<Visit>> {
    tx.all(
        sql!(
            Visit: "select {*} from inspection_visit where inspection_id = $1
              order by person_id, day, day_place, id"
        ),
        &[&inspection],
    )
}

/// Does away with who was to go where, before it is said anew.
pub(crate) fn forget_visits(tx: &mut Tx<'_>, inspection: Id<Inspection>) -> Result<()> {
    tx.exec(sql!("delete from inspection_visit where inspection_id = $1"), &[&inspection])?;
    tx.exec(sql!("delete from inspection_inspector where inspection_id = $1"), &[&inspection]).map(drop)
}

/// Who visited which point, by its number, in the inspection that was drawn last before this one and not cancelled.
pub(crate) fn visited_before(
    tx: &mut Tx<'_>,
    inspection: &Inspection,
) -> Result<Vec<(String, Id<kernel::ctx::Person>)>> {
    let last = tx.one(
        sql!(
            (Id<Inspection>,): "select i.id from inspection i join inspection_draw d on d.inspection_id = i.id
              where d.drawn_at < (select o.drawn_at from inspection_draw o where o.inspection_id = $1)
                and i.state <> 'cancelled' order by d.drawn_at desc limit 1"
        ),
        &[&inspection.id],
    )?;
    let Some((last,)) = last else { return Ok(Vec::new()) };
    tx.all(
        sql!(
            (String, Id<kernel::ctx::Person>): "select p.number, v.person_id from inspection_visit v
              join inspection_point p on p.id = v.point_id where v.inspection_id = $1"
        ),
        &[&last],
    )
}
