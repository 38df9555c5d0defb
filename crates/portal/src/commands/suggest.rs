//! Somebody writes to the office.

use crate::model::{Kind, Sent, Suggestion};
use crate::policy::{Act, require};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use store::{Event, Tx};

/// Keeps it and gives it a number. The text itself is not in the audit log: it may name people.
pub fn suggest(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    kind: Kind,
    body: String,
    contact: Option<String>,
) -> Result<Suggestion> {
    require(ctx, Act::Suggest)?;
    let year = ctx.now.date().year();
    let number = format!("SUG-{year}-{:06}", tx.next_number(&format!("SUG-{year}"))?);
    let id: Id<Sent> = tx.new_id();
    let row = Suggestion {
        id,
        number,
        kind,
        body: body.into(),
        contact: contact.map(Into::into),
        sent_at: ctx.now,
        answer: None,
        answered_at: None,
        version: 1,
    };
    tx.insert(&row)?;
    let code = kernel::workflow::Named::code(kind);
    tx.record(
        ctx,
        Event::new("suggestion.received", id).with("number", row.number.as_str()).with("kind", code),
    )?;
    Ok(row)
}
