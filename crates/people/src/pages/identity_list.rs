//! Who is who at the identity provider: the list, its export, and bringing many in at once.

use crate::identity_import;
use crate::policy::{Act, POLICY};
use crate::queries::{self, IdentityLine};
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::import::{Tried, Upload};
use web::list::{Cursor, PAGE_SIZE, Page, Params};
use web::{Answer, Fail, Form, Req, Ui, export};

const PATH: &str = "/admin/sign-in/identities";

#[derive(askama::Template)]
#[template(path = "identities.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<IdentityLine>,
    count: i64,
    next: Option<Cursor>,
    may_link: bool,
}

fn allowed(req: &Req, act: Act) -> Result<()> {
    POLICY.somewhere(&req.ctx, act).then_some(()).ok_or_else(Problem::forbidden)
}

pub(super) async fn list(req: Req) -> Answer {
    allowed(&req, Act::SeeSignIn).or_fail(&req)?;
    let params = Params::parse(&req.query);
    if let Some(kind) = export::kind(params.get("format")) {
        return file(&req, &params, kind).await;
    }
    let asked = params.clone();
    let (found, count) = req
        .read(move |_, tx| {
            let after = Cursor::parse(asked.get("after"))?;
            let limit = i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX);
            let count = queries::identity_count(tx, asked.get("q"))?;
            Ok((queries::identity_lines(tx, asked.get("q"), after, limit)?, count))
        })
        .await
        .or_fail(&req)?;
    let Page { rows, next } = Page::from_rows(found, PAGE_SIZE, |r| Cursor { sort: 0, id: r.id.raw() });
    let may_link = POLICY.somewhere(&req.ctx, Act::LinkIdentities);
    page(&req, &ListPage { ui: req.ui(), params, rows, count, next, may_link })
}

async fn file(req: &Req, params: &Params, kind: sheets::FileKind) -> Answer {
    let words = params.get("q").to_owned();
    let limit = i64::try_from(export::ROWS).unwrap_or(i64::MAX);
    let found = req.read(move |_, tx| queries::identity_lines(tx, &words, None, limit)).await.or_fail(req)?;
    let ui = req.ui();
    let titles = [
        "label-login",
        "account-column-name",
        "account-column-unit",
        "label-identity_subject",
        "identity-issuer",
        "identity-since",
        "session-seen",
    ];
    let columns: Vec<Column> = titles.iter().map(|t| Column::new(ui.t(t), Kind::Text)).collect();
    let cells = found.iter().map(|i| -> Vec<Cell<'_>> {
        vec![
            i.login.as_str().into(),
            i.name.as_str().into(),
            i.unit_name.as_str().into(),
            i.subject.as_str().into(),
            i.issuer.as_str().into(),
            ui.time(&i.linked_at).into(),
            i.seen_at.map(|at| ui.time(&at)).unwrap_or_default().into(),
        ]
    });
    export::answer(req, kind, &ui.t("identities-title"), &columns, cells)
}

#[derive(askama::Template)]
#[template(path = "identities_import.html")]
struct ImportPage {
    ui: Ui,
    form: Filled,
    tried: Option<Tried>,
}

pub(super) async fn import_page(req: Req) -> Answer {
    show(&req, StatusCode::OK, Filled::new(), None)
}

fn show(req: &Req, status: StatusCode, form: Filled, tried: Option<Tried>) -> Answer {
    allowed(req, Act::LinkIdentities).or_fail(req)?;
    page_with(req, status, &ImportPage { ui: req.ui(), form, tried })
}

pub(super) async fn import(req: Req, form: Form) -> Answer {
    match try_import(&req, &form).await {
        Ok((accepted, None)) => Ok(redirect(&req, PATH, "identities-imported", &accepted.to_string())),
        Ok((_, tried)) => show(&req, StatusCode::OK, Filled::new(), tried),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled, None),
            None => Err(Fail::of(&req, problem)),
        },
    }
}

/// How many rows went in, or would; and after a dry run what it told.
async fn try_import(req: &Req, form: &Form) -> Result<(u64, Option<Tried>)> {
    allowed(req, Act::LinkIdentities)?;
    let upload = Upload::read(req.db(), form).map_err(|e| Problem::invalid(vec![e]))?;
    let report = identity_import::run(req.db(), &req.ctx, upload.bytes.clone(), upload.dry).await?;
    let accepted = report.accepted;
    if upload.dry {
        return Ok((accepted, Some(upload.tried(&req.ui(), req.db(), report)?)));
    }
    upload.forget(req.db());
    Ok((accepted, None))
}
