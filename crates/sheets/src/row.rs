//! One row of a table: cells by the header's names.

use std::sync::Arc;

use crate::header::Header;
use crate::report::Reason;

/// The cells of one row in a single buffer, so that a row costs two allocations and not one per cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    text: String,
    ends: Vec<usize>,
    pub(crate) geometry: Option<Box<geojson::Geometry>>,
    pub(crate) note: Option<Reason>,
}

impl Cells {
    /// Room for as much as `like` holds.
    pub(crate) fn sized_like(text: usize, cells: usize) -> Self {
        Self {
            text: String::with_capacity(text),
            ends: Vec::with_capacity(cells),
            geometry: None,
            note: None,
        }
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.geometry = None;
        self.note = None;
    }

    pub(crate) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Lets `write` append the text of the next cell.
    pub(crate) fn push_with(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.ends.push(self.text.len());
    }

    /// Adds blank cells until there are `width`.
    pub(crate) fn pad(&mut self, width: usize) {
        if self.ends.len() < width {
            self.ends.resize(width, self.text.len());
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn text_len(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn get(&self, column: usize) -> Option<&str> {
        let end = *self.ends.get(column)?;
        let start = if column == 0 { 0 } else { self.ends[column - 1] };
        self.text.get(start..end)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|column| self.get(column))
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.geometry.is_none() && self.note.is_none()
    }

    /// The first column whose text is longer than `limit`.
    pub(crate) fn longer_than(&self, limit: usize) -> Option<usize> {
        if self.text.len() <= limit {
            return None;
        }
        self.iter().position(|cell| cell.len() > limit)
    }

    pub(crate) fn has_extra(&self, width: usize) -> bool {
        (width..self.len()).any(|column| self.get(column).is_some_and(|cell| !cell.trim().is_empty()))
    }
}

/// One data row. Cells are text exactly as the file has it: dates of workbooks are ISO text, whole numbers have no `.0`.
#[derive(Clone, Debug)]
pub struct Row {
    pub(crate) number: u64,
    pub(crate) header: Arc<Header>,
    pub(crate) cells: Cells,
}

impl Row {
    /// The row as a person counts in the file: the header is row 1, blank rows count. In files without a header row
    /// (JSON lines, GeoJSON) the line or the place of the feature.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The cell under a header name; `None` when there is no such column, `""` when the cell is blank or missing.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.header.position(name).map(|column| self.at(column))
    }

    /// The cell in a column counted from 0; `""` when the row ends before it.
    pub fn at(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    /// Header names with their cells, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.header.names().iter().enumerate().map(|(column, name)| (name.as_str(), self.at(column)))
    }

    /// Cells to the right of the last header.
    pub fn extra(&self) -> impl Iterator<Item = &str> {
        (self.header.names().len()..self.cells.len()).map(|column| self.at(column))
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The geometry of a GeoJSON feature.
    pub fn geometry(&self) -> Option<&geojson::Geometry> {
        self.cells.geometry.as_deref()
    }

    /// What is odd about the row as a whole, if anything is: ragged, undecodable, not an object.
    pub fn note(&self) -> Option<Reason> {
        self.cells.note
    }
}
