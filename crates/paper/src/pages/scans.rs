//! Bringing pictures of forms, and what came of those that were brought.

use super::{state, states};
use crate::commands::{self, is_picture};
use crate::model::Door;
use crate::policy::{self, Act};
use crate::queries::{self, Filter, ScanLine};
use crate::show;
use ::store::files::{Files, Quarantined};
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page_with, redirect};
use web::form::{FILE_LIMIT, FILES_LIMIT, Filled};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Fail, Form, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "paper/scans.html")]
struct ScansPage {
    ui: Ui,
    params: Params,
    form: Filled,
    rows: Vec<ScanLine>,
    next: Option<Cursor>,
    states: Vec<(String, String)>,
    most: usize,
    may_see: bool,
}

impl ScansPage {
    fn state(&self, row: &ScanLine) -> String {
        state(&self.ui, row.scan.state)
    }

    fn fault(&self, row: &ScanLine) -> String {
        show::fault(&self.ui, row.scan.fault)
    }
}

pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Bring).or_fail(&req)?;
    let params = Params::parse(&req.query);
    match export::kind(params.get("format")) {
        Some(kind) => exported(&req, kind, Filter::read(&params).or_fail(&req)?).await,
        None => show_with(&req, Filled::new(), StatusCode::OK).await,
    }
}

async fn show_with(req: &Req, form: Filled, status: StatusCode) -> Answer {
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(req)?;
    let after = Cursor::parse(params.get("after")).or_fail(req)?;
    let read = req.read(move |ctx, tx| queries::scans(ctx, tx, filter, after, PAGE_SIZE));
    let found = read.await.or_fail(req)?;
    let ui = req.ui();
    let view = ScansPage {
        params,
        form,
        rows: found.rows,
        next: found.next,
        states: states(&ui),
        most: FILES_LIMIT,
        may_see: policy::may(&req.ctx, Act::See),
        ui,
    };
    page_with(req, status, &view)
}

async fn exported(req: &Req, kind: sheets::FileKind, filter: Filter) -> Answer {
    let read = req.read(move |ctx, tx| queries::scans(ctx, tx, filter, None, export::ROWS));
    let found = read.await.or_fail(req)?.rows;
    let ui = req.ui();
    let column = |key: &str, of: Type| Column::new(ui.named("paper-column", key), of);
    let heads = [
        column("number", Type::Text),
        column("received-at", Type::DateTime),
        column("door", Type::Text),
        column("brought-by", Type::Text),
        column("sheet", Type::Text),
        column("state", Type::Text),
        column("fault", Type::Text).width(40.0),
        column("case", Type::Text),
        column("done-by", Type::Text),
    ];
    let cells = found.iter().map(|row| {
        let scan = &row.scan;
        vec![
            Cell::from(scan.number.as_str()),
            Cell::DateTime(scan.received_at.to_civil()),
            Cell::Text(ui.named("paper-door", scan.door.code()).into()),
            Cell::from(scan.brought_by.as_str()),
            Cell::from(row.sheet.as_str()),
            Cell::Text(state(&ui, scan.state).into()),
            Cell::Text(show::fault(&ui, scan.fault).into()),
            Cell::from(row.case.as_str()),
            Cell::from(scan.done_by.as_str()),
        ]
    });
    export::answer(req, kind, &ui.t("menu-paper-scans"), &heads, cells)
}

/// The pictures of a form, all of them or none: whoever sees one named as wrong has the others still in their hand.
fn checked(form: &Form) -> Result<()> {
    let named = form.files.iter().filter(|file| file.field == "pages");
    let mut count = 0;
    for file in named {
        count += 1;
        if !is_picture(&file.bytes) {
            let wrong = FieldError::new("pages", "not-a-scan").arg("name", &file.name);
            return Err(Problem::invalid(vec![wrong]));
        }
    }
    if count == 0 { Err(Problem::field("pages", "required")) } else { Ok(()) }
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Bring).or_fail(&req)?;
    if let Err(problem) = checked(&form) {
        return match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, filled, StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(&req, problem)),
        };
    }
    let files = Files::of(req.db());
    let picked: Vec<_> =
        form.files.iter().filter(|f| f.field == "pages").map(|f| (f.bytes.clone(), f.name.clone())).collect();
    let work = move || {
        let one = |(bytes, name): (axum::body::Bytes, String)| {
            Ok((files.receive_now(&bytes[..], FILE_LIMIT as u64)?, name))
        };
        picked.into_iter().map(one).collect::<Result<Vec<(Quarantined, String)>>>()
    };
    let received = tokio::task::spawn_blocking(work).await.map_err(Problem::internal);
    let received = received.and_then(|done| done).or_fail(&req)?;
    let write = req.write(move |ctx, tx| {
        let mut fresh = 0;
        for (one, name) in &received {
            fresh += i64::from(commands::bring(ctx, tx, Door::Page, one, name)?.fresh);
        }
        Ok((fresh, received.len()))
    });
    let (fresh, all) = write.await.or_fail(&req)?;
    let known = i64::try_from(all).unwrap_or(i64::MAX) - fresh;
    let said = if known == 0 { "paper-brought" } else { "paper-brought-known" };
    let count = if known == 0 { fresh } else { known };
    Ok(redirect(&req, "/paper/scans", said, &count.to_string()))
}
