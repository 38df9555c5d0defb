//! 对外显示: what the public sees of a case, and what is taken out of its words and pictures.

use crate::commands::{self, Shows};
use crate::forms::{self, AREA_ROWS};
use crate::model::{Case, CoverLook, Photo, Strike, Strikes, Written};
use crate::pages::shared;
use crate::pages::shown::Masked;
use crate::policy::Act;
use crate::propose::proposals;
use crate::queries::{self, Shot};
use ::store::files::FileState;
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Form, Path, Req, Ui};

/// Something that is struck out, or might be.
struct Offered {
    value: String,
    kind: String,
    /// What stands before it, itself, and behind it.
    before: String,
    words: String,
    behind: String,
    /// Whether it is struck out now.
    struck: bool,
}

/// A picture, and what becomes of it outside.
struct PhotoLine {
    id: Id<Photo>,
    alt: String,
    state: String,
    mood: &'static str,
    covered: bool,
    /// Whether what the public gets of it can be shown.
    made: bool,
    ready: bool,
}

#[derive(askama::Template)]
#[template(path = "cases/public_view.html")]
struct PublicViewPage {
    ui: Ui,
    form: Filled,
    case: Case,
    masked: Masked,
    title: Vec<(bool, String)>,
    description: Vec<(bool, String)>,
    offered: Vec<Offered>,
    photos: Vec<PhotoLine>,
}

/// So many characters around what is proposed.
const AROUND: usize = 8;

fn offer(ui: &Ui, written: Written, text: &str, strike: Strike, struck: bool) -> Offered {
    let chars: Vec<char> = text.chars().collect();
    let place = |n: u32| usize::try_from(n).unwrap_or(usize::MAX).min(chars.len());
    let (from, until) = (place(strike.from), place(strike.until));
    let part = |from: usize, until: usize| chars[from..until].iter().collect::<String>();
    let mut value = Strikes::default();
    value.add(written, strike);
    Offered {
        value: value.to_string(),
        kind: ui.named("strike-kind", strike.kind.code()),
        before: part(from.saturating_sub(AROUND), from),
        words: part(from, until),
        behind: part(until, (until + AROUND).min(chars.len())),
        struck,
    }
}

fn offers(ui: &Ui, case: &Case) -> Vec<Offered> {
    let mut offered = Vec::new();
    for (written, text) in
        [(Written::Title, case.title.as_str()), (Written::Description, case.description.as_str())]
    {
        let known = case.strikes.of(written);
        offered.extend(known.iter().map(|s| offer(ui, written, text, *s, true)));
        let free = |p: &Strike| !known.iter().any(|s| s.from <= p.from && p.until <= s.until);
        offered.extend(proposals(text).into_iter().filter(free).map(|s| offer(ui, written, text, s, false)));
    }
    offered
}

fn photo_lines(ui: &Ui, shots: &[Shot]) -> Vec<PhotoLine> {
    let line = |shot: &Shot| {
        let (state, mood) = match (&shot.cover, shot.open, shot.photo.kind.is_for_everybody()) {
            (Some(_), FileState::Ready, _) => ("covered", "ok"),
            (Some(_), _, _) => ("being-made", "soon"),
            (None, _, true) => ("open", ""),
            (None, _, false) => ("kept", ""),
        };
        PhotoLine {
            id: shot.photo.id,
            alt: ui.named("photo-kind", shot.photo.kind.code()),
            state: ui.named("photo-outside", state),
            mood,
            covered: shot.cover.is_some(),
            made: shot.open == FileState::Ready,
            ready: shot.state == FileState::Ready,
        }
    };
    shots.iter().map(line).collect()
}

async fn read(req: &Req, number: String) -> Answer<(Case, Vec<Shot>)> {
    req.read(move |ctx, tx| {
        let case = commands::find_for(ctx, tx, Act::Redact, &number)?;
        let shots = queries::shots(tx, case.id)?;
        Ok((case, shots))
    })
    .await
    .or_fail(req)
}

async fn shown_page(req: &Req, number: String, form: Filled) -> Answer {
    let (case, shots) = read(req, number).await?;
    let ui = req.ui();
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = PublicViewPage {
        masked: Masked::of_case(&case),
        title: case.strikes.stretches(Written::Title, &case.title),
        description: case.strikes.stretches(Written::Description, &case.description),
        offered: offers(&ui, &case),
        photos: photo_lines(&ui, &shots),
        form,
        case,
        ui,
    };
    page_with(req, status, &view)
}

