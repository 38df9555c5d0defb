//! Figures of displays, shared by all walls that show the same part of the city: a dozen walls cost what one does.

use super::{Figures, Known, read};
use crate::area::Area;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{Instant, SECOND};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use web::City;

/// How long figures serve everybody who asks: less than a wall waits before it asks again.
const KEPT: i64 = 10 * SECOND;
/// Most parts of the city that are kept.
const MOST: usize = 64;

type Slots = HashMap<Option<i64>, (Instant, Arc<Figures>)>;

#[derive(Default)]
struct Kept(Mutex<Slots>);

/// What the displays of this area show now. `ctx` is the program's own: a display has no rights of anybody.
pub async fn of_display(city: &City, ctx: &Ctx, known: &Known, area: &Area) -> Result<Arc<Figures>> {
    let kept = city.kept::<Kept>().unwrap_or_else(|| city.keep(Kept::default()));
    let key = area.division.map(kernel::id::Id::raw);
    let fresh = |at: Instant| (0..KEPT).contains(&(ctx.now.0 - at.0));
    if let Some((_, figures)) = kept.0.lock().get(&key).filter(|(at, _)| fresh(*at)) {
        return Ok(Arc::clone(figures));
    }
    let (asking, known, of) = (ctx.clone(), known.clone(), area.clone());
    let figures = Arc::new(city.db().read(move |tx| read(&asking, tx, &known, &of)).await?);
    let mut slots = kept.0.lock();
    if slots.len() >= MOST {
        slots.clear();
    }
    slots.insert(key, (ctx.now, Arc::clone(&figures)));
    drop(slots);
    Ok(figures)
}
