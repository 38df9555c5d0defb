//! Forms, drawn where they are measured again.

use super::flow::{Colour, Op};
use super::layout::{Casts, MM};
use super::lines::{Line, Setting, broken};
use super::{draw_at, settings};
use crate::Error;
use crate::fixed::{Face, Fixed};
use crate::fonts::{Fonts, Role};
use krilla::SerializeSettings;
use krilla::metadata::Metadata;
use qrcode::{Color, EcLevel, QrCode};

/// Smallest letters, in points.
const LEAST: f32 = 6.0;
/// A dash of a line to cut along and the space behind it, in points.
const DASH: f32 = 5.0;

#[expect(clippy::cast_possible_truncation, reason = "millimetres of a page")]
fn points(mm: f64) -> f32 {
    mm as f32 * MM
}

#[expect(clippy::cast_possible_truncation, reason = "sizes of letters")]
fn size_of(points: f64) -> f32 {
    points as f32
}

pub(crate) fn fixed(
    fonts: &Fonts,
    title: &str,
    size: (f64, f64),
    pages: &[Vec<Fixed>],
) -> Result<Vec<u8>, Error> {
    let casts = Casts::of(fonts)?;
    let mut pdf = krilla::Document::new_with(SerializeSettings::default());
    pdf.set_metadata(Metadata::new().title(title.to_owned()).language("zh-CN".to_owned()));
    for page in pages {
        let mut drawn = pdf.start_page_with(settings((points(size.0), points(size.1)))?);
        let mut surface = drawn.surface();
        for thing in page {
            for op in ops(&casts, thing)? {
                draw_at(&mut surface, (0.0, 0.0), 1.0, &op);
            }
        }
        surface.finish();
        drawn.finish();
    }
    pdf.finish().map_err(|e| Error::Writing(format!("{e:?}")))
}

fn set<'c, 'f>(casts: &'c Casts<'f>, face: Face, size: f32) -> Setting<'c, 'f> {
    let role = match face {
        Face::Text => Role::Body,
        Face::Heading => Role::Heading,
    };
    Setting { size, tracking: 0.0, ..casts.setting(role) }
}

fn text(x: f32, baseline: f32, line: Line, size: f32) -> Op {
    Op::Text { x, baseline, line, size, colour: Colour::Black }
}

fn block(x: f64, y: f64, width: f64, height: f64) -> Op {
    Op::Block {
        x: points(x),
        y: points(y),
        width: points(width),
        height: points(height),
        colour: Colour::Black,
    }
}

fn ops(casts: &Casts<'_>, thing: &Fixed) -> Result<Vec<Op>, Error> {
    Ok(match thing {
        Fixed::Line { x, baseline, size, room, face, text: words } => {
            let mut setting = set(casts, *face, size_of(*size));
            while setting.size > LEAST && setting.width(words) > points(*room) {
                setting.size -= 0.5;
            }
            vec![text(points(*x), points(*baseline), setting.line(words), setting.size)]
        }
        Fixed::Lines { x, baseline, size, pitch, room, most, text: words } => {
            let mut setting = set(casts, Face::Text, size_of(*size));
            let lines = loop {
                let lines = broken(&setting, words, points(*room), 0.0);
                if lines.len() <= *most || setting.size <= LEAST {
                    break lines;
                }
                setting.size -= 0.5;
            };
            let mut at = points(*baseline);
            let mut all = Vec::with_capacity(lines.len());
            for line in lines.into_iter().take(*most) {
                all.push(text(points(*x), at, line, setting.size));
                at += points(*pitch);
            }
            all
        }
        // four filled bars: the outer edge is exactly where it is said to be
        Fixed::Frame { x, y, width, height, line } => vec![
            block(*x, *y, *width, *line),
            block(*x, y + height - line, *width, *line),
            block(*x, *y, *line, *height),
            block(x + width - line, *y, *line, *height),
        ],
        Fixed::Block { x, y, width, height } => vec![block(*x, *y, *width, *height)],
        Fixed::Cut { x, y, width } => {
            let (mut from, end, y) = (points(*x), points(x + width), points(*y));
            let mut all = Vec::new();
            while from < end {
                let to = (from + DASH).min(end);
                all.push(Op::Rule { from: (from, y), to: (to, y), width: 0.6, colour: Colour::Grey });
                from += 2.0 * DASH;
            }
            all
        }
        Fixed::Code { x, y, side, text: words } => {
            let code = QrCode::with_error_correction_level(words, EcLevel::Q)
                .map_err(|e| Error::Writing(e.to_string()))?;
            let columns = code.width();
            let black = code.to_colors().into_iter().map(|c| c == Color::Dark).collect();
            #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 columns")]
            let one = points(*side) / columns as f32;
            vec![Op::Squares { x: points(*x), y: points(*y), side: one, columns, black }]
        }
    })
}
