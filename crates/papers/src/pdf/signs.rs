//! Signs drawn at fixed places: sheets are cut apart, so nothing may flow.

use super::flow::{Colour, Op};
use super::layout::{Casts, MM};
use super::lines::{Line, Setting, balanced};
use super::{draw_at, settings};
use crate::Error;
use crate::fonts::{Fonts, Role};
use crate::signs::{Sheet, Sign};
use krilla::SerializeSettings;
use krilla::metadata::Metadata;
use qrcode::{Color, EcLevel, QrCode};

/// A sign is laid out on A6 and drawn at this scale.
struct Place {
    x: f32,
    y: f32,
    scale: f32,
}

const A6: (f32, f32) = (105.0 * MM, 148.5 * MM);
const EDGE: f32 = 8.0 * MM;
/// Free space around a code, in squares; readers want four.
const QUIET: f32 = 4.0;

fn places(sheet: Sheet) -> ((f32, f32), Vec<Place>) {
    match sheet {
        Sheet::OneOnA5 => {
            let page = (148.0 * MM, 210.0 * MM);
            (page, vec![Place { x: 0.0, y: 0.0, scale: page.0 / A6.0 }])
        }
        Sheet::FourOnA4 => {
            let at = [(0.0, 0.0), (A6.0, 0.0), (0.0, A6.1), A6];
            let places = at.map(|(x, y)| Place { x, y, scale: 1.0 }).into();
            ((2.0 * A6.0, 2.0 * A6.1), places)
        }
    }
}

/// The signs as sheets. The same signs and fonts make the same bytes.
pub(crate) fn signs(fonts: &Fonts, title: &str, sheet: Sheet, signs: &[Sign]) -> Result<Vec<u8>, Error> {
    let casts = Casts::of(fonts)?;
    let (page, places) = places(sheet);
    let mut pdf = krilla::Document::new_with(SerializeSettings::default());
    pdf.set_metadata(Metadata::new().title(title.to_owned()).language("zh-CN".to_owned()));
    for some in signs.chunks(places.len()) {
        let mut drawn = pdf.start_page_with(settings(page)?);
        let mut surface = drawn.surface();
        if places.len() > 1 {
            for op in cuts(page) {
                draw_at(&mut surface, (0.0, 0.0), 1.0, &op);
            }
        }
        for (sign, place) in some.iter().zip(&places) {
            for op in laid_out(&casts, sign)? {
                draw_at(&mut surface, (place.x, place.y), place.scale, &op);
            }
        }
        surface.finish();
        drawn.finish();
    }
    pdf.finish().map_err(|e| Error::Writing(format!("{e:?}")))
}

fn cuts((width, height): (f32, f32)) -> [Op; 2] {
    let rule = |from, to| Op::Rule { from, to, width: 0.4, colour: Colour::Grey };
    [rule((width / 2.0, 0.0), (width / 2.0, height)), rule((0.0, height / 2.0), (width, height / 2.0))]
}

/// A line in the middle, smaller where it would be too wide.
fn centred(casts: &Casts<'_>, role: Role, text: &str, size: f32, baseline: f32, colour: Colour) -> Op {
    let room = A6.0 - 2.0 * EDGE;
    let mut setting = Setting { size, tracking: 0.0, ..casts.setting(role) };
    while setting.size > 6.0 && setting.width(text) > room {
        setting.size -= 0.5;
    }
    let line = setting.line(text);
    Op::Text { x: (A6.0 - line.width) / 2.0, baseline, size: setting.size, line, colour }
}

/// Everything on a sign of A6, from its upper left corner.
fn laid_out(casts: &Casts<'_>, sign: &Sign) -> Result<Vec<Op>, Error> {
    let room = A6.0 - 2.0 * EDGE;
    let mut ops = vec![Op::Block { x: EDGE, y: EDGE, width: room, height: 11.0 * MM, colour: Colour::Deep }];
    ops.push(centred(casts, Role::Heading, &sign.head, 13.0, EDGE + 7.4 * MM, Colour::White));
    let mut y = EDGE + 11.0 * MM + 5.0 * MM;
    for line in title(casts, &sign.title, room) {
        y += line.1 * 1.3;
        ops.push(Op::Text {
            x: (A6.0 - line.0.width) / 2.0,
            baseline: y,
            line: line.0,
            size: line.1,
            colour: Colour::Black,
        });
    }
    if !sign.subtitle.is_empty() {
        y += 16.0;
        ops.push(centred(casts, Role::Body, &sign.subtitle, 10.5, y, Colour::Grey));
    }
    y += 8.0;
    for (label, value) in sign.lines.iter().filter(|(_, value)| !value.is_empty()) {
        y += 17.0;
        let small = Setting { size: 10.5, tracking: 0.0, ..casts.setting(Role::Body) };
        ops.push(Op::Text {
            x: EDGE,
            baseline: y,
            line: small.line(label),
            size: 10.5,
            colour: Colour::Grey,
        });
        let x = EDGE + 24.0 * MM;
        let mut large = Setting { size: 12.0, tracking: 0.0, ..casts.setting(Role::Heading) };
        while large.size > 6.0 && large.width(value) > A6.0 - EDGE - x {
            large.size -= 0.5;
        }
        ops.push(Op::Text {
            x,
            baseline: y,
            line: large.line(value),
            size: large.size,
            colour: Colour::Black,
        });
    }
    let foot = A6.1 - EDGE;
    ops.push(centred(casts, Role::Heading, &sign.foot, 11.0, foot - 1.0, Colour::Black));
    ops.push(centred(casts, Role::Body, &sign.number, 10.0, foot - 16.0, Colour::Black));
    // a quarter of it may be dirty or torn and it still reads: signs hang in the weather
    let code = QrCode::with_error_correction_level(&sign.code, EcLevel::Q)
        .map_err(|e| Error::Writing(e.to_string()))?;
    let columns = code.width();
    let black = code.to_colors().into_iter().map(|c| c == Color::Dark).collect();
    #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 columns")]
    let across = columns as f32 + 2.0 * QUIET;
    let whole = (44.0 * MM).min(foot - 26.0 - y);
    let side = whole / across;
    let (x, top) = ((A6.0 - whole) / 2.0 + QUIET * side, foot - 26.0 - whole + QUIET * side);
    ops.push(Op::Squares { x, y: top, side, columns, black });
    Ok(ops)
}

/// The name in one line or two, as large as fits.
fn title(casts: &Casts<'_>, text: &str, room: f32) -> Vec<(Line, f32)> {
    let mut setting = Setting { size: 18.0, tracking: 0.0, ..casts.setting(Role::Heading) };
    loop {
        let lines = balanced(&setting, text, room);
        if (lines.len() <= 2 && lines.iter().all(|l| l.width <= room + 0.01)) || setting.size <= 7.0 {
            return lines.into_iter().map(|line| (line, setting.size)).collect();
        }
        setting.size -= 0.5;
    }
}
