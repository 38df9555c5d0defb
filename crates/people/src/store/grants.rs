//! Roles held and roles lent.

use crate::model::{Days, Delegation, Path, PersonId, RoleGrant, UnitId};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use store::{Sealed, Tx, record, sealed_columns, sql};

sealed_columns! {
    /// Why somebody is away: an illness, say.
    pub DelegationReason = "delegation"."reason" of "id";
}

record! {
    /// A role on a unit, from a day until a day.
    #[derive(Clone, Debug)]
    pub struct GrantRow in "role_grant" {
        pub id: Id<RoleGrant>,
        pub account_id: PersonId,
        pub role: String,
        pub unit_id: UnitId,
        pub from_date: Date,
        pub until_date: Option<Date>,
        pub granted_by: String,
        pub created_at: Instant,
        pub revoked_at: Option<Instant>,
        pub version: i64,
    }
}

impl GrantRow {
    pub fn role(&self) -> Result<Role> {
        Role::parse(&self.role).ok_or_else(|| Problem::internal(format!("{} is no role", self.role)))
    }

    pub fn days(&self) -> Days {
        Days { from: self.from_date, until: self.until_date }
    }
}

record! {
    /// A person's roles, lent to another from a day until a day.
    #[derive(Clone, Debug)]
    pub struct DelegationRow in "delegation" {
        pub id: Id<Delegation>,
        pub lender_id: PersonId,
        pub borrower_id: PersonId,
        pub from_date: Date,
        pub until_date: Date,
        pub reason: Sealed<DelegationReason>,
        pub created_at: Instant,
        pub ended_at: Option<Instant>,
        pub version: i64,
    }
}

impl DelegationRow {
    pub fn days(&self) -> Days {
        Days { from: self.from_date, until: Some(self.until_date) }
    }
}

record! {
    /// A role somebody may use today, own or lent.
    pub(crate) struct Held {
        pub(crate) role: String,
        pub(crate) unit_id: UnitId,
        pub(crate) path: Path,
        pub(crate) lent: bool,
    }
}

/// The roles a person may use on a day. Lent ones are read from the lender's own grants only, so that nothing lent can
/// be lent on; the three administrators' powers are never lent.
pub(crate) fn held(tx: &mut Tx<'_>, account: PersonId, day: Date) -> Result<Vec<Held>> {
    tx.all(
        sql!(Held: "select g.role, g.unit_id, u.path, 0 as lent from role_grant g join unit u on u.id = g.unit_id
             where g.account_id = $1 and g.revoked_at is null and g.from_date <= $2
               and (g.until_date is null or g.until_date >= $2)
             union all
             select g.role, g.unit_id, u.path, 1 as lent from delegation d
             join account a on a.id = d.lender_id and a.state <> 'closed'
             join role_grant g on g.account_id = d.lender_id join unit u on u.id = g.unit_id
             where d.borrower_id = $1 and d.ended_at is null and d.from_date <= $2 and d.until_date >= $2
               and g.revoked_at is null and g.from_date <= $2 and (g.until_date is null or g.until_date >= $2)
               and g.role not in ('system-admin', 'security-admin', 'auditor')"),
        &[&account, &day],
    )
}

/// Units at or below a path.
pub(crate) fn units_below(tx: &mut Tx<'_>, path: &Path) -> Result<Vec<(UnitId,)>> {
    tx.all(
        sql!((UnitId,): "select id from unit where path >= $1 and path < $2"),
        &[&path.as_str(), &path.end()],
    )
}

pub(crate) fn find(tx: &mut Tx<'_>, id: Id<RoleGrant>) -> Result<GrantRow> {
    tx.one(sql!(GrantRow: "select {*} from role_grant where id = $1"), &[&id])?.ok_or_else(Problem::not_found)
}

/// A person's grants that have not been revoked, whatever their days.
pub(crate) fn of_person(tx: &mut Tx<'_>, account: PersonId) -> Result<Vec<GrantRow>> {
    tx.all(
        sql!(GrantRow: "select {*} from role_grant where account_id = $1 and revoked_at is null order by id"),
        &[&account],
    )
}

/// How many people other than `but` hold a role on the root today and later.
pub(crate) fn others_with(tx: &mut Tx<'_>, role: Role, but: PersonId, day: Date) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from role_grant g join account a on a.id = g.account_id and a.state = 'active'
             join unit u on u.id = g.unit_id and u.parent_id is null
             where g.role = $1 and g.account_id <> $2 and g.revoked_at is null and g.from_date <= $3
               and g.until_date is null"),
        &[&role.code(), &but, &day],
    )
}

pub(crate) fn find_delegation(tx: &mut Tx<'_>, id: Id<Delegation>) -> Result<DelegationRow> {
    tx.one(sql!(DelegationRow: "select {*} from delegation where id = $1"), &[&id])?
        .ok_or_else(Problem::not_found)
}

/// A person's delegations that run on or after a day, lent or borrowed.
pub(crate) fn delegations(tx: &mut Tx<'_>, account: PersonId, day: Date) -> Result<Vec<DelegationRow>> {
    tx.all(
        sql!(DelegationRow: "select {*} from delegation
             where (lender_id = $1 or borrower_id = $1) and ended_at is null and until_date >= $2 order by from_date, id"),
        &[&account, &day],
    )
}

/// Revokes what a person holds and ends what they lend and borrow.
pub(crate) fn revoke_all(tx: &mut Tx<'_>, account: PersonId, now: Instant) -> Result<()> {
    tx.exec(
        sql!("update role_grant set revoked_at = $1, version = version + 1 where account_id = $2 and revoked_at is null"),
        &[&now, &account],
    )?;
    tx.exec(
        sql!(
            "update delegation set ended_at = $1, version = version + 1
              where (lender_id = $2 or borrower_id = $2) and ended_at is null"
        ),
        &[&now, &account],
    )
    .map(drop)
}
