//! Which unit a row stands below: one of the file, or one that is here already.
//!
//! The file speaks of its own units by its own codes, which may be others here; so the file itself is asked first.

use super::rows::Wanted;
use crate::model::UnitId;
use crate::queries::{Unfound, UnitBook};
use std::collections::HashMap;
use web::import::Causes;

/// What is known of the unit above.
pub(super) enum Above {
    /// It stands in the file and is not there yet.
    Wait,
    /// There it is; nothing: the row names none.
    Found(Option<UnitId>),
    Unfound(Causes),
}

/// How far a row of the file is.
#[derive(Clone, Copy, Debug)]
enum Row {
    Waiting,
    Saved(UnitId),
    Refused,
}

/// The file's rows by what others call them.
#[derive(Debug, Default)]
pub(super) struct Tree {
    rows: HashMap<u64, Row>,
    codes: HashMap<String, (u64, String)>,
    names: HashMap<String, Vec<u64>>,
}

impl Tree {
    pub(super) fn of(wanted: &[Wanted]) -> Self {
        let mut tree = Self::default();
        for one in wanted {
            tree.rows.insert(one.row, Row::Waiting);
            if !one.code.is_empty() {
                tree.codes.insert(one.code.clone(), (one.row, one.facts.name.clone()));
            }
            tree.names.entry(one.facts.name.clone()).or_default().push(one.row);
        }
        tree
    }

    /// How many rows have this name.
    pub(super) fn bearers(&self, name: &str) -> usize {
        self.names.get(name).map_or(0, Vec::len)
    }

    pub(super) fn saved(&mut self, row: u64, unit: UnitId) {
        self.rows.insert(row, Row::Saved(unit));
    }

    pub(super) fn refused(&mut self, row: u64) {
        self.rows.insert(row, Row::Refused);
    }

    /// The row that these two texts name.
    fn row(&self, code: &str, name: &str) -> Option<u64> {
        let by_code = self.codes.get(code).filter(|(_, called)| name.is_empty() || called == name);
        by_code.map(|(row, _)| *row).or_else(|| {
            // a name may also stand where a code should
            let text = if name.is_empty() { code } else { name };
            self.names.get(text).filter(|rows| rows.len() == 1).and_then(|rows| rows.first().copied())
        })
    }

    pub(super) fn above(&self, (code, name): (&str, &str), here: &UnitBook) -> Above {
        if code.is_empty() && name.is_empty() {
            return Above::Found(None);
        }
        match self.row(code, name).and_then(|row| self.rows.get(&row)) {
            Some(Row::Saved(unit)) => Above::Found(Some(*unit)),
            Some(Row::Waiting) => Above::Wait,
            Some(Row::Refused) => Above::Unfound(Causes::one("unit_parent", "unit_parent_refused")),
            None => match here.find(code, name) {
                Ok(found) => Above::Found(Some(found.unit)),
                Err(Unfound::Several) => Above::Unfound(Causes::one("unit_parent", "unit_several")),
                Err(_) => Above::Unfound(Causes::one("unit_parent", "unit_unknown")),
            },
        }
    }
}
