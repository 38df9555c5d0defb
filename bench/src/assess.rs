//! P7 and P8: a whole city judged from nothing, and a long workbook taken in, each beside the library of Python that people use for it.

use crate::fill::{fail, open};
use crate::program::{ADDRESS, CITY, Server, city, sign_in};
use crate::rounds::median;
use crate::rows::{Plan, Row};
use anyhow::{Context, Result, ensure};
use assessment::scheme::model::{Node, NodeKind, Part, Scheme};
use assessment::scheme::notation::Rule;
use fieldwork::model::{Observed, Outcome, Record};
use inspections::model::{Drawn, Inspection};
use kernel::ctx::{CityCode, Ctx};
use kernel::id::Id;
use kernel::problem::Problem;
use kernel::time::MINUTE;
use scoring::{Exact, Method};
use shadow::model::{Plan as Sources, Source};
use sheets::{Cell, Column, FileKind, Kind};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use store::value::Json;
use store::{Db, Event, Location, Tx, sql};
use surveys::model::Survey;
use testkit::client::{Connection, get};

const STANDARDS: usize = 142;
const POINTS: usize = 5_000;
/// Standards that are looked at at each point.
const EACH: usize = 100;
/// Standards that people are asked about as well.
const ASKED: usize = 10;
const SCHEME: &str = "SC-9001";
const INSPECTION: &str = "IN-2026-9001";
const PLACES: &str = "实地考察";
const QUESTIONS: &str = "问卷调查";
/// Rows of the workbook of P8.
const ROWS: usize = 100_000;

/// Python with polars and openpyxl: `bench/run` makes it.
fn python() -> PathBuf {
    "target/bench-python/bin/python".into()
}

