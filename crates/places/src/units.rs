//! Names of units. This crate knows units by id only; whoever knows their names (`people`) hands a directory to each city
//! when it is opened: `city.keep(places::UnitDirectory(people::queries::unit_names))`.

use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::HashMap;
use store::Tx;
use web::City;

/// Ids and names, in the order in which people look for them.
pub type UnitNames = Vec<(Id<Unit>, String)>;

/// Reads all units a place may be given to.
#[derive(Clone, Copy)]
pub struct UnitDirectory(pub fn(&mut Tx<'_>) -> Result<UnitNames>);

/// The units a page may name. Empty while the city has no directory.
#[derive(Clone, Debug, Default)]
pub struct Units {
    list: UnitNames,
    names: HashMap<Id<Unit>, String>,
}

impl Units {
    pub fn load(city: &City, tx: &mut Tx<'_>) -> Result<Self> {
        let list = match city.kept::<UnitDirectory>() {
            Some(directory) => (directory.0)(tx)?,
            None => Vec::new(),
        };
        Ok(Self { names: list.iter().cloned().collect(), list })
    }

    /// The unit's name; empty for none, or for one that is not in the directory.
    pub fn name(&self, unit: Option<Id<Unit>>) -> &str {
        unit.and_then(|id| self.names.get(&id)).map_or("", String::as_str)
    }

    pub fn knows(&self, unit: Id<Unit>) -> bool {
        self.names.contains_key(&unit)
    }

    /// Value and text for a select.
    pub fn options(&self) -> Vec<(String, String)> {
        self.list.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()
    }

    /// Ids by name, for imports.
    pub fn by_name(&self) -> HashMap<String, Id<Unit>> {
        self.list.iter().map(|(id, name)| (name.clone(), *id)).collect()
    }
}
