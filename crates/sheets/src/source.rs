//! A file that has been recognised and whose header has been found, ready to be read row by row.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::error::{Error, Limits};
use crate::header::{Header, HeaderFault};
use crate::read::dialect::Dialect;
use crate::read::encoding::{Encoding, Survey};
use crate::read::items::{Items, Shape};
use crate::read::sniff::{Kind, sniff};
use crate::read::workbook::{Sheet, WorkbookRows};
use crate::read::{Input, RawRows, contained, delimited, grid, items, workbook};
use crate::report::Reason;
use crate::row::{Cells, Row};

/// How a file is to be read. The default suits nearly all.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The sheet of a workbook; without it the first visible one that is not empty.
    pub sheet: Option<String>,
    /// The header's row, counted from 1, or 0 for a file that has none, whose columns are then called `column_1` and so on.
    /// Without it titles above the header are passed over by themselves.
    pub header_row: Option<u64>,
    /// Leave an apostrophe before `=`, `+`, `-`, `@` in CSV cells. Without it such an apostrophe is taken for the mark of
    /// text that it is in spreadsheets (and in our own exports) and removed.
    pub keep_apostrophes: bool,
    pub limits: Limits,
}

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Delimited { dialect: Dialect, encoding: Encoding },
    Xlsx,
    Xls,
    Ods,
    GeoJson,
    JsonLines,
    JsonArray,
}

enum Body {
    Delimited { survey: Survey, dialect: Dialect },
    Workbook(Vec<Sheet>),
    Grid(grid::Grid),
    Items { survey: Survey, items: Items },
}

/// A table in a file.
pub struct Source {
    input: Input,
    options: Options,
    format: Format,
    header: Arc<Header>,
    faults: Vec<HeaderFault>,
    /// Rows up to this one are header or above it.
    header_end: u64,
    sheets: Vec<String>,
    crs: Option<Value>,
    body: Body,
}

/// Rows looked at to find the header.
const PROBE: usize = 12;

impl Source {
    /// Opens a file on disk.
    pub fn open(path: impl AsRef<Path>, options: &Options) -> Result<Self, Error> {
        Self::new(Input::Path(path.as_ref().to_owned()), options)
    }

    /// Opens a file in memory.
    pub fn from_bytes(bytes: impl Into<Arc<[u8]>>, options: &Options) -> Result<Self, Error> {
        Self::new(Input::Bytes(bytes.into()), options)
    }

    fn new(input: Input, options: &Options) -> Result<Self, Error> {
        let limits = &options.limits;
        let wanted = options.sheet.as_deref();
        let mut sheets = Vec::new();
        let (format, body) = match contained(|| sniff(&input, limits))? {
            Kind::Delimited(survey) => {
                let dialect = delimited::detect(&input, survey)?;
                (
                    Format::Delimited { dialect, encoding: survey.encoding },
                    Body::Delimited { survey, dialect },
                )
            }
            Kind::Json(survey) => {
                let items = items::open(&input, survey, limits)?;
                let format = match items.shape {
                    Shape::Lines => Format::JsonLines,
                    Shape::Array => Format::JsonArray,
                    Shape::GeoJson => Format::GeoJson,
                };
                (format, Body::Items { survey, items })
            }
            Kind::Xlsx => {
                let (names, chosen) = contained(|| workbook::choose(&input, wanted, limits))?;
                sheets = names;
                (Format::Xlsx, Body::Workbook(chosen))
            }
            Kind::Xls => {
                let (names, grid) = grid::open_xls(&input, wanted)?;
                sheets = names;
                (Format::Xls, Body::Grid(grid))
            }
            Kind::Ods => {
                let (names, grid) = grid::open_ods(&input, wanted)?;
                sheets = names;
                (Format::Ods, Body::Grid(grid))
            }
        };
        let mut source = Self {
            input,
            options: options.clone(),
            format,
            header: Arc::default(),
            faults: Vec::new(),
            header_end: 0,
            sheets,
            crs: None,
            body,
        };
        source.find_header()?;
        Ok(source)
    }

    fn find_header(&mut self) -> Result<(), Error> {
        if let Body::Items { items, .. } = &mut self.body {
            let (header, faults) = Header::new(&items.keys);
            self.crs = items.crs.take();
            self.header = Arc::new(header);
            self.faults = faults;
            return Ok(());
        }
        let (wanted, limit) = (self.options.header_row, self.options.limits.columns);
        let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
        {
            let mut raw = self.raw()?;
            let mut cells = Cells::default();
            while rows.len() < PROBE {
                cells.clear();
                let Some(number) = contained(|| raw.next_into(&mut cells))? else { break };
                // before anything is done with them: one line of a file may hold millions
                if cells.len() > limit {
                    return Err(Error::TooManyColumns { row: number, limit });
                }
                if wanted.is_none_or(|wanted| number >= wanted) && !cells.is_blank() {
                    rows.push((number, cells.iter().map(str::to_owned).collect()));
                }
            }
        }
        if wanted.is_some_and(|wanted| wanted > 0) {
            // whoever names the row has looked: no titles, no second row
            rows.truncate(1);
        }
        let found = if wanted == Some(0) { Header::absent(&rows) } else { Header::find(&rows) }
            .ok_or(Error::Empty)?;
        if found.header.names().len() > limit {
            return Err(Error::TooManyColumns { row: found.last_row, limit });
        }
        self.header = Arc::new(found.header);
        self.faults = found.faults;
        self.header_end = found.last_row;
        Ok(())
    }

