//! One page: how sending stands, its limits, a trial, and what was sent.

use crate::gateway::Gateway;
use crate::model::{Message, State};
use crate::policy::{Act, POLICY, require};
use crate::queries::{self, Filter};
use crate::settings::LIMITS;
use crate::{commands, forms};
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::problem::Problem;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::{Cursor, Params};
use web::{Access, Answer, Fail, Form, Req, Routes, Ui, export};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/admin/sms", Access::Action("sms-see"), list)
        .post("/admin/sms/limits", Access::Action("sms-edit"), save)
        .post("/admin/sms/trials", Access::Action("sms-try"), try_out)
}

#[derive(askama::Template)]
#[template(path = "sms/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    form: Filled,
    trial: Filled,
    on: bool,
    /// Where messages go; empty where this program was told of no gateway.
    place: String,
    /// Code, name and count of each state.
    day: Vec<(&'static str, String, i64)>,
    rows: Vec<Message>,
    next: Option<Cursor>,
    states: Vec<(String, String)>,
    may_edit: bool,
    may_try: bool,
}

impl ListPage {
    fn state(&self, message: &Message) -> String {
        name_of(&self.ui, message.state)
    }

    fn kind(&self, message: &Message) -> String {
        self.ui.named("sms-kind", &message.kind)
    }

    fn why(&self, message: &Message) -> String {
        why_in(&self.ui, message)
    }
}

fn name_of(ui: &Ui, state: State) -> String {
    ui.named("sms-state", state.code())
}

/// Codes of ours in words; a gateway's words as they came.
pub(crate) fn why_in(ui: &Ui, message: &Message) -> String {
    match message.why.as_str() {
        "number-limit" | "city-limit" | "off" | "no-gateway" | "no-template" => {
            ui.named("sms-why", &message.why)
        }
        words => words.to_owned(),
    }
}

/// Which of the two forms came back.
enum Refused {
    Limits(Filled),
    Trial(Filled),
}

async fn show(req: &Req, refused: Option<Refused>) -> Answer {
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(req)?;
    let after = Cursor::parse(params.get("after")).or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let found = queries::list(ctx, tx, filter, after)?;
        Ok((found, queries::of_a_day(tx)?, LIMITS.get(tx)?))
    });
    let (found, day, limits) = read.await.or_fail(req)?;
    let ui = req.ui();
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (form, trial) = match refused {
        Some(Refused::Limits(form)) => (form, Filled::new()),
        Some(Refused::Trial(trial)) => (forms::filled(&limits), trial),
        None => (forms::filled(&limits), Filled::new()),
    };
    let may = |act| POLICY.may(&req.ctx, act, &Standing::city());
    let view = ListPage {
        form,
        trial,
        on: limits.on,
        place: req.city.kept::<Gateway>().map(|g| g.place()).unwrap_or_default(),
        day: day.into_iter().map(|(state, n)| (state.code(), name_of(&ui, state), n)).collect(),
        rows: found.rows,
        next: found.next,
        states: <State as Named>::ALL.iter().map(|s| (s.code().to_owned(), name_of(&ui, *s))).collect(),
        may_edit: may(Act::Edit),
        may_try: may(Act::Try),
        params,
        ui,
    };
    page_with(req, status, &view)
}

async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    require(&req.ctx, Act::See).or_fail(&req)?;
    match export::kind(params.get("format")) {
        Some(kind) => exported(&req, kind, Filter::read(&params).or_fail(&req)?).await,
        None => show(&req, None).await,
    }
}

async fn exported(req: &Req, kind: sheets::FileKind, filter: Filter) -> Answer {
    let found = req.read(move |ctx, tx| queries::each(ctx, tx, filter, export::ROWS)).await.or_fail(req)?;
    let ui = req.ui();
    let column = |key: &str, of: Type| Column::new(ui.named("sms-column", key), of);
    let heads = [
        column("made-at", Type::DateTime),
        column("kind", Type::Text),
        column("about", Type::Text),
        column("phone", Type::Text),
        column("state", Type::Text),
        column("why", Type::Text).width(40.0),
        column("parts", Type::Int),
        column("gateway-id", Type::Text),
        column("settled-at", Type::DateTime),
    ];
    let cells = found.iter().map(|m| {
        vec![
            Cell::DateTime(m.made_at.to_civil()),
            Cell::Text(ui.named("sms-kind", &m.kind).into()),
            Cell::from(m.about.as_str()),
            Cell::Text(m.masked().into()),
            Cell::Text(name_of(&ui, m.state).into()),
            Cell::Text(why_in(&ui, m).into()),
            Cell::Int(m.parts),
            Cell::from(m.gateway_id.as_str()),
            m.settled_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
        ]
    });
    export::answer(req, kind, &ui.t("menu-sms"), &heads, cells)
}

async fn save(req: Req, form: Form) -> Answer {
    require(&req.ctx, Act::Edit).or_fail(&req)?;
    let sent = form.clone();
    match req.write(move |ctx, tx| commands::set_limits(ctx, tx, &forms::limits(&sent)?)).await {
        Ok(()) => Ok(redirect(&req, "/admin/sms", "sms-saved", "")),
        Err(problem) => refused(&req, &form, problem, Refused::Limits).await,
    }
}

async fn refused(req: &Req, form: &Form, problem: Problem, which: fn(Filled) -> Refused) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => show(req, Some(which(filled))).await,
        None => Err(Fail::of(req, problem)),
    }
}

async fn try_out(req: Req, form: Form) -> Answer {
    require(&req.ctx, Act::Try).or_fail(&req)?;
    let phone = form.text("phone").to_owned();
    match req.write(move |ctx, tx| commands::try_out(ctx, tx, &phone)).await {
        Ok(_) => Ok(redirect(&req, "/admin/sms", "sms-tried", "")),
        Err(problem) => refused(&req, &form, problem, Refused::Trial).await,
    }
}
