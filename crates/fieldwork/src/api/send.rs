//! What an inspector takes along for a day, and what comes back.

use super::bodies::{FieldChecklist, FieldDay, FieldFault, FieldRecordRow, FieldVisit, FieldWords};
use crate::commands::{self, Came, NewFile, Outcome, Sending};
use crate::model::{Door, FILES, Record};
use crate::policy::{self, Act};
use crate::queries;
use ::store::files::{Files, Quarantined};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use checklist::{Answers, words};
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::{Instant, parse_date};
use serde::Deserialize;
use utoipa::ToSchema;
use web::api::{json, json_with};
use web::error::OrFail;
use web::form::FILE_LIMIT;
use web::list::Params;
use web::{Answer, Fail, Req, security};

/// One's own visits of a day with the checklists that they are filled in by.
#[utoipa::path(get, path = "/api/v1/fieldwork/day", tag = "fieldwork", operation_id = "getFieldDay",
    params(("date" = Option<String>, Query, description = "`2026-03-09`; today where it is left out")),
    responses((status = 200, body = FieldDay, description = "the visits in the order of the way; which of a point's visits is the second is not told"),
        (status = 422, description = "the date is none")))]
pub(super) async fn day(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Fill).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let date = match params.get("date") {
        "" => Ok(req.ctx.now.date()),
        text => parse_date(text).ok_or_else(|| Problem::field("date", "not-a-date")),
    };
    let date = date.or_fail(&req)?;
    let all = req.read(move |ctx, tx| queries::on(ctx, tx, date)).await.or_fail(&req)?;
    let mut editions: Vec<_> = all.iter().filter_map(|one| one.edition.as_ref()).collect();
    editions.sort_by_key(|e| e.id);
    editions.dedup_by_key(|e| e.id);
    let body = FieldDay {
        date: date.to_string(),
        made_at: req.ctx.now.rfc3339(),
        visits: all.iter().map(FieldVisit::of).collect(),
        checklists: editions.into_iter().map(FieldChecklist::of).collect(),
    };
    json(&req, &body)
}

/// The part `record`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldSending {
    /// `id` of the visit.
    visit: String,
    /// `id` of the checklist that it was filled in by.
    checklist: String,
    /// The sender's own name for this sending: the same again is the same record.
    instance: String,
    started_at: String,
    ended_at: String,
    at: Option<FieldPlace>,
    #[schema(value_type = Object)]
    answers: Answers,
}

/// Where the inspector was: WGS 84.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldPlace {
    lng: f64,
    lat: f64,
    /// Metres.
    accuracy: Option<f64>,
}

/// What is sent, part by part.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a multipart body; its parts are read one by one")]
pub(super) struct FieldSendingParts {
    record: FieldSending,
    /// Further parts: files, each named by its place in the answers (`stops[2]/photo`), its file name as the answer has it.
    #[schema(value_type = String, format = Binary)]
    photo: Vec<u8>,
}

impl FieldSending {
    fn read(text: &str) -> Result<Self> {
        serde_json::from_str(text)
            .map_err(|e| Problem::invalid(vec![FieldError::new("record", "not-as-described").arg("what", e)]))
    }

    fn sending(self, files: Vec<NewFile>) -> Result<Sending> {
        let wrong = |field: &'static str| Problem::field(field, "not-as-described");
        let place = |p: &FieldPlace| kernel::coords::Point::checked(p.lng, p.lat).is_some();
        if self.at.as_ref().is_some_and(|at| !place(at)) {
            return Err(wrong("at"));
        }
        Ok(Sending {
            visit: self.visit.parse().map_err(|_| wrong("visit"))?,
            edition: self.checklist.parse().map_err(|_| wrong("checklist"))?,
            instance: self.instance,
            started_at: Instant::parse_rfc3339(&self.started_at).ok_or_else(|| wrong("started_at"))?,
            ended_at: Instant::parse_rfc3339(&self.ended_at).ok_or_else(|| wrong("ended_at"))?,
            at: self.at.map(|at| (at.lng, at.lat, at.accuracy)),
            answers: self.answers,
            files,
            door: Door::Api,
        })
    }
}

/// Most parts that are no files.
const TEXTS: usize = 20;
/// Longest part `record`, in bytes.
const RECORD_LIMIT: usize = 2 << 20;
/// What a recording may be; longer ones are for other programs.
const SOUNDS: sound::Limits = sound::Limits { bytes: FILE_LIMIT, millis: 10 * 60 * 1000 };

/// A sound with its kind and its clean bytes, or why it is not taken; none for what is no sound.
pub(crate) fn sound_of(bytes: &[u8]) -> Option<std::result::Result<(sound::Kind, Vec<u8>), &'static str>> {
    match sound::examine(bytes, &SOUNDS) {
        Ok(heard) => Some(Ok((heard.kind, heard.clean))),
        // a picture or something else, which is examined as such
        Err(
            sound::Fault::NotASound
            | sound::Fault::Empty
            | sound::Fault::WithVideo
            | sound::Fault::TooManyBytes,
        ) => None,
        Err(fault) => Some(Err(fault.code())),
    }
}

fn broken(e: axum::extract::multipart::MultipartError) -> Problem {
    Problem::new(400, "upload-broken").detail(e.body_text())
}

