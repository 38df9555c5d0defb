//! Rows that are written. The only file of this crate, beside `queries.rs`, that holds SQL.

use crate::model::{Consent, Entry, Program};
use ::store::keep::{Days, Due, Goes, Keep, LOG_LEAST, Stays, Way, stays};
use ::store::{Tx, sql};
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

/// By number, whatever its state but removed.
pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Program>> {
    tx.one(
        sql!(Program: "select {*} from signon_program where number = $1 and state <> 'removed'"),
        &[&number],
    )
}

/// [`by_number`] for those who were told that it is there.
pub(crate) fn program(tx: &mut Tx<'_>, number: &str) -> Result<Program> {
    by_number(tx, number)?.ok_or_else(Problem::not_found)
}

pub(crate) fn by_id(tx: &mut Tx<'_>, id: Id<Program>) -> Result<Option<Program>> {
    tx.one(sql!(Program: "select {*} from signon_program where id = $1 and state <> 'removed'"), &[&id])
}

pub(crate) fn count(tx: &mut Tx<'_>) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from signon_program where state <> 'removed'"), &[])
}

/// Notes that somebody came in; beside what people decide, so no version.
pub(crate) fn used(tx: &mut Tx<'_>, id: Id<Program>, at: Instant) -> Result<()> {
    tx.exec(sql!("update signon_program set last_at = $2 where id = $1"), &[&id, &at]).map(drop)
}

pub(crate) fn consent(tx: &mut Tx<'_>, program: Id<Program>, person: Id<Person>) -> Result<Option<Consent>> {
    tx.one(
        sql!(Consent: "select {*} from signon_consent where program_id = $1 and person_id = $2"),
        &[&program, &person],
    )
}

pub(crate) fn forget_consent(tx: &mut Tx<'_>, id: Id<Consent>) -> Result<()> {
    tx.exec(sql!("delete from signon_consent where id = $1"), &[&id]).map(drop)
}

pub(crate) fn by_code(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Entry>> {
    tx.one(sql!(Entry: "select {*} from signon_entry where code_hash = $1"), &[&hash])
}

pub(crate) fn by_token(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Entry>> {
    tx.one(sql!(Entry: "select {*} from signon_entry where token_hash = $1 and ended_at is null"), &[&hash])
}

/// Ends what an entry gave; a code that came twice may have been stolen.
pub(crate) fn end_entry(tx: &mut Tx<'_>, id: Id<Entry>, at: Instant) -> Result<()> {
    tx.exec(
        sql!(
            "update signon_entry set ended_at = $2, version = version + 1 where id = $1 and ended_at is null"
        ),
        &[&id, &at],
    )
    .map(drop)
}

/// Ends everything that a program was given, or that it was given for one person.
pub(crate) fn end_all(
    tx: &mut Tx<'_>,
    program: Id<Program>,
    person: Option<Id<Person>>,
    at: Instant,
) -> Result<()> {
    match person {
        Some(person) => tx.exec(
            sql!("update signon_entry set ended_at = $3, version = version + 1
                  where program_id = $1 and person_id = $2 and ended_at is null"),
            &[&program, &person, &at],
        ),
        None => tx.exec(
            sql!("update signon_entry set ended_at = $2, version = version + 1 where program_id = $1 and ended_at is null"),
            &[&program, &at],
        ),
    }
    .map(drop)
}

/// Who came in where is a log of the network.
const ENTRIES: Keep = Keep {
    key: "signon-entries",
    tables: &["signon_entry"],
    days: Days::new(LOG_LEAST, LOG_LEAST, 1095),
    goes: Goes::Row,
    laws: &["csl-log"],
    way: Way::Daily { count: entries_due, erase: forget_entries },
};

pub(crate) const KEEPS: &[&Keep] = &[&ENTRIES];
pub(crate) const STAYS: &[Stays] =
    &[stays("signon_program", "settings"), stays("signon_consent", "consents")];

fn entries_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from signon_entry where made_at >= $1 and made_at < $2"),
        &[&from, &until],
    )
}

fn forget_entries(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!("delete from signon_entry where id in
                (select id from signon_entry where made_at >= $1 and made_at < $2 order by made_at, id limit $3)"),
        &[&from, &until, &most],
    )
}
