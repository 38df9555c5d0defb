//! Verbs. The fields are named as in [`crate::moves::VERBS`]; a JSON body has the same names.

use super::{Field, item};
use crate::commands::{Answer, Ask, Classify, Dispatch, NewForward, Part};
use crate::desk::Desk;
use crate::moves::{Deed, Verb};
use crate::units;
use ::store::Tx;
use ::store::files::Quarantined;
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::{Date, Instant};
use ladder::commands::Proposal;
use ladder::model::Rung;
use web::Form;

/// Rows offered for the parts of a case.
pub(crate) const PART_ROWS: usize = 6;

fn invalid(error: FieldError) -> Problem {
    Problem::invalid(vec![error])
}

fn required<T>(name: &'static str, value: Field<Option<T>>) -> Result<T> {
    value.map_err(invalid)?.ok_or_else(|| Problem::field(name, "required"))
}

fn unit(tx: &mut Tx<'_>, form: &Form, name: &'static str) -> Result<Id<Unit>> {
    let text = form.text(name);
    if text.is_empty() {
        return Err(Problem::field(name, "required"));
    }
    units::named(tx, text)?.ok_or_else(|| Problem::field(name, "not-a-choice"))
}

fn handler(tx: &mut Tx<'_>, form: &Form) -> Result<Option<Id<Person>>> {
    let text = form.text("handler");
    if text.is_empty() {
        return Ok(None);
    }
    let found = units::person_named(tx, text)?;
    found.map(Some).ok_or_else(|| Problem::field("handler", "not-a-choice"))
}

fn dispatch(tx: &mut Tx<'_>, form: &Form) -> Result<Dispatch> {
    let lead = unit(tx, form, "lead")?;
    let mut assisting = Vec::new();
    for text in form.all("assisting") {
        assisting.push(units::named(tx, text)?.ok_or_else(|| Problem::field("assisting", "not-a-choice"))?);
    }
    let note = form.optional("note", 500).map_err(invalid)?.unwrap_or_default();
    Ok(Dispatch { lead, assisting, note })
}

/// Granted or not, upheld or not: one of two words.
fn decision(form: &Form, yes: &str, no: &str) -> Result<bool> {
    match form.text("decision") {
        "" => Err(Problem::field("decision", "required")),
        word if word == yes => Ok(true),
        word if word == no => Ok(false),
        _ => Err(Problem::field("decision", "not-a-choice")),
    }
}

fn parts(tx: &mut Tx<'_>, desk: &Desk, form: &Form) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for n in 1..=PART_ROWS {
        let (title, code, to) = (
            form.text(&format!("title_{n}")),
            form.text(&format!("item_{n}")),
            form.text(&format!("unit_{n}")),
        );
        if title.is_empty() && code.is_empty() {
            continue;
        }
        let item = required("parts", item(&desk.catalogue, "parts", code))?;
        let suggested = if to.is_empty() { None } else { units::named(tx, to)? };
        parts.push(Part { title: title.to_owned(), item, suggested });
    }
    Ok(parts)
}

fn until(form: &Form) -> Result<Date> {
    required("until", form.date("until"))
}

fn answer_by(form: &Form) -> Result<Option<Instant>> {
    // programs write RFC 3339, browsers the local time without an offset
    match Instant::parse_rfc3339(form.text("answer_by")) {
        Some(at) => Ok(Some(at)),
        None => form.moment("answer_by").map_err(invalid),
    }
}

/// A letter to the unit: a supervision letter unless another rung is named.
fn proposal(form: &Form) -> Result<Proposal> {
    let rung = form.choice::<Rung>("rung").map_err(invalid)?.unwrap_or(Rung::Letter);
    Ok(Proposal { rung, text: form.text("text").to_owned(), answer_by: answer_by(form)? })
}

