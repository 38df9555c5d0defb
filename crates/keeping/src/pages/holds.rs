//! 保全: what must not be erased for the time being.

use crate::model::{Hold, HoldKind};
use crate::policy::{Act, POLICY};
use crate::{commands, forms, queries};
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::parts::Choice;
use web::{Answer, Fail, Form, Path, Req, Ui};

const PAGE: usize = 50;

#[derive(askama::Template)]
#[template(path = "keeping/holds.html")]
struct HoldsPage {
    ui: Ui,
    params: Params,
    form: Filled,
    /// Those that are on; else those that were lifted.
    on: bool,
    rows: Vec<Hold>,
    next: Option<String>,
    kinds: Vec<Choice>,
    units: Vec<(String, String)>,
    may_hold: bool,
}

async fn show(req: &Req, filled: Option<Filled>) -> Answer {
    let params = Params::parse(&req.query);
    let on = params.get("state") != "lifted";
    let before = match params.get("after") {
        "" => i64::MAX,
        text => text.parse().map_err(|_| Problem::not_found()).or_fail(req)?,
    };
    let may_hold = POLICY.may(&req.ctx, Act::Hold, &Standing::city());
    let read = req.read(move |ctx, tx| {
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let found = queries::holds(ctx, tx, on, before, limit)?;
        let units = if may_hold { people::queries::directory(tx)? } else { Vec::new() };
        Ok((found, units))
    });
    let (mut rows, units) = read.await.or_fail(req)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let ui = req.ui();
    let kinds =
        [(HoldKind::Case, "clipboard-list"), (HoldKind::Unit, "sitemap"), (HoldKind::Before, "calendar")];
    let kinds = kinds.map(|(kind, icon)| Choice {
        value: kind.code().to_owned(),
        text: ui.named("hold-kind", kind.code()),
        icon,
    });
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = HoldsPage {
        next: rows.last().filter(|_| more).map(|hold| hold.id.raw().to_string()),
        units: units.into_iter().map(|unit| (unit.code, unit.name)).collect(),
        form: filled.unwrap_or_else(|| Filled::new().set("hold_kind", HoldKind::Case.code())),
        kinds: kinds.to_vec(),
        ui,
        params,
        on,
        rows,
        may_hold,
    };
    page_with(req, status, &view)
}

pub(super) async fn page_of(req: Req) -> Answer {
    show(&req, None).await
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    let sent = form.clone();
    let done = req.write(move |ctx, tx| {
        POLICY.require(ctx, Act::Hold, &Standing::city(), true)?;
        commands::hold(ctx, tx, &forms::hold(&sent)?, sent.text("reason"))
    });
    match done.await {
        Ok(hold) => Ok(redirect(&req, "/admin/keeping/holds", "keeping-held", &hold.number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

#[derive(askama::Template)]
#[template(path = "keeping/lifting.html")]
struct LiftingPage {
    ui: Ui,
    form: Filled,
    hold: Hold,
}

async fn show_lifting(req: &Req, number: String, filled: Option<Filled>) -> Answer {
    let read = req.read(move |ctx, tx| {
        POLICY.require(ctx, Act::Hold, &Standing::city(), true)?;
        crate::store::hold(tx, &number)
    });
    let hold = read.await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(req, status, &LiftingPage { ui: req.ui(), form: filled.unwrap_or_default(), hold })
}

pub(super) async fn lifting(req: Req, Path(number): Path<String>) -> Answer {
    show_lifting(&req, number, None).await
}

pub(super) async fn lift(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (sent, of) = (form.clone(), number.clone());
    match req.write(move |ctx, tx| commands::lift(ctx, tx, &of, sent.text("reason"))).await {
        Ok(hold) => Ok(redirect(&req, "/admin/keeping/holds", "keeping-lifted", &hold.number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_lifting(&req, number, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
