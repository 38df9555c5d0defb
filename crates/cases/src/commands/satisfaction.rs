//! What the reporter says of the result, and who else wants to know.

use super::save;
use crate::model::{Case, Satisfaction};
use crate::rules::RULES;
use crate::store;
use crate::workflow::State;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::DAY;
use kernel::workflow::Named;

/// By whoever holds the report's token, within the city's days after closing; may be changed until then.
pub fn rate(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, verdict: Satisfaction) -> Result<Case> {
    let mut case = store::case(tx, id)?.ok_or_else(Problem::not_found)?;
    if case.state != State::Closed {
        return Err(Problem::conflict("not-closed"));
    }
    let days = i64::from(RULES.get(tx)?.rating_days);
    if case.closed_at.is_some_and(|at| at.plus(days * DAY) < ctx.now) {
        return Err(Problem::conflict("too-late-to-rate").arg("count", days));
    }
    if case.satisfaction == Some(verdict) {
        tx.housekeeping();
        return Ok(case);
    }
    case.satisfaction = Some(verdict);
    save(ctx, tx, &mut case)?;
    tx.record(ctx, Event::new("case.rated", id).with("verdict", verdict.code()))?;
    Ok(case)
}

/// 关注: somebody else has seen it too and wants to be told. The contact is a telephone number or a mail address.
pub fn follow(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, contact: &str) -> Result<Case> {
    let mut case = store::case(tx, id)?.filter(|c| c.is_public).ok_or_else(Problem::not_found)?;
    let contact = contact.trim();
    let is_mail = contact.contains('@') && contact.len() <= 200;
    if !is_mail && kernel::identifiers::Phone::parse(contact).is_err() {
        return Err(Problem::field("contact", "not-a-contact"));
    }
    if store::add_follower(tx, id, contact)? {
        case.follower_count += 1;
        save(ctx, tx, &mut case)?;
    }
    tx.record(ctx, Event::new("case.followed", id))?;
    Ok(case)
}

/// By whoever holds the report's token: where news shall go.
pub fn leave_mail(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, mail: &str) -> Result<()> {
    let mail = mail.trim();
    if !mail.contains('@') || mail.len() > 200 {
        return Err(Problem::field("mail", "not-a-mail"));
    }
    store::keep_mail(tx, id, mail)?;
    tx.record(ctx, Event::new("case.mail-left", id))
}
