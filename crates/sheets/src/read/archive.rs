//! XLSX and ODS are ZIP archives: before a parser unpacks one, its true size is measured.
//!
//! The sizes an archive declares can lie, so every part that a parser reads is really unpacked once, into nothing. That
//! costs about a fifth of the reading and bounds memory: no endless part, no endless text, no endless list of strings.

use std::io::Read;

use zip::ZipArchive;
use zip::result::ZipError;

use super::Handle;
use super::sniff::Kind;
use crate::error::{Error, Limits};

/// Parts an archive may have; workbooks have dozens.
const PARTS: usize = 10_000;
/// Tags in a part that parsers hold in memory as small objects.
const SHARED_STRING_TAGS: u64 = 32_000_000;
const OTHER_TAGS: u64 = 2_000_000;
/// Bytes between one `<` and the next, for cells at their limit written with entities.
const RUN_PER_CELL_BYTE: u64 = 6;
const SHORTEST_RUN_LIMIT: u64 = 8 << 20;

/// Tells XLSX from ODS and refuses archives that unpack beyond the limits.
pub(crate) fn inspect(handle: Handle, limits: &Limits) -> Result<Kind, Error> {
    let mut archive = ZipArchive::new(handle).map_err(from_zip)?;
    if archive.len() > PARTS {
        return Err(Error::damaged("it has too many parts"));
    }
    let kind = kind(&mut archive)?;
    let mut budget = limits.unpacked;
    for index in 0..archive.len() {
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => continue,
        };
        let lower = name.to_lowercase();
        let parsed = [".xml", ".rels", "mimetype"].iter().any(|end| lower.ends_with(end));
        if parsed {
            let mut part = archive.by_index(index).map_err(from_zip)?;
            measure(&mut part, &lower, limits, &mut budget)?;
        }
    }
    Ok(kind)
}

fn kind(archive: &mut ZipArchive<Handle>) -> Result<Kind, Error> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.bin") {
        return Err(Error::NotATable("a binary workbook (.xlsb)"));
    }
    if has("word/document.xml") {
        return Err(Error::NotATable("a text document (.docx)"));
    }
    if has("[Content_Types].xml") {
        return Ok(Kind::Xlsx);
    }
    if !has("content.xml") {
        return Err(Error::NotATable("an archive"));
    }
    let mut mime = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        part.take(200).read_to_string(&mut mime).map_err(Error::damaged)?;
    }
    if mime.contains("spreadsheet") { Ok(Kind::Ods) } else { Err(Error::NotATable("a text document")) }
}

/// Unpacks one part into nothing.
fn measure(part: &mut impl Read, name: &str, limits: &Limits, budget: &mut u64) -> Result<(), Error> {
    let too_large = || Error::UnpacksTooLarge { limit: limits.unpacked };
    let streamed = name.starts_with("xl/worksheets/");
    let strings = name.ends_with("sharedstrings.xml") || name == "content.xml";
    let run_limit = (limits.cell as u64).saturating_mul(RUN_PER_CELL_BYTE).max(SHORTEST_RUN_LIMIT);
    let (mut run, mut tags) = (0_u64, 0_u64);
    let mut buffer = vec![0; 64 << 10];
    loop {
        let got = part.read(&mut buffer).map_err(Error::damaged)?;
        if got == 0 {
            return Ok(());
        }
        let chunk = &buffer[..got];
        *budget = budget.checked_sub(got as u64).ok_or_else(too_large)?;
        // runs inside a chunk are shorter than the chunk: only its two ends matter
        match chunk.iter().position(|b| *b == b'<') {
            Some(first) => {
                run += first as u64;
                if run > run_limit {
                    return Err(too_large());
                }
                run = chunk.iter().rev().position(|b| *b == b'<').unwrap_or(0) as u64;
            }
            None => run += got as u64,
        }
        if !streamed {
            tags += count(chunk, b'<');
        }
        if run > run_limit || tags > (if strings { SHARED_STRING_TAGS } else { OTHER_TAGS }) {
            return Err(too_large());
        }
    }
}

#[expect(clippy::naive_bytecount, reason = "measured: the plain loop is not what takes the time here")]
pub(crate) fn count(bytes: &[u8], wanted: u8) -> u64 {
    bytes.iter().filter(|byte| **byte == wanted).count() as u64
}

fn from_zip(error: ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(text) if text.to_lowercase().contains("password") => Error::Encrypted,
        other => Error::damaged(other),
    }
}
