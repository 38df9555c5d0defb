//! What whoever reported a case reads of it, and what they may answer: how satisfied they are, and once that it is not
//! fixed. The token in the address is all that is asked for.

use crate::commands;
use crate::model::{Case, Satisfaction};
use crate::pages::shared;
use crate::pages::shown::{self, Reader};
use crate::queries::{self, Related, Shot};
use crate::store as rows;
use crate::units::Names;
use crate::workflow::State;
use ::store::Tx;
use ::store::audit::{self, HistoryLine};
use axum::http::StatusCode;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::{Choice, Deadline, Line, Photo, Step};
use web::{Answer, Fail, Form, Path, Req, Ui};

struct Read {
    case: Case,
    history: Vec<HistoryLine>,
    shots: Vec<Shot>,
    main: Option<Related>,
    units: Names,
}

fn read(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Read> {
    let case = rows::case(tx, id)?.ok_or_else(Problem::not_found)?;
    Ok(Read {
        history: audit::history(tx, id)?,
        shots: queries::shots(tx, id)?,
        main: case.merged_into.map_or(Ok(None), |main| queries::related(tx, main))?,
        units: Names::of(tx, [case.lead_unit])?,
        case,
    })
}

#[derive(askama::Template)]
#[template(path = "cases/status.html")]
struct StatusPage {
    ui: Ui,
    form: Filled,
    token: String,
    case: Case,
    kind: String,
    state: String,
    steps: Vec<Step>,
    due: Option<Deadline>,
    /// When the unit must have answered.
    promise: Option<Instant>,
    unit: String,
    before: Option<Photo>,
    after: Option<Photo>,
    others: Vec<Photo>,
    checking: usize,
    lines: Vec<Line>,
    verdicts: Vec<Choice>,
    /// The last day on which the result may be contested.
    contest_until: Option<String>,
    /// The link of the case that this one was merged into.
    main: Option<(String, String)>,
}

async fn shown_page(req: &Req, token: String, form: Filled) -> Answer {
    let id = shared::opened(req, &token).or_fail(req)?;
    let desk = shared::desk(req).await?;
    let Read { case, history, shots, main, units } =
        req.read(move |_, tx| read(tx, id)).await.or_fail(req)?;
    let ui = req.ui();
    let pictures = shown::pictures(&ui, &shots, &token);
    let unit = units.get(case.lead_unit).to_owned();
    let icons = ["mood-happy", "mood-neutral", "mood-sad"];
    let verdicts = Satisfaction::ALL.iter().zip(icons).map(|(verdict, icon)| Choice {
        value: verdict.code().to_owned(),
        text: ui.named("satisfaction", verdict.code()),
        icon,
    });
    let may_contest = case.state == State::Closed && case.contest_count == 0;
    let until =
        case.closed_at.map(|at| at.plus(commands::CONTEST_DAYS * DAY)).filter(|last| ui.now() <= *last);
    let mut others = pictures.all();
    others.retain(|p| Some(&p.href) != pictures.before().map(|b| b.href).as_ref());
    others.retain(|p| Some(&p.href) != pictures.after().map(|a| a.href).as_ref());
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = StatusPage {
        form: if form.failed() {
            form
        } else {
            form.set("verdict", case.satisfaction.map_or("", Named::code))
        },
        kind: shown::kind_name(&desk, &case),
        state: shown::state_text(&ui, case.state),
        steps: shown::stages(&ui, &case, &unit),
        due: shown::deadline(&ui, &desk, &(&case).into(), case.stage_provisional, case.parked_until),
        promise: case.due_at.filter(|_| case.state.is_at_unit()),
        before: pictures.before(),
        after: pictures.after(),
        others,
        checking: pictures.checking,
        lines: shown::history(&ui, &history, Reader::Reporter, &pictures),
        verdicts: verdicts.collect(),
        contest_until: until.filter(|_| may_contest).map(|last| ui.date(&last.date())),
        main: main.map(|m| (m.number, format!("/r/{}", shared::token(req, m.id)))),
        unit,
        token,
        case,
        ui,
    };
    page_with(req, status, &shown)
}

pub(crate) async fn page_of(req: Req, Path(token): Path<String>) -> Answer {
    shown_page(&req, token, Filled::new()).await
}

/// Runs what the reporter sent, and shows the page again.
async fn answered<F>(req: Req, token: String, form: Form, flash: &str, work: F) -> Answer
where
    F: FnOnce(&kernel::ctx::Ctx, &mut Tx<'_>, Id<Case>) -> Result<()> + Send + 'static,
{
    let id = shared::opened(&req, &token).or_fail(&req)?;
    match req.write(move |ctx, tx| work(ctx, tx, id)).await {
        Ok(()) => Ok(redirect(&req, &format!("/r/{token}"), flash, "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => shown_page(&req, token, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

pub(crate) async fn rate(req: Req, Path(token): Path<String>, form: Form) -> Answer {
    let verdict = form.choice::<Satisfaction>("verdict");
    answered(req, token, form, "case-rated", move |ctx, tx, id| {
        let verdict = verdict.map_err(|e| Problem::invalid(vec![e]))?;
        let verdict = verdict.ok_or_else(|| Problem::field("verdict", "required"))?;
        commands::rate(ctx, tx, id, verdict).map(drop)
    })
    .await
}

pub(crate) async fn contest(req: Req, Path(token): Path<String>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let why = form.text("reason").to_owned();
    answered(req, token, form, "case-contested", move |ctx, tx, id| {
        commands::contest(ctx, tx, &desk, id, &why).map(drop)
    })
    .await
}

/// A mail address for news, left later.
pub(crate) async fn contact(req: Req, Path(token): Path<String>, form: Form) -> Answer {
    let mail = form.text("mail").to_owned();
    answered(req, token, form, "case-followed", move |ctx, tx, id| {
        commands::leave_mail(ctx, tx, id, &mail).map(drop)
    })
    .await
}
