//! Rows of batches, sheets and scans.

use crate::model::{Batch, Scan, ScanPhone, ScanState, Sheet, SheetState};
use cases::model::Case;
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Tx, sql};

pub(crate) fn batch(tx: &mut Tx<'_>, id: Id<Batch>) -> Result<Option<Batch>> {
    tx.one(sql!(Batch: "select {*} from paper_batch where id = $1"), &[&id])
}

pub(crate) fn batch_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Batch>> {
    tx.one(sql!(Batch: "select {*} from paper_batch where number = $1"), &[&number])
}

pub(crate) fn sheet(tx: &mut Tx<'_>, id: Id<Sheet>) -> Result<Option<Sheet>> {
    tx.one(sql!(Sheet: "select {*} from paper_sheet where id = $1"), &[&id])
}

pub(crate) fn sheet_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Sheet>> {
    tx.one(sql!(Sheet: "select {*} from paper_sheet where number = $1"), &[&number])
}

/// All of a batch: at most as many as a batch may have.
pub(crate) fn sheets(tx: &mut Tx<'_>, batch: Id<Batch>) -> Result<Vec<Sheet>> {
    tx.all(sql!(Sheet: "select {*} from paper_sheet where batch_id = $1 order by nth"), &[&batch])
}

/// Takes a sheet: of all who try, whatever program they are, one is told true.
pub(crate) fn claim(tx: &mut Tx<'_>, sheet: Id<Sheet>) -> Result<bool> {
    let now = tx.now();
    let changed = tx.exec(
        sql!(
            "update paper_sheet set state = $1, settled_at = $2, version = version + 1
              where id = $3 and state = $4"
        ),
        &[&SheetState::Returned, &now, &sheet, &SheetState::Printed],
    )?;
    Ok(changed == 1)
}

pub(crate) fn became(tx: &mut Tx<'_>, sheet: Id<Sheet>, case: Id<Case>) -> Result<()> {
    tx.exec(sql!("update paper_sheet set case_id = $1 where id = $2"), &[&case, &sheet]).map(drop)
}

/// Makes a sheet void; false where it is not out any more.
pub(crate) fn void(tx: &mut Tx<'_>, sheet: Id<Sheet>, reason: &str) -> Result<bool> {
    let now = tx.now();
    let changed = tx.exec(
        sql!(
            "update paper_sheet set state = $1, reason = $2, settled_at = $3, version = version + 1
              where id = $4 and state = $5"
        ),
        &[&SheetState::Void, &reason, &now, &sheet, &SheetState::Printed],
    )?;
    Ok(changed == 1)
}

pub(crate) fn scan(tx: &mut Tx<'_>, id: Id<Scan>) -> Result<Option<Scan>> {
    tx.one(sql!(Scan: "select {*} from paper_scan where id = $1"), &[&id])
}

pub(crate) fn scan_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Scan>> {
    tx.one(sql!(Scan: "select {*} from paper_scan where number = $1"), &[&number])
}

pub(crate) fn scans_of_case(tx: &mut Tx<'_>, case: Id<Case>) -> Result<Vec<Scan>> {
    tx.all(sql!(Scan: "select {*} from paper_scan where case_id = $1 order by id"), &[&case])
}

/// The scan of these bytes, which is this one where nobody brought them before.
pub(crate) fn seen(tx: &mut Tx<'_>, sha256: &str, scan: Id<Scan>) -> Result<Id<Scan>> {
    let fresh = tx.exec(
        sql!("insert into paper_seen (sha256, scan_id) values ($1, $2) on conflict (sha256) do nothing"),
        &[&sha256, &scan],
    )?;
    if fresh == 1 {
        return Ok(scan);
    }
    tx.value(sql!((Id<Scan>,): "select scan_id from paper_seen where sha256 = $1"), &[&sha256])
}

/// Whether a picture of the sheet waits for somebody.
pub(crate) fn came(tx: &mut Tx<'_>, sheet: Id<Sheet>) -> Result<bool> {
    let count: i64 = tx.value(
        sql!((i64,): "select count(*) from paper_scan where sheet_id = $1 and state in ('waiting', 'repair')"),
        &[&sheet],
    )?;
    Ok(count > 0)
}

/// How many scans stand like this.
pub(crate) fn count(tx: &mut Tx<'_>, state: ScanState) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from paper_scan where state = $1"), &[&state])
}

/// The scan that waits longest for its words; `after`: the one behind this one.
pub(crate) fn next_of_desk(tx: &mut Tx<'_>, after: Option<(Instant, Id<Scan>)>) -> Result<Option<Scan>> {
    let (at, id) = after.unwrap_or((Instant(i64::MIN), Id::new(0)));
    tx.one(
        sql!(Scan: "select {*} from paper_scan where state = $1 and (received_at, id) > ($2, $3)
              order by received_at, id limit 1"),
        &[&ScanState::Desk, &at, &id],
    )
}

/// Scans whose picture is to be erased: put away or typed before this moment, behind this one.
pub(crate) fn over(
    tx: &mut Tx<'_>,
    (from, until): (Instant, Instant),
    after: Id<Scan>,
    most: i64,
) -> Result<Vec<Scan>> {
    tx.all(
        sql!(Scan: "select {*} from paper_scan
              where done_at >= $1 and done_at < $2 and erased = 0 and id > $3 order by id limit $4"),
        &[&from, &until, &after, &most],
    )
}

/// Forgets what a scan says of a person. Its picture is erased beside this.
pub(crate) fn forget(tx: &mut Tx<'_>, scan: Id<Scan>) -> Result<i64> {
    tx.erase(
        sql!(
            "update paper_scan set phone = '', phone_mark = null, reason = '', reading = '', erased = 1, version = version + 1
              where id = $1"
        ),
        &[&scan],
    )
}

pub(crate) fn scans_of_phone(tx: &mut Tx<'_>, phone: &Phone) -> Result<Vec<Scan>> {
    let Some(mark) = tx.mark::<ScanPhone>(phone.as_str())? else { return Ok(Vec::new()) };
    tx.all(
        sql!(Scan: "select {*} from paper_scan where phone_mark = $1 and erased = 0 order by id"),
        &[&mark],
    )
}
