//! 意见建议 for the public: the form, and the receipt that later shows the answer.

use crate::model::{BODY_MAX, CONTACT_MAX, Kind, Suggestion};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use kernel::id::Id;
use kernel::problem::{Findings, Problem, Result};
use kernel::workflow::Named;
use web::error::{Answer, Fail, OrFail, page, page_with};
use web::form::Filled;
use web::parts::Choice;
use web::{Form, Path, Req, Ui};

const PURPOSE: &str = "suggestion";

#[derive(askama::Template)]
#[template(path = "suggest.html")]
struct SuggestPage {
    ui: Ui,
    form: Filled,
    kinds: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "suggestion_receipt.html")]
struct ReceiptPage {
    ui: Ui,
    suggestion: Suggestion,
    kind: String,
}

fn suggest_page(ui: Ui, form: Filled) -> SuggestPage {
    let icon = |kind| match kind {
        Kind::Suggestion => "bulb",
        Kind::Complaint => "message-report",
        Kind::Mistake => "pencil",
        Kind::Burden => "scale",
    };
    let choice = |kind: &Kind| Choice {
        value: kind.code().to_owned(),
        text: ui.named("suggestion-kind", kind.code()),
        icon: icon(*kind),
    };
    SuggestPage { kinds: Kind::ALL.iter().map(choice).collect(), form, ui }
}

pub(crate) async fn form(req: Req) -> Answer {
    page(&req, &suggest_page(req.ui(), Filled::new().set("kind", Kind::Suggestion.code())))
}

fn read(form: &Form) -> Result<(Kind, String, Option<String>)> {
    let mut findings = Findings::default();
    let kind = findings.take(form.choice("kind")).flatten();
    let body = findings.take(form.required("body", BODY_MAX));
    let contact = findings.take(form.optional("contact", CONTACT_MAX));
    findings.check(kind.is_some() || !findings.is_empty(), "kind", "required");
    findings.done()?;
    match (kind, body, contact) {
        (Some(kind), Some(body), Some(contact)) => Ok((kind, body, contact)),
        _ => Err(Problem::field("kind", "required")),
    }
}

pub(crate) async fn create(req: Req, form: Form) -> Answer {
    let saved = match read(&form) {
        Ok((kind, body, contact)) => {
            req.write(move |ctx, tx| crate::suggest(tx, ctx, kind, body, contact)).await.or_fail(&req)?
        }
        Err(problem) => {
            return match Filled::refused(&form, &problem) {
                Some(filled) => {
                    page_with(&req, StatusCode::UNPROCESSABLE_ENTITY, &suggest_page(req.ui(), filled))
                }
                None => Err(Fail::of(&req, problem)),
            };
        }
    };
    let token = req.db().secrets().token(PURPOSE, saved.id.raw());
    Ok(Redirect::to(&format!("/suggestions/{token}")).into_response())
}

/// Whoever has the link may read it: there is no account to ask for.
pub(crate) async fn receipt(req: Req, Path(token): Path<String>) -> Answer {
    let id = req.db().secrets().open_token(PURPOSE, &token).ok_or_else(Problem::not_found).or_fail(&req)?;
    let suggestion = req.read(move |_, tx| crate::store::get(tx, Id::new(id))).await.or_fail(&req)?;
    let ui = req.ui();
    let kind = ui.named("suggestion-kind", suggestion.kind.code());
    page(&req, &ReceiptPage { ui, suggestion, kind })
}
