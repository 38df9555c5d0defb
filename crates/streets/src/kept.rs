//! What is kept in memory for a city: the check of the register, made new when streets or places have changed, and the
//! units' outcomes, made new every ten minutes.

mod slots;

use crate::queries::{self, Outcomes, Report};
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{DAY, Date, Instant, MINUTE};
use slots::Slots;
use std::sync::Arc;
use web::City;

struct Reports(Slots<Report>);
struct Tables(Slots<Outcomes>);

fn reports(city: &City) -> Arc<Reports> {
    city.kept::<Reports>().unwrap_or_else(|| city.keep(Reports(Slots::new())))
}

fn tables(city: &City) -> Arc<Tables> {
    city.kept::<Tables>().unwrap_or_else(|| city.keep(Tables(Slots::new())))
}

/// Names the state of streets and places on a day, for memories and `ETag`s.
pub async fn version(city: &City, day: Date) -> Result<String> {
    places::kept::index(city).await?;
    let version = city.db().read(rows::version).await?;
    Ok(format!("{version}-{}-{day}", places::kept::version(city)))
}

/// The check of the register on a day.
pub async fn coverage(city: &City, day: Date) -> Result<Arc<Report>> {
    let key = version(city, day).await?;
    let kept = reports(city);
    if let Some(report) = kept.0.get(&key) {
        return Ok(report);
    }
    let report = city.db().read(move |tx| queries::coverage_on(tx, day)).await?;
    Ok(kept.0.put(key, report))
}

/// How long a table of outcomes is believed.
const FRESH: i64 = 10 * MINUTE;

/// The units' outcomes over the 90 days up to `until`.
pub async fn outcomes(city: &City, ctx: &Ctx, until: Date) -> Result<Arc<Outcomes>> {
    let key = format!("{}-{until}", ctx.now.0.div_euclid(FRESH));
    let kept = tables(city);
    if let Some(table) = kept.0.get(&key) {
        return Ok(table);
    }
    let (asked, from) = (ctx.clone(), Instant::start_of(until).plus(-89 * DAY).date());
    let table = city.db().read(move |tx| queries::outcomes(&asked, tx, from, until)).await?;
    Ok(kept.0.put(key, table))
}
