//! Periods, and the form that makes another.

use crate::forms::{self, LIMITS};
use crate::model::{Kind, Limit, Period};
use crate::policy::{self, Act};
use crate::{commands, queries, show};
use assessment::scheme::standards::published;
use axum::http::StatusCode;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "evidence/periods.html")]
struct PeriodsPage {
    ui: Ui,
    params: Params,
    form: Filled,
    rows: Vec<Period>,
    schemes: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    limits: [&'static str; 4],
    may_plan: bool,
}

impl PeriodsPage {
    fn state(&self, period: &Period) -> String {
        show::period_state(&self.ui, period.state)
    }

    fn window(&self, period: &Period) -> String {
        window(&self.ui, period)
    }
}

/// From when to when evidence may be.
pub(super) fn window(ui: &Ui, period: &Period) -> String {
    period.window().map_or_else(String::new, |w| {
        ui.ta("evidence-span", [("from", ui.date(&w.from)), ("until", ui.date(&w.until))])
    })
}

/// The numbers of limits as fields.
pub(super) fn limit_fields(mut form: Filled, of: impl Fn(Kind) -> Limit) -> Filled {
    for kind in Kind::ALL {
        for what in LIMITS {
            form = form.set(&format!("{}-{what}", kind.code()), forms::get(of(*kind), what));
        }
    }
    form
}

pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    match export::kind(params.get("format")) {
        Some(kind) => exported(&req, kind).await,
        None => {
            let form = limit_fields(Filled::new(), |_| Limit::default());
            show_with(&req, form, StatusCode::OK).await
        }
    }
}

async fn show_with(req: &Req, form: Filled, status: StatusCode) -> Answer {
    let read = req.read(|_, tx| Ok((queries::periods(tx)?, published(tx)?)));
    let (rows, schemes) = read.await.or_fail(req)?;
    let ui = req.ui();
    let scheme = |(number, name, edition): (String, String, i64)| {
        let text = ui.ta("evidence-scheme", [("name", name), ("edition", edition.to_string())]);
        (number, text)
    };
    let view = PeriodsPage {
        params: Params::parse(&req.query),
        form,
        rows,
        schemes: schemes.into_iter().map(scheme).collect(),
        kinds: super::kinds(&ui),
        limits: LIMITS,
        may_plan: policy::everywhere(&req.ctx, Act::Plan),
        ui,
    };
    page_with(req, status, &view)
}

async fn exported(req: &Req, kind: sheets::FileKind) -> Answer {
    let rows = req.read(|_, tx| queries::periods(tx)).await.or_fail(req)?;
    let ui = req.ui();
    let column = |key: &str| Column::new(ui.named("evidence-column", key), Type::Text);
    let heads = ["number", "name", "scheme", "test-month", "window", "opens", "closes", "state"].map(column);
    let cells = rows.iter().map(|row| {
        vec![
            Cell::from(row.number.as_str()),
            Cell::from(row.name.as_str()),
            Cell::from(row.scheme_name.as_str()),
            Cell::from(row.test_month.as_str()),
            Cell::Text(window(&ui, row).into()),
            Cell::Text(row.opens.to_string().into()),
            Cell::Text(row.closes.to_string().into()),
            Cell::Text(show::period_state(&ui, row.state).into()),
        ]
    });
    export::answer(req, kind, &ui.t("menu-evidence-periods"), &heads, cells)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require_city(&req.ctx, Act::Plan).or_fail(&req)?;
    let made = match forms::period(&form) {
        Ok(draft) => req.write(move |ctx, tx| commands::make_period(ctx, tx, draft)).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok(period) => {
            let to = format!("/evidence/periods/{}", period.number);
            Ok(redirect(&req, &to, "evidence-period-made", &period.number))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, filled, StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
