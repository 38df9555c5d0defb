//! One file a verb. Every command loads and authorises, decides, saves, records, and enqueues what follows.

mod ask;
mod files;
mod grade;
mod item;
mod moves;
mod period;
mod reuse;
mod uses;

pub use ask::{Asking, ask, set_quota, withdraw_request};
pub use files::{attach, caption, detach};
pub use grade::grade;
pub use item::{ItemDraft, edit, make};
pub use moves::{allowed, file, pass, send_back, submit, withdraw};
pub use period::{PeriodDraft, PeriodEdit, edit_period, make_period, set_period_state};
pub use reuse::reuse;
pub use uses::{add_use, remove_use};

use crate::model::{Item, Period, Request, Use};
use crate::policy::{Act, POLICY, standing};
use crate::store as rows;
use ::store::{Event, Tx};
use assessment::scheme::standards::{Standards, standards};
use kernel::ctx::{Actor, Ctx};
use kernel::problem::{FieldError, Findings, Problem, Result};

/// The only door to an item: loads it with its uses and checks that the actor may do `act` to it. Who may not even see it is told
/// that there is none.
pub fn load_item(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, number: &str) -> Result<(Item, Vec<Use>)> {
    let item = rows::item_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let uses = rows::uses(tx, item.id)?;
    let standing = standing(&item, &uses);
    let known = POLICY.may(ctx, Act::See, &standing);
    POLICY.require(ctx, act, &standing, known)?;
    Ok((item, uses))
}

/// [`load_item`] of the version that somebody looked at.
fn item_at(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, of: (&str, i64)) -> Result<(Item, Vec<Use>)> {
    let (item, uses) = load_item(ctx, tx, act, of.0)?;
    if item.version == of.1 { Ok((item, uses)) } else { Err(Problem::stale()) }
}

/// The only door to a request.
pub fn load_request(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, number: &str) -> Result<Request> {
    let request = rows::request_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let known = POLICY.may(ctx, Act::See, &request.standing());
    POLICY.require(ctx, act, &request.standing(), known)?;
    Ok(request)
}

fn save(tx: &mut Tx<'_>, item: &mut Item) -> Result<()> {
    tx.save(item)?;
    item.version += 1;
    Ok(())
}

fn event(verb: &'static str, item: &Item) -> Event {
    Event::new(verb, item.id).with("number", item.number.as_str())
}

/// The standards of a period's scheme.
pub(crate) fn standards_of(tx: &mut Tx<'_>, period: &Period) -> Result<Standards> {
    let found = standards(tx, &period.scheme_number)?;
    found.ok_or_else(|| Problem::internal(format!("{} has lost its scheme", period.number)))
}

/// The name of whoever does it; empty for the program itself.
fn name_of(ctx: &Ctx) -> String {
    match &ctx.actor {
        Actor::Member(member) => member.name.clone(),
        _ => String::new(),
    }
}

/// Notes where a text that must be there is missing or too long.
fn needed(findings: &mut Findings, field: &'static str, text: &str, max: usize) -> String {
    let text = text.trim();
    findings.check(!text.is_empty(), field, "required");
    optional(findings, field, text, max)
}

/// Notes where a text is too long.
fn optional(findings: &mut Findings, field: &'static str, text: &str, max: usize) -> String {
    let text = text.trim();
    if text.chars().count() > max {
        findings.add(FieldError::new(field, "too-long").arg("max", max));
    }
    text.to_owned()
}

/// Why somebody does it.
fn reason(text: &str) -> Result<String> {
    let mut findings = Findings::default();
    let text = needed(&mut findings, "reason", text, 300);
    findings.done()?;
    Ok(text)
}
