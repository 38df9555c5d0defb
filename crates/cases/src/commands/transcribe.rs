//! What somebody wrote by hand on a form comes into the case that was made of it: a person has read and typed it.

use super::submit::titled;
use super::{load_for, save};
use crate::desk::Desk;
use crate::model::{Case, Item, Reporter, Source};
use crate::policy::Act;
use crate::store;
use crate::workflow::State;
use ::store::words::index_tokens;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::problem::{FieldError, Findings, Problem, Result};

/// The words of a form.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    /// What is wrong, at most 4,000 characters.
    pub description: String,
    /// Where, at most 200.
    pub address: String,
    /// Another kind than the one that was ticked; none for the same.
    pub item: Option<Id<Item>>,
    pub name: String,
    pub phone: String,
    pub wants_answer: bool,
}

impl Transcript {
    fn check(&self, desk: &Desk) -> Result<()> {
        let mut findings = Findings::default();
        let length = |text: &str| text.chars().count();
        findings.check(!self.description.trim().is_empty(), "description", "required");
        if length(&self.description) > 4000 {
            findings.add(FieldError::new("description", "too-long").arg("max", 4000));
        }
        findings.check(!self.address.trim().is_empty(), "address", "required");
        if length(&self.address) > 200 {
            findings.add(FieldError::new("address", "too-long").arg("max", 200));
        }
        findings.check(self.item.is_none_or(|i| desk.catalogue.item(i).is_some()), "item", "not-a-choice");
        if length(&self.name) > 40 {
            findings.add(FieldError::new("reporter", "too-long").arg("max", 40));
        }
        let phone = self.phone.trim();
        findings.check(phone.is_empty() || Phone::parse(phone).is_ok(), "phone", "not-a-phone");
        findings.done()
    }
}

/// Puts the words into a case that came on paper and is not over: description, place, title made anew from them, whoever wrote
/// it. Records `case.transcribed`, without the words.
///
/// # Errors
/// 409 `not-from-paper` for other cases, `too-late-to-correct` once it is over, or for another kind once it was dispatched;
/// 422 for each field that is wrong.
pub fn transcribe(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, with: &Transcript) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Enter, id)?;
    if case.source != Source::Paper {
        return Err(Problem::conflict("not-from-paper"));
    }
    if case.state.is_over() {
        return Err(Problem::conflict("too-late-to-correct"));
    }
    with.check(desk)?;
    let early = matches!(case.state, State::Reported | State::Confirmed | State::Registered);
    let item = with.item.or(case.item_id);
    if item != case.item_id && !early {
        return Err(Problem::conflict("too-late-to-correct"));
    }
    let (description, address) = (with.description.trim(), with.address.trim());
    let title = titled(desk, item, description, address);
    case.strikes = case.strikes.moved((&case.title, &case.description), (&title, description));
    case.title = title;
    case.description = description.into();
    address.clone_into(&mut case.address);
    case.item_id = item;
    save(ctx, tx, &mut case)?;
    let (name, phone) = (with.name.trim(), with.phone.trim());
    if (!name.is_empty() || !phone.is_empty()) && store::reporter(tx, id)?.is_none() {
        tx.insert(&Reporter {
            case_id: id.raw(),
            name: name.into(),
            phone: phone.into(),
            wants_answer: with.wants_answer && !phone.is_empty(),
            ..Reporter::default()
        })?;
    }
    let kind = desk.catalogue.name(item);
    let words = format!("{} {} {description} {address} {kind}", case.number, case.title);
    tx.index_words(id, &index_tokens(&words))?;
    tx.record(ctx, Event::new("case.transcribed", id))?;
    if case.state == State::Registered {
        desk.listeners.awaits_dispatch(ctx, tx, &case)?;
    }
    Ok(case)
}
