//! XLSX with real dates and numbers, a frozen and filterable header, and rows that never stay in memory.

use std::borrow::Cow;
use std::io::Write;

use jiff::civil::{Date, DateTime};
use kernel::time::days_since_epoch;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::{Written, sheet_name};
use crate::cell::{Cell, Column, Kind};
use crate::error::Error;
use crate::guard::is_formula_like;

/// What Excel allows on a sheet and in a cell.
const ROWS: u32 = 1_048_576;
const UTF16_UNITS: usize = 32_767;
/// Whole numbers from here on lose digits in Excel: they are written as text.
const EXACT: u64 = 1_000_000_000_000_000;
/// Excel believes in 29 February 1900. Earlier days are written as text.
const FIRST_DATE: Date = jiff::civil::date(1900, 3, 1);
/// 1899-12-30, day 0 of Excel, counted from 1970.
const EXCEL_EPOCH: i32 = -25_569;
/// Rows that decide how wide columns are.
const SAMPLED_ROWS: u64 = 500;

pub(crate) struct Workbook {
    inner: rust_xlsxwriter::Workbook,
    title: String,
    columns: Vec<Column>,
    widths: Vec<usize>,
    formats: Formats,
    rows_per_sheet: u32,
    /// The next row of the current sheet.
    at: u32,
    /// Which sheet of its table the current one is.
    part: u32,
    written: Written,
}

struct Formats {
    header: Format,
    date: Format,
    date_time: Format,
    /// Marks text that looks like a formula, as Excel itself does, so that editing the cell does not make it one.
    quoted: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            header: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0x00E7_EEF7))
                .set_border_bottom(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            date_time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            quoted: Format::new().set_quote_prefix(),
        }
    }
}

impl Workbook {
    pub(crate) fn new(title: &str, columns: &[Column]) -> Result<Self, Error> {
        let mut workbook = Self {
            inner: rust_xlsxwriter::Workbook::new(),
            title: title.to_owned(),
            columns: columns.to_vec(),
            widths: columns.iter().map(|column| display_width(&column.title) + 3).collect(),
            formats: Formats::new(),
            rows_per_sheet: ROWS,
            at: 0,
            part: 0,
            written: Written::default(),
        };
        workbook.begin_sheet()?;
        Ok(workbook)
    }

    /// Goes on with another table, on a sheet of its own.
    pub(crate) fn next_table(&mut self, title: &str, columns: &[Column]) -> Result<(), Error> {
        self.finish_sheet()?;
        title.clone_into(&mut self.title);
        self.columns = columns.to_vec();
        self.widths = columns.iter().map(|column| display_width(&column.title) + 3).collect();
        self.part = 0;
        self.begin_sheet()
    }

    pub(crate) fn set_rows_per_sheet(&mut self, rows: u32) {
        self.rows_per_sheet = rows.clamp(2, ROWS);
    }

    fn begin_sheet(&mut self) -> Result<(), Error> {
        self.written.sheets += 1;
        self.part += 1;
        let sheet = self.inner.add_worksheet_with_constant_memory().map_err(from_xlsx)?;
        sheet.set_name(sheet_name(&self.title, self.part)).map_err(from_xlsx)?;
        sheet.set_freeze_panes(1, 0).map_err(from_xlsx)?;
        sheet.set_row_height(0, 22).map_err(from_xlsx)?;
        for (index, column) in (0..).zip(&self.columns) {
            sheet
                .write_string_with_format(0, index, &column.title, &self.formats.header)
                .map_err(from_xlsx)?;
        }
        self.at = 1;
        Ok(())
    }

    /// What is only known when the sheet's rows are all there.
    fn finish_sheet(&mut self) -> Result<(), Error> {
        let Some(last_column) = self.columns.len().checked_sub(1).and_then(|last| u16::try_from(last).ok())
        else {
            return Ok(());
        };
        let Some(sheet) = self.inner.worksheets_mut().last_mut() else { return Ok(()) };
        sheet.autofilter(0, 0, self.at - 1, last_column).map_err(from_xlsx)?;
        for ((index, column), seen) in (0..).zip(&self.columns).zip(&self.widths) {
            let width = column
                .width
                .unwrap_or_else(|| f64::from(u8::try_from(*seen).unwrap_or(u8::MAX).clamp(8, 60)));
            sheet.set_column_width(index, width).map_err(from_xlsx)?;
        }
        Ok(())
    }

