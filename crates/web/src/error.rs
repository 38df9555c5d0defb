//! Problems as answers: a page, or RFC 9457 JSON, by what was asked for.

use crate::dialect::{Asked, Told, programs_only};
use crate::request::Req;
use crate::ui::Ui;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use kernel::ctx::Locale;
use kernel::problem::{FieldError, Problem};
use serde_json::{Value, json};

/// What handlers return.
pub type Answer<T = Response> = Result<T, Fail>;

/// A problem on its way to the reader.
pub struct Fail {
    pub problem: Problem,
    pub(crate) req: Option<Box<Req>>,
    pub(crate) json: bool,
    pub(crate) locale: Locale,
    pub(crate) asked: Option<Box<Asked>>,
}

impl Fail {
    /// A problem for the reader of `req`.
    pub fn of(req: &Req, problem: Problem) -> Self {
        let json = programs_only(&req.path);
        let asked = req.app.asked(&req.path, &req.accept);
        Self { problem, json, locale: req.ctx.locale, req: Some(Box::new(req.clone())), asked }
    }
}

/// Lets `?` turn a [`Problem`] into a [`Fail`] for the reader: `work.await.or_fail(&req)?`.
pub trait OrFail<T> {
    fn or_fail(self, req: &Req) -> Answer<T>;
}

impl<T> OrFail<T> for kernel::problem::Result<T> {
    fn or_fail(self, req: &Req) -> Answer<T> {
        self.map_err(|problem| Fail::of(req, problem))
    }
}

pub(crate) fn wants_json(path: &str, headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|h| h.to_str().ok()).unwrap_or_default();
    programs_only(path) || (accept.contains("json") && !accept.contains("text/html"))
}

/// A field's error in the reader's language.
pub fn field_text(ui: &Ui, error: &FieldError) -> String {
    ui.ta(format!("field-{}", error.code), arguments(ui, &error.args))
}

/// What happened and what to do, in the reader's language.
pub fn problem_texts(ui: &Ui, problem: &Problem) -> (String, String) {
    let args = arguments(ui, &problem.args);
    let title = ui.ta(format!("problem-{}", problem.code), &args);
    let todo = ui
        .maybe(format!("problem-{}.todo", problem.code))
        .map_or_else(String::new, |_| ui.ta(format!("problem-{}.todo", problem.code), &args));
    (title, todo)
}

/// Arguments that are themselves keys (states, moves, actions) are translated.
fn arguments<'a>(ui: &Ui, args: &[(&'a str, String)]) -> Vec<(&'a str, String)> {
    args.iter().map(|(n, v)| (*n, ui.maybe(v).unwrap_or_else(|| v.clone()))).collect()
}

/// The RFC 9457 body of a problem. `title` and `detail` are in the reader's language; `type` is the stable code.
pub fn body(problem: &Problem, ui: Option<&Ui>) -> Value {
    let (title, todo) =
        ui.map_or_else(|| (problem.code.to_owned(), String::new()), |ui| problem_texts(ui, problem));
    let mut body = json!({
        "type": format!("urn:chuangcheng:problem:{}", problem.code),
        "code": problem.code,
        "status": problem.status,
        "title": title,
    });
    if let Value::Object(map) = &mut body {
        if !todo.is_empty() {
            map.insert("detail".into(), todo.into());
        }
        if let Some(ui) = ui {
            map.insert("request_id".into(), ui.ctx.request_id.to_string().into());
        }
        if !problem.fields.is_empty() {
            let errors: Vec<Value> = problem
                .fields
                .iter()
                .map(
                    |f| json!({ "field": f.field, "code": f.code, "detail": ui.map(|ui| field_text(ui, f)) }),
                )
                .collect();
            map.insert("errors".into(), errors.into());
        }
    }
    body
}

#[derive(askama::Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    ui: Ui,
    status: u16,
    title: String,
    todo: String,
    fields: Vec<String>,
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let Self { problem, req, json, locale, asked } = self;
        if problem.is_ours() {
            let request_id = req.as_ref().map(|r| r.ctx.request_id.to_string()).unwrap_or_default();
            tracing::error!(%problem, request_id, "a request failed");
        }
        let wait =
            problem.args.iter().find(|(name, _)| *name == "seconds").map(|(_, seconds)| seconds.clone());
        let retry = matches!(problem.status, 429 | 503).then(|| wait.unwrap_or_else(|| "1".to_owned()));
        let mut response = match asked {
            Some(asked) => {
                let Asked { dialect, path, accept } = *asked;
                (dialect.tell)(&Told { problem: &problem, req: req.as_deref(), path: &path, accept: &accept })
            }
            None => Self::answer(problem, req, json, locale),
        };
        if let Some(value) = retry.and_then(|seconds| HeaderValue::from_str(&seconds).ok()) {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }
}

impl Fail {
    fn answer(problem: Problem, req: Option<Box<Req>>, json: bool, locale: Locale) -> Response {
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let ui = req.as_ref().map(|r| r.ui());
        if json {
            let text = body(&problem, ui.as_ref()).to_string();
            return (
                status,
                [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))],
                text,
            )
                .into_response();
        }
        let Some(ui) = ui else {
            let text = if locale == Locale::En {
                "This city is not served here."
            } else {
                "这里没有这个城市。"
            };
            return (status, Html(text)).into_response();
        };
        if problem.status == 401 && problem.code == "sign-in-needed" {
            let back = crate::ui::encode(&ui.here());
            return Redirect::to(&format!("/sign-in?back={back}")).into_response();
        }
        let (title, todo) = problem_texts(&ui, &problem);
        let fields = problem.fields.iter().map(|f| field_text(&ui, f)).collect();
        let page = ProblemPage { status: problem.status, title, todo, fields, ui };
        match askama::Template::render(&page) {
            Ok(html) => (status, Html(html)).into_response(),
            Err(e) => (status, format!("{e}")).into_response(),
        }
    }
}

const PERSON: HeaderName = HeaderName::from_static("cc-person");

/// Renders a page.
pub fn page<T: askama::Template>(req: &Req, template: &T) -> Answer {
    page_with(req, StatusCode::OK, template)
}

/// Renders a page with a status other than 200, such as a form sent back with errors (422).
pub fn page_with<T: askama::Template>(req: &Req, status: StatusCode, template: &T) -> Answer {
    match template.render() {
        Ok(html) => {
            let mark = req.person_mark();
            let fixed = [
                (header::VARY, "HX-Request, Cookie, Accept-Language".to_owned()),
                // whose page it is, for the service worker that may keep it
                (PERSON, if mark.is_empty() { "-".to_owned() } else { mark }),
            ];
            Ok((status, fixed, Html(html)).into_response())
        }
        Err(e) => Err(Fail::of(req, Problem::internal(format!("template: {e}")))),
    }
}

/// 303 to `to` with a message shown there once: key `flash-<key>`, its `{ $value }`.
pub fn redirect(req: &Req, to: &str, flash: &str, value: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if !flash.is_empty() {
        let text = format!("{flash}|{}", crate::ui::encode(value));
        crate::security::add_cookie(response.headers_mut(), "flash", &text, Some(60), true, &req.app);
    }
    response
}
