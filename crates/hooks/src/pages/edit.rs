//! Setting an endpoint up, and changing what it is told.

use super::{acts, endpoint as shown_endpoint};
use crate::commands;
use crate::forms::{self, Typed};
use crate::policy::{self, Act};
use crate::queries;
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::outgoing::{Catalogue, Outgoing};
use web::{Answer, Fail, Form, Path, Req, Ui};

type Options = Vec<(String, String)>;

#[derive(askama::Template)]
#[template(path = "hooks/form.html")]
struct FormPage {
    ui: Ui,
    form: Filled,
    /// Number and version of what is changed; none for a new one.
    of: Option<(String, String)>,
    kinds: Options,
    units: Options,
    divisions: Options,
}

/// A form with what there is to choose.
async fn form_page(req: &Req, form: Filled, of: Option<(String, String)>) -> Answer<FormPage> {
    let units = req.read(|_, tx| queries::unit_choices(tx)).await.or_fail(req)?;
    let index = places::kept::index(&req.city).await.or_fail(req)?;
    let inset = |depth: usize| "　".repeat(depth);
    let divisions = index.divisions().iter();
    let divisions = divisions.map(|d| (d.code.to_string(), format!("{}{}", inset(d.depth()), d.name)));
    let ui = req.ui();
    let catalogue = req.city.kept::<Catalogue>().unwrap_or_default();
    let kinds = shown_endpoint::kinds(&ui, &catalogue);
    Ok(FormPage { kinds, units, divisions: divisions.collect(), ui, form, of })
}

fn typed(form: &Form) -> Typed {
    let all = |name: &'static str| form.all(name).map(str::to_owned).collect();
    Typed {
        name: form.text("hook_name").to_owned(),
        url: form.text("hook_url").to_owned(),
        kinds: all("hook_kinds"),
        units: all("hook_units"),
        divisions: all("hook_divisions"),
    }
}

pub(super) async fn new_form(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    page(&req, &form_page(&req, Filled::new().set("hook_url", "https://"), None).await?)
}

/// Answers with the secret instead of a redirect: it is shown this once.
pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let (typed, outgoing, catalogue) = (typed(&form), outgoing(&req), catalogue(&req));
    let work = req.write(move |ctx, tx| {
        let draft = typed.read(tx, &outgoing, &catalogue)?;
        commands::add(ctx, tx, draft)
    });
    match work.await {
        Ok(endpoint) => acts::show_secret(&req, &endpoint, "hook-added"),
        Err(problem) => again(&req, &form, problem, None).await,
    }
}

fn outgoing(req: &Req) -> Outgoing {
    req.city.kept::<Outgoing>().map(|o| (*o).clone()).unwrap_or_default()
}

fn catalogue(req: &Req) -> Catalogue {
    req.city.kept::<Catalogue>().map(|c| (*c).clone()).unwrap_or_default()
}

async fn again(req: &Req, form: &Form, problem: Problem, of: Option<(String, String)>) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &form_page(req, filled, of).await?),
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn edit_form(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let read = req.read(move |_, tx| {
        let line = queries::endpoint(tx, &number)?;
        let names = queries::names(tx, &line.endpoint)?;
        Ok((line.endpoint, names))
    });
    let (endpoint, (units, divisions)) = read.await.or_fail(&req)?;
    let mut form = Filled::new().set("hook_name", &endpoint.name).set("hook_url", &endpoint.url);
    for kind in &endpoint.kinds.0 {
        form = form.set("hook_kinds", kind);
    }
    for (name, chosen) in [("hook_units", units), ("hook_divisions", divisions)] {
        for (code, _) in chosen {
            form = form.set(name, code);
        }
    }
    let of = (endpoint.number, endpoint.version.to_string());
    page(&req, &form_page(&req, form, Some(of)).await?)
}

pub(super) async fn change(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let (typed, outgoing, catalogue) = (typed(&form), outgoing(&req), catalogue(&req));
    let of = number.clone();
    let work = req.write(move |ctx, tx| {
        let draft = typed.read(tx, &outgoing, &catalogue)?;
        commands::change(ctx, tx, (&of, version), draft)
    });
    match work.await {
        Ok(_) => Ok(redirect(&req, &format!("/admin/webhooks/{number}"), "hook-saved", "")),
        Err(problem) => again(&req, &form, problem, Some((number, version.to_string()))).await,
    }
}
