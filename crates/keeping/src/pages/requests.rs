//! The register of requests, and a new one.

use crate::forms;
use crate::policy::{Act, POLICY};
use crate::requests::model::{Kind, Request};
use crate::requests::{commands, queries};
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::problem::Problem;
use kernel::time::Date;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind as ColumnKind};
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Req, Ui, export};

const PAGE: usize = 50;

#[derive(askama::Template)]
#[template(path = "keeping/requests.html")]
struct RequestsPage {
    ui: Ui,
    params: Params,
    open: bool,
    rows: Vec<Request>,
    next: Option<String>,
    today: Date,
    may_record: bool,
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
    let next = rows.last().filter(|_| more).map(|request| request.id.raw().to_string());
    let may_record = POLICY.may(&req.ctx, Act::RecordRequests, &Standing::city());
    let today = req.ctx.now.date();
    page(&req, &RequestsPage { ui, params, open, rows, next, today, may_record })
}

/// Without who asked and what: the register is shown to whoever checks that requests are answered in time.
fn export_list(req: &Req, ui: &Ui, kind: sheets::FileKind, rows: &[Request]) -> Answer {
    let heads = [
        Column::new(ui.t("request-column-number"), ColumnKind::Text).width(18.0),
        Column::new(ui.t("request-column-kind"), ColumnKind::Text),
        Column::new(ui.t("request-column-state"), ColumnKind::Text),
        Column::new(ui.t("request-column-asked"), ColumnKind::Date),
        Column::new(ui.t("request-column-due"), ColumnKind::Date),
        Column::new(ui.t("request-column-ended"), ColumnKind::DateTime),
        Column::new(ui.t("request-column-erased"), ColumnKind::Int),
    ];
    let cells = rows.iter().map(|request| {
        vec![
            Cell::from(request.number.as_str()),
            Cell::Text(ui.named("request-kind", request.kind.code()).into()),
            Cell::Text(ui.named("personal-request-state", request.state.code()).into()),
            Cell::Date(request.asked_on),
            Cell::Date(request.due_on),
            request.ended_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
            request.erased.map_or(Cell::Empty, Cell::Int),
        ]
    });
    export::answer(req, kind, &ui.t("requests-title"), &heads, cells)
}

#[derive(askama::Template)]
#[template(path = "keeping/request_new.html")]
struct NewPage {
    ui: Ui,
    form: Filled,
    kinds: Vec<web::parts::Choice>,
}

fn show_new(req: &Req, filled: Option<Filled>) -> Answer {
    POLICY.require(&req.ctx, Act::RecordRequests, &Standing::city(), true).or_fail(req)?;
    let ui = req.ui();
    let icon = |kind| match kind {
        Kind::Access => "eye",
        Kind::Correction => "pencil",
        Kind::Erasure => "trash",
    };
    let kinds = Kind::ALL.iter().map(|kind| web::parts::Choice {
        value: kind.code().to_owned(),
        text: ui.named("request-kind", kind.code()),
        icon: icon(*kind),
    });
    let kinds = kinds.collect();
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = filled.unwrap_or_else(|| Filled::new().set("asked_on", req.ctx.now.date()));
    page_with(req, status, &NewPage { ui, form, kinds })
}

pub(super) async fn new(req: Req) -> Answer {
    show_new(&req, None)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    let (sent, calendar) = (form.clone(), req.city.calendar());
    let done = req.write(move |ctx, tx| {
        POLICY.require(ctx, Act::RecordRequests, &Standing::city(), true)?;
        commands::record(ctx, tx, &calendar, &forms::request(&sent)?)
    });
    match done.await {
        Ok(request) => Ok(redirect(
            &req,
            &format!("/personal-requests/{}", request.number),
            "request-recorded",
            &request.number,
        )),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_new(&req, Some(filled)),
            None => Err(Fail::of(&req, problem)),
        },
    }
}
