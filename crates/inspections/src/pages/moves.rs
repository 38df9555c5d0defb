//! Committing, drawing, beginning, ending, cancelling: buttons and short forms on an inspection's page.

use super::view;
use crate::model::Inspection;
use crate::policy::{self, Act};
use crate::{commands, forms};
use ::store::Tx;
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::error::{OrFail, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req};

/// Does it, and shows the page again with what was wrong where it was refused.
async fn done<F>(req: Req, number: String, form: Form, flash: &'static str, work: F) -> Answer
where
    F: FnOnce(&Ctx, &mut Tx<'_>, commands::Which<'_>, &Form) -> Result<Inspection> + Send + 'static,
{
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let (of, asked) = (number.clone(), form.clone());
    match req.write(move |ctx, tx| work(ctx, tx, (&of, version), &asked)).await {
        Ok(_) => Ok(redirect(&req, &format!("/inspections/{number}"), flash, &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => view::show_with(&req, number, StatusCode::UNPROCESSABLE_ENTITY, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

pub(super) async fn commit(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let secret = store::secrets::random_bytes();
    done(req, number, form, "inspection-committed", move |ctx, tx, which, _| {
        commands::commit(ctx, tx, &index, which, &secret)
    })
    .await
}

pub(super) async fn draw(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    done(req, number, form, "inspection-drawn", |ctx, tx, which, form| {
        commands::draw(ctx, tx, which, form.text("inspection_value"), form.text("inspection_witness"))
    })
    .await
}

pub(super) async fn start(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    done(req, number, form, "inspection-started", |ctx, tx, which, _| commands::start(ctx, tx, which)).await
}

pub(super) async fn end(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    done(req, number, form, "inspection-ended", |ctx, tx, which, _| commands::end(ctx, tx, which)).await
}

pub(super) async fn cancel(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    done(req, number, form, "inspection-cancelled", |ctx, tx, which, form| {
        commands::cancel(ctx, tx, which, form.text("inspection_reason"))
    })
    .await
}
