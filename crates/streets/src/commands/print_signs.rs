use crate::policy::{Act, POLICY};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::Result;

/// Records that signs were printed: how many, and of which stretch where it was one.
pub fn print_signs(ctx: &Ctx, tx: &mut Tx<'_>, count: usize, number: &str) -> Result<()> {
    POLICY.require(ctx, Act::View, &Standing::city(), true)?;
    let event = Event::city("streets.signs-printed").with("count", count);
    tx.record(ctx, if number.is_empty() { event } else { event.with("number", number) })
}
