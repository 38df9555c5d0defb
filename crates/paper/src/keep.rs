//! How long pictures of forms are kept: what somebody wrote by hand, with name and number.

use crate::model::Scan;
use crate::store as rows;
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::problem::Result;
use store::Tx;
use store::files;
use store::keep::{Days, Due, Found, Goes, Held, Keep, Stays, Trace, Way, stays};

/// Once its words are typed, or it was put away, a picture serves only to settle what was written.
const SCANS: Keep = Keep {
    key: "paper-scans",
    tables: &["paper_scan", "file"],
    days: Days::new(184, 30, 1825),
    goes: Goes::File,
    laws: &["pipl-19", "pipl-47"],
    way: Way::Daily { count: due_count, erase },
};

pub(crate) const KEEPS: &[&Keep] = &[&SCANS];

pub(crate) const STAYS: &[Stays] = &[
    stays("paper_batch", "paper-register"),
    stays("paper_sheet", "paper-register"),
    stays("paper_seen", "fingerprints"),
];

pub(crate) const WRITTEN: Trace = Trace { key: "paper", find, erase: Some(erase_traces) };

/// Rows looked at in one step.
const STEP: i64 = 200;

/// Whether somebody said that it must stay.
fn held(tx: &mut Tx<'_>, scan: &Scan, held: &Held) -> Result<bool> {
    let Some(case) = scan.case_id else { return Ok(false) };
    if held.cases.contains(&case.raw()) {
        return Ok(true);
    }
    if held.units.is_empty() {
        return Ok(false);
    }
    let Some(case) = cases::store::case(tx, case)? else { return Ok(false) };
    let of = |unit: Option<Id<kernel::ctx::Unit>>| unit.is_some_and(|unit| held.units.contains(&unit.raw()));
    Ok(of(case.lead_unit) || of(case.governing_unit))
}

/// Scans that are due, at most so many. Reads past those that are held.
fn due(tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<Vec<Scan>> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let (mut found, mut after) = (Vec::new(), Id::new(0));
    loop {
        let some = rows::over(tx, (due.from(), due.until), after, STEP)?;
        let Some(last) = some.last() else { return Ok(found) };
        after = last.id;
        for scan in some {
            if !held(tx, &scan, due.held)? {
                found.push(scan);
                if found.len() >= most {
                    return Ok(found);
                }
            }
        }
    }
}

fn counted(scans: &[Scan]) -> i64 {
    i64::try_from(scans.len()).unwrap_or(i64::MAX)
}

fn due_count(tx: &mut Tx<'_>, of: &Due<'_>) -> Result<i64> {
    due(tx, of, i64::MAX).map(|scans| counted(&scans))
}

fn gone(tx: &mut Tx<'_>, scan: &Scan) -> Result<()> {
    files::erase::erase_all(tx, scan.file_id)?;
    rows::forget(tx, scan.id).map(drop)
}

fn erase(_: &Ctx, tx: &mut Tx<'_>, of: &Due<'_>, most: i64) -> Result<i64> {
    let scans = due(tx, of, most)?;
    for scan in &scans {
        gone(tx, scan)?;
    }
    Ok(counted(&scans))
}

/// Why it may not be erased yet.
fn stays_now(tx: &mut Tx<'_>, scan: &Scan, of: &Held) -> Result<Option<&'static str>> {
    if held(tx, scan, of)? {
        return Ok(Some("held"));
    }
    let case = scan.case_id.map_or(Ok(None), |case| cases::store::case(tx, case))?;
    Ok(case.is_some_and(|case| !State::is_over(case.state)).then_some("open"))
}

fn find(tx: &mut Tx<'_>, phone: &Phone, of: &Held) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for scan in rows::scans_of_phone(tx, phone)? {
        found.push(Found {
            what: scan.number.clone(),
            at: scan.received_at,
            facts: vec![("phone", scan.phone.as_str().to_owned())],
            stays: stays_now(tx, &scan, of)?,
        });
    }
    Ok(found)
}

fn erase_traces(_: &Ctx, tx: &mut Tx<'_>, phone: &Phone, of: &Held) -> Result<i64> {
    let mut erased = 0;
    for scan in rows::scans_of_phone(tx, phone)? {
        if stays_now(tx, &scan, of)?.is_none() {
            gone(tx, &scan)?;
            erased += 1;
        }
    }
    Ok(erased)
}
