//! Words written by hand, typed by a person, come into the case.

use super::{load_for, name_of};
use crate::model::ScanState;
use crate::policy::Act;
use ::store::{Event, Tx};
use cases::commands::{Transcript, transcribe};
use cases::desk::Desk;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// Takes the words into the scan's case. Records `paper.typed`, and what the case's command records.
///
/// # Errors
/// 409 where it does not wait for its words; those of [`transcribe`].
pub fn type_in(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    of: (&str, i64),
    with: &Transcript,
) -> Result<String> {
    let mut scan = load_for(ctx, tx, Act::Type, of, &[ScanState::Desk])?;
    let id = scan.case_id.ok_or_else(|| Problem::internal("a scan at the desk without its case"))?;
    let case = transcribe(ctx, tx, desk, id, with)?;
    scan.state = ScanState::Done;
    scan.phone = with.phone.trim().into();
    (scan.done_by, scan.done_at) = (name_of(ctx), Some(ctx.now));
    tx.save(&scan)?;
    let event = Event::new("paper.typed", scan.id).with("number", scan.number.as_str());
    tx.record(ctx, event.with("case", case.number.as_str()))?;
    Ok(case.number)
}
