//! A person who will be away lends their roles to another, from a day until a day.
//!
//! What is lent cannot be lent on: a borrower's right is read from the lender's own grants (see
//! [`crate::store::grants::held`]). The three administrators' powers are not lent at all.

use super::grant_role::with_days;
use super::told;
use crate::model::{AccountState, Days, Delegation, PersonId, is_administrator};
use crate::policy::{Act, POLICY};
use crate::store::accounts;
use crate::store::grants::{self, DelegationRow};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::{Date, days_since_epoch};
use store::{Event, Tx};

#[derive(Clone, Debug)]
pub struct Lending {
    pub borrower: PersonId,
    pub from: Date,
    pub until: Date,
    pub reason: String,
}

/// Longest absence at a time, in days: who is away longer has a successor, not a stand-in.
const LONGEST: i32 = 180;

pub fn lend_roles(tx: &mut Tx<'_>, ctx: &Ctx, lending: Lending) -> Result<DelegationRow> {
    let lender = accounts::own(tx, ctx)?;
    accounts::lock(tx, lender.id)?;
    let borrower = accounts::find(tx, lending.borrower)?.filter(|a| a.state == AccountState::Active);
    let borrower = borrower.ok_or_else(|| Problem::field("borrower", "no-such-person"))?;
    let days = Days { from: lending.from, until: Some(lending.until) };
    let mut findings = Findings::default();
    findings.check(borrower.id != lender.id, "borrower", "not-yourself");
    findings.check(lending.from >= ctx.now.date(), "first_day", "in-the-past");
    findings.check(lending.until >= lending.from, "last_day", "ends-before");
    if days_since_epoch(lending.until) - days_since_epoch(lending.from) >= LONGEST {
        findings.add(FieldError::new("last_day", "days-between").arg("max", LONGEST));
    }
    findings.check(!lending.reason.trim().is_empty(), "act_reason", "required");
    findings.done()?;
    let mut lends = false;
    for grant in grants::of_person(tx, lender.id)? {
        lends |= !is_administrator(grant.role()?) && grant.days().overlaps(&days);
    }
    if !lends {
        return Err(Problem::conflict("nothing-to-lend"));
    }
    let running = grants::delegations(tx, lender.id, ctx.now.date())?;
    if running
        .iter()
        .any(|d| d.lender_id == lender.id && d.borrower_id == borrower.id && d.days().overlaps(&days))
    {
        return Err(Problem::conflict("lent-already"));
    }
    let row = DelegationRow {
        id: tx.new_id(),
        lender_id: lender.id,
        borrower_id: borrower.id,
        from_date: lending.from,
        until_date: lending.until,
        reason: lending.reason.trim().into(),
        created_at: ctx.now,
        ended_at: None,
        version: 1,
    };
    tx.insert(&row)?;
    let args = [
        ("name", lender.name.clone()),
        ("from", row.from_date.to_string()),
        ("until", row.until_date.to_string()),
    ];
    web::notices::send(tx, &[borrower.id], "role-lent", &args, "/me")?;
    let event = told(Event::new("role.lent", lender.id), &lender).with("borrower", borrower.name);
    tx.record(ctx, with_days(event, &days).text(&row.reason))?;
    Ok(row)
}

/// Before its time: by who lent, who borrowed, or who grants roles.
pub fn end_lending(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<Delegation>) -> Result<DelegationRow> {
    let mut row = grants::find_delegation(tx, id)?;
    let standing = |owner| Standing { owner: Some(owner), ..Standing::city() };
    let may = POLICY.may(ctx, Act::Lend, &standing(row.lender_id))
        || POLICY.may(ctx, Act::Lend, &standing(row.borrower_id))
        || POLICY.may(ctx, Act::GrantRoles, &Standing::city());
    if !may {
        return Err(Problem::not_found());
    }
    if row.ended_at.is_some() {
        return Err(Problem::conflict("lending-ended"));
    }
    row.ended_at = Some(ctx.now);
    tx.save(&row)?;
    let lender = accounts::find(tx, row.lender_id)?.ok_or_else(Problem::not_found)?;
    let borrower = accounts::find(tx, row.borrower_id)?.ok_or_else(Problem::not_found)?;
    let event = told(Event::new("role.lending-ended", lender.id), &lender).with("borrower", borrower.name);
    tx.record(ctx, event)?;
    Ok(row)
}
