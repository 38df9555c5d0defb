//! `chuangcheng score`: what a round of inspections comes to.

use super::say;
use crate::settings::ScoreArgs;
use crate::{cities, features};
use kernel::ctx::Ctx;
use std::process::ExitCode;
use web::app::Settings;

pub(crate) fn run(args: &ScoreArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let city = cities::open_one(&args.city.data, &app, &args.city.city)?;
    let ctx = Ctx::system(args.city.city.clone(), "score", city.db().now());
    let number = args.round.clone();
    let account = city
        .db()
        .read_now(move |tx| assessment::rounds::queries::account(&ctx, tx, number.as_deref()))
        .map_err(|problem| {
            if problem.status == 404 { anyhow::anyhow!("there is no such round") } else { problem.into() }
        })?;
    if args.json {
        say(serde_json::to_string_pretty(&account.to_json())?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let score = &account.score;
    let percent = |rate: &scoring::Exact| (rate.clone() * scoring::Exact::from(100)).shown(2);
    say(format_args!(
        "{}: {} of {}, {} %; {} rows, {} warnings, {} texts nobody has matched",
        account.round.number,
        score.score.shown(4),
        score.quota,
        percent(&score.rate),
        account.round.row_count,
        account.warnings.len(),
        account.open.len()
    ))?;
    for item in &score.items {
        say(format_args!(
            "  {} of {}  {} %  {}",
            item.score.shown(4),
            item.quota,
            percent(&item.rate),
            item.name
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
