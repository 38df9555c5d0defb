//! `chuangcheng check-photos`

use super::say;
use crate::settings::CityArgs;
use crate::{cities, features};
use kernel::ctx::Ctx;
use kernel::problem::Problem;
use std::process::ExitCode;
use web::app::Settings;

/// How many pictures until progress is told again.
const TOLD: i64 = 1000;

pub(crate) fn run(args: &CityArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let city = cities::open_one(&args.data, &app, &args.city)?;
    let ctx = Ctx::system(args.city.clone(), "honesty-backfill", city.db().now());
    let mut next = TOLD;
    let gone = honesty::backfill(city.db(), &ctx, &mut |done| {
        if done < next {
            return Ok(());
        }
        next += TOLD;
        say(format_args!("  {done} photos")).map_err(Problem::internal)
    })?;
    say(format_args!("{}: {} photos compared, {} new warnings", args.city, gone.pictures, gone.warnings))?;
    Ok(ExitCode::SUCCESS)
}
