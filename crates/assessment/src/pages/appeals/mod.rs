//! Appeals: the list, and one with its answer.

mod file;
mod terms;

use crate::appeals::commands::{self, Answer as Answered};
use crate::appeals::effects::{alike, moved};
use crate::appeals::model::{Appeal, State, Step};
use crate::appeals::queries;
use crate::policy::{self, Act};
use crate::rounds::change::Moved;
use crate::rounds::model::Round;
use crate::rounds::worked::{Worked, worked};
use crate::show;
use ::store::audit::{self, HistoryLine};
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use std::sync::Arc;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::parts::{self, Fact};
use web::{Access, Answer, Fail, Form, Path, Req, Routes, Ui, events, export};

pub(super) fn routes() -> Routes {
    let own = Access::Action("assessment-see-own");
    let (file, answer) = (Access::Action("assessment-appeal"), Access::Action("assessment-answer"));
    Routes::new()
        .get("/assessment/appeals", own, list)
        .get("/assessment/appeals/terms", answer, terms::terms)
        .post("/assessment/appeals/terms", answer, terms::set_terms)
        .get("/assessment/appeals/{number}", own, page_of)
        .post("/assessment/appeals/{number}/answer", answer, run)
        .post("/assessment/appeals/{number}/reopening", answer, reopen)
        .post("/assessment/appeals/{number}/withdrawal", file, withdraw)
        .get("/assessment/rounds/{number}/rows/{row}/appeal", file, file::new)
        .post("/assessment/rounds/{number}/rows/{row}/appeal", file, file::make)
}

#[derive(askama::Template)]
#[template(path = "assessment/appeals/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Line>,
    next: Option<Cursor>,
    states: Vec<(String, String)>,
    may_answer: bool,
}

struct Line {
    number: String,
    unit: String,
    grounds: String,
    mood: &'static str,
    state: String,
    filed: String,
    due: String,
    late: bool,
}

fn line(ui: &Ui, of: &Appeal) -> Line {
    Line {
        number: of.number.clone(),
        unit: of.unit_name.clone(),
        grounds: of.grounds.clone(),
        mood: of.state.mood(),
        state: ui.named("appeal-state", of.state.code()),
        filed: ui.date(&of.filed_at.date()),
        due: ui.date(&of.due_on),
        late: of.state == State::Open && of.due_on < ui.ctx.now.date(),
    }
}

/// The state that the query asks for.
pub(crate) fn wanted(params: &Params) -> Result<Option<State>> {
    match params.get("state") {
        "" => Ok(None),
        code => Ok(Some(State::parse(code).ok_or_else(|| Problem::field("state", "not-a-choice"))?)),
    }
}

async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let state = wanted(&params).or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, state).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let found =
        req.read(move |ctx, tx| queries::list(ctx, tx, state, after, PAGE_SIZE)).await.or_fail(&req)?;
    let ui = req.ui();
    let view = ListPage {
        rows: found.rows.iter().map(|of| line(&ui, of)).collect(),
        next: found.next,
        states: State::ALL
            .iter()
            .map(|s| (s.code().to_owned(), ui.named("appeal-state", s.code())))
            .collect(),
        may_answer: policy::may(&req.ctx, Act::Answer),
        params,
        ui,
    };
    page(&req, &view)
}

async fn exported(req: &Req, kind: sheets::FileKind, state: Option<State>) -> Answer {
    let read = req.read(move |ctx, tx| queries::list(ctx, tx, state, None, export::ROWS));
    let found = read.await.or_fail(req)?.rows;
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.named("appeal-column", key), of);
    let heads = [
        column("number", Kind::Text),
        column("unit", Kind::Text),
        column("grounds", Kind::Text).width(40.0),
        column("wanted", Kind::Text),
        column("state", Kind::Text),
        column("filed", Kind::DateTime),
        column("due", Kind::Date),
        column("answer", Kind::Text).width(40.0),
        column("answered", Kind::DateTime),
    ];
    let cells = found.iter().map(|of| {
        vec![
            Cell::from(of.number.as_str()),
            Cell::from(of.unit_name.as_str()),
            Cell::from(of.grounds.as_str()),
            Cell::from(of.wanted.as_str()),
            Cell::from(ui.named("appeal-state", of.state.code())),
            Cell::DateTime(of.filed_at.to_civil()),
            Cell::Date(of.due_on),
            Cell::from(of.answer.as_str()),
            of.answered_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
        ]
    });
    export::answer(req, kind, &ui.t("appeals-title"), &heads, cells)
}