    pub(crate) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        if self.at >= self.rows_per_sheet {
            self.finish_sheet()?;
            self.begin_sheet()?;
        }
        if self.written.rows < SAMPLED_ROWS {
            for (width, cell) in self.widths.iter_mut().zip(cells) {
                *width = (*width).max(cell_width(cell));
            }
        }
        let Some(sheet) = self.inner.worksheets_mut().last_mut() else { return Ok(()) };
        for (column, cell) in (0..).zip(cells) {
            self.written.shortened += u64::from(place(sheet, &self.formats, self.at, column, cell)?);
        }
        self.at += 1;
        self.written.rows += 1;
        Ok(())
    }

    pub(crate) fn finish(mut self, out: &mut (impl Write + Send)) -> Result<Written, Error> {
        self.finish_sheet()?;
        self.inner.save_to_writer(out).map_err(from_xlsx)?;
        Ok(self.written)
    }
}

/// Writes a cell; true when its text had to be cut.
#[expect(clippy::cast_precision_loss, reason = "below 10^15 every whole number is exact")]
fn place(
    sheet: &mut Worksheet,
    formats: &Formats,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
) -> Result<bool, Error> {
    let text = |sheet: &mut Worksheet, text: &str| -> Result<bool, Error> {
        let (text, cut) = fit(text);
        if text.is_empty() {
            return Ok(cut);
        }
        if is_formula_like(&text) {
            sheet.write_string_with_format(row, column, text, &formats.quoted).map_err(from_xlsx)?;
        } else {
            sheet.write_string(row, column, text).map_err(from_xlsx)?;
        }
        Ok(cut)
    };
    match cell {
        Cell::Empty => {}
        Cell::Text(value) => return text(sheet, value),
        Cell::Int(n) if n.unsigned_abs() < EXACT => {
            sheet.write_number(row, column, *n as f64).map_err(from_xlsx)?;
        }
        Cell::Real(n) if n.is_finite() => {
            sheet.write_number(row, column, *n).map_err(from_xlsx)?;
        }
        Cell::Date(date) if *date >= FIRST_DATE => {
            sheet.write_number_with_format(row, column, day(*date), &formats.date).map_err(from_xlsx)?;
        }
        Cell::DateTime(at) if at.date() >= FIRST_DATE => {
            sheet
                .write_number_with_format(row, column, serial(*at), &formats.date_time)
                .map_err(from_xlsx)?;
        }
        Cell::Int(_) | Cell::Real(_) | Cell::Date(_) | Cell::DateTime(_) => return text(sheet, &cell.text()),
    }
    Ok(false)
}

fn day(date: Date) -> f64 {
    f64::from(days_since_epoch(date) - EXCEL_EPOCH)
}

/// To the second, as [`Cell::DateTime`] is written.
fn serial(at: DateTime) -> f64 {
    let time = at.time();
    let seconds = i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    day(at.date()) + f64::from(seconds) / 86_400.0
}

/// Text that a cell can hold, and whether it was cut. XML has no U+FFFE and U+FFFF.
fn fit(text: &str) -> (Cow<'_, str>, bool) {
    const UNWRITABLE: [char; 2] = ['\u{fffe}', '\u{ffff}'];
    let mut units = 0;
    // no text is longer in UTF-16 than in UTF-8
    let end = if text.len() <= UTF16_UNITS {
        None
    } else {
        text.char_indices().find_map(|(at, c)| {
            units += c.len_utf16();
            (units > UTF16_UNITS).then_some(at)
        })
    };
    let kept = &text[..end.unwrap_or(text.len())];
    let kept = if kept.contains(UNWRITABLE) {
        Cow::Owned(kept.replace(UNWRITABLE, "\u{fffd}"))
    } else {
        Cow::Borrowed(kept)
    };
    (kept, end.is_some())
}

fn cell_width(cell: &Cell<'_>) -> usize {
    match cell {
        Cell::Text(text) => display_width(text) + 1,
        Cell::Empty => 0,
        other => other.text().len().min(width_of(kind_of(other))) + 1,
    }
}

fn kind_of(cell: &Cell<'_>) -> Kind {
    match cell {
        Cell::Text(_) | Cell::Empty => Kind::Text,
        Cell::Int(_) => Kind::Int,
        Cell::Real(_) => Kind::Real,
        Cell::Date(_) => Kind::Date,
        Cell::DateTime(_) => Kind::DateTime,
    }
}

const fn width_of(kind: Kind) -> usize {
    match kind {
        Kind::Text => 60,
        Kind::Int | Kind::Real => 16,
        Kind::Date => 11,
        Kind::DateTime => 19,
    }
}

/// Chinese characters are twice as wide as Latin ones.
fn display_width(text: &str) -> usize {
    text.chars().take(80).map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

fn from_xlsx(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => Error::Io(error),
        other => Error::damaged(other),
    }
}
