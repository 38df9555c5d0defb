//! `make bench`: the rows of the performance table, each beside its yardstick, in one run on one machine.
//!
//! `bench run` starts the release program as its own process, loads it over loopback, and writes `docs/benchmarks.md` and
//! `bench/results.json`. `bench yardstick` is the server that answers next to nothing.

mod assess;
mod copies;
mod fill;
mod program;
mod report;
mod rounds;
mod rows;
mod yardstick;

use anyhow::{Context, Result, bail};
use std::path::PathBuf;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1)).cloned();
    match args.first().map(String::as_str) {
        Some("run") => {
            let plan = rows::Plan {
                server: value("--server").unwrap_or_else(|| "target/release/chuangcheng".to_owned()).into(),
                folder: value("--folder").unwrap_or_else(|| "bench/out".to_owned()).into(),
                rounds: value("--rounds").map_or(Ok(5), |v| v.parse())?,
                seconds: value("--seconds").map_or(Ok(6), |v| v.parse())?,
                cases: value("--cases").map_or(Ok(1_000_000), |v| v.parse())?,
                only: value("--only"),
                huge: value("--huge").map(|v| v.parse()).transpose()?,
                postgres: value("--postgres"),
            };
            let results = rows::run(&plan)?;
            report::write(&plan, &results)
        }
        Some("yardstick") => {
            let listen = value("--listen").context("--listen")?;
            let database = value("--db").map(PathBuf::from).zip(value("--sql"));
            yardstick::serve(&listen, database, value("--bytes").map_or(Ok(2), |v| v.parse())?)
        }
        _ => bail!(
            "bench run [--rounds N] [--seconds N] [--cases N] [--huge N] [--only P7,P8] [--postgres URL] | bench yardstick --listen A"
        ),
    }
}
