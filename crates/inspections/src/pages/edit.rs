//! Planning an inspection, and changing a plan.

use crate::model::Method;
use crate::policy::{self, Act};
use crate::show::Known;
use crate::workflow::State;
use crate::{commands, forms, queries};
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "inspections/form.html")]
struct FormPage {
    ui: Ui,
    form: Filled,
    /// Of the inspection that is changed.
    number: Option<String>,
    methods: Vec<(String, String)>,
    types: Vec<Type>,
}

struct Type {
    code: String,
    name: String,
    sites: i64,
    ticked: bool,
    amount: String,
}

async fn show(req: &Req, status: StatusCode, number: Option<String>, form: Filled) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(req)?;
    let known = Known::of(req).await?;
    let counts = req.read(|_, tx| places::queries::site_counts(tx)).await.or_fail(req)?;
    let ui = req.ui();
    let types = known.types.iter().filter(|t| t.active).map(|t| Type {
        ticked: form.is("inspection_types", &t.code),
        amount: form.value(&format!("amount_{}", t.code)).to_owned(),
        sites: counts.get(&t.code).copied().unwrap_or_default(),
        name: t.name(ui.locale()).to_owned(),
        code: t.code.clone(),
    });
    let types = types.collect();
    let methods =
        Method::ALL.iter().map(|m| (m.code().to_owned(), ui.named("inspection-method", m.code()))).collect();
    page_with(req, status, &FormPage { ui, form, number, methods, types })
}

async fn refuse(req: &Req, number: Option<String>, form: &Form, problem: Problem) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => show(req, StatusCode::UNPROCESSABLE_ENTITY, number, filled).await,
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn new(req: Req) -> Answer {
    show(&req, StatusCode::OK, None, forms::blank()).await
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let done = match forms::draft(&form) {
        Ok(draft) => req.write(move |ctx, tx| commands::plan(ctx, tx, draft)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(made) => {
            let to = format!("/inspections/{}", made.number);
            Ok(redirect(&req, &to, "inspection-planned", &made.number))
        }
        Err(problem) => refuse(&req, None, &form, problem).await,
    }
}

pub(super) async fn edit(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let whole = req.read(move |ctx, tx| queries::whole(ctx, tx, &number)).await.or_fail(&req)?;
    let inspection = whole.inspection;
    if inspection.state != State::Planned {
        let bound = Problem::conflict("inspection-bound").arg("number", &inspection.number);
        return Err(Fail::of(&req, bound));
    }
    let form = forms::filled(&inspection);
    show(&req, StatusCode::OK, Some(inspection.number), form).await
}

pub(super) async fn update(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let of = number.clone();
    let done = match forms::version(&form).and_then(|version| Ok((version, forms::draft(&form)?))) {
        Ok((version, draft)) => {
            req.write(move |ctx, tx| commands::change(ctx, tx, (&of, version), draft)).await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(redirect(&req, &format!("/inspections/{number}"), "inspection-saved", &number)),
        Err(problem) => refuse(&req, Some(number), &form, problem).await,
    }
}
