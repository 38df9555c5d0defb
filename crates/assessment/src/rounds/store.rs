//! Rows that are written.

use super::model::{Match, Name, NameKind, Round, RowCase, RowRecord, Verdict};
use ::store::{Query, Tx, sql};
use kernel::id::Id;
use kernel::problem::Result;

pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Round>> {
    tx.one(sql!(Round: "select {*} from assessment_round where number = $1"), &[&number])
}

pub(crate) fn by_id(tx: &mut Tx<'_>, id: Id<Round>) -> Result<Option<Round>> {
    tx.one(sql!(Round: "select {*} from assessment_round where id = $1"), &[&id])
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

pub(crate) fn row(tx: &mut Tx<'_>, round: Id<Round>, number: i64) -> Result<Option<RowRecord>> {
    tx.one(
        sql!(RowRecord: "select {*} from assessment_round_row where round_id = $1 and row_number = $2 order by id limit 1"),
        &[&round, &number],
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

/// Forgets what a person said of a text.
pub(crate) fn forget_match(tx: &mut Tx<'_>, said: Id<Match>) -> Result<()> {
    tx.exec(sql!("delete from assessment_round_match where id = $1"), &[&said]).map(|_| ())
}

pub(crate) fn verdicts(tx: &mut Tx<'_>, round: Id<Round>) -> Result<Vec<Verdict>> {
    tx.all(
        sql!(Verdict: "select {*} from assessment_round_verdict where round_id = $1 order by row_number"),
        &[&round],
    )
}

pub(crate) fn forget_verdict(tx: &mut Tx<'_>, verdict: Id<Verdict>) -> Result<()> {
    tx.exec(sql!("delete from assessment_round_verdict where id = $1"), &[&verdict]).map(|_| ())
}

pub(crate) fn cases(tx: &mut Tx<'_>, round: Id<Round>) -> Result<Vec<RowCase>> {
    tx.all(
        sql!(RowCase: "select {*} from assessment_round_case where round_id = $1 order by row_number"),
        &[&round],
    )
}

/// The row that a case was made of.
pub(crate) fn of_case(tx: &mut Tx<'_>, case: Id<cases::model::Case>) -> Result<Option<(String, i64)>> {
    tx.one(
        sql!((String, i64): "select r.number, c.row_number from assessment_round_case c
             join assessment_round r on r.id = c.round_id where c.case_id = $1"),
        &[&case],
    )
}

/// The newest first; `before`: those with a smaller id.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    states: &[super::workflow::State],
    words: &str,
    before: Option<i64>,
    most: usize,
) -> Result<Vec<Round>> {
    let mut query = Query::<Round>::new("select {*} from assessment_round");
    query.one_of("state", states);
    if !words.is_empty() {
        let like = format!("%{}%", words.replace(['%', '_'], ""));
        query.filter("(name like ? or number like ? or file_name like ?)", &[&like, &like, &like]);
    }
    if let Some(before) = before {
        query.filter("id < ?", &[&before]);
    }
    query.tail("order by id desc limit ?", &[&i64::try_from(most).unwrap_or(i64::MAX)]);
    tx.query(&query)
}

pub(crate) fn count(tx: &mut Tx<'_>, states: &[super::workflow::State], words: &str) -> Result<i64> {
    let mut query = Query::<(i64,)>::new("select count(*) from assessment_round");
    query.one_of("state", states);
    if !words.is_empty() {
        let like = format!("%{}%", words.replace(['%', '_'], ""));
        query.filter("(name like ? or number like ? or file_name like ?)", &[&like, &like, &like]);
    }
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

/// Numbers of those of these ids that are rounds.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from assessment_round");
    query.one_of("id", ids);
    tx.query(&query)
}
