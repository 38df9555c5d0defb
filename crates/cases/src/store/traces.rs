//! What is held of whoever has a telephone number: reports and cases that they follow.

use super::erase::{forget_reporter, forget_words};
use crate::model::{Case, FollowerContact, ReporterPhone};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::problem::Result;
use store::keep::{Found, Held, Trace};
use store::{Tx, sql};

pub(crate) const REPORTED: Trace =
    Trace { key: "reported", find: find_reported, erase: Some(erase_reported) };
pub(crate) const FOLLOWED: Trace =
    Trace { key: "followed", find: find_followed, erase: Some(erase_followed) };

fn reported(tx: &mut Tx<'_>, phone: &Phone) -> Result<Vec<Case>> {
    let Some(mark) = tx.mark::<ReporterPhone>(phone.as_str())? else { return Ok(Vec::new()) };
    let ids = tx.all(
        sql!((Id<Case>,): "select case_id from case_reporter where phone_mark = $1 order by case_id"),
        &[&mark],
    )?;
    load(tx, ids)
}

fn followed(tx: &mut Tx<'_>, phone: &Phone) -> Result<Vec<Case>> {
    let Some(mark) = tx.mark::<FollowerContact>(phone.as_str())? else { return Ok(Vec::new()) };
    let ids = tx.all(
        sql!((Id<Case>,): "select case_id from case_follower where contact_mark = $1 order by case_id"),
        &[&mark],
    )?;
    load(tx, ids)
}

fn load(tx: &mut Tx<'_>, ids: Vec<(Id<Case>,)>) -> Result<Vec<Case>> {
    let cases = ids.into_iter().map(|(id,)| super::case(tx, id)).collect::<Result<Vec<_>>>()?;
    Ok(cases.into_iter().flatten().collect())
}

/// Why a reporter may not be erased yet.
fn stays(case: &Case, held: &Held) -> Option<&'static str> {
    let of = |unit: Option<Id<kernel::ctx::Unit>>| unit.is_some_and(|unit| held.units.contains(&unit.raw()));
    let early = held.before.is_some_and(|day| case.closed_at.is_some_and(|at| at < day));
    if held.cases.contains(&case.id.raw()) || of(case.lead_unit) || of(case.governing_unit) || early {
        return Some("held");
    }
    (!case.state.is_over()).then_some("open")
}

fn find_reported(tx: &mut Tx<'_>, phone: &Phone, held: &Held) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for case in reported(tx, phone)? {
        let Some(reporter) = super::reporter(tx, case.id)? else { continue };
        let answers = super::answers(tx, &[case.id])?;
        let lines = answers.iter().map(|a| format!("{} {}", a.asked.wording.zh, a.value));
        let extras = lines.collect::<Vec<_>>().join("\n");
        let said = super::recordings(tx, case.id)?;
        let recorded =
            said.iter().filter(|r| !r.erased).map(|r| format!("{} s, {}", r.seconds(), r.media_type));
        let recorded = recorded.collect::<Vec<_>>().join("\n");
        let typed = said.iter().map(|r| r.words.as_str()).filter(|w| *w != case.description.as_str());
        let typed = typed.collect::<Vec<_>>().join("\n");
        let facts = [
            ("name", reporter.name.as_str()),
            ("phone", reporter.phone.as_str()),
            ("mail", reporter.mail.as_str()),
            ("words", case.description.as_str()),
            ("extras", extras.as_str()),
            ("recording", recorded.as_str()),
            ("recording-words", typed.as_str()),
            ("address", case.address.as_str()),
        ];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
        found.push(Found {
            what: case.number.clone(),
            at: case.reported_at,
            facts: facts.map(|(name, value)| (name, value.to_owned())).collect(),
            stays: stays(&case, held),
        });
    }
    Ok(found)
}

fn erase_reported(ctx: &Ctx, tx: &mut Tx<'_>, phone: &Phone, held: &Held) -> Result<i64> {
    let mut erased = 0;
    for case in reported(tx, phone)?.iter().filter(|case| stays(case, held).is_none()) {
        forget_reporter(tx, case.id)?;
        forget_words(ctx, tx, case.id)?;
        erased += 1;
    }
    Ok(erased)
}

fn find_followed(tx: &mut Tx<'_>, phone: &Phone, _: &Held) -> Result<Vec<Found>> {
    let found = followed(tx, phone)?.into_iter().map(|case| Found {
        what: case.number,
        at: case.reported_at,
        facts: vec![("phone", phone.as_str().to_owned())],
        stays: None,
    });
    Ok(found.collect())
}

/// Nobody needs to follow a case: it goes whatever becomes of the case.
fn erase_followed(_: &Ctx, tx: &mut Tx<'_>, phone: &Phone, _: &Held) -> Result<i64> {
    let Some(mark) = tx.mark::<FollowerContact>(phone.as_str())? else { return Ok(0) };
    tx.erase(sql!("delete from case_follower where contact_mark = $1"), &[&mark])
}
