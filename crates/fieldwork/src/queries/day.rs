//! An inspector's own visits with the state of their records.

use crate::commands;
use crate::model::{Edition, Record};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::Tx;
use inspections::queries::Stop;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{DAY, Date};

/// A visit, and what there is of it.
#[derive(Clone, Debug)]
pub struct Stopped {
    /// Number of the inspection.
    pub inspection: String,
    pub stop: Stop,
    pub address: String,
    /// The version that it is filled in by: the record's, or the one in use.
    pub edition: Option<Edition>,
    pub record: Option<Record>,
}

impl Stopped {
    /// Whether there is something to write.
    pub fn is_open(&self) -> bool {
        self.record.as_ref().is_none_or(|r| r.state.open())
    }
}

/// Inspections last at most three months.
const BACK: i64 = 92 * DAY;

/// All visits of whoever asks, of inspections that are drawn or under way, in the order of days and ways.
pub fn visits(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Stopped>> {
    policy::somewhere(ctx, Act::Fill)?;
    let from = ctx.now.plus(-BACK).date();
    let mut all = Vec::new();
    for (inspection, stop) in inspections::queries::own_visits(ctx, tx, from)? {
        let record = rows::main_of(tx, stop.visit.id)?;
        let edition = match &record {
            Some(record) => Some(commands::edition_of(tx, record)?),
            None => commands::edition_for(ctx, tx, &stop.point.kind)?,
        };
        let address = places::queries::site(tx, stop.point.site_id)?.address.unwrap_or_default();
        all.push(Stopped { inspection, stop, address, edition, record });
    }
    Ok(all)
}

/// Those of one day.
pub fn on(ctx: &Ctx, tx: &mut Tx<'_>, day: Date) -> Result<Vec<Stopped>> {
    let mut all = visits(ctx, tx)?;
    all.retain(|s| s.stop.visit.day == day);
    Ok(all)
}
