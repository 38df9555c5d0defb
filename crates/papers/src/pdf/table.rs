//! Tables: ruled, their head on every page, rows whole where they fit on one.

use super::flow::{Colour, Op, Piece};
use super::lines::{Line, Setting, broken};
use crate::document::Table;
use std::sync::Arc;

/// Points between a rule and a text.
const PADDING: f32 = 4.0;
/// Points from one line of a cell to the next.
const PITCH: f32 = 18.0;
const RULE: f32 = 0.5;

/// Left edges of the columns, and the right edge of the last.
fn edges(table: &Table, columns: usize, width: f32) -> Vec<f32> {
    let weight = |n: usize| f32::from(table.widths.get(n).copied().unwrap_or(1).max(1));
    let all: f32 = (0..columns).map(weight).sum();
    let mut edges = vec![0.0];
    for n in 0..columns {
        let last = edges.last().copied().unwrap_or(0.0);
        edges.push(last + width * weight(n) / all);
    }
    edges
}

/// Pieces of one row: one, or several where it is higher than `most` lines.
fn row(setting: &Setting<'_, '_>, cells: &[String], edges: &[f32], most: usize) -> Vec<Piece> {
    let texts: Vec<Vec<Line>> = edges
        .windows(2)
        .enumerate()
        .map(|(n, edge)| {
            let text = cells.get(n).map_or("", String::as_str);
            let paragraphs = text.lines().map(str::trim).filter(|l| !l.is_empty());
            paragraphs.flat_map(|l| broken(setting, l, edge[1] - edge[0] - 2.0 * PADDING, 0.0)).collect()
        })
        .collect();
    let lines = texts.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (0..lines)
        .step_by(most.max(1))
        .map(|from| slice(setting, &texts, edges, from, (lines - from).min(most)))
        .collect()
}

fn slice(setting: &Setting<'_, '_>, texts: &[Vec<Line>], edges: &[f32], from: usize, count: usize) -> Piece {
    #[expect(clippy::cast_precision_loss, reason = "a row has few lines")]
    let height = count as f32 * PITCH + 2.0 * PADDING;
    let mut ops = Vec::new();
    let (left, right) = (edges.first().copied().unwrap_or(0.0), edges.last().copied().unwrap_or(0.0));
    let mut rule = |from, to| ops.push(Op::Rule { from, to, width: RULE, colour: Colour::Black });
    rule((left, 0.0), (right, 0.0));
    rule((left, height), (right, height));
    for x in edges {
        rule((*x, 0.0), (*x, height));
    }
    for (n, lines) in texts.iter().enumerate() {
        for (at, line) in lines.iter().skip(from).take(count).enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a row has few lines")]
            let baseline = PADDING + at as f32 * PITCH + PITCH * 0.5 + setting.size * 0.36;
            let x = edges.get(n).copied().unwrap_or(0.0) + PADDING;
            ops.push(Op::Text { x, baseline, line: line.clone(), size: setting.size, colour: Colour::Black });
        }
    }
    Piece { height, ops, ..Piece::default() }
}

/// The table for a type area of this width and height. `head`: the setting of its first row.
pub(crate) fn pieces(
    setting: &Setting<'_, '_>,
    head: &Setting<'_, '_>,
    table: &Table,
    width: f32,
    height: f32,
) -> Vec<Piece> {
    let columns = table.rows.iter().map(Vec::len).chain([table.head.len(), 1]).max().unwrap_or(1);
    let edges = edges(table, columns, width);
    let head = (!table.head.is_empty())
        .then(|| row(head, &table.head, &edges, usize::MAX))
        .and_then(|mut p| p.pop());
    let head = head.map(|piece| Arc::new(Piece { keep: true, ..piece }));
    let room = height - head.as_ref().map_or(0.0, |h| h.height) - 2.0 * PADDING;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page has few lines")]
    let most = (room / PITCH).max(1.0) as usize;
    let mut pieces: Vec<Piece> = head.iter().map(|h| (**h).clone()).collect();
    for cells in &table.rows {
        pieces
            .extend(row(setting, cells, &edges, most).into_iter().map(|p| Piece { head: head.clone(), ..p }));
    }
    pieces
}
