//! Measuring pictures, once the house has looked at them.

use crate::model::ItemFile;
use crate::sharp;
use crate::store as rows;
use ::store::files::{self, FileState, Files, Size};
use ::store::jobs::{JobHandler, Work};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::SECOND;
use std::io::Read;

pub(crate) const MEASURE: &str = "evidence-measure";

pub(crate) const HANDLERS: &[JobHandler] = &[JobHandler::new(MEASURE, measure)];

/// How long until a file that is still being examined is asked for again.
const SOON: i64 = 2 * SECOND;

fn measure(work: &Work<'_>) -> Result<()> {
    let id: Id<ItemFile> = work.payload()?;
    let found = work.db.read_now(move |tx| {
        let Some(row) = rows::file(tx, id)? else { return Ok(None) };
        Ok(Some((files::get(tx, row.file_id)?, row.sharp)))
    })?;
    // taken out again, or measured by a run that died before it was settled
    let Some((file, None)) = found else { return Ok(()) };
    if file.state == FileState::Quarantined {
        work.again_at(work.db.now().plus(SOON));
        return Ok(());
    }
    if file.state != FileState::Ready || file.width.is_none() {
        return Ok(());
    }
    let mut bytes = Vec::new();
    let mut opened = Files::of(work.db).open_shown(&file, Size::Full)?;
    opened.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
    // a picture of one line has no inside: it counts as one, and as no sharp one
    let sharp = sharp::of_bytes(&bytes).unwrap_or(0);
    work.db.write_now(&work.ctx, move |tx| {
        // a measure changes nothing that a person did or decided
        tx.housekeeping();
        rows::measured(tx, id, sharp)
    })
}
