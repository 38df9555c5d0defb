//! 自查: the report as it is now, its switches, the filing, and what was kept.

use crate::policy::{Act, POLICY, require};
use crate::self_check::filing::{self, FILING};
use crate::self_check::{Kept, Report, Status, keep, kept, look, paper};
use crate::store as rows;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use kernel::policy::Standing;
use kernel::problem::{Findings, Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use papers::Format;
use sheets::{Cell, Column, Kind};
use web::error::{Answer, OrFail, page_with, redirect};
use web::evidence::Evidence;
use web::form::Filled;
use web::list::Params;
use web::{Fail, Form, Path, Req, Ui, export};

/// Kept self-checks that the page names.
const KEPT: i64 = 24;
const HOME: &str = "/admin/self-check";

#[derive(askama::Template)]
#[template(path = "self_check.html")]
struct SelfCheck {
    ui: Ui,
    params: Params,
    lines: Vec<Shown>,
    counts: Vec<(String, &'static str, usize)>,
    form: Filled,
    kept: Vec<Kept>,
    /// The one that is shown instead of what is now.
    of: Option<Kept>,
    today: Date,
    may_turn: bool,
    may_keep: bool,
}

/// A duty as the page shows it.
struct Shown {
    duty: String,
    status: String,
    mood: &'static str,
    attention: bool,
    evidence: Vec<(Evidence, String)>,
    switches: Vec<(String, bool, String)>,
}

fn shown(ui: &Ui, report: &Report) -> Vec<Shown> {
    let one = |line: &crate::self_check::Line| Shown {
        status: ui.named("self-check-status", line.status().code()),
        mood: line.status().mood(),
        attention: line.status() == Status::Attention,
        evidence: line.evidence.iter().map(|e| (e.clone(), e.sentence(ui))).collect(),
        switches: line
            .switches
            .iter()
            .map(|s| (s.code.clone(), s.on, crate::self_check::switch_text(ui, s)))
            .collect(),
        duty: line.duty.clone(),
    };
    report.lines.iter().map(one).collect()
}

fn counts(ui: &Ui, report: &Report) -> Vec<(String, &'static str, usize)> {
    Status::ALL
        .iter()
        .map(|s| (ui.named("self-check-status", s.code()), s.mood(), report.count(*s)))
        .collect()
}

async fn show(req: &Req, status: StatusCode, again: Option<Filled>) -> Answer {
    let app = req.app.clone();
    let read = req.read(move |ctx, tx| {
        Ok((look(&app, ctx, tx)?, FILING.get(tx)?, rows::self_checks(tx, i64::MAX, KEPT)?))
    });
    let (report, filing, kept) = read.await.or_fail(req)?;
    let ui = req.ui();
    let params = Params::parse(&req.query);
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(req, &ui, kind, &report);
    }
    let form = again.unwrap_or_else(|| {
        Filled::new()
            .set("filing_number", &filing.number)
            .set("filing_day", filing.day.map(|d| d.to_string()).unwrap_or_default())
            .set("filing_office", &filing.office)
    });
    let view = SelfCheck {
        lines: shown(&ui, &report),
        counts: counts(&ui, &report),
        may_turn: POLICY.may(&req.ctx, Act::TurnSwitch, &Standing::city()),
        may_keep: POLICY.may(&req.ctx, Act::KeepCheck, &Standing::city()),
        today: req.ctx.now.date(),
        of: None,
        form,
        kept,
        params,
        ui,
    };
    page_with(req, status, &view)
}

pub(crate) async fn page(req: Req) -> Answer {
    show(&req, StatusCode::OK, None).await
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, report: &Report) -> Answer {
    let heads = ["duty", "source", "how", "status", "evidence", "switches", "todo"]
        .map(|key| Column::new(ui.named("self-check", key), Kind::Text).width(30.0));
    let rows = shown(ui, report).into_iter().map(|line| {
        let duty = format!("duty-{}", line.duty);
        let evidence: Vec<String> = line.evidence.into_iter().map(|(_, text)| text).collect();
        let switches = line
            .switches
            .iter()
            .map(|(code, _, text)| format!("{}{}{text}", ui.named("switch", code), ui.t("form-colon")));
        vec![
            Cell::from(ui.t(&duty)),
            Cell::from(ui.attribute(&duty, "source")),
            Cell::from(ui.attribute(&duty, "how")),
            Cell::from(line.status),
            Cell::from(evidence.join("\n")),
            Cell::from(switches.collect::<Vec<_>>().join("\n")),
            Cell::from(if line.attention { ui.attribute(&duty, "todo") } else { String::new() }),
        ]
    });
    export::answer(req, kind, &ui.t("menu-self-check"), &heads, rows)
}

/// Turns a switch: on needs a reason and an end, off needs nothing.
pub(crate) async fn turn(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let app = req.app.clone();
    let (on, sent) = (form.ticked("on"), form.clone());
    let outcome = req.write(move |ctx, tx| {
        require(ctx, Act::TurnSwitch)?;
        let switch = app.features().iter().flat_map(|f| f.switches).find(|s| s.code == code);
        let switch = switch.ok_or_else(Problem::not_found)?;
        if !on {
            return switch.turn_off(tx, ctx);
        }
        let mut findings = Findings::default();
        let reason = findings.take(sent.required("reason", 300)).unwrap_or_default();
        let until = findings.take(sent.date("until")).flatten();
        findings.check(until.is_some_and(|d| d >= ctx.now.date()), "until", "not-a-date");
        findings.done()?;
        switch.turn_on(tx, ctx, &reason, until.unwrap_or_else(|| ctx.now.date()))
    });
    answered(&req, outcome.await, &form, "switch-turned").await
}

/// What a form led to: the page with a word, or the form with its faults.
async fn answered(req: &Req, outcome: Result<()>, form: &Form, done: &str) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect(req, HOME, done, "")),
        Err(problem) => match Filled::refused(form, &problem) {
            Some(filled) => show(req, StatusCode::UNPROCESSABLE_ENTITY, Some(filled)).await,
            None => Err(Fail::of(req, problem)),
        },
    }
}

