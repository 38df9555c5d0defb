//! The form with which the office asks units, and what became of it.

use super::kinds;
use crate::commands::{self, standards_of};
use crate::model::{Period, PeriodState, RequestState};
use crate::policy::{self, Act};
use crate::{forms, queries, show};
use axum::http::StatusCode;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "evidence/ask.html")]
struct AskPage {
    ui: Ui,
    form: Filled,
    periods: Vec<(String, String)>,
    period: Option<Period>,
    /// Codes and names of its standards.
    standards: Vec<(String, String)>,
    units: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    wrong_units: Option<String>,
    wrong_codes: Option<String>,
}

pub(super) async fn page_of(req: Req) -> Answer {
    let given = Form::from_query(&req.query).or_fail(&req)?;
    show_with(&req, Filled::typed(&given), StatusCode::OK).await
}

async fn show_with(req: &Req, form: Filled, status: StatusCode) -> Answer {
    policy::require_city(&req.ctx, Act::Ask).or_fail(req)?;
    let wanted = form.value("period").to_owned();
    let read = req.read(move |_, tx| {
        let mut periods = queries::periods(tx)?;
        periods.retain(|period| period.state == PeriodState::Open);
        let chosen = periods.iter().find(|period| period.number == wanted).or(periods.first()).cloned();
        let mut standards = Vec::new();
        if let Some(period) = &chosen {
            let lines = standards_of(tx, period)?.lines;
            let named = lines.into_iter().filter(|l| !l.divided);
            standards.extend(named.map(|l| (l.code.clone(), format!("{} {}", l.code, l.name))));
        }
        Ok((periods, chosen, standards, show::unit_options(tx)?))
    });
    let (periods, period, standards, units) = read.await.or_fail(req)?;
    let ui = req.ui();
    let form = match &period {
        Some(period) => form.instead("period", &period.number),
        None => form,
    };
    let view = AskPage {
        wrong_units: form.error(&ui, "units"),
        wrong_codes: form.error(&ui, "codes"),
        form,
        periods: periods.into_iter().map(|period| (period.number, period.name)).collect(),
        period,
        standards,
        units,
        kinds: kinds(&ui),
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require_city(&req.ctx, Act::Ask).or_fail(&req)?;
    let made = match forms::asking(&form) {
        Ok(asking) => req.write(move |ctx, tx| commands::ask(ctx, tx, &asking)).await,
        Err(problem) => Err(problem),
    };
    let made = match made {
        Ok(made) => made,
        Err(problem) => {
            return match Filled::refused(&form, &problem) {
                Some(filled) => show_with(&req, filled, StatusCode::UNPROCESSABLE_ENTITY).await,
                None => Err(Fail::of(&req, problem)),
            };
        }
    };
    let stopped = made.iter().filter(|request| request.state == RequestState::Stopped).count();
    // of one unit, its own page tells; of several, the list does
    let to = match made.as_slice() {
        [one] => format!("/evidence/requests/{}", one.number),
        _ => "/evidence/requests".to_owned(),
    };
    let asked = made.len() - stopped;
    Ok(match stopped {
        0 => redirect(&req, &to, "evidence-asked", &asked.to_string()),
        _ if asked == 0 => redirect(&req, &to, "evidence-stopped", &stopped.to_string()),
        _ => redirect(&req, &to, "evidence-some-stopped", &stopped.to_string()),
    })
}
