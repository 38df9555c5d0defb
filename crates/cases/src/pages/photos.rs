//! The door to pictures: open for confirmed cases, for whoever may see the case, and for the holder of the report's link.
//! Where the office took parts out of a picture, only whom the policy names gets it as it came; all others, whatever door
//! led them here, get the new one, and nothing while it is being made.

use super::shared;
use crate::commands::{self, load_for};
use crate::model::{Photo, PhotoKind};
use crate::policy::{Act, sees_uncovered};
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
    let word = Params::parse(&req.query).get("f").to_owned();
    let as_others = Params::parse(&req.query).has("covered", "1");
    let file = req
        .read(move |ctx, tx| {
            let photo = rows::photo(tx, id)?.ok_or_else(Problem::not_found)?;
            let case = rows::case(tx, photo.case_id)?.ok_or_else(Problem::not_found)?;
            let open = case.is_public && photo.kind.is_for_everybody();
            // whoever reported it sees all but what neighbours sent
            let own = holder == Some(case.id) && photo.kind.is_for_reporter();
            let own = own && !rows::erase::reporter_erased(tx, case.id)?;
            // who was asked for help sees what is to be repaired, and what they sent
            let asked = matches!(photo.kind, PhotoKind::Before | PhotoKind::Outside)
                && !word.is_empty()
                && commands::open_link(tx, &word, ctx.now).is_ok_and(|(_, of)| of.id == case.id);
            if !open && !own && !asked {
                load_for(ctx, tx, Act::View, case.id).map_err(|_| Problem::not_found())?;
            }
            let file = match rows::cover_of(tx, photo.file_id)? {
                None => photo.file_id,
                Some(cover) => {
                    let assisting = rows::assisting(tx, case.id)?;
                    if !as_others && sees_uncovered(ctx, &case, &assisting, &cover) {
                        photo.file_id
                    } else {
                        cover.covered_id.ok_or_else(Problem::not_found)?
                    }
                }
            };
            let file = files::get(tx, file)?;
            if file.state == FileState::Ready { Ok(file) } else { Err(Problem::not_found()) }
        })
        .await
        .or_fail(&req)?;
    let etag = format!("\"{}-{size}\"", file.id);
    let fixed = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        // the bytes of a file never change, but which file stands for the picture does, and who may see it: asked each time
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
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
