//! Who holds which role.

use crate::model::{AccountState, Days, Delegation, Path, PersonId, RoleGrant, UnitId};
use crate::policy::{Act, POLICY, units_of};
use crate::store::accounts::{AccountMail, AccountPhone};
use crate::store::grants::DelegationReason;
use crate::store::units;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use store::{Query, Sealed, Tx, record, sql};
use web::list::Cursor;

record! {
    /// A grant in the list.
    #[derive(Clone, Debug)]
    pub struct GrantLine {
        pub id: Id<RoleGrant>,
        pub account_id: PersonId,
        pub login: String,
        pub person: String,
        pub role: String,
        pub unit_id: UnitId,
        pub unit_name: String,
        pub from_date: Date,
        pub until_date: Option<Date>,
        pub granted_by: String,
        pub created_at: Instant,
        pub revoked_at: Option<Instant>,
    }
}

impl GrantLine {
    pub fn holds_on(&self, day: Date) -> bool {
        self.revoked_at.is_none() && Days { from: self.from_date, until: self.until_date }.holds_on(day)
    }

    /// `revoked`, `over`, `later` or `now`: the key of the word that tells.
    pub fn word(&self, today: Date) -> &'static str {
        match self {
            _ if self.revoked_at.is_some() => "revoked",
            _ if self.until_date.is_some_and(|until| until < today) => "over",
            _ if self.from_date > today => "later",
            _ => "now",
        }
    }
}

const LIST: &str = "select g.id, g.account_id, a.login, a.name as person, g.role, g.unit_id, u.name as unit_name, g.from_date,
    g.until_date, g.granted_by, g.created_at, g.revoked_at
    from role_grant g join account a on a.id = g.account_id join unit u on u.id = g.unit_id";

/// What the list of grants is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct GrantFilter {
    pub role: Option<Role>,
    /// Part of a name or of a login.
    pub words: String,
    pub unit: Option<UnitId>,
    /// Also those that are over or revoked.
    pub past_too: bool,
}

fn narrow<R: store::Record>(ctx: &Ctx, query: &mut Query<R>, filter: &GrantFilter) {
    let visible = POLICY.visible(ctx, Act::SeeGrants);
    if !visible.all {
        query.one_of("g.unit_id", &units_of(&visible));
    }
    if let Some(role) = filter.role {
        query.filter("g.role = ?", &[&role.code()]);
    }
    if !filter.words.is_empty() {
        let part = format!("%{}%", filter.words.replace(['%', '_'], ""));
        query.filter("a.name like ? or a.login like ?", &[&part, &part]);
    }
    if let Some(unit) = &filter.unit {
        query.filter("g.unit_id = ?", &[unit]);
    }
    if !filter.past_too {
        query.filter(
            "g.revoked_at is null and (g.until_date is null or g.until_date >= ?)",
            &[&ctx.now.date()],
        );
    }
}

