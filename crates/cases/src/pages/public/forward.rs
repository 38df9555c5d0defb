//! What somebody outside sees who was asked for help with a case, and their answer. The word in the address is all that is
//! asked for; of who reported it there is nothing here.

use crate::commands::{self, FORWARD_PHOTOS};
use crate::model::{Case, Forward, ForwardState, PhotoKind, Written};
use crate::pages::shared;
use crate::pages::shown;
use crate::pages::uploads::receive;
use crate::queries::{self, Shot};
use crate::units::Names;
use axum::http::StatusCode;
use kernel::masking::{Audience, mask_text};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::Photo;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/forward.html")]
struct ForwardPage {
    ui: Ui,
    form: Filled,
    word: String,
    number: String,
    title: String,
    description: String,
    address: String,
    kind: String,
    unit: String,
    forward: Forward,
    waits: bool,
    photos: Vec<Photo>,
    /// What they have sent themselves.
    sent: Vec<Photo>,
    most: usize,
    /// `lng,lat`; empty when the place is not known.
    center: String,
}

/// Title and description as somebody outside reads them: without what was struck out, and without numbers of people.
pub(crate) fn words(case: &Case) -> (String, String) {
    let cut = |written, text: &str| mask_text(&case.strikes.cut(written, text, &[]), Audience::Unit);
    (cut(Written::Title, &case.title), cut(Written::Description, &case.description))
}

async fn shown_page(req: &Req, word: String, form: Filled) -> Answer {
    let desk = shared::desk(req).await?;
    let sought = word.clone();
    let read = req.read(move |ctx, tx| {
        let (forward, case) = commands::open_link(tx, &sought, ctx.now)?;
        let shots = queries::shots(tx, case.id)?;
        let units = Names::of(tx, [case.lead_unit])?;
        Ok((forward, case, shots, units))
    });
    let (forward, case, shots, units) = read.await.or_fail(req)?;
    let ui = req.ui();
    let shots: Vec<Shot> = shots.into_iter().map(Shot::covered).collect();
    let pictures = shown::pictures_with(&ui, &shots, &format!("?f={word}"));
    let (title, description) = words(&case);
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = ForwardPage {
        form,
        number: case.number.clone(),
        title,
        description,
        address: case.address.clone(),
        kind: shown::kind_name(&desk, &case),
        unit: units.get(case.lead_unit).to_owned(),
        waits: forward.state == ForwardState::Asked,
        photos: pictures.of(PhotoKind::Before),
        sent: pictures.of(PhotoKind::Outside),
        most: FORWARD_PHOTOS,
        center: case.place().map_or_else(String::new, |p| format!("{:.6},{:.6}", p.lng, p.lat)),
        word,
        forward,
        ui,
    };
    page_with(req, status, &view)
}

pub(crate) async fn page_of(req: Req, Path(word): Path<String>) -> Answer {
    shown_page(&req, word, Filled::new()).await
}

pub(crate) async fn answer(req: Req, Path(word): Path<String>, form: Form) -> Answer {
    // pictures are received only for whoever holds a link
    let sought = word.clone();
    req.read(move |ctx, tx| commands::open_link(tx, &sought, ctx.now).map(drop)).await.or_fail(&req)?;
    let photos = receive(&req, &form, "photos").await?;
    let (sought, text) = (word.clone(), form.text("party_reply").to_owned());
    let done = req.write(move |ctx, tx| commands::answer_forward(ctx, tx, &sought, &text, &photos));
    match done.await {
        Ok(()) => Ok(redirect(&req, &format!("/f/{word}"), "case-forward-answered", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => shown_page(&req, word, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
