//! Cases by the telephone number of whoever reported them. The only place that looks for a number.

use super::CaseLine;
use crate::model::ReporterPhone;
use crate::policy::{Act, POLICY};
use crate::store as rows;
use ::store::{Query, Tx, sql};
use kernel::ctx::Ctx;
use kernel::identifiers::Phone;
use kernel::problem::Result;

/// The newest cases that came from exactly this number, of those whose reporter the person may know.
pub(crate) fn reported_from(ctx: &Ctx, tx: &mut Tx<'_>, phone: &Phone, most: usize) -> Result<Vec<CaseLine>> {
    if !POLICY.somewhere(ctx, Act::ViewReporter) {
        return Ok(Vec::new());
    }
    // a city without keys seals nothing, and finds nobody by a number
    let Some(mark) = tx.mark::<ReporterPhone>(phone.as_str())? else { return Ok(Vec::new()) };
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let found = tx.all(
        sql!((i64,): "select case_id from case_reporter where phone_mark = $1 order by case_id desc limit $2"),
        &[&mark, &limit],
    )?;
    let mut known = Vec::new();
    for (id,) in found {
        let id = kernel::id::Id::new(id);
        let Some(case) = rows::case(tx, id)? else { continue };
        let assisting = rows::assisting(tx, id)?;
        if POLICY.may(ctx, Act::ViewReporter, &case.standing(&assisting)) {
            known.push(id.raw());
        }
    }
    let mut query = Query::<CaseLine>::new("select {*} from case_file");
    query.one_of("id", &known).tail("order by reported_at desc, id desc", &[]);
    tx.query(&query)
}
