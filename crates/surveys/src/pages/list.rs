//! Surveys, and the form that makes another.

use crate::commands::{self};
use crate::forms;
use crate::model::Survey;
use crate::policy::{self, Act};
use crate::settings::AUDIENCES;
use crate::{queries, show};
use assessment::scheme::standards::published;
use axum::http::StatusCode;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "surveys/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    form: Filled,
    rows: Vec<(Survey, i64)>,
    schemes: Vec<(String, String)>,
    audiences: Vec<(String, String)>,
    may_plan: bool,
}

impl ListPage {
    fn state(&self, survey: &Survey) -> String {
        show::state(&self.ui, survey.state)
    }
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    match export::kind(Params::parse(&req.query).get("format")) {
        Some(kind) => exported(&req, kind).await,
        None => show_with(&req, Filled::new(), StatusCode::OK).await,
    }
}

async fn rows(req: &Req) -> Answer<Vec<(Survey, i64)>> {
    let read = req.read(|ctx, tx| {
        let mut rows = Vec::new();
        for survey in queries::surveys(ctx, tx)? {
            let answers = queries::answered(tx, &survey)?;
            rows.push((survey, answers));
        }
        Ok(rows)
    });
    read.await.or_fail(req)
}

/// Schemes for a select: number and name with edition.
pub(super) fn scheme_options(ui: &Ui, all: Vec<(String, String, i64)>) -> Vec<(String, String)> {
    let one = |(number, name, edition): (String, String, i64)| {
        let text = ui.ta("survey-scheme-edition", [("name", name), ("edition", edition.to_string())]);
        (number, text)
    };
    all.into_iter().map(one).collect()
}

async fn show_with(req: &Req, form: Filled, status: StatusCode) -> Answer {
    let rows = rows(req).await?;
    let read = req.read(|_, tx| Ok((published(tx)?, AUDIENCES.get(tx)?)));
    let (schemes, audiences) = read.await.or_fail(req)?;
    let ui = req.ui();
    let form = match form.value("audiences") {
        "" => form.set("audiences", audiences.join("\n")),
        _ => form,
    };
    let view = ListPage {
        params: Params::parse(&req.query),
        form,
        rows,
        schemes: scheme_options(&ui, schemes),
        audiences: audiences.into_iter().map(|a| (a.clone(), a)).collect(),
        may_plan: policy::may(&req.ctx, Act::Plan),
        ui,
    };
    page_with(req, status, &view)
}

async fn exported(req: &Req, kind: sheets::FileKind) -> Answer {
    let rows = rows(req).await?;
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.named("survey-column", key), of);
    let heads = [
        column("number", Kind::Text),
        column("name", Kind::Text).width(30.0),
        column("audience", Kind::Text),
        column("edition", Kind::Int),
        column("state", Kind::Text),
        column("closes", Kind::Text),
        column("questions", Kind::Int),
        column("answers", Kind::Int),
    ];
    let cells = rows.iter().map(|(row, answers)| {
        vec![
            Cell::from(row.number.as_str()),
            Cell::from(row.name.as_str()),
            Cell::from(row.audience.as_str()),
            Cell::Int(row.edition),
            Cell::from(show::state(&ui, row.state)),
            Cell::from(row.closes.map(|d| d.to_string()).unwrap_or_default()),
            Cell::Int(i64::try_from(row.questions.0.len()).unwrap_or(i64::MAX)),
            Cell::Int(*answers),
        ]
    });
    export::answer(req, kind, &ui.t("menu-surveys"), &heads, cells)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let made = match forms::draft(&form) {
        Ok(draft) => req.write(move |ctx, tx| commands::make(ctx, tx, &draft)).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok(survey) => {
            Ok(redirect(&req, &format!("/surveys/{}", survey.number), "survey-made", &survey.number))
        }
        Err(problem) => refused(&req, &form, problem).await,
    }
}

async fn refused(req: &Req, form: &Form, problem: kernel::problem::Problem) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => show_with(req, filled, StatusCode::UNPROCESSABLE_ENTITY).await,
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn audiences(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let names: Vec<String> = form.text("audiences").lines().map(str::to_owned).collect();
    match req.write(move |ctx, tx| commands::set_audiences(ctx, tx, &names)).await {
        Ok(()) => Ok(redirect(&req, "/surveys", "survey-saved", "")),
        Err(problem) => refused(&req, &form, problem).await,
    }
}
