//! Pieces one below the other, divided into pages.

use super::lines::Line;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    Black,
    Red,
    White,
    Grey,
    /// Ground of a sign's head.
    Deep,
}

/// Something drawn, relative to the piece's upper left corner, in points.
#[derive(Clone)]
pub(crate) enum Op {
    Text {
        x: f32,
        baseline: f32,
        line: Line,
        size: f32,
        colour: Colour,
    },
    /// A line from one point to another.
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
        colour: Colour,
    },
    /// A filled rectangle.
    Block {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        colour: Colour,
    },
    /// Black squares: columns, side of each, and which are black, row by row.
    Squares {
        x: f32,
        y: f32,
        side: f32,
        columns: usize,
        black: Vec<bool>,
    },
}

/// What must not be divided.
#[derive(Clone, Default)]
pub(crate) struct Piece {
    pub height: f32,
    pub ops: Vec<Op>,
    /// Stays on the page of the piece after it.
    pub keep: bool,
    /// Begins a page.
    pub fresh: bool,
    /// Stands at the foot of its page.
    pub foot: bool,
    /// What is repeated above it where a page begins with it.
    pub head: Option<Arc<Piece>>,
}

impl Piece {
    pub(crate) fn blank(height: f32) -> Self {
        Self { height, ..Self::default() }
    }
}

/// A piece and how far down its page it stands.
pub(crate) type Page = Vec<(f32, Piece)>;

/// Divides the flow into pages of this height.
pub(crate) fn pages(pieces: Vec<Piece>, height: f32) -> Vec<Page> {
    let mut pages: Vec<Page> = vec![Vec::new()];
    let mut y = 0.0;
    for n in 0..pieces.len() {
        let piece = pieces[n].clone();
        let full = y + chain(&pieces[n..]) > height + 0.01 && y > 0.0;
        let started = pages.last().is_some_and(|p| !p.is_empty());
        if full || (piece.fresh && started) {
            pages.push(Vec::new());
            y = 0.0;
        }
        let Some(page) = pages.last_mut() else { return pages };
        // nothing begins a page with emptiness, unless it was meant to
        if y == 0.0 && piece.ops.is_empty() && full {
            continue;
        }
        if y == 0.0
            && full
            && let Some(head) = &piece.head
        {
            page.push((0.0, (**head).clone()));
            y += head.height;
        }
        if piece.foot {
            y = y.max(height - piece.height);
        }
        y += piece.height;
        page.push((y - piece.height, piece));
    }
    pages
}

/// Height of the first piece with all that must stay with it.
fn chain(pieces: &[Piece]) -> f32 {
    let mut height = 0.0;
    for piece in pieces {
        height += piece.height;
        if !piece.keep {
            break;
        }
    }
    height
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solid(height: f32) -> Piece {
        let rule = Op::Rule { from: (0.0, 0.0), to: (1.0, 0.0), width: 1.0, colour: Colour::Black };
        Piece { height, ops: vec![rule], ..Piece::default() }
    }

    #[test]
    fn what_belongs_together_stays_together() {
        let mut flow: Vec<Piece> = (0..9).map(|_| solid(10.0)).collect();
        flow[8].keep = true;
        flow.push(Piece { keep: true, ..Piece::blank(10.0) });
        flow.push(solid(10.0));
        let pages = pages(flow, 100.0);
        assert_eq!(
            pages.iter().map(Vec::len).collect::<Vec<_>>(),
            [8, 3],
            "the last line goes with the date"
        );
    }

    #[test]
    fn a_table_has_its_head_on_every_page() {
        let head = Arc::new(solid(10.0));
        let rows = (0..25).map(|_| Piece { head: Some(Arc::clone(&head)), ..solid(10.0) });
        let flow: Vec<Piece> = std::iter::once((*head).clone()).chain(rows).collect();
        let pages = pages(flow, 100.0);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [10, 10, 8]);
        assert!(pages.iter().all(|page| page.last().is_some_and(|(y, p)| y + p.height <= 100.01)));
    }
}
