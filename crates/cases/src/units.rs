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

const OF_UNIT: &[Role] = &[Role::UnitClerk, Role::UnitHead];

/// How somebody stands to a unit today.
pub(crate) enum Stand {
    /// They work for it.
    Here { name: String },
    /// They are away and have lent their roles to this person, who works for it meanwhile.
    Away { stand_in: Id<Person> },
    /// They do not work for it, or not any more.
    Gone,
}

pub(crate) fn stand(tx: &mut Tx<'_>, unit: Id<Unit>, person: Id<Person>) -> Result<Stand> {
    let people = asked::people_of_unit_with_role(tx, unit, OF_UNIT)?;
    let Some(found) = people.iter().find(|p| p.id == person) else { return Ok(Stand::Gone) };
    Ok(match lent_to(tx, person)?.filter(|to| people.iter().any(|p| p.id == *to)) {
        Some(stand_in) => Stand::Away { stand_in },
        None => Stand::Here { name: found.name.clone() },
    })
}

/// To whom somebody has lent their roles today.
fn lent_to(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<Id<Person>>> {
    let today = tx.now().date();
    let lent = asked::delegations_of(tx, person, today)?;
    Ok(lent.into_iter().find(|d| d.lender_id == person && d.from_date <= today).map(|d| d.borrower_id))
}

/// Those of a unit's people that a case can be given to today, for a select.
pub(crate) fn people_options(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<Vec<(String, String)>> {
    let mut options = Vec::new();
    for person in asked::people_of_unit_with_role(tx, unit, OF_UNIT)? {
        if lent_to(tx, person.id)?.is_none() {
            options.push((person.id.to_string(), person.name));
        }
    }
    Ok(options)
}

/// The person that somebody names by their login or id.
pub(crate) fn person_named(tx: &mut Tx<'_>, text: &str) -> Result<Option<Id<Person>>> {
    if let Ok(id) = text.parse::<i64>() {
        return Ok(Some(Id::new(id)));
    }
    Ok(asked::person_by_login(tx, text)?.map(|account| account.id))
}

/// Names of people, for pages that show many.
#[derive(Clone, Debug, Default)]
pub(crate) struct PeopleNames(HashMap<Id<Person>, String>);

impl PeopleNames {
    pub(crate) fn of(tx: &mut Tx<'_>, ids: impl IntoIterator<Item = Option<Id<Person>>>) -> Result<Self> {
        let ids: Vec<Id<Person>> = ids.into_iter().flatten().collect();
        asked::person_names(tx, &ids).map(Self)
    }

    /// The name; empty for none.
    pub(crate) fn get(&self, id: Option<Id<Person>>) -> &str {
        id.and_then(|id| self.0.get(&id)).map_or("", String::as_str)
    }
}
