//! `chuangcheng keys list|rotate`

use super::say;
use crate::settings::{CityArgs, KeysCommand};
use crate::{cities, features};
use kernel::ctx::Ctx;
use std::process::ExitCode;
use store::sealed::{KEY_FILE, rotate, uses};
use web::City;
use web::app::Settings;

pub(crate) fn run(command: &KeysCommand) -> anyhow::Result<ExitCode> {
    match command {
        KeysCommand::List(args) => list(&open(args)?, args),
        KeysCommand::Rotate(args) => {
            let city = open(args)?;
            let ctx = Ctx::system(args.city.clone(), "keys", city.db().now());
            let number = rotate(city.db(), &ctx, args.data.seal_with)?;
            say(format_args!(
                "{}: key {number} ({}) is made and in use from now on. Older texts are sealed again while the city is served; old \
                 keys leave the file when nothing needs them.",
                args.city,
                args.data.seal_with.code()
            ))?;
            say(format_args!(
                "Copy {} to where its copies are kept, apart from the backups; keep the older copies as long as backups of their \
                 time.",
                city.db().folder().join(KEY_FILE).display()
            ))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn open(args: &CityArgs) -> anyhow::Result<City> {
    let app = features::app(Settings::default())?;
    cities::open(&args.data, &app, &cities::find(&args.data, &args.city)?)
}

fn list(city: &City, args: &CityArgs) -> anyhow::Result<ExitCode> {
    for key in uses(city.db())? {
        say(format_args!(
            "{}: key {} {} made {} fingerprint {}: {} texts{}",
            args.city,
            key.card.number,
            key.card.algorithm.code(),
            key.card.made_at,
            key.card.print,
            key.texts,
            if key.card.current { ", current" } else { "" }
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
