//! Setting a plan, and writing down what a day came to.

use crate::model::{Effort, Origin, Plan, ShadowDay, Source};
use crate::policy::{self, Act};
use crate::queries::Today;
use crate::store as rows;
use ::store::value::Json;
use ::store::{Event, Tx};
use assessment::scheme::seam;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use scoring::Exact;

/// Most numbers that a way of judging comes from.
const FROM: usize = 40;
const MOST_EFFORT: i64 = 1000;

/// What the office sets.
#[derive(Clone, Debug)]
pub struct NewPlan {
    /// From 0 to 1; none for no target.
    pub target: Option<Exact>,
    pub sources: Vec<Source>,
    pub efforts: Vec<Effort>,
}

/// # Errors
/// 404 for no published scheme; 409 where somebody else was faster; every field that is wrong.
pub fn plan(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, new: NewPlan, version: Option<i64>) -> Result<Plan> {
    policy::require(ctx, Act::Plan)?;
    let tree = seam::tree(tx, number)?.ok_or_else(Problem::not_found)?;
    let mut findings = Findings::default();
    let share = |value: &Exact| *value > Exact::zero() && *value <= Exact::one();
    findings.check(new.target.as_ref().is_none_or(share), "target", "not-a-share");
    for source in &new.sources {
        findings.check(source.from.len() <= FROM, "sources", "too-many");
        findings.check(tree.ways().contains(&source.way), "sources", "no-such-way");
        let needs = !matches!(source.origin(), Origin::None);
        findings.check(!needs || !source.from.is_empty(), "sources", "required");
    }
    for effort in &new.efforts {
        let known = tree.placed.iter().any(|of| {
            of.node.code == effort.code && of.node.parts.0.iter().any(|part| part.way == effort.way)
        });
        findings.check(known, "efforts", "no-such-standard");
        let fits = effort.effort > Exact::zero() && effort.effort <= Exact::from(MOST_EFFORT);
        if !fits {
            findings.add(FieldError::new("efforts", "not-within").arg("least", 0).arg("most", MOST_EFFORT));
        }
    }
    findings.done()?;
    let known = rows::plan(tx, tree.scheme.id)?;
    if version.is_some_and(|v| v != known.as_ref().map_or(0, |plan| plan.version)) {
        return Err(Problem::stale());
    }
    let mut plan = Plan {
        id: known.as_ref().map_or_else(|| tx.new_id(), |plan| plan.id),
        scheme_id: tree.scheme.id,
        target: new.target.as_ref().map(ToString::to_string).unwrap_or_default(),
        sources: Json(new.sources),
        efforts: Json(new.efforts),
        changed_by: ctx.member().map(|member| member.name.clone()).unwrap_or_default(),
        changed_at: ctx.now,
        version: known.as_ref().map_or(1, |plan| plan.version),
    };
    if known.is_some() {
        tx.save(&plan)?;
        plan.version += 1;
    } else {
        tx.insert(&plan)?;
    }
    let target = plan.target().map_or_else(|| "–".to_owned(), |target| percent(&target));
    let event = Event::new("shadow.planned", tree.scheme.id).with("number", number).with("target", target);
    tx.record(ctx, event)?;
    Ok(plan)
}

fn percent(share: &Exact) -> String {
    format!("{}%", (share * &Exact::from(100)).shown(2))
}

/// Writes down what a day came to; once more on the same day replaces it.
pub(crate) fn keep_day(tx: &mut Tx<'_>, today: &Today, day: Date) -> Result<bool> {
    let Some(span) = today.span() else { return Ok(false) };
    let six = |value: f64| format!("{value:.6}");
    let known = rows::day(tx, today.scheme().id, day)?;
    let total = &today.outlook.sums.total;
    let line = ShadowDay {
        id: known.as_ref().map_or_else(|| tx.new_id(), |line| line.id),
        scheme_id: today.scheme().id,
        day,
        rate: six(span.rate),
        low: span.interval.map(|(low, _)| six(low)).unwrap_or_default(),
        high: span.interval.map(|(_, high)| six(high)).unwrap_or_default(),
        points: total.points.shown(4),
        unseen: i64::try_from(total.unseen).unwrap_or(i64::MAX),
        observations: i64::try_from(today.gathered.observations()).unwrap_or(i64::MAX),
        version: known.as_ref().map_or(1, |line| line.version),
    };
    if known.is_some() {
        tx.save(&line)?;
    } else {
        tx.insert(&line)?;
    }
    Ok(true)
}
