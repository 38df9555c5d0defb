//! A picture of a form comes in.

use super::name_of;
use crate::jobs;
use crate::model::{Door, Scan, ScanState, Wants};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::files::{self, Quarantined};
use ::store::jobs::enqueue;
use ::store::{Event, Marked, Sealed, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

/// What became of what was brought.
#[derive(Clone, Debug)]
pub struct Brought {
    pub scan: Scan,
    /// False where the same bytes had been brought before: it is that scan.
    pub fresh: bool,
}

/// Whether these bytes begin as a JPEG or a PNG does: nothing else is taken.
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xd8, 0xff]) || bytes.starts_with(b"\x89PNG\r\n\x1a\n")
}

/// Takes a picture in, to be read after the commit. The same bytes are one scan, whoever brings them and however often. Records
/// `paper.brought`.
///
/// # Errors
/// 403 for who may not bring any.
pub fn bring(ctx: &Ctx, tx: &mut Tx<'_>, door: Door, received: &Quarantined, name: &str) -> Result<Brought> {
    policy::require(ctx, Act::Bring)?;
    let id: Id<Scan> = tx.new_id();
    let known = rows::seen(tx, &received.sha256, id)?;
    if known != id {
        tx.housekeeping();
        let scan = rows::scan(tx, known)?.ok_or_else(|| Problem::internal("a scan without its row"))?;
        return Ok(Brought { scan, fresh: false });
    }
    let year = ctx.now.date().year();
    let scan = Scan {
        id,
        number: format!("PS-{year}-{:06}", tx.next_number(&format!("PS-{year}"))?),
        file_id: files::adopt(tx, ctx, received, name)?,
        door,
        state: ScanState::Waiting,
        fault: None,
        sheet_id: None,
        case_id: None,
        wants: Wants::Unclear,
        reading: String::new(),
        turn: 0,
        reason: Sealed::default(),
        phone: Sealed::default(),
        phone_mark: Marked::default(),
        brought_by: name_of(ctx),
        brought_id: ctx.person(),
        received_at: ctx.now,
        done_by: String::new(),
        done_at: None,
        erased: false,
        version: 1,
    };
    tx.insert(&scan)?;
    let now = tx.now();
    enqueue(tx, jobs::READ, &scan.id, now, Some(&format!("{}:{id}", jobs::READ)))?;
    let event = Event::new("paper.brought", scan.id).with("number", scan.number.as_str());
    tx.record(ctx, event.with("door", door.code()))?;
    Ok(Brought { scan, fresh: true })
}
