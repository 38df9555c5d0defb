//! `chuangcheng city …`

use super::say;
use crate::cities::{self, Builtin, CityFile, Database};
use crate::features;
use crate::settings::{CityCommand, DataArgs};
use anyhow::{Context, bail};
use kernel::ctx::{CityCode, Ctx};
use std::process::ExitCode;
use store::Event;
use web::app::Settings;

pub(crate) fn run(command: &CityCommand) -> anyhow::Result<ExitCode> {
    match command {
        CityCommand::Create { code, name, data } => create(code, name, data),
        CityCommand::List { data } => {
            for file in cities::list(data)? {
                say(format_args!("{}  {}", file.code, file.name))?;
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn create(code: &CityCode, name: &str, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let folder = cities::folder(data, code);
    if folder.join("city.toml").exists() {
        bail!("there is a city {code} in {} already", data.data.display());
    }
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let database = match &data.database_url {
        Some(url) => Database::Server { url: url.clone(), schema: format!("city_{code}") },
        None => Database::Named(Builtin::Embedded),
    };
    let file = CityFile { code: code.clone(), name: name.to_owned(), database };
    let app = features::app(Settings::default())?;
    let city = cities::open(data, &app, &file)?;
    let ctx = Ctx::system(code.clone(), "city-create", city.db().now());
    let (_, administrators) = people::setup::first_administrators(city.db(), &ctx, name)?;
    let (founding, called) = (ctx.clone(), name.to_owned());
    let features = app.features().to_vec();
    let lines = city.db().write_now(&ctx, move |tx| {
        let mut lines = Vec::new();
        for found in features.iter().filter_map(|f| f.found) {
            lines.extend(found(&founding, tx)?);
        }
        tx.record(&founding, Event::city("city.founded").with("name", called))?;
        Ok(lines)
    })?;
    // last: a folder with this file is a city
    file.write(&folder)?;
    say(format_args!("{code} {name}: founded in {}", folder.display()))?;
    for line in lines {
        say(line)?;
    }
    say("Passwords for the first time only; each must be changed at the first sign-in:")?;
    for first in administrators {
        say(format_args!("  {:<16} {}", first.login, first.password))?;
    }
    Ok(ExitCode::SUCCESS)
}
