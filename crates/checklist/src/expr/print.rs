//! An expression as text: for a workbook with `${name}`, for an XForm with paths.

use super::read::LEVELS;
use super::{Op, Tree};

/// How names and `.` are written.
pub(super) trait Names {
    fn name(&self, name: &str) -> String;
}

struct Plain;

impl Names for Plain {
    fn name(&self, name: &str) -> String {
        format!("${{{name}}}")
    }
}

pub(super) fn print(tree: &Tree) -> String {
    written(tree, &Plain)
}

pub(super) fn written(tree: &Tree, names: &impl Names) -> String {
    let mut out = String::new();
    put(tree, 0, names, &mut out);
    out
}

pub(super) fn operator(op: Op) -> (usize, &'static str) {
    let found = LEVELS.iter().enumerate().find_map(|(level, operators)| {
        let (_, text) = operators.iter().find(|(known, _)| *known == op)?;
        Some((level, *text))
    });
    found.unwrap_or_default()
}

/// `least`: the loosest level that may stand here without brackets.
fn put(tree: &Tree, least: usize, names: &impl Names, out: &mut String) {
    match tree {
        Tree::Number(number) => out.push_str(&number.to_string()),
        Tree::Text(text) => {
            let mark = if text.contains('\'') { '"' } else { '\'' };
            out.push(mark);
            out.push_str(text);
            out.push(mark);
        }
        Tree::Name(name) => out.push_str(&names.name(name)),
        Tree::This => out.push('.'),
        Tree::Position(steps) => {
            out.push_str("position(");
            out.push_str(&vec![".."; *steps].join("/"));
            out.push(')');
        }
        Tree::Negative(of) => {
            out.push('-');
            put(of, LEVELS.len(), names, out);
        }
        Tree::Pair(op, one, other) => {
            let (level, text) = operator(*op);
            let brackets = level < least;
            if brackets {
                out.push('(');
            }
            put(one, level, names, out);
            out.push(' ');
            out.push_str(text);
            out.push(' ');
            put(other, level + 1, names, out);
            if brackets {
                out.push(')');
            }
        }
        Tree::Call(function, given) => {
            out.push_str(function.name());
            out.push('(');
            for (at, part) in given.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                put(part, 0, names, out);
            }
            out.push(')');
        }
    }
}
