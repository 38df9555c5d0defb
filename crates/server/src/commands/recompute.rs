//! `chuangcheng recompute PACK`: works a score pack out again, without a city: 0 when it agrees, 3 when it does not.

use super::say;
use crate::settings::RecomputeArgs;
use anyhow::Context;
use assessment::pack::check::{Report, check, read};
use std::process::ExitCode;

/// Parts and figures that are told one by one.
const TOLD: usize = 50;

pub(crate) fn run(args: &RecomputeArgs) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(&args.pack).with_context(|| format!("{}", args.pack.display()))?;
    let report = check(&read(&bytes)?)?;
    let expected = args.kid.as_ref().is_none_or(|kid| *kid == report.kid);
    if args.json {
        let mut told = serde_json::to_value(&report)?;
        told["agrees"] = (report.agrees() && expected).into();
        say(serde_json::to_string_pretty(&told)?)?;
    } else {
        tell(&report, expected)?;
    }
    Ok(if report.agrees() && expected { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn tell(report: &Report, expected: bool) -> anyhow::Result<()> {
    say(format_args!(
        "{} of city {}, {}: {} figures from {} rows",
        report.number, report.city, report.made_at, report.figures, report.rows
    ))?;
    let signed = if report.signed { "holds" } else { "DOES NOT HOLD" };
    say(format_args!("signature by key {} {signed}; compare the key with what the city tells", report.kid))?;
    if !expected {
        say("the pack is signed with ANOTHER KEY than the one expected")?;
    }
    for part in report.altered.iter().take(TOLD) {
        say(format_args!("ALTERED after signing: {part}"))?;
    }
    let none = || "nothing".to_owned();
    for of in report.differs.iter().take(TOLD) {
        let (recorded, worked_out) =
            (of.recorded.clone().unwrap_or_else(none), of.worked_out.clone().unwrap_or_else(none));
        say(format_args!("DIFFERS: {}: the pack says {recorded}, it comes to {worked_out}", of.figure))?;
    }
    let more = report.altered.len().saturating_sub(TOLD) + report.differs.len().saturating_sub(TOLD);
    if more > 0 {
        say(format_args!("and {more} more; --json tells all"))?;
    }
    if report.agrees() && expected {
        say("agrees")?;
    }
    Ok(())
}
