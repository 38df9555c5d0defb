//! The programs that are measured, each as a process of its own, and the cities they serve.

use crate::fill;
use crate::rows::Plan;
use anyhow::{Context, Result, bail};
use kernel::ctx::CityCode;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store::Location;
use testkit::client::{Connection, get};

/// The member of staff who reads the lists.
const LOGIN: &str = "office-1";

pub const CITY: &str = "620200";
pub const ADDRESS: &str = "127.0.0.1:18080";
pub const YARDSTICK: &str = "127.0.0.1:18081";

/// A process that is ended when this goes.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program serving a folder of data.
pub struct Server {
    running: Running,
    /// From start to the first answer.
    pub cold: Duration,
}

impl Server {
    pub fn start(plan: &Plan, data: &Path, postgres: Option<&str>) -> Result<Self> {
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
    pub fn memory(&self) -> Result<f64> {
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

pub fn start_yardstick(extra: &[&str]) -> Result<Running> {
    let me = std::env::current_exe()?;
    let child = Command::new(me).args(["yardstick", "--listen", YARDSTICK]).args(extra).spawn()?;
    let running = Running(child);
    wait(YARDSTICK, "/", Duration::from_secs(10))?;
    Ok(running)
}

/// A city of that many cases, made when it is not there.
pub fn city(plan: &Plan, name: &str, cases: i64, postgres: Option<&str>) -> Result<PathBuf> {
    let data = plan.folder.join(name);
    let ready = data.join("ready");
    // a filled city is used again: filling takes longer than measuring
    if std::fs::read_to_string(&ready).is_ok_and(|n| n == cases.to_string()) {
        return Ok(data);
    }
    let _ = std::fs::remove_dir_all(&data);
    // the demonstration city's streets, units and register, so that a report finds its section and its unit
    let mut command = Command::new(&plan.server);
    command.args(["demo", "--cases", "1", "--data"]).arg(&data);
    if let Some(url) = postgres {
        command.args(["--database-url", url]);
    }
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    anyhow::ensure!(status.success(), "demo failed");
    let folder = data.join(CITY);
    let location = match postgres {
        Some(url) => Location::Server { url: url.to_owned(), schema: format!("city_{CITY}") },
        None => Location::Embedded { file: folder.join("city.db") },
    };
    let db = fill::open(location, &folder)?;
    let code = CityCode::parse(CITY).context("city code")?;
    fill::fill(&db, &code, cases)?;
    std::fs::write(data.join("key"), fill::key(&db, &code, LOGIN)?)?;
    std::fs::write(ready, cases.to_string())?;
    Ok(data)
}

/// Signs the member of staff in; the cookie header.
pub fn sign_in() -> Result<String> {
    let mut c = Connection::open(ADDRESS)?;
    c.exchange(&get("/sign-in", ""))?;
    let visitor = c.cookie("visitor").context("no visitor cookie")?;
    let page = String::from_utf8_lossy(&c.body).into_owned();
    let csrf =
        page.split("name=\"csrf\" value=\"").nth(1).and_then(|s| s.split('"').next()).context("no csrf")?;
    let body = format!("csrf={csrf}&login={}&password={}&back=%2Fcases", LOGIN, demo::build::PASSWORD);
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: visitor={visitor}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let status = c.exchange(request.as_bytes())?;
    let session = c.cookie("session").with_context(|| format!("sign-in answered {status}"))?;
    Ok(format!("session={session}"))
}

/// A point on each street section of the city that is served, as `lng`, `lat`.
pub fn places() -> Result<Vec<(f64, f64)>> {
    let mut c = Connection::open(ADDRESS)?;
    c.exchange(&get("/geo/sections.json", ""))?;
    let sections: serde_json::Value = serde_json::from_slice(&c.body)?;
    let lines = sections["features"].as_array().context("no sections")?;
    let first = |line: &serde_json::Value| {
        let at = &line["geometry"]["coordinates"][0];
        Some((at[0].as_f64()?, at[1].as_f64()?))
    };
    Ok(lines.iter().filter_map(first).collect())
}

/// The code of a kind of problem that Open311 offers.
pub fn service() -> Result<String> {
    let mut c = Connection::open(ADDRESS)?;
    c.exchange(&get("/open311/v2/services.json", ""))?;
    let services: serde_json::Value = serde_json::from_slice(&c.body)?;
    services[0]["service_code"].as_str().map(str::to_owned).context("no services")
}
