//! `chuangcheng import assessment FILE --tables DIR`: a workbook becomes a round.

use super::commands::{NewRound, keep};
use super::matching::Warning;
use super::model::{NameKind, Round};
use super::reading;
use super::worked::Worked;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use sha2::{Digest, Sha256};
use sheets::{Remark, Report};
use std::path::Path;
use web::feature::{Import, ImportArgs};

pub(crate) const COMMANDS: &[Import] = &[Import { kind: "assessment", run }];

/// Files of the tables that come beside a workbook, by what they name; the first that is there is read.
const TABLES: [(NameKind, &[&str]); 3] = [
    (NameKind::Item, &["indicators.csv", "items.csv", "indicators.xlsx"]),
    (NameKind::Street, &["streets.csv", "streets.xlsx"]),
    (NameKind::Unit, &["departments.csv", "units.csv", "departments.xlsx"]),
];

fn run(args: &ImportArgs<'_>) -> Result<Report> {
    let bytes = std::fs::read(args.file).map_err(Problem::internal)?;
    let option = |name: &str| args.options.get(name).map(String::as_str);
    let file_name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let tables = option("tables").map(|folder| tables(Path::new(folder))).transpose()?;
    let name = option("name").map_or_else(|| file_name.clone(), ToOwned::to_owned);
    let held_on =
        option("held-on").map(|day| day.parse::<Date>().map_err(|_| Problem::field("held_on", "not-a-date")));
    let held_on = held_on.transpose()?;
    let again = option("again").is_some_and(|again| again != "no");
    let ctx = args.ctx.clone();
    web::import::run_now(args.city.db(), args.ctx, args.dry_run, move |tx| {
        import(&ctx, tx, bytes, File { name, file_name, tables, held_on, again }).map(|(_, report)| report)
    })
}

/// Names by their kinds, as tables beside the workbook have them.
pub type Tables = Vec<(NameKind, String, String)>;

/// What is known of a file beside its contents.
#[derive(Debug)]
pub struct File {
    pub name: String,
    pub file_name: String,
    /// What has no table: streets and units are those of the city's registers, and items are whatever rows say.
    pub tables: Option<Tables>,
    /// The last day of the inspections; today without one.
    pub held_on: Option<Date>,
    pub again: bool,
}

fn tables(folder: &Path) -> Result<Tables> {
    let mut all = Vec::new();
    for (kind, files) in TABLES {
        let Some(path) = files.iter().map(|file| folder.join(file)).find(|path| path.is_file()) else {
            let missing = files.first().copied().unwrap_or_default();
            return Err(Problem::invalid(vec![
                kernel::problem::FieldError::new("tables", "missing-file").arg("file", missing),
            ]));
        };
        let bytes = std::fs::read(path).map_err(Problem::internal)?;
        all.extend(reading::names(bytes)?.into_iter().map(|(code, name)| (kind, code, name)));
    }
    Ok(all)
}

/// Streets and units of the city's own registers.
fn registered(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Tables> {
    let index = places::PlaceIndex::load(tx, ctx.now.date())?;
    let streets = index.divisions().iter().filter(|d| matches!(&*d.level, "street" | "town"));
    let mut all: Tables =
        streets.map(|d| (NameKind::Street, d.code.to_string(), d.name.to_string())).collect();
    let units = people::queries::all_units_options(tx)?;
    all.extend(units.into_iter().map(|unit| (NameKind::Unit, unit.code, unit.name)));
    Ok(all)
}

/// Keeps a round. Every row of the file goes in; what is odd about it is noted, with the nearest names.
pub fn import(ctx: &Ctx, tx: &mut Tx<'_>, bytes: Vec<u8>, file: File) -> Result<(Round, Report)> {
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let read = reading::rows(bytes)?;
    let mut names = file.tables.unwrap_or_default();
    let given: Vec<NameKind> = names.iter().map(|(kind, ..)| *kind).collect();
    names.extend(registered(ctx, tx)?.into_iter().filter(|(kind, ..)| !given.contains(kind)));
    let new = NewRound {
        name: file.name,
        file_name: file.file_name,
        sha256,
        rows: read,
        names,
        held_on: file.held_on,
        again: file.again,
    };
    let (round, worked) = keep(ctx, tx, new)?;
    Ok((round, report(&worked)))
}

/// Every row, and what is odd about it.
pub(crate) fn report(worked: &Worked) -> Report {
    let mut report = Report::default();
    for _ in &worked.rows {
        report.accept([]);
    }
    report.note(worked.found.warnings.iter().cloned().map(remark));
    report
}

fn remark(warning: Warning) -> Remark {
    let row = u64::try_from(warning.row).unwrap_or_default();
    Remark::new(row, warning.field, warning.code.code()).nearest(warning.nearest)
}
