//! A column that we write and read: one name of ours, and what other people call it.

use crate::header::Header;
use crate::row::Row;

/// A column by its name in forms, exports and imports, with the other titles under which it is found.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    pub name: &'static str,
    pub also: &'static [&'static str],
}

impl Heading {
    pub const fn new(name: &'static str, also: &'static [&'static str]) -> Self {
        Self { name, also }
    }

    /// The cell of this column, without surrounding space; `""` where there is none.
    pub fn of<'r>(&self, row: &'r Row) -> &'r str {
        self.titles()
            .filter_map(|title| row.get(title))
            .map(str::trim)
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    /// Whether the file has this column at all.
    pub fn is_in(&self, header: &Header) -> bool {
        self.titles().any(|title| header.position(title).is_some())
    }

    /// Whether a title is one under which this column is found.
    pub fn is_called(&self, title: &str) -> bool {
        self.titles().any(|known| known.eq_ignore_ascii_case(title))
    }

    /// Where this column stands in a file: for who reads many rows, and would look the titles up for each.
    pub fn places(&self, header: &Header) -> Places {
        Places(self.titles().filter_map(|title| header.position(title)).collect())
    }

    fn titles(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.also.iter().copied())
    }
}

/// Columns of a file that a heading is found in, the likeliest first.
#[derive(Clone, Debug, Default)]
pub struct Places(Vec<usize>);

impl Places {
    /// What [`Heading::of`] finds.
    pub fn of<'r>(&self, row: &'r Row) -> &'r str {
        let mut cells = self.0.iter().map(|column| row.at(*column).trim());
        cells.find(|cell| !cell.is_empty()).unwrap_or_default()
    }
}
