//! A document as pieces, in the measures of GB/T 9704: A4; margins of 37 mm above and 28 mm left; a type area of
//! 156 × 225 mm with 22 lines of 28 characters.

use super::flow::{Colour, Op, Piece};
use super::lines::{Line, Setting, balanced, broken};
use super::table;
use crate::Error;
use crate::document::{Block, Closing, Code, Document, Level, Numbering};
use crate::fonts::{Cast, Fonts, Role};
use qrcode::{Color, QrCode};

/// Points of a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;
pub(crate) const PAGE: (f32, f32) = (210.0 * MM, 297.0 * MM);
pub(crate) const TOP: f32 = 37.0 * MM;
pub(crate) const LEFT: f32 = 28.0 * MM;
pub(crate) const WIDTH: f32 = 156.0 * MM;
pub(crate) const HEIGHT: f32 = 225.0 * MM;
/// From one line to the next.
pub(crate) const PITCH: f32 = HEIGHT / 22.0;
/// From one character to the next.
pub(crate) const CELL: f32 = WIDTH / 28.0;
/// 3号.
pub(super) const BODY: f32 = 16.0;
/// 2号.
const TITLE: f32 = 22.0;
/// 4号.
pub(crate) const SMALL: f32 = 14.0;
const TABLE: f32 = 12.0;
/// Side of a code.
const CODE: f32 = 26.0 * MM;

/// The faces of a document.
pub(crate) struct Casts<'f> {
    pub body: Cast<'f>,
    title: Cast<'f>,
    heading: Cast<'f>,
    subheading: Cast<'f>,
}

impl<'f> Casts<'f> {
    pub(crate) fn of(fonts: &'f Fonts) -> Result<Self, Error> {
        Ok(Self {
            body: fonts.cast(Role::Body)?,
            title: fonts.cast(Role::Title)?,
            heading: fonts.cast(Role::Heading)?,
            subheading: fonts.cast(Role::Subheading)?,
        })
    }

    /// A face at the size of text.
    pub(crate) fn setting<'c>(&'c self, role: Role) -> Setting<'c, 'f> {
        self.text(role)
    }

    fn text<'c>(&'c self, role: Role) -> Setting<'c, 'f> {
        let cast = match role {
            Role::Body => &self.body,
            Role::Title => &self.title,
            Role::Heading => &self.heading,
            Role::Subheading => &self.subheading,
        };
        Setting { cast, size: BODY, tracking: CELL - BODY }
    }
}

/// A line that is as high as a line of the type area, or as its own letters are.
fn set(line: Line, x: f32, size: f32, colour: Colour) -> Piece {
    let height = PITCH.max(size * 1.5);
    let baseline = height * 0.5 + size * 0.36;
    Piece { height, ops: vec![Op::Text { x, baseline, line, size, colour }], ..Piece::default() }
}

fn centred(line: Line, size: f32, colour: Colour) -> Piece {
    let x = ((WIDTH - line.width) / 2.0).max(0.0);
    set(line, x, size, colour)
}

fn blank(lines: f32) -> Piece {
    Piece::blank(lines * PITCH)
}

fn paragraph(setting: &Setting<'_, '_>, text: &str, indent: f32) -> Vec<Piece> {
    let lines = broken(setting, text, WIDTH, indent);
    lines
        .into_iter()
        .enumerate()
        .map(|(n, line)| set(line, if n == 0 { indent } else { 0.0 }, setting.size, Colour::Black))
        .collect()
}

