//! What the buttons of a survey's page do.

use super::view::show_with;
use crate::policy::{self, Act};
use crate::{commands, forms, sheet};
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{OrFail, redirect};
use web::form::Filled;
use web::import::{Tried, Upload};
use web::{Answer, Fail, Form, Path, Req};

async fn refused(req: &Req, number: String, form: &Form, problem: Problem) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => show_with(req, number, Some(filled), None, StatusCode::UNPROCESSABLE_ENTITY).await,
        None => Err(Fail::of(req, problem)),
    }
}

fn at(number: &str) -> String {
    format!("/surveys/{number}")
}

pub(super) async fn save(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let of = number.clone();
    let done = match forms::draft(&form) {
        Ok(draft) => req.write(move |ctx, tx| commands::edit(ctx, tx, (&of, version), &draft)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(redirect(&req, &at(&number), "survey-saved", "")),
        Err(problem) => refused(&req, number, &form, problem).await,
    }
}

pub(super) async fn publish(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let version = forms::version(&form).or_fail(&req)?;
    let (of, seen) = (number.clone(), form.ticked("seen"));
    match req.write(move |ctx, tx| commands::publish(ctx, tx, (&of, version), seen)).await {
        Ok(_) => Ok(redirect(&req, &at(&number), "survey-published", &number)),
        Err(problem) => {
            // the other form of the page keeps what is stored
            if problem.fields.is_empty() {
                return Err(Fail::of(&req, problem));
            }
            refused(&req, number, &form, problem).await
        }
    }
}

pub(super) async fn close(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let version = forms::version(&form).or_fail(&req)?;
    let of = number.clone();
    req.write(move |ctx, tx| commands::close(ctx, tx, (&of, version))).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/surveys/{number}/results"), "survey-closed", &number))
}

pub(super) async fn copy(req: Req, Path(number): Path<String>, _form: Form) -> Answer {
    let made = req.write(move |ctx, tx| commands::copy(ctx, tx, &number)).await.or_fail(&req)?;
    Ok(redirect(&req, &at(&made.number), "survey-made", &made.number))
}

/// A table of questions: tried first, and put in place of what is there by the next press.
pub(super) async fn import(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    match try_import(&req, &number, &form).await {
        Ok(None) => Ok(redirect(&req, &at(&number), "survey-filled", "")),
        Ok(Some(tried)) => show_with(&req, number, None, Some(tried), StatusCode::OK).await,
        Err(problem) => refused(&req, number, &form, problem).await,
    }
}

async fn try_import(req: &Req, number: &str, form: &Form) -> kernel::problem::Result<Option<Tried>> {
    let version = forms::version(form)?;
    let upload = Upload::read(req.db(), form).map_err(|error| Problem::invalid(vec![error]))?;
    let (of, ctx, bytes) = (number.to_owned(), req.ctx.clone(), upload.bytes.to_vec());
    let work = move |tx: &mut ::store::Tx<'_>| {
        let (questions, _, report) = sheet::read(bytes)?;
        if !questions.is_empty() {
            commands::fill(&ctx, tx, (&of, version), questions)?;
        }
        Ok(report)
    };
    let report = web::import::run(req.db(), &req.ctx, upload.dry, work).await?;
    if upload.dry || report.accepted == 0 {
        return upload.tried(&req.ui(), req.db(), report).map(Some);
    }
    upload.forget(req.db());
    Ok(None)
}
