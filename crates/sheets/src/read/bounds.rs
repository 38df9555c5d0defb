//! How large the sheets of an XLS or ODS file are, found out before calamine reads them whole.
//!
//! Both formats can name a cell at the far corner, or repeat one a million times, in a few bytes. calamine then reserves
//! memory for everything between, and a failed reservation ends the process. So the corners are looked up first.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Handle;
use crate::error::Error;

/// Cells of all sheets together, blank ones within the used area included.
const CELLS: u64 = 10_000_000;

fn too_many() -> Error {
    Error::Damaged(format!("its sheets span more than {CELLS} cells"))
}

/// The used area of one sheet.
#[derive(Default)]
struct Area {
    corners: Option<(u32, u32, u32, u32)>,
}

impl Area {
    fn include(&mut self, row: u32, column: u32) {
        let (top, left, bottom, right) = self.corners.unwrap_or((row, column, row, column));
        self.corners = Some((top.min(row), left.min(column), bottom.max(row), right.max(column)));
    }

    fn cells(&self) -> u64 {
        self.corners.map_or(0, |(top, left, bottom, right)| {
            (u64::from(bottom - top) + 1).saturating_mul(u64::from(right - left) + 1)
        })
    }
}

/// Walks the records of a workbook of Excel 5 to 2003.
pub(crate) fn check_xls(handle: Handle) -> Result<(), Error> {
    const BEGIN: u16 = 0x0809;
    const DIMENSIONS: u16 = 0x0200;
    const MANY_NUMBERS: u16 = 0x00bd;
    const CELL_RECORDS: [u16; 8] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, 0x00fd, 0x0006, MANY_NUMBERS];
    let mut bytes = Vec::new();
    let mut file = handle;
    file.read_to_end(&mut bytes)?;
    // this also finds sectors that are chained in a circle
    let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(Error::damaged)?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| compound.is_stream(name));
    let mut stream = Vec::new();
    compound.open_stream(name.unwrap_or("/Workbook"))?.read_to_end(&mut stream)?;
    let short = |data: &[u8], at: usize| data.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    let (mut at, mut total, mut area) = (0, 0_u64, Area::default());
    while let (Some(id), Some(length)) = (short(&stream, at), short(&stream, at + 2)) {
        let end = (at + 4 + usize::from(length)).min(stream.len());
        let data = &stream[at + 4..end];
        at = end;
        match id {
            BEGIN => {
                total = total.saturating_add(area.cells());
                area = Area::default();
            }
            DIMENSIONS => {
                // rows as two words of four bytes, or of two in Excel 5: the high halves must be nought or one
                let high = if data.len() >= 14 { short(data, 6).unwrap_or(0) } else { 0 };
                let columns = short(data, if data.len() >= 14 { 10 } else { 6 }).unwrap_or(0);
                if high > 1 || columns > 256 {
                    return Err(too_many());
                }
            }
            id if CELL_RECORDS.contains(&id) => {
                if let (Some(row), Some(column)) = (short(data, 0), short(data, 2)) {
                    area.include(row.into(), column.into());
                    if id == MANY_NUMBERS
                        && let Some(last) = data.len().checked_sub(2).and_then(|at| short(data, at))
                    {
                        area.include(row.into(), last.into());
                    }
                }
            }
            _ => {}
        }
    }
    if total.saturating_add(area.cells()) > CELLS { Err(too_many()) } else { Ok(()) }
}

/// Walks the tables of an ODS file, counting what repetition makes of them.
pub(crate) fn check_ods(handle: Handle) -> Result<(), Error> {
    let mut archive = zip::ZipArchive::new(handle).map_err(Error::damaged)?;
    let content = archive.by_name("content.xml").map_err(Error::damaged)?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    reader.config_mut().check_end_names = false;
    let mut walk = Walk::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(Error::damaged)? {
            Event::Start(tag) => walk.open(&tag, true),
            Event::Empty(tag) => walk.open(&tag, false),
            Event::End(tag) if tag.name().as_ref() == "table:table" => walk.table_ends(),
            Event::Eof => break,
            _ => {}
        }
        if walk.held > CELLS || walk.total > CELLS {
            return Err(too_many());
        }
    }
    walk.table_ends();
    if walk.total > CELLS { Err(too_many()) } else { Ok(()) }
}

#[derive(Default)]
struct Walk {
    /// Rows before the current one and how often it is repeated.
    row: u64,
    repeats: u64,
    column: u64,
    /// Columns of this row that are held so far.
    held_to: u64,
    /// The furthest cell with anything in it.
    bottom: u64,
    right: u64,
    /// Cells that calamine holds before it repeats rows.
    held: u64,
    total: u64,
}

impl Walk {
    fn open(&mut self, tag: &BytesStart<'_>, has_content: bool) {
        match tag.name().as_ref() {
            "table:table" => self.table_ends(),
            "table:table-row" => {
                self.row = self.row.saturating_add(self.repeats);
                self.repeats = number(tag, "table:number-rows-repeated");
                self.column = 0;
                self.held_to = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeats = number(tag, "table:number-columns-repeated");
                self.column = self.column.saturating_add(repeats).min(16_384);
                let valued = has_content
                    || attributes(tag).any(|(key, _)| key.starts_with("office:") || key == "table:formula");
                if valued {
                    // with the blanks since the last one, which are held too
                    self.held = self.held.saturating_add(self.column - self.held_to);
                    self.held_to = self.column;
                    self.right = self.right.max(self.column);
                    self.bottom = self.bottom.max(self.row.saturating_add(self.repeats).min(1_048_576));
                }
            }
            _ => {}
        }
    }

    fn table_ends(&mut self) {
        self.total = self.total.saturating_add(self.bottom.saturating_mul(self.right));
        *self = Self { total: self.total, held: self.held, ..Self::default() };
    }
}

fn attributes<'a>(tag: &'a BytesStart<'_>) -> impl Iterator<Item = (String, String)> + 'a {
    tag.attributes().filter_map(Result::ok).map(|attribute| {
        (
            attribute.key.as_ref().to_owned(),
            String::from_utf8_lossy(attribute.value.as_ref().as_ref()).into_owned(),
        )
    })
}

fn number(tag: &BytesStart<'_>, name: &str) -> u64 {
    attributes(tag).find(|(key, _)| key == name).and_then(|(_, value)| value.trim().parse().ok()).unwrap_or(1)
}
