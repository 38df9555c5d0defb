//! `chuangcheng files status|move|verify`

use super::say;
use crate::settings::{CityArgs, FilesCommand};
use crate::{cities, features};
use anyhow::bail;
use kernel::ctx::Ctx;
use kernel::workflow::Named;
use std::process::ExitCode;
use std::time::Duration;
use store::Db;
use store::files::moving::{Turn, turn};
use store::files::{Place, Whereabouts, place, verify, whereabouts};
use web::City;
use web::app::Settings;

/// Tries in a row without any success until the command ends; a served city goes on by itself.
const TRIES: u32 = 8;

pub(crate) fn run(command: &FilesCommand) -> anyhow::Result<ExitCode> {
    match command {
        FilesCommand::Status(args) => status(args),
        FilesCommand::Move { to, city } => move_to(*to, city),
        FilesCommand::Verify { city, remove_unknown } => check(city, *remove_unknown),
    }
}

fn open(args: &CityArgs) -> anyhow::Result<City> {
    let app = features::app(Settings::default())?;
    cities::open(&args.data, &app, &cities::find(&args.data, &args.city)?)
}

fn look(db: &Db) -> anyhow::Result<Whereabouts> {
    let has_bucket = db.bucket().is_some();
    Ok(db.read_now(move |tx| whereabouts(tx, has_bucket))?)
}

fn status(args: &CityArgs) -> anyhow::Result<ExitCode> {
    let city = open(args)?;
    let found = look(city.db())?;
    say(format_args!(
        "{}: {} files in the folder, {} in s3; they belong to {}; {} wait, {} cannot be moved",
        args.city,
        found.in_folder,
        found.in_s3,
        found.wanted.code(),
        found.waiting,
        found.faults
    ))?;
    if let Some(trouble) = &found.trouble {
        say(format_args!(
            "the storage has not answered since {}, tried {} times: {}",
            trouble.since, trouble.tries, trouble.error
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn move_to(to: Place, args: &CityArgs) -> anyhow::Result<ExitCode> {
    let city = open(args)?;
    let db = city.db();
    if db.bucket().is_none() {
        bail!(
            "say which bucket, with --s3-bucket and what belongs to it: files are moved out of it or into it"
        );
    }
    let ctx = || Ctx::system(args.city.clone(), "files-move", db.now());
    let by = ctx();
    db.write_now(&by.clone(), move |tx| place::order(tx, &by, to))?;
    let (mut failed, mut told) = (0_u32, i64::MAX);
    loop {
        match turn(db, &ctx())? {
            Turn::Done => break,
            Turn::More => failed = 0,
            // the served city does the same work
            Turn::Elsewhere => std::thread::sleep(Duration::from_millis(300)),
            Turn::Trouble(_, problem) => {
                failed += 1;
                say(format_args!("the storage cannot be used: {problem}"))?;
                if failed >= TRIES {
                    bail!("given up for now; run it again, or let the served city go on by itself");
                }
                std::thread::sleep(Duration::from_secs(2_u64.pow(failed.min(5))));
            }
        }
        let left = look(db)?.waiting;
        if told.saturating_sub(left) >= 1000 {
            told = left;
            say(format_args!("  {left} to go"))?;
        }
    }
    let found = look(db)?;
    say(format_args!(
        "{}: {} files in the folder, {} in s3, {} cannot be moved",
        args.city, found.in_folder, found.in_s3, found.faults
    ))?;
    Ok(if found.faults == 0 && found.waiting == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn check(args: &CityArgs, remove_unknown: bool) -> anyhow::Result<ExitCode> {
    let city = open(args)?;
    let account = verify::files(city.db())?;
    for (key, fault) in &account.faults {
        say(format_args!("{}: {key}: {fault}", args.city))?;
    }
    for (place, key) in &account.unknown {
        say(format_args!("{}: {key} in {} belongs to nothing", args.city, place.code()))?;
    }
    say(format_args!(
        "{}: {} files, {} originals and pictures, {} bytes; {} damaged or missing, {} belong to nothing",
        args.city,
        account.files,
        account.pieces,
        account.bytes,
        account.faults.len(),
        account.unknown.len()
    ))?;
    if remove_unknown {
        let removed = verify::remove_unknown(city.db(), &account.unknown)?;
        say(format_args!("{}: {removed} removed", args.city))?;
    }
    Ok(if account.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}
