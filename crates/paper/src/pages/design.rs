//! What is printed on forms from now on.

use crate::commands;
use crate::policy::{self, Act};
use crate::settings::{DESIGN, Design, MOST_KINDS};
use crate::{forms, show};
use axum::http::StatusCode;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "paper/design.html")]
struct DesignPage {
    ui: Ui,
    form: Filled,
    kinds: Vec<(String, String)>,
    most: usize,
    wrong_kinds: Option<String>,
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let design = req.read(|_, tx| DESIGN.get(tx)).await.or_fail(&req)?;
    let desk = cases::desk::Desk::of(&req.city).await.or_fail(&req)?;
    let chosen = show::kinds(&desk.catalogue, &design);
    let form = chosen.iter().fold(Filled::new(), |form, kind| form.set("kinds", &kind.code));
    let form = form.set("returns", &design.returns).set("paper_phone", &design.phone);
    show_with(&req, form, StatusCode::OK).await
}

async fn show_with(req: &Req, form: Filled, status: StatusCode) -> Answer {
    let desk = cases::desk::Desk::of(&req.city).await.or_fail(req)?;
    let ui = req.ui();
    let wrong_kinds = form.error(&ui, "kinds");
    let view = DesignPage { form, kinds: show::choices(&desk.catalogue), most: MOST_KINDS, wrong_kinds, ui };
    page_with(req, status, &view)
}

pub(super) async fn save(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let desk = cases::desk::Desk::of(&req.city).await.or_fail(&req)?;
    let design: Design = forms::design(&form);
    let done = req.write(move |ctx, tx| commands::save_design(ctx, tx, &desk.catalogue, &design)).await;
    match done {
        Ok(()) => Ok(redirect(&req, "/paper", "paper-design-saved", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, filled, StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
