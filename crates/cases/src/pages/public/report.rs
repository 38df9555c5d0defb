//! 随手拍: one page, about a minute, without an account.

use crate::commands::submit;
use crate::desk::Desk;
use crate::forms::{self, Given};
use crate::model::{Case, Source};
use crate::pages::report_form::{self as fields, Fields, PHOTOS};
use crate::pages::sent::Sent;
use crate::pages::uploads::{camera_position, receive};
use crate::pages::{shared, shown};
use crate::queries::public_case;
use crate::store as rows;
use crate::workflow::State;
use axum::http::StatusCode;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem};
use web::error::{OrFail, page, page_with, redirect};
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
    let form = match params.get("again") {
        "" => form,
        number => again(&req, &desk, number, form).await?,
    };
    let fields = Fields::new(&req, &desk, &index, sign, &form);
    page(&req, &ReportPage { ui: req.ui(), form, fields })
}

/// The closed public case with this number.
async fn closed(req: &Req, number: &str) -> Answer<Option<Case>> {
    let number = number.to_uppercase();
    let find = move |_: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| {
        Ok(public_case(tx, &number)?.filter(|case| case.state == State::Closed))
    };
    req.read(find).await.or_fail(req)
}

/// What is known of a closed case that somebody says is not fixed: kind and place need not be given again. What may not be
/// shown to strangers is not.
async fn again(req: &Req, desk: &Desk, number: &str, form: Filled) -> Answer<Filled> {
    let Some(case) = closed(req, number).await? else { return Ok(form) };
    let kind = forms::item_code(&desk.catalogue, case.item_id);
    let common = shown::common_kinds(&req.ui(), &desk.catalogue).iter().any(|k| k.value == kind);
    let form = form
        .set("again", &case.number)
        .set(if common { "kind" } else { "other_kind" }, kind)
        .set("address", shown::Masked::of_case(&case).address);
    Ok(match case.place() {
        Some(at) => form.set("lng", format!("{:.6}", at.lng)).set("lat", format!("{:.6}", at.lat)),
        None => form,
    })
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
    if !form.text("again").is_empty() {
        new.again = closed(req, form.text("again")).await?.map(|case| case.id);
    }
    new.photos = receive(req, form, "photos").await?;
    let words = fields::words(&desk, &new);
    let sent = Sent::new(form, &req.path, &new.photos);
    let once = move |ctx: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| {
        let id = sent.once(ctx, tx, |tx| Ok(submit(ctx, tx, &desk, &index, &words, new)?.id.raw()))?;
        rows::case(tx, Id::new(id))?.ok_or_else(Problem::not_found)
    };
    Ok(req.write(once).await)
}

/// `GET /report/kinds?words=灯`: for the box above the long list.
pub(crate) async fn kinds(req: Req) -> Answer {
    let desk = shared::desk(&req).await?;
    let params = Params::parse(&req.query);
    let groups = shown::groups(&desk.catalogue, true, params.get("words"));
    page(&req, &Kinds { ui: req.ui(), groups, chosen: params.get("other_kind").to_owned() })
}
