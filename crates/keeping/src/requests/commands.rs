//! What people do with a request.

use super::model::{Kind, Request};
use super::queries::load_for;
use super::workflow::{REQUEST, State, Step};
use crate::policy::{Act, POLICY};
use crate::queries::held;
use ::store::settings::Setting;
use ::store::{Event, Marked, Sealed, Tx};
use kernel::calendar::WorkingCalendar;
use kernel::ctx::Ctx;
use kernel::identifiers::Phone;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use web::keep::Keeps;

/// Working days in which the city wants requests to be answered. The law names none.
pub const DAYS: Setting<i64> = Setting::new("personal-request-days", || 15);

const MOST_WORDS: usize = 1000;

/// What the office writes down.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub kind: Kind,
    pub name: String,
    pub phone: String,
    pub identity: String,
    pub wish: String,
    /// The day on which it came.
    pub asked_on: Date,
}

fn fits(text: &str, max: usize) -> bool {
    (1..=max).contains(&text.trim().chars().count())
}

pub fn record(ctx: &Ctx, tx: &mut Tx<'_>, calendar: &WorkingCalendar, new: &NewRequest) -> Result<Request> {
    POLICY.require(ctx, Act::RecordRequests, &Standing::city(), true)?;
    let mut findings = Findings::default();
    findings.check(fits(&new.name, 60), "name", "required");
    findings.check(Phone::parse(&new.phone).is_ok(), "phone", "not-a-phone");
    findings.check(fits(&new.identity, 200), "identity", "required");
    findings.check(fits(&new.wish, MOST_WORDS), "wish", "required");
    findings.check(new.asked_on <= ctx.now.date(), "asked_on", "future-day");
    findings.done()?;
    let year = ctx.now.date().year();
    let request = Request {
        id: tx.new_id(),
        number: format!("REQ-{year}-{:04}", tx.next_number(&format!("REQ-{year}"))?),
        kind: new.kind,
        state: State::Open,
        name: new.name.trim().into(),
        phone: Phone::parse(&new.phone).map(|phone| phone.as_str().to_owned()).unwrap_or_default().into(),
        phone_mark: Marked::default(),
        identity: new.identity.trim().into(),
        wish: new.wish.trim().into(),
        asked_on: new.asked_on,
        due_on: calendar.add_working_days(new.asked_on, DAYS.get(tx)?.clamp(1, 60)).0,
        answer: Sealed::default(),
        erased: None,
        recorded_by: ctx.member().map(|member| member.name.clone()).unwrap_or_default(),
        created_at: ctx.now,
        ended_at: None,
        version: 1,
    };
    tx.insert(&request)?;
    let event = Event::new("request.recorded", request.id).with("number", request.number.as_str());
    tx.record(ctx, event.with("kind", request.kind.code()))?;
    Ok(request)
}

/// Who may take a step.
pub fn act(step: Step) -> Act {
    match step {
        Step::Answer | Step::Refuse | Step::Withdraw | Step::Propose => Act::RecordRequests,
        Step::Erase | Step::Return => Act::ApproveErasing,
    }
}

/// Takes a step, with the words that go with it: the answer, the reason. [`Step::Erase`] erases what may be erased, in this transaction.
pub fn step(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    keeps: &Keeps,
    number: &str,
    step: Step,
    words: &str,
    version: Option<i64>,
) -> Result<Request> {
    let mut request = load_for(ctx, tx, act(step), number)?;
    if version.is_some_and(|version| version != request.version) {
        return Err(Problem::stale());
    }
    let to = REQUEST.step(request.state, step)?.to;
    if step == Step::Propose && request.kind != Kind::Erasure {
        return Err(Problem::conflict("request-not-erasure"));
    }
    let words = words.trim();
    match words.chars().count() {
        0 => return Err(Problem::field("words", "required")),
        n if n > MOST_WORDS => {
            return Err(Problem::invalid(vec![FieldError::new("words", "too-long").arg("max", MOST_WORDS)]));
        }
        _ => {}
    }
    if step == Step::Erase {
        request.erased = Some(erase(ctx, tx, keeps, &request)?);
    }
    request.state = to;
    if REQUEST.ends.contains(&to) {
        request.ended_at = Some(ctx.now);
        request.answer = words.into();
    }
    tx.save(&request)?;
    request.version += 1;
    let event = Event::new(verb(step), request.id).with("number", request.number.as_str());
    let event = match request.erased {
        Some(count) => event.with("count", count),
        None => event,
    };
    tx.record(ctx, event.text(words))?;
    Ok(request)
}

fn erase(ctx: &Ctx, tx: &mut Tx<'_>, keeps: &Keeps, request: &Request) -> Result<i64> {
    let phone = Phone::parse(&request.phone).map_err(|_| Problem::field("phone", "not-a-phone"))?;
    let held = held(tx)?;
    let erases = keeps.traces.iter().filter_map(|trace| trace.erase);
    erases.map(|erase| erase(ctx, tx, &phone, &held)).sum()
}

fn verb(step: Step) -> &'static str {
    match step {
        Step::Answer => "request.answered",
        Step::Refuse => "request.refused",
        Step::Withdraw => "request.withdrawn",
        Step::Propose => "request.proposed",
        Step::Erase => "request.erased",
        Step::Return => "request.returned",
    }
}

/// What is held was given to whoever asked (or to the office for them).
pub fn handed_out(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<()> {
    let request = load_for(ctx, tx, Act::SeeRequests, number)?;
    tx.record(ctx, Event::new("request.handed-out", request.id).with("number", request.number.as_str()))
}
