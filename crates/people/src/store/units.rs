//! Units.

use crate::model::{Path, UnitId, UnitState};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use names::Kind;
use std::collections::HashSet;
use std::hash::BuildHasher;
use store::{Sealed, Tx, record, sealed_columns, sql};

sealed_columns! {
    pub UnitContactName = "unit"."contact_name" of "id";
    pub UnitContactPhone = "unit"."contact_phone" of "id";
}

record! {
    /// A unit (单位) in the tree.
    #[derive(Clone, Debug)]
    pub struct UnitRow in "unit" {
        pub id: UnitId,
        pub number: i64,
        pub code: String,
        pub name: String,
        pub short_name: String,
        pub kind: String,
        pub parent_id: Option<UnitId>,
        pub path: Path,
        pub state: UnitState,
        pub merged_into: Option<UnitId>,
        pub credit_code: Option<String>,
        pub contact_name: Sealed<UnitContactName>,
        pub contact_phone: Sealed<UnitContactPhone>,
        pub created_at: Instant,
        pub version: i64,
    }
}

impl UnitRow {
    /// The short name, where there is one.
    pub fn brief(&self) -> &str {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }

    pub fn is_active(&self) -> bool {
        self.state == UnitState::Active
    }
}

pub(crate) fn find(tx: &mut Tx<'_>, id: UnitId) -> Result<Option<UnitRow>> {
    tx.one(sql!(UnitRow: "select {*} from unit where id = $1"), &[&id])
}

pub(crate) fn find_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<UnitRow>> {
    tx.one(sql!(UnitRow: "select {*} from unit where code = $1"), &[&code])
}

pub(crate) fn root(tx: &mut Tx<'_>) -> Result<Option<UnitRow>> {
    tx.one(sql!(UnitRow: "select {*} from unit where parent_id is null order by path limit 1"), &[])
}

/// Every unit, closed ones too. For imports: a city has hundreds.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<UnitRow>> {
    tx.all(sql!(UnitRow: "select {*} from unit order by path"), &[])
}

/// The next number that no unit has. Imports bring units with the numbers they had; `claimed` are those still to come.
pub(crate) fn free_number<S: BuildHasher>(tx: &mut Tx<'_>, claimed: &HashSet<i64, S>) -> Result<i64> {
    loop {
        let number = tx.next_number("unit")?;
        let taken: i64 = tx.value(sql!((i64,): "select count(*) from unit where number = $1"), &[&number])?;
        if taken == 0 && !claimed.contains(&number) {
            return Ok(number);
        }
    }
}

/// An active unit other than `except` that has this credit code.
pub(crate) fn with_credit_code(tx: &mut Tx<'_>, code: &str, except: UnitId) -> Result<Option<UnitRow>> {
    tx.one(
        sql!(UnitRow: "select {*} from unit where credit_code = $1 and id <> $2 and state = 'active' limit 1"),
        &[&code, &except],
    )
}

/// Waits for whoever else is changing the shape of the tree. First statement of every command that does.
pub(crate) fn lock_tree(tx: &mut Tx<'_>) -> Result<()> {
    match tx.exec(sql!("update unit_tree set version = version + 1 where id = 1"), &[])? {
        1 => Ok(()),
        _ => Err(Problem::internal("the row that guards the unit tree is missing")),
    }
}

/// Gives the unit at `from`, and all below it, the place `to`. Versions rise, so that nobody saves an old place back.
pub(crate) fn rewrite_paths(tx: &mut Tx<'_>, from: &Path, to: &Path) -> Result<u64> {
    let after = i64::try_from(from.as_str().len() + 1).unwrap_or(i64::MAX);
    tx.exec(
        sql!(
            "update unit set path = $1 || substr(path, cast($2 as integer)), version = version + 1
              where path >= $3 and path < $4"
        ),
        &[&to.as_str(), &after, &from.as_str(), &from.end()],
    )
}

pub(crate) fn set_parent(tx: &mut Tx<'_>, id: UnitId, parent: UnitId) -> Result<()> {
    tx.exec(sql!("update unit set parent_id = $1 where id = $2"), &[&parent, &id]).map(drop)
}

/// How many active units stand directly below.
pub(crate) fn active_below(tx: &mut Tx<'_>, id: UnitId) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from unit where parent_id = $1 and state = 'active'"), &[&id])
}

pub(crate) fn children(tx: &mut Tx<'_>, id: UnitId) -> Result<Vec<UnitRow>> {
    tx.all(sql!(UnitRow: "select {*} from unit where parent_id = $1 order by path"), &[&id])
}

/// Accounts and grants of a unit that another takes over.
pub(crate) fn hand_over(tx: &mut Tx<'_>, from: UnitId, to: UnitId) -> Result<(u64, u64)> {
    let accounts = tx.exec(
        sql!("update account set unit_id = $1, version = version + 1 where unit_id = $2"),
        &[&to, &from],
    )?;
    let grants = tx.exec(
        sql!("update role_grant set unit_id = $1, version = version + 1 where unit_id = $2 and revoked_at is null"),
        &[&to, &from],
    )?;
    Ok((accounts, grants))
}

pub(crate) fn kind_exists(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.value(sql!((i64,): "select count(*) from unit_kind where code = $1"), &[&code])? > 0)
}

/// Puts the words by which a unit is found into the index.
pub(crate) fn index(tx: &mut Tx<'_>, unit: &UnitRow) -> Result<()> {
    let code = unit.credit_code.as_deref().unwrap_or_default();
    let words = format!("{} {} {} {code}", unit.code, unit.name, unit.short_name);
    tx.index_words(unit.id, &store::words::index_tokens(&words))?;
    store::naming::set(tx, unit.id, Kind::Unit, &[&unit.name, &unit.short_name])
}

/// The only door to a unit for commands: loads it and asks the policy. Its existence is known to all who have signed in.
pub(crate) fn load_for(tx: &mut Tx<'_>, ctx: &Ctx, act: crate::policy::Act, id: UnitId) -> Result<UnitRow> {
    let unit = find(tx, id)?.ok_or_else(Problem::not_found)?;
    crate::policy::POLICY.require(ctx, act, &crate::policy::of_unit(id), true)?;
    Ok(unit)
}
