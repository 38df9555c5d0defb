//! One file a verb. Each loads and authorises, decides, saves, records, and enqueues what follows.

mod bring;
mod print;
mod repair;
mod take;
mod transcribe;
mod void;

pub use bring::{Brought, bring, is_picture};
pub use print::{NewBatch, note_print, print, save_design};
pub use repair::{Assign, assign, read_again, refuse, turn};
pub(crate) use take::settle;
pub use transcribe::type_in;
pub use void::void;

use crate::model::{Scan, ScanState};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};

/// The only door to a scan that is to be changed: 404 where there is none, 409 where somebody was faster or it stands otherwise.
fn load_for(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    act: Act,
    (number, version): (&str, i64),
    states: &[ScanState],
) -> Result<Scan> {
    policy::require(ctx, act)?;
    let scan = rows::scan_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    if !states.contains(&scan.state) {
        return Err(Problem::conflict("paper-not-now"));
    }
    if scan.version != version {
        return Err(Problem::stale());
    }
    Ok(scan)
}

/// A reason that somebody must give, of at most 300 characters.
fn reason(text: &str) -> Result<&str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Problem::field("reason", "required")),
        1..=300 => Ok(text),
        _ => Err(Problem::invalid(vec![FieldError::new("reason", "too-long").arg("max", 300)])),
    }
}

/// The name of whoever does it; empty for the program itself.
fn name_of(ctx: &Ctx) -> String {
    match &ctx.actor {
        kernel::ctx::Actor::Member(member) => member.name.clone(),
        _ => String::new(),
    }
}
