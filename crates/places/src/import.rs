//! Reading registers that people bring: CSV, XLSX, GeoJSON, in any of four coordinate systems.
//!
//! Every row is accepted or refused with a reason, none is lost: `read = accepted + refused`. A dry run does everything
//! and then takes it back, so that its report is the truth. What we export imports again.

mod cells;
mod divisions;
mod grids;
mod sections;
mod sites;

use crate::index::PlaceIndex;
use crate::model::SourceCrs;
pub use divisions::divisions;
pub use grids::grids;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
pub use sections::sections;
use sheets::{Report, Source};
pub use sites::sites;
use std::collections::HashMap;
use std::sync::Arc;
use store::{Db, Event, Tx};
use web::import::no_table;

kernel::named! {
    /// What a file holds.
    pub enum Register { Divisions = "divisions", Sections = "sections", Sites = "sites", Grids = "grids" }
}

/// How a file is to be understood.
#[derive(Clone, Debug)]
pub struct Options {
    /// The system its coordinates are in. Always asked for: no file says it reliably.
    pub crs: SourceCrs,
    /// The type of sites whose own is not known; without it such rows are refused.
    pub default_type: Option<String>,
    /// Units by the names under which files know them.
    pub units: HashMap<String, Id<Unit>>,
}

impl Options {
    pub fn new(crs: SourceCrs) -> Self {
        Self { crs, default_type: None, units: HashMap::new() }
    }
}

/// Reads a file into the register, in the caller's transaction.
pub fn import(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    register: Register,
    file: &[u8],
    options: &Options,
) -> Result<Report> {
    let mut source = Source::from_bytes(file, &sheets::Options::default()).map_err(no_table)?;
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let report = match register {
        Register::Divisions => divisions(ctx, tx, &mut source, options),
        Register::Sections => sections(ctx, tx, &index, &mut source, options),
        Register::Sites => sites(ctx, tx, &index, &mut source, options),
        Register::Grids => grids(ctx, tx, &index, &mut source, options),
    }?;
    if report.accepted > 0 {
        crate::commands::section_changed(tx)?;
        let register = kernel::workflow::Named::code(register);
        let event = Event::city("places.imported").with("register", format!("register-{register}"));
        let event =
            event.with("accepted-count", report.accepted).with("refused-count", report.refused_rows());
        tx.record(ctx, event)?;
    }
    Ok(report)
}

/// [`import`] in a transaction of its own; a dry run leaves nothing behind but its report.
pub async fn run(
    db: &Db,
    ctx: &Ctx,
    register: Register,
    file: Arc<[u8]>,
    options: Options,
    dry: bool,
) -> Result<Report> {
    let who = ctx.clone();
    web::import::run(db, ctx, dry, move |tx| import(&who, tx, register, &file, &options)).await
}

/// `chuangcheng import sections FILE --set crs=gcj02 --set default_type=market`.
fn from_command_line(register: Register, args: &web::feature::ImportArgs<'_>) -> Result<Report> {
    let crs = args.options.get("crs").map(String::as_str).unwrap_or_default();
    let crs = kernel::workflow::Named::parse(crs).ok_or_else(|| Problem::field("place_crs", "required"))?;
    let city = args.city.clone();
    let units = city.db().read_now({
        let city = city.clone();
        move |tx| crate::units::Units::load(&city, tx)
    })?;
    let default_type = args.options.get("default_type").cloned();
    let options = Options { crs, default_type, units: units.by_name() };
    let file = std::fs::read(args.file).map_err(|e| Problem::new(404, "not-found").detail(e))?;
    let who = args.ctx.clone();
    let work = move |tx: &mut Tx<'_>| import(&who, tx, register, &file, &options);
    let report = web::import::run_now(city.db(), args.ctx, args.dry_run, work)?;
    crate::kept::refresh_now(&city)?;
    Ok(report)
}

/// What the command line imports.
pub(crate) const COMMANDS: &[web::feature::Import] = &[
    web::feature::Import { kind: "divisions", run: |args| from_command_line(Register::Divisions, args) },
    web::feature::Import { kind: "sections", run: |args| from_command_line(Register::Sections, args) },
    web::feature::Import { kind: "sites", run: |args| from_command_line(Register::Sites, args) },
    web::feature::Import { kind: "grids", run: |args| from_command_line(Register::Grids, args) },
];
