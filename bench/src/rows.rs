//! The measurements themselves, one function a row of the table.

use crate::{fill, yardstick};
use anyhow::{Context, Result, bail};
use kernel::ctx::CityCode;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store::Location;
use testkit::client::{self, Connection, Load, get, post_json};

/// What is run.
pub struct Plan {
    pub server: PathBuf,
    pub folder: PathBuf,
    pub rounds: usize,
    pub seconds: u64,
    pub cases: i64,
    /// A third size for P3.
    pub huge: Option<i64>,
    pub postgres: Option<String>,
}

/// A line of the table.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: &'static str,
    pub work: String,
    pub result: String,
    pub p99: String,
    pub yardstick: String,
    pub ratio: String,
    pub target: &'static str,
    pub met: bool,
}

const CITY: &str = "620200";
const ADDRESS: &str = "127.0.0.1:18080";
const YARDSTICK: &str = "127.0.0.1:18081";
const LIST: &str = "/cases?state=dispatched,handling,closed";
const LIST_SQL: &str = "select id, number, title, state, source, item_id, condition, urgent, address, lead_unit, suggested_unit, \
    reported_at, dispatched_at, answered_at, closed_at, stage_due_at, due_at, due_provisional, limit_amount, limit_unit, paused_at, \
    on_time, rework_count, lng, lat from case_file where state in ('dispatched', 'handling', 'closed') \
    order by reported_at desc, id desc limit 51";

/// A process that is ended when this goes.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program serving a folder of data.
struct Server {
    running: Running,
    /// From start to the first answer.
    cold: Duration,
}

impl Server {
    fn start(plan: &Plan, data: &Path, postgres: Option<&str>) -> Result<Self> {
        let mut command = Command::new(&plan.server);
        command.args(["serve", "--listen", ADDRESS, "--rate", "0", "--data"]).arg(data);
        if let Some(url) = postgres {
            command.args(["--database-url", url]);
        }
        let started = Instant::now();
        let running = Running(
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("start the program")?,
        );
        wait(ADDRESS, "/healthz", Duration::from_mins(1))?;
        Ok(Self { running, cold: started.elapsed() })
    }

    /// Resident memory in MB.
    fn memory(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.running.0.id()))?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: f64 = line.split_whitespace().next().context("no number")?.parse()?;
        Ok(kilobytes / 1024.0)
    }
}

