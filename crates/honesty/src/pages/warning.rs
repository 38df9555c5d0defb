//! One warning: both pictures side by side, the figures, and what a person says of it.

use crate::model::{State, Warning};
use crate::queries::{self, Full};
use crate::{commands, words};
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::{Choice, Fact, Line, Photo};
use web::{Answer, Fail, Form, Path, Req, Ui, events};

#[derive(askama::Template)]
#[template(path = "honesty/warning.html")]
struct WarningPage {
    ui: Ui,
    form: Filled,
    warning: Warning,
    kind: String,
    sentence: String,
    /// Why honest pictures give the same warning.
    innocent: String,
    state: String,
    this: Option<Photo>,
    earlier: Option<Photo>,
    /// There is an earlier picture, and it is not theirs to see.
    earlier_hidden: bool,
    facts: Vec<Fact>,
    figures: Vec<Fact>,
    verdicts: Vec<Choice>,
    may_decide: bool,
    lines: Vec<Line>,
}

fn verdicts(ui: &Ui) -> Vec<Choice> {
    [(State::Confirmed, "alert-triangle"), (State::FalseAlarm, "check")]
        .into_iter()
        .map(|(state, icon)| Choice {
            value: state.code().to_owned(),
            text: ui.named("honesty-state", state.code()),
            icon,
        })
        .collect()
}

fn view(req: &Req, full: &Full, form: Filled) -> WarningPage {
    let ui = req.ui();
    let warning = full.warning.clone();
    let this = full.photo.as_ref().and_then(|side| words::photo(&ui, side, "honesty-this"));
    let earlier = full.other.as_ref().and_then(|side| words::photo(&ui, side, "honesty-earlier"));
    let other = full.other.as_ref().and_then(|side| side.case.as_ref());
    let mut facts = vec![
        Fact::new(ui.t("honesty-column-case"), warning.case_number.clone())
            .link(format!("/cases/{}", warning.case_number)),
        Fact::new(ui.t("honesty-column-unit"), full.unit.clone()),
    ];
    if let Some(other) = other.filter(|other| other.id != warning.case_id) {
        facts.push(
            Fact::new(ui.t("honesty-other-case"), format!("{} {}", other.number, other.title))
                .link(format!("/cases/{}", other.number)),
        );
    }
    facts.push(Fact::new(ui.t("honesty-column-at"), ui.time(&warning.created_at)));
    let look = |verb: &str| (if verb == "honesty.warned" { "alert-triangle" } else { "pencil" }, "");
    WarningPage {
        kind: words::kind(&ui, warning.kind),
        sentence: words::sentence(&ui, warning.kind, &warning.figures.0),
        innocent: ui.t(format!("honesty-innocent-{}", warning.kind.code())),
        state: words::state(&ui, &warning),
        figures: words::facts(&ui, &warning.figures.0),
        verdicts: verdicts(&ui),
        may_decide: full.may_decide,
        earlier_hidden: warning.other().is_some() && earlier.is_none(),
        lines: events::lines(&ui, &full.history, look),
        this,
        earlier,
        facts,
        form,
        warning,
        ui,
    }
}

async fn show(req: &Req, number: String, filled: Option<Filled>) -> Answer {
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &number)).await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(req, status, &view(req, &full, filled.unwrap_or_default()))
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, number, None).await
}

pub(super) async fn decide(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        let state = sent.choice::<State>("verdict").map_err(|e| Problem::invalid(vec![e]))?;
        let state = state.ok_or_else(|| Problem::field("verdict", "required"));
        let version = sent.number::<i64>("version").map_err(|e| Problem::invalid(vec![e]))?;
        // who may not do it at all is told that first
        queries::load_for(ctx, tx, crate::policy::Act::Decide, &of)?;
        commands::decide(ctx, tx, &of, state?, sent.text("reason"), version)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/photo-checks/{number}"), "honesty-decided", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, number, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
