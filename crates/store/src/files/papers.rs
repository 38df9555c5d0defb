//! Papers among uploads: what they are is told by their bytes, never by their names. Nothing in them is carried out or shown; whoever
//! may have one gets it as it came.

use std::io::Cursor;

const PDF: &str = "application/pdf";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How far before the end of a PDF its end mark may stand.
const TAIL: usize = 1024;

/// Whether it begins as a paper does.
pub(super) fn might_be(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-") || bytes.starts_with(b"PK\x03\x04")
}

/// Its media type, or why it is refused: `file-fault-<code>`.
pub(super) fn kind(bytes: &[u8]) -> Result<&'static str, &'static str> {
    if bytes.starts_with(b"%PDF-") {
        let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
        return if tail.windows(5).any(|w| w == b"%%EOF") { Ok(PDF) } else { Err("paper-damaged") };
    }
    // a reader of archives is other people's code fed with strangers' bytes: a panic in one is a damaged paper
    std::panic::catch_unwind(|| office(bytes)).unwrap_or(Err("paper-damaged"))
}

/// Only the table of contents is read: nothing is unfolded.
fn office(bytes: &[u8]) -> Result<&'static str, &'static str> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| "paper-damaged")?;
    let names: Vec<_> = archive.file_names().collect::<Result<_, _>>().map_err(|_| "paper-damaged")?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if names.iter().any(|name| name.ends_with("vbaProject.bin")) {
        return Err("paper-with-macros");
    }
    match (has("[Content_Types].xml"), has("word/document.xml"), has("xl/workbook.xml")) {
        (true, true, false) => Ok(DOCX),
        (true, false, true) => Ok(XLSX),
        _ => Err("not-a-paper"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
            out.write_all(b"<x/>").unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    #[test]
    fn papers_are_told_by_their_bytes() {
        assert_eq!(kind(b"%PDF-1.7\n1 0 obj\n%%EOF\n"), Ok(PDF));
        assert_eq!(kind(b"%PDF-1.7\n1 0 obj"), Err("paper-damaged"));
        assert_eq!(kind(&archive(&["[Content_Types].xml", "word/document.xml"])), Ok(DOCX));
        assert_eq!(kind(&archive(&["[Content_Types].xml", "xl/workbook.xml"])), Ok(XLSX));
        assert_eq!(kind(&archive(&["readme.txt"])), Err("not-a-paper"));
        let macros = archive(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
        assert_eq!(kind(&macros), Err("paper-with-macros"));
        assert_eq!(kind(b"PK\x03\x04 broken"), Err("paper-damaged"));
        assert!(!might_be(b"\xff\xd8\xff\xe0"));
    }
}
