//! The tables that the docs quote.

use crate::rows::{Plan, Row};
use anyhow::Result;
use serde_json::json;
use std::fmt::Write;

pub fn write(plan: &Plan, rows: &[Row]) -> Result<()> {
    let machine = machine();
    let mut text = format!(
        "# Benchmarks\n\nMade by `make bench`; not edited by hand. Machines differ: what counts is the ratio to the yardstick measured \
         beside it in the same run.\n\n{machine}; {} rounds of {} s, medians [min–max].\n\n\
         | id | work | result | p99 | yardstick | ratio | target | met |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
        plan.rounds, plan.seconds
    );
    for row in rows {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            row.id,
            row.work,
            row.result,
            row.p99,
            row.yardstick,
            row.ratio,
            row.target,
            if row.met { "yes" } else { "**no**" }
        );
    }
    if plan.only.is_some() {
        print!("{text}");
        return Ok(());
    }
    std::fs::write("docs/benchmarks.md", &text)?;
    let list: Vec<_> = rows
        .iter()
        .map(|r| {
            json!({"id": r.id, "work": r.work, "result": r.result, "p99": r.p99, "yardstick": r.yardstick,
                   "ratio": r.ratio, "target": r.target, "met": r.met})
        })
        .collect();
    let whole = json!({"machine": machine, "rounds": plan.rounds, "seconds": plan.seconds, "rows": list});
    std::fs::write("bench/results.json", serde_json::to_string_pretty(&whole)? + "\n")?;
    Ok(())
}

fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = info.lines().find_map(|l| l.strip_prefix("model name")?.split_once(':').map(|(_, m)| m.trim()));
    let cores = info.lines().filter(|l| l.starts_with("processor")).count();
    format!("{cores} × {}", cpu.unwrap_or("unknown processor"))
}
