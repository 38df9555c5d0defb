//! Taking what was erased out of what SQLite keeps for itself.

use super::Engine;
use super::sqlite::Sqlite;
use kernel::problem::Result;

/// Pages of the search index that one step writes.
const PAGES: i64 = 200;

/// Merges the search index, in which a word that was taken out stays until then, and clears the write-ahead log. False: a reader
/// was in the way of the latter.
pub(super) fn rinse(engine: &mut Sqlite) -> Result<bool> {
    engine.write_over(true)?;
    // the first step begins a merge of all parts, the others go on with it; each is a transaction of its own
    let mut pages = -PAGES;
    loop {
        let before = changes(engine)?;
        engine.exec("insert into word_index (word_index, rank) values ('merge', $1)", &[&pages])?;
        // one change is the statement's own
        if changes(engine)? - before < 2 {
            break;
        }
        pages = PAGES;
    }
    engine.write_over(false)?;
    let mut busy = 1_i64;
    engine.batch("pragma busy_timeout=2000")?;
    engine.query("pragma wal_checkpoint(truncate)", &[], &mut |row| {
        busy = row.get(0)?;
        Ok(())
    })?;
    Ok(busy == 0)
}

fn changes(engine: &mut Sqlite) -> Result<i64> {
    let mut changes = 0;
    engine.query("select total_changes()", &[], &mut |row| {
        changes = row.get(0)?;
        Ok(())
    })?;
    Ok(changes)
}
