//! The rows of one stored report as bare statements: what the yardstick writes.

use anyhow::Result;
use std::path::Path;

/// The rows of one stored report as statements with `?1` for the id, values as literals.
pub fn embedded(file: &Path) -> Result<Vec<String>> {
    let connection = rusqlite::Connection::open(file)?;
    let id: i64 = connection.query_row("select max(id) from case_file", [], |r| r.get(0))?;
    let mut out = vec![copy(&connection, "case_file", "id", id, &[("id", "?1"), ("number", "'B' || ?1")])?];
    let event: i64 =
        connection.query_row("select max(id) from audit where entity = ?1", [id], |r| r.get(0))?;
    out.push(copy(&connection, "audit", "id", event, &[("id", "?1 + 1"), ("lane", "63"), ("seq", "?1")])?);
    if let Ok(job) = connection.query_row("select max(id) from job", [], |r| r.get::<_, i64>(0)) {
        out.push(copy(&connection, "job", "id", job, &[("id", "?1 + 2"), ("only_one", "null")])?);
    }
    out.push("insert into word_index (rowid, words) values (?1, '新华 中路 门前 人行道 积水 新 华 中 路 门 前 人 行 道 积 水')".into());
    Ok(out)
}

fn copy(db: &rusqlite::Connection, table: &str, key: &str, id: i64, own: &[(&str, &str)]) -> Result<String> {
    let mut statement = db.prepare(&format!("select * from {table} where {key} = {id}"))?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let values = statement.query_row([], |row| {
        (0..columns.len())
            .map(|i| row.get::<_, rusqlite::types::Value>(i))
            .collect::<rusqlite::Result<Vec<_>>>()
    })?;
    let literals: Vec<String> = columns
        .iter()
        .zip(values)
        .map(|(column, value)| match own.iter().find(|(c, _)| c == column) {
            Some((_, expression)) => (*expression).to_owned(),
            None => literal(&value),
        })
        .collect();
    Ok(format!("insert into {table} ({}) values ({})", columns.join(", "), literals.join(", ")))
}

fn literal(value: &rusqlite::types::Value) -> String {
    use rusqlite::types::Value;
    match value {
        Value::Null => "null".to_owned(),
        Value::Integer(i) => i.to_string(),
        Value::Real(r) => format!("{r:?}"),
        Value::Text(t) => format!("'{}'", t.replace('\'', "''")),
        Value::Blob(b) => format!("x'{}'", b.iter().map(|x| format!("{x:02x}")).collect::<String>()),
    }
}

/// The same for a database server, with `$1` for the id.
pub fn server(client: &mut ::postgres::Client) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for (table, own) in [
        ("case_file", "id = $1, number = 'B' || $1::bigint"),
        ("audit", "id = $1::bigint + 1, lane = 63, seq = $1::bigint"),
        ("job", "id = $1::bigint + 2, only_one = null"),
    ] {
        let columns: Vec<String> = client
            .query(
                "select column_name::text from information_schema.columns where table_schema = current_schema() and table_name = $1
                 order by ordinal_position",
                &[&table],
            )?
            .iter()
            .map(|r| r.get(0))
            .collect();
        let replaced: Vec<String> = columns
            .iter()
            .map(|c| {
                own.split(", ")
                    .find_map(|pair| pair.strip_prefix(&format!("{c} = ")))
                    .map_or(c.clone(), str::to_owned)
            })
            .collect();
        out.push(format!(
            "insert into {table} ({}) select {} from {table} where id = (select max(id) from {table} where id < 9000000000000000000 and id > 0 and id <> $1) ",
            columns.join(", "),
            replaced.join(", ")
        ));
    }
    out.push(
        "insert into word_index (id, words) values ($1, to_tsvector('simple', '新华 中路 门前 人行道 积水 新 华 中 路 门 前 人 行 道 积 水'))"
            .into(),
    );
    Ok(out)
}
