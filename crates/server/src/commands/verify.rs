//! `chuangcheng verify`: 0 when every city's audit log is whole, 3 when one is not.

use super::say;
use crate::settings::DataArgs;
use crate::{cities, features};
use std::process::ExitCode;
use store::audit::{Verdict, verify};
use web::app::Settings;

pub(crate) fn run(args: &DataArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let mut whole = true;
    for file in cities::list(args)? {
        let city = cities::open(args, &app, &file)?;
        match city.db().read_now(verify)? {
            Verdict::Whole { links, lanes } => {
                say(format_args!("{}: whole, {links} events in {lanes} lanes", file.code))?;
            }
            Verdict::Broken { lane, seq, event, fault } => {
                whole = false;
                let event = event.map_or_else(|| "none".to_owned(), |id| id.to_string());
                say(format_args!("{}: BROKEN at lane {lane}, seq {seq}, event {event}: {fault}", file.code))?;
            }
        }
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(3) })
}
