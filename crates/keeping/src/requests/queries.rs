//! What pages and programs read of requests.

use super::model::Request;
use super::store as rows;
use super::workflow::State;
use crate::policy::{Act, POLICY};
use crate::queries::held;
use ::store::keep::Found;
use ::store::{Query, Tx};
use kernel::ctx::Ctx;
use kernel::identifiers::Phone;
use kernel::policy::Standing;
use kernel::problem::{Problem, Result};
use web::keep::Keeps;

/// The only door to a request.
pub(crate) fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, number: &str) -> Result<Request> {
    POLICY.require(ctx, Act::SeeRequests, &Standing::city(), true)?;
    POLICY.require(ctx, act, &Standing::city(), true)?;
    rows::request(tx, number)
}

/// What is held of a telephone number, by the crates that hold it.
pub type Traces = Vec<(&'static str, Vec<Found>)>;

pub fn traces(tx: &mut Tx<'_>, keeps: &Keeps, phone: &str) -> Result<Traces> {
    let Ok(phone) = Phone::parse(phone) else { return Ok(Vec::new()) };
    let held = held(tx)?;
    keeps.traces.iter().map(|trace| Ok((trace.key, (trace.find)(tx, &phone, &held)?))).collect()
}

/// A request with what is held of whoever asks, while it is open.
pub fn full(ctx: &Ctx, tx: &mut Tx<'_>, keeps: &Keeps, number: &str) -> Result<(Request, Traces)> {
    let request = load_for(ctx, tx, Act::SeeRequests, number)?;
    let open = matches!(request.state, State::Open | State::Proposed);
    let traces = if open { traces(tx, keeps, &request.phone)? } else { Vec::new() };
    Ok((request, traces))
}

/// Requests that are open, or that have ended, newest first, from before the one with this id.
pub fn list(ctx: &Ctx, tx: &mut Tx<'_>, open: bool, before: i64, limit: i64) -> Result<Vec<Request>> {
    if !POLICY.may(ctx, Act::SeeRequests, &Standing::city()) {
        return Err(Problem::forbidden().arg("action", "keeping-see-requests"));
    }
    let mut query = Query::<Request>::new("select {*} from keeping_request");
    query.filter(if open { "ended_at is null" } else { "ended_at is not null" }, &[]);
    query.filter("id < ?", &[&before]).tail("order by id desc limit ?", &[&limit]);
    tx.query(&query)
}

/// Numbers of those of these ids that are requests.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from keeping_request");
    query.one_of("id", ids);
    tx.query(&query)
}
