//! One request: who asks, what is held of them, and what may be done.

use super::keeps;
use crate::forms;
use crate::policy::POLICY;
use crate::requests::commands;
use crate::requests::model::{Kind, Request};
use crate::requests::queries::{self, Traces};
use crate::requests::workflow::{REQUEST, Step};
use ::store::audit::{self, HistoryLine};
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind as ColumnKind};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::parts::{Choice, Fact, Line};
use web::{Answer, Fail, Form, Path, Req, Ui, events, export};

#[derive(askama::Template)]
#[template(path = "keeping/request.html")]
struct RequestPage {
    ui: Ui,
    params: Params,
    form: Filled,
    request: Request,
    facts: Vec<Fact>,
    late: bool,
    traces: Vec<TraceGroup>,
    found: usize,
    may_go: usize,
    steps: Vec<Choice>,
    lines: Vec<Line>,
}

/// What was found of one kind.
struct TraceGroup {
    name: String,
    items: Vec<TraceLine>,
}

struct TraceLine {
    what: String,
    at: kernel::time::Instant,
    facts: Vec<(String, String)>,
    stays: String,
}

fn groups(ui: &Ui, traces: Traces) -> Vec<TraceGroup> {
    let line = |found: ::store::keep::Found| TraceLine {
        what: found.what,
        at: found.at,
        facts: found.facts.into_iter().map(|(name, value)| (ui.named("keep-fact", name), value)).collect(),
        stays: found.stays.map(|why| ui.named("keep-trace-stays", why)).unwrap_or_default(),
    };
    traces
        .into_iter()
        .filter(|(_, found)| !found.is_empty())
        .map(|(key, found)| TraceGroup {
            name: ui.named("keep-trace", key),
            items: found.into_iter().map(line).collect(),
        })
        .collect()
}

fn facts(ui: &Ui, request: &Request) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(ui.t("request-column-kind"), ui.named("request-kind", request.kind.code())),
        Fact::new(ui.t("request-column-state"), ui.named("personal-request-state", request.state.code())),
        Fact::new(ui.t("request-column-asked"), ui.date(&request.asked_on)),
        Fact::new(ui.t("request-column-due"), ui.date(&request.due_on)),
        Fact::new(ui.t("request-name"), request.name.as_str()),
        Fact::new(ui.t("request-phone"), request.phone.as_str()),
        Fact::new(ui.t("request-identity"), request.identity.as_str()),
        Fact::new(ui.t("request-wish"), request.wish.as_str()).wide(),
    ];
    if !request.answer.is_empty() {
        facts.push(Fact::new(ui.t("request-answer"), request.answer.as_str()).wide());
    }
    if let Some(count) = request.erased {
        facts.push(Fact::new(ui.t("request-column-erased"), ui.number(count)));
    }
    facts.into_iter().filter(|fact| !fact.value.is_empty()).collect()
}

fn icon(step: Step) -> &'static str {
    match step {
        Step::Answer => "send",
        Step::Refuse => "x",
        Step::Withdraw => "arrow-back-up",
        Step::Propose => "arrow-forward-up",
        Step::Erase => "trash",
        Step::Return => "arrow-left",
    }
}

/// Steps that the table allows, and this person may take.
fn steps(req: &Req, ui: &Ui, request: &Request) -> Vec<Choice> {
    let may = |step: Step| POLICY.may(&req.ctx, commands::act(step), &Standing::city());
    let fits = |step: Step| step != Step::Propose || request.kind == Kind::Erasure;
    let allowed = REQUEST.from(request.state).map(|row| row.name).filter(|step| may(*step) && fits(*step));
    let choice = |step: Step| Choice {
        value: step.code().to_owned(),
        text: ui.named("personal-request-move", step.code()),
        icon: icon(step),
    };
    allowed.map(choice).collect()
}

async fn show(req: &Req, number: String, filled: Option<Filled>) -> Answer {
    let (params, keeps) = (Params::parse(&req.query), keeps(req)?);
    let read = req.read(move |ctx, tx| {
        let (request, traces) = queries::full(ctx, tx, &keeps, &number)?;
        let history: Vec<HistoryLine> = audit::history(tx, request.id)?;
        Ok((request, traces, history))
    });
    let (request, traces, history) = read.await.or_fail(req)?;
    let ui = req.ui();
    let traces = groups(&ui, traces);
    if let Some(kind) = export::kind(params.get("format")) {
        return export_traces(req, &ui, kind, &request, &traces).await;
    }
    let items = || traces.iter().flat_map(|group| &group.items);
    let view = RequestPage {
        facts: facts(&ui, &request),
        late: request.is_late(req.ctx.now.date()),
        found: items().count(),
        may_go: items().filter(|item| item.stays.is_empty()).count(),
        steps: steps(req, &ui, &request),
        lines: events::lines(&ui, &history, |_| ("activity", "")),
        form: filled.clone().unwrap_or_default(),
        ui,
        params,
        request,
        traces,
    };
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(req, status, &view)
}

/// What is held, for whoever asks: that it was handed out stands in the log.
async fn export_traces(
    req: &Req,
    ui: &Ui,
    kind: sheets::FileKind,
    request: &Request,
    traces: &[TraceGroup],
) -> Answer {
    let number = request.number.clone();
    req.write(move |ctx, tx| commands::handed_out(ctx, tx, &number)).await.or_fail(req)?;
    let heads = ["request-trace-kind", "request-trace-what", "request-trace-fact", "request-trace-value"]
        .map(|key| Column::new(ui.t(key), ColumnKind::Text).width(24.0));
    let lines = traces.iter().flat_map(|group| {
        group.items.iter().flat_map(move |item| item.facts.iter().map(move |fact| (group, item, fact)))
    });
    let cells = lines.map(|(group, item, (name, value))| {
        vec![
            Cell::from(group.name.as_str()),
            Cell::from(item.what.as_str()),
            Cell::from(name.as_str()),
            Cell::from(value.as_str()),
        ]
    });
    export::answer(req, kind, &request.number, &heads, cells)
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, number, None).await
}

pub(super) async fn step(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (sent, of, keeps) = (form.clone(), number.clone(), keeps(&req)?);
    let done = req.write(move |ctx, tx| {
        // who may not see it at all is told that first
        queries::load_for(ctx, tx, crate::policy::Act::SeeRequests, &of)?;
        let (step, version) = forms::step(&sent)?;
        commands::step(ctx, tx, &keeps, &of, step, sent.text("words"), version)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/personal-requests/{number}"), "request-stepped", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, number, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
