//! A form comes back: `docs.getodk.org/openrosa-form-submission`.
//!
//! 201: it is here, also where it was here before; 202: it is kept, and the office chooses between it and the record that the
//! visit has. Both mean that it need not be sent again. Anything else leaves it on the telephone.

use super::answer::{XML_LIMIT, message, xml};
use super::forms::{asking, choice, visit_of};
use super::who::who;
use crate::api::send::parts;
use crate::commands::{self, Came, NewFile, Outcome, Sending};
use crate::model::{Door, Edition};
use crate::queries;
use crate::sheet_view::said;
use ::store::Tx;
use ::store::files::Files;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use checklist::submission::{self, Submission, SubmissionFault};
use checklist::{Choice, Given, words};
use inspections::visits::Visit;
use kernel::ctx::{Ctx, Locale};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, problem_texts};
use web::scope::Need;
use web::{Answer, Req, security};

/// Faults that one answer names.
const NAMED: usize = 10;
/// The part that holds the answers.
const ANSWERS: &str = "xml_submission_file";

/// `HEAD /openrosa/submission`: what programs ask before they send.
pub(super) async fn ready(req: Req, headers: HeaderMap) -> Answer {
    let ctx = who(&req, &headers, Need::Act).await?;
    let mut answer = xml(ctx.locale, StatusCode::NO_CONTENT, String::new());
    let here = format!("{}/submission", super::server(&req.app.settings().base_url));
    if let Ok(here) = HeaderValue::from_str(&here) {
        answer.headers_mut().insert(header::LOCATION, here);
    }
    Ok(answer)
}

/// A fault with its place, in the words of the reader.
fn line(locale: Locale, path: &str, words: &str) -> String {
    let between = if locale == Locale::En { ": " } else { "：" };
    if path.is_empty() { words.to_owned() } else { format!("{path}{between}{words}") }
}

fn sentence(locale: Locale, code: &str, what: &str, path: &str) -> String {
    line(locale, path, &said(locale, &words::sentence(code, what, None)))
}

fn refused(locale: Locale, lines: Vec<String>) -> Response {
    let lines: Vec<String> = lines.into_iter().take(NAMED).collect();
    message(locale, StatusCode::BAD_REQUEST, &lines.join("\n"))
}

fn unread(locale: Locale, faults: &[SubmissionFault]) -> Response {
    refused(locale, faults.iter().map(|f| sentence(locale, f.code.code(), &f.what, &f.path)).collect())
}

fn faulty(locale: Locale, faults: &[Came]) -> Response {
    let told = |f: &Came| {
        if f.message.is_blank() {
            sentence(locale, f.code, &f.what, &f.path)
        } else {
            line(locale, &f.path, &said(locale, &f.message))
        }
    };
    refused(locale, faults.iter().map(told).collect())
}

/// The version that a submission was filled in by, retired ones too.
fn version_of(ctx: &Ctx, tx: &mut Tx<'_>, code: &str, label: &str) -> Result<Option<Edition>> {
    match queries::one(ctx, tx, code, label) {
        Ok((_, edition, _)) => Ok(Some(edition)),
        Err(problem) if problem.status == 404 => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// What was sent, or the answer that says why it is not taken.
async fn understood(
    req: &Req,
    ctx: &Ctx,
    xml: &[u8],
) -> Answer<std::result::Result<(Edition, Id<Visit>, Submission), Response>> {
    let locale = ctx.locale;
    let (code, label) = match submission::belongs_to(xml) {
        Ok(found) => found,
        Err(fault) => return Ok(Err(refused(locale, vec![sentence(locale, fault.code(), "", "")]))),
    };
    let (asked, of) = (ctx.clone(), (code.clone(), label.clone()));
    let read = req.db().read(move |tx| {
        let edition = version_of(&asked, tx, &of.0, &of.1)?;
        // also those that were handed in meanwhile: the same may be sent twice
        let visits: Vec<Choice> = queries::visits(&asked, tx)?.iter().map(choice).collect();
        Ok((edition, visits))
    });
    let (edition, visits) = read.await.or_fail(req)?;
    let Some(edition) = edition else {
        let form = format!("{code} {label}");
        return Ok(Err(refused(locale, vec![sentence(locale, "submission-other-form", form.trim(), "")])));
    };
    let (list, question) = asking(&edition.model.0, visits);
    let mut found = match submission::read(&list, xml) {
        Ok(found) => found,
        Err(faults) => return Ok(Err(unread(locale, &faults))),
    };
    let chosen = match found.answers.given.remove(&question) {
        Some(Given::Text(name)) => visit_of(&name),
        _ => None,
    };
    Ok(match chosen {
        Some(visit) => Ok((edition, visit, found)),
        None => Err(refused(locale, vec![sentence(locale, "answer-required", "", &question)])),
    })
}

/// As the phone page would send it. A telephone that says nothing of the time has filled it in now.
fn sending(
    ctx: &Ctx,
    (edition, visit, found): (Edition, Id<Visit>, Submission),
    files: Vec<NewFile>,
) -> Sending {
    let ended_at = found.ended.unwrap_or(ctx.now);
    Sending {
        visit,
        edition: edition.id,
        instance: found.instance_id,
        started_at: found.started.filter(|at| *at <= ended_at).unwrap_or(ended_at),
        ended_at,
        at: None,
        answers: found.answers,
        files,
        door: Door::OpenRosa,
    }
}

/// `POST /openrosa/submission`: answers as the part `xml_submission_file`, and files. What one post cannot hold comes in further
/// ones with the same answers.
pub(super) async fn submit(req: Req, headers: HeaderMap, request: Request) -> Answer {
    // a browser that knows the key would show it to every site that asks
    security::same_origin(&headers).or_fail(&req)?;
    let ctx = who(&req, &headers, Need::Act).await?;
    let files = Files::of(req.db());
    let (texts, new) = parts(&files, request, XML_LIMIT).await.or_fail(&req)?;
    let xml = texts.into_iter().find(|(name, _)| name == ANSWERS).map(|(_, bytes)| bytes);
    let xml = xml.ok_or_else(|| Problem::field(ANSWERS, "required")).or_fail(&req)?;
    let sending = match understood(&req, &ctx, &xml).await? {
        Ok(found) => sending(&ctx, found, new),
        Err(refused) => return Ok(refused),
    };
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let by = ctx.clone();
    let write = req.db().write(&ctx, move |tx| {
        let outcome = commands::receive(&by, tx, &index, &sending)?;
        let known = matches!(outcome, Outcome::Same(_) | Outcome::Kept { .. });
        if known && !sending.files.is_empty() {
            commands::attach(&by, tx, &sending.instance, &sending.files)?;
        }
        Ok(outcome)
    });
    let ui = req.ui();
    Ok(match write.await.or_fail(&req)? {
        Outcome::New(record) | Outcome::Same(record) => {
            let state = ui.named("field-record-state", record.state.code());
            message(ctx.locale, StatusCode::CREATED, &format!("{} {state}", record.number))
        }
        Outcome::Kept { there, .. } => {
            let problem = Problem::conflict("fieldwork-second-reading").arg("number", &there.number);
            let (what, todo) = problem_texts(&ui, &problem);
            message(ctx.locale, StatusCode::ACCEPTED, &format!("{what}\n{todo}"))
        }
        Outcome::Faulty(faults) => faulty(ctx.locale, &faults),
    })
}
