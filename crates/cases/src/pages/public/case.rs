//! One confirmed case as everybody may read it.

use super::voices;
use crate::commands;
use crate::model::Case;
use crate::pages::shared;
use crate::pages::shown::{self, Masked, Reader};
use crate::queries::{self, Related, Shot, Side, public_case};
use crate::rules::{RULES, Rules};
use crate::store::{self as rows, Answered};
use crate::units::Names;
use crate::workflow::State;
use ::store::Tx;
use ::store::audit::{self, HistoryLine};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::{Deadline, Fact, Line, Photo, Step};
use web::{Answer, Fail, Form, Path, Req, Ui};

/// A public case, or the number of the one that it was merged into.
enum Found {
    Case(Box<Read>),
    Elsewhere(String),
}

struct Read {
    case: Case,
    history: Vec<HistoryLine>,
    shots: Vec<Shot>,
    units: Names,
    section: String,
    rules: Rules,
    /// Earlier cases that this one is again, and later ones that are it again, as far as they are public.
    again: Vec<(Side, Related)>,
    answers: Vec<Answered>,
}

fn find(tx: &mut Tx<'_>, number: &str) -> Result<Found> {
    let Some(case) = public_case(tx, number)? else {
        let merged =
            rows::case_by_number(tx, number)?.and_then(|c| c.merged_into).ok_or_else(Problem::not_found)?;
        let main = queries::related(tx, merged)?.ok_or_else(Problem::not_found)?;
        return Ok(Found::Elsewhere(main.number));
    };
    let section = match case.section_id {
        Some(section) => places::queries::section(tx, section)?.name(),
        None => String::new(),
    };
    Ok(Found::Case(Box::new(Read {
        rules: RULES.get(tx)?,
        answers: rows::answers(tx, &[case.id])?,
        again: queries::public_recurrences(tx, case.id)?,
        history: audit::history(tx, case.id)?,
        shots: queries::shots(tx, case.id)?,
        units: Names::of(tx, [case.lead_unit])?,
        section,
        case,
    })))
}

#[derive(askama::Template)]
#[template(path = "cases/public_case.html")]
struct CasePage {
    ui: Ui,
    form: Filled,
    case: Case,
    masked: Masked,
    kind: String,
    place: String,
    state: String,
    steps: Vec<Step>,
    due: Option<Deadline>,
    unit: String,
    before: Option<Photo>,
    after: Option<Photo>,
    checking: usize,
    lines: Vec<Line>,
    /// What was chosen or counted in answer to further questions.
    answers: Vec<Fact>,
    /// Title, number and how it is related.
    again: Vec<(String, String, String)>,
    /// Whether people may say now whether it is fixed, and within how many metres they must stand.
    voice: bool,
    voice_m: u32,
    center: String,
    action: String,
    asks_tie: bool,
    /// Until when one may say of the closed case that it is not fixed.
    not_fixed: bool,
}

async fn shown_page(req: &Req, number: String, form: Filled) -> Answer {
    let (desk, index) = (shared::desk(req).await?, shared::index(req).await?);
    let Read { case, history, mut shots, units, section, rules, again, answers } =
        match req.read(move |_, tx| find(tx, &number)).await.or_fail(req)? {
            Found::Case(read) => *read,
            Found::Elsewhere(number) => {
                return Ok(Redirect::to(&format!("/public/cases/{number}")).into_response());
            }
        };
    let ui = req.ui();
    shots.retain(|s| s.photo.kind.is_for_everybody());
    let shots: Vec<Shot> = shots.into_iter().map(Shot::covered).collect();
    let pictures = shown::pictures(&ui, &shots, "");
    let masked = Masked::of_case(&case);
    let unit = units.get(case.lead_unit).to_owned();
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = CasePage {
        form,
        kind: shown::kind_name(&desk, &case),
        place: format!(
            "{} {}",
            index.division_name(case.division_id),
            if section.is_empty() { &masked.address } else { &section }
        ),
        state: shown::state_text(&ui, case.state),
        steps: shown::stages(&ui, &case, &unit),
        due: shown::deadline(&ui, &desk, &(&case).into(), case.stage_provisional, case.parked_until),
        before: pictures.before(),
        after: pictures.after(),
        checking: pictures.checking,
        lines: shown::history(&ui, &history, Reader::Public, &pictures),
        answers: shown::public_answers(&ui, &answers),
        again: again
            .into_iter()
            .map(|(side, r)| {
                let how = match side {
                    Side::Earlier => "case-related-earlier",
                    Side::Later => "case-related-later",
                };
                (Masked::of(&r.strikes, &r.title, "", "").title, r.number, ui.t(how))
            })
            .collect(),
        voice: matches!(case.state, State::Answered | State::Verified),
        voice_m: rules.voice_m,
        center: case.place().map_or_else(String::new, |p| format!("{:.6},{:.6}", p.lng, p.lat)),
        action: format!("/public/cases/{}/voices", case.number),
        asks_tie: true,
        not_fixed: case.state == State::Closed
            && case
                .closed_at
                .is_some_and(|at| ui.now() <= at.plus(i64::from(rules.contest_days) * kernel::time::DAY)),
        masked,
        unit,
        case,
        ui,
    };
    page_with(req, status, &view)
}

pub(crate) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    shown_page(&req, number, Filled::new()).await
}

/// 好了、没好, from the page that everybody sees.
pub(crate) async fn say(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let sought = number.clone();
    let find =
        move |_: &Ctx, tx: &mut Tx<'_>| Ok(public_case(tx, &sought)?.ok_or_else(Problem::not_found)?.id);
    let id = req.read(find).await.or_fail(&req)?;
    match voices::said(&req, &form, id, None).await? {
        Ok(()) => Ok(redirect(&req, &format!("/public/cases/{number}"), "case-voice", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => shown_page(&req, number, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

/// "I have seen it too, tell me."
pub(crate) async fn follow(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (sought, contact) = (number.clone(), form.text("contact").to_owned());
    let followed = req
        .write(move |ctx, tx| {
            let case = public_case(tx, &sought)?.ok_or_else(Problem::not_found)?;
            commands::follow(ctx, tx, case.id, &contact)
        })
        .await;
    match followed {
        Ok(_) => Ok(redirect(&req, &format!("/public/cases/{number}"), "case-followed", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => shown_page(&req, number, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
