//! The quick door for the demonstration city and for founding one from a register: many adoptions in one transaction.

use crate::commands::insert;
use crate::model::{Adoption, Contact, Draft, EndReason, FIVE_GOODS, Section};
use crate::store as rows;
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use people::UnitRow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// An adoption as a register on paper has it. Overlaps and gaps are taken as they are: the check finds them.
#[derive(Clone, Debug)]
pub struct Row {
    pub section: Id<Section>,
    pub from_m: f64,
    pub to_m: f64,
    pub unit: Id<Unit>,
    pub leader: String,
    pub phone: String,
    pub from: Date,
    /// The last day.
    pub until: Option<Date>,
}

/// Adopts them all; metres beyond the section's ends are cut off. Nobody is told.
pub fn adopt_all(ctx: &Ctx, tx: &mut Tx<'_>, rows: &[Row]) -> Result<Vec<Adoption>> {
    let mut sections: HashMap<Id<Section>, Section> = HashMap::new();
    let mut units: HashMap<Id<Unit>, UnitRow> = HashMap::new();
    let mut made = Vec::with_capacity(rows.len());
    rows::touch(tx)?;
    for row in rows {
        let section = match sections.entry(row.section) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(places::queries::section(tx, row.section)?),
        };
        let unit = match units.entry(row.unit) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                new.insert(people::queries::unit(tx, row.unit)?.ok_or_else(Problem::not_found)?)
            }
        };
        let contact = Contact { leader: row.leader.clone(), phone: row.phone.clone(), public_phone: false };
        let draft = Draft {
            section: row.section,
            from_m: row.from_m.clamp(0.0, section.length_m),
            to_m: Some(row.to_m.clamp(0.0, section.length_m)),
            unit: row.unit,
            contact,
            standard: FIVE_GOODS,
            from: row.from,
            until: row.until,
            shared: String::new(),
        };
        let extent = draft.check(section)?;
        let mut adoption = insert(ctx, tx, &draft, extent, section, unit, "adoption.made")?;
        if row.until.is_some_and(|until| until < ctx.now.date()) {
            adoption.end_reason = Some(EndReason::Ended);
            tx.save(&adoption)?;
            adoption.version += 1;
        }
        made.push(adoption);
    }
    tx.record(
        ctx,
        Event::city("streets.imported").with("accepted-count", made.len()).with("refused-count", 0),
    )?;
    Ok(made)
}
