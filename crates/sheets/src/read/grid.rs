//! XLS and ODS sheets, which calamine reads whole.

use calamine::{Data, Ods, Range, Reader, SheetVisible, Xls};

use super::bounds::{check_ods, check_xls};
use super::value::write_data;
use super::{Handle, Input, RawRows, contained};
use crate::error::Error;
use crate::row::Cells;

/// One sheet in memory.
pub(crate) struct Grid {
    pub(crate) name: String,
    range: Range<Data>,
}

/// Every sheet's name, and the wanted or the first sheet with anything in it.
pub(crate) fn open_xls(input: &Input, wanted: Option<&str>) -> Result<(Vec<String>, Grid), Error> {
    contained(|| {
        check_xls(input.open()?)?;
        let book = Xls::new(input.open()?).map_err(Error::damaged)?;
        choose(book, wanted)
    })
}

pub(crate) fn open_ods(input: &Input, wanted: Option<&str>) -> Result<(Vec<String>, Grid), Error> {
    contained(|| {
        check_ods(input.open()?)?;
        let book = Ods::new(input.open()?).map_err(Error::damaged)?;
        choose(book, wanted)
    })
}

fn choose<R>(mut book: R, wanted: Option<&str>) -> Result<(Vec<String>, Grid), Error>
where
    R: Reader<Handle>,
    R::Error: std::fmt::Display,
{
    let sheets = book.sheets_metadata().to_vec();
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    if let Some(wanted) = wanted
        && !names.iter().any(|name| name == wanted)
    {
        return Err(Error::NoSuchSheet { wanted: wanted.to_owned(), available: names });
    }
    for sheet in &sheets {
        let taken = match wanted {
            Some(wanted) => sheet.name == wanted,
            None => sheet.visible == SheetVisible::Visible,
        };
        if !taken {
            continue;
        }
        let range = book.worksheet_range(&sheet.name).map_err(Error::damaged)?;
        if range.used_cells().next().is_some() || wanted.is_some() {
            return Ok((names, Grid { name: sheet.name.clone(), range }));
        }
    }
    Err(Error::Empty)
}

pub(crate) struct GridRows<'a> {
    range: &'a Range<Data>,
    next: usize,
}

impl Grid {
    pub(crate) fn rows(&self) -> GridRows<'_> {
        GridRows { range: &self.range, next: 0 }
    }
}

impl RawRows for GridRows<'_> {
    fn next_into(&mut self, cells: &mut Cells) -> Result<Option<u64>, Error> {
        let (height, width) = self.range.get_size();
        let Some((first_row, first_column)) = self.range.start() else { return Ok(None) };
        if self.next >= height {
            return Ok(None);
        }
        cells.pad(first_column as usize);
        for column in 0..width {
            let value = self.range.get((self.next, column)).unwrap_or(&Data::Empty);
            cells.push_with(|out| write_data(out, value));
        }
        self.next += 1;
        Ok(Some(u64::from(first_row) + self.next as u64))
    }
}
