//! Cases found through the name of the street they lie on or of the unit that handles them: `xhbl` finds those on 新华北路.

use super::Filter;
use ::store::{Tx, naming};
use kernel::problem::Result;
use names::{Kind, Why};

/// The sections and units that words name.
#[derive(Clone, Debug, Default)]
pub struct ByName {
    pub sections: Vec<i64>,
    pub units: Vec<i64>,
}

impl ByName {
    /// No words name nothing.
    pub(super) fn of(tx: &mut Tx<'_>, words: &str) -> Result<Self> {
        // a part of a name stands in the cases' own words, or is too little to mean a whole street
        let wanted = |why: Why| why != Why::Part;
        Ok(Self {
            sections: naming::called(tx, &[Kind::Street], words, wanted)?,
            units: naming::called(tx, &[Kind::Unit], words, wanted)?,
        })
    }

    /// What is added to the condition on words.
    pub(super) fn or(&self) -> String {
        let part = |(column, ids): (&str, &Vec<i64>)| {
            let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
            if ids.is_empty() { String::new() } else { format!(" or {column} in ({})", ids.join(", ")) }
        };
        [("section_id", &self.sections), ("lead_unit", &self.units)].map(part).concat()
    }
}

impl Filter {
    /// The same, with what its words name.
    pub(super) fn meaning(&self, tx: &mut Tx<'_>) -> Result<Self> {
        let named = if self.words.is_empty() { ByName::default() } else { ByName::of(tx, &self.words)? };
        Ok(Self { named, ..self.clone() })
    }
}
