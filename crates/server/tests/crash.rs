//! The program is killed with SIGKILL under load, again and again: every report it acknowledged is there, none is there
//! twice, and the log is whole. Twenty times on each engine; `CHUANGCHENG_CRASHES` asks for more.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and is told by variables where the test server is"
)]

mod serving;

use serving::{CODE, Database, found, free_address, start, verified};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use testkit::client::{Connection, post_json};

const CALLERS: usize = 8;

#[test]
fn embedded() {
    crash_and_count(None);
}

#[test]
fn server() {
    crash_and_count(Some(&Database::new("crash")));
}

/// What callers were told: the text they sent, and the number they were given.
type Told = Mutex<BTreeMap<String, String>>;

fn load(address: &str, stop: &AtomicBool, next: &AtomicU64, told: &Told) {
    let mut connection = Connection::open(address).ok();
    while !stop.load(Ordering::Relaxed) {
        let Some(c) = connection.as_mut() else { return };
        let text = format!("报告{:08}号", next.fetch_add(1, Ordering::Relaxed));
        let body =
            format!("{{\"description\":\"{text}\",\"address\":\"新华中路\",\"lng\":98.29,\"lat\":39.77}}");
        match c.exchange(&post_json("/api/v1/reports", &body)) {
            Ok(201) => {
                let answer: serde_json::Value = serde_json::from_slice(&c.body).expect("JSON");
                let number = answer["number"].as_str().expect("a number").to_owned();
                told.lock().expect("lock").insert(text, number);
            }
            Ok(other) => panic!("{other}: {}", String::from_utf8_lossy(&c.body)),
            // killed
            Err(_) => return,
        }
    }
}

fn crash_and_count(own: Option<&Database>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, database) = (folder.path(), own.map(|d| d.url.as_str()));
    found(data, database);
    let rounds: u64 = std::env::var("CHUANGCHENG_CRASHES").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let (told, next) = (Told::default(), AtomicU64::new(0));
    for round in 0..rounds {
        let address = free_address();
        let serving = start(data, database, &address, &[]);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..CALLERS {
                scope.spawn(|| load(&address, &stop, &next, &told));
            }
            // at a different moment each time
            std::thread::sleep(Duration::from_millis(40 + round * 37 % 300));
            drop(serving);
            stop.store(true, Ordering::Relaxed);
        });
    }
    let told = told.into_inner().expect("lock");
    assert!(told.len() > 20, "only {} reports were acknowledged", told.len());
    let stored = stored(data, own);
    for (text, number) in &told {
        let count = stored.get(text).map_or(0, Vec::len);
        assert_eq!(count, 1, "{text} acknowledged as {number}, stored {count} times");
        assert_eq!(stored.get(text).and_then(|n| n.first()), Some(number));
    }
    let doubled: Vec<_> = stored.iter().filter(|(_, numbers)| numbers.len() > 1).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
    verified(data, database);
}

/// What is in the database, read past the program.
fn stored(data: &Path, database: Option<&Database>) -> BTreeMap<String, Vec<String>> {
    let folder = data.join(CODE);
    let location = match database {
        Some(database) => database.city(),
        None => store::Location::Embedded { file: folder.join("city.db") },
    };
    let clock = std::sync::Arc::new(kernel::time::SystemClock);
    let db = store::Db::open(location, &folder, clock, &[], store::Options::default()).expect("the database");
    let rows = db
        .read_now(|tx| {
            type Row = (i64, String, String);
            let rows =
                tx.query(&store::Query::<Row>::new("select id, description, number from case_file"))?;
            let mut opened = Vec::with_capacity(rows.len());
            for (id, text, number) in rows {
                // what people wrote lies sealed
                opened.push((tx.unseal::<cases::model::CaseDescription>(id, &text)?, number));
            }
            Ok(opened)
        })
        .expect("the cases");
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (text, number) in rows {
        found.entry(text).or_default().push(number);
    }
    found
}
