//! One file a verb. Every command loads and authorises, decides, saves, records.
//!
//! [`answer`] alone records nothing: an entry of the log has a moment and a place in a chain, and would tie an answer to both.

mod answer;
mod deliver;
mod draft;
mod questions;
mod sample;
mod states;
mod visit;

pub use answer::{Door, Taken, answer, doorstep};
pub use deliver::{Sent, deliver};
pub use draft::{Draft, copy, edit, make, set_audiences};
pub use questions::{add_question, edit_question, fill, move_question, remove_question};
pub use sample::{SegmentDraft, assign, make_codes, set_plan, set_quotas, set_segments, set_traits};
pub use states::{close, publish};
pub use visit::{Noted, visit};

use crate::model::Survey;
use crate::policy::{Act, require};
use crate::store as rows;
use crate::workflow::State;
use ::store::{Event, Tx};
use kernel::ctx::{Actor, Ctx};
use kernel::problem::{FieldError, Findings, Problem, Result};

/// The only door to a survey that is to be changed: the version that somebody looked at.
fn load(ctx: &Ctx, tx: &mut Tx<'_>, (number, version): (&str, i64)) -> Result<Survey> {
    require(ctx, Act::Plan)?;
    let survey = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    if survey.version == version { Ok(survey) } else { Err(Problem::stale()) }
}

/// # Errors
/// 409: what was published stands.
fn load_draft(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<Survey> {
    let survey = load(ctx, tx, of)?;
    if survey.state == State::Draft { Ok(survey) } else { Err(Problem::conflict("survey-frozen")) }
}

fn save(ctx: &Ctx, tx: &mut Tx<'_>, mut survey: Survey, event: Event) -> Result<Survey> {
    tx.save(&survey)?;
    survey.version += 1;
    tx.record(ctx, event)?;
    Ok(survey)
}

fn event(verb: &'static str, survey: &Survey) -> Event {
    Event::new(verb, survey.id).with("number", survey.number.as_str())
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
