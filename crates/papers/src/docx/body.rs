//! The text itself.

use super::escape;
use super::parts::{OFFICE, WORD};
use crate::document::{Block, Document, Level, Numbering, Table};
use std::fmt::Write;

/// Twentieths of a point: 156 mm.
const WIDTH: u32 = 8845;

fn paragraph(out: &mut String, style: &str, properties: &str, text: &str) {
    let _ = write!(
        out,
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#,
        escape(text)
    );
}

fn blank(out: &mut String, lines: usize) {
    for _ in 0..lines {
        out.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Plain"/><w:keepNext/></w:pPr></w:p>"#);
    }
}

fn table(out: &mut String, table: &Table) {
    let columns = table.rows.iter().map(Vec::len).chain([table.head.len(), 1]).max().unwrap_or(1);
    let weight = |n: usize| u32::from(table.widths.get(n).copied().unwrap_or(1).max(1));
    let all: u32 = (0..columns).map(weight).sum();
    let widths: Vec<u32> = (0..columns).map(|n| WIDTH * weight(n) / all).collect();
    out.push_str(r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>"#);
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
    }
    out.push_str(r#"</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
    for width in &widths {
        let _ = write!(out, r#"<w:gridCol w:w="{width}"/>"#);
    }
    out.push_str("</w:tblGrid>");
    let mut row = |cells: &[String], head: bool| {
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if head {
            out.push_str("<w:tblHeader/>");
        }
        out.push_str("</w:trPr>");
        for (n, width) in widths.iter().enumerate() {
            let _ = write!(
                out,
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#
            );
            let text = cells.get(n).map_or("", String::as_str);
            let style = if head { "CellHead" } else { "Cell" };
            let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty()).peekable();
            if lines.peek().is_none() {
                paragraph(out, style, "", "");
            }
            for line in lines {
                paragraph(out, style, "", line);
            }
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    };
    if !table.head.is_empty() {
        row(&table.head, true);
    }
    for cells in &table.rows {
        row(cells, false);
    }
    out.push_str("</w:tbl>");
    // two tables in a row would become one
    out.push_str(
        r#"<w:p><w:pPr><w:pStyle w:val="Plain"/><w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>"#,
    );
}

fn blocks(out: &mut String, body: &[Block]) {
    let mut numbers = Numbering::default();
    for block in body {
        match block {
            Block::Paragraph(text) => paragraph(out, "Body", "", text),
            Block::Item { level, text } => {
                let style = match level {
                    Level::First => "Heading1",
                    Level::Second => "Heading2",
                    Level::Third | Level::Fourth => "Body",
                };
                paragraph(out, style, "", &format!("{}{text}", numbers.next(*level)));
            }
            Block::Table(rows) => table(out, rows),
        }
    }
}

fn head(out: &mut String, document: &Document) {
    if document.head.is_empty() {
        if !document.number.is_empty() {
            paragraph(out, "Plain", r#"<w:jc w:val="right"/>"#, &document.number);
        }
        return;
    }
    // as large as fits into one line, from 30 points down to 2号
    let letters = u32::try_from(document.head.chars().count()).unwrap_or(u32::MAX).max(1);
    let half_points = (2 * 440 / letters).clamp(44, 60);
    let _ = write!(
        out,
        r#"<w:p><w:pPr><w:pStyle w:val="Head"/></w:pPr><w:r><w:rPr><w:color w:val="C81018"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#,
        escape(&document.head)
    );
    let line = r#"<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="C81018"/></w:pBdr><w:spacing w:after="1100"/>"#;
    if document.signer.is_empty() {
        paragraph(out, "Plain", &format!(r#"{line}<w:jc w:val="center"/>"#), &document.number);
    } else {
        let both = format!("{}　　签发人：{}", document.number, document.signer);
        paragraph(out, "Plain", &format!(r#"{line}<w:jc w:val="distribute"/>"#), &both);
    }
}

fn foot(out: &mut String, document: &Document) {
    if !document.annex_names.is_empty() {
        blank(out, 1);
        let single = document.annex_names.len() == 1;
        for (n, name) in document.annex_names.iter().enumerate() {
            let lead = if n == 0 { "附件：" } else { "　　　" };
            let number = if single { String::new() } else { format!("{}. ", n + 1) };
            paragraph(out, "Body", "", &format!("{lead}{number}{name}"));
        }
    }
    if let Some(closing) = &document.closing {
        blank(out, 3);
        let indent = r#"<w:keepNext/><w:ind w:rightChars="400" w:right="1264"/><w:jc w:val="right"/>"#;
        // a long name ends at the edge instead of the fourth character before it
        let wide = closing.organ.chars().count() > 14;
        let organ = if wide { r#"<w:keepNext/><w:jc w:val="right"/>"# } else { indent };
        if !closing.organ.is_empty() {
            paragraph(out, "Plain", organ, &closing.organ);
        }
        paragraph(out, "Plain", &indent.replace("<w:keepNext/>", ""), &closing.date);
    }
    if !document.remark.is_empty() {
        paragraph(out, "Body", "", &format!("（{}）", document.remark));
    }
    if let Some(code) = &document.code {
        picture(out);
        paragraph(out, "Small", "", &code.caption);
    }
    if !document.copies.is_empty() {
        let lines = r#"<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>"#;
        paragraph(out, "Small", lines, &format!("抄送：{}。", document.copies));
    }
}

/// The code, 26 mm wide.
fn picture(out: &mut String) {
    const SIDE: u32 = 26 * 36_000;
    let _ = write!(
        out,
        r#"<w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{SIDE}" cy="{SIDE}"/><wp:docPr id="1" name="code"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="code.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId5"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{SIDE}" cy="{SIDE}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
    );
}

/// A4 with margins of 37, 26, 35 and 28 mm; 22 lines of 28 characters.
const SECTION: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>"#;

pub(super) fn write(document: &Document) -> String {
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>"#
    );
    head(&mut out, document);
    if !document.title.is_empty() {
        paragraph(&mut out, "Title", "", &document.title);
    }
    if !document.addressee.is_empty() {
        paragraph(&mut out, "Plain", "", &format!("{}：", document.addressee));
    }
    blocks(&mut out, &document.body);
    foot(&mut out, document);
    for (n, annex) in document.annexes.iter().enumerate() {
        let name = if document.annexes.len() == 1 { "附件".to_owned() } else { format!("附件{}", n + 1) };
        paragraph(
            &mut out,
            "Heading1",
            r#"<w:pageBreakBefore/><w:ind w:firstLineChars="0" w:firstLine="0"/>"#,
            &name,
        );
        paragraph(&mut out, "Title", "", &annex.title);
        blocks(&mut out, &annex.body);
    }
    out.push_str(SECTION);
    out.push_str("</w:body></w:document>");
    out
}
