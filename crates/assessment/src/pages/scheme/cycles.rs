//! Cycles: years, their rounds, their scores, the mean of all.

use crate::policy::{self, Act};
use crate::scheme::commands;
use crate::scheme::model::Cycle;
use crate::scheme::years::{CycleScore, YearScore};
use crate::scheme::{forms, queries};
use crate::show;
use axum::http::StatusCode;
use kernel::problem::Problem;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Form, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/scheme/cycles.html")]
struct CyclesPage {
    ui: Ui,
    rows: Vec<Cycle>,
    may_edit: bool,
}

pub(super) async fn page_of(req: Req) -> Answer {
    let rows = req.read(queries::cycles).await.or_fail(&req)?;
    page(&req, &CyclesPage { ui: req.ui(), rows, may_edit: policy::may(&req.ctx, Act::EditScheme) })
}

#[derive(askama::Template)]
#[template(path = "assessment/scheme/cycle.html")]
struct CyclePage {
    ui: Ui,
    params: Params,
    cycle: Cycle,
    base: String,
    mean: String,
    years: Vec<YearLine>,
    may_edit: bool,
}

struct YearLine {
    year: i64,
    weight: String,
    score: String,
    own: String,
    given: String,
    rounds: Vec<(String, String, String)>,
}

fn year(of: &YearScore) -> YearLine {
    let share = |x: Option<&scoring::Exact>| x.map_or_else(|| "–".to_owned(), show::percent);
    YearLine {
        year: of.year,
        weight: of.weight.to_string(),
        score: share(of.score()),
        own: share(of.own.as_ref()),
        given: share(of.given.as_ref()),
        rounds: of
            .rounds
            .iter()
            .map(|(round, summary)| {
                let text = format!("{} × {}", show::percent(&summary.rate), round.weight);
                (round.number.clone(), round.name.clone(), text)
            })
            .collect(),
    }
}

pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let (cycle, score) = req.read(move |ctx, tx| queries::cycle(ctx, tx, &number)).await.or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, &cycle, &score);
    }
    let view = CyclePage {
        ui: req.ui(),
        params,
        base: format!("/assessment/cycles/{}", cycle.number),
        cycle,
        mean: score.mean.as_ref().map_or_else(|| "–".to_owned(), show::percent),
        years: score.years.iter().map(year).collect(),
        may_edit: policy::may(&req.ctx, Act::EditScheme),
    };
    page(&req, &view)
}

fn exported(req: &Req, kind: sheets::FileKind, cycle: &Cycle, score: &CycleScore) -> Answer {
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.named("cycle-column", key), of);
    let heads = [
        column("year", Kind::Int),
        column("weight", Kind::Text),
        column("own", Kind::Text),
        column("given", Kind::Text),
        column("score", Kind::Text),
        column("rounds", Kind::Text).width(40.0),
    ];
    let cells = score.years.iter().map(|year| {
        let text = |x: Option<&scoring::Exact>| x.map_or(Cell::Empty, |x| Cell::from(x.to_string()));
        let rounds: Vec<&str> = year.rounds.iter().map(|(round, _)| round.number.as_str()).collect();
        vec![
            Cell::Int(year.year),
            Cell::from(year.weight.to_string()),
            text(year.own.as_ref()),
            text(year.given.as_ref()),
            text(year.score()),
            Cell::from(rounds.join(" ")),
        ]
    });
    export::answer(req, kind, &cycle.name, &heads, cells)
}

#[derive(askama::Template)]
#[template(path = "assessment/scheme/cycle_form.html")]
struct CycleForm {
    ui: Ui,
    form: Filled,
    title: String,
    action: String,
    back: String,
}

async fn form_of(req: &Req, number: Option<String>, filled: Option<Filled>) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let ui = req.ui();
    let Some(number) = number else {
        let year = req.ctx.now.date().year();
        let fresh = || Filled::new().set("first_year", year).set("last_year", year + 2);
        let view = CycleForm {
            title: ui.t("cycle-new"),
            action: "/assessment/cycles/new".to_owned(),
            back: "/assessment/cycles".to_owned(),
            form: filled.unwrap_or_else(fresh),
            ui,
        };
        return page_with(req, status, &view);
    };
    let (cycle, _) = req.read(move |ctx, tx| queries::cycle(ctx, tx, &number)).await.or_fail(req)?;
    let back = format!("/assessment/cycles/{}", cycle.number);
    let view = CycleForm {
        title: cycle.name.clone(),
        action: format!("{back}/edit"),
        form: filled.unwrap_or_else(|| forms::filled_cycle(&cycle)),
        back,
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn new(req: Req) -> Answer {
    form_of(&req, None, None).await
}

pub(super) async fn edit(req: Req, Path(number): Path<String>) -> Answer {
    form_of(&req, Some(number), None).await
}

pub(super) async fn make(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let sent = form.clone();
    match req.write(move |ctx, tx| commands::make_cycle(ctx, tx, forms::cycle(&sent)?)).await {
        Ok(cycle) => {
            Ok(redirect(&req, &format!("/assessment/cycles/{}", cycle.number), "cycle-saved", &cycle.name))
        }
        Err(problem) => {
            let filled = forms::refused(&req, &form, problem)?;
            form_of(&req, None, Some(filled)).await
        }
    }
}

pub(super) async fn save(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        let version = sent.number("version").map_err(|e| Problem::invalid(vec![e]))?;
        commands::edit_cycle(ctx, tx, &of, forms::cycle(&sent)?, version)
    });
    match done.await {
        Ok(cycle) => Ok(redirect(&req, &format!("/assessment/cycles/{number}"), "cycle-saved", &cycle.name)),
        Err(problem) => {
            let filled = forms::refused(&req, &form, problem)?;
            form_of(&req, Some(number), Some(filled)).await
        }
    }
}
