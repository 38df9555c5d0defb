//! Rows of what follows a closing: recurrences and second looks.

use crate::model::{Case, Item, Look, Recurrence};
use kernel::geometry::Bbox;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Tx, sql};

/// Closed cases of a kind in a box, closed between two moments, the last closed first. Reads the index entries of all that
/// was closed of the kind in that time, of which a few lie in the box: some hundred in a city of a million cases.
pub fn closed_in(
    tx: &mut Tx<'_>,
    item: Id<Item>,
    (from, until): (Instant, Instant),
    place: Bbox,
) -> Result<Vec<Case>> {
    tx.all(
        sql!(Case: "select {*} from case_file where item_id = $1 and closed_at >= $2 and closed_at <= $3
             and state = 'closed' and lat between $4 and $5 and lng between $6 and $7
             order by closed_at desc, id desc limit 20"),
        &[&item, &from, &until, &place.south, &place.north, &place.west, &place.east],
    )
}

/// Every link by which this case is said to be an earlier one again, ended ones too.
pub fn recurrences_of(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Recurrence>> {
    tx.all(sql!(Recurrence: "select {*} from case_recurrence where case_id = $1 order by id"), &[&id])
}

/// Links of this case that hold, in both directions.
pub fn recurrences_around(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Recurrence>> {
    tx.all(
        sql!(Recurrence: "select {*} from case_recurrence where (case_id = $1 or earlier_id = $1) and ended_at is null
             order by id"),
        &[&id],
    )
}

/// The second look that a case waits for.
pub fn open_look(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Option<Look>> {
    tx.one(
        sql!(Look: "select {*} from case_look where case_id = $1 and state = 'open' order by id desc limit 1"),
        &[&id],
    )
}

pub fn look_drawn(tx: &mut Tx<'_>, id: Id<Case>, closed_at: Instant) -> Result<bool> {
    let n: i64 = tx.value(
        sql!((i64,): "select count(*) from case_look where case_id = $1 and closed_at = $2"),
        &[&id, &closed_at],
    )?;
    Ok(n > 0)
}

/// What was closed between two moments, a page at a time, after this moment and id.
pub fn closed_between(
    tx: &mut Tx<'_>,
    (at, id): (Instant, i64),
    until: Instant,
    limit: i64,
) -> Result<Vec<(Id<Case>, Instant)>> {
    tx.all(
        sql!((Id<Case>, Instant): "select id, closed_at from case_file where (closed_at, id) > ($1, $2) and closed_at <= $3
             and state = 'closed' and lead_unit is not null order by closed_at, id limit $4"),
        &[&at, &id, &until, &limit],
    )
}
