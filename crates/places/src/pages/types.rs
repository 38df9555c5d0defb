//! Types of site: which there are, in which order, what other people's lists call them.

use crate::commands::{self, TypeDraft};
use crate::model::SiteType;
use crate::{forms, kept, policy, queries};
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use sheets::{Cell, Column, FileKind, Kind};
use std::collections::HashMap;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "places/types.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    may_shape: bool,
}

struct Row {
    of: SiteType,
    sites: i64,
    first: bool,
    last: bool,
}

async fn read(req: &Req) -> Answer<(Vec<SiteType>, HashMap<String, i64>)> {
    let read = req.read(|_, tx| Ok((queries::all_site_types(tx)?, queries::site_counts(tx)?)));
    read.await.or_fail(req)
}

pub(crate) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (types, counts) = read(&req).await?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, &types, &counts);
    }
    let count = types.len();
    let row = |(n, of): (usize, SiteType)| Row {
        sites: counts.get(&of.code).copied().unwrap_or_default(),
        first: n == 0,
        last: n + 1 == count,
        of,
    };
    let rows = types.into_iter().enumerate().map(row).collect();
    page(&req, &ListPage { rows, may_shape: policy::may_shape(&req.ctx), params, ui: req.ui() })
}

fn exported(req: &Req, kind: FileKind, types: &[SiteType], counts: &HashMap<String, i64>) -> Answer {
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.t(key), of);
    let heads = [
        column("label-place_code", Kind::Text),
        column("label-type_name_zh", Kind::Text),
        column("label-type_name_en", Kind::Text),
        column("label-type_words", Kind::Text).width(30.0),
        column("site-type-standing", Kind::Text),
        column("sites-title", Kind::Int),
    ];
    let cells = types.iter().map(|t| {
        vec![
            Cell::from(t.code.as_str()),
            Cell::from(t.name_zh.as_str()),
            Cell::from(t.name_en.as_str()),
            Cell::from(t.words.as_str()),
            Cell::from(ui.t(if t.active { "standing-in-use" } else { "standing-retired" })),
            Cell::Int(counts.get(&t.code).copied().unwrap_or_default()),
        ]
    });
    export::answer(req, kind, &ui.t("site-types"), &heads, cells)
}

#[derive(askama::Template)]
#[template(path = "places/type_form.html")]
struct FormPage {
    ui: Ui,
    form: Filled,
    /// Of the type that is changed.
    code: Option<String>,
}

fn shape(req: &Req) -> Answer<()> {
    if policy::may_shape(&req.ctx) { Ok(()) } else { Err(Fail::of(req, Problem::forbidden())) }
}

pub(crate) async fn new(req: Req) -> Answer {
    shape(&req)?;
    let form = Filled::new().set("type_active", "1");
    page(&req, &FormPage { ui: req.ui(), form, code: None })
}

fn draft(form: &Form, code: &str) -> TypeDraft {
    TypeDraft {
        code: code.to_owned(),
        name_zh: form.text("type_name_zh").to_owned(),
        name_en: form.text("type_name_en").to_owned(),
        words: form.text("type_words").to_owned(),
        active: form.ticked("type_active"),
    }
}

fn refuse(req: &Req, code: Option<String>, form: &Form, problem: Problem) -> Answer {
    match Filled::refused(form, &problem) {
        Some(form) => {
            page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &FormPage { ui: req.ui(), form, code })
        }
        None => Err(Fail::of(req, problem)),
    }
}

/// Back to the list, which is in the new order.
async fn done(req: &Req, done: Result<SiteType>) -> std::result::Result<axum::response::Response, Problem> {
    let of = done?;
    kept::refresh(&req.city).await?;
    Ok(redirect(req, "/sites/types", "site-type-saved", &of.name_zh))
}

pub(crate) async fn create(req: Req, form: Form) -> Answer {
    shape(&req)?;
    let draft = draft(&form, form.text("place_code"));
    let made = req.write(move |ctx, tx| commands::add_site_type(ctx, tx, draft)).await;
    match done(&req, made).await {
        Ok(answer) => Ok(answer),
        Err(problem) => refuse(&req, None, &form, problem),
    }
}

pub(crate) async fn edit(req: Req, Path(code): Path<String>) -> Answer {
    shape(&req)?;
    let (types, _) = read(&req).await?;
    let of = types.into_iter().find(|t| t.code == code).ok_or_else(Problem::not_found).or_fail(&req)?;
    let mut form = Filled::new()
        .set("version", of.version)
        .set("type_name_zh", &of.name_zh)
        .set("type_name_en", &of.name_en)
        .set("type_words", &of.words);
    if of.active {
        form = form.set("type_active", "1");
    }
    page(&req, &FormPage { ui: req.ui(), form, code: Some(of.code) })
}

pub(crate) async fn update(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    shape(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let draft = draft(&form, &code);
    let changed = req.write(move |ctx, tx| commands::change_site_type(ctx, tx, version, draft)).await;
    match done(&req, changed).await {
        Ok(answer) => Ok(answer),
        Err(problem) => refuse(&req, Some(code), &form, problem),
    }
}

pub(crate) async fn place(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    shape(&req)?;
    let up = form.text("to") == "up";
    let moved = req.write(move |ctx, tx| commands::move_site_type(ctx, tx, &code, up)).await;
    done(&req, moved).await.or_fail(&req)
}
