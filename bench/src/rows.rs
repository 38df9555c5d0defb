//! The measurements themselves, one function a row of the table.

use crate::program::{ADDRESS, CITY, Server, YARDSTICK, city, places, service, sign_in, start_yardstick};
use crate::rounds::{Rounds, median, percent};
use crate::{assess, copies, yardstick};
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use testkit::client::{self, Connection, get, post_form, post_json};

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
    /// Rows that are measured, `P7,P8`; all where it is not said. What is measured in part is not written into the docs.
    pub only: Option<String>,
}

impl Plan {
    fn wants(&self, id: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.split(',').any(|one| one == id))
    }
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

const LIST: &str = "/cases?state=dispatched,handling,closed";
/// What the program runs for that list.
const LIST_SQL: &str = "select id, number, title, state, source, item_id, condition, urgent, address, lead_unit, suggested_unit, \
    reported_at, dispatched_at, answered_at, closed_at, stage_due_at, due_at, due_provisional, limit_amount, limit_unit, paused_at, \
    on_time, rework_count, lng, lat from case_file where id in ( \
    select * from (select id from case_file where state = 'dispatched' order by reported_at desc, id desc limit 51) as part_0 union all \
    select * from (select id from case_file where state = 'handling' order by reported_at desc, id desc limit 51) as part_1 union all \
    select * from (select id from case_file where state = 'closed' order by reported_at desc, id desc limit 51) as part_2) \
    order by reported_at desc, id desc limit 51";

/// The door through which reports come.
#[derive(Clone, Copy)]
enum Door<'a> {
    /// Open311, with a key, as the programs of others send them.
    Open311(&'a str),
    /// What the public form sends, with JSON.
    Public,
}

fn reports(plan: &Plan, callers: usize, door: Door<'_>) -> Result<Rounds> {
    let places = places()?;
    let service = service()?;
    let request = |caller: usize, n: u64| {
        let (lng, lat) = places[(caller * 37 + usize::try_from(n).unwrap_or(0)) % places.len()];
        let address = format!("新华中路 {} 号", n % 900);
        let words = format!("{address}门前人行道有积水");
        match door {
            Door::Open311(key) => {
                let (words, address) = (web::ui::encode(&words), web::ui::encode(&address));
                let fields = format!(
                    "api_key={key}&service_code={service}&description={words}&lat={lat}&long={lng}&address_string={address}"
                );
                post_form("/open311/v2/requests.json", &fields)
            }
            Door::Public => post_json(
                "/api/v1/reports",
                &format!(
                    "{{\"description\":\"{words}\",\"lng\":{lng},\"lat\":{lat},\"address\":\"{address}\"}}"
                ),
            ),
        }
    };
    Rounds::of(plan, || client::run(ADDRESS, callers, Duration::from_secs(plan.seconds), 201, request))
}

fn pages(plan: &Plan, address: &str, callers: usize, path: &str, cookie: &str) -> Result<Rounds> {
    let request = get(path, cookie);
    Rounds::of(plan, || {
        client::run(address, callers, Duration::from_secs(plan.seconds), 200, |_, _| request.clone())
    })
}

pub fn run(plan: &Plan) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    if plan.wants("P1") {
        intake(plan, &mut rows)?;
    }
    if plan.wants("P2") || plan.wants("P10") {
        lists(plan, &mut rows)?;
    }
    if plan.wants("P7") {
        assess::whole_city(plan, &mut rows)?;
    }
    if plan.wants("P8") {
        assess::long_workbook(plan, &mut rows)?;
    }
    if let Some(url) = plan.postgres.as_ref().filter(|_| plan.wants("P11")) {
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
    let key = std::fs::read_to_string(data.join("key"))?;
    let (ours, public) = {
        let _server = Server::start(plan, &data, None)?;
        (reports(plan, 64, Door::Open311(&key))?, reports(plan, 64, Door::Public)?)
    };
    let file = data.join(CITY).join("city.db");
    let statements = copies::embedded(&file)?;
    let bare: Vec<f64> = (0..plan.rounds)
        .map(|_| yardstick::bare_writes(&file, &statements, 64, Duration::from_secs(plan.seconds)))
        .collect::<Result<_>>()?;
    let bare = median(bare.into_iter());
    // the city is no longer what it was filled as
    std::fs::remove_file(data.join("ready"))?;
    for (door, ours) in [("Open311 POST", ours), ("the public door", public)] {
        rows.push(Row {
            id: "P1",
            work: format!("durable report intake over HTTP, {door}, 64 callers"),
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
    }
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
    let key = std::fs::read_to_string(large.join("key"))?;
    let load = reports(plan, 64, Door::Open311(&key))?;
    let after = server.memory()?;
    // what has just come in is not confirmed, and stands before all that may be shown
    let behind = pages(plan, ADDRESS, 16, "/public/cases", "")?;
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
    for (work, load) in [
        ("public list, anonymous", public),
        ("public list behind the reports of P1, which nobody has confirmed", behind),
        ("public record, anonymous", record),
    ] {
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
    let key = std::fs::read_to_string(data.join("key"))?;
    let intake = reports(plan, 64, Door::Open311(&key))?;
    let cookie = sign_in()?;
    let list = pages(plan, ADDRESS, 16, LIST, &cookie)?;
    drop(server);
    let mut client = ::postgres::Client::connect(url, ::postgres::NoTls)?;
    client.batch_execute(&format!("set search_path to {schema}"))?;
    let statements = copies::server(&mut client)?;
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
