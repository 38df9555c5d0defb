//! 材料册: what is filed of a period as one archive, laid out by standard, as it is handed to whoever judges the city.
//!
//! ```text
//! 目录.xlsx  目录.pdf
//! Ⅲ-7-1)/测评材料提交表.pdf
//! Ⅲ-7-1)/EV-2026-000012 校园周边秩序.txt        its statement
//! Ⅲ-7-1)/EV-2026-000012 校园周边秩序-1.jpg      its files, as they came
//! ```
//!
//! Names can be unpacked on any system. An item that is used for several standards lies in the folder of each. Files go from the
//! house into the archive piece by piece; none is held in memory whole.

use crate::model::{Caption, Item, Kind, Period};
use kernel::problem::{Problem, Result};
use papers::{Block, Document, Format, Table};
use sheets::{Cell, Column, FileKind, Kind as Type};
use std::collections::HashSet;
use std::io::{Read, Seek, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A file of an item.
#[derive(Clone, Debug)]
pub struct Enclosed {
    /// What it was called.
    pub name: String,
    /// Of its bytes: `application/pdf`.
    pub media_type: String,
    pub caption: Caption,
}

/// An item for one standard.
#[derive(Clone, Debug)]
pub struct Entry {
    pub item: Item,
    pub unit: String,
    pub grade: Option<i64>,
    pub files: Vec<Enclosed>,
}

/// A standard with what is filed for it.
#[derive(Clone, Debug)]
pub struct Chapter {
    pub code: String,
    pub name: String,
    pub lead_unit: String,
    pub entries: Vec<Entry>,
}

/// What the archive says beside what units wrote: in Chinese, whoever makes it.
pub trait Words {
    fn get(&self, key: &str) -> String;
    fn kind(&self, kind: Kind) -> String;
    fn element(&self, element: &str) -> String;
}

/// Longest title in a name, in characters: whole paths stay below what Windows takes.
const TITLE: usize = 40;
const RESERVED: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
    "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

/// A name that every system can keep: no letters that Windows refuses, none of its own names, no dot or space at the end.
pub fn safe(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_control() || "<>:\"/\\|?*".contains(c) { '_' } else { c })
        .take(120)
        .collect();
    let kept = kept.trim().trim_end_matches(['.', ' ']);
    let stem = kept.split('.').next().unwrap_or_default().to_uppercase();
    match () {
        () if kept.is_empty() => "_".to_owned(),
        () if RESERVED.contains(&stem.as_str()) => format!("_{kept}"),
        () => kept.to_owned(),
    }
}

/// By its bytes, not by what its sender called it.
pub fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        "application/pdf" => "pdf",
        m if m.ends_with("wordprocessingml.document") => "docx",
        m if m.ends_with("spreadsheetml.sheet") => "xlsx",
        "video/mp4" => "mp4",
        "video/quicktime" => "mov",
        _ => "bin",
    }
}

/// Names that no two things of an archive share, whatever the case of their letters.
#[derive(Debug, Default)]
struct Names(HashSet<String>);

impl Names {
    fn take(&mut self, folder: &str, stem: &str, extension: &str) -> String {
        let name = |n: usize| match n {
            0 => format!("{folder}{stem}.{extension}"),
            n => format!("{folder}{stem} ({n}).{extension}"),
        };
        let free = (0..100_000).map(name).find(|name| self.0.insert(name.to_lowercase()));
        free.unwrap_or_default()
    }
}

fn stem(item: &Item) -> String {
    let title: String = item.title.chars().take(TITLE).collect();
    safe(&format!("{} {title}", item.number))
}

fn fault(e: impl ToString) -> Problem {
    Problem::internal(e)
}

fn rendered(document: &Document) -> Result<Vec<u8>> {
    papers::render(document, Format::Pdf).map_err(|e| match e {
        papers::Error::NoFont(places) => Problem::new(503, "no-font").arg("places", places),
        other => Problem::internal(other),
    })
}

/// Writes the archive. `open` gives the bytes of a file: which chapter, entry and file of it are counted from 0.
pub fn write<W: Write + Seek, R: Read>(
    out: W,
    words: &dyn Words,
    (city, period): (&str, &Period),
    chapters: &[Chapter],
    open: &mut dyn FnMut(usize, usize, usize) -> Result<R>,
) -> Result<()> {
    let mut zip = ZipWriter::new(out);
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    // pictures and papers are compressed already
    let stored =
        SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored).large_file(true);
    let mut names = Names::default();
    let mut lines: Vec<(usize, usize, String)> = Vec::new();
    for (c, chapter) in chapters.iter().enumerate() {
        let folder = format!("{}/", safe(&chapter.code));
        let form = names.take(&folder, &words.get("bundle-form"), "pdf");
        zip.start_file(form, plain).map_err(fault)?;
        zip.write_all(&rendered(&submission(words, city, period, chapter))?).map_err(fault)?;
        for (e, entry) in chapter.entries.iter().enumerate() {
            let stem = stem(&entry.item);
            if !entry.item.statement.is_empty() {
                let name = names.take(&folder, &stem, "txt");
                zip.start_file(name.as_str(), plain).map_err(fault)?;
                // Notepad of older systems wants the mark
                zip.write_all("\u{feff}".as_bytes()).map_err(fault)?;
                zip.write_all(entry.item.statement.replace('\n', "\r\n").as_bytes()).map_err(fault)?;
                lines.push((c, e, name));
            }
            for (f, file) in entry.files.iter().enumerate() {
                let name = names.take(&folder, &format!("{stem}-{}", f + 1), extension(&file.media_type));
                zip.start_file(name.as_str(), stored).map_err(fault)?;
                std::io::copy(&mut open(c, e, f)?, &mut zip).map_err(fault)?;
                lines.push((c, e, name));
            }
        }
    }
    let index = words.get("bundle-index");
    zip.start_file(names.take("", &index, "xlsx"), plain).map_err(fault)?;
    zip.write_all(&sheet(words, chapters, &lines)?).map_err(fault)?;
    zip.start_file(names.take("", &index, "pdf"), plain).map_err(fault)?;
    zip.write_all(&rendered(&contents(words, city, period, chapters))?).map_err(fault)?;
    zip.finish().map_err(fault).map(drop)
}

