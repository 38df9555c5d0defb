//! Rows of checklists, records and what belongs to them.

use crate::model::{Edition, FieldFile, Found, Observed, Reading, Record, Sheet, Use};
use crate::tally::Tally;
use ::store::keep::{Stays, stays};
use ::store::{Tx, sql};
use inspections::model::Inspection;
use inspections::visits::Visit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Date;

pub(crate) const STAYS: &[Stays] = &[
    stays("field_sheet", "checklists"),
    stays("field_edition", "checklists"),
    stays("field_use", "checklists"),
    stays("field_record", "findings"),
    stays("field_reading", "findings"),
    stays("field_file", "findings"),
    stays("field_observation", "findings"),
    stays("field_tally", "findings"),
    stays("field_finding", "findings"),
];

pub(crate) fn sheet(tx: &mut Tx<'_>, code: &str) -> Result<Option<Sheet>> {
    tx.one(sql!(Sheet: "select {*} from field_sheet where code = $1"), &[&code])
}

pub(crate) fn sheets(tx: &mut Tx<'_>) -> Result<Vec<Sheet>> {
    tx.all(sql!(Sheet: "select {*} from field_sheet order by code"), &[])
}

pub(crate) fn edition(tx: &mut Tx<'_>, id: Id<Edition>) -> Result<Option<Edition>> {
    tx.one(sql!(Edition: "select {*} from field_edition where id = $1"), &[&id])
}

pub(crate) fn edition_of(tx: &mut Tx<'_>, sheet: Id<Sheet>, label: &str) -> Result<Option<Edition>> {
    tx.one(
        sql!(Edition: "select {*} from field_edition where sheet_id = $1 and label = $2"),
        &[&sheet, &label],
    )
}

/// Versions of a checklist, the latest first.
pub(crate) fn editions_of(tx: &mut Tx<'_>, sheet: Id<Sheet>) -> Result<Vec<Edition>> {
    tx.all(
        sql!(Edition: "select {*} from field_edition where sheet_id = $1 order by created_at desc, id desc"),
        &[&sheet],
    )
}

/// The version of a checklist that new records are made by.
pub(crate) fn in_use(tx: &mut Tx<'_>, sheet: Id<Sheet>) -> Result<Option<Edition>> {
    tx.one(
        sql!(
            Edition: "select {*} from field_edition where sheet_id = $1 and state = 'published'
              order by published_at desc, id desc limit 1"
        ),
        &[&sheet],
    )
}

/// What was said of types of points up to a day, the latest first.
pub(crate) fn uses(tx: &mut Tx<'_>, day: Date) -> Result<Vec<Use>> {
    tx.all(sql!(Use: "select {*} from field_use where from_date <= $1 order by kind, serial desc"), &[&day])
}

/// How often something was said of a type.
pub(crate) fn use_count(tx: &mut Tx<'_>, kind: &str) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from field_use where kind = $1"), &[&kind])
}

/// Whether a type was ever looked at by a checklist.
pub(crate) fn was_used(tx: &mut Tx<'_>, kind: &str, sheet: Id<Sheet>) -> Result<bool> {
    let count: i64 = tx.value(
        sql!((i64,): "select count(*) from field_use where kind = $1 and sheet_id = $2"),
        &[&kind, &sheet],
    )?;
    Ok(count > 0)
}

pub(crate) fn answers_by(tx: &mut Tx<'_>, edition: Id<Edition>) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from field_record where edition_id = $1"), &[&edition])
}

pub(crate) fn record(tx: &mut Tx<'_>, number: &str) -> Result<Option<Record>> {
    tx.one(sql!(Record: "select {*} from field_record where number = $1"), &[&number])
}

pub(crate) fn record_by_id(tx: &mut Tx<'_>, id: Id<Record>) -> Result<Option<Record>> {
    tx.one(sql!(Record: "select {*} from field_record where id = $1"), &[&id])
}

