//! What the self-check on 国办函〔2026〕12号 can count in cases: how often communities are asked for photos, and for the same again.

use crate::queries::{asked_of, how_reported, ratings};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{DAY, Date, Instant};
use store::Tx;
use web::evidence::Evidence;
use web::switch::Switch;

/// Units compared in an order, with places. Off unless somebody turns it on, with the legal reason and until a date.
pub static UNIT_RANKING: Switch = Switch::new("unit-ranking", "switch-unit-ranking", "points");

pub(crate) static SWITCHES: &[&Switch] = &[&UNIT_RANKING];

/// Kinds of unit that count as 基层: below streets and towns.
const BELOW: [&str; 2] = ["community", "village"];
/// Whole weeks that are told one by one.
const WEEKS: i64 = 4;
const WEEK: i64 = 7 * DAY;

/// Monday of the week that a day lies in.
fn monday(day: Date) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    Instant::start_of(day).plus(-since * DAY).date()
}

pub(crate) fn count(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Evidence>> {
    let units = people::queries::units_of_kinds(tx, &BELOW)?;
    let mut all = Vec::new();
    let now = monday(ctx.now.date());
    let back = |weeks: i64| Instant::start_of(now).plus(-weeks * WEEK).date();
    let mut twice = 0;
    for week in 1..=WEEKS {
        let (from, until) = (back(week), back(week - 1).yesterday().unwrap_or(now));
        let (asked, again, more) = asked_of(tx, &units, (from, until))?;
        twice += more;
        all.push(
            Evidence::new("photos", "photos-week")
                .with("from", from)
                .with("until", until)
                .with("asked", asked)
                .with("again", again)
                .with("units", units.len()),
        );
    }
    let from = back(WEEKS);
    let (reports, found, citizens, without) = how_reported(tx, from)?;
    all.push(
        Evidence::new("forms", "asked-twice")
            .with("from", from)
            .with("count", twice)
            .at("/cases?only=rework")
            .attention(twice > 0),
    );
    all.push(
        Evidence::new("forms", "found-by-program")
            .with("from", from)
            .with("found", found)
            .with("all", reports),
    );
    all.push(
        Evidence::new("forced", "without-account")
            .with("from", from)
            .with("without", without)
            .with("all", citizens)
            .at(format!("/cases?source=citizen&from={from}")),
    );
    all.push(
        Evidence::new("votes", "ratings")
            .with("from", from)
            .with("count", ratings(tx, from)?)
            .at("/cases?only=rated"),
    );
    Ok(all)
}
