//! DOCX: the same content and measures as a file that people go on working with. Written as the few parts of a package that
//! a word processor needs; numbers of items are text, so that both files say the same.

mod body;
mod parts;

use crate::Error;
use crate::document::Document;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A text inside XML. Characters that XML cannot hold are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The document as a DOCX. The same document makes the same bytes.
pub(crate) fn render(document: &Document) -> Result<Vec<u8>, Error> {
    let fault = |e: &dyn std::fmt::Display| Error::Writing(e.to_string());
    let code = document.code.as_ref().map(|c| parts::square(&c.text)).transpose()?;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // a fixed date: a package is made from the document and nothing else
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut add = |name: &str, content: &[u8]| {
        zip.start_file(name, options).map_err(|e| fault(&e))?;
        zip.write_all(content).map_err(|e| fault(&e))
    };
    add("[Content_Types].xml", parts::CONTENT_TYPES.as_bytes())?;
    add("_rels/.rels", parts::PACKAGE_RELATIONS.as_bytes())?;
    add("docProps/core.xml", parts::properties(document).as_bytes())?;
    add("word/document.xml", body::write(document).as_bytes())?;
    add("word/styles.xml", parts::styles().as_bytes())?;
    add("word/settings.xml", parts::SETTINGS.as_bytes())?;
    add("word/footer1.xml", parts::footer("right").as_bytes())?;
    add("word/footer2.xml", parts::footer("left").as_bytes())?;
    add("word/_rels/document.xml.rels", parts::relations(code.is_some()).as_bytes())?;
    if let Some(picture) = &code {
        add("word/media/code.png", picture)?;
    }
    let out = zip.finish().map_err(|e| fault(&e))?;
    Ok(out.into_inner())
}
