//! 保全: something is not erased for the time being, because of a lawsuit, a contest or an audit.

use super::{by, reason};
use crate::model::{Hold, HoldKind};
use crate::policy::{Act, POLICY};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;

/// What is to be held.
#[derive(Clone, Debug)]
pub enum NewHold {
    /// By its number.
    Case(String),
    /// By its code.
    Unit(String),
    Before(Date),
}

pub fn hold(ctx: &Ctx, tx: &mut Tx<'_>, new: &NewHold, why: &str) -> Result<Hold> {
    POLICY.require(ctx, Act::Hold, &Standing::city(), true)?;
    let why = reason(why)?;
    let year = ctx.now.date().year();
    let mut made = Hold {
        id: tx.new_id(),
        number: String::new(),
        kind: HoldKind::Case,
        case_id: None,
        unit_id: None,
        before_day: None,
        what: String::new(),
        reason: why.clone(),
        held_by: by(ctx),
        held_at: ctx.now,
        lifted_by: String::new(),
        lifted_at: None,
        lift_reason: String::new(),
        version: 1,
    };
    match new {
        NewHold::Case(number) => {
            let case = cases::store::case_by_number(tx, number.trim())?
                .ok_or_else(|| Problem::field("case_number", "no-such-case"))?;
            (made.case_id, made.what) = (Some(case.id), case.number);
        }
        NewHold::Unit(code) => {
            let unit = people::queries::unit_by_code(tx, code.trim())?
                .ok_or_else(|| Problem::field("unit", "no-such-unit"))?;
            (made.kind, made.unit_id, made.what) = (HoldKind::Unit, Some(unit.id), unit.name);
        }
        NewHold::Before(day) => {
            (made.kind, made.before_day, made.what) = (HoldKind::Before, Some(*day), day.to_string());
        }
    }
    made.number = format!("HOLD-{year}-{:04}", tx.next_number(&format!("HOLD-{year}"))?);
    tx.insert(&made)?;
    let event = Event::new("keeping.held", made.id).with("number", made.number.as_str());
    let event = event.with("kind", made.kind.code()).with("what", made.what.as_str());
    tx.record(ctx, event.text(&why))?;
    Ok(made)
}
