//! What people do with the negative list.

use super::model::{EVENT, Effect, Entry, Event, State, Status, Step, TITLES, Titles};
use super::store as rows;
use crate::policy::{self, Act};
use ::store::Tx;
use ::store::value::Json;
use kernel::ctx::Ctx;
use kernel::problem::{Findings, Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use scoring::Exact;

/// Most months that an event counts or a title rests.
pub const MONTHS: i64 = 120;

#[derive(Clone, Debug)]
pub struct EntryDraft {
    pub code: String,
    pub name: String,
    pub basis: String,
    pub months: i64,
    pub effects: Vec<(Status, Effect)>,
    pub retired: bool,
}

impl EntryDraft {
    fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        let code = self.code.trim();
        // it stands in addresses
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
        findings.check(!code.is_empty(), "entry_code", "required");
        findings.check(code.chars().count() <= 20 && code.chars().all(fits), "entry_code", "node-code-form");
        findings.check(!self.name.trim().is_empty(), "entry_name", "required");
        findings.check(self.name.chars().count() <= 300, "entry_name", "too-long");
        findings.check(self.basis.chars().count() <= 300, "entry_basis", "too-long");
        findings.check((1..=MONTHS).contains(&self.months), "entry_months", "out-of-range");
        findings.check(!self.effects.is_empty(), "effect_applicant", "effect-none");
        for (status, effect) in &self.effects {
            let field = match status {
                Status::Applicant => "amount_applicant",
                Status::Nominee => "amount_nominee",
                Status::Holder => "amount_holder",
            };
            match effect {
                Effect::Deduct(points) => {
                    let fits = *points > Exact::zero() && *points <= Exact::from(1000);
                    findings.check(fits, field, "out-of-range");
                }
                Effect::Suspend(months) => {
                    findings.check((1..=MONTHS).contains(months), field, "out-of-range");
                }
                Effect::Bar | Effect::Revoke => {}
            }
        }
        findings.done()
    }
}

/// Writes an entry: a new one, or another text of the one of this code.
///
/// # Errors
/// `entry_code`, `entry_name`, `entry_basis`, `entry_months`, `effect_applicant`, `amount_…`; 409 `negative-known` where a new one
/// has a code that stands; `stale` (409).
pub fn write_entry(ctx: &Ctx, tx: &mut Tx<'_>, draft: EntryDraft, version: Option<i64>) -> Result<Entry> {
    policy::require(ctx, Act::EditNegative)?;
    draft.check()?;
    let code = draft.code.trim().to_owned();
    let before = rows::entry(tx, &code)?;
    let told = |entry: &Entry| {
        let effects = serde_json::to_string(&entry.effects.0).unwrap_or_default();
        ::store::Event::new("assessment.negative-entry", entry.id)
            .with("code", entry.code.as_str())
            .with("name", entry.name.as_str())
            .with("months", entry.months)
            .with("effects", effects)
    };
    let (name, basis) = (draft.name.trim().to_owned(), draft.basis.trim().to_owned());
    let entry = match (before, version) {
        (Some(_), None) => return Err(Problem::conflict("negative-known").arg("code", code)),
        (Some(before), Some(seen)) if before.version != seen => return Err(Problem::stale()),
        (Some(before), Some(_)) => {
            let entry = Entry {
                name,
                basis,
                months: draft.months,
                effects: Json(draft.effects),
                retired: draft.retired,
                ..before
            };
            tx.save(&entry)?;
            entry
        }
        (None, Some(_)) => return Err(Problem::not_found()),
        (None, None) => {
            let entry = Entry {
                id: tx.new_id(),
                code,
                name,
                basis,
                months: draft.months,
                effects: Json(draft.effects),
                retired: draft.retired,
                version: 1,
            };
            tx.insert(&entry)?;
            entry
        }
    };
    tx.record(ctx, told(&entry))?;
    Ok(entry)
}

#[derive(Clone, Debug)]
pub struct EventDraft {
    /// Code of its entry.
    pub entry: String,
    pub happened_on: Date,
    pub title: String,
    pub account: String,
    pub source: String,
    pub subject: String,
}

fn checked(ctx: &Ctx, tx: &mut Tx<'_>, draft: &EventDraft) -> Result<Entry> {
    let mut findings = Findings::default();
    let entry = rows::entry(tx, &draft.entry)?;
    findings.check(entry.is_some(), "event_entry", "not-a-choice");
    findings.check(draft.happened_on <= ctx.now.date(), "happened_on", "future-day");
    findings.check(!draft.title.trim().is_empty(), "event_title", "required");
    findings.check(draft.title.chars().count() <= 100, "event_title", "too-long");
    findings.check(draft.account.chars().count() <= 3000, "event_account", "too-long");
    findings.check(!draft.source.trim().is_empty(), "event_source", "required");
    findings.check(draft.source.chars().count() <= 300, "event_source", "too-long");
    findings.check(draft.subject.chars().count() <= 100, "event_subject", "too-long");
    findings.done()?;
    entry.ok_or_else(Problem::not_found)
}

