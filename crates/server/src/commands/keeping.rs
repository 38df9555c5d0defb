//! `chuangcheng keeping`: erases what is over its time, or tells what would go.

use super::say;
use crate::settings::KeepingArgs;
use crate::{cities, features};
use kernel::ctx::{Ctx, Locale};
use serde_json::{Value, json};
use std::process::ExitCode;
use web::app::Settings;
use web::keep::Keeps;

pub(crate) fn run(args: &KeepingArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let city = cities::open_one(&args.city.data, &app, &args.city.city)?;
    let ctx = Ctx::system(args.city.city.clone(), "keeping", city.db().now());
    let keeps = Keeps::of(app.features());
    let name = |key: &str| app.texts().find(Locale::En, &format!("keep-{key}"), &[]).unwrap_or_default();
    if args.dry_run {
        let found = city.db().read_now(move |tx| {
            let found = keeping::queries::preview(&ctx, tx, &keeps)?;
            Ok(found
                .into_iter()
                .map(|(rule, waiting)| (rule.rule.key, rule.days, waiting))
                .collect::<Vec<_>>())
        })?;
        let counted = found.into_iter().filter_map(|(key, days, waiting)| Some((key, days, waiting?)));
        if args.json {
            let items: Vec<Value> = counted
                .map(|(key, days, w)| {
                    json!({ "key": key, "days": days, "today": w.today, "in_month": w.in_month, "held": w.held })
                })
                .collect();
            say(serde_json::to_string_pretty(&json!({ "items": items }))?)?;
            return Ok(ExitCode::SUCCESS);
        }
        for (key, days, w) in counted {
            say(format_args!(
                "{key} ({}): kept {days} days; {} due today, {} within 30 days, {} held",
                name(key),
                w.today,
                w.in_month,
                w.held
            ))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let Some(run) = keeping::run::run(city.db(), &ctx, &keeps, true)? else {
        anyhow::bail!("another program carries a run on; look at its result on the page of runs");
    };
    if args.json {
        let body = json!({ "number": run.number, "total": run.total(), "counts": run.counts.0 });
        say(serde_json::to_string_pretty(&body)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    say(format_args!("{}: run {}, {} erased", args.city.city, run.number, run.total()))?;
    for (key, count) in &run.counts.0 {
        say(format_args!("  {count}  {key} ({})", name(key)))?;
    }
    Ok(ExitCode::SUCCESS)
}
