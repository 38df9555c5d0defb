//! 随手拍: one page, about a minute, without an account.

use crate::commands::submit;
use crate::desk::Desk;
use crate::forms::{self, Given};
use crate::model::{Case, Source};
use crate::pages::kept_photos::{self, Gone};
use crate::pages::recordings;
use crate::pages::report_form::{self as fields, Fields, PHOTOS};
use crate::pages::sent::Sent;
use crate::pages::shown::Asking;
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
        .set(kind_field(&req, &desk, params.get("kind")), params.get("kind"));
    if let Some(sign) = &sign {
        form = form.set("address", &sign.name);
    }
    let form = match params.get("again") {
        "" => form,
        number => again(&req, &desk, number, form).await?,
    };
    let limits = recordings::limits(&req).await?;
    let fields = Fields::new(&req, &desk, &index, sign, &form).hearing(limits.as_ref());
    page(&req, &ReportPage { ui: req.ui(), form, fields })
}

/// In which field of the form a kind is chosen: common ones are buttons, others stand in the long list.
fn kind_field(req: &Req, desk: &Desk, kind: &str) -> &'static str {
    let common = shown::common_kinds(&req.ui(), &desk.catalogue).iter().any(|k| k.value == kind);
    if common { "kind" } else { "other_kind" }
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
    let form = form
        .set("again", &case.number)
        .set(kind_field(req, desk, &kind), kind)
        .set("address", shown::Masked::of_case(&case).address);
    Ok(match case.place() {
        Some(at) => form.set("lng", format!("{:.6}", at.lng)).set("lat", format!("{:.6}", at.lat)),
        None => form,
    })
}

pub(crate) async fn create(req: Req, mut form: Form) -> Answer {
    let gone = kept_photos::bring_back(&req, &mut form).await?;
    if fields::only_asks(&form) {
        return come_back(&req, &form, Filled::typed(&form), StatusCode::OK).await;
    }
    match submitted(&req, &form, gone, Source::Citizen).await? {
        Ok(case) => Ok(redirect(&req, &format!("/report/done?t={}", shared::token(&req, case.id)), "", "")),
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            come_back(&req, &form, filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// The form again, with what was typed and chosen.
async fn come_back(req: &Req, form: &Form, filled: Filled, status: StatusCode) -> Answer {
    let (desk, index) = (shared::desk(req).await?, shared::index(req).await?);
    let sign = fields::sign(req, &desk, form.text("section"), form.text("stretch")).await?;
    let kept = kept_photos::keep(req, form).await?;
    let filled = shown::called(&req.ui(), &desk.catalogue, filled);
    let limits = recordings::limits(req).await?;
    let fields = Fields::new(req, &desk, &index, sign, &filled).keeping(kept).hearing(limits.as_ref());
    page_with(req, status, &ReportPage { ui: req.ui(), form: filled, fields })
}

/// Checks, receives pictures and a recording, and saves. The inner refusal is one that the form can show. `gone`: files that the
/// form says are kept and that are not.
pub(crate) async fn submitted(
    req: &Req,
    form: &Form,
    gone: Gone,
    source: Source,
) -> Answer<Result<Case, Problem>> {
    let (desk, index) = (shared::desk(req).await?, shared::index(req).await?);
    let sign = fields::sign(req, &desk, form.text("section"), form.text("stretch")).await?;
    let photo_count = fields::photo_count(form);
    if photo_count > PHOTOS {
        let error = FieldError::new("photos", "too-many-photos").arg("count", PHOTOS);
        return Ok(Err(Problem::invalid(vec![error])));
    }
    if gone.photos > 0 {
        let error = FieldError::new("photos", "photos-gone").arg("count", gone.photos);
        return Ok(Err(Problem::invalid(vec![error])));
    }
    if gone.recording {
        return Ok(Err(Problem::field(recordings::FIELD, "recording-gone")));
    }
    let given = Given {
        photos: Vec::new(),
        photo_count,
        recorded: recordings::sent(form).is_some(),
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
    new.recording = match recordings::receive(req, form).await? {
        Ok(recording) => recording,
        Err(problem) => return Ok(Err(problem)),
    };
    new.photos = receive(req, form, "photos").await?;
    let words = fields::words(&desk, &new);
    let said = new.recording.iter().map(|said| (said.received.clone(), said.name.clone()));
    let sent = Sent::new(form, &req.path, &new.photos.iter().cloned().chain(said).collect());
    let once = move |ctx: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| {
        let id = sent.once(ctx, tx, |tx| Ok(submit(ctx, tx, &desk, &index, &words, new)?.id.raw()))?;
        rows::case(tx, Id::new(id))?.ok_or_else(Problem::not_found)
    };
    Ok(req.write(once).await)
}

/// The further questions of the kind that is chosen, after what was answered so far.
#[derive(askama::Template)]
#[template(path = "cases/extras_part.html")]
struct Questions {
    ui: Ui,
    form: Filled,
    fields: Asked,
}

/// Named as the whole form names them, whose part this is.
struct Asked {
    extras: Asking,
}

/// `POST /report/questions`: when a kind is chosen, and when an answer asks more. Posted, though nothing changes: addresses are
/// written down on the way, and answers are nobody's business.
pub(crate) async fn questions(req: Req, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let (ui, form) = (req.ui(), Filled::typed(&form));
    let extras = shown::asking(&ui, &desk.catalogue, &form);
    page(&req, &Questions { ui, form, fields: Asked { extras } })
}

/// `GET /report/kinds?words=灯`: for the box above the long list.
pub(crate) async fn kinds(req: Req) -> Answer {
    let desk = shared::desk(&req).await?;
    let params = Params::parse(&req.query);
    let groups = shown::groups(&desk.catalogue, true, params.get("words"));
    page(&req, &Kinds { ui: req.ui(), groups, chosen: params.get("other_kind").to_owned() })
}
