//! What people do with appeals.

use super::effects::alike;
use super::model::{APPEAL, Appeal, Correction, State, Step, TERMS};
use super::queries;
use crate::policy::{self, Act};
use crate::rounds::model::Round;
use crate::rounds::queries as rounds;
use crate::rounds::summary::Summary;
use crate::rounds::worked::Worked;
use crate::rounds::workflow::State as RoundState;
use ::store::value::Json;
use ::store::{Event, Tx};
use kernel::ctx::{Actor, Ctx};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Findings, Problem, Result};
use kernel::workflow::Named;
use scoring::Exact;

/// Longest text, in characters.
const LONGEST: usize = 1000;
/// Most rows that one answer puts right.
const ROWS: usize = 500;

fn event(verb: &'static str, appeal: &Appeal) -> Event {
    Event::new(verb, appeal.id).with("number", appeal.number.as_str())
}

fn name_of(ctx: &Ctx) -> String {
    match &ctx.actor {
        Actor::Member(member) => member.name.clone(),
        _ => String::new(),
    }
}

/// What is taken off a point: from 0 to 1, at most four places.
fn is_lost(text: &str) -> bool {
    Exact::parse(text.trim())
        .is_some_and(|lost| !lost.is_negative() && lost <= Exact::one() && lost.round(4) == lost)
}

#[derive(Clone, Debug)]
pub struct Filing {
    pub grounds: String,
    /// What should be taken off instead.
    pub wanted: String,
}

/// Appeals against a row for the unit that it names.
///
/// # Errors
/// `appeal-not-now` (409) where the round is not published, the term is over, nothing was taken off, or the unit has appealed against
/// it already; `appeal_grounds`, `appeal_wanted`.
pub fn file(ctx: &Ctx, tx: &mut Tx<'_>, (number, row): (&str, i64), filing: &Filing) -> Result<Appeal> {
    if policy::own_units(ctx).is_empty() {
        return Err(Problem::forbidden().arg("action", "assessment-appeal"));
    }
    let (round, sight) = rounds::see(ctx, tx, number)?;
    let worked = Worked::load(tx, round.id)?;
    let (_, point) = worked.row(row).filter(|(_, point)| sight.sees(point)).ok_or_else(Problem::not_found)?;
    let unit = queries::may_file(ctx, tx, &round, row, point)?;
    let (unit_id, unit_name) = unit.ok_or_else(|| Problem::conflict("appeal-not-now"))?;
    let mut findings = Findings::default();
    findings.check(!filing.grounds.trim().is_empty(), "appeal_grounds", "required");
    findings.check(filing.grounds.chars().count() <= LONGEST, "appeal_grounds", "too-long");
    findings.check(is_lost(&filing.wanted), "appeal_wanted", "lost-form");
    findings.done()?;
    let calendar = places::calendar::working(tx)?;
    let (due_on, _) = calendar.add_working_days(ctx.now.date(), TERMS.get(tx)?.answer);
    let year = ctx.now.date().year();
    let appeal = Appeal {
        id: tx.new_id(),
        number: format!("AP-{year}-{:04}", tx.next_number(&format!("AP-{year}"))?),
        round_id: round.id,
        row_number: row,
        unit_id,
        unit_name,
        state: State::Open,
        grounds: filing.grounds.trim().to_owned(),
        wanted: filing.wanted.trim().to_owned(),
        rule_old: String::new(),
        rule_new: String::new(),
        answer: String::new(),
        filed_by: name_of(ctx),
        filed_at: ctx.now,
        due_on,
        answered_by: String::new(),
        answered_at: None,
        version: 1,
    };
    tx.insert(&appeal)?;
    let of = event("assessment.appeal-filed", &appeal).with("round", number).with("row", row);
    tx.record(ctx, of.with("unit", appeal.unit_name.as_str()))?;
    let office = match people::queries::root(tx)? {
        Some(root) => people::queries::people_of_unit_with_role(tx, root.id, &[Role::Office])?,
        None => Vec::new(),
    };
    let office: Vec<_> = office.into_iter().map(|a| a.id).collect();
    tell(tx, &office, "appeal-filed", &appeal)?;
    Ok(appeal)
}

fn tell(
    tx: &mut Tx<'_>,
    people: &[Id<kernel::ctx::Person>],
    kind: &'static str,
    appeal: &Appeal,
) -> Result<()> {
    let args = [("number", appeal.number.clone()), ("unit", appeal.unit_name.clone())];
    web::notices::send(tx, people, kind, &args, &format!("/assessment/appeals/{}", appeal.number))
}

/// Takes an appeal back.
///
/// # Errors
/// 404 for others than its unit; 409 where it is answered; `stale` (409).
pub fn withdraw(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, version: Option<i64>) -> Result<Appeal> {
    let (before, _) = queries::appeal(ctx, tx, number)?;
    if !policy::own_units(ctx).contains(&before.unit_id) {
        return Err(Problem::forbidden().arg("action", "assessment-appeal"));
    }
    let to = APPEAL.step(before.state, Step::Withdraw)?.to;
    if version.is_some_and(|seen| seen != before.version) {
        return Err(Problem::stale());
    }
    let appeal = Appeal { state: to, ..before };
    tx.save(&appeal)?;
    tx.record(ctx, event("assessment.appeal-withdrawn", &appeal))?;
    Ok(appeal)
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub step: Step,
    pub text: String,
    /// How the rule was read, and how it is read now; wanted where the appeal is upheld.
    pub rule_old: String,
    pub rule_new: String,
    /// What is taken off now.
    pub lost: String,
    /// Other rows that the same reading puts right.
    pub also: Vec<i64>,
    pub version: Option<i64>,
}

