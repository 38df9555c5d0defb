//! The part of the city that a wall shows: all of it, or a division with everything below it; and the rows into which its cases
//! are sorted by place.

use cases::queries::{Filter, Scope};
use kernel::id::Id;
use places::PlaceIndex;
use places::model::Division;

/// A part of the city.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Area {
    pub division: Option<Id<Division>>,
    /// The division and all below it; empty: the whole city.
    pub divisions: Vec<i64>,
    /// Its name; empty for the whole city.
    pub name: String,
}

impl Area {
    pub fn city() -> Self {
        Self::default()
    }

    /// A division that is gone stays what it was: nothing, not the whole city.
    pub fn of(index: &PlaceIndex, division: Option<Id<Division>>) -> Self {
        let Some(id) = division else { return Self::city() };
        let below = index.divisions().iter().filter(|n| n.path.contains(&id)).map(|n| n.id.raw());
        let mut divisions: Vec<i64> = below.collect();
        if divisions.is_empty() {
            divisions.push(id.raw());
        }
        let name = index.division(id).map(|n| n.name.to_string()).unwrap_or_default();
        Self { division, divisions, name }
    }

    /// A list's conditions, of this part only.
    pub fn filter(&self) -> Filter {
        Filter { divisions: self.divisions.clone(), ..Filter::default() }
    }

    /// The same for rates.
    pub fn scope(&self) -> Scope {
        Scope { divisions: self.divisions.clone(), ..Scope::default() }
    }

    /// What a list's address says of it, to be written behind other conditions.
    pub fn query(&self) -> String {
        self.division.map_or_else(String::new, |id| format!("&area={id}"))
    }
}

/// The divisions that rows of this area are of. A city that is its own only county is passed over.
pub fn rows(index: &PlaceIndex, area: &Area) -> Vec<Id<Division>> {
    let below = |of: Option<Id<Division>>| -> Vec<Id<Division>> {
        index.divisions().iter().filter(|n| n.parent == of).map(|n| n.id).collect()
    };
    let mut children = below(area.division);
    while let [only] = *children.as_slice() {
        let further = below(Some(only));
        if further.is_empty() {
            break;
        }
        children = further;
    }
    if children.is_empty() { area.division.into_iter().collect() } else { children }
}

/// The row that a case's division belongs to; none where only something above the rows is known of it, or nothing.
pub fn row_of(index: &PlaceIndex, rows: &[Id<Division>], division: Id<Division>) -> Option<Id<Division>> {
    let node = index.division(division)?;
    node.path.iter().rev().find(|id| rows.contains(id)).copied()
}
