//! Writing tables as XLSX and CSV, row by row.

mod delimited;
mod workbook;

use std::io::Write;

use crate::cell::{Cell, Column};
use crate::error::Error;

/// The kinds of file we write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Xlsx,
    Csv,
}

impl FileKind {
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    pub sheets: u32,
    /// Cells cut because a spreadsheet cell holds no more than 32,767 characters.
    pub shortened: u64,
}

/// Writes one table. Memory does not grow with the rows: XLSX rows wait in a temporary file until
/// [`Writer::finish`], CSV goes straight out.
pub struct Writer<W: Write + Send> {
    inner: Inner<W>,
}

enum Inner<W: Write + Send> {
    Workbook(Box<workbook::Workbook>, W),
    Delimited(Box<delimited::Delimited<W>>),
}

impl<W: Write + Send> Writer<W> {
    /// `title` names the sheet of a workbook.
    pub fn new(kind: FileKind, out: W, title: &str, columns: &[Column]) -> Result<Self, Error> {
        Ok(Self {
            inner: match kind {
                FileKind::Xlsx => Inner::Workbook(Box::new(workbook::Workbook::new(title, columns)?), out),
                FileKind::Csv => Inner::Delimited(Box::new(delimited::Delimited::new(out, columns)?)),
            },
        })
    }

    /// Rows on a sheet before the next is begun, header included; Excel's 1,048,576 unless set lower.
    #[must_use]
    pub fn rows_per_sheet(mut self, rows: u32) -> Self {
        if let Inner::Workbook(workbook, _) = &mut self.inner {
            workbook.set_rows_per_sheet(rows);
        }
        self
    }

    /// Writes a row; cells that are missing at its end stay blank, cells beyond the columns are written too.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        match &mut self.inner {
            Inner::Workbook(workbook, _) => workbook.row(cells),
            Inner::Delimited(delimited) => delimited.row(cells),
        }
    }

    /// Completes the file and gives back what it was written to.
    pub fn finish(self) -> Result<(W, Written), Error> {
        match self.inner {
            Inner::Workbook(workbook, mut out) => {
                let written = workbook.finish(&mut out)?;
                out.flush()?;
                Ok((out, written))
            }
            Inner::Delimited(delimited) => delimited.finish(),
        }
    }
}

/// Writes a table from an iterator.
pub fn write<'a, W: Write + Send>(
    kind: FileKind,
    out: W,
    title: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<Cell<'a>>>,
) -> Result<Written, Error> {
    let mut writer = Writer::new(kind, out, title, columns)?;
    for row in rows {
        writer.row(&row)?;
    }
    Ok(writer.finish()?.1)
}

/// One table of a workbook that has several.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// Names its sheet.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell<'a>>>,
}

/// Writes tables into one XLSX workbook, each on a sheet of its own. A workbook without tables is refused.
pub fn write_book(mut out: impl Write + Send, tables: &[Table<'_>]) -> Result<Written, Error> {
    let Some((first, others)) = tables.split_first() else { return Err(Error::Empty) };
    let mut workbook = workbook::Workbook::new(&first.title, &first.columns)?;
    first.rows.iter().try_for_each(|row| workbook.row(row))?;
    for table in others {
        workbook.next_table(&table.title, &table.columns)?;
        table.rows.iter().try_for_each(|row| workbook.row(row))?;
    }
    let written = workbook.finish(&mut out)?;
    out.flush()?;
    Ok(written)
}

/// A sheet name that Excel accepts: at most 31 UTF-16 units, none of `[]:*?/\`, no apostrophe at either end. Part 2 and on
/// are the sheets that continue the first.
pub(crate) fn sheet_name(title: &str, part: u32) -> String {
    const LONGEST: usize = 31;
    let suffix = if part > 1 { format!(" ({part})") } else { String::new() };
    let mut name = String::new();
    let mut length = suffix.len();
    for c in title.trim().chars() {
        let c = if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { ' ' } else { c };
        length += c.len_utf16();
        if length > LONGEST {
            break;
        }
        name.push(c);
    }
    let name = name.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    // "History" is the one name that Excel keeps for itself
    let name = if name.is_empty() || name.eq_ignore_ascii_case("history") { "Sheet1" } else { name };
    format!("{name}{suffix}")
}
