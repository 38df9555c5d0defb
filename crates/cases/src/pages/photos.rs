//! The door to pictures: open for confirmed cases, for whoever may see the case, and for the holder of the report's link.

use super::shared;
use crate::commands::load_for;
use crate::model::{Photo, PhotoKind};
use crate::policy::Act;
use crate::store as rows;
use ::store::files::{self, FileState, Files, Size};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use std::io::Read;
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

pub(crate) async fn serve(
    req: Req,
    Path((id, size)): Path<(Id<Photo>, String)>,
    headers: HeaderMap,
) -> Answer {
    let size_of = match size.as_str() {
        "full" => Ok(Size::Full),
        "thumb" => Ok(Size::Thumb),
        _ => Err(Problem::not_found()),
    };
    let size_of = size_of.or_fail(&req)?;
    let token = Params::parse(&req.query).get("t").to_owned();
    let holder = shared::opened(&req, &token).ok();
    let file = req
        .read(move |ctx, tx| {
            let photo = rows::photo(tx, id)?.ok_or_else(Problem::not_found)?;
            let case = rows::case(tx, photo.case_id)?.ok_or_else(Problem::not_found)?;
            let open = case.is_public && photo.kind.is_for_everybody();
            // whoever reported it sees all but what neighbours sent
            let own = holder == Some(case.id) && photo.kind != PhotoKind::Voice;
            let own = own && !rows::erase::reporter_erased(tx, case.id)?;
            if !open && !own {
                load_for(ctx, tx, Act::View, case.id).map_err(|_| Problem::not_found())?;
            }
            let file = files::get(tx, photo.file_id)?;
            if file.state == FileState::Ready { Ok(file) } else { Err(Problem::not_found()) }
        })
        .await
        .or_fail(&req)?;
    let etag = format!("\"{id}-{size}\"");
    let fixed = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        // a picture never changes, but who may see it does
        (header::CACHE_CONTROL, "private, max-age=86400".to_owned()),
        (header::ETAG, etag.clone()),
        (header::VARY, "Cookie".to_owned()),
    ];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|h| h.as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, fixed).into_response());
    }
    let folder = Files::of(req.db());
    let read = move || -> Result<Vec<u8>> {
        let mut opened = folder.open_shown(&file, size_of)?;
        let mut bytes = Vec::new();
        opened.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
        Ok(bytes)
    };
    let bytes =
        tokio::task::spawn_blocking(read).await.map_err(Problem::internal).and_then(|r| r).or_fail(&req)?;
    Ok((fixed, bytes).into_response())
}