fn checked(answer: &Answer) -> Result<()> {
    let mut findings = Findings::default();
    let upholds = answer.step == Step::Uphold;
    for (text, field, wanted) in [
        (&answer.text, "appeal_answer", true),
        (&answer.rule_old, "rule_old", upholds),
        (&answer.rule_new, "rule_new", upholds),
    ] {
        findings.check(!wanted || !text.trim().is_empty(), field, "required");
        findings.check(text.chars().count() <= LONGEST, field, "too-long");
    }
    findings.check(!upholds || is_lost(&answer.lost), "new_lost", "lost-form");
    findings.check(answer.also.len() < ROWS, "also", "too-long");
    findings.done()
}

/// Answers an appeal. Upheld, it corrects its row and the others that were chosen, and the round's figures with them.
///
/// # Errors
/// 409 where it is answered already or the round is not published any more (`appeal-round`), `stale` (409); `appeal_answer`,
/// `rule_old`, `rule_new`, `new_lost`, `also: not-a-choice` for a row that the same reading does not touch.
pub fn answer(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, answer: &Answer) -> Result<Appeal> {
    policy::require(ctx, Act::Answer)?;
    let (before, round) = queries::appeal(ctx, tx, number)?;
    if answer.step == Step::Withdraw {
        return Err(Problem::field("step", "not-a-choice"));
    }
    let to = APPEAL.step(before.state, answer.step)?.to;
    if answer.version.is_some_and(|seen| seen != before.version) {
        return Err(Problem::stale());
    }
    if answer.step != Step::Reopen {
        checked(answer)?;
    }
    let upholds = answer.step == Step::Uphold;
    let mut told = event("assessment.appeal-answered", &before).with("appeal-state", to.code());
    if upholds {
        if round.state != RoundState::Published {
            return Err(Problem::conflict("appeal-round").arg("number", &round.number));
        }
        let (was, now) = correct(ctx, tx, &before, &round, answer)?;
        told = told.with("before", was.score.to_string()).with("after", now.score.to_string());
        told = told.with("rows", i64::try_from(answer.also.len() + 1).unwrap_or(i64::MAX));
    }
    let reopened = answer.step == Step::Reopen;
    let appeal = Appeal {
        state: to,
        answer: answer.text.trim().to_owned(),
        rule_old: if upholds { answer.rule_old.trim().to_owned() } else { String::new() },
        rule_new: if upholds { answer.rule_new.trim().to_owned() } else { String::new() },
        answered_by: if reopened { String::new() } else { name_of(ctx) },
        answered_at: (!reopened).then_some(ctx.now),
        ..before
    };
    tx.save(&appeal)?;
    tx.record(ctx, told)?;
    let of_unit =
        people::queries::people_of_unit_with_role(tx, appeal.unit_id, &[Role::UnitHead, Role::UnitClerk])?;
    let of_unit: Vec<_> = of_unit.into_iter().map(|a| a.id).collect();
    tell(tx, &of_unit, "appeal-answered", &appeal)?;
    Ok(appeal)
}

/// Writes the corrections, and what the round comes to with them.
fn correct(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    appeal: &Appeal,
    round: &Round,
    answer: &Answer,
) -> Result<(Summary, Summary)> {
    let worked = Worked::load(tx, round.id)?;
    let touched: Vec<i64> = alike(&worked, appeal.row_number).iter().map(|(row, _)| row.row_number).collect();
    if answer.also.iter().any(|row| !touched.contains(row)) {
        return Err(Problem::field("also", "not-a-choice"));
    }
    let mut wanted = vec![appeal.row_number];
    wanted.extend(answer.also.iter().copied());
    wanted.sort_unstable();
    wanted.dedup();
    for number in wanted {
        let (row, _) = worked.row(number).ok_or_else(Problem::not_found)?;
        if worked.corrections.contains_key(&number) {
            return Err(Problem::conflict("appeal-corrected").arg("row", number));
        }
        let correction = Correction {
            id: tx.new_id(),
            round_id: round.id,
            row_number: number,
            lost: answer.lost.trim().to_owned(),
            was_lost: row.lost.clone(),
            was_given: row.given.clone(),
            appeal_id: appeal.id,
            made_at: ctx.now,
        };
        tx.insert(&correction)?;
    }
    let (was, now) = (Summary::of(&worked), Summary::of(&Worked::load(tx, round.id)?));
    tx.save(&Round { summary: Json(Some(now.clone())), ..round.clone() })?;
    Ok((was, now))
}

/// Sets the terms.
///
/// # Errors
/// `term_file`, `term_answer: out-of-range`.
pub fn set_terms(ctx: &Ctx, tx: &mut Tx<'_>, terms: super::model::Terms) -> Result<()> {
    policy::require(ctx, Act::Answer)?;
    let mut findings = Findings::default();
    findings.check((1..=250).contains(&terms.file), "term_file", "out-of-range");
    findings.check((1..=250).contains(&terms.answer), "term_answer", "out-of-range");
    findings.done()?;
    if TERMS.get(tx)? == terms {
        tx.housekeeping();
        return Ok(());
    }
    TERMS.set(tx, ctx, &terms)
}
