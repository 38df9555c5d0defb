//! One thing that got better: of three measures the one whose bad part fell most against the seven days before. Where none fell
//! by a tenth, or too little was counted to say so, nothing is said.

use super::days_later;
use super::numbers::overdue_at_end;
use ::store::Tx;
use cases::queries::{self, Rates};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::Date;

/// Days that are compared.
const WEEK: i64 = 7;
/// Cases that both weeks must have for their rates to be compared, and late cases that there must have been.
const ENOUGH: i64 = 20;
const ENOUGH_LATE: i64 = 5;
/// What the bad part must have fallen by at least, in thousandths.
const LEAST: i64 = 100;

kernel::named! {
    /// What is measured.
    pub enum Measure {
        /// Cases that were late at the end of the day.
        Overdue = "overdue",
        /// Those of the cases due in the week that were closed in time.
        OnTime = "on-time",
        /// Those of the answered cases due in the week that had to be done again.
        Rework = "rework",
    }
}

/// A part and its whole; of a plain count the whole is 0.
pub type Share = (i64, i64);

/// Something that got better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Better {
    pub measure: Measure,
    pub before: Share,
    pub now: Share,
    /// The two lists that were counted: of before, and of now.
    pub lists: [String; 2],
}

impl Better {
    /// By how many thousandths the bad part fell; none where it did not, or where too little was counted.
    fn fall(&self) -> Option<i64> {
        let (before, now) = (self.before, self.now);
        let enough = match self.measure {
            Measure::Overdue => before.0 >= ENOUGH_LATE,
            Measure::OnTime | Measure::Rework => before.1 >= ENOUGH && now.1 >= ENOUGH,
        };
        // what is bad of each, as a fraction
        let (bad_before, bad_now) = match self.measure {
            Measure::Overdue => ((before.0, 1), (now.0, 1)),
            Measure::OnTime => ((before.1 - before.0, before.1), (now.1 - now.0, now.1)),
            Measure::Rework => (before, now),
        };
        if !enough || bad_before.0 == 0 {
            return None;
        }
        // 1 - (now / before), without a rest that depends on the machine
        let wide = |(part, whole): Share| (i128::from(part), i128::from(whole));
        let ((b, of_b), (n, of_n)) = (wide(bad_before), wide(bad_now));
        let left = n * of_b * 1000 / (b * of_n);
        i64::try_from(1000 - left).ok().filter(|fall| *fall >= LEAST)
    }
}

/// The one that fell most; of equals the first.
pub fn best(measures: Vec<Better>) -> Option<Better> {
    let mut found: Option<(i64, Better)> = None;
    for better in measures {
        if let Some(fall) = better.fall()
            && found.as_ref().is_none_or(|(most, _)| fall > *most)
        {
            found = Some((fall, better));
        }
    }
    found.map(|(_, better)| better)
}

pub(super) fn read(ctx: &Ctx, tx: &mut Tx<'_>, day: Date, first: Option<Date>) -> Result<Option<Better>> {
    let week_ago = days_later(day, -WEEK);
    let (now_from, before_from) = (days_later(week_ago, 1), days_later(week_ago, 1 - WEEK));
    let mut measures = Vec::new();
    let late = (overdue_at_end(ctx, tx, week_ago, first)?, overdue_at_end(ctx, tx, day, first)?);
    if let (Some(before), Some(now)) = late {
        let list = |day: Date| format!("/cases?only=overdue&on={day}");
        measures.push(Better {
            measure: Measure::Overdue,
            before: (before, 0),
            now: (now, 0),
            lists: [list(week_ago), list(day)],
        });
    }
    let before = queries::total(ctx, tx, before_from, week_ago)?;
    let now = queries::total(ctx, tx, now_from, day)?;
    let lists = |only: &str| {
        let list =
            |from: Date, until: Date| format!("/cases?only=counted,{only}&due_from={from}&due_until={until}");
        [list(before_from, week_ago), list(now_from, day)]
    };
    let on_time = |r: &Rates| (r.on_time, r.due);
    let rework = |r: &Rates| (r.rework, r.handled);
    measures.push(Better {
        measure: Measure::OnTime,
        before: on_time(&before),
        now: on_time(&now),
        lists: lists("closed,on-time"),
    });
    measures.push(Better {
        measure: Measure::Rework,
        before: rework(&before),
        now: rework(&now),
        lists: lists("rework"),
    });
    Ok(best(measures))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn better(measure: Measure, before: Share, now: Share) -> Better {
        Better { measure, before, now, lists: [String::new(), String::new()] }
    }

    #[test]
    fn the_greatest_fall_of_what_is_bad_is_told() {
        let late = better(Measure::Overdue, (40, 0), (30, 0));
        let on_time = better(Measure::OnTime, (80, 100), (90, 100));
        let rework = better(Measure::Rework, (10, 100), (8, 100));
        assert_eq!((late.fall(), on_time.fall(), rework.fall()), (Some(250), Some(500), Some(200)));
        assert_eq!(best(vec![late, on_time.clone(), rework]), Some(on_time));
    }

    #[test]
    fn nothing_is_said_when_nothing_did() {
        let worse = [
            better(Measure::Overdue, (40, 0), (41, 0)),
            better(Measure::OnTime, (90, 100), (89, 100)),
            better(Measure::Rework, (10, 100), (10, 100)),
            // too little
            better(Measure::Overdue, (4, 0), (0, 0)),
            better(Measure::OnTime, (5, 19), (19, 19)),
            better(Measure::Rework, (19, 30), (0, 19)),
            // by less than a tenth
            better(Measure::Overdue, (100, 0), (91, 0)),
            // nothing was bad before
            better(Measure::OnTime, (100, 100), (100, 100)),
            better(Measure::Rework, (0, 100), (0, 100)),
        ];
        assert_eq!(best(worse.to_vec()), None);
        assert_eq!(best(Vec::new()), None);
    }

    #[test]
    fn of_equals_the_first_is_told() {
        let first = better(Measure::Overdue, (20, 0), (10, 0));
        let second = better(Measure::Rework, (20, 100), (10, 100));
        assert_eq!(best(vec![first.clone(), second]), Some(first));
    }
}
