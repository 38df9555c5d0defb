//! Consent (同意) is given to a certain wording, and can be withdrawn as easily as it was given (个保法 14, 15).

use crate::model::{PersonId, Purpose};
use crate::recognise::fingerprint;
use crate::store::consents::{self, ConsentRow};
use kernel::ctx::{Actor, Ctx};
use kernel::identifiers::Phone;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use store::secrets::Secrets;
use store::{Event, Tx};

/// Who consents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Person(PersonId),
    /// Whoever holds a phone number: its keyed fingerprint, from [`phone_fingerprint`].
    Phone(String),
}

/// The fingerprint under which a phone number's consents are kept: only this city's program can work it out.
pub fn phone_fingerprint(secrets: &Secrets, phone: &Phone) -> String {
    hex::encode(secrets.sign("consent-phone", &[phone.as_str().as_bytes()]))
}

/// `text`: the whole wording that was shown. Giving the same consent again changes nothing; a new wording is a new one.
pub fn give_consent(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    subject: &Subject,
    purpose: Purpose,
    text_version: &str,
    text: &str,
) -> Result<ConsentRow> {
    themselves(ctx, subject)?;
    let text_hash = fingerprint(text);
    let held = standing(tx, subject, purpose)?.into_iter().find(|c| c.text_hash == text_hash);
    if let Some(held) = held {
        tx.housekeeping();
        return Ok(held);
    }
    let (account_id, phone_hash) = match subject {
        Subject::Person(id) => (Some(*id), None),
        Subject::Phone(hash) => (None, Some(tx.keyed_hash(hash)?)),
    };
    let row = ConsentRow {
        id: tx.new_id(),
        account_id,
        phone_hash,
        purpose,
        text_version: text_version.to_owned(),
        text_hash,
        given_at: ctx.now,
        withdrawn_at: None,
        version: 1,
    };
    tx.insert(&row)?;
    tx.record(
        ctx,
        Event::new("consent.given", row.id).with("purpose", purpose.code()).with("text", text_version),
    )?;
    Ok(row)
}

/// All consents to the purpose, whatever their wording; how many there were.
pub fn withdraw_consent(tx: &mut Tx<'_>, ctx: &Ctx, subject: &Subject, purpose: Purpose) -> Result<usize> {
    themselves(ctx, subject)?;
    let held = standing(tx, subject, purpose)?;
    for consent in &held {
        tx.save(&ConsentRow { withdrawn_at: Some(ctx.now), ..consent.clone() })?;
        tx.record(ctx, Event::new("consent.withdrawn", consent.id).with("purpose", purpose.code()))?;
    }
    tx.housekeeping();
    Ok(held.len())
}

fn standing(tx: &mut Tx<'_>, subject: &Subject, purpose: Purpose) -> Result<Vec<ConsentRow>> {
    match subject {
        Subject::Person(id) => consents::of_account(tx, *id, purpose),
        Subject::Phone(hash) => consents::of_phone(tx, hash, purpose),
    }
}

/// Nobody consents for somebody else. Who holds a phone number is for the caller to have made sure.
fn themselves(ctx: &Ctx, subject: &Subject) -> Result<()> {
    match (subject, &ctx.actor) {
        (Subject::Phone(_), _) | (_, Actor::System(_)) => Ok(()),
        (Subject::Person(id), _) if ctx.person() == Some(*id) => Ok(()),
        _ => Err(Problem::forbidden()),
    }
}
