//! What expressions refer to, and whether an answer can be had from there.

use super::{Code, Look, Part, expressions};
use crate::expr::{Function, Op, Tree, Wants};
use crate::model::Item;

impl Look<'_> {
    pub(super) fn expressions(&mut self, at: usize, item: &Item) {
        for (part, expr) in expressions(item) {
            let is_condition = matches!(part, Part::Relevant | Part::Required | Part::Constraint);
            self.tree(at, part, expr.tree(), is_condition, false);
            if part == Part::Calculate && expr.tree().is_truth() {
                self.at(at, part, Code::TruthCalculated, expr.to_string());
            }
        }
    }

    /// `condition`: yes or no is wanted here; `all`: every answer of a name may stand here.
    fn tree(&mut self, at: usize, part: Part, tree: &Tree, condition: bool, all: bool) {
        match tree {
            Tree::Name(name) => {
                self.reference(at, part, name, all);
                if condition {
                    self.at(at, part, Code::ReferenceAsTruth, format!("${{{name}}}"));
                }
            }
            Tree::This => {
                if part != Part::Constraint {
                    self.at(at, part, Code::ThisOutOfPlace, ".");
                } else if condition {
                    self.at(at, part, Code::ReferenceAsTruth, ".");
                }
            }
            Tree::Position(steps) => {
                // the root can be reached, what is above it cannot
                let depth = self.map.at(at).map_or(0, |entry| entry.path.len());
                if *steps > depth {
                    self.at(
                        at,
                        part,
                        Code::StepsTooMany,
                        format!("position({})", vec![".."; *steps].join("/")),
                    );
                }
            }
            Tree::Call(Function::Count, given) => {
                for inner in given {
                    match inner {
                        Tree::Name(name) if self.is_repeat(name) => {}
                        inner => self.tree(at, part, inner, false, true),
                    }
                }
            }
            Tree::Call(function, given) => {
                let all = match function.wants() {
                    Wants::All => true,
                    Wants::ValuesOrAll => given.len() == 1,
                    Wants::Values => false,
                };
                for (n, inner) in given.iter().enumerate() {
                    let condition = *function == Function::Not || (*function == Function::If && n == 0);
                    self.tree(at, part, inner, condition, all);
                }
            }
            Tree::Pair(op, one, other) => {
                let condition = matches!(op, Op::And | Op::Or);
                self.tree(at, part, one, condition, false);
                self.tree(at, part, other, condition, false);
            }
            Tree::Negative(of) => self.tree(at, part, of, false, false),
            Tree::Number(_) | Tree::Text(_) => {}
        }
    }

    fn is_repeat(&self, name: &str) -> bool {
        let item = self.map.find(name).and_then(|at| self.map.at(at));
        item.is_some_and(|entry| matches!(entry.item, Item::Repeat(_)))
    }

    fn reference(&mut self, at: usize, part: Part, name: &str, all: bool) {
        let Some(target) = self.map.find(name) else {
            self.at(at, part, Code::UnknownReference, name);
            return;
        };
        let Some(entry) = self.map.at(target) else { return };
        if !matches!(entry.item, Item::Question(_)) {
            self.at(at, part, Code::NotAQuestion, name);
        } else if entry.repeats.len() > self.map.shared(at, target) && !all {
            self.at(at, part, Code::ManyAsOne, name);
        } else if target == at && !matches!(part, Part::Relevant | Part::Calculate) {
            // in a relevance or calculation it is told as a circle
            self.at(at, part, Code::Circle, name);
        }
    }
}