pub(crate) async fn file(req: Req, form: Form) -> Answer {
    let sent = form.clone();
    let outcome = req.write(move |ctx, tx| filing::enter(ctx, tx, &sent)).await;
    answered(&req, outcome, &form, "filing-entered").await
}

/// Keeps what is found now.
pub(crate) async fn record(req: Req, _: Form) -> Answer {
    let (app, ui) = (req.app.clone(), req.ui());
    let work = req.write(move |ctx, tx| keep(&app, ctx, tx, |report| paper(&ui, report)));
    let kept = work.await.or_fail(&req)?;
    Ok(redirect(&req, &format!("{HOME}/records/{}", kept.number), "self-check-kept", ""))
}

async fn load(req: &Req, text: &str) -> Answer<Kept> {
    let number: i64 = text.parse().map_err(|_| Problem::not_found()).or_fail(req)?;
    req.read(move |ctx, tx| kept(ctx, tx, number)).await.or_fail(req)
}

pub(crate) async fn record_page(req: Req, Path(number): Path<String>) -> Answer {
    let kept = load(&req, &number).await?;
    let ui = req.ui();
    let view = SelfCheck {
        lines: shown(&ui, &kept.report.0),
        counts: counts(&ui, &kept.report.0),
        form: Filled::new(),
        kept: Vec::new(),
        of: Some(kept),
        today: req.ctx.now.date(),
        may_turn: false,
        may_keep: false,
        params: Params::parse(""),
        ui,
    };
    page_with(&req, StatusCode::OK, &view)
}

pub(crate) async fn pdf(req: Req, Path(number): Path<String>) -> Answer {
    file_of(req, number, Format::Pdf).await
}

pub(crate) async fn docx(req: Req, Path(number): Path<String>) -> Answer {
    file_of(req, number, Format::Docx).await
}

async fn file_of(req: Req, number: String, format: Format) -> Answer {
    let kept = load(&req, &number).await?;
    let name = kept.file_name(&req.ui());
    let document = kept.document.0;
    let make = move || {
        papers::render(&document, format).map_err(|e| match e {
            papers::Error::NoFont(places) => Problem::new(503, "no-font").arg("places", places),
            other => Problem::internal(other),
        })
    };
    // it takes milliseconds: not on the async threads
    let made = tokio::task::spawn_blocking(make).await.map_err(Problem::internal);
    let bytes = made.and_then(|made| made).or_fail(&req)?;
    let file = web::ui::encode(&format!("{name}.{}", format.extension()));
    let plain =
        format!("attachment; filename=\"self-check.{}\"; filename*=UTF-8''{file}", format.extension());
    let disposition =
        HeaderValue::from_str(&plain).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let fixed = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    Ok((fixed, bytes).into_response())
}