/// The last line of what a script prints, as JSON.
fn script(arguments: &[&str]) -> Result<serde_json::Value> {
    let done = Command::new(python()).arg("-B").arg("bench/peers.py").args(arguments).output()?;
    ensure!(done.status.success(), "peers.py: {}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8(done.stdout)?;
    Ok(serde_json::from_str(text.lines().last().context("nothing printed")?)?)
}

fn seconds(of: &serde_json::Value, name: &str) -> Result<f64> {
    of[name].as_f64().with_context(|| format!("{name} is missing: {of}"))
}

fn code(n: usize) -> String {
    format!("{}-{}", n / 12 + 1, n % 12 + 1)
}

/// Chance that is the same each time.
fn chance(a: usize, b: usize) -> usize {
    let mixed =
        (a as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (b as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    usize::try_from((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40).unwrap_or(0)
}

fn scheme(ctx: &Ctx, tx: &mut Tx<'_>) -> kernel::problem::Result<Id<Scheme>> {
    let like = tx.one(
        sql!(Scheme: "select {*} from assessment_scheme where state = 'published' order by id limit 1"),
        &[],
    )?;
    let like = like.ok_or_else(Problem::not_found)?;
    let id = tx.new_id();
    let (number, name) = (SCHEME.to_owned(), "全市测评".to_owned());
    tx.insert(&Scheme {
        id,
        number,
        name,
        observed_way: PLACES.to_owned(),
        sample: false,
        based_on: None,
        ..like
    })?;
    let exact = |n: usize| Exact::from(i64::try_from(n).unwrap_or_default());
    let ratio = |method| Rule { across: Vec::new(), method };
    let mut above = None;
    for n in 0..STANDARDS {
        let mut node = Node {
            id: tx.new_id(),
            scheme_id: id,
            parent_id: None,
            place: i64::try_from(n).unwrap_or_default(),
            code: format!("{}", n / 12 + 1),
            name: format!("第 {} 类", n / 12 + 1),
            kind: NodeKind::Normal,
            veto: Json(None),
            parts: Json(Vec::new()),
            lead_unit: String::new(),
            units: Json(Vec::new()),
            point_types: Json(Vec::new()),
            evidence: Json(Vec::new()),
            observed: Json(Vec::new()),
            note: String::new(),
            version: 1,
        };
        if n % 12 == 0 {
            tx.insert(&node)?;
            above = Some(node.id);
            node.id = tx.new_id();
        }
        let method = match n % 3 {
            0 => Method::Ratio,
            1 => Method::Mean { full: Exact::one() },
            _ => Method::Deduct { full: exact(10_000), each: Exact::one(), again: exact(2) },
        };
        let mut parts = vec![Part { way: PLACES.to_owned(), points: exact(1 + n % 5), rule: ratio(method) }];
        if n < ASKED {
            parts.push(Part { way: QUESTIONS.to_owned(), points: exact(2), rule: ratio(Method::Ratio) });
        }
        let (code, name) = (code(n), format!("标准 {n}"));
        tx.insert(&Node { parent_id: above, code, name, parts: Json(parts), ..node })?;
    }
    let (now, plan) = (ctx.now, tx.new_id());
    tx.insert(&Sources {
        id: plan,
        scheme_id: id,
        target: "0.95".to_owned(),
        sources: Json(vec![
            Source {
                way: PLACES.to_owned(),
                origin: "inspections".to_owned(),
                from: vec![INSPECTION.to_owned()],
            },
            Source {
                way: QUESTIONS.to_owned(),
                origin: "survey".to_owned(),
                from: vec!["SV-0001".to_owned()],
            },
        ]),
        efforts: Json(Vec::new()),
        changed_by: "bench".to_owned(),
        changed_at: now,
        version: 1,
    })?;
    Ok(id)
}

/// The demonstration's closed survey speaks of the first standards.
fn survey(tx: &mut Tx<'_>) -> kernel::problem::Result<()> {
    let found = tx.one(sql!(Survey: "select {*} from survey where number = $1"), &[&"SV-0001"])?;
    let mut survey = found.ok_or_else(Problem::not_found)?;
    let counted = survey.questions.0.iter_mut().filter(|q| q.is_counted());
    for (n, question) in counted.take(ASKED).enumerate() {
        question.standard = code(n);
    }
    tx.save(&survey)
}

/// Points `from` to `until`, each looked at once.
fn points(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    from: usize,
    until: usize,
    csv: &mut String,
) -> kernel::problem::Result<()> {
    let like = tx.one(
        sql!(Record: "select {*} from field_record where state = 'accepted' order by id limit 1"),
        &[],
    )?;
    let like = like.ok_or_else(Problem::not_found)?;
    let seen = tx.one(sql!(Observed: "select {*} from field_observation order by id limit 1"), &[])?;
    let seen = seen.ok_or_else(Problem::not_found)?;
    let inspection =
        tx.one(sql!(Inspection: "select {*} from inspection where number = $1"), &[&INSPECTION])?;
    let inspection = inspection.ok_or_else(Problem::not_found)?;
    for n in from..until {
        let point_id: Id<Drawn> = tx.new_id();
        let at = ctx.now.plus(-MINUTE * i64::try_from(until - n).unwrap_or_default());
        let record = Record {
            id: tx.new_id(),
            number: format!("FR-2026-9{n:06}"),
            visit_id: Id::new(point_id.raw()),
            inspection_id: inspection.id,
            inspection: INSPECTION.to_owned(),
            point_id,
            point_number: format!("Q-{n:05}"),
            point_name: format!("第 {n} 处"),
            lane: 0,
            second: false,
            handed_at: Some(at),
            created_at: at,
            ..like.clone()
        };
        tx.insert(&record)?;
        let mut all = Vec::with_capacity(EACH);
        for k in 0..EACH {
            let standard = (n + k) % STANDARDS;
            // a fifth is not met, and of means a part of it
            let found = chance(n, standard) % 10;
            let (share, outcome) = match (found, standard % 3) {
                (0..=7, _) => ("1", Outcome::Met),
                (8, 1) => ("0.5", Outcome::Part),
                _ => ("0", Outcome::Unmet),
            };
            let standard = code(standard);
            let _ = writeln!(csv, "{standard},{n},{share}");
            all.push(Observed {
                id: tx.new_id(),
                record_id: record.id,
                record_number: record.number.clone(),
                inspection_id: record.inspection_id,
                inspection: record.inspection.clone(),
                point_id,
                point_number: record.point_number.clone(),
                point_name: record.point_name.clone(),
                kind: record.kind.clone(),
                division: record.division.clone(),
                second: false,
                standard,
                outcome,
                share: share.to_owned(),
                weight: 1,
                good: 0,
                of_all: 0,
                counted: 0,
                at,
                ..seen.clone()
            });
        }
        fieldwork::tally::keep(tx, &record, &all)?;
    }
    Ok(())
}

/// A city with all of it, made when it is not there; and the same observations as a file.
fn filled(plan: &Plan) -> Result<PathBuf> {
    let data = city(plan, "assess", 10, None)?;
    let done = data.join("assessed");
    if done.exists() {
        return Ok(data);
    }
    let folder = data.join(CITY);
    let db: Db = open(Location::Embedded { file: folder.join("city.db") }, &folder)?;
    let ctx = Ctx::system(CityCode::parse(CITY).context("city code")?, "bench", db.now());
    let inner = ctx.clone();
    db.write_now(&ctx, move |tx| {
        scheme(&inner, tx)?;
        survey(tx)?;
        let like = tx.one(
            sql!(Inspection: "select {*} from inspection where state = 'ended' order by id limit 1"),
            &[],
        )?;
        let like = like.ok_or_else(Problem::not_found)?;
        let id = tx.new_id();
        tx.insert(&Inspection { id, number: INSPECTION.to_owned(), ..like })?;
        tx.record(&inner, Event::city("bench.filled"))
    })
    .map_err(fail)?;
    let mut csv = "standard,point,share\n".to_owned();
    for from in (0..POINTS).step_by(100) {
        let inner = ctx.clone();
        let lines = db.write_now(&ctx, move |tx| {
            let mut lines = String::new();
            points(&inner, tx, from, from + 100, &mut lines)?;
            tx.record(&inner, Event::city("bench.filled").with("points", from))?;
            Ok(lines)
        });
        csv.push_str(&lines.map_err(fail)?);
    }
    std::fs::write(data.join("observations.csv"), csv)?;
    std::fs::write(done, "")?;
    Ok(data)
}

/// Time and body of one answer.
fn timed(connection: &mut Connection, request: &[u8]) -> Result<(f64, String)> {
    let begun = Instant::now();
    let status = connection.exchange(request)?;
    let took = begun.elapsed().as_secs_f64();
    ensure!(status == 200, "answered {status}");
    Ok((took, String::from_utf8_lossy(&connection.body).into_owned()))
}

/// A number as it is written in full: `0.875`, `7/12`.
fn number(text: &str) -> f64 {
    let part = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    text.split_once('/').map_or_else(|| part(text), |(above, below)| part(above) / part(below))
}

/// Points that places alone came to.
fn points_of(score: &serde_json::Value) -> f64 {
    let parts = score["nodes"].as_array().into_iter().flatten().filter_map(|node| node["parts"].as_array());
    let places = parts.flatten().filter(|part| part["way"] == PLACES);
    let points = places.filter_map(|part| Some((part["points"].as_str()?, part["share"].as_str()?)));
    points.map(|(points, share)| number(points) * number(share)).sum()
}

/// P7
pub fn whole_city(plan: &Plan, rows: &mut Vec<Row>) -> Result<()> {
    let data = filled(plan)?;
    let server = Server::start(plan, &data, None)?;
    let cookie = sign_in()?;
    let mut connection = Connection::open(ADDRESS)?;
    let request = get(&format!("/api/v1/shadow/{SCHEME}"), &cookie);
    let page = get(&format!("/shadow/{SCHEME}"), &cookie);
    let (_, body) = timed(&mut connection, &request)?;
    let found: serde_json::Value = serde_json::from_str(&body)?;
    let mut ours = Vec::new();
    let mut pages = Vec::new();
    for _ in 0..plan.rounds {
        ours.push(timed(&mut connection, &request)?.0);
        pages.push(timed(&mut connection, &page)?.0);
    }
    drop(server);
    let csv = data.join("observations.csv");
    let peer = script(&["score", &csv.to_string_lossy(), &plan.rounds.to_string()])?;
    let (csv, parquet) = (seconds(&peer, "csv")?, seconds(&peer, "parquet")?);
    // two programs that judge by the same rules come to the same
    let theirs = seconds(&peer, "points")?;
    let points = points_of(&found);
    ensure!((points - theirs).abs() < 1e-6, "we come to {points}, polars to {theirs}");
    let (took, page) = (median(ours.iter().copied()), median(pages.iter().copied()));
    let least = ours.iter().copied().fold(f64::MAX, f64::min);
    let most = ours.iter().copied().fold(0.0, f64::max);
    rows.push(Row {
        id: "P7",
        work: format!(
            "whole city judged from nothing: {STANDARDS} standards, {POINTS} points, {} observations, 2,000 questionnaires; with its interval and its repairs, over HTTP",
            POINTS * EACH
        ),
        result: format!("{took:.3} s [{least:.3}–{most:.3}]; the page {page:.3} s"),
        p99: String::new(),
        yardstick: format!("polars, the same sums alone: {csv:.3} s from CSV, {parquet:.3} s from Parquet"),
        ratio: format!("{:.2} × and {:.2} ×", took / csv, took / parquet),
        target: "≤ 0.5 s, no slower than polars",
        met: took <= 0.5 && took <= csv,
    });
    Ok(())
}

/// A round of so many rows, as a workbook with the columns that rounds come in.
fn workbook(path: &Path) -> Result<()> {
    let names = ["序号", "项目", "考察点位", "扣分", "得分", "区域", "责任单位2", "责任单位3"];
    let columns: Vec<Column> = names.iter().map(|name| Column::new(*name, Kind::Text)).collect();
    let mut book = sheets::Writer::new(FileKind::Xlsx, std::fs::File::create(path)?, "考察", &columns)?;
    for n in 0..ROWS {
        let item = format!("{}.{}", n % 47 + 1, ["环境卫生", "公共秩序", "公益广告", "设施完好"][n % 4]);
        let point = format!("第 {} 处：人行道有积水，非机动车乱停放", n / 47);
        let lost = if chance(n, 1).is_multiple_of(5) { "0.5" } else { "" };
        let serial = (n + 1).to_string();
        // one of a hundred names is misspelt
        let unit = ["市城市管理局", "市公安局", "市环境卫生服务中心", "市园林绿化服务中心"][n % 4];
        let (street, unit) = match n % 100 {
            0 => ("雄关街导", "市城市管理居"),
            _ => (["雄关街道", "钢城街道"][n % 2], unit),
        };
        let cells =
            [&serial, &item, &point, lost, "", street, unit, ""].map(|text| Cell::Text(Cow::Borrowed(text)));
        book.row(&cells)?;
    }
    book.finish()?;
    Ok(())
}

/// P8
pub fn long_workbook(plan: &Plan, rows: &mut Vec<Row>) -> Result<()> {
    let data = filled(plan)?;
    let file = plan.folder.join("round.xlsx");
    workbook(&file)?;
    let report = plan.folder.join("round.json");
    let mut ours = Vec::new();
    for dry in [true, false] {
        let mut times = Vec::new();
        for _ in 0..plan.rounds {
            let mut command = Command::new(&plan.server);
            command.args(["import", "assessment"]).arg(&file).args(["--city", CITY, "--data"]).arg(&data);
            command.arg("--report").arg(&report);
            // the same file again, which is asked about otherwise
            command.args(["--set", "again=yes"]);
            if dry {
                command.arg("--dry-run");
            }
            let begun = Instant::now();
            let done = command.output()?;
            times.push(begun.elapsed().as_secs_f64());
            ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            let told: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&report)?)?;
            ensure!(told["read"] == ROWS, "{} rows read", told["read"]);
        }
        ours.push(median(times.into_iter()));
    }
    let [dry, whole] = ours.as_slice() else { anyhow::bail!("not measured") };
    let peer = script(&["workbook", &file.to_string_lossy(), &plan.rounds.to_string()])?;
    let theirs = seconds(&peer, "openpyxl")?;
    rows.push(Row {
        id: "P8",
        work: format!("a workbook of {ROWS} rows imported, with its checks and report"),
        result: format!("{whole:.2} s with every row stored, {dry:.2} s tried without storing"),
        p99: String::new(),
        yardstick: format!("openpyxl, read-only, no checks: {theirs:.2} s"),
        ratio: format!("{:.1} × and {:.1} × faster", theirs / whole, theirs / dry),
        target: "≥ 5 × faster",
        met: theirs >= 5.0 * whole,
    });
    Ok(())
}
