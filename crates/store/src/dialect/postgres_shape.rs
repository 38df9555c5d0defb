//! PostgreSQL's description of its schema, in the words of [`ColumnShape`] and [`IndexShape`].

use super::postgres::Postgres;
use super::{ColumnShape, Engine, IndexShape};
use kernel::problem::Result;

pub(super) fn columns(engine: &mut Postgres) -> Result<Vec<ColumnShape>> {
    let mut shapes = Vec::new();
    engine.query(
        "select table_name::text, column_name::text, data_type::text, (is_nullable = 'NO')::int
         from information_schema.columns where table_schema = current_schema() and table_name <> 'word_index'",
        &[],
        &mut |row| {
            let kind: String = row.get(2)?;
            let word = match kind.as_str() {
                "bigint" => "BIGINT",
                "double precision" => "DOUBLE",
                "bytea" => "BYTES",
                "text" => "TEXT",
                other => other,
            };
            shapes.push(ColumnShape {
                table: row.get(0)?,
                column: row.get(1)?,
                kind: word.to_owned(),
                required: row.get(3)?,
            });
            Ok(())
        },
    )?;
    shapes.sort();
    Ok(shapes)
}

pub(super) fn indexes(engine: &mut Postgres) -> Result<Vec<IndexShape>> {
    let mut shapes = Vec::new();
    engine.query(
        "select t.relname::text, x.indisunique::int,
                (select string_agg(coalesce(a.attname, '?'), ',' order by k.n) from unnest(x.indkey) with ordinality k(col, n)
                 left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.col)::text
         from pg_index x join pg_class t on t.oid = x.indrelid join pg_namespace s on s.oid = t.relnamespace
         where s.nspname = current_schema() and t.relname <> 'word_index'",
        &[],
        &mut |row| {
            let columns: String = row.get(2)?;
            shapes.push(IndexShape {
                table: row.get(0)?,
                unique: row.get(1)?,
                columns: columns.split(',').map(str::to_owned).collect(),
            });
            Ok(())
        },
    )?;
    shapes.sort();
    Ok(shapes)
}

pub(super) fn references(engine: &mut Postgres) -> Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let sql =
        "select a.relname::text, b.relname::text from pg_constraint c join pg_class a on a.oid = c.conrelid
               join pg_class b on b.oid = c.confrelid join pg_namespace s on s.oid = c.connamespace
               where c.contype = 'f' and s.nspname = current_schema()";
    engine.query(sql, &[], &mut |row| {
        pairs.push((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    Ok(pairs)
}
