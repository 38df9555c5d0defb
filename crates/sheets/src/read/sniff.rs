//! What a file is, from what is in it; its name is not believed.

use std::io::Read;

use super::Input;
use super::archive;
use super::encoding::{Encoding, Survey, fill, survey};
use crate::error::{Error, Limits};

/// What was found.
pub(crate) enum Kind {
    Xlsx,
    Ods,
    Xls,
    Json(Survey),
    Delimited(Survey),
}

const CFB: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Things people send by mistake, by how they begin.
const STRANGERS: [(&[u8], &str); 9] = [
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"SQLite format 3\0", "a database"),
];

pub(crate) fn sniff(input: &Input, limits: &Limits) -> Result<Kind, Error> {
    let size = input.size()?;
    if size > limits.bytes {
        return Err(Error::TooLarge { limit: limits.bytes });
    }
    let mut start = vec![0; 64 << 10];
    let got = fill(&mut input.open()?, &mut start)?;
    start.truncate(got);
    if start.is_empty() {
        return Err(Error::Empty);
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return archive::inspect(input.open()?, limits);
    }
    if start.starts_with(CFB) {
        return old_office(input);
    }
    if let Some((_, what)) = STRANGERS.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Err(Error::NotATable(what));
    }
    let survey = survey(|| Ok(Box::new(input.open()?) as Box<dyn Read>))?;
    if matches!(survey.encoding, Encoding::Utf8 | Encoding::Gb18030) && start.contains(&0) {
        return Err(Error::NotATable("a binary file"));
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
    let text = text.trim_ascii_start();
    if text.is_empty() && size <= got as u64 {
        return Err(Error::Empty);
    }
    match text.first() {
        Some(b'{' | b'[') if is_json(text) => Ok(Kind::Json(survey)),
        Some(b'<') => Err(Error::NotATable(markup(text))),
        _ => Ok(Kind::Delimited(survey)),
    }
}

/// `[id],[name]` is a header that SQL Server wrote, not JSON.
fn is_json(text: &[u8]) -> bool {
    match text.get(1) {
        None => false,
        Some(b' ' | b'\t' | b'\r' | b'\n' | b'"') => true,
        Some(b'}') => text[0] == b'{',
        Some(next) => text[0] == b'[' && matches!(next, b'{' | b'[' | b']' | b'-' | b'0'..=b'9'),
    }
}

/// Offices send web pages and XML under the name `.xls`; Excel opens them, with a warning.
fn markup(text: &[u8]) -> &'static str {
    let start = String::from_utf8_lossy(&text[..text.len().min(2048)]).to_lowercase();
    if start.contains("<html") || start.contains("<table") || start.contains("<!doctype html") {
        "a web page (perhaps named .xls)"
    } else {
        "an XML document"
    }
}

/// Excel 97-2003, or a newer workbook wrapped because it has a password.
fn old_office(input: &Input) -> Result<Kind, Error> {
    let mut bytes = Vec::new();
    input.open()?.read_to_end(&mut bytes)?;
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        Err(Error::Encrypted)
    } else if has("Workbook") || has("Book") {
        Ok(Kind::Xls)
    } else {
        Err(Error::NotATable("an old office document"))
    }
}
