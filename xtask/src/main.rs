//! What the compiler cannot check: `cargo xtask arch | i18n | docs | new-feature NAME | fuzz [--minutes N]`.

mod arch;
mod fuzz;
mod i18n;
mod scaffold;
mod source;

use std::io::Write;
use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let faults = match words.as_slice() {
        ["arch"] => arch::check()?,
        ["i18n"] => i18n::check()?,
        ["docs"] => {
            arch::siblings::write()?;
            Vec::new()
        }
        ["fuzz", rest @ ..] => return fuzz::run(rest),
        ["new-feature", name] => {
            scaffold::feature(name)?;
            Vec::new()
        }
        _ => vec!["usage: cargo xtask arch | i18n | docs | new-feature NAME | fuzz [--minutes N]".to_owned()],
    };
    let mut out = std::io::stdout();
    // a pipe that is closed early (`| head`) is no fault of ours
    for fault in &faults {
        let _ = writeln!(out, "{fault}");
    }
    if faults.is_empty() {
        let _ = writeln!(out, "{}: in order", words.join(" "));
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
