//! What people do with an entry.

use super::model::{Basis, Kind, Provision};
use super::queries::load_for;
use super::workflow::{PROVISION, State, Step};
use crate::policy::{Act, POLICY};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::identifiers::CreditCode;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;

const MOST_WORDS: usize = 1000;
const MOST_PEOPLE: i64 = 100_000_000;

/// What the office writes down.
#[derive(Clone, Debug)]
pub struct NewProvision {
    pub kind: Kind,
    pub receiver: String,
    /// GB 32100; empty for whoever has none.
    pub credit_code: String,
    pub contact: String,
    pub purpose: String,
    pub data: String,
    pub people: i64,
    pub sensitive: bool,
    pub children: bool,
    pub basis: Basis,
    pub document: String,
    pub assessment: String,
    pub way: String,
    pub safeguards: String,
    pub from_date: Date,
    pub until_date: Date,
}

fn fits(text: &str, max: usize) -> bool {
    (1..=max).contains(&text.trim().chars().count())
}

fn check(new: &NewProvision) -> Result<()> {
    let mut findings = Findings::default();
    let texts: [(&'static str, &str, usize); 8] = [
        ("receiver", &new.receiver, 100),
        ("contact", &new.contact, 100),
        ("purpose", &new.purpose, 300),
        ("data", &new.data, 300),
        ("document", &new.document, 100),
        ("assessment", &new.assessment, 100),
        ("way", &new.way, 200),
        ("safeguards", &new.safeguards, 500),
    ];
    for (name, text, max) in texts {
        findings.check(!text.trim().is_empty(), name, "required");
        if text.trim().chars().count() > max {
            findings.add(FieldError::new(name, "too-long").arg("max", max));
        }
    }
    let code = new.credit_code.trim();
    findings.check(code.is_empty() || CreditCode::parse(code).is_ok(), "credit_code", "not-a-credit-code");
    findings.within("people", new.people, 1, MOST_PEOPLE);
    findings.check(new.from_date <= new.until_date, "until_date", "before-start");
    findings.done()
}

/// The office asks for a leader's consent.
///
/// # Errors
/// Every field that is missing, too long, or no code, number or order of days.
pub fn propose(ctx: &Ctx, tx: &mut Tx<'_>, new: NewProvision) -> Result<Provision> {
    POLICY.require(ctx, Act::ProposeProvisions, &Standing::city(), true)?;
    check(&new)?;
    let year = ctx.now.date().year();
    let text = |text: &str| text.trim().to_owned();
    let provision = Provision {
        id: tx.new_id(),
        number: format!("PROV-{year}-{:04}", tx.next_number(&format!("PROV-{year}"))?),
        kind: new.kind,
        state: State::Proposed,
        receiver: text(&new.receiver),
        credit_code: CreditCode::parse(new.credit_code.trim())
            .map(|code| code.as_str().to_owned())
            .unwrap_or_default(),
        contact: new.contact.trim().into(),
        purpose: text(&new.purpose),
        data: text(&new.data),
        people: new.people,
        sensitive: new.sensitive,
        children: new.children,
        basis: new.basis,
        document: text(&new.document),
        assessment: text(&new.assessment),
        way: text(&new.way),
        safeguards: text(&new.safeguards),
        from_date: new.from_date,
        until_date: new.until_date,
        proposed_by: ctx.member().map(|member| member.name.clone()).unwrap_or_default(),
        decided_by: String::new(),
        outcome: String::new(),
        created_at: ctx.now,
        decided_at: None,
        ended_at: None,
        version: 1,
    };
    tx.insert(&provision)?;
    let event = Event::new("provision.proposed", provision.id)
        .with("number", provision.number.as_str())
        .with("receiver", provision.receiver.as_str());
    tx.record(ctx, event.with("kind", provision.kind.code()))?;
    Ok(provision)
}

/// Who may take a step.
pub fn act(step: Step) -> Act {
    match step {
        Step::Withdraw | Step::End => Act::ProposeProvisions,
        Step::Approve | Step::Decline => Act::DecideProvisions,
    }
}

/// Takes a step. `words` says why, or at the end what became of the data; consent needs none.
///
/// # Errors
/// What the table of states does not allow, a version that somebody changed meanwhile, missing words.
pub fn step(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    step: Step,
    words: &str,
    version: Option<i64>,
) -> Result<Provision> {
    let mut provision = load_for(ctx, tx, act(step), number)?;
    if version.is_some_and(|version| version != provision.version) {
        return Err(Problem::stale());
    }
    let to = PROVISION.step(provision.state, step)?.to;
    let words = words.trim();
    if words.is_empty() && step != Step::Approve {
        return Err(Problem::field("words", "required"));
    }
    if !words.is_empty() && !fits(words, MOST_WORDS) {
        return Err(Problem::invalid(vec![FieldError::new("words", "too-long").arg("max", MOST_WORDS)]));
    }
    provision.state = to;
    words.clone_into(&mut provision.outcome);
    if matches!(step, Step::Approve | Step::Decline) {
        provision.decided_by = ctx.member().map(|member| member.name.clone()).unwrap_or_default();
        provision.decided_at = Some(ctx.now);
    }
    if PROVISION.ends.contains(&to) {
        provision.ended_at = Some(ctx.now);
    }
    tx.save(&provision)?;
    provision.version += 1;
    let event = Event::new(verb(step), provision.id).with("number", provision.number.as_str());
    tx.record(ctx, if words.is_empty() { event } else { event.text(words) })?;
    Ok(provision)
}

fn verb(step: Step) -> &'static str {
    match step {
        Step::Approve => "provision.approved",
        Step::Decline => "provision.declined",
        Step::Withdraw => "provision.withdrawn",
        Step::End => "provision.ended",
    }
}
