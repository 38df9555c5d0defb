//! How answers and refusals are written: `docs.getodk.org/openrosa-http`.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use checklist::openrosa::response;
use kernel::ctx::Locale;
use web::dialect::Told;
use web::error::{field_text, problem_texts};
use web::form::FILE_LIMIT;

/// Longest submission without its files, in bytes.
pub(super) const XML_LIMIT: usize = 4 << 20;
/// What one post should not exceed; programs send more in several.
const POST_LIMIT: usize = FILE_LIMIT + XML_LIMIT;

const VERSION: HeaderName = HeaderName::from_static("x-openrosa-version");
const LENGTH: HeaderName = HeaderName::from_static("x-openrosa-accept-content-length");

/// An answer with the headers that every answer has; the server puts the date to it.
pub(super) fn xml(locale: Locale, status: StatusCode, body: String) -> Response {
    let language = if locale == Locale::En { "en" } else { "zh" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(language)),
        // it is one person's alone, and programs keep what they may
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (VERSION, HeaderValue::from_static("1.0")),
        (LENGTH, HeaderValue::from(POST_LIMIT)),
    ];
    (status, headers, body).into_response()
}

/// What became of a submission, in words that the program shows.
pub(super) fn message(locale: Locale, status: StatusCode, words: &str) -> Response {
    xml(locale, status, response(status.is_success(), words))
}

/// How refusals are told. What is wrong with fields is 400, which programs take as final.
pub(crate) fn tell(told: &Told<'_>) -> Response {
    let locale = told.req.map_or_else(Locale::default, |req| req.ctx.locale);
    let status = if told.problem.status == 422 { 400 } else { told.problem.status };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = message(locale, status, &words(told));
    if status == StatusCode::UNAUTHORIZED {
        let how = HeaderValue::from_static("Basic realm=\"openrosa\", charset=\"UTF-8\"");
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, how);
    }
    answer
}

fn words(told: &Told<'_>) -> String {
    let Some(req) = told.req else { return told.problem.code.to_owned() };
    let ui = req.ui();
    let (what, todo) = problem_texts(&ui, told.problem);
    let fields = told.problem.fields.iter().map(|f| format!("{}: {}", f.field, field_text(&ui, f)));
    let lines = [what, todo].into_iter().filter(|line| !line.is_empty()).chain(fields);
    lines.collect::<Vec<_>>().join("\n")
}
