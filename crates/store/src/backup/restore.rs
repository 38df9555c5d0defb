//! Making a city out of a backup.

use super::rows::read_row;
use super::{Manifest, broken, inspect, io, tables};
use crate::Location;
use crate::audit::{self, Verdict};
use crate::db::connect;
use crate::dialect::Engine;
use crate::files::{create_private, make_folder, sync_folder};
use crate::migrate::{self, Migration};
use crate::sealed::Keys;
use crate::tx::Tx;
use crate::value::{Bind, Value};
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Restores `file` into a place where no city is yet, on either engine. The file is read twice: it is proved whole
/// before anything is touched. Rows are loaded in one transaction, which is committed only after the counts agree with
/// the manifest, the audit log verifies, and every uploaded file is on disk; so a restore that fails leaves no city.
///
/// Personal data in the backup are sealed, and the keys are not in it: `folder` must hold `data-keys.json` already, the
/// copy that was kept elsewhere. Without it, 422 `data-keys-missing` says which keys are wanted.
///
/// `migrations`: what this program knows beyond this crate's own. Those the backup had are applied; later ones follow
/// when the city is opened.
pub fn restore(
    file: &Path,
    location: &Location,
    folder: &Path,
    migrations: &[Migration],
    now: Instant,
) -> Result<Manifest> {
    let manifest = inspect(file)?;
    let wanted = known_migrations(&manifest, migrations)?;
    if folder.join("files").exists() || folder.join("secret.key").exists() {
        return Err(not_empty());
    }
    let keys = Keys::load(folder)?;
    make_folder(folder)?;
    let mut engine = connect(location, true)?;
    if !engine.columns()?.is_empty() {
        return Err(not_empty());
    }
    if let Err(problem) = keys.hold(&manifest.data_keys) {
        drop(engine);
        crate::db::destroy(location)?;
        return Err(problem);
    }
    let partial = folder.join("restore.partial");
    let _ = std::fs::remove_dir_all(&partial);
    let mut all = || {
        make_folder(&partial)?;
        migrate::apply_exactly(engine.as_mut(), &wanted, now)?;
        engine.be_patient()?;
        engine.begin(true)?;
        load(engine.as_mut(), file, &manifest, &partial, (now, &keys))?;
        move_in(&partial, folder)?;
        engine.commit()
    };
    if let Err(problem) = all() {
        drop(engine);
        // nothing was here before, so everything here is ours
        let _ = crate::db::destroy(location);
        let _ = std::fs::remove_dir_all(&partial);
        let _ = std::fs::remove_dir_all(folder.join("files"));
        let _ = std::fs::remove_file(folder.join("secret.key"));
        return Err(problem);
    }
    Ok(manifest)
}

fn not_empty() -> Problem {
    Problem::conflict("restore-target-not-empty")
}

/// The migrations that the backup had, as this program knows them.
fn known_migrations(manifest: &Manifest, migrations: &[Migration]) -> Result<Vec<Migration>> {
    let known: Vec<Migration> = migrate::OWN.iter().chain(migrations).copied().collect();
    let find = |a: &super::Applied| known.iter().find(|m| m.area == a.area && m.number == a.number);
    for applied in &manifest.migrations {
        let fits = find(applied).is_some_and(|m| migrate::fingerprint(m) == applied.fingerprint);
        if !fits {
            return Err(Problem::new(422, "backup-too-new")
                .arg("program", &manifest.begin.program)
                .detail(format!("migration {} {} is not this program's", applied.area, applied.number)));
        }
    }
    // in this program's order, which may put a new area before an old one
    let had = |m: &Migration| manifest.migrations.iter().any(|a| a.area == m.area && a.number == m.number);
    // and this crate's own, which only ever add something: the proof of the log must find its columns
    let own = known.iter().take(migrate::OWN.len());
    let features = known.iter().skip(migrate::OWN.len()).filter(|m| had(m));
    Ok(own.chain(features).copied().collect())
}

fn load(
    engine: &mut dyn Engine,
    file: &Path,
    manifest: &Manifest,
    partial: &Path,
    (now, keys): (Instant, &Keys),
) -> Result<()> {
    let tables = tables(engine)?;
    // rows that migrations put in are in the backup too
    for (table, _) in tables.iter().rev() {
        engine.exec(&format!("delete from {table}"), &[])?;
    }
    engine.batch("create temporary table word_pair (id bigint not null, word text not null)")?;
    let columns: BTreeMap<&str, usize> = tables.iter().map(|(t, c)| (t.as_str(), c.len())).collect();
    let mut counts: BTreeMap<String, u64> = tables.iter().map(|(t, _)| (t.clone(), 0)).collect();
    let mut archive = inspect::open(file)?;
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let name = String::from_utf8(entry.path_bytes().into_owned()).map_err(broken)?;
        let parts: Vec<&str> = name.split('/').collect();
        match parts.as_slice() {
            ["tables", table, _] if columns.contains_key(table) => {
                *counts.entry((*table).to_owned()).or_default() +=
                    load_rows(engine, table, &text(&mut entry)?)?;
            }
            ["words", _] => load_words(engine, &text(&mut entry)?)?,
            ["files", "sealed" | "shown" | "quarantine", rest @ ..] if plain(rest) => {
                place(&mut entry, &partial.join(&name))?;
            }
            ["secret.key"] => place(&mut entry, &partial.join("secret.key"))?,
            ["begin.json" | "manifest.json"] => {}
            _ => return Err(broken(format!("{name} has no place here"))),
        }
    }
    for (table, rows) in &manifest.tables {
        if counts.get(table) != Some(rows) {
            return Err(broken(format!("{table} should have {rows} rows and has {:?}", counts.get(table))));
        }
    }
    let places =
        tables.iter().any(|(table, columns)| table == "file" && columns.iter().any(|c| c.column == "place"));
    if places && manifest.files_elsewhere == 0 {
        // wherever they were, they came along
        engine.exec("update file set place = 'folder', leftover = 0", &[])?;
    }
    engine.fill_words()?;
    engine.batch("drop table word_pair")?;
    for (series, last) in &manifest.series {
        engine.set_series(series, *last)?;
    }
    match audit::verify(&mut Tx::new(engine, None, now, keys))? {
        Verdict::Whole { .. } => Ok(()),
        broken_at @ Verdict::Broken { .. } => {
            Err(Problem::new(422, "audit-broken").detail(format!("{broken_at:?}")))
        }
    }
}

