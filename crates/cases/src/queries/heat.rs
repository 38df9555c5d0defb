//! Where cases are, for the heat map: only their places.

use super::filter::{STANDING, end_of, visible};
use crate::model::{Item, Source};
use ::store::{Query, Tx};
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant};

/// Which cases: by the day they were reported.
#[derive(Clone, Debug)]
pub struct HeatFilter {
    pub from: Date,
    pub until: Date,
    pub item: Option<Id<Item>>,
    pub source: Option<Source>,
}

/// Cases that one map is made of.
const MOST: i64 = 200_000;

/// The places of what was reported in the period and not refused, merged or voided; of what the person may see. Reads as many
/// rows as it gives: each is counted.
pub fn places_of(ctx: &Ctx, tx: &mut Tx<'_>, filter: &HeatFilter) -> Result<Vec<Point>> {
    let mut q = Query::<(f64, f64)>::new("select lng, lat from case_file");
    q.filter(
        "reported_at >= ? and reported_at < ?",
        &[&Instant::start_of(filter.from), &end_of(filter.until)],
    )
    .filter("lng is not null and lat is not null", &[])
    .filter(STANDING, &[]);
    if let Some(item) = filter.item {
        q.filter("item_id = ?", &[&item]);
    }
    if let Some(source) = filter.source {
        q.filter("source = ?", &[&source]);
    }
    visible(ctx, &mut q);
    q.tail("order by reported_at desc, id desc limit ?", &[&MOST]);
    Ok(tx.query(&q)?.into_iter().map(|(lng, lat)| Point { lng, lat }).collect())
}
