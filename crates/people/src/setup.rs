//! Making a city's first people, and the quick doors for the demo city.

use crate::commands::{NewAccount, NewGrant, create_account, create_unit, grant_role};
use crate::model::{ADMINISTRATORS, Contact, Days, PersonFacts, UnitFacts};
use crate::password;
use crate::store::units::UnitRow;
use kernel::ctx::{Ctx, Locale};
use kernel::policy::Role;
use kernel::problem::Result;
use store::{Db, Tx};

/// An account with its password, to be told once.
#[derive(Clone, Debug)]
pub struct FirstAccount {
    pub role: Role,
    pub login: String,
    pub password: String,
}

/// Logins of the three administrators of a new city. GB/T 22239 8.1.4.2 wants default names changed: a city may close
/// these once it has its own.
const LOGINS: [&str; 3] = ["system-admin", "security-admin", "auditor"];

/// The root of the unit tree and the three administrators, with random passwords that must be changed. For
/// `chuangcheng city create`, on a thread of its own: it hashes.
pub fn first_administrators(db: &Db, ctx: &Ctx, city_name: &str) -> Result<(UnitRow, Vec<FirstAccount>)> {
    let mut people = Vec::new();
    for (role, login) in ADMINISTRATORS.into_iter().zip(LOGINS) {
        let password = password::one_time();
        let hash = password::hash(&password)?;
        people.push((FirstAccount { role, login: login.to_owned(), password }, hash));
    }
    let (ctx_in, name) = (ctx.clone(), city_name.to_owned());
    db.write_now(ctx, move |tx| {
        let root = root(tx, &ctx_in, &name)?;
        let mut accounts = Vec::new();
        for (first, hash) in people {
            let title = first.role.code();
            person(tx, &ctx_in, &root, &first.login, title, hash, true, &[(first.role, &root)])?;
            accounts.push(first);
        }
        Ok((root, accounts))
    })
}

/// The unit above all others, named after the city.
pub fn root(tx: &mut Tx<'_>, ctx: &Ctx, city_name: &str) -> Result<UnitRow> {
    let facts = UnitFacts { name: city_name.to_owned(), kind: "city".to_owned(), ..UnitFacts::default() };
    create_unit(tx, ctx, None, facts)
}

/// A unit below another, by name and kind. Called many times in one transaction.
pub fn unit(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    parent: &UnitRow,
    name: &str,
    short: &str,
    kind: &str,
) -> Result<UnitRow> {
    let facts = UnitFacts {
        name: name.to_owned(),
        short_name: short.to_owned(),
        kind: kind.to_owned(),
        credit_code: None,
        contact: Contact::default(),
    };
    create_unit(tx, ctx, Some(parent.id), facts)
}

/// A person with roles from today on. `password_hash`: made once by [`password::hash`], shared by all of a demo city.
#[expect(clippy::too_many_arguments, reason = "one line for one person, in a list of people")]
pub fn person(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    unit: &UnitRow,
    login: &str,
    name: &str,
    password_hash: String,
    must_change: bool,
    roles: &[(Role, &UnitRow)],
) -> Result<crate::AccountRow> {
    let facts =
        PersonFacts { name: name.to_owned(), phone: String::new(), mail: String::new(), unit: unit.id };
    let new =
        NewAccount { login: login.to_owned(), facts, language: Locale::ZhCn, password_hash, must_change };
    let account = create_account(tx, ctx, new)?;
    for (role, on) in roles {
        let days = Days { from: ctx.now.date(), until: None };
        grant_role(tx, ctx, NewGrant { person: account.id, role: *role, unit: on.id, days })?;
    }
    Ok(account)
}