/// 发文机关标志, number and red line.
fn head(casts: &Casts<'_>, document: &Document, out: &mut Vec<Piece>) {
    let text = casts.text(Role::Body);
    if document.head.is_empty() {
        if !document.number.is_empty() {
            let line = text.line(&document.number);
            out.push(set(Line { ..line.clone() }, WIDTH - line.width, BODY, Colour::Black));
        }
        return;
    }
    // as large as fits into one line, below 2号 in several
    let mut setting = Setting { cast: &casts.title, size: 40.0, tracking: 0.0 };
    while setting.size > TITLE && setting.width(&document.head) > WIDTH {
        setting.size -= 1.0;
    }
    // the mark stands 35 mm below the upper edge of the type area
    out.push(Piece { keep: true, ..Piece::blank(35.0 * MM - 20.0) });
    for line in balanced(&setting, &document.head, WIDTH) {
        out.push(Piece { keep: true, ..centred(line, setting.size, Colour::Red) });
    }
    out.push(Piece { keep: true, ..blank(2.0) });
    let number = text.line(&document.number);
    if document.signer.is_empty() {
        out.push(Piece { keep: true, ..centred(number, BODY, Colour::Black) });
    } else {
        let mut both = set(number, CELL, BODY, Colour::Black);
        let signer = text.line(&format!("签发人：{}", document.signer));
        let x = WIDTH - CELL - signer.width;
        both.ops.extend(set(signer, x, BODY, Colour::Black).ops);
        out.push(Piece { keep: true, ..both });
    }
    let y = 4.0 * MM;
    let rule = Op::Rule { from: (0.0, y), to: (WIDTH, y), width: 1.5, colour: Colour::Red };
    out.push(Piece { height: y, ops: vec![rule], keep: true, ..Piece::default() });
    out.push(Piece { keep: true, ..blank(2.0) });
}

fn title(casts: &Casts<'_>, text: &str, out: &mut Vec<Piece>) {
    if text.is_empty() {
        return;
    }
    let setting = Setting { cast: &casts.title, size: TITLE, tracking: 0.0 };
    for line in balanced(&setting, text, WIDTH) {
        out.push(Piece { keep: true, ..centred(line, TITLE, Colour::Black) });
    }
    out.push(Piece { keep: true, ..blank(1.0) });
}

fn body(casts: &Casts<'_>, blocks: &[Block], out: &mut Vec<Piece>) {
    let text = casts.text(Role::Body);
    let mut numbers = Numbering::default();
    for block in blocks {
        match block {
            Block::Paragraph(words) => out.extend(paragraph(&text, words, 2.0 * CELL)),
            Block::Item { level, text: words } => {
                let role = match level {
                    Level::First => Role::Heading,
                    Level::Second => Role::Subheading,
                    Level::Third | Level::Fourth => Role::Body,
                };
                let words = format!("{}{words}", numbers.next(*level));
                let mut pieces = paragraph(&casts.text(role), &words, 2.0 * CELL);
                // a heading does not stand alone at the foot of a page
                if let Some(last) = pieces.last_mut() {
                    last.keep = matches!(level, Level::First | Level::Second);
                }
                out.extend(pieces);
            }
            Block::Table(table) => {
                let cells = Setting { cast: &casts.body, size: TABLE, tracking: 0.0 };
                let names = Setting { cast: &casts.heading, size: TABLE, tracking: 0.0 };
                out.push(Piece::blank(4.0));
                out.extend(table::pieces(&cells, &names, table, WIDTH, HEIGHT));
                out.push(Piece::blank(6.0));
            }
        }
    }
}

/// 署名 and date, with the place of a seal above both; four characters stay free on the right. The last line of the text
/// comes along to a new page, so that no page holds a signature alone.
fn closing(casts: &Casts<'_>, closing: &Closing, out: &mut Vec<Piece>) {
    if let Some(last) = out.last_mut() {
        last.keep = true;
    }
    let text = casts.text(Role::Body);
    let (organ, date) = (text.line(&closing.organ), text.line(&closing.date));
    let right = WIDTH - 4.0 * CELL;
    let date_x = right - date.width;
    let middle = date_x + date.width / 2.0;
    let organ_x = (middle - organ.width / 2.0).min(WIDTH - organ.width).max(0.0);
    out.push(Piece { keep: true, ..blank(3.0) });
    if !closing.organ.is_empty() {
        out.push(Piece { keep: true, ..set(organ, organ_x, BODY, Colour::Black) });
    }
    out.push(set(date, date_x, BODY, Colour::Black));
}