fn of(verb: &'static str, event: &Event) -> ::store::Event {
    ::store::Event::new(verb, event.id).with("number", event.number.as_str())
}

/// Reports an event. It counts when it is confirmed.
///
/// # Errors
/// `event_entry`, `happened_on`, `event_title`, `event_account`, `event_source`, `event_subject`; 409 `negative-retired`.
pub fn report(ctx: &Ctx, tx: &mut Tx<'_>, draft: EventDraft) -> Result<Event> {
    policy::require(ctx, Act::EditNegative)?;
    let entry = checked(ctx, tx, &draft)?;
    if entry.retired {
        return Err(Problem::conflict("negative-retired").arg("code", entry.code));
    }
    let year = ctx.now.date().year();
    let event = Event {
        id: tx.new_id(),
        number: format!("NE-{year}-{:04}", tx.next_number(&format!("NE-{year}"))?),
        entry_id: entry.id,
        happened_on: draft.happened_on,
        title: draft.title.trim().to_owned(),
        account: draft.account.trim().into(),
        source: draft.source.trim().to_owned(),
        subject: draft.subject.trim().to_owned(),
        state: State::Reported,
        decided_on: None,
        reason: String::new(),
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&event)?;
    tx.record(ctx, of("assessment.negative-reported", &event).with("code", entry.code.as_str()))?;
    Ok(event)
}

/// Changes what was written of an event that nobody has decided.
///
/// # Errors
/// As [`report`]; 409 `negative-decided`, `stale`.
pub fn rewrite(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    draft: EventDraft,
    version: Option<i64>,
) -> Result<Event> {
    policy::require(ctx, Act::EditNegative)?;
    let before = rows::event(tx, number)?.ok_or_else(Problem::not_found)?;
    if before.state != State::Reported {
        return Err(Problem::conflict("negative-decided").arg("number", number));
    }
    if version.is_some_and(|seen| seen != before.version) {
        return Err(Problem::stale());
    }
    let entry = checked(ctx, tx, &draft)?;
    let event = Event {
        entry_id: entry.id,
        happened_on: draft.happened_on,
        title: draft.title.trim().to_owned(),
        account: draft.account.trim().into(),
        source: draft.source.trim().to_owned(),
        subject: draft.subject.trim().to_owned(),
        ..before
    };
    tx.save(&event)?;
    tx.record(ctx, of("assessment.negative-rewritten", &event).with("code", entry.code.as_str()))?;
    Ok(event)
}

/// Takes an event to another state. A decision holds from today; to dismiss and to lift wants a reason.
///
/// # Errors
/// 409 where the state does not allow it, `stale` (409), `step_reason: required | too-long`.
pub fn decide(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    step: Step,
    reason: &str,
    version: Option<i64>,
) -> Result<Event> {
    policy::require(ctx, Act::DecideNegative)?;
    let before = rows::event(tx, number)?.ok_or_else(Problem::not_found)?;
    let to = EVENT.step(before.state, step)?.to;
    if version.is_some_and(|seen| seen != before.version) {
        return Err(Problem::stale());
    }
    let reason = reason.trim();
    let mut findings = Findings::default();
    let wanted = matches!(step, Step::Dismiss | Step::Lift);
    findings.check(!wanted || !reason.is_empty(), "step_reason", "required");
    findings.check(reason.chars().count() <= 300, "step_reason", "too-long");
    findings.done()?;
    let decided_on = (step != Step::Reopen).then(|| ctx.now.date());
    let from = before.state;
    let event = Event { state: to, decided_on, reason: reason.to_owned(), ..before };
    tx.save(&event)?;
    let told = of("assessment.negative-decided", &event).with("from", from.code());
    tx.record(ctx, told.with("negative-state", to.code()).with("reason", reason))?;
    Ok(event)
}

/// Enters what the city was from which day on; the last line of a day holds.
///
/// # Errors
/// `titles` with more lines than a history has.
pub fn entitle(ctx: &Ctx, tx: &mut Tx<'_>, mut titles: Titles) -> Result<()> {
    policy::require(ctx, Act::EditNegative)?;
    if titles.0.len() > 40 {
        return Err(Problem::field("titles", "too-long"));
    }
    titles.0.sort_by_key(|(from, _)| *from);
    if TITLES.get(tx)? == titles {
        tx.housekeeping();
        return Ok(());
    }
    TITLES.set(tx, ctx, &titles)
}
