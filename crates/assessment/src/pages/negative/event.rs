//! An event: what is known of it, what follows from it, and its decisions.

use super::effect;
use crate::negative::model::{EVENT, Entry, Event, State, Status, Step};
use crate::negative::{commands, forms, queries};
use crate::policy::{self, Act};
use crate::scheme::forms::refused;
use ::store::audit;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::parts::{self, Fact, Move};
use web::{Answer, Form, Path, Req, Ui, events};

#[derive(askama::Template)]
#[template(path = "assessment/negative/event.html")]
struct EventPage {
    ui: Ui,
    event: Event,
    mood: &'static str,
    state: String,
    facts: Vec<Fact>,
    effects: Vec<(String, String)>,
    moves: Vec<Move>,
    lines: Vec<parts::Line>,
    base: String,
    may_edit: bool,
}

fn base(event: &Event) -> String {
    format!("/assessment/negative/events/{}", event.number)
}

fn facts(ui: &Ui, event: &Event, entry: &Entry) -> Vec<Fact> {
    let fact =
        |key: &str, value: String| Fact { name: ui.named("negative-column", key), value, ..Fact::default() };
    let mut facts = vec![
        fact("entry", format!("{} {}", entry.code, entry.name)),
        fact("day", ui.date(&event.happened_on)),
        fact("months", ui.n("negative-months", entry.months)),
        fact("source", event.source.clone()),
    ];
    if !event.subject.is_empty() {
        facts.push(fact("subject", event.subject.clone()));
    }
    if let Some(day) = event.decided_on {
        facts.push(fact("decided", ui.date(&day)));
    }
    if !event.reason.is_empty() {
        facts.push(Fact { wide: true, ..fact("reason", event.reason.clone()) });
    }
    if !event.account.is_empty() {
        facts.push(Fact { wide: true, ..fact("account", event.account.as_str().to_owned()) });
    }
    facts
}

fn moves(ui: &Ui, event: &Event) -> Vec<Move> {
    if !policy::may(&ui.ctx, Act::DecideNegative) {
        return Vec::new();
    }
    let step = |step: Step| Move {
        text: ui.named("negative-step", step.code()),
        href: format!("{}/steps/{}", base(event), step.code()),
        icon: "",
        main: step == Step::Confirm,
    };
    EVENT.from(event.state).map(|row| step(row.name)).collect()
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let read = req.read(move |ctx, tx| {
        let (event, entry) = queries::event(ctx, tx, &number)?;
        let history = audit::history(tx, event.id)?;
        Ok((event, entry, history))
    });
    let (event, entry, history) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let named =
        |status: &Status| (ui.named("city-status", status.code()), effect(&ui, entry.effect(*status)));
    let view = EventPage {
        mood: event.state.mood(),
        state: ui.named("negative-state", event.state.code()),
        facts: facts(&ui, &event, &entry),
        effects: Status::ALL.iter().map(named).collect(),
        moves: moves(&ui, &event),
        lines: events::lines(&ui, &history, events::plain),
        base: base(&event),
        may_edit: event.state == State::Reported && policy::may(&req.ctx, Act::EditNegative),
        event,
        ui,
    };
    page(&req, &view)
}

#[derive(askama::Template)]
#[template(path = "assessment/negative/event_form.html")]
struct EventForm {
    ui: Ui,
    form: Filled,
    title: String,
    action: String,
    back: String,
    entries: Vec<(String, String)>,
}

async fn show(req: &Req, number: Option<String>, filled: Option<Filled>) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let read = req.read(move |ctx, tx| {
        let known = number.map(|number| queries::event(ctx, tx, &number)).transpose()?;
        Ok((queries::entries(ctx, tx)?, known))
    });
    let (entries, known) = read.await.or_fail(req)?;
    let ui = req.ui();
    let of = known.as_ref().map(|(event, _)| base(event));
    let offered = |entry: &&Entry| !entry.retired || known.as_ref().is_some_and(|(_, e)| e.id == entry.id);
    let blank =
        || known.as_ref().map_or_else(Filled::new, |(event, entry)| forms::filled_event(event, entry));
    let view = EventForm {
        form: filled.unwrap_or_else(blank),
        title: known.as_ref().map_or_else(|| ui.t("negative-new"), |(event, _)| event.title.clone()),
        action: of.as_ref().map_or_else(|| "/assessment/negative/new".to_owned(), |of| format!("{of}/edit")),
        back: of.unwrap_or_else(|| "/assessment/negative".to_owned()),
        entries: entries
            .iter()
            .filter(offered)
            .map(|e| (e.code.clone(), format!("{} {}", e.code, e.name)))
            .collect(),
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn new(req: Req) -> Answer {
    show(&req, None, None).await
}

pub(super) async fn edit(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, Some(number), None).await
}

pub(super) async fn make(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(&req)?;
    let sent = form.clone();
    match req.write(move |ctx, tx| commands::report(ctx, tx, forms::event(&sent)?)).await {
        Ok(event) => Ok(redirect(&req, &base(&event), "negative-reported", &event.number)),
        Err(problem) => {
            let filled = refused(&req, &form, problem)?;
            show(&req, None, Some(filled)).await
        }
    }
}

pub(super) async fn save(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditNegative).or_fail(&req)?;
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        let version = sent.number("version").map_err(|e| Problem::invalid(vec![e]))?;
        commands::rewrite(ctx, tx, &of, forms::event(&sent)?, version)
    });
    match done.await {
        Ok(event) => Ok(redirect(&req, &base(&event), "negative-saved", &event.number)),
        Err(problem) => {
            let filled = refused(&req, &form, problem)?;
            show(&req, Some(number), Some(filled)).await
        }
    }
}

#[derive(askama::Template)]
#[template(path = "assessment/negative/step.html")]
struct StepPage {
    ui: Ui,
    event: Event,
    base: String,
    form: Filled,
    step: &'static str,
    asks_reason: bool,
}

async fn ask(req: &Req, number: String, step: &str, filled: Option<Filled>) -> Answer {
    policy::require(&req.ctx, Act::DecideNegative).or_fail(req)?;
    let step = Step::parse(step).ok_or_else(Problem::not_found).or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let (event, _) = queries::event(ctx, tx, &number)?;
        EVENT.step(event.state, step)?;
        Ok(event)
    });
    let event = read.await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = StepPage {
        ui: req.ui(),
        base: base(&event),
        form: filled.unwrap_or_default(),
        step: step.code(),
        asks_reason: matches!(step, Step::Dismiss | Step::Lift),
        event,
    };
    page_with(req, status, &view)
}

pub(super) async fn step(req: Req, Path((number, step)): Path<(String, String)>) -> Answer {
    ask(&req, number, &step, None).await
}

pub(super) async fn run(req: Req, Path((number, step)): Path<(String, String)>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::DecideNegative).or_fail(&req)?;
    let way = Step::parse(&step).ok_or_else(Problem::not_found).or_fail(&req)?;
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        let version = sent.number("version").map_err(|e| Problem::invalid(vec![e]))?;
        commands::decide(ctx, tx, &of, way, sent.text("step_reason"), version)
    });
    match done.await {
        Ok(event) => {
            let state = req.ui().named("negative-state", event.state.code());
            Ok(redirect(&req, &base(&event), "negative-decided", &state))
        }
        Err(problem) => {
            let filled = refused(&req, &form, problem)?;
            ask(&req, number, &step, Some(filled)).await
        }
    }
}
