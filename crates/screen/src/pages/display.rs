//! `/screen/d/{word}`: the wall of a display. The word is all that is asked for; of whoever may be signed in at that browser
//! nothing is read.

use super::map;
use super::screen::known;
use super::wall::{Wall, WallPage, Wish, dark};
use crate::area::Area;
use crate::commands;
use crate::figures::{self, Known};
use crate::knocks;
use crate::model::Display;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use kernel::ctx::{Actor, Ctx};
use kernel::problem::Problem;
use web::error::{OrFail, page, page_with, problem_texts};
use web::{Answer, Fail, Path, Req, Ui};

/// A display that has ended, or an address that is none.
#[derive(askama::Template)]
#[template(path = "screen/ended.html")]
struct EndedPage {
    ui: Ui,
    title: String,
    todo: String,
}

/// The program's own rights: a display has none of anybody.
fn own(req: &Req) -> Ctx {
    Ctx { actor: Actor::System("screen"), ..req.ctx.clone() }
}

/// Opens the display of this word, and notes that it was seen.
async fn open(req: &Req, word: String) -> Result<Display, Problem> {
    knocks::ask(req)?;
    let ctx = own(req);
    let (asking, of) = (ctx.clone(), word);
    let found = req.db().read(move |tx| {
        let display = commands::open(&asking, tx, &of)?;
        let seen = crate::queries::seen_at(tx, display.id)?;
        Ok((display, seen))
    });
    let (display, seen) = match found.await {
        Err(problem) if problem.code == "display-unknown" => {
            knocks::wrong(req)?;
            return Err(problem);
        }
        found => found?,
    };
    if seen.is_none_or(|at| at.plus(crate::model::SEEN_AFTER) < ctx.now) {
        let (noting, id) = (ctx.clone(), display.id);
        let noted = req.db().write(&ctx, move |tx| commands::note_seen(&noting, tx, id));
        // a wall is not to go dark because a note could not be written
        drop(noted.await);
    }
    Ok(display)
}

async fn wall(req: &Req, known: &Known, display: Display, word: &str) -> Answer<Wall> {
    let area = Area::of(&known.index, display.division_id);
    let figures = figures::of_display(&req.city, &own(req), known, &area).await.or_fail(req)?;
    let wish = Wish {
        title: display.title,
        panels: display.panels.0,
        area,
        linked: false,
        base: format!("/screen/d/{word}"),
        query: String::new(),
    };
    Ok(Wall::new(req, known, &figures, wish))
}

/// Nobody is to find it by searching, and where it leads is not to learn its address.
fn quiet(mut response: axum::response::Response) -> axum::response::Response {
    let headers = response.headers_mut();
    let robots = HeaderName::from_static("x-robots-tag");
    headers.insert(robots, HeaderValue::from_static("noindex, nofollow"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What has ended may be extended: the wall looks again every five minutes, with and without script.
fn again(mut response: axum::response::Response) -> axum::response::Response {
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("300"));
    response
}

pub(super) async fn page_of(req: Req, Path(word): Path<String>) -> Answer {
    let req = dark(req, true);
    match open(&req, word.clone()).await {
        Ok(display) => {
            let known = known(&req).await?;
            let wall = wall(&req, &known, display, &word).await?;
            page(&req, &WallPage::new(&req, wall)).map(quiet)
        }
        Err(problem) if matches!(problem.status, 404 | 410) => {
            let ui = req.ui();
            let (title, todo) = problem_texts(&ui, &problem);
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::GONE);
            page_with(&req, status, &EndedPage { ui, title, todo }).map(quiet).map(again)
        }
        Err(problem) => Err(Fail::of(&req, problem)),
    }
}

/// The panels alone, for the page that is there already.
pub(super) async fn panels(req: Req, Path(word): Path<String>) -> Answer {
    let req = dark(req, true);
    let display = open(&req, word.clone()).await.or_fail(&req)?;
    let known = known(&req).await?;
    page(&req, &wall(&req, &known, display, &word).await?).map(quiet)
}

pub(super) async fn spots(req: Req, Path(word): Path<String>) -> Answer {
    let req = dark(req, true);
    let display = open(&req, word).await.or_fail(&req)?;
    let known = known(&req).await?;
    let area = Area::of(&known.index, display.division_id);
    map::answer(&req, &known, &area).await.map(quiet)
}
