//! What is held of whoever has a telephone number: suggestions that name it.

use crate::model::Suggestion;
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::identifiers::Phone;
use kernel::problem::Result;
use store::Tx;
use store::keep::{Found, Held, Trace};

pub(crate) const WRITTEN: Trace = Trace { key: "written", find, erase: Some(erase) };

fn names(suggestion: &Suggestion, phone: &Phone) -> bool {
    let contact =
        suggestion.contact.as_ref().is_some_and(|contact| Phone::parse(contact).is_ok_and(|c| c == *phone));
    contact || suggestion.body.contains(phone.as_str())
}

/// Why it may not be erased yet.
fn stays(suggestion: &Suggestion, held: &Held) -> Option<&'static str> {
    match suggestion.answered_at {
        None => Some("open"),
        Some(at) => held.before.is_some_and(|day| at < day).then_some("held"),
    }
}

/// Opens every suggestion whose words are kept: a city has some thousands, and few look for one.
fn named(tx: &mut Tx<'_>, phone: &Phone) -> Result<Vec<Suggestion>> {
    Ok(rows::worded(tx)?.into_iter().filter(|suggestion| names(suggestion, phone)).collect())
}

fn find(tx: &mut Tx<'_>, phone: &Phone, held: &Held) -> Result<Vec<Found>> {
    let found = named(tx, phone)?.into_iter().map(|suggestion| {
        let contact = suggestion.contact.as_ref().map(|contact| contact.as_str().to_owned());
        let facts =
            [("contact", contact.unwrap_or_default()), ("words", suggestion.body.as_str().to_owned())];
        Found {
            what: suggestion.number.clone(),
            at: suggestion.sent_at,
            facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            stays: stays(&suggestion, held),
        }
    });
    Ok(found.collect())
}

fn erase(_: &Ctx, tx: &mut Tx<'_>, phone: &Phone, held: &Held) -> Result<i64> {
    let mut erased = 0;
    for suggestion in named(tx, phone)?.iter().filter(|suggestion| stays(suggestion, held).is_none()) {
        rows::forget_words(tx, suggestion.id)?;
        erased += 1;
    }
    Ok(erased)
}
