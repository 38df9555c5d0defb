//! Broken input for every parser of what comes from outside: `cargo xtask fuzz --minutes N`.
//!
//! There is no compiler here that could watch which branches are taken (cargo-fuzz and its like need a nightly one), so each
//! target begins with valid seeds and breaks them a little: bytes, numbers, words of its own language, parts of other seeds.
//! What must hold: no panic that reaches us, no answer above 499, no case that takes longer than [`SLOW`], no process that
//! grows above the bound that `cargo xtask fuzz` sets, and every refusal of a door is a Problem. A finding is written to
//! `target/fuzz/`; its number brings it back: `cargo xtask fuzz --target csv --case 1234`.

mod checklists;
mod direct;
mod doors;
mod mutate;
mod sealed;
mod seeds;
mod targets;
mod world;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use targets::{Target, Told};

/// A case that takes more of the processor is a finding: nobody should be able to hold one for so long with a small file.
const SLOW: Duration = Duration::from_secs(5);

/// What this process has used of the processor so far, to a hundredth of a second. The machine may be busy with other things:
/// a clock on the wall would blame us for them.
fn used() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // behind the name, which may hold anything: state, and twelve and thirteen further on the ticks
    let fields = stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ').skip(11).take(2);
    Duration::from_millis(fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
}

/// What a target did.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub cases: u64,
    pub taken: u64,
    pub findings: u64,
    pub slowest: Duration,
    /// Panics inside libraries that our code contains and answers as a refusal.
    pub contained: u64,
}

/// Panics since the start, for telling the contained ones.
static PANICS: AtomicU64 = AtomicU64::new(0);

fn main() -> anyhow::Result<std::process::ExitCode> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let given = |name: &str| {
        let at = args.iter().position(|a| a == name)?;
        args.get(at + 1).cloned()
    };
    let number = |name: &str| given(name).map(|text| text.parse::<u64>()).transpose();
    let minutes = number("--minutes")?.unwrap_or(1);
    let (wanted, case) = (given("--target"), number("--case")?);
    let world = world::World::new();
    let mut all = targets::all(&world);
    all.retain(|t| wanted.as_deref().is_none_or(|w| w == t.name));
    if all.is_empty() {
        anyhow::bail!("there is no target {}", wanted.unwrap_or_default());
    }
    if let Some(case) = case {
        let target = &all[0];
        let input = target.input(case);
        let mut out = std::io::stdout();
        writeln!(out, "{}", String::from_utf8_lossy(&input))?;
        writeln!(out, "{:?}", (target.run)(&input))?;
        return Ok(std::process::ExitCode::SUCCESS);
    }
    // what is found is told by its case; what libraries throw and our code contains is counted
    std::panic::set_hook(Box::new(|_| {
        PANICS.fetch_add(1, Ordering::Relaxed);
    }));
    let first = number("--from")?.unwrap_or_else(|| u64::from(std::process::id()) << 32);
    let figures = run(&all, Duration::from_secs(60 * minutes), first)?;
    let mut out = std::io::stdout();
    let mut failed = 0;
    for (name, f) in &figures {
        failed += f.findings;
        writeln!(
            out,
            "{name:<16} {:>9} cases, {:>8} taken, {} findings, slowest {} ms, {} panics contained",
            f.cases,
            f.taken,
            f.findings,
            f.slowest.as_millis(),
            f.contained
        )?;
    }
    writeln!(out, "{} cases in all, {failed} findings", figures.values().map(|f| f.cases).sum::<u64>())?;
    Ok(if failed == 0 { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE })
}

/// Turns of each target, one after the other, until the time is over; each has the same share of it.
pub fn run(
    targets: &[Target],
    time: Duration,
    first: u64,
) -> anyhow::Result<BTreeMap<&'static str, Figures>> {
    let watch = Watch::start();
    let begun = Instant::now();
    let share = (time / u32::try_from(targets.len())?).min(Duration::from_secs(5));
    let mut figures: BTreeMap<&'static str, Figures> = BTreeMap::new();
    let mut next = first;
    while begun.elapsed() < time {
        for target in targets {
            let turn = Instant::now();
            while turn.elapsed() < share {
                next += 1;
                let input = target.input(next);
                watch.begins(target.name, next);
                let (panics, before) = (PANICS.load(Ordering::Relaxed), used());
                let told = targets::caught(|| (target.run)(&input));
                let took = used().saturating_sub(before);
                let f = figures.entry(target.name).or_default();
                f.cases += 1;
                f.slowest = f.slowest.max(took);
                let finding = match told {
                    Told::Taken => {
                        f.taken += 1;
                        None
                    }
                    Told::Refused => None,
                    Told::Wrong(what) => Some(what),
                };
                let finding = finding.or_else(|| (took > SLOW).then(|| format!("took {took:?}")));
                if let Some(what) = finding {
                    f.findings += 1;
                    keep(target.name, next, &input, &what)?;
                } else {
                    f.contained += PANICS.load(Ordering::Relaxed) - panics;
                }
            }
        }
    }
    watch.begins("", 0);
    Ok(figures)
}

fn keep(target: &str, case: u64, input: &[u8], what: &str) -> anyhow::Result<()> {
    // a test runs inside its package, the program at the root
    let inside = std::path::Path::new("../Cargo.lock").exists();
    let folder = std::path::Path::new(if inside { "../target/fuzz" } else { "target/fuzz" });
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(format!("{target}-{case}")), input)?;
    let mut out = std::io::stdout();
    writeln!(out, "FINDING {target} case {case}: {}", what.chars().take(600).collect::<String>())?;
    Ok(())
}

/// Ends the program when one case does not come to its end: whoever hangs cannot say so himself.
#[derive(Default)]
struct Watch(Arc<Mutex<Running>>);

#[derive(Clone, Copy, Default)]
struct Running {
    target: &'static str,
    /// 0 while nothing runs.
    case: u64,
}

impl Watch {
    fn start() -> Self {
        let watch = Self::default();
        let seen = Arc::clone(&watch.0);
        std::thread::spawn(move || {
            let (mut last, mut since, mut before) = (0, Instant::now(), used());
            loop {
                std::thread::sleep(Duration::from_millis(500));
                let now = seen.lock().map(|now| *now).unwrap_or_default();
                if now.case != last {
                    (last, since, before) = (now.case, Instant::now(), used());
                }
                let hangs =
                    used().saturating_sub(before) > SLOW * 4 || since.elapsed() > Duration::from_mins(10);
                if now.case != 0 && hangs {
                    let _ = writeln!(std::io::stdout(), "FINDING {} case {}: hangs", now.target, now.case);
                    std::process::abort();
                }
            }
        });
        watch
    }

    fn begins(&self, target: &'static str, case: u64) {
        if let Ok(mut now) = self.0.lock() {
            *now = Running { target, case };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The short run of `make test`.
    #[test]
    fn nothing_is_found_in_a_short_run() {
        let world = world::World::new();
        let all = targets::all(&world);
        // a target whose every seed is refused would try nothing but its first check
        for target in &all {
            let taken = target.seeds.iter().any(|seed| matches!((target.run)(seed), Told::Taken));
            assert!(taken, "{}: no seed is taken", target.name);
        }
        std::panic::set_hook(Box::new(|_| {
            PANICS.fetch_add(1, Ordering::Relaxed);
        }));
        let figures = run(&all, Duration::from_secs(16), 1).unwrap();
        let _ = std::panic::take_hook();
        for target in &all {
            let f = &figures[target.name];
            assert!(f.cases > 0 && f.findings == 0, "{}: {f:?}", target.name);
        }
    }
}