fn wait(address: &str, path: &str, limit: Duration) -> Result<()> {
    let begin = Instant::now();
    loop {
        if let Ok(mut c) = Connection::open(address)
            && c.exchange(&get(path, "")).is_ok_and(|s| s == 200)
        {
            return Ok(());
        }
        if begin.elapsed() > limit {
            bail!("{address}{path} did not answer");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn start_yardstick(extra: &[&str]) -> Result<Running> {
    let me = std::env::current_exe()?;
    let child = Command::new(me).args(["yardstick", "--listen", YARDSTICK]).args(extra).spawn()?;
    let running = Running(child);
    wait(YARDSTICK, "/", Duration::from_secs(10))?;
    Ok(running)
}

/// Medians over the rounds.
struct Rounds(Vec<Load>);

impl Rounds {
    fn of(plan: &Plan, mut run: impl FnMut() -> std::io::Result<Load>) -> Result<Self> {
        // the first is for warming up and is thrown away
        run()?;
        Ok(Self((0..plan.rounds).map(|_| run()).collect::<std::io::Result<_>>()?))
    }

    fn rate(&self) -> f64 {
        median(self.0.iter().map(Load::per_second))
    }

    fn p99(&self) -> f64 {
        median(self.0.iter().map(|l| l.p99_ms))
    }

    fn text(&self) -> String {
        let rates: Vec<f64> = self.0.iter().map(Load::per_second).collect();
        let (low, high) =
            (rates.iter().copied().fold(f64::MAX, f64::min), rates.iter().copied().fold(0.0, f64::max));
        format!("{:.0}/s [{low:.0}–{high:.0}]", self.rate())
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

fn percent(part: f64, whole: f64) -> String {
    format!("{:.0} %", 100.0 * part / whole.max(0.001))
}

fn city(plan: &Plan, name: &str, cases: i64, postgres: Option<&str>) -> Result<PathBuf> {
    let data = plan.folder.join(name);
    let ready = data.join("ready");
    // a filled city is used again: filling takes longer than measuring
    if std::fs::read_to_string(&ready).is_ok_and(|n| n == cases.to_string()) {
        return Ok(data);
    }
    let _ = std::fs::remove_dir_all(&data);
    std::fs::create_dir_all(&data)?;
    let mut command = Command::new(&plan.server);
    command.args(["city", "create", CITY, "--name", "嘉峪关市", "--data"]).arg(&data);
    if let Some(url) = postgres {
        command.args(["--database-url", url]);
    }
    let status = command.stdout(Stdio::null()).status()?;
    anyhow::ensure!(status.success(), "city create failed");
    let folder = data.join(CITY);
    let location = match postgres {
        Some(url) => Location::Server { url: url.to_owned(), schema: format!("city_{CITY}") },
        None => Location::Embedded { file: folder.join("city.db") },
    };
    let db = fill::open(location, &folder)?;
    let code = CityCode::parse(CITY).context("city code")?;
    fill::fill(&db, &code, cases)?;
    std::fs::write(ready, cases.to_string())?;
    Ok(data)
}

/// Signs the member of staff in; the cookie header.
fn sign_in() -> Result<String> {
    let mut c = Connection::open(ADDRESS)?;
    c.exchange(&get("/sign-in", ""))?;
    let visitor = c.cookie("visitor").context("no visitor cookie")?;
    let page = String::from_utf8_lossy(&c.body).into_owned();
    let csrf =
        page.split("name=\"csrf\" value=\"").nth(1).and_then(|s| s.split('"').next()).context("no csrf")?;
    let body = format!("csrf={csrf}&login={}&password={}&back=%2Fcases", fill::LOGIN, fill::PASSWORD);
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: visitor={visitor}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let status = c.exchange(request.as_bytes())?;
    let session = c.cookie("session").with_context(|| format!("sign-in answered {status}"))?;
    Ok(format!("session={session}"))
}

fn reports(plan: &Plan, callers: usize) -> Result<Rounds> {
    let body = |caller: usize, n: u64| {
        format!(
            "{{\"description\":\"新华中路 {} 号门前人行道有积水\",\"lng\":98.28{:04},\"lat\":39.77{:04},\"address\":\"新华中路 {} 号\"}}",
            n % 900,
            caller * 37 % 10_000,
            n % 10_000,
            n % 900
        )
    };
    Rounds::of(plan, || {
        client::run(ADDRESS, callers, Duration::from_secs(plan.seconds), 201, |c, n| {
            post_json("/api/v1/reports", &body(c, n))
        })
    })
}

fn pages(plan: &Plan, address: &str, callers: usize, path: &str, cookie: &str) -> Result<Rounds> {
    let request = get(path, cookie);
    Rounds::of(plan, || {
        client::run(address, callers, Duration::from_secs(plan.seconds), 200, |_, _| request.clone())
    })
}

/// The rows of one stored report as statements with `?1` for the id, values as literals.
fn statements(file: &Path) -> Result<Vec<String>> {
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

pub fn run(plan: &Plan) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    intake(plan, &mut rows)?;
    lists(plan, &mut rows)?;
    if let Some(url) = &plan.postgres {
        postgres(plan, url, &mut rows)?;
    }
    Ok(rows)
}

fn intake(plan: &Plan, rows: &mut Vec<Row>) -> Result<()> {
    let empty = {
        let _server = start_yardstick(&[])?;
        Rounds::of(plan, || {
            client::run(YARDSTICK, 64, Duration::from_secs(plan.seconds), 200, |_, _| {
                post_json("/", "{\"description\":\"x\"}")
            })
        })?
    };
    let data = city(plan, "small", 10_000, None)?;
    let ours = {
        let _server = Server::start(plan, &data, None)?;
        reports(plan, 64)?
    };
    let file = data.join(CITY).join("city.db");
    let statements = statements(&file)?;
    let bare: Vec<f64> = (0..plan.rounds)
        .map(|_| yardstick::bare_writes(&file, &statements, 64, Duration::from_secs(plan.seconds)))
        .collect::<Result<_>>()?;
    let bare = median(bare.into_iter());
    // the city is no longer what it was filled as
    std::fs::remove_file(data.join("ready"))?;
    rows.push(Row {
        id: "P1",
        work: "durable report intake over HTTP, 64 callers".into(),
        result: ours.text(),
        p99: format!("{:.1} ms", ours.p99()),
        yardstick: format!("empty answer {}; bare rows {bare:.0}/s", empty.text()),
        ratio: format!(
            "{} of empty; {} of bare",
            percent(ours.rate(), empty.rate()),
            percent(ours.rate(), bare)
        ),
        target: "≥ 10 k/s, ≥ 35 % of empty, p99 ≤ 25 ms",
        met: ours.rate() >= 10_000.0 && ours.rate() >= 0.35 * empty.rate() && ours.p99() <= 25.0,
    });
    Ok(())
}

fn lists(plan: &Plan, rows: &mut Vec<Row>) -> Result<()> {
    let small = city(plan, "small", 10_000, None)?;
    let base = {
        let _server = Server::start(plan, &small, None)?;
        pages(plan, ADDRESS, 16, LIST, &sign_in()?)?
    };
    let large = city(plan, "large", plan.cases, None)?;
    let server = Server::start(plan, &large, None)?;
    let (cold, idle) = (server.cold, server.memory()?);
    let cookie = sign_in()?;
    let mut one = Connection::open(ADDRESS)?;
    one.exchange(&get(LIST, &cookie))?;
    let size = one.body.len().to_string();
    let ours = pages(plan, ADDRESS, 16, LIST, &cookie)?;
    let public = pages(plan, ADDRESS, 16, "/public/cases", "")?;
    let record = pages(plan, ADDRESS, 16, &format!("/public/cases/CASE-2026-{:08}", plan.cases / 2), "")?;
    let load = reports(plan, 64)?;
    let after = server.memory()?;
    drop(server);
    let file = large.join(CITY).join("city.db");
    let yard = {
        let _server =
            start_yardstick(&["--db", &file.to_string_lossy(), "--sql", LIST_SQL, "--bytes", &size])?;
        pages(plan, YARDSTICK, 16, "/list", "")?
    };
    let empty = {
        let _server = start_yardstick(&[])?;
        pages(plan, YARDSTICK, 16, "/", "")?
    };
    std::fs::remove_file(large.join("ready"))?;
    rows.push(Row {
        id: "P2",
        work: format!("staff list, 50 rows of HTML, {} cases stored, 16 callers", plan.cases),
        result: ours.text(),
        p99: format!("{:.1} ms", ours.p99()),
        yardstick: format!("same SQL bare, constant page: {}", yard.text()),
        ratio: percent(ours.rate(), yard.rate()),
        target: "≥ 50 %, p99 ≤ 30 ms",
        met: ours.rate() >= 0.5 * yard.rate() && ours.p99() <= 30.0,
    });
    rows.push(Row {
        id: "P3",
        work: format!("the same list at 10,000 and {} cases", plan.cases),
        result: format!("{:.2} ms and {:.2} ms a page", 16_000.0 / base.rate(), 16_000.0 / ours.rate()),
        p99: format!("{:.1} ms", ours.p99()),
        yardstick: "itself at 10,000".into(),
        ratio: format!("{:.2} ×", base.rate() / ours.rate()),
        target: "≤ 1.5 ×",
        met: base.rate() <= 1.5 * ours.rate(),
    });
    for (work, load) in [("public list, anonymous", public), ("public record, anonymous", record)] {
        rows.push(Row {
            id: "P4",
            work: format!("{work}, 16 callers"),
            result: load.text(),
            p99: format!("{:.1} ms", load.p99()),
            yardstick: format!("empty answer {}", empty.text()),
            ratio: percent(load.rate(), empty.rate()),
            target: "≥ 25 %",
            met: load.rate() >= 0.25 * empty.rate(),
        });
    }
    rows.push(Row {
        id: "P10",
        work: format!("cold start with {} cases; memory idle, and after P1 and P2", plan.cases),
        result: format!("{:.2} s; {idle:.0} MB; {after:.0} MB", cold.as_secs_f64()),
        p99: String::new(),
        yardstick: format!("(P1 on this city: {:.0}/s)", load.rate()),
        ratio: String::new(),
        target: "≤ 1 s; ≤ 80 MB; ≤ 300 MB",
        met: cold.as_secs_f64() <= 1.0 && idle <= 80.0 && after <= 300.0,
    });
    if let Some(huge) = plan.huge {
        let data = city(plan, "huge", huge, None)?;
        let _server = Server::start(plan, &data, None)?;
        let load = pages(plan, ADDRESS, 16, LIST, &sign_in()?)?;
        rows.push(Row {
            id: "P3",
            work: format!("the same list at {huge} cases"),
            result: format!("{:.2} ms a page", 16_000.0 / load.rate()),
            p99: format!("{:.1} ms", load.p99()),
            yardstick: "itself at 10,000".into(),
            ratio: format!("{:.2} ×", base.rate() / load.rate()),
            target: "≤ 1.5 ×",
            met: base.rate() <= 1.5 * load.rate(),
        });
    }
    Ok(())
}

fn postgres(plan: &Plan, url: &str, rows: &mut Vec<Row>) -> Result<()> {
    let _ = std::fs::remove_dir_all(plan.folder.join("server"));
    let schema = format!("city_{CITY}");
    let data = city(plan, "server", 100_000, Some(url))?;
    let server = Server::start(plan, &data, Some(url))?;
    let intake = reports(plan, 64)?;
    let cookie = sign_in()?;
    let list = pages(plan, ADDRESS, 16, LIST, &cookie)?;
    drop(server);
    let mut client = ::postgres::Client::connect(url, ::postgres::NoTls)?;
    client.batch_execute(&format!("set search_path to {schema}"))?;
    let statements = postgres_statements(&mut client)?;
    let bare: Vec<f64> = (0..plan.rounds)
        .map(|_| {
            yardstick::bare_postgres_writes(url, &schema, &statements, 8, Duration::from_secs(plan.seconds))
        })
        .collect::<Result<_>>()?;
    let bare = median(bare.into_iter());
    let reads: Vec<f64> =
        (0..plan.rounds).map(|_| bare_reads(url, &schema, plan.seconds)).collect::<Result<_>>()?;
    let reads = median(reads.into_iter());
    rows.push(Row {
        id: "P11",
        work: "P1 on a database server on the same machine".into(),
        result: intake.text(),
        p99: format!("{:.1} ms", intake.p99()),
        yardstick: format!("the same rows, bare, 8 connections: {bare:.0}/s"),
        ratio: percent(intake.rate(), bare),
        target: "≥ 60 %",
        met: intake.rate() >= 0.6 * bare,
    });
    rows.push(Row {
        id: "P11",
        work: "P2 on a database server on the same machine".into(),
        result: list.text(),
        p99: format!("{:.1} ms", list.p99()),
        yardstick: format!("the same SQL, bare, 4 connections: {reads:.0}/s"),
        ratio: percent(list.rate(), reads),
        target: "≥ 60 %",
        met: list.rate() >= 0.6 * reads,
    });
    Ok(())
}

fn postgres_statements(client: &mut ::postgres::Client) -> Result<Vec<String>> {
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

fn bare_reads(url: &str, schema: &str, seconds: u64) -> Result<f64> {
    let until = Instant::now() + Duration::from_secs(seconds);
    let counts: Vec<Result<u64>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(move || -> Result<u64> {
                    let mut client = ::postgres::Client::connect(url, ::postgres::NoTls)?;
                    client.batch_execute(&format!("set search_path to {schema}"))?;
                    let statement = client.prepare(LIST_SQL)?;
                    let mut n = 0;
                    while Instant::now() < until {
                        anyhow::ensure!(!client.query(&statement, &[])?.is_empty(), "no rows");
                        n += 1;
                    }
                    Ok(n)
                })
            })
            .collect();
        handles.into_iter().map(|h| h.join().unwrap_or_else(|_| bail!("a reader panicked"))).collect()
    });
    let total: u64 = counts.into_iter().sum::<Result<u64>>()?;
    #[expect(clippy::cast_precision_loss, reason = "counts of a benchmark")]
    let total = total as f64;
    Ok(total / Duration::from_secs(seconds).as_secs_f64())
}
