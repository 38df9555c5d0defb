//! On a case's page: which record it came from.

use crate::queries;
use crate::store as rows;
use ::store::Tx;
use cases::beside::{Aside, Neighbour};
use cases::model::Case;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::Ui;

#[derive(Debug)]
pub(crate) struct Beside;

impl Neighbour for Beside {
    fn asides(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Aside>> {
        let Some(found) = rows::found_of_case(tx, case.id)? else { return Ok(Vec::new()) };
        let Some(record) = rows::record_by_id(tx, found.record_id)? else { return Ok(Vec::new()) };
        // where people go is not told to units, and a point's second visitor does not read the first record
        if !queries::may_read(ctx, tx, &record)? {
            return Ok(Vec::new());
        }
        let args = [("point", format!("{} {}", record.point_number, record.point_name))];
        Ok(vec![Aside {
            title: ui.t("field-case-from"),
            text: ui.ta("field-case-from-text", args),
            href: record.href(),
            link: record.number.clone(),
            ..Aside::default()
        }])
    }
}
