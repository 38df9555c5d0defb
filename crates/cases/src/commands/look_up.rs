//! Somebody looks for reports by a telephone number: a person is looked for, so it is recorded, without the number.

use crate::queries::{Caller, may_look_up};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// The mark of a number, by which lists are asked. Changes and records nothing: nothing is shown yet.
///
/// # Errors
/// 403 for who may not know reporters or handles cases; 422 at the field `phone` for what is no telephone number.
pub fn caller_of(ctx: &Ctx, tx: &Tx<'_>, number: &str) -> Result<Caller> {
    if !may_look_up(ctx) {
        return Err(Problem::forbidden());
    }
    Caller::of(tx, number)?.ok_or_else(|| Problem::field("phone", "not-a-phone"))
}

/// Records that reports by this number are shown now.
pub fn looked_up(ctx: &Ctx, tx: &mut Tx<'_>, caller: &Caller) -> Result<()> {
    tx.record(ctx, Event::city("case.caller-looked-up").with("caller", caller.as_str()))
}