fn code(casts: &Casts<'_>, code: &Code) -> Result<Piece, Error> {
    let square = QrCode::new(&code.text).map_err(|e| Error::Writing(e.to_string()))?;
    let columns = square.width();
    let black = square.to_colors().into_iter().map(|c| c == Color::Dark).collect();
    #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 columns")]
    let side = CODE / columns as f32;
    let mut ops = vec![Op::Squares { x: 0.0, y: 8.0, side, columns, black }];
    let caption = Setting { cast: &casts.body, size: SMALL, tracking: 0.0 };
    let x = CODE + 12.0;
    for (n, line) in broken(&caption, &code.caption, WIDTH - x, 0.0).into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a caption has few lines")]
        let baseline = 8.0 + CODE / 2.0 + n as f32 * 20.0;
        ops.push(Op::Text { x, baseline, line, size: SMALL, colour: Colour::Black });
    }
    Ok(Piece { height: CODE + 16.0, ops, ..Piece::default() })
}

/// 抄送, between two lines at the foot of the last page.
fn copies(casts: &Casts<'_>, text: &str) -> Piece {
    let setting = Setting { cast: &casts.body, size: SMALL, tracking: 0.0 };
    let lines = broken(&setting, &format!("抄送：{text}。"), WIDTH - 2.0 * SMALL, 0.0);
    let mut piece = Piece { foot: true, ..Piece::default() };
    let rule = |y| Op::Rule { from: (0.0, y), to: (WIDTH, y), width: 0.7, colour: Colour::Black };
    piece.ops.push(rule(0.0));
    for line in lines {
        piece.height += 22.0;
        let baseline = piece.height - 6.0;
        piece.ops.push(Op::Text { x: SMALL, baseline, line, size: SMALL, colour: Colour::Black });
    }
    piece.height += 4.0;
    piece.ops.push(rule(piece.height));
    piece
}

/// The whole document.
pub(crate) fn pieces(casts: &Casts<'_>, document: &Document) -> Result<Vec<Piece>, Error> {
    let text = casts.text(Role::Body);
    let mut out = Vec::new();
    head(casts, document, &mut out);
    title(casts, &document.title, &mut out);
    if !document.addressee.is_empty() {
        out.extend(paragraph(&text, &format!("{}：", document.addressee), 0.0));
    }
    body(casts, &document.body, &mut out);
    if !document.annex_names.is_empty() {
        out.push(blank(1.0));
        let single = document.annex_names.len() == 1;
        for (n, name) in document.annex_names.iter().enumerate() {
            let lead = if n == 0 { "附件：" } else { "" };
            let number = if single { String::new() } else { format!("{}. ", n + 1) };
            let indent = if n == 0 { 2.0 } else { 5.0 } * CELL;
            out.extend(paragraph(&text, &format!("{lead}{number}{name}"), indent));
        }
    }
    if let Some(end) = &document.closing {
        closing(casts, end, &mut out);
    }
    if !document.remark.is_empty() {
        out.extend(paragraph(&text, &format!("（{}）", document.remark), 2.0 * CELL));
    }
    if let Some(square) = &document.code {
        out.push(code(casts, square)?);
    }
    if !document.copies.is_empty() {
        out.push(copies(casts, &document.copies));
    }
    for (n, annex) in document.annexes.iter().enumerate() {
        let name = if document.annexes.len() == 1 { "附件".to_owned() } else { format!("附件{}", n + 1) };
        let line = casts.text(Role::Heading).line(&name);
        out.push(Piece { fresh: true, keep: true, ..set(line, 0.0, BODY, Colour::Black) });
        title(casts, &annex.title, &mut out);
        body(casts, &annex.body, &mut out);
    }
    Ok(out)
}
