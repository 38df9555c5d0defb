//! A checklist for who fills it in without a network.

use crate::expr::Expr;
use crate::model::{Checklist, Item, Kind, Required};
use serde_json::Value;

impl Checklist {
    /// Its JSON with every expression as its tree in place of its text. Not read again: what is stored has texts.
    pub fn for_a_device(&self) -> Value {
        let mut all = serde_json::to_value(self).unwrap_or_default();
        if let Some(items) = all.get_mut("items") {
            plant(&self.items, items);
        }
        all
    }
}

fn plant(items: &[Item], into: &mut Value) {
    for (item, json) in items.iter().zip(into.as_array_mut().into_iter().flatten()) {
        let mut set = |key: &str, expr: Option<&Expr>| {
            if let Some(place) = json.get_mut(key)
                && let Some(expr) = expr
            {
                *place = serde_json::to_value(expr.tree()).unwrap_or_default();
            }
        };
        set("relevant", item.relevant());
        match item {
            Item::Question(question) => {
                set("constraint", question.constraint.as_ref());
                if let Required::When(expr) = &question.required {
                    set("required", Some(expr));
                }
                if let Kind::Calculate { expr } = &question.kind {
                    set("expr", Some(expr));
                }
            }
            Item::Repeat(repeat) => set("count", repeat.count.as_ref()),
            Item::Section(_) | Item::Note(_) => {}
        }
        if let Some(inside) = json.get_mut("items") {
            plant(item.items(), inside);
        }
    }
}
