//! The parts of the package beside the text.

use super::escape;
use crate::Error;
use crate::document::Document;
use qrcode::{Color, QrCode};
use std::io::Cursor;

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(super) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

pub(super) const PACKAGE_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

/// Odd and even pages have their numbers on the outer side.
pub(super) const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/></w:settings>"#;

pub(super) fn relations(code: bool) -> String {
    let one = |id: u8, kind: &str, target: &str| {
        format!(r#"<Relationship Id="rId{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let mut all = [
        one(1, "styles", "styles.xml"),
        one(2, "settings", "settings.xml"),
        one(3, "footer", "footer1.xml"),
        one(4, "footer", "footer2.xml"),
    ]
    .concat();
    if code {
        all.push_str(&one(5, "image", "media/code.png"));
    }
    format!(
        r#"{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
    )
}

pub(super) fn properties(document: &Document) -> String {
    let by = document.closing.as_ref().map_or("", |c| c.organ.as_str());
    format!(
        r#"{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>"#,
        escape(&document.title),
        escape(by)
    )
}

/// The faces by the names that office machines know them by; another machine shows what it has instead.
fn faces(east: &str) -> String {
    format!(r#"<w:rFonts w:ascii="{east}" w:hAnsi="{east}" w:eastAsia="{east}" w:cs="{east}"/>"#)
}

fn style(id: &str, name: &str, face: &str, half_points: u32, paragraph: &str) -> String {
    // a little closer, so that a line holds 28 characters of 3号
    let spacing = if half_points == 32 { r#"<w:spacing w:val="-4"/>"# } else { "" };
    let default = if id == "Body" { r#" w:default="1""# } else { "" };
    format!(
        r#"<w:style w:type="paragraph"{default} w:styleId="{id}"><w:name w:val="{name}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{}{spacing}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>"#,
        faces(face)
    )
}

/// 仿宋 3号 for text, 小标宋 2号 for titles, 黑体 and 楷体 for headings.
pub(super) fn styles() -> String {
    let line = r#"<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>"#;
    let indent = r#"<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>"#;
    let centre = r#"<w:jc w:val="center"/>"#;
    let all = [
        style("Body", "Normal", "仿宋_GB2312", 32, &format!("{line}{indent}")),
        style("Title", "Title", "方正小标宋简体", 44, &format!(r#"<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="579" w:line="640" w:lineRule="exact"/>{centre}"#)),
        style("Head", "Head", "方正小标宋简体", 60, &format!(r#"<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="1400" w:after="900"/>{centre}"#)),
        style("Heading1", "heading 1", "黑体", 32, &format!("<w:keepNext/>{line}{indent}")),
        style("Heading2", "heading 2", "楷体_GB2312", 32, &format!("<w:keepNext/>{line}{indent}")),
        style("Plain", "Plain", "仿宋_GB2312", 32, line),
        style("Cell", "Cell", "仿宋_GB2312", 24, r#"<w:snapToGrid w:val="0"/><w:spacing w:before="40" w:after="40" w:line="360" w:lineRule="exact"/>"#),
        style("CellHead", "CellHead", "黑体", 24, r#"<w:snapToGrid w:val="0"/><w:spacing w:before="40" w:after="40" w:line="360" w:lineRule="exact"/>"#),
        style("Small", "Small", "仿宋_GB2312", 28, ""),
    ]
    .concat();
    format!(
        r#"{XML}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>{all}</w:styles>"#
    )
}

/// — 1 —, with a character's room on the outer side.
pub(super) fn footer(side: &str) -> String {
    let indent = if side == "left" {
        r#"w:leftChars="100" w:left="280""#
    } else {
        r#"w:rightChars="100" w:right="280""#
    };
    let run = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    format!(
        r#"{XML}<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="Small"/><w:ind {indent}/><w:jc w:val="{side}"/></w:pPr>{}<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>{}</w:p></w:ftr>"#,
        run("— "),
        run(" —")
    )
}

/// The code as a picture, four points a square with a white edge.
pub(super) fn square(text: &str) -> Result<Vec<u8>, Error> {
    const SIDE: u32 = 4;
    const EDGE: u32 = 2;
    let fault = |e: &dyn std::fmt::Display| Error::Writing(e.to_string());
    let code = QrCode::new(text).map_err(|e| fault(&e))?;
    let columns = u32::try_from(code.width()).map_err(|e| fault(&e))?;
    let colours = code.to_colors();
    let whole = (columns + 2 * EDGE) * SIDE;
    let picture = image::GrayImage::from_fn(whole, whole, |x, y| {
        let inside = |n: u32| (n / SIDE).checked_sub(EDGE).filter(|n| *n < columns);
        let at =
            inside(x).zip(inside(y)).and_then(|(column, row)| colours.get((row * columns + column) as usize));
        image::Luma([if at == Some(&Color::Dark) { 0 } else { 255 }])
    });
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).map_err(|e| fault(&e))?;
    Ok(out.into_inner())
}
