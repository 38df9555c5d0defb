//! SQLite's description of its schema, in the words of [`ColumnShape`] and [`IndexShape`].

use super::sqlite::Sqlite;
use super::{ColumnShape, Engine, IndexShape};
use kernel::problem::Result;

pub(super) fn columns(engine: &mut Sqlite) -> Result<Vec<ColumnShape>> {
    let mut shapes = Vec::new();
    engine.query(
        "select m.name, c.name, c.type, c.\"notnull\", c.pk from sqlite_schema m, pragma_table_info(m.name) c
         where m.type = 'table' and m.name not like 'sqlite%' and m.name not like 'word_index%' and m.name <> 'number_series'",
        &[],
        &mut |row| {
            let kind: String = row.get(2)?;
            let word = match kind.as_str() {
                "INTEGER" => "BIGINT",
                "REAL" => "DOUBLE",
                "BLOB" => "BYTES",
                other => other,
            };
            shapes.push(ColumnShape {
                table: row.get(0)?,
                column: row.get(1)?,
                kind: word.to_owned(),
                required: row.get::<bool>(3)? || row.get::<i64>(4)? > 0,
            });
            Ok(())
        },
    )?;
    shapes.sort();
    Ok(shapes)
}

pub(super) fn indexes(engine: &mut Sqlite) -> Result<Vec<IndexShape>> {
    let mut shapes: Vec<IndexShape> = Vec::new();
    let mut last = String::new();
    engine.query(
        "select m.name, i.name, i.\"unique\", coalesce(c.name, '?') from sqlite_schema m, pragma_index_list(m.name) i,
           pragma_index_info(i.name) c
         where m.type = 'table' and m.name not like 'word_index%' and m.name <> 'number_series' order by i.name, c.seqno",
        &[],
        &mut |row| {
            let (index, column): (String, String) = (row.get(1)?, row.get(3)?);
            if index != last {
                shapes.push(IndexShape { table: row.get(0)?, unique: row.get(2)?, columns: Vec::new() });
                last = index;
            }
            if let Some(shape) = shapes.last_mut() {
                shape.columns.push(column);
            }
            Ok(())
        },
    )?;
    // an integer primary key is the row id and has no index of its own
    engine.query(
        "select m.name, c.name from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table' and c.pk = 1
           and c.type = 'INTEGER' and m.name not like 'word_index%' and m.name <> 'number_series'
           and (select count(*) from pragma_table_info(m.name) x where x.pk > 0) = 1",
        &[],
        &mut |row| {
            shapes.push(IndexShape { table: row.get(0)?, unique: true, columns: vec![row.get(1)?] });
            Ok(())
        },
    )?;
    shapes.sort();
    Ok(shapes)
}

pub(super) fn references(engine: &mut Sqlite) -> Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let sql = "select m.name, f.\"table\" from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.type = 'table'";
    engine.query(sql, &[], &mut |row| {
        pairs.push((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    Ok(pairs)
}
