//! The program itself as processes of this machine: made, served, killed. What is in its database is read past it.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store::Location;
use testkit::client::{Connection, get};

const PROGRAM: &str = env!("CARGO_BIN_EXE_chuangcheng");
pub(crate) const CODE: &str = "620200";

/// A database of a test's own on the test server; the program makes the schema `city_620200` in it.
pub(crate) struct Database {
    pub(crate) url: String,
    server: String,
    name: String,
}

impl Database {
    pub(crate) fn new(what: &str) -> Self {
        let server = std::env::var("CHUANGCHENG_TEST_POSTGRES")
            .expect("run this by `make test` or scripts/with-postgres");
        let name = format!("{what}_{}", std::process::id());
        tamper(&server, "public", &format!("create database {name}"));
        let url = server.rsplit_once('/').map_or(server.clone(), |(host, _)| format!("{host}/{name}"));
        Self { url, server, name }
    }

    pub(crate) fn city(&self) -> Location {
        Location::Server { url: self.url.clone(), schema: format!("city_{CODE}") }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        tamper(&self.server, "public", &format!("drop database {} with (force)", self.name));
    }
}

fn tamper(url: &str, schema: &str, sql: &str) {
    let location = Location::Server { url: url.to_owned(), schema: schema.to_owned() };
    store::db::tamper(&location, sql).expect("a statement on the test server");
}

pub(crate) fn command(sub: &[&str], data: &Path, database: Option<&str>) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(sub).arg("--data").arg(data).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(url) = database {
        command.args(["--database-url", url]);
    }
    command
}

/// Founds the city.
pub(crate) fn found(data: &Path, database: Option<&str>) {
    let made = command(&["city", "create", CODE, "--name", "嘉峪关市"], data, database).status();
    assert!(made.expect("city create").success());
}

/// Proves the log whole.
pub(crate) fn verified(data: &Path, database: Option<&str>) {
    let status = command(&["verify"], data, database).status().expect("verify");
    assert_eq!(status.code(), Some(0), "the log is broken");
}

/// The program, serving. It is killed, not stopped, when this goes.
pub(crate) struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.kill().expect("SIGKILL");
        self.0.wait().expect("the end of the program");
    }
}

/// Where nobody listens yet.
pub(crate) fn free_address() -> String {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
    format!("127.0.0.1:{port}")
}

pub(crate) fn start(data: &Path, database: Option<&str>, address: &str, more: &[&str]) -> Serving {
    let mut serve = command(&["serve", "--rate", "0", "--listen", address], data, database);
    let serving = Serving(serve.args(more).spawn().expect("the program"));
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
