//! Rows of letters. The only file of this crate, beside `queries/`, that holds SQL.

use crate::model::{Letter, Rung, Undertaking};
use crate::workflow::State;
use ::store::files::File;
use ::store::{Query, Tx, record, sql};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;

pub fn letter(tx: &mut Tx<'_>, id: Id<Letter>) -> Result<Option<Letter>> {
    tx.one(sql!(Letter: "select {*} from ladder_letter where id = $1"), &[&id])
}

pub fn letter_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Letter>> {
    tx.one(sql!(Letter: "select {*} from ladder_letter where code = $1"), &[&code])
}

/// Every letter about a subject, oldest first.
pub fn letters_of(tx: &mut Tx<'_>, kind: &str, subject: i64) -> Result<Vec<Letter>> {
    tx.all(
        sql!(Letter: "select {*} from ladder_letter where subject_kind = $1 and subject_id = $2 order by id"),
        &[&kind, &subject],
    )
}

/// Letters that have not come to an end, a page at a time.
pub fn open_letters(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<Letter>> {
    tx.all(
        sql!(Letter: "select {*} from ladder_letter where id > $1
             and state in ('proposed', 'submitted', 'issued', 'acknowledged') order by id limit $2"),
        &[&after, &limit],
    )
}

/// Enters a step as done for this subject and occasion. False: somebody else was first, also one whose transaction is
/// still under way.
pub fn fire(
    tx: &mut Tx<'_>,
    subject: (&str, i64),
    occasion: &str,
    step: &str,
    letter: Option<Id<Letter>>,
) -> Result<bool> {
    let now = tx.now();
    let entered = tx.exec(
        sql!(
            "insert into ladder_fired (subject_kind, subject_id, occasion, step, at, letter_id)
              values ($1, $2, $3, $4, $5, $6) on conflict do nothing"
        ),
        &[&subject.0, &subject.1, &occasion, &step, &now, &letter],
    )?;
    Ok(entered == 1)
}

/// Codes of the steps done for an occasion.
pub fn fired(tx: &mut Tx<'_>, subject: (&str, i64), occasion: &str) -> Result<Vec<String>> {
    let rows = tx.all(
        sql!((String,): "select step from ladder_fired
             where subject_kind = $1 and subject_id = $2 and occasion = $3 order by step"),
        &[&subject.0, &subject.1, &occasion],
    )?;
    Ok(rows.into_iter().map(|(step,)| step).collect())
}

/// Ids in one question.
const AT_ONCE: usize = 500;

/// The steps done for these subjects: subject, occasion, step.
pub fn fired_of(tx: &mut Tx<'_>, kind: &str, subjects: &[i64]) -> Result<Vec<(i64, String, String)>> {
    let mut rows = Vec::new();
    for some in subjects.chunks(AT_ONCE) {
        let mut q =
            Query::<(i64, String, String)>::new("select subject_id, occasion, step from ladder_fired");
        q.filter("subject_kind = ?", &[&kind]).one_of("subject_id", some);
        rows.extend(tx.query(&q)?);
    }
    Ok(rows)
}

record! {
    /// That a letter was issued.
    #[derive(Clone, Copy, Debug)]
    pub struct Out {
        pub subject_id: i64,
        pub unit_id: Id<Unit>,
        pub rung: Rung,
        pub issued_at: Instant,
    }
}

/// The letters issued about these subjects. Withdrawn ones do not count.
pub fn issued_about(tx: &mut Tx<'_>, kind: &str, subjects: &[i64]) -> Result<Vec<Out>> {
    let mut rows = Vec::new();
    for some in subjects.chunks(AT_ONCE) {
        let mut q = Query::<Out>::new("select {*} from ladder_letter");
        q.filter("subject_kind = ? and issued_at is not null and state <> ?", &[&kind, &State::Withdrawn]);
        q.one_of("subject_id", some).tail("order by id", &[]);
        rows.extend(tx.query(&q)?);
    }
    Ok(rows)
}

/// The letters of a rung issued to these units about anything, since a moment.
pub fn issued_to(tx: &mut Tx<'_>, units: &[Id<Unit>], rung: Rung, since: Instant) -> Result<Vec<Out>> {
    let mut rows = Vec::new();
    for some in units.chunks(AT_ONCE) {
        let mut q = Query::<Out>::new("select {*} from ladder_letter");
        q.filter("rung = ? and issued_at > ? and state <> ?", &[&rung, &since, &State::Withdrawn]);
        q.one_of("unit_id", some).tail("order by id", &[]);
        rows.extend(tx.query(&q)?);
    }
    Ok(rows)
}

/// The next official number of a series. Whoever counts holds the series until the transaction ends, so that a number
/// that is not used is given to the next.
pub fn next_in_series(tx: &mut Tx<'_>, series: &str) -> Result<i64> {
    let rows = tx.change(
        sql!((i64,): "insert into ladder_series (series, last) values ($1, 1)
             on conflict (series) do update set last = ladder_series.last + 1 returning last"),
        &[&series],
    )?;
    rows.into_iter()
        .next()
        .map(|(n,)| n)
        .ok_or_else(|| kernel::problem::Problem::internal("a series gave no number"))
}

/// The last number of a series; 0 before the first.
pub fn last_in_series(tx: &mut Tx<'_>, series: &str) -> Result<i64> {
    let row = tx.one(sql!((i64,): "select last from ladder_series where series = $1"), &[&series])?;
    Ok(row.map_or(0, |(n,)| n))
}

/// Lets a series go on from a number that was used elsewhere; never back. False: it has got further already.
pub fn raise_series(tx: &mut Tx<'_>, series: &str, last: i64) -> Result<bool> {
    let n = tx.exec(
        sql!(
            "insert into ladder_series (series, last) values ($1, $2)
              on conflict (series) do update set last = excluded.last where ladder_series.last < excluded.last"
        ),
        &[&series, &last],
    )?;
    Ok(n == 1)
}

record! {
    /// A kept paper.
    #[derive(Clone, Debug)]
    pub struct Paper {
        pub bytes: Vec<u8>,
        pub sha256: String,
    }
}

pub fn paper(tx: &mut Tx<'_>, letter: Id<Letter>, format: &str) -> Result<Option<Paper>> {
    tx.one(
        sql!(Paper: "select {*} from ladder_paper where letter_id = $1 and format = $2"),
        &[&letter, &format],
    )
}

/// Keeps a paper as it was first made. False: there is one already, which stays.
pub fn keep_paper(
    tx: &mut Tx<'_>,
    letter: Id<Letter>,
    format: &str,
    bytes: &Vec<u8>,
    sha256: &str,
) -> Result<bool> {
    let now = tx.now();
    let kept = tx.exec(
        sql!(
            "insert into ladder_paper (letter_id, format, bytes, sha256, made_at) values ($1, $2, $3, $4, $5)
              on conflict do nothing"
        ),
        &[&letter, &format, bytes, &sha256, &now],
    )?;
    Ok(kept == 1)
}

pub fn add_file(tx: &mut Tx<'_>, letter: Id<Letter>, file: Id<File>) -> Result<()> {
    let id: Id<()> = tx.new_id();
    tx.exec(
        sql!("insert into ladder_file (id, letter_id, file_id) values ($1, $2, $3)"),
        &[&id, &letter, &file],
    )
    .map(drop)
}

pub fn files(tx: &mut Tx<'_>, letter: Id<Letter>) -> Result<Vec<Id<File>>> {
    let rows = tx.all(
        sql!((Id<File>,): "select file_id from ladder_file where letter_id = $1 order by id"),
        &[&letter],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The letter that a file came with: for the door through which files are served.
pub fn letter_of_file(tx: &mut Tx<'_>, file: Id<File>) -> Result<Option<Id<Letter>>> {
    let row =
        tx.one(sql!((Id<Letter>,): "select letter_id from ladder_file where file_id = $1"), &[&file])?;
    Ok(row.map(|(id,)| id))
}

pub fn undertakings(tx: &mut Tx<'_>, letter: Id<Letter>) -> Result<Vec<Undertaking>> {
    tx.all(
        sql!(Undertaking: "select {*} from ladder_undertaking where letter_id = $1 order by due, id"),
        &[&letter],
    )
}

pub fn undertaking(tx: &mut Tx<'_>, id: Id<Undertaking>) -> Result<Option<Undertaking>> {
    tx.one(sql!(Undertaking: "select {*} from ladder_undertaking where id = $1"), &[&id])
}

/// Every letter there is, oldest first. Reads the whole register: for checks of the whole.
pub fn every(tx: &mut Tx<'_>) -> Result<Vec<Letter>> {
    tx.all(sql!(Letter: "select {*} from ladder_letter order by id"), &[])
}
