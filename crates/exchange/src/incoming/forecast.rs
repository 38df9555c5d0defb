//! What the next fetch would do, said without doing it: the same questions as [`super::apply`] asks, on a snapshot.

use super::making;
use crate::change::{self, Sound};
use crate::model::{Kind, Partner, Side, ValueKind};
use crate::stage::{self, Follow};
use crate::store as rows;
use ::store::Tx;
use cases::desk::Desk;
use kernel::problem::Result;
use kernel::workflow::Named;
use places::PlaceIndex;
use serde_json::Value;
use std::collections::HashMap;

/// One change of the next fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    pub order_no: String,
    pub revision: i64,
    /// A [`Kind`]; empty where it cannot be read.
    pub kind: String,
    /// What would be done: see the texts `exchange-forecast-…`.
    pub what: &'static str,
    /// The case it is about.
    pub case: String,
    /// Why it would go to the repair list.
    pub why: String,
    /// Words that nobody has mapped.
    pub unknown: Vec<(ValueKind, String)>,
}

pub fn forecast(
    tx: &mut Tx<'_>,
    desk: &Desk,
    index: &PlaceIndex,
    partner: &Partner,
    items: &[Value],
) -> Result<Vec<Forecast>> {
    // how far each order would have come by the changes before
    let mut reached: HashMap<String, i64> = HashMap::new();
    items.iter().map(|item| one(tx, desk, index, partner, item, &mut reached)).collect()
}

fn one(
    tx: &mut Tx<'_>,
    desk: &Desk,
    index: &PlaceIndex,
    partner: &Partner,
    item: &Value,
    reached: &mut HashMap<String, i64>,
) -> Result<Forecast> {
    let said = match change::read(item) {
        Ok(said) => said,
        Err(problem) => {
            let order_no = item.get("order").and_then(Value::as_str).unwrap_or_default().to_owned();
            return Ok(Forecast {
                order_no,
                what: "repair",
                why: change::faults(&problem),
                ..Forecast::default()
            });
        }
    };
    let change = &said.change;
    let mut told = Forecast {
        order_no: change.order.clone(),
        revision: change.revision,
        kind: said.kind.code().to_owned(),
        ..Forecast::default()
    };
    let known = rows::known_hash(tx, partner.id, &change.id)?;
    let order = rows::order_by_no(tx, partner.id, &change.order)?;
    let applied = reached.get(&change.order).copied().or(order.as_ref().map(|o| o.applied)).unwrap_or(0);
    if known.is_some() || change.revision <= applied {
        told.what = "known";
        return Ok(told);
    }
    if stage::next(applied, &[change.revision]).is_none() {
        told.what = "wait";
        return Ok(told);
    }
    reached.insert(change.order.clone(), change.revision);
    if let Some(s) = &change.snapshot {
        told.unknown = making::codes(tx, desk, partner, (&s.state, &s.category, &s.unit))?.unknown;
    }
    let case = match order.and_then(|o| o.follows_id) {
        Some(id) => cases::store::case(tx, id)?,
        None => None,
    };
    match case {
        Some(case) => {
            told.what =
                follows(stage::follow(case.state, said.kind, partner.wins.0.state == Side::Theirs), &said);
            told.case = case.number;
        }
        None if said.kind == Kind::Created => match making::report(partner, index, change, None) {
            Ok(_) => told.what = "create",
            Err(problem) => (told.what, told.why) = ("repair", change::faults(&problem)),
        },
        // made by a change before it in the same fetch, and not yet there to be asked
        None if applied > 0 => told.what = "after",
        None => told.what = "repair",
    }
    Ok(told)
}

fn follows(follow: Follow, said: &Sound) -> &'static str {
    match follow {
        Follow::Note => "note",
        Follow::Nothing if said.kind == Kind::Changed => "compare",
        Follow::Nothing => "nothing",
        Follow::Reply => "reply",
        Follow::Void => "void",
        Follow::PassAndClose | Follow::Close => "close",
        Follow::Contest => "contest",
        Follow::Rework => "rework",
        Follow::Differ => "differ",
    }
}
