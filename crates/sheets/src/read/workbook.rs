//! XLSX sheets, cell by cell: the sheet is never in memory.

use calamine::{Cell, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader};

use super::value::{Face, write_ref};
use super::{Handle, Input, RawRows};
use crate::error::{Error, Limits};
use crate::row::Cells;
use crate::write::sheet_name;

/// An open workbook and the sheet to read in it.
pub(crate) struct Sheet {
    book: Xlsx<Handle>,
    pub(crate) name: String,
}

pub(crate) fn open(input: &Input) -> Result<Xlsx<Handle>, Error> {
    Xlsx::new(input.open()?).map_err(from_xlsx)
}

/// The wanted sheet, or the first visible one with anything in it; then the sheets that continue it, as
/// [`crate::Writer`] makes them when a sheet is full.
pub(crate) fn choose(
    input: &Input,
    wanted: Option<&str>,
    limits: &Limits,
) -> Result<(Vec<String>, Vec<Sheet>), Error> {
    let mut book = open(input)?;
    let metadata = book.sheets_metadata().to_vec();
    let names: Vec<String> =
        metadata.iter().filter(|s| s.typ == SheetType::WorkSheet).map(|s| s.name.clone()).collect();
    let candidates: Vec<&String> = match wanted {
        Some(wanted) => names.iter().filter(|name| *name == wanted).collect(),
        None => names
            .iter()
            .filter(|name| metadata.iter().any(|s| s.name == **name && s.visible == SheetVisible::Visible))
            .collect(),
    };
    if let (Some(wanted), true) = (wanted, candidates.is_empty()) {
        return Err(Error::NoSuchSheet { wanted: wanted.to_owned(), available: names });
    }
    let mut chosen = None;
    for name in candidates {
        if let Some(first) = first_row(&mut book, name, limits)? {
            chosen = Some((name.clone(), first));
            break;
        }
    }
    let Some((name, header)) = chosen else { return Err(Error::Empty) };
    let mut sheets = vec![Sheet { book, name: name.clone() }];
    for part in 2.. {
        let next = sheet_name(&name, part);
        if !names.contains(&next) {
            break;
        }
        let mut book = open(input)?;
        if first_row(&mut book, &next, limits)?.as_ref() != Some(&header) {
            break;
        }
        sheets.push(Sheet { book, name: next });
    }
    Ok((names, sheets))
}

/// The first row that is not blank.
fn first_row(book: &mut Xlsx<Handle>, name: &str, limits: &Limits) -> Result<Option<Vec<String>>, Error> {
    let mut rows = OneSheet::new(book, name, limits.columns)?;
    let mut cells = Cells::default();
    while rows.next_into(&mut cells)?.is_some() {
        if !cells.is_blank() {
            return Ok(Some(cells.iter().map(str::to_owned).collect()));
        }
        cells.clear();
    }
    Ok(None)
}

/// A cell that has a value, and its style.
type Styled<'a> = (Cell<DataRef<'a>>, usize);

/// The rows of one sheet.
struct OneSheet<'a> {
    cells: XlsxCellReader<'a, Handle>,
    faces: Vec<Face>,
    /// The cell that began the next row.
    ahead: Option<Styled<'a>>,
    ended: bool,
    columns: usize,
}

impl<'a> OneSheet<'a> {
    fn new(book: &'a mut Xlsx<Handle>, name: &str, columns: usize) -> Result<Self, Error> {
        let cells = book.worksheet_cells_reader(name).map_err(from_xlsx)?;
        let faces = cells
            .styles()
            .iter()
            .map(|style| {
                style.number_format.as_ref().map_or(Face::ByValue, |format| Face::of(&format.format_code))
            })
            .collect();
        Ok(Self { cells, faces, ahead: None, ended: false, columns })
    }

    /// The next cell that has a value.
    fn cell(&mut self) -> Result<Option<Styled<'a>>, Error> {
        // past the end calamine takes the missing rest for damage
        while !self.ended {
            match self.cells.next_cell_with_style_id().map_err(from_xlsx)? {
                Some((cell, _)) if matches!(cell.get_value(), DataRef::Empty) => {}
                None => self.ended = true,
                some => return Ok(some),
            }
        }
        Ok(None)
    }

    fn place(&self, cells: &mut Cells, (cell, style): &Styled<'a>) -> Result<(), Error> {
        let (row, column) = cell.get_position();
        let column = column as usize;
        if column >= self.columns {
            return Err(Error::TooManyColumns { row: u64::from(row) + 1, limit: self.columns });
        }
        if column < cells.len() {
            return Err(Error::Damaged(format!("the cells of row {} are out of order", row + 1)));
        }
        cells.pad(column);
        let face = self.faces.get(*style).copied().unwrap_or(Face::ByValue);
        cells.push_with(|out| write_ref(out, cell.get_value(), face));
        Ok(())
    }

    /// The next row that has a value, with its place in the sheet counted from 1.
    fn next_into(&mut self, cells: &mut Cells) -> Result<Option<u64>, Error> {
        let first = match self.ahead.take() {
            Some(first) => first,
            None => match self.cell()? {
                Some(first) => first,
                None => return Ok(None),
            },
        };
        let row = first.0.get_position().0;
        self.place(cells, &first)?;
        while let Some(cell) = self.cell()? {
            if cell.0.get_position().0 != row {
                self.ahead = Some(cell);
                break;
            }
            self.place(cells, &cell)?;
        }
        Ok(Some(u64::from(row) + 1))
    }
}

/// The rows of a sheet and of those that continue it, numbered through.
pub(crate) struct WorkbookRows<'a> {
    rest: std::slice::IterMut<'a, Sheet>,
    current: Option<OneSheet<'a>>,
    columns: usize,
    /// Added to a row's place in its sheet.
    offset: u64,
    last: u64,
    first_sheet: bool,
}

impl<'a> WorkbookRows<'a> {
    pub(crate) fn new(sheets: &'a mut [Sheet], limits: &Limits) -> Self {
        Self {
            rest: sheets.iter_mut(),
            current: None,
            columns: limits.columns,
            offset: 0,
            last: 0,
            first_sheet: true,
        }
    }
}

impl RawRows for WorkbookRows<'_> {
    fn next_into(&mut self, cells: &mut Cells) -> Result<Option<u64>, Error> {
        loop {
            if self.current.is_none() {
                let Some(sheet) = self.rest.next() else { return Ok(None) };
                let mut rows = OneSheet::new(&mut sheet.book, &sheet.name, self.columns)?;
                if !self.first_sheet {
                    // the header again, already compared; it does not count
                    let header = rows.next_into(cells)?.unwrap_or(1);
                    cells.clear();
                    self.offset = self.last.saturating_sub(header);
                }
                self.first_sheet = false;
                self.current = Some(rows);
            }
            if let Some(rows) = &mut self.current {
                if let Some(row) = rows.next_into(cells)? {
                    self.last = row + self.offset;
                    return Ok(Some(self.last));
                }
                self.current = None;
            }
        }
    }
}

fn from_xlsx(error: calamine::XlsxError) -> Error {
    match error {
        calamine::XlsxError::Password => Error::Encrypted,
        other => Error::damaged(other),
    }
}
