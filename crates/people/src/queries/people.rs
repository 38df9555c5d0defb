//! The register of people with an account.

use crate::model::{AccountState, Factor, PersonId, Step, UnitId, Way};
use crate::policy::{Act, POLICY, units_of};
use crate::store::accounts::{self as table, AccountMail, AccountPhone, AccountRow};
use crate::store::sessions::{self as store_sessions, ApiKeyRow, SessionRow};
use kernel::ctx::Ctx;
use kernel::policy::Visible;
use kernel::problem::Result;
use kernel::time::Instant;
use std::collections::HashMap;
use store::{Bind, Query, Sealed, Tx, record, sql};
use web::list::Cursor;

pub fn person(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<AccountRow>> {
    table::find(tx, id)
}

pub fn person_by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<AccountRow>> {
    table::find_login(tx, login)
}

/// Their name, empty when there is no such person.
pub fn person_name(tx: &mut Tx<'_>, id: PersonId) -> Result<String> {
    let found = tx.one(sql!((String,): "select name from account where id = $1"), &[&id])?;
    Ok(found.map(|(name,)| name).unwrap_or_default())
}

/// The names of many people in one statement.
pub fn person_names(tx: &mut Tx<'_>, ids: &[PersonId]) -> Result<HashMap<PersonId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut wanted = ids.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut query = Query::<(PersonId, String)>::new("select id, name from account");
    query.one_of("id", &wanted);
    Ok(tx.query(&query)?.into_iter().collect())
}

/// How many people of a unit have an account that is not closed.
pub fn people_count(tx: &mut Tx<'_>, unit: UnitId) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from account where unit_id = $1 and state <> 'closed'"), &[&unit])
}

/// What the list of accounts is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct AccountFilter {
    pub words: String,
    pub state: Option<AccountState>,
    pub units: Option<Vec<UnitId>>,
}

record! {
    /// An account in the list.
    #[derive(Clone, Debug)]
    pub struct AccountLine {
        pub id: PersonId,
        pub login: String,
        pub name: String,
        pub phone: Sealed<AccountPhone>,
        pub mail: Sealed<AccountMail>,
        pub unit_id: UnitId,
        pub unit_name: String,
        pub state: AccountState,
        pub factor: Factor,
        /// How many passkeys and security keys they have.
        pub authenticators: i64,
        pub created_at: Instant,
    }
}

impl AccountLine {
    /// Whether they have a second factor of any kind.
    pub fn has_factor(&self) -> bool {
        self.factor == Factor::On || self.authenticators > 0
    }
}

const LIST: &str =
    "select a.id, a.login, a.name, a.phone, a.mail, a.unit_id, u.name as unit_name, a.state, c.factor,
    (select count(*) from authenticator k where k.account_id = a.id) as authenticators, a.created_at from account a join unit u on u.id = a.unit_id join credential c on c.id = a.id";

/// The list filter that agrees with `may(SeeAccounts)`.
pub(crate) fn visible_to<R>(query: &mut Query<R>, visible: &Visible)
where
    R: store::Record,
{
    if visible.all {
        return;
    }
    let units = units_of(visible);
    let mut values: Vec<&dyn Bind> = units.iter().map(|u| u as &dyn Bind).collect();
    let mut condition = if units.is_empty() {
        "1 = 0".to_owned()
    } else {
        format!("a.unit_id in ({})", vec!["?"; units.len()].join(", "))
    };
    if let Some(owner) = &visible.owner {
        condition.push_str(" or a.id = ?");
        values.push(owner);
    }
    query.filter(&condition, &values);
}

fn narrow<R: store::Record>(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    query: &mut Query<R>,
    filter: &AccountFilter,
) -> Result<()> {
    visible_to(query, &POLICY.visible(ctx, Act::SeeAccounts));
    if let Some((condition, value)) = tx.words_condition("a.id", &filter.words) {
        let part = format!("%{}%", filter.words.replace(['%', '_'], ""));
        // a whole telephone number; parts of one cannot be looked for
        let mark = tx.mark::<AccountPhone>(&filter.words)?.unwrap_or_default();
        query.filter(
            &format!("{condition} or a.name like ? or a.login like ? or a.phone_mark = ?"),
            &[&value, &part, &part, &mark],
        );
    }
    if let Some(state) = &filter.state {
        query.filter("a.state = ?", &[state]);
    }
    if let Some(units) = &filter.units {
        query.one_of("a.unit_id", units);
    }
    Ok(())
}