    fn raw(&mut self) -> Result<Box<dyn RawRows + '_>, Error> {
        let limits = &self.options.limits;
        Ok(match &mut self.body {
            Body::Delimited { survey, dialect } => {
                let unguard = !self.options.keep_apostrophes;
                Box::new(delimited::DelimitedRows::new(&self.input, *survey, *dialect, unguard)?)
            }
            Body::Workbook(sheets) => Box::new(WorkbookRows::new(sheets, limits)),
            Body::Grid(grid) => Box::new(grid.rows()),
            Body::Items { survey, items } => Box::new(items.rows(&self.input, *survey, limits)?),
        })
    }

    pub fn format(&self) -> Format {
        self.format
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What had to be put right in the header.
    pub fn header_faults(&self) -> &[HeaderFault] {
        &self.faults
    }

    /// The workbook's sheets, to let a person choose another; empty for other formats.
    pub fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// The sheet being read.
    pub fn sheet(&self) -> Option<&str> {
        match &self.body {
            Body::Workbook(sheets) => sheets.first().map(|sheet| sheet.name.as_str()),
            Body::Grid(grid) => Some(&grid.name),
            _ => None,
        }
    }

    /// The top-level `crs` member of GeoJSON, which the standard dropped and people still send.
    pub fn crs(&self) -> Option<&Value> {
        self.crs.as_ref()
    }

    /// The data rows from the first. May be called again to read again.
    pub fn rows(&mut self) -> Result<Rows<'_>, Error> {
        let header = Arc::clone(&self.header);
        let header_end = self.header_end;
        let limits = self.options.limits.clone();
        let strict = matches!(self.format, Format::Delimited { .. });
        let raw = contained(|| self.raw())?;
        Ok(Rows { raw, header, header_end, limits, strict, seen: 0, finished: false, size: (0, 0) })
    }
}

/// The data rows of a [`Source`], blank ones left out. An error ends the reading: it concerns the whole file.
pub struct Rows<'a> {
    raw: Box<dyn RawRows + 'a>,
    header: Arc<Header>,
    header_end: u64,
    limits: Limits,
    /// Rows shorter than the header are worth a note; in workbooks they are normal.
    strict: bool,
    seen: u64,
    finished: bool,
    /// Text and cells of the last row: the next will be about as large.
    size: (usize, usize),
}

impl Rows<'_> {
    /// Reads the next row into `row`, reusing its memory; `false` at the end. Faster than the iterator for large files.
    pub fn read_into(&mut self, row: &mut Row) -> Result<bool, Error> {
        let result = if self.finished { Ok(false) } else { self.advance(row) };
        self.finished = !matches!(result, Ok(true));
        result
    }

    /// An empty row to read into.
    pub fn blank_row(&self) -> Row {
        Row {
            number: 0,
            header: Arc::clone(&self.header),
            cells: Cells::sized_like(self.size.0, self.size.1),
        }
    }

    fn advance(&mut self, row: &mut Row) -> Result<bool, Error> {
        let width = self.header.names().len();
        loop {
            row.cells.clear();
            let Some(number) = contained(|| self.raw.next_into(&mut row.cells))? else { return Ok(false) };
            if number <= self.header_end || row.cells.is_blank() {
                continue;
            }
            self.seen += 1;
            if self.seen > self.limits.rows {
                return Err(Error::TooManyRows { limit: self.limits.rows });
            }
            if row.cells.len() > self.limits.columns {
                return Err(Error::TooManyColumns { row: number, limit: self.limits.columns });
            }
            if let Some(column) = row.cells.longer_than(self.limits.cell) {
                return Err(Error::CellTooLong { row: number, column: column + 1, limit: self.limits.cell });
            }
            if row.cells.note.is_none() {
                row.cells.note = if row.cells.has_extra(width) {
                    Some(Reason::TooManyCells)
                } else if self.strict && row.cells.len() < width {
                    Some(Reason::TooFewCells)
                } else {
                    None
                };
            }
            row.number = number;
            return Ok(true);
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = self.blank_row();
        match self.read_into(&mut row) {
            Ok(true) => {
                self.size = (row.cells.text_len(), row.cells.len());
                Some(Ok(row))
            }
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}
