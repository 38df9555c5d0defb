//! What people do with cycles, schemes and nodes.

mod cycle;
mod draft;
mod node;
mod scheme;

pub use cycle::{CycleDraft, edit_cycle, make_cycle};
pub use draft::{NodeDraft, split};
pub use node::{Shift, add, edit, remove, shift};
pub use scheme::{NewScheme, copy, fill, make, publish};

use super::model::Scheme;
use super::store as rows;
use crate::policy::{self, Act};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// The only door to a scheme for whoever changes it.
///
/// # Errors
/// `scheme-frozen` (409) for a published one.
fn load_open(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Scheme> {
    policy::require(ctx, Act::EditScheme)?;
    let scheme = rows::scheme(tx, number)?.ok_or_else(Problem::not_found)?;
    if scheme.is_open() { Ok(scheme) } else { Err(Problem::conflict("scheme-frozen").arg("number", number)) }
}

fn event(verb: &'static str, scheme: &Scheme) -> Event {
    Event::new(verb, scheme.id).with("number", scheme.number.as_str())
}

/// Counts a change of the tree as one of the scheme: who publishes must have seen the last one.
fn touch(tx: &mut Tx<'_>, scheme: Scheme) -> Result<()> {
    tx.save(&scheme)
}
