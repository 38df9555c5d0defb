//! 录音 on the page of a case: heard by few, typed by one of them.

use super::record;
use crate::commands;
use crate::model::Recording;
use crate::pages::recordings::clock;
use crate::pages::shared;
use crate::queries::Full;
use ::store::files::{Files, Opened};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::id::Id;
use kernel::masking::{Audience, mask_text};
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use std::io::{Read, SeekFrom};
use web::error::{OrFail, redirect};
use web::list::Params;
use web::{Answer, Form, Path, Req};

/// A recording as the page of its case shows it.
pub(crate) struct RecordingLine {
    pub id: Id<Recording>,
    /// `1:05`.
    pub length: String,
    pub at: Instant,
    /// Where it is heard; empty for who may not, and when it is erased.
    pub src: String,
    pub erased: bool,
    pub typed: bool,
    /// What was typed, where it is not the description anyway.
    pub words: String,
    /// What stands in the field.
    pub draft: String,
}

pub(crate) fn lines(full: &Full) -> Vec<RecordingLine> {
    let audience = if full.knows_reporter { Audience::Office } else { Audience::Unit };
    let line = |r: &Recording| RecordingLine {
        id: r.id,
        length: clock(r.seconds()),
        at: r.added_at,
        src: if full.hears && !r.erased {
            format!("/cases/{}/recordings/{}", full.case.number, r.id)
        } else {
            String::new()
        },
        erased: r.erased,
        typed: r.is_typed(),
        words: if r.words.as_str() == full.case.description.as_str() {
            String::new()
        } else {
            mask_text(&r.words, audience)
        },
        draft: if full.hears { r.words.to_string() } else { String::new() },
    };
    full.recordings.iter().map(line).collect()
}

/// Which bytes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    /// From, and one behind the last.
    Part(u64, u64),
    /// None of those that there are.
    Outside,
}

/// The header `Range` (RFC 9110, section 14.2). Several ranges at once, and what cannot be read, get the whole, as is allowed.
fn wanted(range: Option<&str>, length: u64) -> Wanted {
    let Some((from, until)) = range.and_then(|r| r.strip_prefix("bytes=")).and_then(|r| r.split_once('-'))
    else {
        return Wanted::Whole;
    };
    match (from.trim().parse::<u64>(), until.trim()) {
        (Ok(from), _) if from >= length => Wanted::Outside,
        (Ok(from), "") => Wanted::Part(from, length),
        (Ok(from), until) => match until.parse::<u64>() {
            Ok(last) if last >= from => Wanted::Part(from, last.saturating_add(1).min(length)),
            _ => Wanted::Whole,
        },
        // so many at the end
        (Err(_), until) if from.trim().is_empty() => match until.parse::<u64>() {
            Ok(0) => Wanted::Outside,
            Ok(last) => Wanted::Part(length.saturating_sub(last), length),
            Err(_) => Wanted::Whole,
        },
        (Err(_), _) => Wanted::Whole,
    }
}

fn bytes(mut opened: Opened, wanted: Wanted) -> Result<Vec<u8>> {
    let (from, until) = match wanted {
        Wanted::Whole => (0, opened.bytes),
        Wanted::Part(from, until) => (from, until),
        Wanted::Outside => return Ok(Vec::new()),
    };
    opened.file.seek(SeekFrom::Start(from)).map_err(Problem::internal)?;
    let mut bytes = Vec::new();
    opened.file.take(until - from).read_to_end(&mut bytes).map_err(Problem::internal)?;
    Ok(bytes)
}

/// `GET /cases/CASE-2026-000412/recordings/17`, whole or in part; `?save=1` to keep it as a file.
pub(crate) async fn serve(
    req: Req,
    Path((number, id)): Path<(String, Id<Recording>)>,
    headers: HeaderMap,
) -> Answer {
    let named = number.clone();
    let hear = req.write(move |ctx, tx| commands::hear_recording(ctx, tx, &named, id));
    let (recording, original) = hear.await.or_fail(&req)?;
    let files = Files::of(req.db());
    let range = headers.get(header::RANGE).and_then(|h| h.to_str().ok()).map(str::to_owned);
    let work = move || -> Result<(Wanted, u64, Vec<u8>)> {
        let opened = files.open_original(&original)?;
        let (length, wanted) = (opened.bytes, wanted(range.as_deref(), opened.bytes));
        Ok((wanted, length, bytes(opened, wanted)?))
    };
    let read = tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|done| done);
    let (wanted, length, content) = read.or_fail(&req)?;
    let save = Params::parse(&req.query).has("save", "1");
    let place = if save { "attachment" } else { "inline" };
    let fixed = [
        (header::CONTENT_TYPE, recording.media_type.clone()),
        (header::CONTENT_DISPOSITION, format!("{place}; filename=\"{}\"", recording.file_name(&number))),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        // nothing of it stays in the browser
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok(answer(wanted, length, fixed, content))
}

fn answer(
    wanted: Wanted,
    length: u64,
    fixed: [(header::HeaderName, String); 4],
    content: Vec<u8>,
) -> Response {
    match wanted {
        Wanted::Whole => (fixed, content).into_response(),
        Wanted::Part(from, until) => {
            let range = format!("bytes {from}-{}/{length}", until.saturating_sub(1));
            (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, range)], fixed, content).into_response()
        }
        Wanted::Outside => {
            let range = format!("bytes */{length}");
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, range)]).into_response()
        }
    }
}

/// `POST /cases/CASE-2026-000412/recordings/17/transcript`.
pub(crate) async fn type_words(
    req: Req,
    Path((number, id)): Path<(String, Id<Recording>)>,
    form: Form,
) -> Answer {
    let desk = shared::desk(&req).await?;
    let (named, words) = (number.clone(), form.text("words").to_owned());
    let done = req
        .write(move |ctx, tx| commands::type_recording(ctx, tx, &desk, &named, id, &words).map(drop))
        .await;
    match done {
        Ok(()) => Ok(redirect(&req, &format!("/cases/{number}"), "recording-typed", "")),
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            record::with_form(&req, number, Some(filled)).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, wanted};

    #[test]
    fn parts_are_read_as_players_ask_for_them() {
        for (range, expected) in [
            (None, Wanted::Whole),
            (Some("bytes=0-"), Wanted::Part(0, 100)),
            (Some("bytes=40-49"), Wanted::Part(40, 50)),
            (Some("bytes=40-4000"), Wanted::Part(40, 100)),
            (Some("bytes=-10"), Wanted::Part(90, 100)),
            (Some("bytes=-1000"), Wanted::Part(0, 100)),
            (Some("bytes=100-"), Wanted::Outside),
            (Some("bytes=-0"), Wanted::Outside),
            // nothing that can be read: the whole
            (Some("bytes=9-3"), Wanted::Whole),
            (Some("bytes=0-1,4-5"), Wanted::Whole),
            (Some("lines=1-2"), Wanted::Whole),
            (Some("bytes=a-b"), Wanted::Whole),
            (Some("bytes="), Wanted::Whole),
        ] {
            assert_eq!(wanted(range, 100), expected, "{range:?}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Outside);
    }
}
