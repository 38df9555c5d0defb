//! What a site's page offers beside editing: putting it where it is, taking it out of use and back.

use super::{shared, sites};
use crate::{commands, forms, shape};
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem, Result};
use web::error::redirect;
use web::{Answer, Fail, Form, Path, Req};

async fn refuse(req: &Req, number: &str, form: &Form, problem: Problem) -> Answer {
    let filled = shared::refused(form, problem).map_err(|p| Fail::of(req, p))?;
    sites::show_with(req, number, StatusCode::UNPROCESSABLE_ENTITY, filled).await
}

fn position_of(form: &Form) -> Result<(kernel::coords::Point, (crate::model::SourceCrs, Option<f64>))> {
    let invalid = |e: FieldError| Problem::invalid(vec![e]);
    let number = |name: &'static str| {
        let given = form.number::<f64>(name).and_then(|n| n.ok_or_else(|| FieldError::new(name, "required")));
        given.map_err(invalid)
    };
    let crs = forms::crs(form).map_err(invalid)?;
    let point = shape::position(number("place_lng")?, number("place_lat")?, crs)
        .map_err(|f| Problem::field("place_lng", f.field_code()))?;
    Ok((point, (crs, form.number("place_accuracy").map_err(invalid)?)))
}

pub(crate) async fn position(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let (point, how) = position_of(&asked)?;
        commands::move_site(ctx, tx, index, &which, forms::version(&asked)?, point, how)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/sites/{number}"), "site-moved", &number)),
        Err(problem) => refuse(&req, &number, &form, problem).await,
    }
}

pub(crate) async fn retire(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        commands::retire_site(ctx, tx, index, &which, forms::version(&asked)?, asked.text("retire_reason"))
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/sites/{number}"), "site-retired", &number)),
        Err(problem) => refuse(&req, &number, &form, problem).await,
    }
}

pub(crate) async fn restore(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        commands::restore_site(ctx, tx, index, &which, forms::version(&asked)?)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/sites/{number}"), "site-restored", &number)),
        Err(problem) => refuse(&req, &number, &form, problem).await,
    }
}
