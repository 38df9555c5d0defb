//! The days before the time machine, worked out in the background: case by case, some hundred a transaction, from where the
//! last run stopped. A case that changes meanwhile is simply written again.

use super::{Log, replay, rewrite};
use crate::desk::Desk;
use crate::store as rows;
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::HashMap;
use store::Tx;
use store::jobs::Work;
use web::City;

/// Cases in one transaction: long enough to be worth its flush, short enough that reports that come in do not wait.
const CASES: i64 = 200;

pub(crate) fn run(work: &Work<'_>) -> Result<()> {
    let city = work.tools.get::<City>()?;
    loop {
        if work.db.read_now(rows::past::filled)?.1 {
            return Ok(());
        }
        let desk = Desk::of_now(city)?;
        work.db.write_now(&work.ctx, move |tx| some(tx, &desk))?;
    }
}

/// The next cases; marks the end when there are no more.
pub fn some(tx: &mut Tx<'_>, desk: &Desk) -> Result<()> {
    tx.housekeeping();
    let (after, done) = rows::past::filled(tx)?;
    let cases = if done { Vec::new() } else { rows::past::cases_after(tx, after, CASES)? };
    let Some(last) = cases.last().map(|c| c.id.raw()) else { return rows::past::set_filled(tx, after, true) };
    let units: HashMap<String, _> =
        people::queries::directory(tx)?.into_iter().map(|unit| (unit.name, unit.id)).collect();
    for case in &cases {
        let id = case.id;
        let (lines, pauses) = (store::audit::history(tx, id)?, rows::pauses(tx, id)?);
        let log = Log { lines: &lines, pauses: &pauses, units: &units };
        rewrite(tx, Id::new(id.raw()), &replay(case, &log, desk))?;
    }
    rows::past::set_filled(tx, last, false)
}
