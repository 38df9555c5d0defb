//! Accepting, returning, choosing, setting aside, making a case: buttons and short forms on a record's page.

use super::record;
use crate::commands;
use crate::model::Record;
use crate::policy::{self, Act};
use crate::queries;
use ::store::Tx;
use ::store::files::Files;
use ::store::words::index_tokens;
use axum::http::StatusCode;
use cases::desk::Desk;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use web::error::{OrFail, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req};

/// Does it, and shows the page again with what was wrong where it was refused.
async fn done<F>(req: Req, number: String, form: Form, flash: &'static str, work: F) -> Answer
where
    F: FnOnce(&Ctx, &mut Tx<'_>, (&str, i64), &str) -> Result<Record> + Send + 'static,
{
    policy::require(&req.ctx, Act::Review).or_fail(&req)?;
    let version: i64 = form.text("version").parse().map_err(|_| Problem::stale()).or_fail(&req)?;
    let (of, why) = (number.clone(), form.text("field_reason").to_owned());
    match req.write(move |ctx, tx| work(ctx, tx, (&of, version), &why)).await {
        Ok(_) => Ok(redirect(&req, &format!("/fieldwork/records/{number}"), flash, &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => record::show_with(&req, number, StatusCode::UNPROCESSABLE_ENTITY, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

pub(super) async fn accept(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    done(req, number, form, "field-accepted", |ctx, tx, which, _| commands::accept(ctx, tx, which)).await
}

pub(super) async fn send_back(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    done(req, number, form, "field-returned", commands::send_back).await
}

pub(super) async fn choose(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    done(req, number, form, "field-chosen", commands::choose).await
}

pub(super) async fn set_aside(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    done(req, number, form, "field-set-aside", commands::set_aside).await
}

/// Makes the case of one answer; its number.
pub(crate) async fn case_of(req: &Req, number: String, path: String) -> Answer<String> {
    policy::somewhere(&req.ctx, Act::MakeCase).or_fail(req)?;
    let desk = Desk::of(&req.city).await.or_fail(req)?;
    let index = places::kept::refresh(&req.city).await.or_fail(req)?;
    let (of, at) = (number.clone(), path.clone());
    let found = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &of)?;
        full.not_met.into_iter().find(|n| n.path == at).ok_or_else(Problem::not_found)
    });
    let found = found.await.or_fail(req)?;
    let files = Files::of(req.db());
    let pictures = if found.made.is_some() { Vec::new() } else { found.pictures };
    let copied = tokio::task::spawn_blocking(move || commands::copies(&files, &pictures)).await;
    let photos = copied.map_err(Problem::internal).and_then(|done| done).or_fail(req)?;
    let words = index_tokens(&found.description);
    let write = req.write(move |ctx, tx| {
        commands::make_case(ctx, tx, (&desk, &index), (&number, &path), &words, photos)
            .map(|case| case.number)
    });
    write.await.or_fail(req)
}

pub(super) async fn make_case(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let to = format!("/fieldwork/records/{number}");
    let case = case_of(&req, number, form.text("path").to_owned()).await?;
    Ok(redirect(&req, &to, "field-case-made", &case))
}
