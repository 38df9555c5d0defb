//! The papers of a letter, and the pictures that came with its answer.

use super::letter::draft;
use super::shared;
use crate::commands::find_for;
use crate::kept;
use crate::policy::Act;
use crate::store as rows;
use ::store::files::{self, File, FileState, Files, Size};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use papers::Format;
use std::io::Read;
use web::error::OrFail;
use web::{Answer, Path, Req};

pub(super) async fn pdf(req: Req, Path(code): Path<String>) -> Answer {
    paper(req, code, Format::Pdf).await
}

pub(super) async fn docx(req: Req, Path(code): Path<String>) -> Answer {
    paper(req, code, Format::Docx).await
}

/// An issued letter as it was first made; a draft as it would be, marked as such by having no number.
async fn paper(req: Req, code: String, format: Format) -> Answer {
    let sought = code.clone();
    let letter = req.read(move |ctx, tx| find_for(ctx, tx, Act::View, &sought)).await.or_fail(&req)?;
    let (db, ctx, desk) = (req.db().clone(), req.ctx.clone(), shared::desk(&req));
    let name = letter.name().to_owned();
    let make = move || -> Result<Vec<u8>> {
        if letter.issued_at.is_some() {
            match kept::paper(&db, &ctx, letter.id, format) {
                // a letter from before papers were kept: made like a draft, with its number
                Err(problem) if problem.status == 404 => {}
                kept => return Ok(kept?.bytes),
            }
        }
        let by = ctx.clone();
        let document = db.read_now(move |tx| draft(&by, tx, &desk, &letter))?;
        kept::made(&document, format)
    };
    let bytes =
        tokio::task::spawn_blocking(make).await.map_err(Problem::internal).and_then(|r| r).or_fail(&req)?;
    let file = web::ui::encode(&format!("{name}.{}", format.extension()));
    let plain = format!("attachment; filename=\"{code}.{}\"; filename*=UTF-8''{file}", format.extension());
    let disposition =
        HeaderValue::from_str(&plain).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let fixed = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    Ok((fixed, bytes).into_response())
}

pub(super) async fn picture(req: Req, Path((code, id, size)): Path<(String, Id<File>, String)>) -> Answer {
    let size = match size.as_str() {
        "full" => Ok(Size::Full),
        "thumb" => Ok(Size::Thumb),
        _ => Err(Problem::not_found()),
    };
    let size = size.or_fail(&req)?;
    let file = req
        .read(move |ctx, tx| {
            let letter = find_for(ctx, tx, Act::View, &code)?;
            if rows::letter_of_file(tx, id)? != Some(letter.id) {
                return Err(Problem::not_found());
            }
            let file = files::get(tx, id)?;
            if file.state == FileState::Ready { Ok(file) } else { Err(Problem::not_found()) }
        })
        .await
        .or_fail(&req)?;
    let folder = Files::of(req.db());
    let read = move || -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        folder.open_shown(&file, size)?.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
        Ok(bytes)
    };
    let bytes =
        tokio::task::spawn_blocking(read).await.map_err(Problem::internal).and_then(|r| r).or_fail(&req)?;
    let fixed = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=86400")];
    Ok((fixed, bytes).into_response())
}
