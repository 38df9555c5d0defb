//! 查进度: by the receipt's number and the telephone number that was left.

use crate::beside::Neighbours;
use crate::model::Case;
use crate::pages::shared;
use crate::store as rows;
use ::store::Tx;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::problem::{Problem, Result};
use web::error::{OrFail, page, page_with};
use web::form::Filled;
use web::{Answer, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/track.html")]
struct TrackPage {
    ui: Ui,
    form: Filled,
}

pub(crate) async fn form(req: Req) -> Answer {
    page(&req, &TrackPage { ui: req.ui(), form: Filled::new() })
}

/// Number and telephone must belong together; which of the two was wrong is not said.
fn find(tx: &mut Tx<'_>, number: &str, phone: &str) -> Result<Id<Case>> {
    let wrong = || Problem::field("receipt", "no-such-report");
    let case = rows::case_by_number(tx, number)?.ok_or_else(wrong)?;
    let given = Phone::parse(phone).map_err(|_| Problem::field("phone", "not-a-phone"))?;
    let left = rows::reporter(tx, case.id)?.and_then(|r| Phone::parse(&r.phone).ok());
    if left.is_some_and(|left| left.as_str() == given.as_str()) { Ok(case.id) } else { Err(wrong()) }
}

pub(crate) async fn search(req: Req, form: Form) -> Answer {
    let receipt = form.text("receipt").to_owned();
    // the link's own code works too
    if let Ok(id) = shared::opened(&req, &receipt) {
        return Ok(Redirect::to(&format!("/r/{}", shared::token(&req, id))).into_response());
    }
    let (number, phone) = (receipt.to_uppercase(), form.text("phone").to_owned());
    let (asked, neighbours) = (number.clone(), Neighbours::of(&req.city));
    if let Some(href) = req.read(move |_, tx| neighbours.receipt(tx, &asked)).await.or_fail(&req)? {
        return Ok(Redirect::to(&href).into_response());
    }
    match req.read(move |_, tx| find(tx, &number, &phone)).await {
        Ok(id) => Ok(Redirect::to(&format!("/r/{}", shared::token(&req, id))).into_response()),
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            page_with(&req, StatusCode::UNPROCESSABLE_ENTITY, &TrackPage { ui: req.ui(), form: filled })
        }
    }
}
