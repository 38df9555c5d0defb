//! The program is killed with SIGKILL under load, again and again: every report it acknowledged is there, none is there
//! twice, and the log is whole. Twenty times on each engine; `CHUANGCHENG_CRASHES` asks for more.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and is told by variables where the test server is"
)]

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use testkit::client::{Connection, get, post_json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_chuangcheng");
const CALLERS: usize = 8;

#[test]
fn embedded() {
    crash_and_count(None);
}

#[test]
fn server() {
    let url =
        std::env::var("CHUANGCHENG_TEST_POSTGRES").expect("run this by `make test` or scripts/with-postgres");
    // a database of its own: the program makes the schema city_620200
    let name = format!("crash_{}", std::process::id());
    tamper(&url, &format!("create database {name}"));
    let own = url.rsplit_once('/').map_or(url.clone(), |(server, _)| format!("{server}/{name}"));
    crash_and_count(Some(&own));
    tamper(&url, &format!("drop database {name} with (force)"));
}

fn tamper(url: &str, sql: &str) {
    let location = store::Location::Server { url: url.to_owned(), schema: "public".to_owned() };
    store::db::tamper(&location, sql).expect("a statement on the test server");
}

fn command(sub: &[&str], data: &Path, database: Option<&str>) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(sub).arg("--data").arg(data).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(url) = database {
        command.args(["--database-url", url]);
    }
    command
}

/// The program, serving. It is killed, not stopped, when this goes.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.kill().expect("SIGKILL");
        self.0.wait().expect("the end of the program");
    }
}

fn start(data: &Path, database: Option<&str>, address: &str) -> Serving {
    let mut serve = command(&["serve", "--rate", "0", "--listen", address], data, database);
    let serving = Serving(serve.spawn().expect("the program"));
    let begun = Instant::now();
    loop {
        if let Ok(mut c) = Connection::open(address)
            && c.exchange(&get("/healthz", "")).is_ok_and(|s| s == 200)
        {
            return serving;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "the program does not come up");
        std::thread::sleep(Duration::from_millis(10));
    }
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

fn crash_and_count(database: Option<&str>) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let made = command(&["city", "create", "620200", "--name", "嘉峪关市"], data, database)
        .status()
        .expect("city create");
    assert!(made.success());
    let rounds: u64 = std::env::var("CHUANGCHENG_CRASHES").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let (told, next) = (Told::default(), AtomicU64::new(0));
    for round in 0..rounds {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let address = format!("127.0.0.1:{port}");
        let serving = start(data, database, &address);
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
    let stored = stored(data, database);
    for (text, number) in &told {
        let count = stored.get(text).map_or(0, Vec::len);
        assert_eq!(count, 1, "{text} acknowledged as {number}, stored {count} times");
        assert_eq!(stored.get(text).and_then(|n| n.first()), Some(number));
    }
    let doubled: Vec<_> = stored.iter().filter(|(_, numbers)| numbers.len() > 1).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
    let verified = command(&["verify"], data, database).status().expect("verify");
    assert_eq!(verified.code(), Some(0), "the log is broken");
}

/// What is in the database, read past the program.
fn stored(data: &Path, database: Option<&str>) -> BTreeMap<String, Vec<String>> {
    let folder = data.join("620200");
    let location = match database {
        Some(url) => store::Location::Server { url: url.to_owned(), schema: "city_620200".to_owned() },
        None => store::Location::Embedded { file: folder.join("city.db") },
    };
    let clock = std::sync::Arc::new(kernel::time::SystemClock);
    let db = store::Db::open(location, &folder, clock, &[], store::Options::default()).expect("the database");
    let rows = db
        .read_now(|tx| {
            tx.query(&store::Query::<(String, String)>::new("select description, number from case_file"))
        })
        .expect("the cases");
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (text, number) in rows {
        found.entry(text).or_default().push(number);
    }
    found
}
