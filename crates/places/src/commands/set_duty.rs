use crate::calendar;
use crate::policy::{Act, POLICY};
use crate::settings::DUTY_HOURS;
use kernel::calendar::DutyHours;
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::Result;
use store::{Event, Tx};

/// Sets the hours of duty.
pub fn set_duty(ctx: &Ctx, tx: &mut Tx<'_>, duty: &DutyHours) -> Result<()> {
    POLICY.require(ctx, Act::Calendar, &Standing::city(), true)?;
    if DUTY_HOURS.get(tx)? == *duty {
        return Ok(());
    }
    DUTY_HOURS.set(tx, ctx, duty)?;
    calendar::changed(tx)?;
    tx.record(ctx, Event::city("calendar.duty-changed"))
}
