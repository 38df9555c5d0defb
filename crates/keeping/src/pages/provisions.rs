//! The register of what is given to others, and a new entry.

use crate::forms;
use crate::policy::{Act, POLICY};
use crate::provisions::model::{Basis, Kind, Provision};
use crate::provisions::{commands, queries};
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::problem::Problem;
use kernel::time::Date;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind as ColumnKind};
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::parts::Choice;
use web::{Answer, Fail, Form, Req, Ui, export};

const PAGE: usize = 50;

#[derive(askama::Template)]
#[template(path = "keeping/provisions.html")]
struct ProvisionsPage {
    ui: Ui,
    params: Params,
    open: bool,
    rows: Vec<Provision>,
    next: Option<String>,
    today: Date,
    may_propose: bool,
}

pub(super) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let open = params.get("state") != "ended";
    let kind = export::kind(params.get("format"));
    let before = match params.get("after") {
        "" => i64::MAX,
        text => text.parse().map_err(|_| Problem::not_found()).or_fail(&req)?,
    };
    let limit = i64::try_from(if kind.is_some() { export::ROWS } else { PAGE + 1 }).unwrap_or(i64::MAX);
    let mut rows =
        req.read(move |ctx, tx| queries::list(ctx, tx, open, before, limit)).await.or_fail(&req)?;
    let ui = req.ui();
    if let Some(kind) = kind {
        return export_list(&req, &ui, kind, &rows);
    }
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|provision| provision.id.raw().to_string());
    let may_propose = POLICY.may(&req.ctx, Act::ProposeProvisions, &Standing::city());
    let today = req.ctx.now.date();
    page(&req, &ProvisionsPage { ui, params, open, rows, next, today, may_propose })
}

/// Everything but whom to call there.
fn export_list(req: &Req, ui: &Ui, kind: sheets::FileKind, rows: &[Provision]) -> Answer {
    let text = |key: &str| Column::new(ui.named("provision-column", key), ColumnKind::Text);
    let day = |key: &str| Column::new(ui.named("provision-column", key), ColumnKind::Date);
    let heads = [
        text("number").width(18.0),
        text("kind"),
        text("state"),
        text("receiver").width(30.0),
        text("credit-code").width(22.0),
        text("purpose").width(40.0),
        text("data").width(40.0),
        Column::new(ui.named("provision-column", "people"), ColumnKind::Int),
        text("sensitive"),
        text("children"),
        text("basis"),
        text("document").width(24.0),
        text("assessment").width(24.0),
        text("way").width(24.0),
        text("safeguards").width(40.0),
        day("from"),
        day("until"),
        text("proposed-by"),
        text("decided-by"),
        text("outcome").width(40.0),
    ];
    let yes = |is: bool| Cell::Text(ui.t(if is { "provision-yes" } else { "provision-no" }).into());
    let cells = rows.iter().map(|of| {
        vec![
            Cell::from(of.number.as_str()),
            Cell::Text(ui.named("provision-kind", of.kind.code()).into()),
            Cell::Text(ui.named("provision-state", of.state.code()).into()),
            Cell::from(of.receiver.as_str()),
            Cell::from(of.credit_code.as_str()),
            Cell::from(of.purpose.as_str()),
            Cell::from(of.data.as_str()),
            Cell::Int(of.people),
            yes(of.sensitive),
            yes(of.children),
            Cell::Text(ui.named("provision-basis", of.basis.code()).into()),
            Cell::from(of.document.as_str()),
            Cell::from(of.assessment.as_str()),
            Cell::from(of.way.as_str()),
            Cell::from(of.safeguards.as_str()),
            Cell::Date(of.from_date),
            Cell::Date(of.until_date),
            Cell::from(of.proposed_by.as_str()),
            Cell::from(of.decided_by.as_str()),
            Cell::from(of.outcome.as_str()),
        ]
    });
    export::answer(req, kind, &ui.t("provisions-title"), &heads, cells)
}

#[derive(askama::Template)]
#[template(path = "keeping/provision_new.html")]
struct NewPage {
    ui: Ui,
    form: Filled,
    kinds: Vec<Choice>,
    bases: Vec<(String, String)>,
}

fn show_new(req: &Req, filled: Option<Filled>) -> Answer {
    POLICY.require(&req.ctx, Act::ProposeProvisions, &Standing::city(), true).or_fail(req)?;
    let ui = req.ui();
    let choice = |(kind, icon): (Kind, &'static str)| Choice {
        value: kind.code().to_owned(),
        text: ui.named("provision-kind", kind.code()),
        icon,
    };
    let kinds = [(Kind::Provide, "arrow-forward-up"), (Kind::Entrust, "building")].map(choice).to_vec();
    let bases = Basis::ALL.iter().map(|b| (b.code().to_owned(), ui.named("provision-basis", b.code())));
    let bases = bases.collect();
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = filled.unwrap_or_else(|| Filled::new().set("from_date", req.ctx.now.date()));
    page_with(req, status, &NewPage { ui, form, kinds, bases })
}

pub(super) async fn new(req: Req) -> Answer {
    show_new(&req, None)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    let sent = form.clone();
    let done = req.write(move |ctx, tx| {
        POLICY.require(ctx, Act::ProposeProvisions, &Standing::city(), true)?;
        commands::propose(ctx, tx, forms::provision(&sent)?)
    });
    match done.await {
        Ok(made) => {
            let to = format!("/personal-provisions/{}", made.number);
            Ok(redirect(&req, &to, "provision-proposed", &made.number))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_new(&req, Some(filled)),
            None => Err(Fail::of(&req, problem)),
        },
    }
}
