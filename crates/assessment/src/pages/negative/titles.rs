//! What the city was, and since when.

use crate::negative::{commands, forms, queries};
use crate::policy::{self, Act};
use crate::scheme::forms::refused;
use axum::http::StatusCode;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/negative/titles.html")]
struct TitlesPage {
    ui: Ui,
    form: Filled,
}

async fn show(req: &Req, filled: Option<Filled>) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let ui = req.ui();
    let titles = req.read(queries::titles).await.or_fail(req)?;
    // written as it is read back, in any language
    let lines = forms::written(&titles, |of| of.code().to_owned());
    let form = filled.unwrap_or_else(|| Filled::new().set("titles", lines));
    page_with(req, status, &TitlesPage { ui, form })
}

pub(super) async fn page_of(req: Req) -> Answer {
    show(&req, None).await
}

pub(super) async fn save(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(&req)?;
    let sent = form.clone();
    let done =
        req.write(move |ctx, tx| commands::entitle(ctx, tx, forms::titles(sent.text("titles"))?)).await;
    match done {
        Ok(()) => Ok(redirect(&req, "/assessment/negative", "negative-titles-saved", "")),
        Err(problem) => {
            let filled = refused(&req, &form, problem)?;
            show(&req, Some(filled)).await
        }
    }
}
