//! What a section's page offers beside editing: retiring, cutting in two, joining with a neighbour.

use super::{sections, shared};
use crate::{commands, forms};
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::redirect;
use web::{Answer, Fail, Form, Path, Req};

async fn refuse(req: &Req, number: &str, form: &Form, problem: Problem) -> Answer {
    let filled = shared::refused(form, problem).map_err(|p| Fail::of(req, p))?;
    sections::show_with(req, number, StatusCode::UNPROCESSABLE_ENTITY, filled).await
}

pub(crate) async fn retire(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        commands::retire_section(ctx, tx, index, &which, forms::version(&asked)?, asked.text("retire_reason"))
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/sections/{number}"), "section-retired", &number)),
        Err(problem) => refuse(&req, &number, &form, problem).await,
    }
}

pub(crate) async fn split(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let at = asked.number::<f64>("split_at").and_then(|at| at.ok_or_else(|| required("split_at")));
        let at = at.map_err(|e| Problem::invalid(vec![e]))?;
        commands::split_section(
            ctx,
            tx,
            index,
            &which,
            forms::version(&asked)?,
            at,
            asked.text("split_crossing"),
        )
    });
    match done.await {
        Ok([first, second]) => {
            let both = format!("{}, {}", first.number, second.number);
            Ok(redirect(&req, &format!("/sections/{}", first.number), "section-split", &both))
        }
        Err(problem) => refuse(&req, &number, &form, problem).await,
    }
}

fn required(field: &'static str) -> kernel::problem::FieldError {
    kernel::problem::FieldError::new(field, "required")
}

/// The other section is sent as `S-0002:3`, number and the version that was seen.
pub(crate) async fn join(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let missing = || Problem::invalid(vec![required("join_other")]);
        let (other, seen) = asked.text("join_other").split_once(':').ok_or_else(missing)?;
        let second = (other, seen.parse().map_err(|_| Problem::stale())?);
        commands::join_sections(ctx, tx, index, (&which, forms::version(&asked)?), second)
    });
    match done.await {
        Ok(new) => Ok(redirect(&req, &format!("/sections/{}", new.number), "section-joined", &new.number)),
        Err(problem) => refuse(&req, &number, &form, problem).await,
    }
}
