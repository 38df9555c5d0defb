//! How answers and refusals are written.

use crate::shapes;
use crate::tree::{Node, json, xml};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::problem::Problem;
use web::dialect::Told;
use web::error::{OrFail, field_text, problem_texts};
use web::{Answer, Fail, Form, Req, Ui};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl Format {
    pub(super) fn ending(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Xml => "xml",
        }
    }

    /// By the ending; without one by what the reader accepts, JSON when it is all the same. 406 for others.
    fn of(path: &str, accept: &str) -> Result<Self, Problem> {
        let other = || Problem::new(406, "format-unknown");
        let last = path.rsplit('/').next().unwrap_or_default();
        match last.rsplit_once('.') {
            Some((_, "json")) => Ok(Format::Json),
            Some((_, "xml")) => Ok(Format::Xml),
            None if accept.is_empty() || accept.contains("json") || accept.contains("*/*") => {
                Ok(Format::Json)
            }
            None if accept.contains("xml") => Ok(Format::Xml),
            Some(_) | None => Err(other()),
        }
    }
}

/// What every handler begins with: the format, and that it is this city that is meant. The specification's
/// `jurisdiction_id` may be left out; given, it is the city's code or the host name of this site.
pub(super) fn begin(req: &Req) -> Answer<(Format, Form)> {
    let format = Format::of(&req.path, &req.accept).or_fail(req)?;
    let query = Form::from_query(&req.query).or_fail(req)?;
    jurisdiction(req, &query).or_fail(req)?;
    Ok((format, query))
}

pub(super) fn jurisdiction(req: &Req, form: &Form) -> Result<(), Problem> {
    let id = form.text("jurisdiction_id");
    let base = &req.app.settings().base_url;
    let host = base.split("://").nth(1).unwrap_or(base).split([':', '/']).next().unwrap_or_default();
    if id.is_empty() || id == req.ctx.city.as_str() || id == host {
        return Ok(());
    }
    Err(Problem::new(404, "jurisdiction-unknown").arg("id", id.chars().take(80).collect::<String>()))
}

/// `CASE-2026-000412.xml` without its ending.
pub(super) fn bare(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(name, _)| name)
}

/// An answer in the format asked for. Any page of the web may read it: nothing in it depends on who asks.
pub(super) fn answer(format: Format, status: StatusCode, root: &str, node: &Node) -> Response {
    let (kind, body) = match format {
        Format::Json => ("application/json; charset=utf-8", json(node)),
        Format::Xml => ("text/xml; charset=utf-8", xml(root, node)),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::VARY, "Accept, Accept-Language"),
    ];
    (status, headers, body).into_response()
}

/// Where a list goes on, for whoever follows links.
pub(super) struct Onward<'a> {
    /// `next` for the rest of this answer, `monitor` for what there will be after it (both of IANA's register).
    pub rel: &'a str,
    pub resource: &'a str,
    /// Parameters of the question that are not asked again.
    pub without: &'a [&'a str],
    /// The one that says where to go on.
    pub with: (&'a str, String),
}

/// Says so in the header `Link`: the same question from another place.
pub(super) fn link(req: &Req, format: Format, onward: &Onward<'_>, response: &mut Response) {
    let base = &req.app.settings().base_url;
    // as it came, because names may come more than once
    let same = req.query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !name.is_empty() && name != onward.with.0 && !onward.without.contains(&name)
    });
    let new = format!("{}={}", onward.with.0, web::ui::encode(&onward.with.1));
    let query = same.map(str::to_owned).chain([new]).collect::<Vec<_>>().join("&");
    let (resource, ending, rel) = (onward.resource, format.ending(), onward.rel);
    let link = format!("<{base}/open311/v2/{resource}.{ending}?{query}>; rel=\"{rel}\"");
    if let Ok(value) = HeaderValue::from_str(&link) {
        response.headers_mut().insert(header::LINK, value);
    }
}

/// `/open311/v2/services.yaml`: no such format; anything else: no such thing.
pub(super) async fn other_ending(req: Req) -> Answer {
    begin(&req)?;
    Err(Fail::of(&req, Problem::not_found()))
}

/// Field errors are the specification's 400; every fault is told at once. See [`web::dialect`].
pub(crate) fn tell(told: &Told<'_>) -> Response {
    let format = Format::of(told.path, told.accept).unwrap_or(Format::Json);
    let status = if told.problem.status == 422 { 400 } else { told.problem.status };
    if told.problem.is_ours() {
        // what went wrong is for the log only
        let id = told.req.map_or("", |req| &*req.ctx.request_id);
        let text = format!("{} ({id})", told.problem.code);
        return answer(format, code(status), "errors", &shapes::errors(status, vec![text]));
    }
    let texts = match told.req {
        Some(req) => texts(&req.ui(), told.problem),
        None => vec![told.problem.code.to_owned()],
    };
    let mut response = answer(format, code(status), "errors", &shapes::errors(status, texts));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST)
}

fn texts(ui: &Ui, problem: &Problem) -> Vec<String> {
    if problem.fields.is_empty() {
        let (title, todo) = problem_texts(ui, problem);
        return vec![if todo.is_empty() { title } else { format!("{title}. {todo}") }];
    }
    problem.fields.iter().map(|f| format!("{}: {}", parameter(&f.field), field_text(ui, f))).collect()
}

/// What the specification calls a field of ours.
fn parameter(field: &str) -> &str {
    match field {
        "lng" | "place" => "lat",
        "address" => "address_string",
        "item" | "kind" => "service_code",
        "mail" => "email",
        "reporter" => "last_name",
        "condition" => "attribute[condition]",
        "photos" => "media",
        other => other,
    }
}