/// The record of a visit that counts, a draft too.
pub(crate) fn main_of(tx: &mut Tx<'_>, visit: Id<Visit>) -> Result<Option<Record>> {
    tx.one(sql!(Record: "select {*} from field_record where visit_id = $1 and lane = 0"), &[&visit])
}

/// All records of a visit, the one that counts first.
pub(crate) fn records_of(tx: &mut Tx<'_>, visit: Id<Visit>) -> Result<Vec<Record>> {
    tx.all(sql!(Record: "select {*} from field_record where visit_id = $1 order by lane, id"), &[&visit])
}

pub(crate) fn reading(tx: &mut Tx<'_>, instance: &str) -> Result<Option<Reading>> {
    tx.one(sql!(Reading: "select {*} from field_reading where instance = $1"), &[&instance])
}

pub(crate) fn readings(tx: &mut Tx<'_>, record: Id<Record>) -> Result<Vec<Reading>> {
    tx.all(sql!(Reading: "select {*} from field_reading where record_id = $1 order by turn"), &[&record])
}

/// Notes why a reading was returned.
pub(crate) fn note_return(tx: &mut Tx<'_>, record: &Record, reason: &str) -> Result<()> {
    tx.exec(
        sql!("update field_reading set reason = $3 where record_id = $1 and turn = $2"),
        &[&record.id, &record.turn, &reason],
    )
    .map(drop)
}

pub(crate) fn files(tx: &mut Tx<'_>, record: Id<Record>) -> Result<Vec<FieldFile>> {
    tx.all(
        sql!(FieldFile: "select {*} from field_file where record_id = $1 order by added_at, id"),
        &[&record],
    )
}

pub(crate) fn file(tx: &mut Tx<'_>, id: Id<FieldFile>) -> Result<Option<FieldFile>> {
    tx.one(sql!(FieldFile: "select {*} from field_file where id = $1"), &[&id])
}

/// What a record observed is worked out anew, or counts no more.
pub(crate) fn forget_observations(tx: &mut Tx<'_>, record: Id<Record>) -> Result<()> {
    tx.exec(sql!("delete from field_tally where record_id = $1"), &[&record])?;
    tx.exec(sql!("delete from field_observation where record_id = $1"), &[&record]).map(drop)
}

/// Keeps what the observations of a record come to.
pub(crate) fn keep_tally(tx: &mut Tx<'_>, record: &Record, lines: &str) -> Result<()> {
    tx.exec(
        sql!("insert into field_tally (record_id, inspection_id, second, lines) values ($1, $2, $3, $4)"),
        &[&record.id, &record.inspection_id, &record.second, &lines],
    )
    .map(drop)
}

/// What first visits of an inspection came to, in the order in which they were handed in. Reads all of them: there is no score of a
/// city without them.
pub(crate) fn tallies(tx: &mut Tx<'_>, inspection: Id<Inspection>) -> Result<Vec<Tally>> {
    tx.all(
        sql!(
            Tally: "select r.point_id, r.point_name, r.unit_id, r.person_id, r.number,
              coalesce(r.handed_at, r.created_at) as at, t.lines
              from field_tally t join field_record r on r.id = t.record_id
              where t.inspection_id = $1 and t.second = $2 order by coalesce(r.handed_at, r.created_at), r.id"
        ),
        &[&inspection, &false],
    )
}

pub(crate) fn observations_of(tx: &mut Tx<'_>, record: Id<Record>) -> Result<Vec<Observed>> {
    tx.all(sql!(Observed: "select {*} from field_observation where record_id = $1 order by id"), &[&record])
}

pub(crate) fn found(tx: &mut Tx<'_>, record: Id<Record>) -> Result<Vec<Found>> {
    tx.all(sql!(Found: "select {*} from field_finding where record_id = $1 order by id"), &[&record])
}

pub(crate) fn found_of_case(tx: &mut Tx<'_>, case: Id<cases::model::Case>) -> Result<Option<Found>> {
    tx.one(sql!(Found: "select {*} from field_finding where case_id = $1 order by id limit 1"), &[&case])
}
