//! 往日, the time machine: how cases stood at the end of a day that is over.
//!
//! Whatever changes a case calls [`keep`], in the same transaction: the day's row is written, and that of the days before
//! ends. What happened before there was such a table, and what is brought in from elsewhere, is worked out from the case's own
//! log by [`replay`], in the background ([`fill`]). Words of people are not kept: they stay on the case alone.

pub(crate) mod fill;
mod replay;

use crate::model::{Case, Division, Item, Satisfaction, Section};
use crate::store::past as rows;
use crate::workflow::State;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant, days_since_epoch};
use store::{Tx, record};

pub use fill::some as catch_up;
pub(crate) use replay::{Log, milestones, replay};

/// `until_day` of what still is so.
pub(crate) const STILL: i64 = 4_000_000;
/// `span` of what still is so.
pub(crate) const GOES_ON: i64 = 63;
/// The longest span there is: more than eighty years.
pub(crate) const LONGEST: i64 = 15;

/// What of a case is dated: named once, for the row of a day, for what is taken into it and for what a day is asked by
/// ([`DATED`]).
macro_rules! dated {
    ($($name:ident: $type:ty),+ $(,)?) => {
        record! {
            /// How a case stood on a run of days.
            #[derive(Clone, Debug, PartialEq)]
            pub struct Past in "case_past" {
                pub id: Id<Past>,
                pub case_id: Id<Case>,
                /// Days since 1970 in China; the first of the run.
                pub from_day: i64,
                /// The first day after it.
                pub until_day: i64,
                pub span: i64,
                pub is_open: bool,
                $(pub $name: $type,)+
                pub version: i64,
            }
        }

        /// The dated columns, as both the case and its days call them.
        pub(crate) const DATED: &[&str] = &[$(stringify!($name)),+];

        impl Past {
            /// The case from this day on.
            fn of(case: &Case, from_day: i64) -> Self {
                let is_open = !case.state.is_over();
                let (id, case_id, until_day, span, version) = (Id::new(0), case.id, STILL, GOES_ON, 1);
                $(let $name = Clone::clone(&case.$name);)+
                Self { id, case_id, from_day, until_day, span, is_open, $($name,)+ version }
            }
        }
    };
}

dated! {
    state: State,
    item_id: Option<Id<Item>>,
    condition: String,
    urgent: bool,
    section_id: Option<Id<Section>>,
    division_id: Option<Id<Division>>,
    governing_unit: Option<Id<Unit>>,
    lead_unit: Option<Id<Unit>>,
    dispatched_at: Option<Instant>,
    answered_at: Option<Instant>,
    closed_at: Option<Instant>,
    stage_due_at: Option<Instant>,
    limit_amount: Option<u32>,
    limit_unit: Option<String>,
    due_at: Option<Instant>,
    due_provisional: bool,
    paused_at: Option<Instant>,
    parked_until: Option<Date>,
    on_time: Option<bool>,
    rework_count: i64,
    return_count: i64,
    extension_count: i64,
    contest_count: i64,
    supervision_count: i64,
    satisfaction: Option<Satisfaction>,
    is_recurrence: bool,
    recurrence_count: i64,
    is_public: bool,
}

impl Past {
    /// Whether both say the same of the case, whatever the days.
    fn says(&self, other: &Self) -> bool {
        let Self { id, from_day, until_day, span, version, .. } = self.clone();
        *self == Self { id, from_day, until_day, span, version, ..other.clone() }
    }

    /// The run over before this day.
    fn ended(self, day: i64) -> Self {
        Self { until_day: day, span: span(day - self.from_day), ..self }
    }
}

/// The day of a moment, as it is counted here.
pub(crate) fn day_of(at: Instant) -> i64 {
    number_of(at.date())
}

pub(crate) fn number_of(day: Date) -> i64 {
    i64::from(days_since_epoch(day))
}

/// Binary digits of a length of at least one day.
fn span(days: i64) -> i64 {
    i64::from(i64::BITS - days.max(1).leading_zeros()).min(LONGEST)
}

/// Writes down how a case stands from `at` on. Called by whatever saves a case, in its transaction.
pub(crate) fn keep(tx: &mut Tx<'_>, at: Instant, case: &Case) -> Result<()> {
    let now = Past::of(case, day_of(at));
    let Some(last) = rows::last(tx, case.id)? else { return begin(tx, now) };
    if last.says(&now) {
        return Ok(());
    }
    // of several states on one day the last is the day's; a clock that went back changes no day before
    if now.from_day <= last.from_day {
        let Past { id, from_day, version, .. } = last;
        return tx.save(&Past { id, from_day, version, ..now });
    }
    let day = now.from_day;
    tx.save(&last.ended(day))?;
    begin(tx, now)
}

/// [`keep`] for what has just been made: nothing is there to look for.
pub(crate) fn begin(tx: &mut Tx<'_>, row: Past) -> Result<()> {
    let id = tx.new_id();
    tx.insert(&Past { id, ..row })
}

/// The first row of a case that is made now.
pub(crate) fn first(tx: &mut Tx<'_>, at: Instant, case: &Case) -> Result<()> {
    begin(tx, Past::of(case, day_of(at)))
}

/// Writes a case's whole past anew: how it stood after each of these moments, oldest first.
pub(crate) fn rewrite(tx: &mut Tx<'_>, case: Id<Case>, stood: &[(Instant, Case)]) -> Result<()> {
    rows::forget(tx, case)?;
    let mut runs: Vec<Past> = Vec::new();
    for (at, case) in stood {
        let mut now = Past::of(case, day_of(*at));
        match runs.pop() {
            None => {}
            Some(last) if last.says(&now) => now = last,
            Some(last) if now.from_day <= last.from_day => {
                now.from_day = last.from_day;
                // the day ends as the days before it did
                if let Some(before) = runs.last()
                    && before.says(&now)
                {
                    now = Past { until_day: STILL, span: GOES_ON, ..before.clone() };
                    runs.pop();
                }
            }
            Some(last) => runs.push(last.ended(now.from_day)),
        }
        runs.push(now);
    }
    runs.into_iter().try_for_each(|run| begin(tx, run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_began_within_two_to_its_span_days() {
        for days in 1..5000 {
            let span = span(days);
            assert!(days < 1 << span && days >= 1 << (span - 1), "{days} {span}");
        }
        assert_eq!(span(100_000), LONGEST);
    }
}
