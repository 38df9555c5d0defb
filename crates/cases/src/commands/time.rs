//! 延期: the unit asks for more time (or for parking); the office decides. How often and how much is capped.

use super::{load_for, parking, reason, save};
use crate::clock;
use crate::desk::Desk;
use crate::model::{Case, Request, RequestKind, RequestState};
use crate::policy::Act;
use crate::{jobs, store};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;

/// Most extensions of a case, and at most this many times the limit in all. Cities differ; see the settings page.
pub const MOST_EXTENSIONS: i64 = 2;

/// What a unit asks for.
#[derive(Clone, Debug)]
pub enum Ask {
    /// This many more of the units that the limit is counted in.
    Extension {
        amount: u32,
    },
    Parking {
        until: Date,
    },
}

pub fn ask_time(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, ask: &Ask, why: &str) -> Result<Request> {
    let case = load_for(ctx, tx, Act::AskTime, id)?;
    if !case.state.is_at_unit() {
        return Err(Problem::conflict("not-at-unit"));
    }
    let why = reason(why)?;
    if store::requests(tx, id)?.iter().any(|r| r.state == RequestState::Asked) {
        return Err(Problem::conflict("already-asked"));
    }
    let limit = case.limit().ok_or_else(|| Problem::conflict("no-limit"))?;
    let (kind, amount, until_date) = match ask {
        Ask::Extension { amount } => {
            if case.extension_count >= MOST_EXTENSIONS {
                return Err(Problem::conflict("extensions-used-up").arg("count", MOST_EXTENSIONS));
            }
            if *amount == 0 || *amount > limit.value {
                let error =
                    kernel::problem::FieldError::new("amount", "more-than-limit").arg("max", limit.value);
                return Err(Problem::invalid(vec![error]));
            }
            (RequestKind::Extension, *amount, None)
        }
        Ask::Parking { until } => (RequestKind::Parking, 0, Some(*until)),
    };
    let asked_by = ctx.person().ok_or_else(Problem::sign_in)?;
    let request = Request {
        id: tx.new_id(),
        case_id: id,
        kind,
        state: RequestState::Asked,
        amount,
        until_date,
        asked_by,
        asked_at: ctx.now,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    tx.insert(&request)?;
    tx.record(ctx, asked_event(&request, limit.unit.as_str()).text(why))?;
    jobs::asked(ctx, tx, &case, kind)?;
    Ok(request)
}

fn asked_event(request: &Request, unit: &str) -> Event {
    let event = Event::new("case.time-asked", request.case_id).with("kind", request.kind.code());
    match request.until_date {
        Some(until) => event.with("until", until.to_string()),
        None => event.with("amount", request.amount).with("limit-unit", unit),
    }
}

pub fn decide_time(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    request: Id<Request>,
    grant: bool,
    why: &str,
) -> Result<Case> {
    let mut request = store::request(tx, request)?.ok_or_else(Problem::not_found)?;
    let mut case = load_for(ctx, tx, Act::DecideTime, request.case_id)?;
    if request.state != RequestState::Asked {
        return Err(Problem::conflict("already-decided"));
    }
    if !grant {
        reason(why)?;
    }
    request.state = if grant { RequestState::Granted } else { RequestState::Refused };
    request.decided_by = ctx.person();
    request.decided_at = Some(ctx.now);
    tx.save(&request)?;
    let verb = if grant { "case.time-granted" } else { "case.time-refused" };
    let event = Event::new(verb, case.id).with("kind", request.kind.code()).with("amount", request.amount);
    tx.record(ctx, event.text(why.trim()))?;
    if grant {
        match (request.kind, request.until_date) {
            (RequestKind::Parking, Some(until)) => {
                let why = if why.trim().is_empty() { "同意挂账" } else { why };
                return parking::park(ctx, tx, desk, case.id, until, why);
            }
            _ => {
                clock::extend(&mut case, request.amount);
                case.extension_count += 1;
                let pauses = store::pauses(tx, case.id)?;
                clock::refresh(&mut case, desk, &clock::spans(&pauses));
                save(ctx, tx, &mut case)?;
            }
        }
    }
    jobs::decided(ctx, tx, &case, grant)?;
    Ok(case)
}

/// The unit takes its request back.
pub fn withdraw_time(ctx: &Ctx, tx: &mut Tx<'_>, request: Id<Request>) -> Result<()> {
    let mut request = store::request(tx, request)?.ok_or_else(Problem::not_found)?;
    load_for(ctx, tx, Act::AskTime, request.case_id)?;
    if request.state != RequestState::Asked {
        return Err(Problem::conflict("already-decided"));
    }
    request.state = RequestState::Withdrawn;
    tx.save(&request)?;
    tx.record(ctx, Event::new("case.time-withdrawn", request.case_id))
}
