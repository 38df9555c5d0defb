//! What this crate asks of `people`: which unit may be given work, what units are called, who is to be told.

use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use people::queries as asked;
use std::collections::HashMap;
use store::Tx;

/// A unit that work can be given to.
#[derive(Clone, Debug)]
pub(crate) struct ActiveUnit {
    pub name: String,
}

pub(crate) fn active(tx: &mut Tx<'_>, id: Id<Unit>) -> Result<Option<ActiveUnit>> {
    Ok(asked::unit(tx, id)?.filter(people::UnitRow::is_active).map(|unit| ActiveUnit { name: unit.name }))
}

pub(crate) fn people_with_role(tx: &mut Tx<'_>, unit: Id<Unit>, roles: &[Role]) -> Result<Vec<Id<Person>>> {
    Ok(asked::people_of_unit_with_role(tx, unit, roles)?.into_iter().map(|a| a.id).collect())
}

/// Names of units, for pages that show many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(HashMap<Id<Unit>, String>);

impl Names {
    pub(crate) fn of(tx: &mut Tx<'_>, ids: impl IntoIterator<Item = Option<Id<Unit>>>) -> Result<Self> {
        let ids: Vec<Id<Unit>> = ids.into_iter().flatten().collect();
        asked::unit_names(tx, &ids).map(Self)
    }

    /// The name; empty for none.
    pub(crate) fn get(&self, id: Option<Id<Unit>>) -> &str {
        id.and_then(|id| self.0.get(&id)).map_or("", String::as_str)
    }
}

/// Every active unit for a select: id and name, set in by its depth.
pub(crate) fn options(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    Ok(asked::all_units_options(tx)?.iter().map(|u| (u.id.to_string(), u.choice().1)).collect())
}

/// The unit that somebody names by its code (`U-0012`) or its id.
pub(crate) fn named(tx: &mut Tx<'_>, text: &str) -> Result<Option<Id<Unit>>> {
    if let Ok(id) = text.parse::<i64>() {
        return Ok(Some(Id::new(id)));
    }
    Ok(asked::unit_by_code(tx, text)?.map(|unit| unit.id))
}
