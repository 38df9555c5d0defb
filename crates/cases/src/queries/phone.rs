//! Cases by the telephone number of whoever reported them. The only place that looks for a number.
//!
//! Who may know reporters may look for one: a number was left so that its owner can be reached about a problem, and whether two
//! reports are one problem belongs to that (个人信息保护法 6). Nobody is told who handles cases themselves: a list must not
//! tell a unit, by what it finds, who reported.

use super::CaseLine;
use crate::model::{Case, Reporter, ReporterPhone};
use crate::policy::{Act, POLICY, works_for};
use crate::store as rows;
use ::store::{Query, Record, Tx, sql};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::masking::{Audience, mask_text};
use kernel::policy::{Role, Tie};
use kernel::problem::{Problem, Result};
use std::collections::HashSet;

/// Reports of one number that are looked at for one case.
const LOOKED_AT: i64 = 50;

/// A telephone number as addresses and the log name it: its mark, which only this city's program makes of the number, and of
/// which nobody makes the number again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller(String);

impl Caller {
    /// Reads what an address says. None for nothing; 422 at the field `caller` for what is no mark.
    pub fn parse(text: &str) -> Result<Option<Self>> {
        let fits = text.len() == 12 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        match text {
            "" => Ok(None),
            _ if fits => Ok(Some(Self(text.to_owned()))),
            _ => Err(Problem::field("caller", "not-a-choice")),
        }
    }

    /// Of a number, however it is written. None where it is none.
    pub fn of(tx: &Tx<'_>, number: &str) -> Result<Option<Self>> {
        Ok(tx.mark::<ReporterPhone>(number)?.map(Self))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether somebody may look for reports by a number.
pub fn may_look_up(ctx: &Ctx) -> bool {
    let handles = ctx.grants().iter().any(|g| matches!(g.role, Role::UnitClerk | Role::UnitHead));
    !handles && POLICY.somewhere(ctx, Act::ViewReporter)
}

/// Lets only reports from this number through, of those whose reporter the person may know. 403 for who may not look for any.
pub(super) fn reported_by<R: Record>(ctx: &Ctx, caller: &Caller, q: &mut Query<R>) -> Result<()> {
    if !may_look_up(ctx) {
        return Err(Problem::forbidden());
    }
    q.filter("id in (select case_id from case_reporter where phone_mark = ?)", &[&caller.0]);
    let known = POLICY.visible(ctx, Act::ViewReporter);
    if !known.all {
        let governed = known.ties.iter().filter(|(tie, _)| *tie == Tie::Governs);
        let units: Vec<i64> = governed.flat_map(|(_, units)| units.iter().map(|u| u.raw())).collect();
        let marks = vec!["?"; units.len()].join(", ");
        let binds: Vec<&dyn ::store::Bind> = units.iter().map(|u| u as &dyn ::store::Bind).collect();
        // an empty list is no SQL
        let within = if units.is_empty() { "null".to_owned() } else { marks };
        q.filter(&format!("id in (select id from case_file where governing_unit in ({within}))"), &binds);
    }
    Ok(())
}

/// The number that words of a list are, for those who may look for it in the whole city.
pub(super) fn meant(ctx: &Ctx, tx: &Tx<'_>, words: &str) -> Result<Option<Caller>> {
    if !may_look_up(ctx) || !POLICY.visible(ctx, Act::ViewReporter).all {
        return Ok(None);
    }
    Caller::of(tx, words)
}

/// The number that a list is asked for, by its mark or as words; none where it is not, or this person may not know.
pub(crate) fn looks_for(
    ctx: &Ctx,
    tx: &Tx<'_>,
    caller: Option<&Caller>,
    words: &str,
) -> Result<Option<Caller>> {
    match caller {
        Some(caller) if may_look_up(ctx) => Ok(Some(caller.clone())),
        Some(_) => Ok(None),
        None => meant(ctx, tx, words),
    }
}

/// Whether this person may know who reported a case.
fn may_know(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<bool> {
    let assisting = rows::assisting(tx, case.id)?;
    let handlers = case.lead_unit.into_iter().chain(assisting.iter().copied());
    Ok(POLICY.may(ctx, Act::ViewReporter, &case.standing(&assisting)) && !works_for(ctx, handlers))
}

/// Cases from this number whose reporter the person may know, the newest first, of the newest [`LOOKED_AT`].
pub(super) fn from_caller(ctx: &Ctx, tx: &mut Tx<'_>, caller: &Caller) -> Result<Vec<Case>> {
    let found = tx.all(
        sql!((i64,): "select case_id from case_reporter where phone_mark = $1 order by case_id desc limit $2"),
        &[&caller.0, &LOOKED_AT],
    )?;
    let mut known = Vec::new();
    for (id,) in found {
        let Some(case) = rows::case(tx, Id::new(id))? else { continue };
        if may_know(ctx, tx, &case)? {
            known.push(case);
        }
    }
    Ok(known)
}

/// The newest cases that came from exactly this number, of those whose reporter the person may know.
pub(crate) fn reported_from(ctx: &Ctx, tx: &mut Tx<'_>, phone: &Phone, most: usize) -> Result<Vec<CaseLine>> {
    if !POLICY.somewhere(ctx, Act::ViewReporter) {
        return Ok(Vec::new());
    }
    let Some(caller) = Caller::of(tx, phone.as_str())? else { return Ok(Vec::new()) };
    let mut known: Vec<i64> = from_caller(ctx, tx, &caller)?.iter().map(|case| case.id.raw()).collect();
    known.truncate(most);
    let mut query = Query::<CaseLine>::new("select {*} from case_file");
    query.one_of("id", &known).tail("order by reported_at desc, id desc", &[]);
    tx.query(&query)
}

/// What a case's page tells of its reporter's number.
#[derive(Clone, Debug, Default)]
pub struct SameCaller {
    /// None where the reporter left no number.
    pub caller: Option<Caller>,
    /// Other cases from the same number, the newest first.
    pub others: Vec<Case>,
}

impl SameCaller {
    /// Of a case whose reporter the person may know.
    pub(super) fn of(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, reporter: &Reporter) -> Result<Self> {
        let Some(caller) = Caller::of(tx, &reporter.phone)? else { return Ok(Self::default()) };
        let mut others = from_caller(ctx, tx, &caller)?;
        others.retain(|case| case.id != id);
        Ok(Self { caller: Some(caller), others })
    }

    pub fn ids(&self) -> HashSet<Id<Case>> {
        self.others.iter().map(|case| case.id).collect()
    }
}

/// The number that a list is asked for by its mark, covered as on a screen that others see; empty where nobody left it.
pub fn covered(tx: &mut Tx<'_>, caller: &Caller) -> Result<String> {
    let found = tx.one(
        sql!((i64,): "select case_id from case_reporter where phone_mark = $1 order by case_id desc limit 1"),
        &[&caller.0],
    )?;
    let Some((id,)) = found else { return Ok(String::new()) };
    let reporter = rows::reporter(tx, Id::new(id))?;
    Ok(reporter.map(|r| mask_text(&r.phone, Audience::Public)).unwrap_or_default())
}
