//! `chuangcheng import KIND FILE …`

use super::say;
use crate::settings::ImportArgs;
use crate::{cities, features};
use anyhow::{Context, bail};
use kernel::ctx::Ctx;
use std::collections::BTreeMap;
use std::process::ExitCode;
use web::app::Settings;
use web::feature;

pub(crate) fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let kinds: Vec<feature::Import> = app.features().iter().flat_map(|f| f.imports.iter().copied()).collect();
    let Some(import) = kinds.iter().find(|i| i.kind == args.kind) else {
        let known: Vec<&str> = kinds.iter().map(|i| i.kind).collect();
        bail!("nothing here imports {:?}; known are: {}", args.kind, known.join(", "));
    };
    let mapping = match &args.mapping {
        Some(path) => Some(std::fs::read_to_string(path).with_context(|| path.display().to_string())?),
        None => None,
    };
    let mut options: BTreeMap<String, String> = args.options.iter().cloned().collect();
    if let Some(folder) = &args.tables {
        options.insert("tables".to_owned(), folder.display().to_string());
    }
    let city = cities::open_one(&args.data, &app, &args.city)?;
    let ctx = Ctx::system(args.city.clone(), "import", city.db().now());
    let report = (import.run)(&feature::ImportArgs {
        city: &city,
        ctx: &ctx,
        file: &args.file,
        mapping: mapping.as_deref(),
        dry_run: args.dry_run,
        options: &options,
    })
    .map_err(|problem| super::in_words(&app, &problem))
    .with_context(|| args.file.display().to_string())?;
    let whole = serde_json::json!({
        "kind": args.kind,
        "file": args.file,
        "city": args.city,
        "dry_run": args.dry_run,
        "read": report.read,
        "accepted": report.accepted,
        "refused_rows": report.refused_rows(),
        "repaired": report.repaired,
        "noted": report.noted,
        "refused": report.refused,
    });
    std::fs::write(&args.report, serde_json::to_string_pretty(&whole)?)
        .with_context(|| args.report.display().to_string())?;
    say(format_args!(
        "{} rows read, {} accepted, {} refused{}; see {}",
        report.read,
        report.accepted,
        report.refused_rows(),
        if args.dry_run { ", nothing kept (dry run)" } else { "" },
        args.report.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
