//! Rows. The only file of this crate, beside `queries.rs`, that holds SQL.

use crate::model::{Action, DryRun, Edition, Rule, RunCase};
use ::store::keep::{Days, Due, Goes, Keep, Stays, Way, stays};
use ::store::{Tx, sql};
use cases::model::Case;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::HashMap;

/// Changes whenever any rule does: rules are never removed, and their versions only grow.
pub(crate) fn stamp(tx: &mut Tx<'_>) -> Result<(i64, i64)> {
    let found = tx.one(
        sql!((i64, i64): "select count(*), cast(coalesce(sum(version), 0) as BIGINT) from routing_rule"),
        &[],
    )?;
    Ok(found.unwrap_or_default())
}

/// Every rule with the edition that holds, in their order. Some dozens.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<(Rule, Edition)>> {
    let rules = tx.all(sql!(Rule: "select {*} from routing_rule order by place, id"), &[])?;
    let editions = tx.all(
        sql!(Edition: "select {*} from routing_edition where exists (select 1 from routing_rule r
             where r.id = routing_edition.rule_id and r.edition = routing_edition.number)"),
        &[],
    )?;
    let mut of: HashMap<Id<Rule>, Edition> = editions.into_iter().map(|e| (e.rule_id, e)).collect();
    Ok(rules.into_iter().filter_map(|rule| of.remove(&rule.id).map(|edition| (rule, edition))).collect())
}

pub(crate) fn rule(tx: &mut Tx<'_>, number: i64) -> Result<Option<Rule>> {
    tx.one(sql!(Rule: "select {*} from routing_rule where number = $1"), &[&number])
}

pub(crate) fn rule_by_id(tx: &mut Tx<'_>, id: Id<Rule>) -> Result<Option<Rule>> {
    tx.one(sql!(Rule: "select {*} from routing_rule where id = $1"), &[&id])
}

/// The one before or behind a place.
pub(crate) fn neighbour(tx: &mut Tx<'_>, place: i64, up: bool) -> Result<Option<Rule>> {
    if up {
        tx.one(
            sql!(Rule: "select {*} from routing_rule where place < $1 order by place desc limit 1"),
            &[&place],
        )
    } else {
        tx.one(sql!(Rule: "select {*} from routing_rule where place > $1 order by place limit 1"), &[&place])
    }
}

pub(crate) fn last_place(tx: &mut Tx<'_>) -> Result<i64> {
    tx.value(sql!((i64,): "select coalesce(max(place), 0) from routing_rule"), &[])
}

pub(crate) fn editions(tx: &mut Tx<'_>, rule: Id<Rule>) -> Result<Vec<Edition>> {
    tx.all(sql!(Edition: "select {*} from routing_edition where rule_id = $1 order by number desc"), &[&rule])
}

/// Whether any rule dispatches by itself at all: asked whenever a case waits for its unit.
pub(crate) fn any_automatic(tx: &mut Tx<'_>) -> Result<bool> {
    let n: i64 = tx.value(
        sql!((i64,): "select count(*) from routing_rule r join routing_edition e
             on e.rule_id = r.id and e.number = r.edition where e.active = 1 and e.mode = 'dispatch'"),
        &[],
    )?;
    Ok(n > 0)
}

pub(crate) fn action(tx: &mut Tx<'_>, case: Id<Case>) -> Result<Option<Action>> {
    tx.one(sql!(Action: "select {*} from routing_action where case_id = $1"), &[&case])
}

pub(crate) fn insert_action(tx: &mut Tx<'_>, row: &Action) -> Result<()> {
    tx.insert(row)
}

pub(crate) fn run(tx: &mut Tx<'_>, number: i64) -> Result<Option<DryRun>> {
    tx.one(sql!(DryRun: "select {*} from routing_run where number = $1"), &[&number])
}

/// Forgets the cases of a run: it begins anew after a crash, and old ones are not kept.
pub(crate) fn forget_cases(tx: &mut Tx<'_>, run: Id<DryRun>) -> Result<()> {
    tx.exec(sql!("delete from routing_run_case where run_id = $1"), &[&run]).map(drop)
}

/// Runs older than the newest `keep`.
pub(crate) fn old_runs(tx: &mut Tx<'_>, keep: i64) -> Result<Vec<DryRun>> {
    tx.all(sql!(DryRun: "select {*} from routing_run order by id desc limit 100 offset $1"), &[&keep])
}

pub(crate) fn forget_run(tx: &mut Tx<'_>, run: Id<DryRun>) -> Result<()> {
    forget_cases(tx, run)?;
    tx.exec(sql!("delete from routing_run where id = $1"), &[&run]).map(drop)
}

pub(crate) fn insert_case(tx: &mut Tx<'_>, row: &RunCase) -> Result<()> {
    tx.insert(row)
}

/// Dry runs hold titles of cases.
const RUNS: Keep = Keep {
    key: "routing-runs",
    tables: &["routing_run", "routing_run_case"],
    days: Days::new(184, 7, 1095),
    goes: Goes::Row,
    laws: &["pipl-19"],
    way: Way::Daily { count: due, erase: forget },
};

pub(crate) const KEEPS: &[&Keep] = &[&RUNS];
pub(crate) const STAYS: &[Stays] = &[
    stays("routing_rule", "settings"),
    stays("routing_edition", "settings"),
    stays("routing_action", "case-record"),
];

fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from routing_run where started_at >= $1 and started_at < $2"),
        &[&from, &until],
    )
}

fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    let runs = tx.all(
        sql!((i64,): "select id from routing_run where started_at >= $1 and started_at < $2 order by id limit $3"),
        &[&from, &until, &most.min(10)],
    )?;
    for (run,) in &runs {
        tx.erase(sql!("delete from routing_run_case where run_id = $1"), &[run])?;
        tx.erase(sql!("delete from routing_run where id = $1"), &[run])?;
    }
    Ok(i64::try_from(runs.len()).unwrap_or(i64::MAX))
}