#[derive(askama::Template)]
#[template(path = "assessment/appeals/appeal.html")]
struct AppealPage {
    ui: Ui,
    number: String,
    base: String,
    title: String,
    mood: &'static str,
    state: String,
    late: bool,
    facts: Vec<Fact>,
    form: Filled,
    version: i64,
    /// Rows that the same reading touches.
    touched: Vec<Touched>,
    /// Units whose figures would move if all of them were put right as the unit wants.
    units: Vec<MovedLine>,
    may_answer: bool,
    may_reopen: bool,
    may_withdraw: bool,
    lines: Vec<parts::Line>,
}

struct Touched {
    row: i64,
    point: String,
    units: String,
    href: String,
    chosen: bool,
}

struct MovedLine {
    name: String,
    before: String,
    after: String,
}

struct Read {
    appeal: Appeal,
    round: Round,
    worked: Arc<Worked>,
    history: Vec<HistoryLine>,
    whole: bool,
}

fn facts(ui: &Ui, read: &Read) -> Vec<Fact> {
    let Read { appeal, round, worked, .. } = read;
    let fact = |key: &str, value: String| Fact::new(ui.named("appeal-column", key), value);
    let wide = |key: &str, value: &str| Fact { wide: true, ..fact(key, value.to_owned()) };
    let row = format!("/assessment/rounds/{}/rows/{}", round.number, appeal.row_number);
    let lost = worked.row(appeal.row_number).map_or(0, |(_, point)| point.lost);
    let mut facts = vec![
        fact("unit", appeal.unit_name.clone()),
        fact("round", format!("{} {}", round.number, round.name))
            .link(format!("/assessment/rounds/{}", round.number)),
        fact("row", ui.n("round-row-number", appeal.row_number)).link(row),
        fact("lost", show::lost(lost)),
        fact("wanted", appeal.wanted.clone()),
        fact("filed", format!("{} {}", ui.time(&appeal.filed_at), appeal.filed_by)),
        fact("due", ui.date(&appeal.due_on)),
    ];
    if let Some(at) = appeal.answered_at {
        facts.push(fact("answered", format!("{} {}", ui.time(&at), appeal.answered_by)));
    }
    facts.push(wide("grounds", &appeal.grounds));
    for (key, text) in
        [("answer", &appeal.answer), ("rule-old", &appeal.rule_old), ("rule-new", &appeal.rule_new)]
    {
        if !text.is_empty() {
            facts.push(wide(key, text));
        }
    }
    facts
}

fn moved_line(of: &Moved) -> MovedLine {
    let rate = |line: &Option<crate::rounds::summary::Line>| {
        line.as_ref().map_or_else(|| "–".to_owned(), |line| show::percent(&line.rate))
    };
    MovedLine { name: of.name.clone(), before: rate(&of.before), after: rate(&of.after) }
}

