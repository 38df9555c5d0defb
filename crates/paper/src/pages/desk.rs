//! 录入: what is written by hand beside the fields that it is typed into, one form after the other.

use super::scan::picture;
use crate::model::{Scan, ScanState, Wants};
use crate::policy::{self, Act};
use crate::queries::{self, ScanLine};
use crate::store as rows;
use crate::{commands, forms, show};
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "paper/desk.html")]
struct DeskPage {
    ui: Ui,
    line: ScanLine,
    form: Filled,
    kinds: Vec<(String, String)>,
    /// Whether it is known where the parts of the form are.
    parts: bool,
    /// Forms that wait, this one among them.
    waiting: i64,
    /// The one behind it.
    next: String,
}

impl DeskPage {
    fn part(&self, code: &str) -> String {
        format!("/paper/scans/{}/parts/{code}", self.line.scan.number)
    }

    fn picture(&self) -> String {
        picture(&self.line.scan)
    }
}

#[derive(askama::Template)]
#[template(path = "paper/desk_empty.html")]
struct EmptyPage {
    ui: Ui,
    repair: i64,
}

/// The form that waits longest, or word that none does.
pub(super) async fn first(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Type).or_fail(&req)?;
    let read = req.read(|_, tx| Ok((rows::next_of_desk(tx, None)?, rows::count(tx, ScanState::Repair)?)));
    let (next, repair) = read.await.or_fail(&req)?;
    match next {
        Some(scan) => show_with(&req, scan.number, None, StatusCode::OK).await,
        None => page(&req, &EmptyPage { ui: req.ui(), repair }),
    }
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, None, StatusCode::OK).await
}

fn blank(kind: String, scan: &Scan) -> Filled {
    Filled::new().set("kind", kind).set("wants_answer", if scan.wants == Wants::Nothing { "" } else { "1" })
}

async fn show_with(req: &Req, number: String, form: Option<Filled>, status: StatusCode) -> Answer {
    policy::require(&req.ctx, Act::Type).or_fail(req)?;
    let desk = cases::desk::Desk::of(&req.city).await.or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let line = queries::scan(ctx, tx, &number)?;
        if line.scan.state != ScanState::Desk {
            return Err(Problem::conflict("paper-not-now"));
        }
        let case = line.scan.case_id.map_or(Ok(None), |id| cases::store::case(tx, id))?;
        let behind = rows::next_of_desk(tx, Some((line.scan.received_at, line.scan.id)))?;
        Ok((line, case, rows::count(tx, ScanState::Desk)?, behind))
    });
    let (line, case, waiting, behind) = read.await.or_fail(req)?;
    let kind = cases::open::item_code(&desk.catalogue, case.and_then(|case| case.item_id));
    let view = DeskPage {
        form: form.unwrap_or_else(|| blank(kind, &line.scan)),
        kinds: show::choices(&desk.catalogue),
        parts: line.scan.reading().place.is_some(),
        waiting,
        next: behind.map(|scan| scan.number).unwrap_or_default(),
        line,
        ui: req.ui(),
    };
    page_with(req, status, &view)
}

pub(super) async fn save(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Type).or_fail(&req)?;
    let desk = cases::desk::Desk::of(&req.city).await.or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let typed = match forms::transcript(&form, &desk.catalogue) {
        Ok(typed) => {
            let of = number.clone();
            req.write(move |ctx, tx| commands::type_in(ctx, tx, &desk, (&of, version), &typed)).await
        }
        Err(problem) => Err(problem),
    };
    match typed {
        Ok(case) => Ok(redirect(&req, "/paper/desk", "paper-typed", &case)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, number, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
