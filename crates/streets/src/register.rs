//! The register as cases ask it: who answers for this place on this day, and where does this sign hang?

use crate::queries;
use crate::store as rows;
use ::store::Tx;
use cases::desk::{Register, Sign, Stretch};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Date;
use places::model::Section;
use std::sync::Arc;

#[derive(Debug)]
struct Adopted;

impl Register for Adopted {
    /// One indexed statement: report intake asks for every report.
    fn answers_for(
        &self,
        tx: &mut Tx<'_>,
        section: Id<Section>,
        along_m: f64,
        day: Date,
    ) -> Result<Option<Id<Unit>>> {
        rows::answering(tx, section, along_m, day)
    }

    fn stretches(&self, tx: &mut Tx<'_>, section: Id<Section>, day: Date) -> Result<Vec<Stretch>> {
        let all = queries::of_section(tx, section)?;
        let mut held: Vec<_> = all.into_iter().filter(|a| a.holds_on(day) && a.shared.is_empty()).collect();
        held.sort_by(|a, b| a.from_m.total_cmp(&b.from_m));
        let ids: Vec<_> = held.iter().map(|a| a.unit_id).collect();
        let units = people::queries::unit_names(tx, &ids)?;
        let stretch = |a: crate::model::Adoption| Stretch {
            unit: units.get(&a.unit_id).cloned().unwrap_or_default(),
            number: a.number,
            from_m: a.from_m,
            to_m: a.to_m,
        };
        Ok(held.into_iter().map(stretch).collect())
    }

    /// The middle of the stretch, also when its section was split or joined after the sign was printed.
    fn sign(&self, tx: &mut Tx<'_>, stretch: &str) -> Result<Option<Sign>> {
        let Some(printed) = rows::by_number(tx, stretch)? else { return Ok(None) };
        let today = tx.now().date();
        let adoption = queries::present(tx, &printed, today)?.into_iter().next().unwrap_or(printed);
        let section = places::queries::section(tx, adoption.section_id)?;
        let middle = f64::midpoint(adoption.from_m, adoption.to_m);
        Ok(Some(Sign { name: section.name(), place: section.line.point_at(middle) }))
    }
}

/// What the server hands to each city's desk.
pub fn register() -> Arc<dyn Register> {
    Arc::new(Adopted)
}