fn view(ui: Ui, read: &Read, filled: Option<Filled>) -> AppealPage {
    let appeal = &read.appeal;
    let open = appeal.state == State::Open;
    let form = filled.unwrap_or_else(|| Filled::new().set("new_lost", &appeal.wanted));
    let chosen: Vec<i64> = form.all("also").filter_map(|row| row.parse().ok()).collect();
    let row = |(row, point): &(&crate::rounds::model::RowRecord, &scoring::round::Point)| Touched {
        row: row.row_number,
        point: row.point.clone(),
        units: point.units.join(&ui.t("round-and")),
        href: format!("/assessment/rounds/{}/rows/{}", read.round.number, row.row_number),
        chosen: chosen.contains(&row.row_number),
    };
    // names of other units are for whoever may see all of the round
    let touched = if open && read.whole { alike(&read.worked, appeal.row_number) } else { Vec::new() };
    let mut rows: Vec<i64> = touched.iter().map(|(row, _)| row.row_number).collect();
    rows.push(appeal.row_number);
    let units = if open && read.whole {
        moved(&read.worked, &rows, &appeal.wanted).units.iter().map(moved_line).collect()
    } else {
        Vec::new()
    };
    AppealPage {
        number: appeal.number.clone(),
        base: format!("/assessment/appeals/{}", appeal.number),
        title: read.worked.row(appeal.row_number).map(|(row, _)| row.point.clone()).unwrap_or_default(),
        mood: appeal.state.mood(),
        state: ui.named("appeal-state", appeal.state.code()),
        late: open && appeal.due_on < ui.ctx.now.date(),
        facts: facts(&ui, read),
        form,
        version: appeal.version,
        touched: touched.iter().map(row).collect(),
        units,
        may_answer: open && policy::may(&ui.ctx, Act::Answer),
        may_reopen: appeal.state == State::Rejected && policy::may(&ui.ctx, Act::Answer),
        may_withdraw: open && policy::own_units(&ui.ctx).contains(&appeal.unit_id),
        lines: events::lines(&ui, &read.history, events::plain),
        ui,
    }
}

async fn show_with(req: &Req, number: String, filled: Option<Filled>) -> Answer {
    let city = req.city.clone();
    let read = req.read(move |ctx, tx| {
        let (appeal, round) = queries::appeal(ctx, tx, &number)?;
        let worked = worked(&city, tx, &round)?;
        let whole = policy::may(ctx, Act::See);
        let history = if whole { audit::history(tx, appeal.id)? } else { Vec::new() };
        Ok(Read { appeal, round, worked, history, whole })
    });
    let read = read.await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(req, status, &view(req.ui(), &read, filled))
}

async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, None).await
}

/// An answer as a form sends it.
fn answered(form: &Form) -> Result<Answered> {
    let step = form.choice::<Step>("appeal_step").map_err(|e| Problem::invalid(vec![e]))?;
    let step = step.ok_or_else(|| Problem::field("appeal_step", "required"))?;
    let text = |name: &str| form.text(name).to_owned();
    Ok(Answered {
        step,
        text: text("appeal_answer"),
        rule_old: text("rule_old"),
        rule_new: text("rule_new"),
        lost: text("new_lost"),
        also: form.all("also").filter_map(|row| row.parse().ok()).collect(),
        version: form.number("version").map_err(|e| Problem::invalid(vec![e]))?,
    })
}

async fn run(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Answer).or_fail(&req)?;
    let (sent, of) = (form.clone(), number.clone());
    match req.write(move |ctx, tx| commands::answer(ctx, tx, &of, &answered(&sent)?)).await {
        Ok(appeal) => {
            let state = req.ui().named("appeal-state", appeal.state.code());
            Ok(redirect(&req, &format!("/assessment/appeals/{number}"), "appeal-answered", &state))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, number, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

async fn reopen(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Answer).or_fail(&req)?;
    let of = number.clone();
    let done = req.write(move |ctx, tx| {
        let again = Answered {
            step: Step::Reopen,
            text: String::new(),
            rule_old: String::new(),
            rule_new: String::new(),
            lost: String::new(),
            also: Vec::new(),
            version: form.number("version").map_err(|e| Problem::invalid(vec![e]))?,
        };
        commands::answer(ctx, tx, &of, &again)
    });
    let appeal = done.await.or_fail(&req)?;
    let state = req.ui().named("appeal-state", appeal.state.code());
    Ok(redirect(&req, &format!("/assessment/appeals/{number}"), "appeal-answered", &state))
}

async fn withdraw(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let of = number.clone();
    let done = req.write(move |ctx, tx| {
        let version = form.number("version").map_err(|e| Problem::invalid(vec![e]))?;
        commands::withdraw(ctx, tx, &of, version)
    });
    let appeal = done.await.or_fail(&req)?;
    let state = req.ui().named("appeal-state", appeal.state.code());
    Ok(redirect(&req, &format!("/assessment/appeals/{number}"), "appeal-answered", &state))
}
