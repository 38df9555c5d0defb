//! An account and an identity at the provider are tied together, and untied: by the security administrator for others, by
//! people for themselves once they have signed in with their password. Who makes accounts does neither.

use super::arrive::Arrival;
use super::told;
use crate::model::{AccountState, Identity, PersonId};
use crate::policy::Act;
use crate::store::accounts::{self, AccountRow};
use crate::store::provider::{self, IdentityRow};
use crate::store::sessions;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use store::{Event, Marked, Tx};

/// By the security administrator, who has been told what the provider calls this person.
pub fn link_identity(tx: &mut Tx<'_>, ctx: &Ctx, id: PersonId, subject: &str) -> Result<IdentityRow> {
    let account = accounts::load_for(tx, ctx, Act::LinkIdentities, id)?;
    if ctx.person() == Some(id) {
        return Err(Problem::conflict("not-yourself"));
    }
    let settings = provider::provider(tx)?.ok_or_else(|| Problem::conflict("no-provider"))?;
    let subject = subject.trim();
    if subject.is_empty() {
        return Err(Problem::field("identity_subject", "required"));
    }
    if subject.chars().count() > 255 {
        return Err(Problem::invalid(vec![FieldError::new("identity_subject", "too-long").arg("max", 255)]));
    }
    link(tx, ctx, &account, &settings.issuer, &settings.claim, subject)
}

/// By the person, who has just been there and back.
pub fn link_own_identity(tx: &mut Tx<'_>, ctx: &Ctx, arrival: &Arrival) -> Result<IdentityRow> {
    let account = accounts::own(tx, ctx)?;
    link(tx, ctx, &account, &arrival.issuer, &arrival.claim, &arrival.subject)
}

fn link(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    account: &AccountRow,
    issuer: &str,
    claim: &str,
    subject: &str,
) -> Result<IdentityRow> {
    if account.state == AccountState::Closed {
        return Err(Problem::conflict("account-not-active"));
    }
    if let Some(other) = provider::identity(tx, issuer, claim, subject)? {
        return Err(if other.account_id == account.id {
            Problem::field("identity_subject", "identity-linked-already")
        } else {
            Problem::field("identity_subject", "identity-taken")
        });
    }
    let row = IdentityRow {
        id: tx.new_id(),
        account_id: account.id,
        issuer: issuer.to_owned(),
        claim: claim.to_owned(),
        subject: subject.into(),
        subject_mark: Marked::default(),
        linked_at: ctx.now,
        seen_at: None,
    };
    tx.insert(&row)?;
    tx.record(ctx, told(Event::new("account.identity-linked", account.id), account).text(subject))?;
    Ok(row)
}

/// The sessions that the identity may have opened end with it.
pub fn unlink_identity(tx: &mut Tx<'_>, ctx: &Ctx, person: PersonId, id: Id<Identity>) -> Result<()> {
    let account = if ctx.person() == Some(person) {
        // without it, they could not come in any more
        if provider::provider(tx)?.is_some_and(|p| p.passwords_rest()) {
            return Err(Problem::conflict("identity-needed"));
        }
        accounts::own(tx, ctx)?
    } else {
        accounts::load_for(tx, ctx, Act::LinkIdentities, person)?
    };
    let found = provider::identities(tx, person)?.into_iter().find(|i| i.id == id);
    let link = found.ok_or_else(Problem::not_found)?;
    provider::unlink(tx, id)?;
    sessions::end_provider_sessions(tx, person)?;
    let event = told(Event::new("account.identity-unlinked", person), &account);
    tx.record(ctx, event.text(&link.subject))
}
