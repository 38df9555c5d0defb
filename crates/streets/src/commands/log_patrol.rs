//! Somebody walked the stretch. What is kept: who, which day, how much was found. Nothing is asked on the way.

use super::{event, load_for};
use crate::model::{Adoption, Patrol};
use crate::policy::Act;
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use places::PlaceIndex;

/// A patrol, as told afterwards.
#[derive(Clone, Debug)]
pub struct Walk {
    pub day: Date,
    pub note: String,
}

/// Logs a patrol; a second one of the same person and day is the same patrol, told again.
pub fn log_patrol(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    number: &str,
    walk: &Walk,
) -> Result<Patrol> {
    let (adoption, _) = load_for(ctx, tx, index, Act::Patrol, number)?;
    let mut findings = Findings::default();
    findings.check(walk.day <= ctx.now.date(), "patrol_day", "patrol-not-yet");
    findings.check(adoption.holds_on(walk.day), "patrol_day", "adoption-outside-its-days");
    if walk.note.chars().count() > 300 {
        findings.add(FieldError::new("patrol_note", "too-long").arg("max", 300));
    }
    findings.done()?;
    let patrol = upsert(ctx, tx, &adoption, walk.day, 0, Some(walk.note.trim()))?;
    let event = event("adoption.patrolled", &adoption).with("day", walk.day.to_string());
    tx.record(ctx, event.with("count", patrol.findings).text(walk.note.trim()))?;
    Ok(patrol)
}

/// The person's patrol of the day, with so many more findings.
pub(super) fn upsert(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    adoption: &Adoption,
    day: Date,
    found: i64,
    note: Option<&str>,
) -> Result<Patrol> {
    let member = ctx.member().ok_or_else(Problem::sign_in)?;
    if let Some(mut patrol) = rows::patrol(tx, adoption.id, member.id, day)? {
        patrol.findings += found;
        if let Some(note) = note {
            patrol.note = note.into();
        }
        tx.save(&patrol)?;
        patrol.version += 1;
        return Ok(patrol);
    }
    let patrol = Patrol {
        id: tx.new_id(),
        adoption_id: adoption.id,
        person_id: member.id,
        person: member.name.clone(),
        day,
        findings: found,
        note: note.unwrap_or_default().into(),
        version: 1,
    };
    tx.insert(&patrol)?;
    Ok(patrol)
}