/// Names that stay below the folder they are put into.
fn plain(parts: &[&str]) -> bool {
    !parts.is_empty()
        && parts.iter().all(|p| !p.is_empty() && *p != "." && *p != ".." && !p.contains(['\\', '\0']))
}

fn text(entry: &mut impl Read) -> Result<String> {
    let mut text = String::new();
    entry.read_to_string(&mut text).map_err(broken)?;
    Ok(text)
}

/// SQLite takes 32,766 values in a statement, PostgreSQL 65,535.
const VALUES: usize = 30_000;
const ROWS: usize = 500;

fn load_rows(engine: &mut dyn Engine, table: &str, text: &str) -> Result<u64> {
    let mut lines = text.lines();
    let names: Vec<String> = serde_json::from_str(lines.next().unwrap_or_default()).map_err(broken)?;
    if names.is_empty() || names.iter().any(|n| !n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')) {
        return Err(broken(format!("{table} has columns of impossible names")));
    }
    let at_once = (VALUES / names.len()).clamp(1, ROWS);
    let lines: Vec<&str> = lines.collect();
    for chunk in lines.chunks(at_once) {
        let mut values: Vec<Value<'static>> = Vec::with_capacity(chunk.len() * names.len());
        for line in chunk {
            let row = read_row(line)?;
            if row.len() != names.len() {
                return Err(broken(format!("a row of {table} has {} values", row.len())));
            }
            values.extend(row);
        }
        insert(engine, table, &names, &values)?;
    }
    Ok(lines.len() as u64)
}

fn insert(engine: &mut dyn Engine, table: &str, names: &[String], values: &[Value<'static>]) -> Result<()> {
    let mut sql = format!("insert into {table} ({}) values ", names.join(", "));
    for n in 1..=values.len() {
        let first = (n - 1) % names.len() == 0;
        sql.push_str(if first && n > 1 {
            "), ($"
        } else if first {
            "($"
        } else {
            ", $"
        });
        sql.push_str(&n.to_string());
    }
    sql.push(')');
    let binds: Vec<&dyn Bind> = values.iter().map(|v| v as &dyn Bind).collect();
    engine.exec(&sql, &binds).map(drop)
}

fn load_words(engine: &mut dyn Engine, text: &str) -> Result<()> {
    let names = ["id".to_owned(), "word".to_owned()];
    let mut values = Vec::new();
    for line in text.lines() {
        let line: Vec<Json> = serde_json::from_str(line).map_err(broken)?;
        let Some((Json::String(word), ids)) = line.split_first() else {
            return Err(broken("a line of the search index without its word"));
        };
        for id in ids {
            let id = id.as_i64().ok_or_else(|| broken("a line of the search index without its ids"))?;
            values.extend([Value::Int(id), Value::Text(word.clone().into())]);
        }
        if values.len() >= 2 * ROWS {
            insert_all(engine, &names, &mut values)?;
        }
    }
    insert_all(engine, &names, &mut values)
}

/// In statements of equal length, so that they are prepared once.
fn insert_all(engine: &mut dyn Engine, names: &[String], values: &mut Vec<Value<'static>>) -> Result<()> {
    for chunk in values.chunks(names.len() * ROWS) {
        insert(engine, "word_pair", names, chunk)?;
    }
    values.clear();
    Ok(())
}

fn place(entry: &mut impl Read, path: &Path) -> Result<()> {
    path.parent().map_or(Ok(()), make_folder)?;
    let mut out = create_private(path)?;
    std::io::copy(entry, &mut out).and_then(|_| out.sync_all()).map_err(io(path))
}

/// The folders of uploaded files and the key get their names; every folder on the way is flushed.
fn move_in(partial: &Path, folder: &Path) -> Result<()> {
    fn flush(path: &Path) -> Result<()> {
        let folders: Vec<PathBuf> = std::fs::read_dir(path)
            .map_err(io(path))?
            .filter_map(|entry| entry.ok().map(|e| e.path()).filter(|p| p.is_dir()))
            .collect();
        folders.iter().try_for_each(|f| flush(f))?;
        sync_folder(path)
    }
    flush(partial)?;
    for name in ["files", "secret.key"] {
        let from = partial.join(name);
        if from.exists() {
            std::fs::rename(&from, folder.join(name)).map_err(io(&from))?;
        }
    }
    std::fs::remove_dir(partial).map_err(io(partial))?;
    sync_folder(folder)
}
