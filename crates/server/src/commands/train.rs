//! `chuangcheng train`

use super::say;
use crate::settings::CityArgs;
use crate::{cities, features};
use kernel::ctx::Ctx;
use std::process::ExitCode;
use web::app::Settings;

pub(crate) fn run(args: &CityArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let city = cities::open_one(&args.data, &app, &args.city)?;
    let ctx = Ctx::system(args.city.clone(), "suggest-train", city.db().now());
    for outcome in suggest::train(city.db(), &ctx)? {
        let figures = &outcome.figures;
        let percent = |share: usize| format!("{}.{} %", share / 10, share % 10);
        say(format_args!(
            "{} {}: {} cases, {}; tried on {}: first right {}, one of three {}, always the commonest {}, macro F1 {}",
            args.city,
            outcome.target,
            outcome.examples,
            outcome.state,
            figures.tried,
            percent(figures.first_share()),
            percent(figures.third_share()),
            percent(figures.baseline_share()),
            percent(figures.macro_f1),
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
