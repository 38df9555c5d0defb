//! What another reading changes: which rows it touches, and whose figures move. Pure.

use super::model::Correction;
use crate::rounds::change::Change;
use crate::rounds::model::RowRecord;
use crate::rounds::summary::Summary;
use crate::rounds::worked::{Worked, corrected};
use kernel::id::Id;
use kernel::time::Instant;
use scoring::round::Point;

/// Rows that the same reading touches: of the same part of the same item, with as much taken off.
pub fn alike(worked: &Worked, row: i64) -> Vec<(&RowRecord, &Point)> {
    let Some((_, of)) = worked.row(row) else { return Vec::new() };
    let same = |(other, point): &(&RowRecord, &Point)| {
        other.row_number != row
            && !worked.aside.contains_key(&other.row_number)
            && (&point.item, &point.sub_item, point.lost) == (&of.item, &of.sub_item, of.lost)
    };
    worked.points().filter(same).collect()
}

/// The round with so much taken off these rows.
pub fn with(worked: &Worked, rows: &[i64], lost: &str) -> Worked {
    let fresh = |row: &RowRecord| Correction {
        id: Id::new(0),
        round_id: row.round_id,
        row_number: row.row_number,
        lost: lost.to_owned(),
        was_lost: row.lost.clone(),
        was_given: row.given.clone(),
        appeal_id: Id::new(0),
        made_at: Instant(0),
    };
    let of = worked.rows.iter().filter(|row| rows.contains(&row.row_number)).map(fresh).collect();
    let (changed, _) = corrected(worked.rows.clone(), of);
    let verdicts = worked.aside.values().chain(worked.kept.values()).cloned().collect();
    Worked::of(changed, worked.names.clone(), worked.said.clone(), verdicts)
}

/// Whose figures move, and by how much.
pub fn moved(worked: &Worked, rows: &[i64], lost: &str) -> Change {
    Change::between(&Summary::of(worked), &Summary::of(&with(worked, rows, lost))).only_moved()
}
