//! Standards, and what everybody is shown of the people who answer.

use super::shared::{self, Options};
use crate::model::Standard;
use crate::settings::{HOTLINE, LEADER_SHOWN, LeaderShown};
use crate::{commands, forms, policy, queries};
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/settings.html")]
struct SettingsPage {
    ui: Ui,
    form: Filled,
    shown: Options,
    standards: Vec<Standard>,
}

pub(super) async fn page(req: Req) -> Answer {
    show(&req, None).await
}

async fn show(req: &Req, filled: Option<Filled>) -> Answer {
    if !policy::may_set(&req.ctx) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    let read = req.read(|_, tx| Ok((queries::standards(tx)?, LEADER_SHOWN.get(tx)?, HOTLINE.get(tx)?)));
    let (standards, leader, hotline) = read.await.or_fail(req)?;
    let ui = req.ui();
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let chosen = Params::parse(&req.query);
    let form = filled.unwrap_or_else(|| {
        let form = Filled::new()
            .set("hotline", &hotline)
            .set("leader_shown", leader.code())
            .set("standard_active", "1");
        match standards.iter().find(|s| s.code == chosen.get("standard")) {
            None => form,
            Some(s) => {
                let line = |item: &crate::model::StandardItem| format!("{} | {}", item.zh, item.en);
                form.set("standard_code", &s.code)
                    .set("standard_name_zh", &s.name_zh)
                    .set("standard_name_en", &s.name_en)
                    .set("standard_items", s.items.0.iter().map(line).collect::<Vec<_>>().join("\n"))
            }
        }
    });
    let shown = LeaderShown::ALL.map(|s| (s.code().to_owned(), ui.named("leader-shown", s.code()))).to_vec();
    page_with(req, status, &SettingsPage { ui, form, shown, standards })
}

pub(super) async fn hotline(req: Req, form: Form) -> Answer {
    let number = form.text("hotline").to_owned();
    match req.write(move |ctx, tx| commands::set_hotline(ctx, tx, &number)).await {
        Ok(()) => Ok(redirect(&req, "/streets/settings", "streets-settings", "")),
        Err(problem) => show(&req, Some(shared::refused(&req, &form, problem)?)).await,
    }
}

pub(super) async fn leader(req: Req, form: Form) -> Answer {
    let how = form.text("leader_shown").to_owned();
    match req.write(move |ctx, tx| commands::show_leader(ctx, tx, &how)).await {
        Ok(()) => Ok(redirect(&req, "/streets/settings", "streets-settings", "")),
        Err(problem) => show(&req, Some(shared::refused(&req, &form, problem)?)).await,
    }
}

pub(super) async fn standard(req: Req, form: Form) -> Answer {
    let draft = forms::standard_draft(&form);
    match req.write(move |ctx, tx| commands::save_standard(ctx, tx, draft)).await {
        Ok(_) => Ok(redirect(&req, "/streets/settings", "streets-settings", "")),
        Err(problem) => show(&req, Some(shared::refused(&req, &form, problem)?)).await,
    }
}
