//! CSV after RFC 4180, with the byte order mark that makes Excel read it as UTF-8.

use std::io::Write;

use super::Written;
use crate::cell::{Cell, Column};
use crate::error::Error;
use crate::guard::guard;

pub(crate) struct Delimited<W: Write> {
    writer: csv::Writer<W>,
    width: usize,
    rows: u64,
}

impl<W: Write> Delimited<W> {
    pub(crate) fn new(mut out: W, columns: &[Column]) -> Result<Self, Error> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut writer =
            csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(out);
        writer
            .write_record(columns.iter().map(|column| guard(&column.title).into_owned()))
            .map_err(from_csv)?;
        Ok(Self { writer, width: columns.len(), rows: 0 })
    }

    pub(crate) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        for cell in cells {
            let text = cell.text();
            // a negative number is no formula; only text can be one
            let text = if matches!(cell, Cell::Text(_)) { guard(&text) } else { text };
            self.writer.write_field(text.as_bytes()).map_err(from_csv)?;
        }
        for _ in cells.len()..self.width {
            self.writer.write_field("").map_err(from_csv)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(from_csv)?;
        self.rows += 1;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<(W, Written), Error> {
        self.writer.flush()?;
        let written = Written { rows: self.rows, sheets: 1, shortened: 0 };
        let out = self.writer.into_inner().map_err(|error| Error::Io(error.into_error()))?;
        Ok((out, written))
    }
}

fn from_csv(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::Io(error),
        _ => Error::damaged("a row could not be written"),
    }
}
