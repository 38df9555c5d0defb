//! The office looks at what was handed in: accepts it, returns it with a reason, or chooses between two readings of a visit.

use super::{derive, edition_of, event, model, name_of, reason, save, stepped};
use crate::jobs;
use crate::model::Record;
use crate::policy::{self, Act};
use crate::store as rows;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// Which record, and the version that the person saw.
pub(super) type Which<'a> = (&'a str, i64);

/// The only door to a record that is decided about.
///
/// # Errors
/// 403 `fieldwork-own-record` for one's own, and for who visits the point too while the inspection runs 404; 409 `stale`.
fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, (number, version): Which<'_>) -> Result<Record> {
    policy::require(ctx, Act::Review)?;
    let found = rows::record(tx, number)?.ok_or_else(Problem::not_found)?;
    if found.is_own(ctx) {
        return Err(Problem::new(403, "fieldwork-own-record").arg("number", number));
    }
    if !crate::queries::sight(ctx, tx)?.sees(&found) {
        return Err(Problem::not_found());
    }
    if found.version != version {
        return Err(Problem::stale());
    }
    Ok(found)
}

/// It is right. Records `field-record.accepted`.
pub fn accept(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>) -> Result<Record> {
    let record = load_for(ctx, tx, which)?;
    let state = stepped(&record, Step::Accept)?;
    let record = save(tx, Record { state, reviewed_by: name_of(ctx), reason: String::new(), ..record })?;
    tx.record(ctx, event("field-record.accepted", &record))?;
    Ok(record)
}

/// Sends it back to its inspector, who is told. It does not count until it is handed in again. Records `field-record.returned`.
///
/// # Errors
/// 422 without a reason.
pub fn send_back(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>, why: &str) -> Result<Record> {
    let record = load_for(ctx, tx, which)?;
    let state = stepped(&record, Step::Return)?;
    let why = reason(why)?;
    let record = save(tx, Record { state, reviewed_by: name_of(ctx), reason: why.clone(), ..record })?;
    rows::forget_observations(tx, record.id)?;
    rows::note_return(tx, &record, &why)?;
    let args = [("point", record.point_name.clone()), ("reason", why.clone())];
    let to = format!("/fieldwork/visits/{}", record.visit_id);
    web::notices::send(tx, &[record.person_id], "field-record-returned", &args, &to)?;
    tx.record(ctx, event("field-record.returned", &record).text(&why))?;
    Ok(record)
}

/// Another reading counts from now on in place of the one that did, which is set aside. Records `field-record.chosen` and
/// `field-record.set-aside`.
///
/// # Errors
/// 422 without a reason.
pub fn choose(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>, why: &str) -> Result<Record> {
    let record = load_for(ctx, tx, which)?;
    let state = stepped(&record, Step::Choose)?;
    let why = reason(why)?;
    if let Some(main) = rows::main_of(tx, record.visit_id)? {
        let (aside, lane) = (stepped(&main, Step::SetAside)?, main.id.raw());
        let by = name_of(ctx);
        let main = save(tx, Record { state: aside, lane, reviewed_by: by, reason: why.clone(), ..main })?;
        rows::forget_observations(tx, main.id)?;
        tx.record(ctx, event("field-record.set-aside", &main).text(&why))?;
    }
    let record = Record { state, lane: 0, reviewed_by: name_of(ctx), reason: String::new(), ..record };
    let record = save(tx, record)?;
    let edition = edition_of(tx, &record)?;
    derive(tx, &record, model(&edition))?;
    jobs::handed_in(tx, &record)?;
    tx.record(ctx, event("field-record.chosen", &record).text(&why))?;
    Ok(record)
}

/// Another reading is not used. Records `field-record.set-aside`.
///
/// # Errors
/// 409 for what is no other reading; 422 without a reason.
pub fn set_aside(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>, why: &str) -> Result<Record> {
    let record = load_for(ctx, tx, which)?;
    if record.lane == 0 {
        return Err(Problem::conflict("fieldwork-counts").arg("number", &record.number));
    }
    let state = stepped(&record, Step::SetAside)?;
    let why = reason(why)?;
    let record = save(tx, Record { state, reviewed_by: name_of(ctx), reason: why.clone(), ..record })?;
    tx.record(ctx, event("field-record.set-aside", &record).text(&why))?;
    Ok(record)
}
