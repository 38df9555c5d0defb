//! 随手拍: one page, about a minute, without an account.

use crate::commands::submit;
use crate::forms::{self, Given};
use crate::model::{Case, Source};
use crate::pages::report_form::{self as fields, Fields, PHOTOS};
use crate::pages::uploads::{camera_position, receive};
use crate::pages::{shared, shown};
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem};
use web::error::{page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/report.html")]
struct ReportPage {
    ui: Ui,
    form: Filled,
    fields: Fields,
}

/// The list of kinds, narrowed to a word.
#[derive(askama::Template)]
#[template(path = "cases/kinds.html")]
struct Kinds {
    ui: Ui,
    groups: Vec<shown::Group>,
    chosen: String,
}

pub(crate) async fn new(req: Req) -> Answer {
    let (desk, index) = (shared::desk(&req).await?, shared::index(&req).await?);
    let params = Params::parse(&req.query);
    let sign = fields::sign(&req, &desk, params.get("section"), params.get("stretch")).await?;
    let mut form = Filled::new()
        .set("section", params.get("section"))
        .set("stretch", params.get("stretch"))
        .set("kind", params.get("kind"));
    if let Some(sign) = &sign {
        form = form.set("address", &sign.name);
    }
    let fields = Fields::new(&req, &desk, &index, sign, &form);
    page(&req, &ReportPage { ui: req.ui(), form, fields })
}

pub(crate) async fn create(req: Req, form: Form) -> Answer {
    match submitted(&req, &form, Source::Citizen).await? {
        Ok(case) => Ok(redirect(&req, &format!("/report/done?t={}", shared::token(&req, case.id)), "", "")),
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            let (desk, index) = (shared::desk(&req).await?, shared::index(&req).await?);
            let sign = fields::sign(&req, &desk, form.text("section"), form.text("stretch")).await?;
            let fields = Fields::new(&req, &desk, &index, sign, &filled);
            page_with(
                &req,
                StatusCode::UNPROCESSABLE_ENTITY,
                &ReportPage { ui: req.ui(), form: filled, fields },
            )
        }
    }
}

/// Checks, receives the pictures, and saves. The inner refusal is one that the form can show.
pub(crate) async fn submitted(req: &Req, form: &Form, source: Source) -> Answer<Result<Case, Problem>> {
    let (desk, index) = (shared::desk(req).await?, shared::index(req).await?);
    let sign = fields::sign(req, &desk, form.text("section"), form.text("stretch")).await?;
    let photo_count = fields::photo_count(form);
    if photo_count > PHOTOS {
        let error = FieldError::new("photos", "too-many-photos").arg("count", PHOTOS);
        return Ok(Err(Problem::invalid(vec![error])));
    }
    let given = Given {
        photos: Vec::new(),
        photo_count,
        camera: camera_position(form, "photos"),
        sign: sign.map(|s| s.place),
    };
    let mut new = match forms::report(form, source, &desk, &index, given) {
        Ok(new) => new,
        Err(problem) => return Ok(Err(problem)),
    };
    new.photos = receive(req, form, "photos").await?;
    let words = fields::words(&desk, &new);
    Ok(req.write(move |ctx, tx| submit(ctx, tx, &desk, &index, &words, new)).await)
}

/// `GET /report/kinds?words=灯`: for the box above the long list.
pub(crate) async fn kinds(req: Req) -> Answer {
    let desk = shared::desk(&req).await?;
    let params = Params::parse(&req.query);
    let groups = shown::groups(&desk.catalogue, true, params.get("words"));
    page(&req, &Kinds { ui: req.ui(), groups, chosen: params.get("other_kind").to_owned() })
}
