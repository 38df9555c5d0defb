//! New keys while the city works.
//!
//! [`rotate`] makes a key, which every program seals with from its next transaction on; a job then walks through the sealed
//! columns and seals again what was sealed with an older key, a few rows a transaction, remembering how far it has come. A row
//! that somebody saves meanwhile is sealed with the new key by that and not written twice. Old keys leave the file when a
//! count finds nothing sealed with them, and not before [`SETTLED`] after the rotation.

use super::cipher::Algorithm;
use super::upgrade::{Key, name};
use super::{At, columns, start};
use crate::db::Db;
use crate::jobs::{JobHandler, Periodic, Work, enqueue};
use crate::sql::Query;
use crate::tx::Tx;
use crate::value::Value;
use crate::{Event, record, sql};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::{HOUR, Instant};

pub(crate) const JOBS: &[JobHandler] = &[JobHandler::new("keys-reseal", run)];
pub(crate) const PERIODIC: &[Periodic] = &[Periodic::new("keys-tend", 3600, run).at_startup()];

/// Rows in one transaction: others must not wait long behind it.
const AT_ONCE: i64 = 100;
/// Longer than any transaction lasts that began before the rotation.
const SETTLED: i64 = HOUR;

/// Makes a new current key and has everything sealed with it; its number. The file is written first: a key that nobody uses
/// does no harm, a text whose key is in no file does.
pub fn rotate(db: &Db, ctx: &Ctx, algorithm: Algorithm) -> Result<u32> {
    let number = db.keys().add(algorithm, ctx.now)?;
    let print =
        db.keys().cards().into_iter().find(|c| c.number == number).map(|c| c.print).unwrap_or_default();
    let asked = ctx.clone();
    db.write_now(ctx, move |tx| {
        tx.exec(
            sql!("insert into data_key (number, algorithm, print, made_at) values ($1, $2, $3, $4)"),
            &[&number, &algorithm.code(), &print, &asked.now],
        )?;
        enqueue(tx, "keys-reseal", &(), asked.now, Some("keys-reseal"))?;
        tx.record(
            &asked,
            Event::city("keys.rotated").with("number", number).with("algorithm", algorithm.code()),
        )
    })?;
    Ok(number)
}

/// A key and how many texts are sealed with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyUse {
    pub card: super::KeyCard,
    pub texts: i64,
}

/// Every key with its use. Counts all sealed rows: for an administrator, not for a list.
pub fn uses(db: &Db) -> Result<Vec<KeyUse>> {
    let cards = db.keys().cards();
    db.read_now(move |tx| {
        let mut uses = Vec::new();
        for card in cards {
            let mut texts = 0;
            for at in present(tx)? {
                texts += count(tx, at, &format!("{} like ?", at.column), card.number)?;
            }
            uses.push(KeyUse { card, texts });
        }
        Ok(uses)
    })
}

