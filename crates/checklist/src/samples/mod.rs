//! Two checklists to begin with, in our own words: a market hall, and buses. They use every kind of question and every rule.

mod bus;
mod market;

use crate::expr::Expr;
use crate::model::{Checklist, Choice, Item, Kind, Note, Observes, Question, Required, Text};
use crate::rule::Rule;

/// All of them.
pub fn all() -> Vec<Checklist> {
    vec![market(), bus()]
}

/// 集贸市场
pub fn market() -> Checklist {
    market::checklist()
}

/// 公交: three lines, five stops each.
pub fn bus() -> Checklist {
    bus::checklist()
}

fn text(zh: &str, en: &str) -> Text {
    Text::new(zh, en)
}

/// A sample's expression; tests see to it that each of them can be read.
fn expr(written: &str) -> Option<Expr> {
    Expr::read(written).ok()
}

fn observes(standard: &str, rule: &str) -> Option<Observes> {
    Some(Observes { standard: standard.to_owned(), rule: rule.parse::<Rule>().ok()? })
}

fn choice(name: &str, zh: &str, en: &str) -> Choice {
    Choice { name: name.to_owned(), label: text(zh, en) }
}

fn ask(name: &str, kind: Kind, zh: &str, en: &str) -> Question {
    Question::new(name, kind, text(zh, en))
}

/// A question that must be answered.
fn must(name: &str, kind: Kind, zh: &str, en: &str) -> Question {
    Question { required: Required::Fixed(true), ..ask(name, kind, zh, en) }
}

fn conforms(name: &str, standard: &str, zh: &str, en: &str) -> Item {
    let kind = Kind::Conforms { not_applicable: true };
    Item::Question(Question { observes: observes(standard, "conforms"), ..must(name, kind, zh, en) })
}

fn note(name: &str, zh: &str, en: &str) -> Item {
    Item::Note(Note { name: name.to_owned(), label: text(zh, en), ..Note::default() })
}
