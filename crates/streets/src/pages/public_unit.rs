//! A unit as everybody may see it: its streets and what it brings about there.

use super::list::{Group, grouped};
use super::outcomes::Row;
use crate::kept;
use crate::queries::{self, Filter};
use kernel::problem::Problem;
use kernel::time::Date;
use web::error::{OrFail, page as render};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/public_unit.html")]
struct UnitPage {
    ui: Ui,
    name: String,
    groups: Vec<Group>,
    outcome: Option<Row>,
    from: Date,
    until: Date,
}

/// More stretches than a unit answers for.
const MOST: usize = 1000;

pub(super) async fn page(req: Req, Path(code): Path<String>) -> Answer {
    let today = req.ctx.now.date();
    let read = req.read(move |ctx, tx| {
        let unit = people::queries::unit_by_code(tx, &code)?.ok_or_else(Problem::not_found)?;
        let wanted = Filter { unit: Some(unit.id), on: Some(today), ..Filter::default() };
        let rows = queries::list(ctx, tx, &wanted, None, MOST)?.rows;
        // the public learns of units that answer for a street, not of the whole directory
        if rows.is_empty() {
            return Err(Problem::not_found());
        }
        let names = queries::names(tx, &rows)?;
        Ok((unit, rows, names))
    });
    let (unit, rows, names) = read.await.or_fail(&req)?;
    let table = kept::outcomes(&req.city, &req.ctx, today).await.or_fail(&req)?;
    let ui = req.ui();
    let outcome = table.of(unit.id).map(|o| Row::of(&ui, &table, o));
    let groups = grouped(&ui, &names, today, rows);
    render(&req, &UnitPage { name: unit.name, groups, outcome, from: table.from, until: table.until, ui })
}
