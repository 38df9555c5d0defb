//! Names of units. This crate knows units by id only; whoever knows their names (`people`) hands a directory to each city
//! when it is opened: `city.keep(places::UnitDirectory(…))`.

use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::HashMap;
use store::Tx;
use web::City;

/// A unit as the directory has it.
#[derive(Clone, Debug)]
pub struct UnitEntry {
    pub id: Id<Unit>,
    /// `U-0012`.
    pub code: String,
    pub name: String,
    /// How far below the root it stands.
    pub depth: usize,
    /// Whether a place may be given to it. Those that are closed keep their name where they are named already.
    pub active: bool,
}

/// Reads all units, in the order of the tree.
#[derive(Clone, Copy)]
pub struct UnitDirectory(pub fn(&mut Tx<'_>) -> Result<Vec<UnitEntry>>);

/// The units a page may name. Empty while the city has no directory.
#[derive(Clone, Debug, Default)]
pub struct Units {
    list: Vec<UnitEntry>,
    places: HashMap<Id<Unit>, usize>,
    /// How many active units have this name.
    bearers: HashMap<String, usize>,
}

impl Units {
    pub fn load(city: &City, tx: &mut Tx<'_>) -> Result<Self> {
        city.kept::<UnitDirectory>()
            .map_or_else(|| Ok(Self::default()), |directory| Ok(Self::new((directory.0)(tx)?)))
    }

    pub fn new(list: Vec<UnitEntry>) -> Self {
        let places = list.iter().enumerate().map(|(at, unit)| (unit.id, at)).collect();
        let mut bearers: HashMap<String, usize> = HashMap::new();
        for unit in list.iter().filter(|u| u.active) {
            *bearers.entry(unit.name.clone()).or_default() += 1;
        }
        Self { list, places, bearers }
    }

    fn entry(&self, unit: Option<Id<Unit>>) -> Option<&UnitEntry> {
        unit.and_then(|id| self.list.get(*self.places.get(&id)?))
    }

    /// The unit's name; empty for none, or for one that is not in the directory.
    pub fn name(&self, unit: Option<Id<Unit>>) -> &str {
        self.entry(unit).map_or("", |unit| unit.name.as_str())
    }

    /// The text by which a file names the unit and an import finds it again: its name, with the code behind it where other
    /// units have the same name.
    pub fn label(&self, unit: Option<Id<Unit>>) -> String {
        match self.entry(unit) {
            None => String::new(),
            Some(unit) if self.bearers.get(&unit.name).copied().unwrap_or(0) > 1 => with_code(unit),
            Some(unit) => unit.name.clone(),
        }
    }

    pub fn knows(&self, unit: Id<Unit>) -> bool {
        self.entry(Some(unit)).is_some_and(|unit| unit.active)
    }

    /// Value and text for a select, the text set in by the unit's depth.
    pub fn options(&self) -> Vec<(String, String)> {
        let text = |unit: &UnitEntry| format!("{}{}", "\u{3000}".repeat(unit.depth), unit.name);
        self.list.iter().filter(|u| u.active).map(|unit| (unit.id.to_string(), text(unit))).collect()
    }

    /// Ids by the texts that name exactly one unit, for imports: code, name, name with code.
    pub fn by_name(&self) -> HashMap<String, Id<Unit>> {
        let mut found = HashMap::new();
        for unit in self.list.iter().filter(|u| u.active) {
            found.insert(unit.code.clone(), unit.id);
            found.insert(with_code(unit), unit.id);
            if self.bearers.get(&unit.name) == Some(&1) {
                found.insert(unit.name.clone(), unit.id);
            }
        }
        found
    }
}

fn with_code(unit: &UnitEntry) -> String {
    format!("{}（{}）", unit.name, unit.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(id: i64, name: &str, depth: usize, active: bool) -> UnitEntry {
        UnitEntry { id: Id::new(id), code: format!("U-{id:04}"), name: name.to_owned(), depth, active }
    }

    #[test]
    fn what_a_file_calls_a_unit_finds_it_again() {
        let units = Units::new(vec![
            unit(1, "嘉峪关市", 0, true),
            unit(2, "市教育局", 1, true),
            unit(3, "办公室", 2, true),
            unit(4, "办公室", 1, true),
            unit(5, "旧局", 1, false),
        ]);
        let known = units.by_name();
        for id in 1..=4 {
            assert_eq!(known.get(&units.label(Some(Id::new(id)))), Some(&Id::new(id)), "{id}");
        }
        // a name that two have names neither, and a closed unit is given nothing
        assert!(!known.contains_key("办公室") && !known.contains_key("旧局"));
        assert_eq!(
            (units.name(Some(Id::new(3))), units.label(Some(Id::new(3)))),
            ("办公室", "办公室（U-0003）".to_owned())
        );
        assert_eq!(units.name(Some(Id::new(5))), "旧局");
        assert!(!units.knows(Id::new(5)));
        // only a select is set in
        assert_eq!(units.options()[2].1, "\u{3000}\u{3000}办公室");
        assert_eq!(units.label(Some(Id::new(2))), "市教育局");
    }
}
