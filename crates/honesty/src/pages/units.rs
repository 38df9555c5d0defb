//! What was confirmed, by unit. Open questions and false alarms are no figures about anybody.

use crate::policy::{Act, POLICY};
use crate::queries::{self, UnitFigures};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Problem;
use kernel::time::Date;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Fail, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "honesty/units.html")]
struct UnitsPage {
    ui: Ui,
    params: Params,
    rows: Vec<Line>,
}

struct Line {
    unit: String,
    figures: UnitFigures,
    href: String,
}

pub(super) async fn page_of(req: Req) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Figures) {
        return Err(Fail::of(&req, Problem::forbidden().arg("action", "honesty-figures")));
    }
    let params = Params::parse(&req.query);
    let date = |name: &'static str| match params.get(name) {
        "" => Ok(None),
        text => text.parse::<Date>().map(Some).map_err(|_| Problem::field(name, "not-a-date")),
    };
    let (from, until) = (date("day_from").or_fail(&req)?, date("day_until").or_fail(&req)?);
    let read = req.read(move |ctx, tx| {
        let found = queries::by_unit(ctx, tx, from, until)?;
        let ids: Vec<Id<Unit>> = found.iter().filter_map(|f| f.unit_id).collect();
        Ok((found, people::queries::unit_names(tx, &ids)?))
    });
    let (found, names) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let rows: Vec<Line> = found
        .into_iter()
        .map(|figures| Line {
            unit: figures
                .unit_id
                .and_then(|unit| names.get(&unit).cloned())
                .unwrap_or_else(|| ui.t("honesty-no-unit")),
            href: figures.unit_id.map_or_else(
                || "/photo-checks?state=confirmed".to_owned(),
                |unit| format!("/photo-checks?state=confirmed&unit={unit}"),
            ),
            figures,
        })
        .collect();
    if let Some(kind) = export::kind(params.get("format")) {
        let heads = [
            Column::new(ui.t("honesty-column-unit"), Kind::Text).width(30.0),
            Column::new(ui.t("honesty-column-confirmed"), Kind::Int),
            Column::new(ui.t("honesty-column-cases"), Kind::Int),
        ];
        let cells = rows.iter().map(|row| {
            vec![
                Cell::from(row.unit.as_str()),
                Cell::Int(row.figures.confirmed),
                Cell::Int(row.figures.cases),
            ]
        });
        return export::answer(&req, kind, &ui.t("honesty-units"), &heads, cells);
    }
    page(&req, &UnitsPage { ui, params, rows })
}
