//! `cargo xtask fuzz --minutes N`: the program in `fuzz/`, built and run within a bound of memory.

use std::process::{Command, ExitCode};

/// Address space of the run, in kB. What is mapped and not used counts too, so this is far above what it needs; a file that
/// makes a parser allocate what its header claims still meets it.
const MEMORY_KB: u64 = 6 << 20;

pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    let built = Command::new("cargo").args(["build", "--quiet", "--package", "fuzz"]).status()?;
    anyhow::ensure!(built.success(), "the fuzzer cannot be built");
    // the program cannot bound itself without unsafe code; the shell can
    let bounded = format!("ulimit -v {MEMORY_KB} && exec target/debug/fuzz \"$@\"");
    let ended = Command::new("bash").args(["-c", &bounded, "fuzz"]).args(args).status()?;
    Ok(if ended.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
