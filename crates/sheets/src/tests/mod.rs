//! Tests of the crate as a whole, by what could go wrong.

mod formats;
mod headers;
mod hostile;
mod mappings;
mod real_data;
mod round_trip;
mod workbooks;

use crate::{Error, Options, Row, Source};

fn open(bytes: impl AsRef<[u8]>) -> Result<Source, Error> {
    Source::from_bytes(bytes.as_ref(), &Options::default())
}

fn rows(bytes: impl AsRef<[u8]>) -> Vec<Row> {
    open(bytes).unwrap().rows().unwrap().map(Result::unwrap).collect()
}

/// Row numbers with their cells.
fn table(bytes: impl AsRef<[u8]>) -> Vec<(u64, Vec<String>)> {
    rows(bytes)
        .iter()
        .map(|row| (row.number(), row.iter().map(|(_, cell)| cell.to_owned()).collect()))
        .collect()
}

fn names(bytes: impl AsRef<[u8]>) -> Vec<String> {
    open(bytes).unwrap().header().names().to_vec()
}

/// What an error of opening or reading is called.
fn code(bytes: impl AsRef<[u8]>, options: &Options) -> &'static str {
    let read = || -> Result<(), Error> {
        let mut source = Source::from_bytes(bytes.as_ref(), options)?;
        source.rows()?.try_for_each(|row| row.map(drop))
    };
    read().map_or_else(|error| error.code(), |()| "fine")
}
