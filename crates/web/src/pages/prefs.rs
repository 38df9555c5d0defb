//! What a reader chooses for their own screen, for browsers without script; `ui/src/lib/prefs.ts` sets the same cookies.

use crate::error::Answer;
use crate::form::Form;
use crate::request::Req;
use crate::routes::Path;
use crate::security::{add_cookie, local};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::ctx::Locale;
use serde::Deserialize;

const YEAR: i64 = 365 * 86_400;

/// Back to where the reader was, with a cookie changed; an empty value removes it.
fn back(req: &Req, to: &str, name: &str, value: &str) -> Response {
    let mut response = Redirect::to(local(to)).into_response();
    let age = if value.is_empty() { 0 } else { YEAR };
    add_cookie(response.headers_mut(), name, value, Some(age), false, &req.app);
    response
}

pub(crate) async fn elder(req: Req, form: Form) -> Answer {
    let value = if req.prefs.elder { "" } else { "1" };
    Ok(back(&req, form.text("back"), "cc_elder", value))
}

pub(crate) async fn theme(req: Req, form: Form) -> Answer {
    let value = match form.text("theme") {
        "light" => "light",
        "dark" => "dark",
        _ => "",
    };
    Ok(back(&req, form.text("back"), "cc_theme", value))
}

#[derive(Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    back: String,
}

pub(crate) async fn language(req: Req, Path(code): Path<String>, Query(query): Query<Back>) -> Answer {
    let value = Locale::parse(&code).unwrap_or_default().code();
    Ok(back(&req, &query.back, "cc_lang", value))
}
