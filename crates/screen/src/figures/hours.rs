//! Reports by the hour: today beside the same weekday of the last four weeks.

use ::store::Tx;
use cases::queries;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{DAY, Instant, SECOND};

/// Weeks that the usual day is made of.
pub const WEEKS: i64 = 4;

/// Counts by the hour of the day in China.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    pub today: [i64; 24],
    /// Added up over [`Hours::weeks`] days.
    pub sums: [i64; 24],
    /// How many of the last four such days the city has known; 0: there is no usual day yet.
    pub weeks: i64,
    /// The hour that runs, 0 to 23.
    pub now: usize,
}

impl Hours {
    /// Of what the person may see in these divisions; none: the whole city.
    pub fn read(ctx: &Ctx, tx: &mut Tx<'_>, divisions: &[i64]) -> Result<Self> {
        let midnight = Instant::start_of(ctx.now.date());
        let mut hours = Self { now: hour(ctx.now), ..Self::default() };
        let until = ctx.now.plus(SECOND);
        put(&mut hours.today, &queries::by_hour(ctx, tx, (midnight, until), divisions)?);
        let first = queries::first_day(tx)?;
        for week in 1..=WEEKS {
            let day = midnight.plus(-7 * week * DAY);
            // a day before the city's first was not quiet: nobody counted
            if first.is_none_or(|first| first > day.date()) {
                break;
            }
            hours.weeks += 1;
            put(&mut hours.sums, &queries::by_hour(ctx, tx, (day, day.plus(DAY)), divisions)?);
        }
        Ok(hours)
    }

    /// The usual count of an hour, in tenths, rounded half up; none without a usual day.
    pub fn usual_tenths(&self, hour: usize) -> Option<i64> {
        let sum = self.sums.get(hour)?;
        (self.weeks > 0).then(|| (sum * 20 + self.weeks) / (2 * self.weeks))
    }

    /// The largest count of either line, in tenths; at least one report.
    pub fn most_tenths(&self) -> i64 {
        let today = self.today.iter().map(|n| n * 10);
        let usual = (0..24).filter_map(|hour| self.usual_tenths(hour));
        today.chain(usual).max().unwrap_or(0).max(10)
    }

    pub fn total(&self) -> i64 {
        self.today.iter().sum()
    }

    /// What has usually come in by the end of the hour that runs, in tenths; none without a usual day.
    pub fn usual_so_far_tenths(&self) -> Option<i64> {
        let sum: i64 = self.sums.iter().take(self.now + 1).sum();
        (self.weeks > 0).then(|| (sum * 20 + self.weeks) / (2 * self.weeks))
    }
}

fn hour(at: Instant) -> usize {
    usize::try_from(at.to_civil().hour()).unwrap_or(0).min(23)
}

/// Adds counts by hours since 1970 to those of a day.
fn put(day: &mut [i64; 24], counts: &[(i64, i64)]) {
    for (hour, count) in counts {
        if let Some(slot) = usize::try_from(hour.rem_euclid(24)).ok().and_then(|at| day.get_mut(at)) {
            *slot += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_day_is_the_mean_of_the_weeks_that_there_were() {
        let mut hours = Hours { weeks: 3, now: 9, ..Hours::default() };
        put(&mut hours.sums, &[(24 * 20_000 + 8, 3), (24 * 20_007 + 8, 2), (24 * 20_007 + 9, 1)]);
        put(&mut hours.today, &[(24 * 20_014 + 8, 2)]);
        // five of three days: 1.66 and a bit
        assert_eq!(hours.usual_tenths(8), Some(17));
        assert_eq!(hours.usual_tenths(9), Some(3));
        assert_eq!(hours.usual_tenths(10), Some(0));
        assert_eq!(hours.usual_so_far_tenths(), Some(20));
        assert_eq!((hours.total(), hours.most_tenths()), (2, 20));
    }

    #[test]
    fn a_new_city_has_no_usual_day() {
        let hours = Hours::default();
        assert_eq!((hours.usual_tenths(8), hours.usual_so_far_tenths()), (None, None));
        assert_eq!(hours.most_tenths(), 10, "the axis goes up to one");
    }
}
