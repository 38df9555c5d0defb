//! Units as files name them: by code, by name, or by both.
//!
//! Codes are given by each city in its own order, so that the same code is another unit elsewhere; names are what people
//! read and correct. Where a file has both, the name says which unit is meant, and the code only tells units of one name
//! apart.

use crate::model::{Path, UnitId, UnitState};
use kernel::problem::Result;
use std::collections::HashMap;
use store::{Tx, record, sql};

record! {
    /// A unit of any state in the directory.
    #[derive(Clone, Debug)]
    pub struct DirectoryLine {
        pub id: UnitId,
        pub code: String,
        pub name: String,
        pub path: Path,
        pub state: UnitState,
    }
}

impl DirectoryLine {
    pub fn is_active(&self) -> bool {
        self.state == UnitState::Active
    }
}

/// Every unit in the order of the tree, closed ones too: a city has hundreds.
pub fn directory(tx: &mut Tx<'_>) -> Result<Vec<DirectoryLine>> {
    tx.all(sql!(DirectoryLine: "select {*} from unit order by path"), &[])
}

/// The active units by what files call them.
#[derive(Clone, Debug, Default)]
pub struct UnitBook {
    codes: HashMap<String, UnitId>,
    names: HashMap<String, Vec<UnitId>>,
}

/// A unit that was found, and whether the code beside its name is another unit's here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub unit: UnitId,
    pub code_differs: bool,
}

/// Why no unit was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfound {
    /// Neither code nor name.
    Blank,
    /// Nothing here has this name (or, without a name, this code).
    Unknown,
    /// Several units have this name, and the code is none of theirs.
    Several,
    /// The code is a unit's that has another name, and nothing has the name.
    OtherName,
}

impl UnitBook {
    pub fn load(tx: &mut Tx<'_>) -> Result<Self> {
        let mut book = Self::default();
        for unit in directory(tx)?.into_iter().filter(DirectoryLine::is_active) {
            book.enter(unit.id, &unit.code, &unit.name);
        }
        Ok(book)
    }

    pub(crate) fn enter(&mut self, unit: UnitId, code: &str, name: &str) {
        self.codes.insert(code.to_owned(), unit);
        self.names.entry(name.to_owned()).or_default().push(unit);
    }

    /// The unit of a row. Either text may be empty; a lone text may also stand in the other's column.
    pub fn find(&self, code: &str, name: &str) -> std::result::Result<Found, Unfound> {
        let (code, name) = (code.trim(), name.trim());
        let by_code = self.codes.get(code).copied();
        match (code, name) {
            ("", "") => Err(Unfound::Blank),
            (text, "") | ("", text) => self.alone(text),
            _ => match (self.bearers(name), by_code) {
                (bearers, Some(unit)) if bearers.contains(&unit) => Ok(Found { unit, code_differs: false }),
                ([unit], other) => Ok(Found { unit: *unit, code_differs: other.is_some() }),
                ([], Some(_)) => Err(Unfound::OtherName),
                ([], None) => Err(Unfound::Unknown),
                _ => Err(Unfound::Several),
            },
        }
    }

    fn bearers(&self, name: &str) -> &[UnitId] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    fn alone(&self, text: &str) -> std::result::Result<Found, Unfound> {
        let found = |unit| Ok(Found { unit, code_differs: false });
        match (self.codes.get(text), self.bearers(text)) {
            (Some(unit), _) | (None, [unit]) => found(*unit),
            (None, []) => Err(Unfound::Unknown),
            _ => Err(Unfound::Several),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::id::Id;

    fn book() -> UnitBook {
        let mut book = UnitBook::default();
        for (id, code, name) in [
            (1, "U-0001", "嘉峪关市"),
            (2, "U-0002", "葵园小学"),
            (3, "U-0003", "办公室"),
            (4, "U-0004", "办公室"),
        ] {
            book.enter(Id::new(id), code, name);
        }
        book
    }

    fn found(code: &str, name: &str) -> std::result::Result<(i64, bool), Unfound> {
        book().find(code, name).map(|f| (f.unit.raw(), f.code_differs))
    }

    #[test]
    fn the_name_says_which_unit_is_meant() {
        assert_eq!(found("U-0002", "葵园小学"), Ok((2, false)));
        // a file of another city, where U-0001 is the school
        assert_eq!(found("U-0001", "葵园小学"), Ok((2, true)));
        assert_eq!(found("U-0041", "葵园小学"), Ok((2, false)));
        assert_eq!(found("", " 葵园小学 "), Ok((2, false)));
        // whoever has only one of the two may write it into either column
        assert_eq!(found("U-0002", ""), Ok((2, false)));
        assert_eq!(found("", "U-0002"), Ok((2, false)));
    }

    #[test]
    fn nobody_is_taken_for_somebody_else() {
        assert_eq!(found("U-0001", "市体育局"), Err(Unfound::OtherName));
        assert_eq!(found("", "市体育局"), Err(Unfound::Unknown));
        assert_eq!(found("U-0099", ""), Err(Unfound::Unknown));
        assert_eq!(found(" ", ""), Err(Unfound::Blank));
        assert_eq!(found("", "办公室"), Err(Unfound::Several));
        assert_eq!(found("U-0001", "办公室"), Err(Unfound::Several));
        assert_eq!(found("U-0004", "办公室"), Ok((4, false)));
    }
}
