//! What would go today and in the next thirty days. Nothing changes.

use super::keeps;
use crate::queries;
use crate::words::{Row, ahead};
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "keeping/preview.html")]
struct PreviewPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    ahead: i64,
}

pub(super) async fn page_of(req: Req) -> Answer {
    let (params, keeps) = (Params::parse(&req.query), keeps(&req)?);
    let found = req.read(move |ctx, tx| queries::preview(ctx, tx, &keeps)).await.or_fail(&req)?;
    let ui = req.ui();
    let rows = found.iter().filter(|(_, waiting)| waiting.is_some());
    let rows: Vec<Row> = rows.map(|(rule, waiting)| Row::of(&ui, rule, *waiting)).collect();
    if let Some(kind) = export::kind(params.get("format")) {
        let heads = [
            Column::new(ui.t("keeping-column-what"), Kind::Text).width(30.0),
            Column::new(ui.t("keeping-column-days"), Kind::Int),
            Column::new(ui.t("keeping-column-today"), Kind::Int),
            Column::new(ui.n("keeping-column-month", ahead()), Kind::Int),
            Column::new(ui.t("keeping-column-held"), Kind::Int),
        ];
        let cells = rows.iter().map(|row| {
            let waiting = row.waiting.unwrap_or_default();
            vec![
                Cell::from(row.name.as_str()),
                Cell::Int(row.days),
                Cell::Int(waiting.today),
                Cell::Int(waiting.in_month),
                Cell::Int(waiting.held),
            ]
        });
        return export::answer(&req, kind, &ui.t("keeping-preview"), &heads, cells);
    }
    page(&req, &PreviewPage { ui, params, rows, ahead: ahead() })
}