/// The verb with what was sent for it.
pub(crate) fn deed(
    tx: &mut Tx<'_>,
    desk: &Desk,
    verb: Verb,
    form: &Form,
    photos: Vec<(Quarantined, String)>,
) -> Result<Deed> {
    let text = |name: &str| form.text(name).to_owned();
    let why = text("reason");
    let given = |name: &'static str| item(&desk.catalogue, name, form.text(name)).map_err(invalid);
    Ok(match verb {
        Verb::Acceptance => {
            Deed::Accept { item: given("item")?, condition: text("condition"), to: dispatch(tx, form)? }
        }
        Verb::Confirmation => Deed::Confirm,
        Verb::Refusal => Deed::Refuse { why },
        Verb::Registration => Deed::Register { item: given("item")?, condition: text("condition") },
        Verb::Dispatch => Deed::Dispatch(dispatch(tx, form)?),
        Verb::Receipt => Deed::Receive,
        Verb::Assignment => Deed::Assign { to: handler(tx, form)?, note: text("note") },
        Verb::HandBack => Deed::HandBack { why },
        Verb::Answer => {
            let answer = Answer { text: text("text"), photos, no_photo: text("no_photo") };
            if form.ticked("take_forward") { Deed::AnswerTaking(answer) } else { Deed::Answer(answer) }
        }
        Verb::Forward => Deed::Forward(NewForward {
            party: text("party"),
            mail: text("mail"),
            phone: text("phone"),
            ask: text("ask"),
            until: answer_by(form)?,
        }),
        Verb::ForwardAgain => Deed::ForwardAgain { ask: text("ask"), until: answer_by(form)? },
        Verb::ForwardWithdrawal => Deed::WithdrawForward,
        Verb::Return => Deed::Return { why },
        Verb::Dispute => Deed::Dispute { why },
        Verb::Ruling => Deed::Rule { unit: unit(tx, form, "unit")?, why },
        Verb::ExtensionRequest => {
            Deed::Ask { ask: Ask::Extension { amount: required("amount", form.number("amount"))? }, why }
        }
        Verb::ParkingRequest => Deed::Ask { ask: Ask::Parking { until: until(form)? }, why },
        Verb::RequestWithdrawal => Deed::WithdrawRequest,
        Verb::QuestionWish => Deed::WishQuestion { text: text("question") },
        Verb::Question => Deed::Inquire { text: text("question") },
        Verb::QuestionRefusal => Deed::RefuseQuestion { why },
        Verb::Reply => Deed::EnterReply { text: text("reply") },
        Verb::QuestionWithdrawal => Deed::TakeBack,
        Verb::SecondLook => Deed::SecondLook {
            outcome: required("outcome", form.choice("outcome"))?,
            note: text("note"),
            photos,
        },
        Verb::Recurrence => {
            Deed::Recurrence { earlier: form.required("earlier", 40).map_err(invalid)?.to_uppercase() }
        }
        Verb::RecurrenceEnd => Deed::EndRecurrence { why },
        Verb::TimeDecision => Deed::DecideTime { grant: decision(form, "grant", "refuse")?, why },
        Verb::Parking => Deed::Park { until: until(form)?, why },
        Verb::Resumption => Deed::Resume,
        Verb::Verification => Deed::Pass { note: text("note"), photos },
        Verb::Rework => Deed::Rework { why, photos },
        Verb::Closure => Deed::Close { note: text("note") },
        Verb::ContestDecision => Deed::DecideContest { uphold: decision(form, "uphold", "reopen")?, why },
        Verb::Merge => Deed::Merge { into: form.required("into", 40).map_err(invalid)?.to_uppercase() },
        Verb::Unmerge => Deed::Unmerge,
        Verb::Split => Deed::Split(parts(tx, desk, form)?),
        Verb::Voiding => Deed::Void { why },
        Verb::Supervision => Deed::Supervise(proposal(form)?),
        Verb::Correction => Deed::Correct(Classify {
            title: text("title"),
            item: given("item")?,
            urgent: form.ticked("urgent"),
            address: text("address"),
        }),
    })
}
