//! Rows from before their column was sealed: sealed when the city is opened, in small transactions, so that a program that
//! dies on the way goes on at its next start. Afterwards the pages that held plain text are written anew.

use super::keys::Keys;
use super::{At, Form, columns};
use crate::dialect::Engine;
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

/// Seals what is not; how many texts that were.
pub(crate) fn upgrade(engine: &mut dyn Engine, keys: &Keys) -> Result<u64> {
    let mut done = BTreeSet::new();
    engine.query("select name from sealed_column", &[], &mut |row| {
        done.insert(row.get::<String>(0)?);
        Ok(())
    })?;
    let waiting: Vec<&At> = columns().into_iter().filter(|at| !done.contains(&name(at))).collect();
    if waiting.is_empty() {
        return Ok(0);
    }
    engine.lock_schema()?;
    let sealed = upgrade_alone(engine, keys, &waiting);
    engine.unlock_schema()?;
    sealed
}

pub(super) fn name(at: &At) -> String {
    format!("{}.{}", at.table, at.column)
}

fn upgrade_alone(engine: &mut dyn Engine, keys: &Keys, waiting: &[&At]) -> Result<u64> {
    let tables: BTreeSet<String> = engine.columns()?.into_iter().map(|c| c.table).collect();
    let waiting: Vec<&&At> = waiting.iter().filter(|at| tables.contains(at.table)).collect();
    let (mut sealed, mut written) = (0, BTreeSet::new());
    for at in &waiting {
        let (seen, count) = seal_column(engine, keys, at)?;
        sealed += count;
        if seen > 0 {
            written.insert(at.table);
        }
    }
    if !written.is_empty() {
        forget_numbers(engine)?;
        engine.scrub(&written.into_iter().collect::<Vec<_>>())?;
    }
    engine.begin(true)?;
    let current = keys.ring().current();
    let noted = waiting.iter().try_for_each(|at| {
        let (name, key) = (name(at), current);
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
    Ok(sealed)
}

/// How many texts the column has, and how many of them were sealed now.
fn seal_column(engine: &mut dyn Engine, keys: &Keys, at: &At) -> Result<(u64, u64)> {
    let (table, column, row) = (at.table, at.column, at.row);
    let (mut after, mut seen, mut sealed) = (None::<Key>, 0, 0);
    loop {
        let mut page: Vec<(Key, String)> = Vec::new();
        let start = format!("select {row}, {column} from {table} where {column} <> ''");
        let mut keep = |found: &crate::Row<'_>| {
            page.push((found.get(0)?, found.get(1)?));
            Ok(())
        };
        match &after {
            None => engine.query(&format!("{start} order by {row} limit $1"), &[&AT_ONCE], &mut keep)?,
            Some(Key(key)) => engine.query(
                &format!("{start} and {row} > $2 order by {row} limit $1"),
                &[&AT_ONCE, key],
                &mut keep,
            )?,
        }
        let Some((last, _)) = page.last() else { return Ok((seen, sealed)) };
        after = Some(last.clone());
        seen += page.len() as u64;
        engine.begin(true)?;
        match seal_page(engine, keys, at, &page) {
            Ok(count) => {
                engine.commit()?;
                sealed += count;
            }
            Err(problem) => {
                engine.rollback()?;
                return Err(problem);
            }
        }
    }
}

fn seal_page(engine: &mut dyn Engine, keys: &Keys, at: &At, page: &[(Key, String)]) -> Result<u64> {
    let ring = keys.ring();
    let (table, column, row) = (at.table, at.column, at.row);
    let mut sealed = 0;
    for (Key(key), text) in page.iter().filter(|(_, text)| Form::parse(text).is_none()) {
        let stored = ring.seal(at, &key.key().unwrap_or_default(), text)?;
        sealed += match &at.mark {
            None => {
                engine.exec(&format!("update {table} set {column} = $1 where {row} = $2"), &[&stored, key])?
            }
            Some(mark) => {
                let found = ring.mark(at, text)?;
                let text = format!("update {table} set {column} = $1, {} = $3 where {row} = $2", mark.column);
                engine.exec(&text, &[&stored, key, &found])?
            }
        };
    }
    Ok(sealed)
}

/// Whether a word of the search index is a telephone or identity number.
pub(crate) fn is_private_word(word: &str) -> bool {
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
