//! A city of an older version: its schema lacks what came later, and everything that is sealed or hashed today stands plain in
//! it, but for what that version sealed. Opened by this program, nothing of it can be read on the disk, and nothing is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use store::sealed::{Algorithm, columns, hashed_columns, rotate, uses};
use store::{Db, Location, Migration, Options, Query};
use testkit::{Engine, TestDb, engines};

/// What the version of then sealed.
const SEALED_THEN: &[&str] = &[
    "account.mail",
    "account.phone",
    "adoption.phone",
    "audit_text.text",
    "case_file.description",
    "case_follower.contact",
    "case_reporter.mail",
    "case_reporter.name",
    "case_reporter.phone",
    "case_reporter.reference",
    "idempotency.answer",
    "job.last_error",
    "job.payload",
    "suggestion.body",
    "suggestion.contact",
    "task_progress.report",
    "unit.contact_name",
    "unit.contact_phone",
];

/// What the schema of then lacks.
const LATER: &[(&str, i64)] = &[("people", 6)];

/// The row that is put into every table.
const ROW: i64 = 7;

fn migrations(of_then: bool) -> Vec<Migration> {
    let all = server::features::all();
    let all = web::MIGRATIONS.iter().chain(all.iter().flat_map(|f| f.migrations)).copied();
    all.filter(|m| !of_then || !LATER.contains(&(m.area, m.number))).collect()
}

/// What stands in a column: text that is nowhere else.
fn left(table: &str, column: &str) -> String {
    format!("〈{table}.{column} 13893712345〉")
}

/// Every column that is sealed or hashed now and was plain then.
fn plain_then() -> BTreeSet<(&'static str, &'static str)> {
    let sealed = columns().into_iter().map(|at| (at.table, at.column));
    let hashed = hashed_columns().into_iter().map(|at| (at.table, at.column));
    sealed.chain(hashed).filter(|(t, c)| !SEALED_THEN.contains(&&*format!("{t}.{c}"))).collect()
}

/// A column of the city.
struct Shape {
    table: String,
    column: String,
    kind: String,
    required: bool,
}

/// A row with something in every column that must have something, and the texts.
fn insert(engine: Engine, schema: &str, table: &str, shape: &[&Shape]) -> String {
    let plain = plain_then();
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for column in shape {
        let is_plain = plain.contains(&(table, column.column.as_str()));
        if !column.required && !is_plain && column.column != "id" {
            continue;
        }
        let sealed_then = SEALED_THEN.contains(&&*format!("{table}.{}", column.column));
        names.push(column.column.clone());
        values.push(match column.kind.as_str() {
            "TEXT" if is_plain => format!("'{}'", left(table, &column.column)),
            "TEXT" if sealed_then => "''".to_owned(),
            "TEXT" => format!("'{ROW}'"),
            "DOUBLE" => "0.5".to_owned(),
            "BYTES" if engine == Engine::Embedded => "x'00'".to_owned(),
            "BYTES" => "'\\x00'::bytea".to_owned(),
            _ => ROW.to_string(),
        });
    }
    format!("insert into {schema}{table} ({}) values ({})", names.join(", "), values.join(", "))
}

/// Fills the tables that have such columns, and those that they refer to: in whatever order their references allow.
fn fill(t: &TestDb) {
    let shape = t.db.shape().unwrap().0.into_iter();
    let shape: Vec<Shape> = shape
        .map(|c| Shape { table: c.table, column: c.column, kind: c.kind, required: c.required })
        .collect();
    let mut tables: BTreeMap<&str, Vec<&Shape>> = BTreeMap::new();
    for column in &shape {
        tables.entry(column.table.as_str()).or_default().push(column);
    }
    let mut wanted: BTreeSet<&str> = plain_then().into_iter().map(|(table, _)| table).collect();
    wanted.extend(["catalogue_version", "catalogue_item", "case_file", "ladder_letter", "street_standard"]);
    wanted.extend(["adoption", "catalogue_extra_set", "catalogue_extra", "evidence_item", "survey"]);
    let schema = match &t.location {
        Location::Server { schema, .. } => format!("{schema}."),
        Location::Embedded { .. } => String::new(),
    };
    let missing: Vec<&&str> = wanted.iter().filter(|table| !tables.contains_key(**table)).collect();
    assert!(missing.is_empty(), "no such table: {missing:?}");
    let mut last = String::new();
    for _ in 0..8 {
        wanted.retain(|table| {
            let statement = insert(t.engine, &schema, table, &tables[table]);
            match store::db::tamper(&t.location, &statement) {
                Ok(()) => false,
                Err(problem) => {
                    last = String::new();
                    let _ = write!(last, "{table}: {problem:?} of {statement}");
                    true
                }
            }
        });
    }
    assert!(wanted.is_empty(), "{wanted:?}: {last}");
    let names: Vec<String> = SEALED_THEN.iter().map(|name| format!("'{name}'")).collect();
    let forget = format!("delete from {schema}sealed_column where name not in ({})", names.join(", "));
    store::db::tamper(&t.location, &forget).unwrap();
}

fn stored(db: &Db, table: &str, column: &str) -> String {
    let query = Query::<(String,)>::new(&format!("select {column} from {table} where {column} <> ''"));
    let rows = db.read_now(move |tx| tx.query(&query)).unwrap();
    rows.into_iter().map(|(text,)| text).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_city_of_before_is_sealed_when_it_is_opened() {
    for engine in engines() {
        let t = TestDb::open(engine, &migrations(true));
        t.leave_jobs();
        fill(&t);
        let texts: Vec<String> = plain_then().into_iter().map(|(t, c)| left(t, c)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(t.plain_on_disk(&texts), texts, "all of it can be read");

        let options = Options { readers: 1, writers: 1, ..Options::default() };
        let open = || Db::open(t.location.clone(), t.folder(), t.clock.clone(), &migrations(false), options);
        let db = open().unwrap();
        assert_eq!(t.plain_on_disk(&texts), Vec::<&str>::new());
        assert_eq!(t.mobiles_on_disk(), Vec::<String>::new());
        for at in hashed_columns() {
            let hash = stored(&db, at.table, at.column);
            assert!(hash.starts_with("h1.") && hash.len() == 27, "{}.{}: {hash}", at.table, at.column);
        }
        // once only
        let before = stored(&db, "case_voice", "words");
        let again = open().unwrap();
        assert_eq!(stored(&again, "case_voice", "words"), before);
        // what somebody is called at the provider is found, and read
        let subject = left("identity", "subject");
        let known = again.read_now(move |tx| people::queries::identities(tx, kernel::id::Id::new(ROW)));
        assert_eq!(known.unwrap()[0].subject.as_str(), subject);
        // everything opens: a new key seals all of it once more
        let count = i64::try_from(columns().len() - SEALED_THEN.len()).unwrap();
        assert_eq!(uses(&again).unwrap()[0].texts, count);
        assert_eq!(rotate(&again, &t.ctx_system(), Algorithm::Sm4).unwrap(), 2);
        let tools = store::jobs::Toolbox::default();
        let jobs = store::jobs::Jobs::new(again.clone(), t.city.clone(), &[], &[], tools).unwrap();
        jobs.run_all_due().unwrap();
        let texts: Vec<i64> = uses(&again).unwrap().iter().map(|u| u.texts).collect();
        assert_eq!(texts.first(), Some(&0));
        assert!(texts[1] >= count);
    }
}
