//! The city's working calendar: loading what is stored, and what to do when it changes.

use crate::settings::DUTY_HOURS;
use crate::store as rows;
use kernel::calendar::{CalendarData, WorkingCalendar};
use kernel::problem::Result;
use store::{Tx, jobs};

/// The kind of the job that is made due whenever the calendar changes. Its payload is `null`, and no two wait at once;
/// the `cases` crate handles it: provisional deadlines are computed again.
pub const CALENDAR_CHANGED: &str = "calendar-changed";

/// Everything the city knows of its working time.
pub fn load(tx: &mut Tx<'_>) -> Result<CalendarData> {
    let mut data = CalendarData { duty: DUTY_HOURS.get(tx)?, ..CalendarData::default() };
    for arrangement in rows::arrangements(tx)? {
        data.publish(arrangement);
    }
    for (date, reason) in rows::closures(tx)? {
        data.close(date, reason);
    }
    Ok(data)
}

/// [`load`], ready to compute with. For jobs and commands that have no [`web::City`] at hand.
pub fn working(tx: &mut Tx<'_>) -> Result<WorkingCalendar> {
    load(tx).map(WorkingCalendar::new)
}

/// To be called by whatever changes the calendar, in its transaction.
pub(crate) fn changed(tx: &mut Tx<'_>) -> Result<()> {
    rows::touch(tx, rows::Counter::Calendar)?;
    let now = tx.now();
    jobs::enqueue(tx, CALENDAR_CHANGED, &(), now, Some(CALENDAR_CHANGED))
}
