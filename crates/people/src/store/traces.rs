//! What is held of whoever has a telephone number: an account.

use super::accounts::{AccountPhone, AccountRow};
use kernel::identifiers::Phone;
use kernel::problem::Result;
use store::keep::{Found, Held, Trace};
use store::{Tx, sql};

/// Whoever works here is reached by it; after leaving it goes by its own rule.
pub(crate) const ACCOUNT: Trace = Trace { key: "account", find, erase: None };

fn find(tx: &mut Tx<'_>, phone: &Phone, _: &Held) -> Result<Vec<Found>> {
    let Some(mark) = tx.mark::<AccountPhone>(phone.as_str())? else { return Ok(Vec::new()) };
    let accounts =
        tx.all(sql!(AccountRow: "select {*} from account where phone_mark = $1 order by id"), &[&mark])?;
    let found = accounts.into_iter().map(|account| {
        let facts = [("name", account.name.as_str()), ("phone", &account.phone), ("mail", &account.mail)];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
        Found {
            what: account.login.clone(),
            at: account.created_at,
            facts: facts.map(|(name, value)| (name, value.to_owned())).collect(),
            stays: Some("account"),
        }
    });
    Ok(found.collect())
}
