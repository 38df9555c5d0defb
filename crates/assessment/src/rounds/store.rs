//! Rows that are written.

use super::model::{Match, Name, NameKind, Round, RowRecord};
use ::store::{Tx, sql};
use kernel::id::Id;
use kernel::problem::Result;

pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Round>> {
    tx.one(sql!(Round: "select {*} from assessment_round where number = $1"), &[&number])
}

/// The last round that was made of this file.
pub(crate) fn by_file(tx: &mut Tx<'_>, sha256: &str) -> Result<Option<Round>> {
    tx.one(
        sql!(Round: "select {*} from assessment_round where sha256 = $1 order by id desc limit 1"),
        &[&sha256],
    )
}

pub(crate) fn latest(tx: &mut Tx<'_>) -> Result<Option<Round>> {
    tx.one(sql!(Round: "select {*} from assessment_round order by created_at desc, id desc limit 1"), &[])
}

/// All of a round: what it comes to needs every row.
pub(crate) fn rows(tx: &mut Tx<'_>, round: Id<Round>) -> Result<Vec<RowRecord>> {
    tx.all(
        sql!(RowRecord: "select {*} from assessment_round_row where round_id = $1 order by row_number, id"),
        &[&round],
    )
}

pub(crate) fn names(tx: &mut Tx<'_>, round: Id<Round>) -> Result<Vec<Name>> {
    tx.all(
        sql!(Name: "select {*} from assessment_round_name where round_id = $1 order by kind, place"),
        &[&round],
    )
}

pub(crate) fn matches(tx: &mut Tx<'_>, round: Id<Round>) -> Result<Vec<Match>> {
    tx.all(sql!(Match: "select {*} from assessment_round_match where round_id = $1 order by id"), &[&round])
}

pub(crate) fn match_of(
    tx: &mut Tx<'_>,
    round: Id<Round>,
    kind: NameKind,
    text: &str,
) -> Result<Option<Match>> {
    tx.one(
        sql!(Match: "select {*} from assessment_round_match where round_id = $1 and kind = $2 and text = $3"),
        &[&round, &kind, &text],
    )
}