/// 目录 as a table: one line a file.
fn sheet(words: &dyn Words, chapters: &[Chapter], lines: &[(usize, usize, String)]) -> Result<Vec<u8>> {
    let column = |key: &str, width: f64| Column::new(words.get(key), Type::Text).width(width);
    let heads = [
        column("evidence-column-code", 12.0),
        column("evidence-column-standard", 40.0),
        column("evidence-column-number", 18.0),
        column("evidence-column-title", 36.0),
        column("evidence-column-kind", 14.0),
        column("evidence-column-unit", 24.0),
        column("evidence-column-dated", 12.0),
        column("bundle-file", 50.0),
    ];
    let cells = lines.iter().filter_map(|(c, e, name)| {
        let chapter = chapters.get(*c)?;
        let entry = chapter.entries.get(*e)?;
        let day = entry.item.dated.map(|day| day.to_string()).unwrap_or_default();
        Some(vec![
            Cell::from(chapter.code.as_str()),
            Cell::from(chapter.name.as_str()),
            Cell::from(entry.item.number.as_str()),
            Cell::from(entry.item.title.as_str()),
            Cell::Text(words.kind(entry.item.kind).into()),
            Cell::from(entry.unit.as_str()),
            Cell::Text(day.into()),
            Cell::from(name.as_str()),
        ])
    });
    let mut bytes = Vec::new();
    sheets::write(FileKind::Xlsx, &mut bytes, &words.get("bundle-index"), &heads, cells).map_err(fault)?;
    Ok(bytes)
}

/// 目录 on paper: one line an item and standard.
fn contents(words: &dyn Words, city: &str, period: &Period, chapters: &[Chapter]) -> Document {
    let head =
        ["evidence-column-code", "evidence-column-number", "evidence-column-title", "evidence-column-unit"];
    let rows = chapters.iter().flat_map(|chapter| {
        chapter.entries.iter().map(|entry| {
            vec![
                chapter.code.clone(),
                entry.item.number.clone(),
                entry.item.title.clone(),
                entry.unit.clone(),
            ]
        })
    });
    Document {
        title: format!("{city}{}{}", period.name, words.get("bundle-index")),
        body: vec![Block::Table(Table {
            head: head.map(|key| words.get(key)).to_vec(),
            rows: rows.collect(),
            widths: vec![14, 26, 36, 24],
        })],
        ..Document::default()
    }
}

/// 测评材料提交表 of one standard.
fn submission(words: &dyn Words, city: &str, period: &Period, chapter: &Chapter) -> Document {
    let row = |name: &str, value: &str| vec![words.get(name), value.to_owned()];
    let mut document = Document { title: words.get("bundle-form"), ..Document::default() };
    document.body.push(Block::Table(Table {
        head: Vec::new(),
        rows: vec![
            row("bundle-city", city),
            row("evidence-column-period", &period.name),
            row("evidence-column-standard", &format!("{} {}", chapter.code, chapter.name)),
            row("evidence-column-lead", &chapter.lead_unit),
        ],
        widths: vec![20, 80],
    }));
    for entry in &chapter.entries {
        let item = &entry.item;
        document.body.push(Block::Item {
            level: papers::Level::First,
            text: format!("{}（{}，{}，{}）", item.title, item.number, words.kind(item.kind), entry.unit),
        });
        for paragraph in item.statement.lines().map(str::trim).filter(|line| !line.is_empty()) {
            document.body.push(Block::Paragraph(paragraph.to_owned()));
        }
        for (n, file) in entry.files.iter().enumerate() {
            let said: Vec<String> = Caption::ELEMENTS
                .into_iter()
                .filter(|element| !file.caption.get(element).is_empty())
                .map(|element| format!("{}：{}", words.element(element), file.caption.get(element)))
                .collect();
            if !said.is_empty() {
                let what = words.get("bundle-picture");
                document.body.push(Block::Paragraph(format!("{what} {}　{}", n + 1, said.join("；"))));
            }
        }
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_be_unpacked_anywhere() {
        assert_eq!(safe("Ⅲ-7-1)"), "Ⅲ-7-1)");
        assert_eq!(safe("a/b\\c:d*e?f\"g<h>i|j\u{7}k"), "a_b_c_d_e_f_g_h_i_j_k");
        assert_eq!(safe("con"), "_con");
        assert_eq!(safe("LPT1.txt"), "_LPT1.txt");
        assert_eq!(safe(" title. . "), "title");
        assert_eq!(safe("..."), "_");
        assert_eq!(safe(&"长".repeat(300)).chars().count(), 120);
        let mut names = Names::default();
        assert_eq!(names.take("x/", "A", "pdf"), "x/A.pdf");
        assert_eq!(names.take("x/", "a", "pdf"), "x/a (1).pdf");
        assert_eq!(names.take("y/", "A", "pdf"), "y/A.pdf");
    }
}
