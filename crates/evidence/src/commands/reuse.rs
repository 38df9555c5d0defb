//! What is there already is used instead of being asked for again.

use super::{load_request, uses::put};
use crate::model::{Burden, Request, RequestState};
use crate::policy::{Act, POLICY, everywhere};
use crate::store as rows;
use crate::workflow::State;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::days_since_epoch;

/// Answers a request with an item that the unit has handed in: it is used for the request's standards. Of a request that was
/// stopped, it does the same, and the request stays stopped. For the unit and for the office. Records `evidence.reused`.
///
/// # Errors
/// 409 `evidence-request-over` for one that was answered or withdrawn; 422 at `reuse_item` for one of another unit or kind, or that is
/// not handed in; 422 at `uses` where its day lies outside of the window.
pub fn reuse(ctx: &Ctx, tx: &mut Tx<'_>, (number, version): (&str, i64), item: &str) -> Result<Request> {
    let mut request = load_request(ctx, tx, Act::See, number)?;
    if !everywhere(ctx, Act::Ask) {
        POLICY.require(ctx, Act::HandIn, &request.standing(), true)?;
    }
    if request.version != version {
        return Err(Problem::stale());
    }
    if !matches!(request.state, RequestState::Open | RequestState::Stopped) {
        return Err(Problem::conflict("evidence-request-over"));
    }
    let item = rows::item_by_number(tx, &item.trim().to_uppercase())?.filter(|item| {
        let given = item.submitted_at.is_some() && !matches!(item.state, State::Withdrawn | State::Returned);
        item.unit_id == request.unit_id && item.kind == request.kind && given
    });
    let mut item = item.ok_or_else(|| Problem::field("reuse_item", "not-a-choice"))?;
    let period = rows::period(tx, request.period_id)?.ok_or_else(Problem::not_found)?;
    let mut added = 0;
    for code in request.codes.0.clone() {
        added += i64::from(put(tx, &item, &period, &code)?);
    }
    if added > 0 {
        super::save(tx, &mut item)?;
    }
    request.answer_item = Some(item.id);
    if request.state == RequestState::Open {
        answered(ctx, tx, &mut request)?;
    } else {
        tx.save(&request)?;
        request.version += 1;
    }
    let event = Event::new("evidence.reused", request.id).with("number", request.number.as_str());
    tx.record(ctx, event.with("item", item.number.as_str()).with("count", added))?;
    Ok(request)
}

/// Closes an open request whose answer is there, and writes how long it took.
pub(super) fn answered(ctx: &Ctx, tx: &mut Tx<'_>, request: &mut Request) -> Result<()> {
    request.state = RequestState::Answered;
    request.answered_at = Some(ctx.now);
    tx.save(request)?;
    request.version += 1;
    let days = days_since_epoch(ctx.now.date()) - days_since_epoch(request.asked_at.date());
    rows::lay((tx, ctx.now), request.unit_id, Burden::Answer, (1, i64::from(days)), &request.number)
}
