//! PDF: text that can be selected and searched, with the glyphs that are used embedded.

mod fixed;
mod flow;
mod layout;
mod lines;
mod signs;
mod table;

pub(crate) use fixed::fixed;
pub(crate) use signs::signs;

use crate::Error;
use crate::document::Document;
use crate::fonts::Fonts;
use flow::{Colour, Op, Page};
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use layout::{CELL, Casts, HEIGHT, LEFT, MM, PAGE, SMALL, TOP, WIDTH};
use lines::{Line, Setting};
use std::sync::Arc;

fn colour(of: Colour) -> rgb::Color {
    match of {
        Colour::Black => rgb::Color::new(0, 0, 0),
        Colour::Red => rgb::Color::new(200, 16, 24),
        Colour::White => rgb::Color::new(255, 255, 255),
        Colour::Grey => rgb::Color::new(64, 85, 91),
        Colour::Deep => rgb::Color::new(7, 57, 74),
    }
}

fn fill(of: Colour) -> Fill {
    Fill { paint: colour(of).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// Draws a line of text, face by face.
fn text(surface: &mut Surface<'_>, x: f32, baseline: f32, line: &Line, size: f32, of: Colour) {
    surface.set_stroke(None);
    surface.set_fill(Some(fill(of)));
    let mut x = x;
    let mut rest = line.glyphs.as_slice();
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|g| Arc::ptr_eq(&g.face, &first.face)).count();
        let (run, after) = rest.split_at(same);
        let mut words = String::with_capacity(run.len() * 3);
        let mut glyphs = Vec::with_capacity(run.len());
        let mut width = 0.0;
        for placed in run {
            let start = words.len();
            words.push(placed.c);
            let range = start..words.len();
            let id = GlyphId::new(placed.glyph);
            glyphs.push(KrillaGlyph::new(id, placed.advance / size, 0.0, 0.0, 0.0, range, None));
            width += placed.advance;
        }
        surface.draw_glyphs(
            Point::from_xy(x, baseline),
            &glyphs,
            first.face.font.clone(),
            &words,
            size,
            false,
        );
        x += width;
        rest = after;
    }
}

fn squares(surface: &mut Surface<'_>, at: (f32, f32), side: f32, columns: usize, black: &[bool]) {
    let mut path = PathBuilder::new();
    for (row, cells) in black.chunks(columns).enumerate() {
        let mut column = 0;
        while column < cells.len() {
            let run = cells[column..].iter().take_while(|b| **b).count();
            #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 columns")]
            let rect = Rect::from_xywh(
                at.0 + column as f32 * side,
                at.1 + row as f32 * side,
                (run as f32 * side).max(0.01),
                side,
            );
            if let Some(rect) = rect.filter(|_| run > 0) {
                path.push_rect(rect);
            }
            column += run.max(1);
        }
    }
    surface.set_stroke(None);
    surface.set_fill(Some(fill(Colour::Black)));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn draw(surface: &mut Surface<'_>, y: f32, op: &Op) {
    draw_at(surface, (LEFT, TOP + y), 1.0, op);
}

/// Draws from this corner, everything larger by `scale`.
fn draw_at(surface: &mut Surface<'_>, corner: (f32, f32), scale: f32, op: &Op) {
    surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, corner.0, corner.1));
    shape(surface, op);
    surface.pop();
}

fn shape(surface: &mut Surface<'_>, op: &Op) {
    match op {
        Op::Text { x, baseline, line, size, colour } => {
            text(surface, *x, *baseline, line, *size, *colour);
        }
        Op::Block { x, y, width, height, colour: of } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(rect);
            }
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*of)));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Op::Rule { from, to, width, colour: of } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            surface.set_fill(None);
            let stroke = Stroke { paint: colour(*of).into(), width: *width, ..Stroke::default() };
            surface.set_stroke(Some(stroke));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Op::Squares { x, y, side, columns, black } => {
            squares(surface, (*x, *y), *side, *columns, black);
        }
    }
}

/// — 1 —, 7 mm below the type area, on the outer side.
fn page_number(surface: &mut Surface<'_>, casts: &Casts<'_>, number: usize) {
    let setting = Setting { cast: &casts.body, size: SMALL, tracking: 0.0 };
    let line = setting.line(&format!("— {number} —"));
    let x = if number.is_multiple_of(2) { CELL } else { WIDTH - CELL - line.width };
    text(surface, LEFT + x, TOP + HEIGHT + 7.0 * MM + SMALL * 0.5, &line, SMALL, Colour::Black);
}

fn settings(size: (f32, f32)) -> Result<PageSettings, Error> {
    PageSettings::from_wh(size.0, size.1).ok_or_else(|| Error::Writing("a page has no size".to_owned()))
}

fn page(pdf: &mut krilla::Document, casts: &Casts<'_>, page: &Page, number: usize) -> Result<(), Error> {
    let mut sheet = pdf.start_page_with(settings(PAGE)?);
    let mut surface = sheet.surface();
    for (y, piece) in page {
        for op in &piece.ops {
            draw(&mut surface, *y, op);
        }
    }
    page_number(&mut surface, casts, number);
    surface.finish();
    sheet.finish();
    Ok(())
}

/// The document as a PDF. The same document and fonts make the same bytes.
pub(crate) fn render(fonts: &Fonts, document: &Document) -> Result<Vec<u8>, Error> {
    let casts = Casts::of(fonts)?;
    let pages = flow::pages(layout::pieces(&casts, document)?, HEIGHT);
    let mut pdf = krilla::Document::new_with(SerializeSettings::default());
    let about = Metadata::new()
        .title(document.title.clone())
        .authors(document.closing.iter().map(|c| c.organ.clone()).collect())
        .language("zh-CN".to_owned());
    pdf.set_metadata(about);
    for (n, one) in pages.iter().enumerate() {
        page(&mut pdf, &casts, one, n + 1)?;
    }
    pdf.finish().map_err(|e| Error::Writing(format!("{e:?}")))
}
