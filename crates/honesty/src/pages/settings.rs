//! From when on somebody is asked to look, and going through earlier pictures.

use crate::policy::{Act, POLICY, city};
use crate::settings::RULES;
use crate::{commands, forms};
use axum::http::StatusCode;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "honesty/settings.html")]
struct SettingsPage {
    ui: Ui,
    form: Filled,
}

async fn show(req: &Req, filled: Option<Filled>) -> Answer {
    let rules = req
        .read(|ctx, tx| {
            POLICY.require(ctx, Act::Edit, &city(), true)?;
            RULES.get(tx)
        })
        .await
        .or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = filled.unwrap_or_else(|| forms::filled(&rules));
    page_with(req, status, &SettingsPage { ui: req.ui(), form })
}

pub(super) async fn page_of(req: Req) -> Answer {
    show(&req, None).await
}

pub(super) async fn save(req: Req, form: Form) -> Answer {
    POLICY.require(&req.ctx, Act::Edit, &city(), true).or_fail(&req)?;
    let sent = form.clone();
    match req.write(move |ctx, tx| commands::set_rules(ctx, tx, &forms::rules(&sent)?)).await {
        Ok(()) => Ok(redirect(&req, "/photo-checks/settings", "honesty-saved", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

/// `POST /photo-checks/backfills`: leads to the page where its progress can be watched.
pub(super) async fn go_back(req: Req, _: Form) -> Answer {
    let task = req.write(commands::go_back).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/tasks/{task}"), "honesty-going-back", ""))
}
