//! What people can do here, one verb a file: load and authorise, decide, save, record.

mod arrive;
mod authenticator;
mod change_account_state;
mod change_password;
mod change_profile;
mod close_unit;
mod configure_provider;
mod consent;
mod create_account;
mod create_unit;
mod edit_account;
mod edit_unit;
mod end_sessions;
mod enter;
mod grant_role;
mod lend_roles;
mod link_identity;
mod make_api_key;
mod merge_unit;
mod move_unit;
mod reset_password;
mod revoke_role;
mod second_factor;
mod sign_in;
mod verify_log;

pub use arrive::{Arrival, arrive, refuse_arrival, take_return};
pub use authenticator::{
    add_authenticator, ask_to_prove, ask_to_register, prove_by_authenticator, remove_authenticator,
    take_proving, take_registration,
};
pub use change_account_state::change_account_state;
pub use change_password::{change_password, password_refused};
pub use change_profile::{Profile, change_profile};
pub use close_unit::{close_unit, reopen_unit};
pub use configure_provider::configure_provider;
pub use consent::{Subject, give_consent, phone_fingerprint, withdraw_consent};
pub use create_account::{NewAccount, create_account};
pub use create_unit::{Enlisted, create_unit, enlist_unit};
pub use edit_account::edit_account;
pub use edit_unit::{edit_contact, edit_unit};
pub use end_sessions::{end_other_sessions, end_session, end_session_of, end_sessions_of, sign_out};
pub use grant_role::{NewGrant, grant_role};
pub use lend_roles::{Lending, end_lending, lend_roles};
pub use link_identity::{link_identity, link_own_identity, unlink_identity};
pub use make_api_key::{make_api_key, revoke_api_key};
pub use merge_unit::merge_unit;
pub use move_unit::move_unit;
pub use reset_password::{reset_password, reset_second_factor};
pub use revoke_role::{limit_role, may_end_role, revoke_role};
pub use second_factor::{begin_second_factor, confirm_second_factor, drop_second_factor};
pub use sign_in::{
    Candidate, Outcome, Visitor, accept_password, candidate, prove_second_factor, refuse_password,
};
pub use verify_log::verify_log;

use crate::model::{PersonId, UnitFacts, UnitId};
use crate::store::grants::{self, GrantRow};
use crate::store::{accounts, units};
use kernel::problem::{FieldError, Findings, Problem, Result};
use store::Tx;

/// Checks of a unit's facts that need the register.
fn fits(tx: &mut Tx<'_>, facts: &UnitFacts, except: UnitId) -> Result<()> {
    let mut findings = Findings::default();
    findings.check(units::kind_exists(tx, &facts.kind)?, "unit_kind", "not-a-choice");
    if let Some(code) = &facts.credit_code
        && let Some(other) = units::with_credit_code(tx, code, except)?
    {
        findings.add(FieldError::new("credit_code", "credit-code-taken").arg("unit", other.name));
    }
    findings.done()
}

/// Refuses what would leave the city without one of its three administrators.
fn not_the_last(tx: &mut Tx<'_>, person: PersonId, held: &[GrantRow]) -> Result<()> {
    let today = tx.now().date();
    for grant in held {
        let role = grant.role()?;
        let counts = crate::model::is_administrator(role) && grant.days().holds_on(today);
        if counts && grants::others_with(tx, role, person, today)? == 0 {
            return Err(Problem::conflict("last-administrator").arg("role", format!("role-{}", role.code())));
        }
    }
    Ok(())
}

/// A person's name and login, as events tell them.
fn told(event: store::Event, account: &accounts::AccountRow) -> store::Event {
    event.with("login", &*account.login).with("person", &*account.name)
}