/// Accounts that the person may see, in the order of their units, then as they were made.
pub fn accounts(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    filter: &AccountFilter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<AccountLine>> {
    let mut query = Query::<AccountLine>::new(LIST);
    narrow(tx, ctx, &mut query, filter)?;
    if let Some(cursor) = after {
        // the unit as it is now: where the last row has moved away meanwhile, the list goes on behind its new place
        let last = "(select v.path from account b join unit v on v.id = b.unit_id where b.id = ?)";
        let condition = format!("u.path > {last} or (u.path = {last} and a.id > ?)");
        query.filter(&condition, &[&cursor.id, &cursor.id, &cursor.id]);
    }
    query.tail("order by u.path, a.id limit ?", &[&limit]);
    tx.query(&query)
}

pub fn accounts_count(tx: &mut Tx<'_>, ctx: &Ctx, filter: &AccountFilter) -> Result<i64> {
    let mut query = Query::<(i64,)>::new("select count(*) from account a");
    narrow(tx, ctx, &mut query, filter)?;
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

/// The ids of all accounts that the person may see: for the test that compares it with `may`.
pub fn accounts_visible(tx: &mut Tx<'_>, ctx: &Ctx) -> Result<Vec<PersonId>> {
    let mut query = Query::<(PersonId,)>::new("select a.id from account a");
    visible_to(&mut query, &POLICY.visible(ctx, Act::SeeAccounts));
    query.tail("order by a.id", &[]);
    Ok(tx.query(&query)?.into_iter().map(|(id,)| id).collect())
}

/// Where a person is signed in, the latest use first.
pub fn sessions(tx: &mut Tx<'_>, account: PersonId) -> Result<Vec<SessionRow>> {
    let now = tx.now();
    let rows = tx.all(
        sql!(SessionRow: "select {*} from session where account_id = $1 and ends_at > $2 order by seen_at desc, id"),
        &[&account, &now],
    )?;
    Ok(rows.into_iter().filter(|s| s.step == Step::Whole && s.holds(now)).collect())
}

/// A person's keys that still work.
pub fn api_keys(tx: &mut Tx<'_>, account: PersonId) -> Result<Vec<ApiKeyRow>> {
    let now = tx.now();
    let rows = tx.all(
        sql!(ApiKeyRow: "select {*} from api_key where account_id = $1 and revoked_at is null order by id desc"),
        &[&account],
    )?;
    Ok(rows.into_iter().filter(|k| k.holds(now)).collect())
}

/// How a person's proofs of identity stand, without the proofs themselves.
#[derive(Clone, Debug)]
pub struct Proofs {
    pub password_hash: String,
    pub password_set_at: Instant,
    pub must_change: bool,
    pub factor: Factor,
    pub factor_nonce: String,
    pub recovery_codes: i64,
    pub owed: crate::recognise::Owed,
}

pub fn proofs(tx: &mut Tx<'_>, account: PersonId) -> Result<Proofs> {
    let credential = table::credential(tx, account)?;
    Ok(Proofs {
        password_hash: credential.password_hash,
        password_set_at: credential.password_set_at,
        must_change: credential.must_change,
        factor: credential.factor,
        factor_nonce: credential.factor_nonce,
        recovery_codes: table::recovery_codes_left(tx, account)?,
        owed: crate::recognise::owes(tx, account, Way::PASSWORD)?,
    })
}

/// The session that a browser holds, by its token; one whose second step still waits is none.
pub fn session(tx: &mut Tx<'_>, token: &str) -> Result<Option<SessionRow>> {
    store_sessions::find_session(tx, &crate::recognise::fingerprint(token), Step::Whole)
}

/// What is owed in this session: who came through the provider owes less than who gave a password.
pub fn owed_in(tx: &mut Tx<'_>, account: PersonId, token: &str) -> Result<crate::recognise::Owed> {
    let session = store_sessions::find_session(tx, &crate::recognise::fingerprint(token), Step::Whole)?;
    crate::recognise::owes(tx, account, session.map_or(Way::PASSWORD, |s| s.way()))
}

/// Their passkeys and security keys, in the order in which they were registered.
pub fn authenticators(tx: &mut Tx<'_>, account: PersonId) -> Result<Vec<crate::AuthenticatorRow>> {
    crate::store::authenticators::of_person(tx, account)
}

/// What a second step that waits can be proved with: whether by an app's digits, and how many authenticators there are.
pub fn factors_of_waiting(tx: &mut Tx<'_>, ctx: &Ctx, token: &str) -> Result<Option<(bool, i64)>> {
    let hash = crate::recognise::fingerprint(token);
    let session = store_sessions::find_session(tx, &hash, Step::Factor)?.filter(|s| s.holds(ctx.now));
    let Some(session) = session else { return Ok(None) };
    let credential = table::credential(tx, session.account_id)?;
    let authenticators = crate::store::authenticators::count(tx, session.account_id)?;
    Ok(Some((credential.factor == Factor::On, authenticators)))
}

/// Every consent a person gave, newest first, with those withdrawn.
pub fn consents(tx: &mut Tx<'_>, account: PersonId) -> Result<Vec<crate::ConsentRow>> {
    crate::store::consents::history(tx, account)
}
