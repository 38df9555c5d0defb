//! `chuangcheng import cases FILE --set system=12345 …` and `chuangcheng import catalogue FILE --set name=…`.

use crate::catalogue::import as catalogue_import;
use crate::desk::Desk;
use crate::import::Import;
use crate::import_job;
use kernel::problem::{Problem, Result};
use sheets::{Options, Report, Source};
use web::feature::{Import as Command, ImportArgs};

pub(crate) const COMMANDS: &[Command] =
    &[Command { kind: "cases", run: cases }, Command { kind: "catalogue", run: catalogue }];

fn cases(args: &ImportArgs<'_>) -> Result<Report> {
    let option = |name: &str| args.options.get(name).map(String::as_str);
    let mapping =
        args.mapping.or_else(|| option("mapping")).ok_or_else(|| Problem::field("mapping", "required"))?;
    let mapping = import_job::mapping(mapping)?;
    let fault = |e: sheets::Error| Problem::new(422, "file-unreadable").arg("what", e);
    let mut source = Source::open(args.file, &Options::default()).map_err(fault)?;
    let index = places::kept::refresh_now(args.city)?;
    let import = Import {
        ctx: args.ctx,
        db: args.city.db(),
        desk: Desk::of_now(args.city)?,
        index,
        mapping: &mapping,
        system: option("system").unwrap_or("import"),
        dry_run: args.dry_run,
    };
    import.run(&mut source, &mut |_| {})
}

/// A catalogue goes in whole or not at all.
fn catalogue(args: &ImportArgs<'_>) -> Result<Report> {
    let bytes = std::fs::read(args.file).map_err(Problem::internal)?;
    let option = |name: &str| args.options.get(name).cloned().unwrap_or_default();
    let (name, source) = (option("name"), option("source"));
    let name = if name.is_empty() { args.ctx.now.date().to_string() } else { name };
    let ctx = args.ctx.clone();
    let report = web::import::run_now(args.city.db(), args.ctx, args.dry_run, move |tx| {
        catalogue_import::import(&ctx, tx, &bytes, &name, &source)
    })?;
    Desk::forget(args.city);
    Ok(report)
}
