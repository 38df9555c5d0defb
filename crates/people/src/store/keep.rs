//! How long what is known of people with an account is kept. Names stay in the record of what they did.

use crate::model::PersonId;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use store::keep::{Days, Due, Goes, Keep, LOG_LEAST, Stays, Way, stays};
use store::{Tx, sql};
use web::push::{self, Owner};

/// How to reach people who have left, and what they signed in with.
const LEFT: Keep = Keep {
    key: "accounts-left",
    tables: &["account", "recovery_code", "authenticator"],
    days: Days::new(365, 30, 1825),
    goes: Goes::Personal,
    laws: &["pipl-19", "pipl-47"],
    way: Way::Daily { count: left_due, erase: forget_left },
};

/// Who is signed in, from where. That somebody signed in stands in the log.
const SESSIONS: Keep = Keep {
    key: "sessions",
    tables: &["session", "sign_in_guard", "provider_return", "authenticator_challenge"],
    days: Days::always(2),
    goes: Goes::Row,
    laws: &["pipl-19"],
    way: Way::Own { job: "people-sweep", days: None },
};

/// Keys of programs that are not good any more.
const API_KEYS: Keep = Keep {
    key: "api-keys",
    tables: &["api_key"],
    days: Days::new(LOG_LEAST, LOG_LEAST, 1095),
    goes: Goes::Row,
    laws: &["csl-log"],
    way: Way::Daily { count: keys_due, erase: forget_keys },
};

pub(crate) const KEEPS: &[&Keep] = &[&LEFT, &SESSIONS, &API_KEYS];

pub(crate) const STAYS: &[Stays] = &[
    stays("unit_kind", "settings"),
    stays("unit", "units"),
    stays("unit_tree", "state"),
    stays("credential", "acts"),
    stays("role_grant", "acts"),
    stays("delegation", "acts"),
    stays("consent", "consents"),
    stays("identity_provider", "settings"),
    stays("identity", "identities"),
];

fn left_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from account where left_at >= $1 and left_at < $2 and (phone <> '' or mail <> '')"),
        &[&from, &until],
    )
}

fn forget_left(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    let people = tx.all(
        sql!((PersonId,): "select id from account where left_at >= $1 and left_at < $2 and (phone <> '' or mail <> '')
             order by left_at, id limit $3"),
        &[&from, &until, &most],
    )?;
    for (person,) in &people {
        super::accounts::forget_contact(tx, *person)?;
        tx.erase(sql!("delete from recovery_code where account_id = $1"), &[person])?;
        tx.erase(sql!("delete from authenticator where account_id = $1"), &[person])?;
        push::forget(tx, Owner::Person(Id::new(person.raw())))?;
    }
    Ok(i64::try_from(people.len()).unwrap_or(i64::MAX))
}

fn keys_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from api_key
              where coalesce(revoked_at, expires_at) >= $1 and coalesce(revoked_at, expires_at) < $2"),
        &[&from, &until],
    )
}

fn forget_keys(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from api_key where id in (select id from api_key
               where coalesce(revoked_at, expires_at) >= $1 and coalesce(revoked_at, expires_at) < $2
               order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}
