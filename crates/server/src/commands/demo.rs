//! `chuangcheng demo`

use super::say;
use crate::cities::{self, Builtin, CityFile, Database};
use crate::features;
use crate::settings::DemoArgs;
use anyhow::{Context, bail};
use demo::build::{self, Made, Size};
use kernel::ctx::{CityCode, Ctx};
use std::process::ExitCode;
use store::jobs::{Jobs, Toolbox};
use web::app::Settings;
use web::city_card::{CARD, CityCard};
use web::mail::{Mailer, Transport};

const CODE: &str = "620200";
const NAME: &str = "嘉峪关市";
const NAME_EN: &str = "Jiayuguan";

pub(crate) fn run(args: &DemoArgs) -> anyhow::Result<ExitCode> {
    let code = CityCode::parse(CODE).context("the demonstration city has a code")?;
    let folder = cities::folder(&args.data, &code);
    if folder.join("city.toml").exists() {
        bail!("there is a city {code} in {} already", args.data.data.display());
    }
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let database = match &args.data.database_url {
        Some(url) => Database::Server { url: url.clone(), schema: format!("city_{code}") },
        None => Database::Named(Builtin::Embedded),
    };
    let file = CityFile { code, name: NAME.to_owned(), database };
    let app = features::app(Settings::default())?;
    let city = cities::open(&args.data, &app, &file)?;
    crate::wiring::open(&city);
    let size = args.cases.map_or(Size::FULL, |cases| Size { cases, ..Size::SMALL });
    say("making the demonstration city (演示数据); this takes a minute or two")?;
    let mut told = Ok(());
    let made = build::run(&city, args.seed, city.db().now(), size, &mut |what| {
        if told.is_ok() {
            told = say(format_args!("  {what}"));
        }
    })?;
    told?;
    let ctx = Ctx::system(city.code().clone(), "demo", city.db().now());
    let card = CityCard { name: NAME.to_owned(), name_en: NAME_EN.to_owned(), ..CityCard::default() };
    city.db().write_now(&ctx.clone(), move |tx| CARD.set(tx, &ctx, &card))?;
    say("  pictures")?;
    finish(&app, &city)?;
    let gone = build::photos::check(&city, "office-1", city.db().now())?;
    say(format_args!("  {} photos compared, {} warnings", gone.pictures, gone.warnings))?;
    let rounds = build::rounds::hold(&city, args.seed, city.db().now())?;
    build::negative::hold(&city, city.db().now())?;
    say(format_args!("  {rounds} rounds of inspections"))?;
    let (sites, drawn) = build::inspections::hold(&city, args.seed, city.db().now())?;
    say(format_args!("  {sites} more points, {drawn} inspections drawn"))?;
    let records = build::fieldwork::record(&city, args.seed, city.db().now())?;
    say(format_args!("  {records} records of points"))?;
    let gathered = build::evidence::gather(&city, city.db().now())?;
    finish(&app, &city)?;
    say(format_args!(
        "  {} items of evidence, {} requests, {} not asked twice",
        gathered.items, gathered.asked, gathered.stopped
    ))?;
    let asked = build::surveys::ask(&city, args.seed, city.db().now())?;
    say(format_args!("  {asked} people asked in two surveys"))?;
    build::shadow::say(&city, city.db().now())?;
    let learner = Ctx::system(city.code().clone(), "suggest-train", city.db().now());
    suggest::train(city.db(), &learner)?;
    // last: a folder with this file is a city
    file.write(&folder)?;
    report(&made)?;
    Ok(ExitCode::SUCCESS)
}

/// Runs what the stories left to be done, so that the city is at rest when it is first opened.
fn finish(app: &web::App, city: &web::City) -> anyhow::Result<()> {
    let (handlers, periodic) = app.jobs();
    let mailer = Mailer::new(app.clone(), "", Transport::Nowhere);
    let tools = Toolbox::default().with(mailer).with(city.clone());
    Jobs::new(city.db().clone(), city.code().clone(), &handlers, &periodic, tools)?.run_all_due()?;
    Ok(())
}

fn report(made: &Made) -> anyhow::Result<()> {
    say(format_args!(
        "{NAME}: {} divisions, {} sections, {} sites, {} units, {} adoptions, {} cases in {} steps",
        made.divisions, made.sections, made.sites, made.units, made.adoptions, made.cases, made.steps
    ))?;
    for refused in made.refused.iter().take(20) {
        say(format_args!("  refused: {refused}"))?;
    }
    if made.refused.len() > 20 {
        say(format_args!("  … and {} more", made.refused.len() - 20))?;
    }
    say("Sign in as one of these; the password of all is:")?;
    say(format_args!("  {}", build::PASSWORD))?;
    for (login, what) in [
        ("office-1", "civilisation office 文明办"),
        ("leader-1", "its leader 文明办领导"),
        ("dispatcher-1", "dispatcher 派遣员"),
        ("inspector-1", "inspector 督查员"),
        ("unit-chengguan", "a unit's clerk 责任单位经办人; others: unit-…"),
        ("system-admin, security-admin, auditor", "the three administrators 三员"),
    ] {
        say(format_args!("  {login:<40} {what}"))?;
    }
    Ok(())
}