/// A part's bytes, at most so many.
async fn bytes_of(field: &mut Field<'_>, limit: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if bytes.len() + chunk.len() > limit {
            return Err(Problem::new(413, "too-large").arg("limit", format!("{} MB", limit >> 20)));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Puts a file into quarantine, off the async threads.
pub(super) async fn keep(files: &Files, name: String, path: String, bytes: Vec<u8>) -> Result<NewFile> {
    let files = files.clone();
    let work = move || -> Result<NewFile> {
        let (sound, clean) = match sound_of(&bytes) {
            Some(Ok((kind, clean))) => (Some(kind), clean),
            Some(Err(code)) => return Err(Problem::invalid(vec![FieldError::new(path, code)])),
            None => (None, bytes),
        };
        // a clean copy is never longer than what came by more than an empty head
        let received: Quarantined = files.receive_now(&clean[..], FILE_LIMIT as u64 + 1024)?;
        Ok(NewFile { received, name, sound })
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|done| done)
}

/// Parts as they come: texts by their names, files in quarantine.
pub(super) async fn parts(
    files: &Files,
    mut request: Request,
    text_limit: usize,
) -> Result<(Vec<(String, Vec<u8>)>, Vec<NewFile>)> {
    // each part has its own limit; axum's own for the whole would be 2 MB
    DefaultBodyLimit::disable().apply(&mut request);
    let mut multipart = Multipart::from_request(request, &())
        .await
        .map_err(|e| Problem::new(400, "upload-broken").detail(e.body_text()))?;
    let (mut texts, mut kept) = (Vec::new(), Vec::new());
    while let Some(mut field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned).filter(|file| !file.is_empty());
        match file {
            Some(file) if name != "record" && name != "xml_submission_file" => {
                if kept.len() >= FILES {
                    return Err(Problem::new(413, "too-many-files").arg("limit", FILES));
                }
                let bytes = bytes_of(&mut field, FILE_LIMIT).await?;
                kept.push(keep(files, file, name, bytes).await?);
            }
            _ if texts.len() >= TEXTS => {
                return Err(Problem::new(413, "too-many-files").arg("limit", TEXTS));
            }
            _ => texts.push((name, bytes_of(&mut field, text_limit).await?)),
        }
    }
    Ok((texts, kept))
}

/// Hands a record in.
///
/// Part `record`: JSON as described by `FieldSending`. Further parts are files, each named by its place in the answers
/// (`stops[2]/photo`), its file name as the answer has it.
#[utoipa::path(post, path = "/api/v1/fieldwork/records", tag = "fieldwork", operation_id = "sendFieldRecord",
    params(("X-CSRF-Token" = Option<String>, Header, description = "of the page, for whoever comes with a session instead of a key")),
    request_body(content = FieldSendingParts, content_type = "multipart/form-data", description = "part `record` and files"),
    responses((status = 201, body = FieldRecordRow, description = "it was taken"),
        (status = 200, body = FieldRecordRow, description = "the same sending was here before; nothing was taken twice"),
        (status = 404, description = "no such visit of one's own"),
        (status = 409, description = "the visit has a record already: `href` says which; what came is kept as another reading that the office looks at. Or no points are visited now."),
        (status = 413, description = "a file or all of it is too large"),
        (status = 422, description = "`faults` says what is wrong with which answer; nothing was taken")))]
pub(super) async fn create(req: Req, headers: HeaderMap, request: Request) -> Answer {
    policy::somewhere(&req.ctx, Act::Fill).or_fail(&req)?;
    if !req.by_key {
        let token = headers.get("x-csrf-token").and_then(|t| t.to_str().ok()).unwrap_or_default();
        security::check_token(&req, token).or_fail(&req)?;
    }
    let files = Files::of(req.db());
    let (texts, kept) = parts(&files, request, RECORD_LIMIT).await.or_fail(&req)?;
    let record = texts.iter().find(|(name, _)| name == "record").map(|(_, bytes)| bytes.as_slice());
    let record = record.ok_or_else(|| Problem::field("record", "required")).or_fail(&req)?;
    let text = std::str::from_utf8(record).map_err(|_| Problem::new(400, "not-utf8")).or_fail(&req)?;
    let sending = FieldSending::read(text).and_then(|s| s.sending(kept)).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let write = req.write(move |ctx, tx| commands::receive(ctx, tx, &index, &sending));
    match write.await.or_fail(&req)? {
        Outcome::New(record) => json_with(&req, StatusCode::CREATED, &FieldRecordRow::of(&record, true)),
        Outcome::Same(record) => json(&req, &FieldRecordRow::of(&record, true)),
        Outcome::Kept { there, .. } => Ok(taken(&req, &there)),
        Outcome::Faulty(faults) => faulty(&req, &faults),
    }
}

fn problem_with(req: &Req, problem: &Problem, more: Vec<(&str, serde_json::Value)>) -> Response {
    let mut body = web::error::body(problem, Some(&req.ui()));
    if let serde_json::Value::Object(map) = &mut body {
        map.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::CONFLICT);
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

/// 409 with the address of the record that is there.
fn taken(req: &Req, there: &Record) -> Response {
    let problem = Problem::conflict("fieldwork-second-reading").arg("number", &there.number);
    problem_with(
        req,
        &problem,
        vec![("href", there.href().into()), ("record", there.number.clone().into()), ("kept", true.into())],
    )
}

/// 422 with each place and code.
fn faulty(req: &Req, faults: &[Came]) -> Answer {
    let fields =
        faults.iter().map(|f| FieldError::new(f.path.clone(), f.code).arg("what", &f.what)).collect();
    let problem = Problem::invalid(fields);
    let told: Vec<FieldFault> = faults
        .iter()
        .map(|f| FieldFault {
            path: f.path.clone(),
            code: f.code.to_owned(),
            what: f.what.clone(),
            message: FieldWords::of(&if f.message.is_blank() {
                words::sentence(f.code, &f.what, None)
            } else {
                f.message.clone()
            }),
        })
        .collect();
    let told = serde_json::to_value(told).map_err(Problem::internal);
    match told {
        Ok(told) => Ok(problem_with(req, &problem, vec![("faults", told)])),
        Err(problem) => Err(Fail::of(req, problem)),
    }
}
