//! What was odd about the rows of a round, as a file.

use crate::rounds::import;
use crate::rounds::queries;
use kernel::problem::Problem;
use sheets::{Cell, Column, Kind, Report};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Req, Ui};

pub(super) async fn answer(req: Req, web::Path(number): web::Path<String>) -> Answer {
    let city = req.city.clone();
    let read = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &city, &number)?;
        if full.sight.is_whole() { Ok(full) } else { Err(Problem::not_found()) }
    });
    let full = read.await.or_fail(&req)?;
    super::upload::told(&req, Params::parse(&req.query).get("format"), &import::report(&full.worked))
}

pub(super) fn columns(ui: &Ui) -> [Column; 5] {
    [
        Column::new(ui.t("tried-row"), Kind::Int),
        Column::new(ui.t("tried-column"), Kind::Text),
        Column::new(ui.t("round-report-kind"), Kind::Text),
        Column::new(ui.t("tried-reason"), Kind::Text).width(40.0),
        Column::new(ui.t("round-nearest"), Kind::Text).width(40.0),
    ]
}

pub(super) fn cells<'a>(ui: &Ui, report: &'a Report) -> Vec<Vec<Cell<'a>>> {
    let lists = [("refused", &report.refused), ("repaired", &report.repaired), ("noted", &report.noted)];
    let mut all = Vec::new();
    for (kind, remarks) in lists {
        for remark in remarks {
            let reason = format!("reason-{}", remark.reason.replace('_', "-"));
            all.push(vec![
                Cell::Int(i64::try_from(remark.row).unwrap_or(i64::MAX)),
                Cell::from(
                    ui.maybe(format!("label-round_{}", remark.field)).unwrap_or_else(|| remark.field.clone()),
                ),
                Cell::from(ui.named("round-report", kind)),
                Cell::from(ui.maybe(reason).unwrap_or_else(|| remark.reason.clone())),
                Cell::from(remark.nearest.join(ui.t("round-and").as_str())),
            ]);
        }
    }
    all
}
