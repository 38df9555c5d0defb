//! The streets of one unit, for staff.

use super::list::{Group, grouped};
use super::outcomes::Row;
use super::shared::{self, Day};
use crate::kept;
use crate::queries::{self, Filter};
use kernel::problem::Problem;
use people::UnitRow;
use web::error::{OrFail, page as render};
use web::list::Params;
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/unit.html")]
struct UnitPage {
    ui: Ui,
    unit: UnitRow,
    day: Day,
    groups: Vec<Group>,
    outcome: Option<Row>,
}

/// More stretches than a unit answers for.
const MOST: usize = 1000;

pub(super) async fn page(req: Req, Path(code): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let day = Day::of(&req, &params)?;
    shared::index(&req).await?;
    let read = req.read(move |ctx, tx| {
        let unit = people::queries::unit_by_code(tx, &code)?.ok_or_else(Problem::not_found)?;
        let wanted = Filter { unit: Some(unit.id), on: Some(day.date), ..Filter::default() };
        let rows = queries::list(ctx, tx, &wanted, None, MOST)?.rows;
        let names = queries::names(tx, &rows)?;
        Ok((unit, rows, names))
    });
    let (unit, rows, names) = read.await.or_fail(&req)?;
    let table = kept::outcomes(&req.city, &req.ctx, day.date).await.or_fail(&req)?;
    let ui = req.ui();
    let outcome = table.of(unit.id).map(|o| Row::of(&ui, &table, o));
    let groups = grouped(&ui, &names, day.date, rows);
    render(&req, &UnitPage { ui, unit, day, groups, outcome })
}
