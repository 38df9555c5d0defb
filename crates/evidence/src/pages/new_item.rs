//! Beginning an item: of one's own accord, or for a request.

use super::kinds;
use crate::commands::{self, standards_of};
use crate::model::{PeriodState, RequestState};
use crate::policy::{self, Act};
use crate::queries::{self, Asked};
use crate::{forms, show};
use ::store::Tx;
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "evidence/new_item.html")]
struct NewItemPage {
    ui: Ui,
    form: Filled,
    of: Option<Asked>,
    units: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    /// What an item can be used for: `EP-0001|code`, and how it is called.
    uses: Vec<(String, String)>,
    wrong_uses: Option<String>,
}

/// Standards of the open periods.
pub(super) fn uses(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let mut periods = queries::periods(tx)?;
    periods.retain(|period| period.state == PeriodState::Open);
    let mut all = Vec::new();
    for period in &periods {
        let lines = standards_of(tx, period)?.lines;
        all.extend(lines.into_iter().filter(|line| !line.divided).map(|line| {
            let value = format!("{}|{}", period.number, line.code);
            (value, format!("{} · {} {}", period.name, line.code, line.name))
        }));
    }
    Ok(all)
}

/// Active units that this person may hand in for.
fn units(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let all = people::queries::all_units_options(tx)?;
    let own = all.iter().filter(|unit| policy::hands_in_for(ctx, unit.id));
    Ok(own.map(people::queries::UnitOption::choice).collect())
}

pub(super) async fn page_of(req: Req) -> Answer {
    let given = Form::from_query(&req.query).or_fail(&req)?;
    show_with(&req, Filled::typed(&given), StatusCode::OK).await
}

async fn show_with(req: &Req, form: Filled, status: StatusCode) -> Answer {
    policy::require(&req.ctx, Act::HandIn).or_fail(req)?;
    let request = form.value("request").to_owned();
    let read = req.read(move |ctx, tx| {
        let of = match request.as_str() {
            "" => None,
            number => Some(queries::request(ctx, tx, number)?),
        };
        let of = of.filter(|of| of.request.state == RequestState::Open);
        Ok((of, units(ctx, tx)?, uses(tx)?))
    });
    let (of, units, uses) = read.await.or_fail(req)?;
    let ui = req.ui();
    let form = match (units.as_slice(), &of) {
        ([(only, _)], _) => form.instead("unit", only),
        _ => form,
    };
    let view =
        NewItemPage { wrong_uses: form.error(&ui, "uses"), form, of, units, kinds: kinds(&ui), uses, ui };
    page_with(req, status, &view)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::HandIn).or_fail(&req)?;
    let made = match forms::item(&form) {
        Ok(draft) => req.write(move |ctx, tx| commands::make(ctx, tx, draft)).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok(item) => Ok(redirect(&req, &show::href(&item.number), "evidence-made", &item.number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, filled, StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
