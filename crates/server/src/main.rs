//! The binary `chuangcheng`.

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = server::settings::Cli::parse();
    server::observe::start_log(cli.log_json);
    match server::run(cli) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "chuangcheng: {error:#}");
            ExitCode::from(2)
        }
    }
}