fn count(tx: &mut Tx<'_>, at: &At, condition: &str, number: u32) -> Result<i64> {
    let mut query = Query::<(i64,)>::new(&format!("select count(*) from {}", at.table));
    query.filter(&format!("{} <> ''", at.column), &[]).filter(condition, &[&format!("{}%", start(number))]);
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

/// The sealed columns that this city has.
fn present(tx: &mut Tx<'_>) -> Result<Vec<&'static At>> {
    let known = tx.all(sql!((String,): "select name from sealed_column"), &[])?;
    Ok(columns().into_iter().filter(|at| known.iter().any(|(n,)| *n == name(at))).collect())
}

record! {
    struct Progress {
        key_number: i64,
        after_row: String,
        is_done: bool,
    }
}

fn run(work: &Work<'_>) -> Result<()> {
    let ring = work.db.keys().fresh();
    let current = ring.current();
    let old: Vec<(i64, Instant)> = work.db.read_now(move |tx| {
        tx.all(
            sql!((i64, Instant): "select number, made_at from data_key where removed_at is null order by number"),
            &[],
        )
    })?;
    let made = old.iter().find(|(n, _)| *n == i64::from(current)).map_or(work.ctx.now, |(_, at)| *at);
    let old: Vec<u32> =
        old.iter().filter_map(|(n, _)| u32::try_from(*n).ok()).filter(|n| *n != current).collect();
    if old.is_empty() {
        return Ok(());
    }
    for at in work.db.read_now(present)? {
        while reseal_some(work, at, current)? {}
    }
    if made.plus(SETTLED) > work.db.now() {
        return Ok(());
    }
    let left: i64 = work.db.read_now(move |tx| {
        present(tx)?
            .into_iter()
            .try_fold(0, |sum, at| Ok(sum + count(tx, at, &format!("{} not like ?", at.column), current)?))
    })?;
    if left > 0 {
        // somebody sealed with the old key after the walk had passed; walk again
        return work.db.write_now(&work.ctx, move |tx| {
            tx.housekeeping();
            tx.exec(sql!("update sealed_column set is_done = 0, after_row = '' where is_done = 1"), &[])
                .map(drop)
        });
    }
    retire(work, &old)
}

/// Takes keys that nothing is sealed with out of the file.
fn retire(work: &Work<'_>, old: &[u32]) -> Result<()> {
    let (numbers, ctx) = (old.to_vec(), work.ctx.clone());
    work.db.write_now(&work.ctx, move |tx| {
        for number in &numbers {
            tx.exec(sql!("update data_key set removed_at = $1 where number = $2"), &[&ctx.now, number])?;
        }
        tx.record(&ctx, Event::city("keys.removed").with("numbers", numbers))
    })?;
    // the database first: a key too many in the file does no harm
    work.db.keys().remove(old)
}

/// Seals the next rows of a column again. False: there are no more.
fn reseal_some(work: &Work<'_>, at: &'static At, current: u32) -> Result<bool> {
    work.db.write_now(&work.ctx, move |tx| {
        tx.housekeeping();
        let column = name(at);
        let progress = tx
            .one(sql!(Progress: "select {*} from sealed_column where name = $1"), &[&column])?
            .ok_or_else(|| Problem::internal(format!("{column} is not known as sealed")))?;
        let same = progress.key_number == i64::from(current);
        if same && progress.is_done {
            return Ok(false);
        }
        let after = if same { progress.after_row } else { String::new() };
        let page = rows(tx, at, current, &after)?;
        let full = i64::try_from(page.len()).unwrap_or(i64::MAX) == AT_ONCE;
        let last = page.last().and_then(|(Key(key), _)| key.key()).unwrap_or(after);
        let mut changed = 0;
        for (Key(key), old) in page {
            changed += tx.reseal(at, &key, &old)?;
        }
        tx.exec(
            sql!(
                "update sealed_column set key_number = $1, after_row = $2, is_done = $3, resealed = case
                    when key_number = $1 then resealed + $4 else $4 end where name = $5"
            ),
            &[&current, &last, &!full, &i64::try_from(changed).unwrap_or(0), &column],
        )?;
        Ok(full)
    })
}

/// Rows after one that were sealed with another key. `after` is the key as text; a number where keys are numbers.
fn rows(tx: &mut Tx<'_>, at: &At, current: u32, after: &str) -> Result<Vec<(Key, String)>> {
    let (table, column, row) = (at.table, at.column, at.row);
    let mut query = Query::<(Key, String)>::new(&format!("select {row}, {column} from {table}"));
    query.filter(&format!("{column} <> ''"), &[]);
    query.filter(&format!("{column} not like ?"), &[&format!("{}%", start(current))]);
    if !after.is_empty() {
        match (at.text_row(), after.parse::<i64>()) {
            (false, Ok(number)) => query.filter(&format!("{row} > ?"), &[&number]),
            _ => query.filter(&format!("{row} > ?"), &[&Value::Text(after.into())]),
        };
    }
    query.tail(&format!("order by {row} limit ?"), &[&AT_ONCE]);
    tx.query(&query)
}
