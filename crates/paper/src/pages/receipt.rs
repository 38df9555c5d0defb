//! What somebody with a counterfoil is told, at home or over the counter: no more than everybody may know.

use crate::queries::{self, Receipt};
use axum::http::StatusCode;
use kernel::workflow::Named;
use web::error::{OrFail, page_with};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "paper/receipt.html")]
struct ReceiptPage {
    ui: Ui,
    form: Filled,
    number: String,
    /// Empty before a number was given.
    told: String,
    mood: &'static str,
    /// The public page of the case.
    href: String,
}

pub(super) async fn page_of(req: Req) -> Answer {
    let number = Params::parse(&req.query).get("number").to_uppercase();
    let ui = req.ui();
    let blank = |form, status| {
        let view = ReceiptPage {
            ui: req.ui(),
            form,
            number: number.clone(),
            told: String::new(),
            mood: "",
            href: String::new(),
        };
        page_with(&req, status, &view)
    };
    if number.is_empty() {
        return blank(Filled::new(), StatusCode::OK);
    }
    let asked = number.clone();
    let receipt = match req.read(move |_, tx| queries::receipt(tx, &asked)).await {
        Err(problem) if problem.status == 404 => {
            let wrong = kernel::problem::Problem::field("number", "no-such-form");
            let sent = web::Form::from_pairs(&[("number", &number)]);
            let filled = Filled::refused(&sent, &wrong).unwrap_or_default();
            return blank(filled, StatusCode::UNPROCESSABLE_ENTITY);
        }
        receipt => receipt.or_fail(&req)?,
    };
    let (told, mood, href) = match receipt {
        Receipt::Out => (ui.t("paper-receipt-out"), "soon", String::new()),
        Receipt::Void => (ui.t("paper-receipt-void"), "late", String::new()),
        Receipt::Received => (ui.t("paper-receipt-received"), "ok", String::new()),
        Receipt::Public(case, state) => {
            let args = [("number", case.clone()), ("state", ui.named("case-state", state.code()))];
            (ui.ta("paper-receipt-public", args), "ok", format!("/public/cases/{case}"))
        }
    };
    let form = Filled::new().set("number", &number);
    page_with(&req, StatusCode::OK, &ReceiptPage { ui, form, number, told, mood, href })
}
