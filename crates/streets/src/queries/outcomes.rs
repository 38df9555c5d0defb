//! What units bring about on their streets: outcomes, never points. Worked out from the cases, each number of which opens
//! to its cases.

use crate::store as rows;
use ::store::Tx;
use cases::queries::{Filter, Group, Rates, by_group};
use cases::workflow::State;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Date;
use std::collections::BTreeMap;

/// One unit's.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub code: String,
    pub name: String,
    pub unit: Option<Id<Unit>>,
    pub stretches: usize,
    pub adopted_m: f64,
    pub rates: Rates,
    pub open: i64,
    pub overdue: i64,
}

/// Everybody's, in order of name.
#[derive(Clone, Debug)]
pub struct Outcomes {
    pub from: Date,
    pub until: Date,
    pub units: Vec<Outcome>,
}

impl Outcomes {
    pub fn of(&self, unit: Id<Unit>) -> Option<&Outcome> {
        self.units.iter().find(|o| o.unit == Some(unit))
    }
}

/// Units that answer for a street on the last day, with the rates of the period. They are facts about units, the same for
/// every reader. Reads the period's cases: [`crate::kept::outcomes`] keeps what comes of it for a while.
pub fn outcomes(ctx: &Ctx, tx: &mut Tx<'_>, from: Date, until: Date) -> Result<Outcomes> {
    let eyes = Ctx::system(ctx.city.clone(), "streets", ctx.now);
    let mut held: BTreeMap<Id<Unit>, (usize, f64)> = BTreeMap::new();
    for adoption in rows::holding_on(tx, until)? {
        let sum = held.entry(adoption.unit_id).or_default();
        sum.0 += 1;
        sum.1 += adoption.length_m();
    }
    let rates = by_group(&eyes, tx, Group::Unit, from, until)?;
    let mut units = Vec::with_capacity(held.len());
    for (id, (stretches, adopted_m)) in held {
        let Some(unit) = people::queries::unit(tx, id)? else { continue };
        let open = Filter { unit: Some(id), states: State::open(), ..Filter::default() };
        let overdue = Filter { only: vec!["overdue".to_owned()], unit: Some(id), ..Filter::default() };
        units.push(Outcome {
            code: unit.code,
            name: unit.name,
            unit: Some(id),
            stretches,
            adopted_m,
            rates: rates.iter().find(|r| r.key == id.raw()).cloned().unwrap_or_default(),
            open: cases::queries::count(&eyes, tx, &open)?,
            overdue: cases::queries::count(&eyes, tx, &overdue)?,
        });
    }
    units.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Outcomes { from, until, units })
}
