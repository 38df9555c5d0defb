//! `chuangcheng city …`

use super::say;
use crate::cities::{self, Builtin, CityFile, Database};
use crate::features;
use crate::settings::{CardArgs, CityCommand, DataArgs};
use anyhow::{Context, bail};
use kernel::ctx::{CityCode, Ctx};
use std::process::ExitCode;
use store::Event;
use web::app::Settings;
use web::city_card::{CARD, CityCard};

pub(crate) fn run(command: &CityCommand) -> anyhow::Result<ExitCode> {
    match command {
        CityCommand::Create { code, name, card, data } => create(code, name, card, data),
        CityCommand::Describe { code, card, data } => describe(code, card, data),
        CityCommand::List { data } => {
            for file in cities::list(data)? {
                say(format_args!("{}  {}", file.code, file.name))?;
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn create(code: &CityCode, name: &str, args: &CardArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
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
    let card = args.onto(CityCard { name: name.to_owned(), ..CityCard::default() });
    let features = app.features().to_vec();
    let lines = city.db().write_now(&ctx, move |tx| {
        let mut lines = Vec::new();
        for found in features.iter().filter_map(|f| f.found) {
            lines.extend(found(&founding, tx)?);
        }
        CARD.set(tx, &founding, &card)?;
        tx.record(&founding, Event::city("city.founded").with("name", called))?;
        Ok(lines)
    })?;
    // what a first opening would write down, so that opening it changes nothing
    for opened in app.features().iter().filter_map(|f| f.opened) {
        opened(&city)?;
    }
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

fn describe(code: &CityCode, args: &CardArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    let file = cities::find(data, code)?;
    let city = cities::open(data, &app, &file)?;
    let ctx = Ctx::system(code.clone(), "city-describe", city.db().now());
    let before = CityCard { name: file.name, ..city.db().read_now(|tx| CARD.get(tx))? };
    let card = args.onto(before.clone());
    if card == before {
        bail!("nothing to change: say what, e.g. --name-en or --phone");
    }
    city.db().write_now(&ctx.clone(), {
        let card = card.clone();
        move |tx| CARD.set(tx, &ctx, &card)
    })?;
    for (what, text) in [
        ("name-en", &card.name_en),
        ("address", &card.address),
        ("phone", &card.phone),
        ("icp", &card.icp),
        ("police", &card.police),
        ("site-code", &card.site_code),
    ] {
        say(format_args!("{what:<10} {}", if text.is_empty() { "–" } else { text }))?;
    }
    Ok(ExitCode::SUCCESS)
}

impl CardArgs {
    fn onto(&self, mut card: CityCard) -> CityCard {
        for (said, place) in [
            (&self.name_en, &mut card.name_en),
            (&self.address, &mut card.address),
            (&self.phone, &mut card.phone),
            (&self.icp, &mut card.icp),
            (&self.police, &mut card.police),
            (&self.site_code, &mut card.site_code),
        ] {
            if let Some(text) = said {
                text.trim().clone_into(place);
            }
        }
        card
    }
}
