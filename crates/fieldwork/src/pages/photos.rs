//! The door to pictures of records: only for whom the policy lets see the record.

use crate::model::FieldFile;
use crate::policy::{self, Act};
use crate::queries;
use ::store::files::{FileState, Files, Size};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use std::io::Read;
use web::error::OrFail;
use web::{Answer, Path, Req};

pub(crate) async fn serve(req: Req, Path((id, size)): Path<(Id<FieldFile>, String)>) -> Answer {
    policy::somewhere(&req.ctx, Act::Read).or_fail(&req)?;
    let size = match size.as_str() {
        "full" => Ok(Size::Full),
        "thumb" => Ok(Size::Thumb),
        _ => Err(Problem::not_found()),
    };
    let size = size.or_fail(&req)?;
    let file = req.read(move |ctx, tx| queries::photo(ctx, tx, id)).await.or_fail(&req)?;
    if file.state != FileState::Ready || file.is_sound() || file.is_video() {
        return Err(web::Fail::of(&req, Problem::not_found()));
    }
    let folder = Files::of(req.db());
    let read = move || -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        folder.open_shown(&file, size)?.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
        Ok(bytes)
    };
    let bytes = tokio::task::spawn_blocking(read).await.map_err(Problem::internal);
    let bytes = bytes.and_then(|read| read).or_fail(&req)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
