//! Somebody comes back from the identity provider, proven. An identity never makes an account: it must have been linked to
//! one before.

use super::enter::{enter, wait_for_factor};
use super::sign_in::{Outcome, Visitor, address_key, wait};
use super::told;
use crate::model::{AccountState, How, Limit, Proof, Way};
use crate::recognise::{fingerprint, has_factor};
use crate::store::{accounts, provider};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// Who they are there.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub issuer: String,
    pub claim: String,
    pub subject: String,
    /// The provider asked for a second factor, and the city takes its word.
    pub factor: bool,
}

/// Takes a return from the provider, once. Refuses an address that has failed too often, and a return that was taken before.
pub fn take_return(tx: &mut Tx<'_>, ctx: &Ctx, state: &str, visitor: &Visitor) -> Result<()> {
    if let Some(problem) = wait(tx, "", visitor, ctx.now)? {
        return Err(problem);
    }
    tx.housekeeping();
    if provider::take_return(tx, &fingerprint(state), ctx.now)? {
        return Ok(());
    }
    Err(Problem::new(422, "provider-replayed"))
}

/// What came back proves nobody. Counted by address, as nobody knows whose login it would be.
pub fn refuse_arrival(tx: &mut Tx<'_>, ctx: &Ctx, fault: &str, visitor: &Visitor) -> Result<()> {
    if let Some(key) = address_key(visitor) {
        let attempts = accounts::attempts(tx, &key)?.failed(&Limit::ADDRESS, ctx.now);
        accounts::set_attempts(tx, &key, &attempts)?;
    }
    let event = Event::city("provider.refused").with("fault", fault).with("address", &*visitor.address);
    tx.record(ctx, event)
}

/// Signs in whoever the identity is linked to. `token`: a fresh random word, which becomes the browser's cookie.
pub fn arrive(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    arrival: &Arrival,
    visitor: &Visitor,
    token: &str,
) -> Result<Outcome> {
    let Some(link) = provider::identity(tx, &arrival.issuer, &arrival.claim, &arrival.subject)? else {
        let event = Event::city("provider.unlinked").text(&arrival.subject);
        tx.record(ctx, event.with("address", &*visitor.address))?;
        let refused = Problem::new(422, "identity-unlinked").arg("subject", &arrival.subject);
        return Ok(Outcome::Refused(refused));
    };
    let account = accounts::find(tx, link.account_id)?.ok_or_else(Problem::sign_in)?;
    if account.state != AccountState::Active {
        let event = told(Event::new("account.sign-in-refused", account.id), &account);
        tx.record(ctx, event.with("address", &*visitor.address))?;
        return Ok(Outcome::Refused(Problem::new(422, "account-not-active")));
    }
    provider::touch(tx, link.id, ctx.now)?;
    if arrival.factor {
        return enter(tx, ctx, &account, visitor, token, Way::by(How::Provider, Proof::Provider));
    }
    let credential = accounts::credential(tx, account.id)?;
    if has_factor(tx, account.id, credential.factor)? {
        wait_for_factor(tx, ctx, &account, visitor, token, How::Provider)?;
        return Ok(Outcome::FactorNeeded);
    }
    enter(tx, ctx, &account, visitor, token, Way::by(How::Provider, Proof::None))
}
