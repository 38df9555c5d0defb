//! From what a partner sends to what becomes of cases: changes are written down first, whole and once; then carried out one
//! by one, in the order of their revisions.

mod apply;
mod forecast;
mod making;

pub use apply::step;
pub use forecast::{Forecast, forecast};
pub(crate) use making::{codes, item, take_listed};

use crate::adapter::Receipt;
use crate::change;
use crate::model::{Aspect, InState, Incoming, Partner};
use crate::{compare, store as rows};
use ::store::Tx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use serde_json::Value;

/// Writes changes down; what became of each. With `keep` a change that cannot be read goes to the repair list, because
/// nobody will send it again; without, whoever sends it is told.
pub fn receive(tx: &mut Tx<'_>, partner: &Partner, items: &[Value], keep: bool) -> Result<Vec<Receipt>> {
    tx.housekeeping();
    let mut receipts = Vec::with_capacity(items.len());
    for item in items {
        receipts.push(one(tx, partner, item, keep)?);
    }
    Ok(receipts)
}

/// Puts a file that cannot be read as a whole on the repair list.
pub(crate) fn refuse_file(tx: &mut Tx<'_>, partner: &Partner, file: &str, why: &str) -> Result<Vec<Receipt>> {
    tx.housekeeping();
    let row = Incoming { change_id: format!("file:{file}:{}", tx.now().micros()), ..blank(tx, partner) };
    let text = serde_json::json!({ "file": file }).to_string();
    put(tx, partner, row, &text, Some(("file", format!("{file}: {why}")))).map(|receipt| vec![receipt])
}

/// A change of which nothing is known yet.
fn blank(tx: &Tx<'_>, partner: &Partner) -> Incoming {
    Incoming {
        id: kernel::id::Id::new(0),
        number: String::new(),
        partner_id: partner.id,
        order_no: String::new(),
        change_id: String::new(),
        revision: 0,
        kind: String::new(),
        at: tx.now(),
        body: "".into(),
        hash: String::new(),
        state: InState::Waiting,
        fault: None,
        detail: "".into(),
        received_at: tx.now(),
        ended_at: None,
        version: 1,
    }
}

fn one(tx: &mut Tx<'_>, partner: &Partner, item: &Value, keep: bool) -> Result<Receipt> {
    let text = item.to_string();
    let hash = change::hash(&text);
    let said = |name: &str| -> String {
        item.get(name).and_then(Value::as_str).unwrap_or_default().chars().take(100).collect()
    };
    let blank =
        Incoming { order_no: said("order"), change_id: said("id"), hash: hash.clone(), ..blank(tx, partner) };
    match change::read(item) {
        Ok(sound) => {
            let row = Incoming {
                order_no: sound.change.order.clone(),
                change_id: sound.change.id.clone(),
                revision: sound.change.revision,
                kind: sound.kind.code().to_owned(),
                at: sound.at,
                ..blank
            };
            match rows::known_hash(tx, partner.id, &row.change_id)? {
                Some(known) if known == hash => Ok(receipt(&row, "known", "")),
                // the same name for something else: both are kept, and a person looks
                Some(_) if keep => {
                    let row = Incoming { change_id: format!("{}#{}", row.change_id, &hash[..12]), ..row };
                    put(tx, partner, row, &text, Some(("contradicts", String::new())))
                }
                Some(_) => Ok(receipt(&row, "refused", "another change was sent with this id")),
                None => {
                    rows::ensure_order(tx, partner.id, &row.order_no, 0)?;
                    put(tx, partner, row, &text, None)
                }
            }
        }
        Err(problem) if problem.is_ours() => Err(problem),
        Err(problem) => {
            let why = change::faults(&problem);
            if !keep {
                return Ok(receipt(&blank, "refused", &why));
            }
            let row = Incoming { change_id: format!("unreadable:{hash}"), ..blank };
            put(tx, partner, row, &text, Some(("unreadable", why)))
        }
    }
}

fn receipt(row: &Incoming, result: &'static str, why: &str) -> Receipt {
    Receipt { change: row.change_id.clone(), result, why: why.to_owned() }
}

fn put(
    tx: &mut Tx<'_>,
    partner: &Partner,
    row: Incoming,
    text: &str,
    fault: Option<(&'static str, String)>,
) -> Result<Receipt> {
    if rows::known_hash(tx, partner.id, &row.change_id)?.is_some() {
        return Ok(receipt(&row, "known", ""));
    }
    let refused = fault.is_some();
    let why = fault.as_ref().map(|(code, why)| if why.is_empty() { (*code).to_owned() } else { why.clone() });
    let (code, detail) = fault.map_or((None, String::new()), |(code, why)| (Some(code.to_owned()), why));
    let row = Incoming {
        id: tx.new_id(),
        number: format!("XI-{:06}", tx.next_number("XI")?),
        body: text.into(),
        state: if refused { InState::Repair } else { InState::Waiting },
        fault: code,
        detail: detail.chars().take(500).collect::<String>().into(),
        ..row
    };
    tx.insert(&row)?;
    // what was missing has come
    compare::gone(tx, partner.id, &row.order_no, Aspect::MissingHere)?;
    Ok(receipt(&row, if refused { "refused" } else { "taken" }, why.as_deref().unwrap_or_default()))
}

/// What a change said.
pub(crate) fn said(row: &Incoming) -> Result<Value> {
    serde_json::from_str(&row.body).map_err(Problem::internal)
}
