//! A person keeps right how they are reached, and in which language.

use super::told;
use crate::model::reachable;
use crate::store::accounts::{self, AccountRow};
use kernel::ctx::{Ctx, Locale};
use kernel::problem::Result;
use store::{Event, Tx};

#[derive(Clone, Debug)]
pub struct Profile {
    pub phone: String,
    pub mail: String,
    pub language: Locale,
}

pub fn change_profile(tx: &mut Tx<'_>, ctx: &Ctx, profile: Profile) -> Result<AccountRow> {
    let mut account = accounts::own(tx, ctx)?;
    let (phone, mail) = reachable(&profile.phone, &profile.mail)?;
    account.phone = phone.into();
    account.mail = mail.into();
    profile.language.code().clone_into(&mut account.language);
    tx.save(&account)?;
    accounts::index(tx, &account)?;
    tx.record(ctx, told(Event::new("account.profile-changed", account.id), &account))?;
    Ok(account)
}