pub(crate) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    shown_page(&req, number, Filled::new()).await
}

/// Strikes out what is ticked and what was written, and nothing else.
pub(crate) async fn strike(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let (sought, sent) = (number.clone(), form.clone());
    let done = req.write(move |ctx, tx| {
        let case = commands::find_for(ctx, tx, Act::Redact, &sought)?;
        commands::strike(ctx, tx, &desk, case.id, &forms::strikes(&sent)?).map(drop)
    });
    match done.await {
        Ok(()) => Ok(redirect(&req, &format!("/cases/{number}/public-view"), "case-words-struck", "")),
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            shown_page(&req, number, filled).await
        }
    }
}

#[derive(askama::Template)]
#[template(path = "cases/cover.html")]
struct CoverPage {
    ui: Ui,
    form: Filled,
    case: Case,
    photo: Id<Photo>,
    alt: String,
    rows: Vec<usize>,
    looks: Vec<(String, String)>,
    shows: Vec<(String, String)>,
    covered: bool,
    /// Whether the covered picture can be shown already.
    made: bool,
}

/// What is covered now, as the form writes it: shares in per cent.
fn filled(shot: &Shot) -> Filled {
    let Some(cover) = &shot.cover else { return Filled::new() };
    let percent = |n: u32| format!("{:.2}", f64::from(n) / 100.0);
    let form = Filled::new().set("from_unit", if cover.from_unit { "1" } else { "" });
    cover.areas.0.iter().zip(1..).fold(form, |form, (a, n): (_, usize)| {
        form.set(&format!("x_{n}"), percent(a.x))
            .set(&format!("y_{n}"), percent(a.y))
            .set(&format!("w_{n}"), percent(a.width))
            .set(&format!("h_{n}"), percent(a.height))
            .set(&format!("look_{n}"), a.look().code())
    })
}

async fn cover_page(req: &Req, number: String, photo: Id<Photo>, form: Option<Filled>) -> Answer {
    let (case, shots) = read(req, number).await?;
    let found = shots.into_iter().find(|s| s.photo.id == photo && s.state == FileState::Ready);
    let shot = found.ok_or_else(Problem::not_found).or_fail(req)?;
    let ui = req.ui();
    let status = if form.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = CoverPage {
        form: form.unwrap_or_else(|| filled(&shot)),
        alt: ui.named("photo-kind", shot.photo.kind.code()),
        rows: (1..=AREA_ROWS).collect(),
        looks: CoverLook::ALL
            .iter()
            .map(|l| (l.code().to_owned(), ui.named("cover-look", l.code())))
            .collect(),
        shows: Shows::ALL.iter().map(|s| (s.code().to_owned(), ui.named("cover-shows", s.code()))).collect(),
        covered: shot.cover.is_some(),
        made: shot.open == FileState::Ready,
        photo,
        case,
        ui,
    };
    page_with(req, status, &view)
}

pub(crate) async fn cover_form(req: Req, Path((number, photo)): Path<(String, Id<Photo>)>) -> Answer {
    cover_page(&req, number, photo, None).await
}

async fn covered<F>(req: Req, number: String, photo: Id<Photo>, form: Form, flash: &str, work: F) -> Answer
where
    F: FnOnce(&Ctx, &mut ::store::Tx<'_>, Id<Case>, &Form) -> Result<()> + Send + 'static,
{
    let (sought, sent) = (number.clone(), form.clone());
    let done = req.write(move |ctx, tx| {
        let case = commands::find_for(ctx, tx, Act::Redact, &sought)?;
        work(ctx, tx, case.id, &sent)
    });
    match done.await {
        Ok(()) => Ok(redirect(&req, &format!("/cases/{number}/public-view"), flash, "")),
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            cover_page(&req, number, photo, Some(filled)).await
        }
    }
}

pub(crate) async fn cover(req: Req, Path((number, photo)): Path<(String, Id<Photo>)>, form: Form) -> Answer {
    covered(req, number, photo, form, "case-photo-covered", move |ctx, tx, id, form| {
        commands::cover_photo(ctx, tx, id, photo, &forms::cover(form)?).map(drop)
    })
    .await
}

pub(crate) async fn uncover(
    req: Req,
    Path((number, photo)): Path<(String, Id<Photo>)>,
    form: Form,
) -> Answer {
    covered(req, number, photo, form, "case-photo-uncovered", move |ctx, tx, id, form| {
        commands::uncover_photo(ctx, tx, id, photo, form.text("reason"))
    })
    .await
}
