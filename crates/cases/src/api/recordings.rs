//! 录音 by API: sent with a report's token, fetched and typed by whoever may hear it.

use super::answers::moment;
use crate::commands;
use crate::model::Recording;
use crate::pages::recordings::take;
use crate::pages::{shared, staff};
use crate::store as rows;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use kernel::id::Id;
use kernel::masking::{Audience, mask_text};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::form::FILE_LIMIT;
use web::{Answer, Path, Req};

/// A recording of a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordingBody {
    pub id: String,
    /// As its packets say.
    pub seconds: i64,
    /// `audio/webm`, `audio/mp4`, `audio/ogg`, `audio/mpeg`, `audio/aac`, `audio/wav` or `audio/amr`.
    pub media_type: String,
    /// Where this key may fetch it; none for who handles the case, and when it is erased.
    pub path: Option<String>,
    /// What is said, as somebody typed it; numbers of telephones are covered for who handles the case.
    pub words: Option<String>,
    pub typed_at: Option<String>,
}

impl RecordingBody {
    pub(super) fn of(recording: &Recording, number: &str, hears: bool, audience: Audience) -> Self {
        let path = format!("/api/v1/cases/{number}/recordings/{}", recording.id);
        Self {
            id: recording.id.to_string(),
            seconds: recording.seconds(),
            media_type: recording.media_type.clone(),
            path: (hears && !recording.erased).then_some(path),
            words: recording.is_typed().then(|| mask_text(&recording.words, audience)),
            typed_at: moment(recording.words_at),
        }
    }
}

/// A recording that was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordingReceipt {
    pub seconds: i64,
    /// Found by looking, whatever the header `Content-Type` said.
    pub media_type: String,
}

/// Add a recording to a report.
///
/// One for each report, before it is handed to a unit. The body is the file itself. What it says of a person or a place beside the
/// sound is taken out. It is never public and cannot be fetched with the token.
#[utoipa::path(post, path = "/api/v1/reports/{token}/recording", tag = "cases", operation_id = "addRecording",
    params(("token" = String, Path, description = "from the receipt")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "WebM, MP4, Ogg, MP3, AAC, WAV or AMR, sound only"),
    responses((status = 201, body = RecordingReceipt, description = "it was taken; the same bytes again are one recording"),
        (status = 404, description = "no such report"),
        (status = 409, description = "there is one already, or the case has gone on"),
        (status = 410, description = "who reported was erased, and with it this way in"),
        (status = 413, description = "larger than any recording may be")))]
pub(crate) async fn add(req: Req, Path(token): Path<String>, given: Body) -> Answer {
    let id = shared::opened(&req, &token).or_fail(&req)?;
    let too_large = |_| Problem::new(413, "too-large").arg("limit", format!("{} MB", FILE_LIMIT >> 20));
    let bytes = axum::body::to_bytes(given, FILE_LIMIT).await.map_err(too_large).or_fail(&req)?;
    let new = take(&req, bytes, "recording".to_owned()).await?.or_fail(&req)?;
    let kept = req.write(move |ctx, tx| commands::add_recording(ctx, tx, id, &new)).await.or_fail(&req)?;
    let receipt = RecordingReceipt { seconds: kept.seconds(), media_type: kept.media_type };
    json_with(&req, StatusCode::CREATED, &receipt)
}

/// Fetch a recording, whole or in part.
///
/// Each hearing is recorded with who and when: one within an hour.
#[utoipa::path(get, path = "/api/v1/cases/{number}/recordings/{id}", tag = "cases", operation_id = "getRecording",
    params(("number" = String, Path, description = "number of the case, `CASE-2026-000412`"),
        ("id" = String, Path, description = "from the case's `recordings`"),
        ("Range" = Option<String>, Header, description = "one range of bytes")),
    responses((status = 200, body = Vec<u8>, content_type = "audio/webm", description = "the file, of its own media type"),
        (status = 206, body = Vec<u8>, content_type = "audio/webm", description = "the part that was asked for"),
        (status = 403, description = "whoever handles the case does not hear who reported it"),
        (status = 404, description = "none that the key may hear, or it is still examined"),
        (status = 410, description = "it was erased"),
        (status = 416, description = "there are not so many bytes")))]
pub(crate) async fn fetch(req: Req, at: Path<(String, Id<Recording>)>, headers: HeaderMap) -> Answer {
    staff::recordings::serve(req, at, headers).await
}

/// What is said in a recording.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TranscriptBody {
    /// At most 3,000 characters.
    pub words: String,
}

/// Type what is said in a recording.
///
/// It becomes the case's description where the reporter wrote none.
#[utoipa::path(put, path = "/api/v1/cases/{number}/recordings/{id}/transcript", tag = "cases", operation_id = "typeRecording",
    params(("number" = String, Path, description = "number of the case, `CASE-2026-000412`"),
        ("id" = String, Path, description = "from the case's `recordings`")),
    request_body = TranscriptBody,
    responses((status = 200, body = RecordingBody, description = "the recording with its words"),
        (status = 403, description = "whoever handles the case does not type it"),
        (status = 404, description = "none that the key may hear"),
        (status = 410, description = "what was written about this case was erased")))]
pub(crate) async fn transcript(
    req: Req,
    Path((number, id)): Path<(String, Id<Recording>)>,
    given: Body,
) -> Answer {
    let given: TranscriptBody = body(&req, given).await?;
    let desk = shared::desk(&req).await?;
    let work = move |ctx: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| {
        let case = commands::type_recording(ctx, tx, &desk, &number, id, &given.words)?;
        let recording = rows::recording(tx, id)?.ok_or_else(Problem::not_found)?;
        Ok(RecordingBody::of(&recording, &case.number, true, Audience::Office))
    };
    let shown = req.write(work).await.or_fail(&req)?;
    json(&req, &shown)
}
