//! What a round comes to, as the API and the command line tell it.

use super::matching::{Open, Warning};
use super::model::Round;
use super::worked::Worked;
use scoring::Exact;
use scoring::round::{self, Holder, Item};
use serde::Serialize;
use serde_json::{Value, json};

/// Places of the numbers beside the exact ones.
const PLACES: usize = 6;

#[derive(Clone, Debug)]
pub struct Account {
    pub round: Round,
    pub score: round::Round,
    pub warnings: Vec<Warning>,
    pub open: Vec<Open>,
}

impl Account {
    pub fn new(round: Round, worked: &Worked) -> Self {
        let found = worked.found.clone();
        Self { round, score: worked.score.clone(), warnings: found.warnings, open: found.open }
    }

    /// `{"score":x,"quota":n,"rate":x/n,"items":[…],"streets":[…],"units":[…],"warnings":[…]}`. Numbers are rounded to six places;
    /// `exact` has the score and the rate as fractions.
    pub fn to_json(&self) -> Value {
        let score = &self.score;
        json!({
            "round": self.round.number,
            "file": self.round.file_name,
            "rows": self.round.row_count,
            "score": number(&score.score),
            "quota": score.quota,
            "rate": number(&score.rate),
            "exact": { "score": score.score, "rate": score.rate },
            "items": score.items.iter().map(item).collect::<Vec<_>>(),
            "streets": score.streets.iter().map(holder).collect::<Vec<_>>(),
            "units": score.units.iter().map(holder).collect::<Vec<_>>(),
            "costs_without_street": number(&score.costs_without_street),
            "open": to_value(&self.open),
            "warnings": to_value(&self.warnings),
        })
    }
}

fn to_value<T: Serialize>(of: &T) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

fn number(of: &Exact) -> Value {
    // the text of a decimal is read back as the nearest number
    of.shown(PLACES).parse::<f64>().map_or(Value::Null, Value::from)
}

fn item(of: &Item) -> Value {
    let subs: Vec<Value> = of
        .sub_items
        .iter()
        .map(|sub| json!({ "name": sub.name, "points": sub.points, "score": number(&sub.score) }))
        .collect();
    json!({ "name": of.name, "score": number(&of.score), "quota": of.quota, "rate": number(&of.rate), "sub_items": subs })
}

fn holder(of: &Holder) -> Value {
    json!({
        "name": of.name,
        "points": of.points,
        "faults": of.faults,
        "rate": number(&of.rate),
        "costs": number(&of.costs),
    })
}
