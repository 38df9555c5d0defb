//! Readers of the single formats. Each yields numbered rows of cells; [`crate::Source`] makes a table of them.

pub(crate) mod archive;
pub(crate) mod bounds;
pub(crate) mod delimited;
pub(crate) mod dialect;
pub(crate) mod encoding;
pub(crate) mod grid;
pub(crate) mod items;
pub(crate) mod sniff;
pub(crate) mod value;
pub(crate) mod workbook;

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use crate::error::Error;
use crate::row::Cells;

/// Reads one row after another.
pub(crate) trait RawRows {
    /// Appends the next row's cells to the cleared `cells` and gives the row's number, or `None` at the end.
    fn next_into(&mut self, cells: &mut Cells) -> Result<Option<u64>, Error>;
}

pub(crate) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

pub(crate) type Handle = Box<dyn ReadSeek>;

/// Where the bytes are. Opened several times: once to look, once to read.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    Path(PathBuf),
    Bytes(Arc<[u8]>),
}

impl Input {
    pub(crate) fn open(&self) -> io::Result<Handle> {
        Ok(match self {
            Self::Path(path) => Box::new(BufReader::with_capacity(64 << 10, File::open(path)?)),
            Self::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    pub(crate) fn size(&self) -> io::Result<u64> {
        Ok(match self {
            Self::Path(path) => std::fs::metadata(path)?.len(),
            Self::Bytes(bytes) => bytes.len() as u64,
        })
    }
}

/// The parsers of workbooks are other people's code fed with strangers' bytes: a panic in them is a damaged file, and
/// must not take down the city's server.
pub(crate) fn contained<T>(parse: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(parse))
        .unwrap_or_else(|_| Err(Error::damaged("its structure contradicts itself")))
}
