//! One scan with its picture: what the program saw, and what a person can do about it.

use super::state;
use crate::model::{Fault, Scan, ScanState, Wants};
use crate::policy::{self, Act};
use crate::queries::{self, ScanLine};
use crate::{commands, forms, show};
use ::store::Tx;
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::Fact;
use web::{Answer, Fail, Form, Path, Req, Ui};

/// A box and what was measured.
struct Row {
    name: String,
    tick: String,
    mood: &'static str,
    ink: String,
}

#[derive(askama::Template)]
#[template(path = "paper/scan.html")]
struct ScanPage {
    ui: Ui,
    line: ScanLine,
    form: Filled,
    state: String,
    fault: String,
    /// What to do about the fault.
    advice: String,
    facts: Vec<Fact>,
    boxes: Vec<Row>,
    kinds: Vec<(String, String)>,
    may_repair: bool,
    may_read: bool,
    may_type: bool,
}

impl ScanPage {
    fn picture(&self) -> String {
        picture(&self.line.scan)
    }
}

/// The address of a picture, which is another after it was turned.
pub(super) fn picture(scan: &Scan) -> String {
    format!("/paper/scans/{}/picture?turn={}", scan.number, scan.turn)
}

pub(super) fn fact(name: String, value: String, href: String) -> Fact {
    Fact { name, value, href, ..Fact::default() }
}

fn facts(ui: &Ui, line: &ScanLine) -> Vec<Fact> {
    let scan = &line.scan;
    let name = |key: &str| ui.named("paper-column", key);
    let mut facts = vec![
        fact(name("received-at"), ui.time(&scan.received_at), String::new()),
        fact(name("door"), ui.named("paper-door", scan.door.code()), String::new()),
    ];
    if !scan.brought_by.is_empty() {
        facts.push(fact(name("brought-by"), scan.brought_by.clone(), String::new()));
    }
    if !line.sheet.is_empty() {
        facts.push(fact(name("sheet"), line.sheet.clone(), String::new()));
    }
    if !line.case.is_empty() {
        facts.push(fact(name("case"), line.case.clone(), format!("/cases/{}", line.case)));
    }
    if scan.wants != Wants::Unclear {
        facts.push(fact(name("wants"), ui.named("paper-wants", scan.wants.code()), String::new()));
    }
    if !scan.done_by.is_empty() {
        facts.push(fact(name("done-by"), scan.done_by.clone(), String::new()));
    }
    if !scan.reason.is_empty() {
        facts.push(fact(name("reason"), scan.reason.as_str().to_owned(), String::new()));
    }
    facts
}

fn boxes(ui: &Ui, tx: &mut Tx<'_>, scan: &Scan) -> Result<Vec<Row>> {
    let seen = scan.reading().boxes;
    let Some(batch) = queries::batch_of(tx, scan)?.filter(|_| !seen.is_empty()) else {
        return Ok(Vec::new());
    };
    let names = batch.kinds().into_iter().map(|kind| kind.name);
    let answers = [Wants::Call, Wants::Nothing].map(|w| ui.named("paper-wants", w.code()));
    let row = |(name, seen): (String, crate::model::Seen)| Row {
        name,
        mood: match seen.tick.as_str() {
            "ticked" => "active",
            "unsure" => "late",
            _ => "",
        },
        tick: ui.named("paper-tick", &seen.tick),
        ink: ui.percent(seen.ink, 10_000),
    };
    Ok(names.chain(answers).zip(seen).map(row).collect())
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, None, StatusCode::OK).await
}

async fn show_with(req: &Req, number: String, form: Option<Filled>, status: StatusCode) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(req)?;
    let desk = cases::desk::Desk::of(&req.city).await.or_fail(req)?;
    let ui = req.ui();
    let texts = ui.clone();
    let read = req.read(move |ctx, tx| {
        let line = queries::scan(ctx, tx, &number)?;
        let boxes = boxes(&texts, tx, &line.scan)?;
        Ok((line, boxes))
    });
    let (line, boxes) = read.await.or_fail(req)?;
    let scan = &line.scan;
    let fault = show::fault(&ui, scan.fault);
    let advice =
        scan.fault.map_or_else(String::new, |f| ui.attribute(&format!("paper-fault-{}", f.code()), "todo"));
    let repairs = scan.state == ScanState::Repair && policy::may(&req.ctx, Act::Repair);
    // a sheet that came back before, or is void, is not filled in for whoever looks
    let offered = !matches!(scan.fault, Some(Fault::Used | Fault::Void));
    let blank = Filled::new().set("sheet", if offered { line.sheet.as_str() } else { "" });
    let view = ScanPage {
        form: form.unwrap_or(blank),
        state: state(&ui, scan.state),
        fault,
        advice,
        facts: facts(&ui, &line),
        boxes,
        kinds: show::choices(&desk.catalogue),
        may_repair: repairs,
        may_read: repairs && scan.fault != Some(Fault::NoPicture),
        may_type: scan.state == ScanState::Desk && policy::may(&req.ctx, Act::Type),
        line,
        ui,
    };
    page_with(req, status, &view)
}

/// Back to the form with what was wrong, or the page of the problem.
async fn refused(req: &Req, number: String, form: &Form, problem: Problem) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => show_with(req, number, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await,
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn assign(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let desk = cases::desk::Desk::of(&req.city).await.or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let (of, with) = (number.clone(), forms::assign(&form));
    let write = req.write(move |ctx, tx| commands::assign(ctx, tx, (&desk, &index), (&of, version), &with));
    match write.await {
        Ok(()) => Ok(redirect(&req, &format!("/paper/desk/{number}"), "paper-assigned", "")),
        Err(problem) => refused(&req, number, &form, problem).await,
    }
}

/// A move that only needs to know which scan, as it was seen.
async fn moved(
    req: Req,
    number: String,
    form: Form,
    (to, flash): (String, &'static str),
    deed: impl FnOnce(&Ctx, &mut Tx<'_>, (&str, i64)) -> Result<()> + Send + 'static,
) -> Answer {
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let of = number.clone();
    match req.write(move |ctx, tx| deed(ctx, tx, (&of, version))).await {
        Ok(()) => Ok(redirect(&req, &to, flash, "")),
        Err(problem) => refused(&req, number, &form, problem).await,
    }
}

pub(super) async fn turn(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let to = format!("/paper/scans/{number}");
    moved(req, number, form, (to, ""), commands::turn).await
}

pub(super) async fn read_again(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let to = format!("/paper/scans/{number}");
    moved(req, number, form, (to, "paper-again"), commands::read_again).await
}

pub(super) async fn refuse(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let why = form.text("reason").to_owned();
    let to = ("/paper/scans?state=repair".to_owned(), "paper-refused");
    moved(req, number, form, to, move |ctx, tx, of| commands::refuse(ctx, tx, of, &why)).await
}
