//! The door to files: pictures as the house made them, papers as they came, for whoever may see the item.

use crate::commands::load_item;
use crate::model::ItemFile;
use crate::policy::Act;
use crate::store as rows;
use ::store::Tx;
use ::store::files::{self, FileState, Files, Size, StoredFile};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use std::io::Read;
use web::error::OrFail;
use web::{Answer, Form, Path, Req};

fn found(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, id: Id<ItemFile>) -> Result<StoredFile> {
    let (item, _) = load_item(ctx, tx, Act::See, number)?;
    let row = rows::file_of(tx, item.id, id)?.ok_or_else(Problem::not_found)?;
    let file = files::get(tx, row.file_id)?;
    if file.state == FileState::Ready { Ok(file) } else { Err(Problem::not_found()) }
}

pub(crate) async fn picture(
    req: Req,
    Path((number, id, size)): Path<(String, Id<ItemFile>, String)>,
) -> Answer {
    let size = match size.as_str() {
        "full" => Ok(Size::Full),
        "thumb" => Ok(Size::Thumb),
        _ => Err(Problem::not_found()),
    };
    let size = size.or_fail(&req)?;
    let file = req.read(move |ctx, tx| found(ctx, tx, &number, id)).await.or_fail(&req)?;
    let folder = Files::of(req.db());
    let read = move || -> Result<Vec<u8>> {
        if file.width.is_none() {
            return Err(Problem::not_found());
        }
        let mut bytes = Vec::new();
        folder.open_shown(&file, size)?.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
        Ok(bytes)
    };
    let bytes =
        tokio::task::spawn_blocking(read).await.map_err(Problem::internal).and_then(|r| r).or_fail(&req)?;
    let fixed = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((fixed, bytes).into_response())
}

/// The file as it came. That it was fetched is recorded, which is why this is no GET.
pub(crate) async fn fetched(req: &Req, number: String, id: Id<ItemFile>) -> Answer {
    let write = req.write(move |ctx, tx| {
        let file = found(ctx, tx, &number, id)?;
        let original = files::open_sealed(tx, ctx, file.id)?;
        Ok((file, original))
    });
    let (file, original) = write.await.or_fail(req)?;
    let folder = Files::of(req.db());
    let read = move || -> Result<(Vec<u8>, String)> {
        let mut opened = folder.open_original(&original)?;
        let mut bytes = Vec::new();
        opened.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
        Ok((bytes, opened.media_type))
    };
    let read = tokio::task::spawn_blocking(read).await.map_err(Problem::internal).and_then(|r| r);
    let (bytes, media) = read.or_fail(req)?;
    let name = web::ui::encode(file.name.as_str());
    let disposition = format!("attachment; filename=\"evidence\"; filename*=UTF-8''{name}");
    let text =
        |value: &str| HeaderValue::from_str(value).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, text(&media)),
        (header::CONTENT_DISPOSITION, text(&disposition)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}

pub(super) async fn original(req: Req, Path((number, id)): Path<(String, Id<ItemFile>)>, _: Form) -> Answer {
    fetched(&req, number, id).await
}
