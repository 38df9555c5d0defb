//! `chuangcheng verify`: 0 when every city's audit log is whole, 3 when one is not.

use super::say;
use crate::settings::{CityArgs, DataArgs};
use crate::{cities, features};
use kernel::ctx::Ctx;
use std::process::ExitCode;
use store::audit::{Hash, Verdict, verify};
use web::app::Settings;

/// `chuangcheng audit-hash`
pub(crate) fn hash_with(hash: Hash, args: &CityArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let city = cities::open(&args.data, &app, &cities::find(&args.data, &args.city)?)?;
    let ctx = Ctx::system(args.city.clone(), "audit-hash", city.db().now());
    store::audit::hash_with(city.db(), &ctx, hash)?;
    say(format_args!("{}: the log is hashed with {} from now on", args.city, hash.code()))?;
    Ok(ExitCode::SUCCESS)
}

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
