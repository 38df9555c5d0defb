//! 督办台: what waits where, and what the ladder would do now.

use super::shared;
use crate::climb::Ready;
use crate::policy::{Act, POLICY};
use crate::queries::{self, Board, Due, DuePlace, Show};
use crate::rules::{LADDER, Ladder, Manner};
use kernel::problem::Problem;
use kernel::time::Date;
use kernel::workflow::Named;
use web::error::{OrFail, page};
use web::list::{PAGE_SIZE, Params};
use web::parts::Tile;
use web::{Answer, Req, Ui};

/// Lines of the dry run on the office's page, and how far it counts them.
const SHOWN: usize = 12;
const COUNTED: usize = 100;

#[derive(askama::Template)]
#[template(path = "ladder/board.html")]
struct BoardPage {
    ui: Ui,
    on: bool,
    tiles: Vec<Tile>,
    due: usize,
    /// There are more than were counted.
    more: bool,
    ready: Vec<Line>,
    promises: Vec<PromiseLine>,
    may_edit: bool,
}

struct PromiseLine {
    code: String,
    name: String,
    text: String,
    due: Date,
    late: bool,
}

/// A step that would be done now.
struct Line {
    number: String,
    title: String,
    href: String,
    unit: String,
    rung: String,
    /// Whether it goes out by itself.
    itself: bool,
}

fn tiles(ui: &Ui, board: &Board, due: usize, more: bool) -> Vec<Tile> {
    let plus = |code: &str| if more && code == "due" { "+" } else { "" };
    let tile = |code: &str, n: i64, href: String, mood| Tile {
        label: ui.named("ladder-tile", code),
        value: format!("{}{}", ui.number(n), plus(code)),
        href,
        mood: if n > 0 { mood } else { "" },
        ..Tile::default()
    };
    let mut tiles =
        vec![tile("due", i64::try_from(due).unwrap_or(i64::MAX), "/ladder/due".to_owned(), "soon")];
    tiles.extend(board.counts.iter().map(|(show, n)| {
        let mood = match show {
            Show::Late => "late",
            Show::Proposed | Show::Submitted | Show::Unread | Show::Answered => "soon",
            _ => "",
        };
        tile(show.code(), *n, format!("/letters?show={}", show.code()), mood)
    }));
    tiles
}

struct Read {
    ladder: Ladder,
    board: Board,
    due: Due,
    names: std::collections::HashMap<kernel::id::Id<kernel::ctx::Unit>, String>,
}

async fn read(req: &Req, after: Option<DuePlace>, size: usize) -> Answer<Read> {
    let desk = shared::desk(req);
    req.read(move |ctx, tx| {
        if !POLICY.somewhere(ctx, Act::Oversee) {
            return Err(Problem::forbidden().arg("action", "ladder-oversee"));
        }
        let due = queries::dry_run(ctx, tx, &desk, after.as_ref(), size)?;
        let names = shared::names(tx, due.ready.iter().filter_map(|r| r.subject.unit))?;
        Ok(Read { ladder: LADDER.get(tx)?, board: queries::board(ctx, tx)?, due, names })
    })
    .await
    .or_fail(req)
}

fn lines(ui: &Ui, req: &Req, read: &Read, most: usize) -> Answer<Vec<Line>> {
    let desk = shared::desk(req);
    let line = |r: &Ready| -> kernel::problem::Result<Line> {
        Ok(Line {
            number: r.subject.number.clone(),
            title: r.subject.title.clone(),
            href: desk.sources.of(r.subject.kind)?.href(&r.subject.number),
            unit: r.subject.unit.and_then(|u| read.names.get(&u)).cloned().unwrap_or_default(),
            rung: shared::rung(ui, r.rung),
            itself: read.ladder.form(r.rung).manner == Manner::Itself,
        })
    };
    read.due.ready.iter().take(most).map(line).collect::<kernel::problem::Result<_>>().or_fail(req)
}

pub(super) async fn page_of(req: Req) -> Answer {
    let read = read(&req, None, COUNTED).await?;
    let ui = req.ui();
    let today = req.ctx.now.date();
    let promises = read.board.promises.iter().map(|p| PromiseLine {
        code: p.code.clone(),
        name: p.number.clone().unwrap_or_else(|| p.code.clone()),
        text: p.text.to_string(),
        due: p.due,
        late: p.due < today,
    });
    let (due, more) = (read.due.ready.len(), read.due.next.is_some());
    let view = BoardPage {
        on: read.ladder.on,
        tiles: tiles(&ui, &read.board, due, more),
        due,
        more,
        ready: lines(&ui, &req, &read, SHOWN)?,
        promises: promises.collect(),
        may_edit: POLICY.may(&req.ctx, Act::Edit, &crate::policy::city()),
        ui,
    };
    page(&req, &view)
}

#[derive(askama::Template)]
#[template(path = "ladder/due.html")]
struct DuePage {
    ui: Ui,
    on: bool,
    /// How many there are, where all of them are on this page.
    total: Option<usize>,
    ready: Vec<Line>,
    params: Params,
    next: Option<DuePlace>,
}

/// `GET /ladder/due`: the dry run, also while the ladder is off.
pub(super) async fn due(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let after = DuePlace::parse(params.get("after")).or_fail(&req)?;
    let whole = after.is_none();
    let read = read(&req, after, PAGE_SIZE).await?;
    let ui = req.ui();
    let ready = lines(&ui, &req, &read, usize::MAX)?;
    let total = (whole && read.due.next.is_none()).then_some(read.due.ready.len());
    let view = DuePage { on: read.ladder.on, total, ready, params, next: read.due.next, ui };
    page(&req, &view)
}
