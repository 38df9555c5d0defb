//! CSV, TSV and their relatives.

use std::io::Read;

use super::archive::count;
use super::dialect::Dialect;
use super::encoding::{Encoding, Survey, Utf8Reader, fill};
use super::{Input, RawRows};
use crate::error::Error;
use crate::guard::unguard;
use crate::report::Reason;
use crate::row::Cells;

const SAMPLE: usize = 64 << 10;

/// The text of a file as UTF-8.
pub(crate) fn text(input: &Input, survey: Survey) -> Result<Box<dyn Read>, Error> {
    let handle = input.open()?;
    // valid UTF-8 needs no copy; the CSV reader drops a byte order mark itself
    Ok(if survey.encoding == Encoding::Utf8 && !survey.faulty {
        Box::new(handle)
    } else {
        Box::new(Utf8Reader::new(handle, survey.encoding))
    })
}

pub(crate) fn detect(input: &Input, survey: Survey) -> Result<Dialect, Error> {
    let mut sample = vec![0; SAMPLE];
    let got = fill(&mut text(input, survey)?, &mut sample)?;
    let sample = String::from_utf8_lossy(&sample[..got]);
    Ok(Dialect::detect(sample.trim_start_matches('\u{feff}'), got == SAMPLE))
}

pub(crate) struct DelimitedRows {
    reader: csv::Reader<Box<dyn Read>>,
    record: csv::ByteRecord,
    number: u64,
    faulty: bool,
    unguard: bool,
}

impl DelimitedRows {
    pub(crate) fn new(input: &Input, survey: Survey, dialect: Dialect, unguard: bool) -> Result<Self, Error> {
        let end: &[u8] = if dialect.crlf { b"\r\n" } else { b"\n" };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(dialect.delimiter)
            .quote(dialect.quote)
            .buffer_capacity(64 << 10)
            // a last line without its end would not be counted
            .from_reader(Box::new(text(input, survey)?.chain(end)) as Box<dyn Read>);
        let mut rows =
            Self { reader, record: csv::ByteRecord::new(), number: 0, faulty: survey.faulty, unguard };
        if dialect.sep_line {
            rows.reader.read_byte_record(&mut rows.record).map_err(from_csv)?;
            rows.number = 1;
        }
        Ok(rows)
    }
}

impl RawRows for DelimitedRows {
    fn next_into(&mut self, cells: &mut Cells) -> Result<Option<u64>, Error> {
        let from = self.reader.position().line();
        if !self.reader.read_byte_record(&mut self.record).map_err(from_csv)? {
            return Ok(None);
        }
        // the CSV reader passes over blank lines; a person counting rows does not
        let lines = self.reader.position().line() - from;
        let inner = if lines > 1 { count(self.record.as_slice(), b'\n') } else { 0 };
        self.number += 1 + lines.saturating_sub(1 + inner);
        for field in &self.record {
            let field = String::from_utf8_lossy(field);
            if self.faulty && field.contains('\u{fffd}') {
                cells.note = Some(Reason::Undecodable);
            }
            cells.push(if self.unguard { unguard(&field) } else { &field });
        }
        Ok(Some(self.number))
    }
}

fn from_csv(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::Io(error),
        _ => Error::damaged("its rows cannot be told apart"),
    }
}