/// Grants that the person may see, in the order of their units, then as they were made.
pub fn grants(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    filter: &GrantFilter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<GrantLine>> {
    let mut query = Query::<GrantLine>::new(LIST);
    narrow(ctx, &mut query, filter);
    if let Some(cursor) = after {
        let last = "(select v.path from role_grant h join unit v on v.id = h.unit_id where h.id = ?)";
        let condition = format!("u.path > {last} or (u.path = {last} and g.id > ?)");
        query.filter(&condition, &[&cursor.id, &cursor.id, &cursor.id]);
    }
    query.tail("order by u.path, g.id limit ?", &[&limit]);
    tx.query(&query)
}

pub fn grants_count(tx: &mut Tx<'_>, ctx: &Ctx, filter: &GrantFilter) -> Result<i64> {
    let mut query =
        Query::<(i64,)>::new("select count(*) from role_grant g join account a on a.id = g.account_id");
    narrow(ctx, &mut query, filter);
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

/// A person's grants that have not been revoked.
pub fn grants_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<GrantLine>> {
    let mut query = Query::<GrantLine>::new(LIST);
    query.filter("g.account_id = ? and g.revoked_at is null", &[&person]).tail("order by g.id", &[]);
    tx.query(&query)
}

record! {
    /// A delegation with its names.
    #[derive(Clone, Debug)]
    pub struct DelegationLine {
        pub id: Id<Delegation>,
        pub lender_id: PersonId,
        pub lender: String,
        pub borrower_id: PersonId,
        pub borrower: String,
        pub from_date: Date,
        pub until_date: Date,
        pub reason: Sealed<DelegationReason>,
    }
}

/// What a person lends and borrows, today or later.
pub fn delegations_of(tx: &mut Tx<'_>, person: PersonId, today: Date) -> Result<Vec<DelegationLine>> {
    tx.all(
        sql!(DelegationLine: "select d.id, d.lender_id, l.name as lender, d.borrower_id, b.name as borrower, d.from_date,
                d.until_date, d.reason
             from delegation d join account l on l.id = d.lender_id join account b on b.id = d.borrower_id
             where (d.lender_id = $1 or d.borrower_id = $1) and d.ended_at is null and d.until_date >= $2
             order by d.from_date, d.id"),
        &[&person, &today],
    )
}

record! {
    /// Somebody to be told something.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Addressee {
        pub id: PersonId,
        pub name: String,
        pub phone: Sealed<AccountPhone>,
        pub mail: Sealed<AccountMail>,
        pub language: String,
        pub state: AccountState,
        pub path: Path,
    }
}

/// Who is to be told of a thing of this unit: the active holders of one of the roles on the unit itself or, where it
/// has none, on the nearest unit above that has; with those whom they lent their roles to today.
pub fn people_of_unit_with_role(tx: &mut Tx<'_>, unit: UnitId, roles: &[Role]) -> Result<Vec<Addressee>> {
    let unit = units::find(tx, unit)?.ok_or_else(Problem::not_found)?;
    let mut places = unit.path.above();
    places.push(unit.path.as_str().to_owned());
    let codes: Vec<&str> = roles.iter().map(|r| r.code()).collect();
    let today = tx.now().date();
    let mut query = Query::<Addressee>::new(
        "select a.id, a.name, a.phone, a.mail, a.language, a.state, u.path
         from role_grant g join unit u on u.id = g.unit_id join account a on a.id = g.account_id",
    );
    query
        .one_of("u.path", &places)
        .one_of("g.role", &codes)
        .filter(
            "g.revoked_at is null and g.from_date <= ? and (g.until_date is null or g.until_date >= ?)",
            &[&today, &today],
        )
        .filter("a.state <> 'closed'", &[])
        .tail("order by length(u.path) desc, a.id", &[]);
    let mut holders = tx.query(&query)?;
    let nearest = holders.first().map(|h| h.path.clone());
    holders.retain(|h| Some(&h.path) == nearest.as_ref());
    let mut told = borrowers(tx, &holders, today)?;
    told.extend(holders);
    told.retain(|a| a.state == AccountState::Active);
    told.sort_by_key(|a| a.id);
    told.dedup_by_key(|a| a.id);
    Ok(told)
}

fn borrowers(tx: &mut Tx<'_>, holders: &[Addressee], today: Date) -> Result<Vec<Addressee>> {
    let lenders: Vec<PersonId> = holders.iter().map(|h| h.id).collect();
    let mut query = Query::<Addressee>::new(
        "select a.id, a.name, a.phone, a.mail, a.language, a.state, '' as path
         from delegation d join account a on a.id = d.borrower_id",
    );
    query
        .one_of("d.lender_id", &lenders)
        .filter("d.ended_at is null and d.from_date <= ? and d.until_date >= ?", &[&today, &today])
        .tail("order by a.id", &[]);
    tx.query(&query)
}

record! {
    /// Somebody who holds a role.
    #[derive(Clone, Debug)]
    pub struct Holder {
        pub id: PersonId,
        pub name: String,
        /// Their own unit, not the one that the role was granted on.
        pub unit_id: UnitId,
    }
}

/// Whoever holds the role today, on any unit, in the order of their names; accounts that are closed left out.
pub fn holders_of(tx: &mut Tx<'_>, role: Role) -> Result<Vec<Holder>> {
    let (code, today) = (role.code(), tx.now().date());
    tx.all(
        sql!(
            Holder: "select a.id as id, a.name as name, a.unit_id as unit_id from account a
              where a.state <> 'closed' and a.id in (select g.account_id from role_grant g where g.role = $1
                and g.revoked_at is null and g.from_date <= $2 and (g.until_date is null or g.until_date >= $3))
              order by a.name, a.id"
        ),
        &[&code, &today, &today],
    )
}
