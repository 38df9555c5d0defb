//! What is kept in memory for a city: its [`PlaceIndex`] and its working calendar, made new when the database says that
//! they are old. The process that changes something calls [`refresh`] at once; others notice within [`LOOK_AGAIN`].

use crate::calendar;
use crate::index::PlaceIndex;
use crate::store as rows;
use kernel::calendar::WorkingCalendar;
use kernel::problem::Result;
use kernel::time::{Date, Instant, SECOND};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use web::City;

/// How long the memory is believed without looking at the version row.
pub const LOOK_AGAIN: i64 = 2 * SECOND;

struct Kept {
    index: Arc<PlaceIndex>,
    places: i64,
    calendar: i64,
    /// The day whose sections are in the index.
    day: Date,
    /// When the versions were last compared.
    looked: AtomicI64,
}

impl Kept {
    /// Whether it is time to look again; of many askers one is told so.
    fn due(&self, now: Instant) -> bool {
        let looked = self.looked.load(Ordering::Relaxed);
        // a clock that goes back counts as time to look
        (now.0 < looked || now.0 - looked >= LOOK_AGAIN)
            && self.looked.compare_exchange(looked, now.0, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// The city's index: what report intake and pages ask. Without any database work most of the time.
pub async fn index(city: &City) -> Result<Arc<PlaceIndex>> {
    let now = city.db().now();
    if let Some(kept) = city.kept::<Kept>()
        && !kept.due(now)
    {
        return Ok(Arc::clone(&kept.index));
    }
    refresh(city).await
}

/// Compares versions with the database and loads what has changed. Also to be called when a city is opened.
pub async fn refresh(city: &City) -> Result<Arc<PlaceIndex>> {
    let (asked, now) = (city.clone(), city.db().now());
    city.db().read(move |tx| look(&asked, tx, now)).await
}

/// [`refresh`] for threads of their own: tests, commands of the program. Never from async code.
pub fn refresh_now(city: &City) -> Result<Arc<PlaceIndex>> {
    let (asked, now) = (city.clone(), city.db().now());
    city.db().read_now(move |tx| look(&asked, tx, now))
}

/// [`refresh`] inside a transaction that is open already.
pub fn refresh_in(city: &City, tx: &mut store::Tx<'_>) -> Result<Arc<PlaceIndex>> {
    let now = tx.now();
    look(city, tx, now)
}

fn look(city: &City, tx: &mut store::Tx<'_>, now: Instant) -> Result<Arc<PlaceIndex>> {
    let kept = city.kept::<Kept>();
    let (places, calendar) = rows::versions(tx)?;
    if kept.as_ref().is_none_or(|k| k.calendar != calendar) {
        city.set_calendar(WorkingCalendar::new(calendar::load(tx)?));
    }
    let day = now.date();
    let index = match &kept {
        Some(k) if k.places == places && k.day == day => Arc::clone(&k.index),
        _ => Arc::new(PlaceIndex::load(tx, day)?),
    };
    city.keep(Kept { index: Arc::clone(&index), places, calendar, day, looked: AtomicI64::new(now.0) });
    Ok(index)
}

/// Names the state of the city's places that is in memory, for `ETag`s. Empty before the first look.
pub fn version(city: &City) -> String {
    city.kept::<Kept>().map_or_else(String::new, |kept| format!("{}-{}", kept.places, kept.day))
}
