//! Text as glyphs in lines. Where a line may end is Unicode's rule (UAX 14) as Chinese has it: no closing mark begins a line,
//! no opening mark ends one, Latin words and numbers stay whole.

use crate::fonts::{Cast, Face};
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use std::sync::Arc;

/// A character as it is drawn.
#[derive(Clone)]
pub(crate) struct Placed {
    pub face: Arc<Face>,
    pub glyph: u32,
    /// Width to the next, in points.
    pub advance: f32,
    pub c: char,
}

/// A line of text.
#[derive(Clone, Default)]
pub(crate) struct Line {
    pub glyphs: Vec<Placed>,
    pub width: f32,
}

/// How a text is set.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'c, 'f> {
    pub cast: &'c Cast<'f>,
    /// Points.
    pub size: f32,
    /// Added to each full-width character, in points: what fits 28 of them into a line.
    pub tracking: f32,
}

impl Setting<'_, '_> {
    fn place(&self, c: char) -> Option<Placed> {
        // a control character has no shape
        let c = if c.is_control() { ' ' } else { c };
        let (face, glyph, em) = self.cast.pick_any(c)?;
        let tracking = if em > 0.9 { self.tracking } else { 0.0 };
        Some(Placed { face, glyph, advance: em * self.size + tracking, c })
    }

    /// The text in one line, however long.
    pub(crate) fn line(&self, text: &str) -> Line {
        let glyphs: Vec<Placed> = text.chars().filter_map(|c| self.place(c)).collect();
        let width = glyphs.iter().map(|g| g.advance).sum();
        Line { glyphs, width }
    }

    pub(crate) fn width(&self, text: &str) -> f32 {
        self.line(text).width
    }
}

/// Places where the text may be broken, as byte offsets, the end among them.
fn opportunities(text: &str) -> Vec<usize> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(LineBreakStrictness::Strict);
    LineSegmenter::new_for_non_complex_scripts(options).segment_str(text).skip(1).collect()
}

/// The text in lines of at most `width` points, the first one shorter by `indent`. Lines but the last are spread to the
/// full width.
pub(crate) fn broken(setting: &Setting<'_, '_>, text: &str, width: f32, indent: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let mut room = width - indent;
    let mut start = 0;
    for end in opportunities(text) {
        let word = setting.line(&text[start..end]);
        start = end;
        // a space at the end of a line does not count
        let shown = word.width - trailing(&word);
        if line.width + shown > room + 0.01 && !line.glyphs.is_empty() {
            lines.push(std::mem::take(&mut line));
            room = width;
        }
        for glyph in word.glyphs {
            // a word longer than a line is broken where the line ends
            if line.width + glyph.advance > room + 0.01 && !line.glyphs.is_empty() && !glyph.c.is_whitespace()
            {
                lines.push(std::mem::take(&mut line));
                room = width;
            }
            line.width += glyph.advance;
            line.glyphs.push(glyph);
        }
    }
    if !line.glyphs.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    let last = lines.len() - 1;
    for (n, line) in lines.iter_mut().enumerate() {
        trim(line);
        if n < last {
            spread(line, if n == 0 { width - indent } else { width }, setting.size);
        }
    }
    lines
}

fn trailing(line: &Line) -> f32 {
    line.glyphs.iter().rev().take_while(|g| g.c.is_whitespace()).map(|g| g.advance).sum()
}

fn trim(line: &mut Line) {
    while line.glyphs.last().is_some_and(|g| g.c.is_whitespace()) {
        if let Some(gone) = line.glyphs.pop() {
            line.width -= gone.advance;
        }
    }
}

/// Gives what is left of a line to its gaps. A line that is far too short stays as it is.
fn spread(line: &mut Line, width: f32, size: f32) {
    let left = width - line.width;
    let gaps = line.glyphs.len().saturating_sub(1);
    if gaps == 0 || left <= 0.0 || left > 3.0 * size {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "a line has few characters")]
    let each = left / gaps as f32;
    for glyph in line.glyphs.iter_mut().take(gaps) {
        glyph.advance += each;
    }
    line.width = width;
}

/// A title in as few lines as fit, of about the same length, as the standard wants them.
pub(crate) fn balanced(setting: &Setting<'_, '_>, text: &str, width: f32) -> Vec<Line> {
    let whole = setting.width(text);
    let mut wanted = 1;
    loop {
        #[expect(clippy::cast_precision_loss, reason = "a title has few lines")]
        let target = (whole / wanted as f32 + setting.size).min(width);
        let lines = broken_evenly(setting, text, target);
        if lines.len() <= wanted || wanted >= 20 {
            return if lines.iter().all(|l| l.width <= width + 0.01) {
                lines
            } else {
                broken(setting, text, width, 0.0)
            };
        }
        wanted += 1;
    }
}

fn broken_evenly(setting: &Setting<'_, '_>, text: &str, width: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let mut start = 0;
    for end in opportunities(text) {
        let word = setting.line(&text[start..end]);
        start = end;
        if line.width + word.width - trailing(&word) > width + 0.01 && !line.glyphs.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        line.width += word.width;
        line.glyphs.extend(word.glyphs);
    }
    lines.push(line);
    lines.iter_mut().for_each(trim);
    lines
}

#[cfg(test)]
mod tests {
    use super::opportunities;

    fn may_break(text: &str, before: &str) -> bool {
        let at = text.find(before).unwrap();
        opportunities(text).contains(&at)
    }

    #[test]
    fn chinese_rules() {
        let text = "请于（本月）5日前，按《办法》答复“限期”内容。ABC-123 Word";
        for mark in ["）", "，", "》", "”", "。"] {
            assert!(!may_break(text, mark), "{mark} begins a line");
        }
        for inside in ["本月", "办法》", "限期"] {
            assert!(!may_break(text, inside), "an opening mark ends a line before {inside}");
        }
        assert!(may_break(text, "答复"));
        assert!(!may_break(text, "ord"), "a word is broken");
        assert!(!may_break(text, "23"), "a number is broken");
    }
}
