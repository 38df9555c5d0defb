//! A catalogue file comes in: whole or not at all.

use super::file;
use super::publish::{NewVersion, publish_version};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use people::queries::UnitBook;
use sheets::{Remark, Report};

/// Reads a file and brings it into force, in the caller's transaction. Where it tells no limits, samples that nobody had
/// confirmed end with the version they came with, which is noted beside their items.
pub fn import(ctx: &Ctx, tx: &mut Tx<'_>, bytes: &[u8], name: &str, source: &str) -> Result<Report> {
    let units = UnitBook::load(tx)?;
    let mut read = file::read(bytes, &units)?;
    if read.report.refused_rows() > 0 {
        tx.housekeeping();
        return Ok(read.report);
    }
    let version = NewVersion {
        name: name.to_owned(),
        source: source.to_owned(),
        items: std::mem::take(&mut read.items),
        limits: read.limits.take(),
    };
    let published = publish_version(ctx, tx, version)?;
    let dropped = published
        .dropped
        .iter()
        .map(|item| Remark::new(read.row_of(item), "limit_handle", "catalogue_sample_ended"));
    let dropped: Vec<Remark> = dropped.collect();
    let mut report = read.report;
    report.note(dropped);
    Ok(report)
}
