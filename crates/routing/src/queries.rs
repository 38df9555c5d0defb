//! Read models: rules with what they did, dry runs with their cases.

use crate::model::{DryRun, Edition, Rule, RunCase, Verdict};
use crate::policy::{Act, require};
use crate::store as rows;
use ::store::{Query, Tx, record, sql};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use std::collections::HashMap;
use web::list::{Cursor, PAGE_SIZE, Page};

/// A rule in the list.
#[derive(Clone, Debug)]
pub struct Line {
    pub rule: Rule,
    pub edition: Edition,
    /// Cases that it dispatched by itself.
    pub done: i64,
}

pub fn rules(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Line>> {
    require(ctx, Act::See)?;
    let done: HashMap<Id<Rule>, i64> = tx
        .all(sql!((Id<Rule>, i64): "select rule_id, count(*) from routing_action group by rule_id"), &[])?
        .into_iter()
        .collect();
    let line = |(rule, edition): (Rule, Edition)| Line {
        done: done.get(&rule.id).copied().unwrap_or_default(),
        rule,
        edition,
    };
    Ok(rows::all(tx)?.into_iter().map(line).collect())
}

/// A rule with all its editions, newest first.
pub fn rule(ctx: &Ctx, tx: &mut Tx<'_>, number: i64) -> Result<(Rule, Vec<Edition>)> {
    require(ctx, Act::See)?;
    let rule = rows::rule(tx, number)?.ok_or_else(Problem::not_found)?;
    let editions = rows::editions(tx, rule.id)?;
    if editions.is_empty() { Err(Problem::internal("a rule without editions")) } else { Ok((rule, editions)) }
}

record! {
    /// What a rule dispatched by itself.
    #[derive(Clone, Debug)]
    pub struct Done {
        pub case_id: Id<cases::model::Case>,
        pub edition: i64,
        pub unit_id: Id<Unit>,
        pub at: kernel::time::Instant,
    }
}

/// Its latest cases.
pub fn done(ctx: &Ctx, tx: &mut Tx<'_>, rule: Id<Rule>, limit: i64) -> Result<Vec<(String, Done)>> {
    require(ctx, Act::See)?;
    let done = tx.all(
        sql!(Done: "select {*} from routing_action where rule_id = $1 order by at desc, case_id desc limit $2"),
        &[&rule, &limit],
    )?;
    let ids: Vec<i64> = done.iter().map(|d| d.case_id.raw()).collect();
    let numbers: HashMap<i64, String> = cases::queries::numbers_of(tx, &ids)?.into_iter().collect();
    Ok(done.into_iter().filter_map(|d| Some((numbers.get(&d.case_id.raw())?.clone(), d))).collect())
}

/// The latest dry runs.
pub fn runs(ctx: &Ctx, tx: &mut Tx<'_>, limit: i64) -> Result<Vec<DryRun>> {
    require(ctx, Act::See)?;
    tx.all(sql!(DryRun: "select {*} from routing_run order by id desc limit $1"), &[&limit])
}

pub fn run(ctx: &Ctx, tx: &mut Tx<'_>, number: i64) -> Result<DryRun> {
    require(ctx, Act::See)?;
    rows::run(tx, number)?.ok_or_else(Problem::not_found)
}

/// Which cases of a run.
#[derive(Clone, Debug, Default)]
pub struct RunFilter {
    pub verdict: Option<Verdict>,
    pub rule: Option<i64>,
}

fn narrowed<R: ::store::Record>(run: &DryRun, filter: &RunFilter, start: &str) -> Query<R> {
    let mut q = Query::<R>::new(start);
    q.filter("run_id = ?", &[&run.id]);
    if let Some(verdict) = filter.verdict {
        q.filter("verdict = ?", &[&verdict]);
    }
    if let Some(rule) = filter.rule {
        q.filter("rule = ?", &[&rule]);
    }
    q
}

const CASES: &str = "select {*} from routing_run_case";

/// A page of them. Which cases there are is shown to those who dispatch in the whole city.
pub fn run_cases(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    run: &DryRun,
    filter: &RunFilter,
    after: Option<Cursor>,
) -> Result<Page<RunCase>> {
    require(ctx, Act::Try)?;
    let mut q = narrowed::<RunCase>(run, filter, CASES);
    if let Some(after) = after {
        q.filter("id > ?", &[&after.id]);
    }
    q.tail("order by id limit ?", &[&(i64::try_from(PAGE_SIZE).unwrap_or(50) + 1)]);
    Ok(Page::from_rows(tx.query(&q)?, PAGE_SIZE, |row| Cursor { sort: 0, id: row.id.raw() }))
}

pub fn count_run_cases(ctx: &Ctx, tx: &mut Tx<'_>, run: &DryRun, filter: &RunFilter) -> Result<i64> {
    require(ctx, Act::Try)?;
    let q = narrowed::<(i64,)>(run, filter, "select count(*) from routing_run_case");
    Ok(tx.query(&q)?.first().map_or(0, |(n,)| *n))
}

/// All of them, for exports.
pub fn all_run_cases(ctx: &Ctx, tx: &mut Tx<'_>, run: &DryRun, filter: &RunFilter) -> Result<Vec<RunCase>> {
    require(ctx, Act::Try)?;
    let mut q = narrowed::<RunCase>(run, filter, CASES);
    q.tail("order by id limit ?", &[&i64::try_from(web::export::ROWS).unwrap_or(i64::MAX)]);
    tx.query(&q)
}

/// How the log calls a rule.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut q = Query::<(i64, i64)>::new("select id, number from routing_rule");
    q.one_of("id", ids);
    Ok(tx.query(&q)?.into_iter().map(|(id, number)| (id, format!("RR-{number}"))).collect())
}
