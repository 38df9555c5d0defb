use crate::policy::{Act, POLICY};
use crate::{calendar, store as rows};
use kernel::calendar::{Arrangement, ArrangementError, DayKind, WorkingCalendar};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::parse_date;
use store::{Event, Tx};

/// Reads arrangements from either shape in which people keep them: CSV of any number of years, JSON of one.
pub fn read_arrangements(text: &str) -> Result<Vec<Arrangement>> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Problem::field("arrangement", "required"));
    }
    let read = if text.starts_with('{') {
        Arrangement::from_holiday_cn_json(text).map(|one| vec![one])
    } else {
        Arrangement::from_csv(text)
    };
    read.map_err(|fault: ArrangementError| {
        let row = fault.row.map_or_else(String::new, |row| row.to_string());
        Problem::invalid(vec![
            FieldError::new("arrangement", "arrangement-wrong").arg("row", row).arg("what", fault),
        ])
    })
}

/// What an import would do to a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    New,
    Different,
    Same,
}

/// What an import would leave.
#[derive(Clone, Debug)]
pub struct Preview {
    pub year: i16,
    pub change: Change,
    pub days_off: usize,
    pub days_worked: usize,
    /// Working days of the whole year, closures left out.
    pub working_days: i64,
    /// How many days are named now that were not, or otherwise, before; and the other way round.
    pub differing: usize,
}

impl Preview {
    /// Key of the words for what would happen; their `{ $count }` is [`Self::differing`].
    pub fn change_key(&self) -> &'static str {
        match self.change {
            Change::New => "calendar-change-new",
            Change::Different => "calendar-change-different",
            Change::Same => "calendar-change-same",
        }
    }
}

/// What [`publish`] would do, year by year.
pub fn preview(tx: &mut Tx<'_>, arrangements: &[Arrangement]) -> Result<Vec<Preview>> {
    let known = rows::arrangements(tx)?;
    let mut data = calendar::load(tx)?;
    for arrangement in arrangements {
        data.publish(arrangement.clone());
    }
    let after = WorkingCalendar::new(data);
    Ok(arrangements
        .iter()
        .map(|a| {
            let before = known.iter().find(|k| k.year == a.year);
            let count = |kind| a.days.iter().filter(|(_, k, _)| *k == kind).count();
            let differing = before.map_or(a.days.len(), |b| {
                a.days.iter().filter(|d| !b.days.contains(d)).count()
                    + b.days.iter().filter(|d| a.day(d.0).is_none()).count()
            });
            let change = match (before, differing) {
                (None, _) => Change::New,
                (Some(_), 0) => Change::Same,
                _ => Change::Different,
            };
            Preview {
                year: a.year,
                change,
                days_off: count(DayKind::Off),
                days_worked: count(DayKind::Work),
                working_days: working_days(&after, a.year),
                differing,
            }
        })
        .collect())
}

/// Working days of a year.
pub fn working_days(calendar: &WorkingCalendar, year: i16) -> i64 {
    let day = |y: i16| parse_date(&format!("{y:04}-12-31"));
    day(year - 1).zip(day(year)).map_or(0, |(from, to)| calendar.working_days_between(from, to))
}

/// Puts arrangements into force. `source`: where they come from, e.g. the number of the notice. Answers with the years
/// that changed; those that were known like this already are passed over.
pub fn publish(ctx: &Ctx, tx: &mut Tx<'_>, arrangements: &[Arrangement], source: &str) -> Result<Vec<i16>> {
    POLICY.require(ctx, Act::Calendar, &Standing::city(), true)?;
    if source.chars().count() > 120 {
        return Err(Problem::invalid(vec![
            FieldError::new("arrangement_source", "too-long").arg("max", 120),
        ]));
    }
    let known = rows::arrangements(tx)?;
    let mut years = Vec::new();
    for arrangement in arrangements.iter().filter(|a| !known.contains(a)) {
        rows::save_arrangement(tx, arrangement, source, ctx.now)?;
        years.push(arrangement.year);
        let event = Event::city("calendar.published").with("year", arrangement.year.to_string());
        tx.record(ctx, event.with("source", source))?;
    }
    if !years.is_empty() {
        calendar::changed(tx)?;
    }
    Ok(years)
}
