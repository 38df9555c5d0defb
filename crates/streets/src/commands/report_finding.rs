//! What a patrol found becomes a case like any other report.

use super::log_patrol::upsert;
use super::{event, load_for};
use crate::model::TOLERANCE_M;
use crate::policy::Act;
use ::store::Tx;
use ::store::files::Quarantined;
use cases::commands::{NewCase, submit};
use cases::desk::Desk;
use cases::model::{Case, Item, Source};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use places::PlaceIndex;
use std::sync::Arc;

/// A finding, with where along the section it is.
#[derive(Clone, Debug)]
pub struct Finding {
    pub description: String,
    pub item: Option<Id<Item>>,
    pub along_m: f64,
    pub photos: Vec<(Quarantined, String)>,
}

/// Reports the finding as a case of source 巡查 and counts it to the person's patrol of today. `words`: the search tokens
/// of the description.
pub fn report_finding(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    index: &Arc<PlaceIndex>,
    (number, words): (&str, &str),
    finding: Finding,
) -> Result<Case> {
    let (adoption, section) = load_for(ctx, tx, index, Act::Patrol, number)?;
    let today = ctx.now.date();
    if !adoption.holds_on(today) {
        return Err(Problem::conflict("adoption-not-in-force").arg("number", number));
    }
    if !adoption.covers(finding.along_m) {
        let metres = super::metres(adoption.from_m, adoption.to_m);
        return Err(Problem::invalid(vec![
            FieldError::new("patrol_along", "adoption-cut-at").arg("metres", metres),
        ]));
    }
    // a step inside, so that at a crossing the report stays on its own street
    let (low, high) = (adoption.from_m + TOLERANCE_M, adoption.to_m - TOLERANCE_M);
    let along_m = if low < high { finding.along_m.clamp(low, high) } else { finding.along_m };
    let new = NewCase {
        item: finding.item,
        place: Some(section.line.point_at(along_m)),
        address: section.name(),
        photos: finding.photos,
        ..NewCase::new(Source::Patrol, &finding.description)
    };
    let case = submit(ctx, tx, desk, index, words, new)?;
    upsert(ctx, tx, &adoption, today, 1, None)?;
    tx.record(ctx, event("adoption.found", &adoption).with("case", case.number.as_str()))?;
    Ok(case)
}
