//! `chuangcheng backup` and `chuangcheng restore`

use super::say;
use crate::cities::{self, Builtin, CityFile, Database};
use crate::features;
use crate::settings::{BackupArgs, DataArgs, RestoreArgs};
use anyhow::{Context, bail};
use kernel::ctx::CityCode;
use kernel::time::{Clock, SystemClock};
use std::process::ExitCode;
use store::backup::Reach;
use web::app::Settings;
use web::city_card::CARD;

pub(crate) fn backup(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let city = cities::open(&args.data, &app, &cities::find(&args.data, &args.city)?)?;
    let reach = if args.without_bucket { Reach::FolderOnly } else { Reach::Everything };
    let manifest = store::backup::write_reaching(city.db(), &args.city, &args.out, reach)?;
    let rows: u64 = manifest.tables.values().sum();
    say(format_args!(
        "{}: {rows} rows of {} tables written to {}",
        args.city,
        manifest.tables.len(),
        args.out.display()
    ))?;
    if manifest.files_elsewhere > 0 {
        say(format_args!("{} files are in the bucket only: keep that safe too", manifest.files_elsewhere))?;
    }
    if !manifest.data_keys.is_empty() {
        let numbers: Vec<String> = manifest.data_keys.keys().map(ToString::to_string).collect();
        say(format_args!(
            "personal data in it are sealed with key {} of {}, which is not in it: keep a copy of that file apart",
            numbers.join(", "),
            city.db().folder().join(store::sealed::KEY_FILE).display()
        ))?;
    }
    for end in &manifest.audit {
        say(format_args!("audit lane {} ends at {} with {}", end.lane, end.seq, end.hash))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn restore(args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let manifest = store::backup::inspect(&args.file)?;
    let code: CityCode = manifest.begin.city.clone().try_into().map_err(anyhow::Error::msg)?;
    let folder = cities::folder(&args.data, &code);
    if folder.join("city.toml").exists() {
        bail!("there is a city {code} in {} already", args.data.data.display());
    }
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let database = database(&args.data, &code);
    let location = cities::location(&args.data, &code, &database);
    if let Some(keys) = &args.data_keys {
        store::sealed::bring(keys, &folder)?;
    }
    store::backup::restore(&args.file, &location, &folder, &app.migrations(), SystemClock.now())?;
    let mut file = CityFile { code: code.clone(), name: code.to_string(), database };
    // the folder's file is no part of a backup; the city knows its name
    let known = cities::open(&args.data, &app, &file)?.db().read_now(|tx| CARD.get(tx))?.name;
    if !known.is_empty() {
        file.name = known;
    }
    file.write(&folder)?;
    say(format_args!("{code}: restored into {}", folder.display()))?;
    if manifest.files_elsewhere > 0 {
        say(format_args!(
            "{} files are in the bucket it had: serve it with the same one",
            manifest.files_elsewhere
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn database(data: &DataArgs, code: &CityCode) -> Database {
    match &data.database_url {
        Some(url) => Database::Server { url: url.clone(), schema: format!("city_{code}") },
        None => Database::Named(Builtin::Embedded),
    }
}
