//! Where the demonstration's shadow score comes from: the inspections that have ended, grades of papers, and what people said.

use super::evidence::{as_of, member};
use ::shadow::commands::{NewPlan, plan};
use ::shadow::model::{Origin, Source};
use ::shadow::sources::likely;
use assessment::scheme::seam::{published, tree};
use inspections::workflow::State;
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;
use scoring::Exact;
use web::City;

/// Says it, in a city that has a published scheme.
pub fn say(city: &City, now: Instant) -> Result<bool> {
    let read = city.db().read_now(|tx| {
        let Some(scheme) = published(tx)?.pop() else { return Ok(None) };
        let Some(tree) = tree(tx, &scheme.number)? else { return Ok(None) };
        let mut ended = Vec::new();
        for (number, _) in inspections::queries::names(tx)? {
            let inspection = inspections::queries::by_number(tx, &number)?;
            if inspection.is_some_and(|inspection| inspection.state == State::Ended) {
                ended.push(number);
            }
        }
        let periods: Vec<String> = evidence::queries::periods(tx)?.into_iter().map(|p| p.number).collect();
        let surveys: Vec<String> =
            surveys::queries::names(tx)?.into_iter().map(|(number, _)| number).collect();
        Ok(Some((member(tx, "office-1")?, tree, [ended, periods, surveys])))
    })?;
    let Some((office, tree, [ended, periods, surveys])) = read else { return Ok(false) };
    let source = |way: String| {
        let (origin, from) = match likely(&tree, &way) {
            Origin::Inspections => (Origin::Inspections, ended.clone()),
            Origin::Papers => (Origin::Papers, periods.clone()),
            Origin::Survey => (Origin::Survey, surveys.clone()),
            _ => (Origin::None, Vec::new()),
        };
        let origin = if from.is_empty() { Origin::None } else { origin };
        Source { way, origin: origin.code().to_owned(), from }
    };
    let new = NewPlan {
        target: Exact::parse("0.95"),
        sources: tree.ways().into_iter().map(source).collect(),
        efforts: Vec::new(),
    };
    let ctx = as_of(city, &office, now);
    let number = tree.scheme.number.clone();
    city.db().write_now(&ctx.clone(), move |tx| plan(&ctx, tx, &number, new, Some(0)).map(drop))?;
    Ok(true)
}
