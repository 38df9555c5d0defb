//! What a partner's words mean here, and whose word holds. Always said by a person.

use super::{event, load_for, open_for};
use crate::incoming::item;
use crate::model::{Partner, Value, ValueKind, Wins};
use crate::policy::Act;
use crate::stage::Stage;
use crate::{jobs, store as rows};
use ::store::Tx;
use ::store::value::Json;
use cases::desk::Desk;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;

/// Says what a word is: the code of a catalogue item (`event-0101`), of a stage, or of a unit (`U-0012`).
pub fn map_value(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    number: &str,
    kind: ValueKind,
    (theirs, ours): (&str, &str),
) -> Result<Value> {
    let partner = load_for(ctx, tx, Act::Map, number)?;
    let theirs = theirs.trim();
    if theirs.is_empty() {
        return Err(Problem::field("xv_theirs", "required"));
    }
    if theirs.chars().count() > 100 {
        return Err(Problem::invalid(vec![FieldError::new("xv_theirs", "too-long").arg("max", 100)]));
    }
    let known = match kind {
        ValueKind::Category => item(desk, ours).is_some(),
        ValueKind::State => Stage::parse(ours).is_some(),
        ValueKind::Unit => people::queries::unit_by_code(tx, ours)?.is_some_and(|u| u.is_active()),
    };
    if !known {
        return Err(Problem::field("xv_ours", "not-a-choice"));
    }
    let value = match rows::value(tx, partner.id, kind, theirs)? {
        Some(mut value) => {
            ours.clone_into(&mut value.ours);
            tx.save(&value)?;
            value.version += 1;
            value
        }
        None => {
            let value = Value {
                id: tx.new_id(),
                partner_id: partner.id,
                kind,
                theirs: theirs.to_owned(),
                ours: ours.to_owned(),
                met: 0,
                first_at: ctx.now,
                version: 1,
            };
            tx.insert(&value)?;
            value
        }
    };
    let event = event("exchange.mapped", &partner)
        .with("kind", kind.code())
        .with("theirs", theirs)
        .with("ours", ours);
    tx.record(ctx, event)?;
    jobs::enqueue_review(tx, partner.id)?;
    Ok(value)
}

/// Takes a word out of the table; if it is met again, it is asked for again.
pub fn forget_value(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, kind: ValueKind, theirs: &str) -> Result<()> {
    let partner = load_for(ctx, tx, Act::Map, number)?;
    if rows::forget_value(tx, partner.id, kind, theirs)? == 0 {
        return Err(Problem::not_found());
    }
    tx.record(ctx, event("exchange.unmapped", &partner).with("kind", kind.code()).with("theirs", theirs))?;
    jobs::enqueue_review(tx, partner.id)
}

pub fn set_wins(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64), wins: Wins) -> Result<Partner> {
    let mut partner = open_for(ctx, tx, Act::Map, seen)?;
    partner.wins = Json(wins);
    tx.save(&partner)?;
    partner.version += 1;
    let event = event("exchange.ruled", &partner)
        .with("state", wins.state.code())
        .with("deadline", wins.deadline.code())
        .with("unit", wins.unit.code())
        .with("category", wins.category.code())
        .with("text", wins.text.code());
    tx.record(ctx, event)?;
    Ok(partner)
}
