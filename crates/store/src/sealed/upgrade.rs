//! Rows from before their column was sealed: sealed when the city is opened, in small transactions, so that a program that
//! dies on the way goes on at its next start. Afterwards the pages that held plain text are written anew.

use super::hashed::{HashedAt, hashed_columns, is_hashed};
use super::keys::Keys;
use super::{At, Form, columns};
use crate::dialect::Engine;
use crate::secrets::Secrets;
use crate::value::{Bind, Column, Value};
use kernel::masking::{Audience, mask_text};
use kernel::problem::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Rows in one transaction.
const AT_ONCE: i64 = 500;

/// A row's key, whatever its type.
#[derive(Clone)]
pub(super) struct Key(pub(super) Value<'static>);

impl Column for Key {
    fn read(value: Value<'_>) -> Option<Self> {
        Some(Self(value.into_owned()))
    }
}

/// A column that may still hold what it no longer should.
enum Waiting {
    Sealed(&'static At),
    Hashed(&'static HashedAt),
}

impl Waiting {
    fn table(&self) -> &'static str {
        match self {
            Self::Sealed(at) => at.table,
            Self::Hashed(at) => at.table,
        }
    }

    /// Its name in `sealed_column`.
    fn name(&self) -> String {
        match self {
            Self::Sealed(at) => name(at),
            Self::Hashed(at) => format!("{}.{}", at.table, at.column),
        }
    }
}

/// Seals and hashes what is not; how many texts that were.
pub(crate) fn upgrade(engine: &mut dyn Engine, keys: &Keys, secrets: &Secrets) -> Result<u64> {
    let mut done = BTreeSet::new();
    engine.query("select name from sealed_column", &[], &mut |row| {
        done.insert(row.get::<String>(0)?);
        Ok(())
    })?;
    let sealed = columns().into_iter().map(Waiting::Sealed);
    let hashed = hashed_columns().into_iter().map(Waiting::Hashed);
    let waiting: Vec<Waiting> = sealed.chain(hashed).filter(|at| !done.contains(&at.name())).collect();
    if waiting.is_empty() {
        return Ok(0);
    }
    engine.lock_schema()?;
    let changed = upgrade_alone(engine, keys, secrets, &waiting);
    engine.unlock_schema()?;
    changed
}

pub(super) fn name(at: &At) -> String {
    format!("{}.{}", at.table, at.column)
}

fn upgrade_alone(
    engine: &mut dyn Engine,
    keys: &Keys,
    secrets: &Secrets,
    waiting: &[Waiting],
) -> Result<u64> {
    let tables: BTreeSet<String> = engine.columns()?.into_iter().map(|c| c.table).collect();
    let waiting: Vec<&Waiting> = waiting.iter().filter(|at| tables.contains(at.table())).collect();
    let (mut changed, mut written) = (0, BTreeSet::new());
    for column in &waiting {
        let mut one = |row: &Old, engine: &mut dyn Engine| match column {
            Waiting::Sealed(at) => seal_one(engine, keys, secrets, at, row),
            Waiting::Hashed(at) => hash_one(engine, keys, at, row),
        };
        let (seen, count) = walk(engine, column, &mut one)?;
        changed += count;
        if seen > 0 {
            written.insert(column.table());
        }
    }
    if !written.is_empty() {
        forget_numbers(engine)?;
        engine.scrub(&written.into_iter().collect::<Vec<_>>())?;
    }
    engine.begin(true)?;
    let current = keys.ring().current();
    let noted = waiting.iter().try_for_each(|at| {
        // no key of the file's is used for hashes, so none of them waits for a rotation
        let key = if matches!(at, Waiting::Sealed(_)) { current } else { 0 };
        let name = at.name();
        let values: [&dyn Bind; 2] = [&name, &key];
        let text = "insert into sealed_column (name, key_number, after_row, is_done, resealed) values ($1, $2, '', 1, 0)
                    on conflict (name) do nothing";
        engine.exec(text, &values).map(drop)
    });
    match noted {
        Ok(()) => engine.commit()?,
        Err(problem) => {
            engine.rollback()?;
            return Err(problem);
        }
    }
    Ok(changed)
}

/// A text as it was found.
struct Old {
    key: Value<'static>,
    text: String,
    /// Of a column that was sealed before, the number it was sealed for.
    beside: i64,
}

/// Goes through a column: how many texts it has, and how many of them `one` changed.
fn walk(
    engine: &mut dyn Engine,
    column: &Waiting,
    one: &mut dyn FnMut(&Old, &mut dyn Engine) -> Result<u64>,
) -> Result<(u64, u64)> {
    let (table, name, row, beside) = match column {
        Waiting::Sealed(at) => (at.table, at.column, at.row, at.before.map_or("0", |b| b.beside)),
        Waiting::Hashed(at) => (at.table, at.column, at.row, "0"),
    };
    let (mut after, mut seen, mut changed) = (None::<Value<'static>>, 0, 0);
    loop {
        let mut page: Vec<Old> = Vec::new();
        let start = format!("select {row}, {name}, cast({beside} as BIGINT) from {table} where {name} <> ''");
        let mut keep = |found: &crate::Row<'_>| {
            page.push(Old { key: found.get::<Key>(0)?.0, text: found.get(1)?, beside: found.get(2)? });
            Ok(())
        };
        match &after {
            None => engine.query(&format!("{start} order by {row} limit $1"), &[&AT_ONCE], &mut keep)?,
            Some(key) => engine.query(
                &format!("{start} and {row} > $2 order by {row} limit $1"),
                &[&AT_ONCE, key],
                &mut keep,
            )?,
        }
        let Some(last) = page.last() else { return Ok((seen, changed)) };
        after = Some(last.key.clone());
        seen += page.len() as u64;
        engine.begin(true)?;
        match page.iter().try_fold(0, |sum, old| Ok(sum + one(old, engine)?)) {
            Ok(count) => {
                engine.commit()?;
                changed += count;
            }
            Err(problem) => {
                engine.rollback()?;
                return Err(problem);
            }
        }
    }
}

fn seal_one(
    engine: &mut dyn Engine,
    keys: &Keys,
    secrets: &Secrets,
    at: &At,
    Old { key, text, beside }: &Old,
) -> Result<u64> {
    if Form::parse(text).is_some() {
        return Ok(0);
    }
    let (ring, row) = (keys.ring(), key.key().unwrap_or_default());
    let opened = at.before.map(|before| (before.open)(secrets, *beside, text));
    if opened == Some(None) {
        // kept as it is: whoever reads it says that it makes no sense
        tracing::warn!(table = at.table, column = at.column, row, "sealed with another city's secret.key");
    }
    let text = opened.flatten().unwrap_or_else(|| text.clone());
    let stored = ring.seal(at, &row, &text)?;
    let (table, column, row) = (at.table, at.column, at.row);
    match &at.mark {
        None => engine.exec(&format!("update {table} set {column} = $1 where {row} = $2"), &[&stored, key]),
        Some(mark) => {
            let found = ring.mark(at, &text)?;
            let text = format!("update {table} set {column} = $1, {} = $3 where {row} = $2", mark.column);
            engine.exec(&text, &[&stored, key, &found])
        }
    }
}

fn hash_one(engine: &mut dyn Engine, keys: &Keys, at: &HashedAt, old: &Old) -> Result<u64> {
    if is_hashed(&old.text) {
        return Ok(0);
    }
    let hash = keys.ring().keyed_hash(at, &old.text)?;
    let (table, column, row) = (at.table, at.column, at.row);
    // where the column is the row's name, a row that was hashed turns up once more at its new place and is passed by
    engine.exec(&format!("update {table} set {column} = $1 where {row} = $2"), &[&hash, &old.key])
}

/// Whether a word is a telephone or identity number, which no index and nothing learnt may hold.
pub fn is_private_word(word: &str) -> bool {
    // few words are this long and begin with a digit; only they are looked at closely
    word.len() >= 7
        && word.starts_with(|c: char| c.is_ascii_digit())
        && mask_text(word, Audience::Public) != word
}

/// Takes telephone and identity numbers out of the search index.
fn forget_numbers(engine: &mut dyn Engine) -> Result<()> {
    let mut found: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    engine.each_word(&mut |word, id| {
        if is_private_word(word) {
            found.entry(id).or_default();
        }
        Ok(())
    })?;
    if found.is_empty() {
        return Ok(());
    }
    engine.each_word(&mut |word, id| {
        if let Some(words) = found.get_mut(&id).filter(|_| !is_private_word(word)) {
            words.insert(word.to_owned());
        }
        Ok(())
    })?;
    engine.begin(true)?;
    let done = found.iter().try_for_each(|(id, words)| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        engine.index_words(*id, &words.join(" "))
    });
    if done.is_ok() {
        engine.commit()?;
    } else {
        engine.rollback()?;
    }
    done
}
