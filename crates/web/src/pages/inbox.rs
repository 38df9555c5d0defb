//! 消息: what this person was told, unread first.

use crate::error::{Answer, OrFail, page, redirect};
use crate::form::Form;
use crate::list::Params;
use crate::notices::{self, Notice, NoticeRow};
use crate::request::Req;
use crate::routes::Path;
use crate::security::local;
use crate::ui::Ui;
use axum::response::{IntoResponse, Redirect};
use kernel::id::Id;
use kernel::problem::Problem;

const PAGE: usize = 30;

#[derive(askama::Template)]
#[template(path = "inbox.html")]
struct Inbox {
    ui: Ui,
    unread: Vec<Line>,
    read: Vec<Line>,
    params: Params,
    next: Option<Id<Notice>>,
}

struct Line {
    id: Id<Notice>,
    text: String,
    at: kernel::time::Instant,
}

impl Line {
    fn of(ui: &Ui, row: NoticeRow) -> Self {
        let named = row.args();
        let args: Vec<(&str, String)> = named
            .iter()
            .map(|(name, value)| (name.as_str(), ui.maybe(value).unwrap_or_else(|| value.clone())))
            .collect();
        Self { id: row.id, text: ui.ta(format!("notice-{}", row.kind), &args), at: row.at }
    }
}

pub(crate) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let after = params.get("after").parse().ok();
    let (unread, mut read) = req
        .read(move |ctx, tx| {
            let person = ctx.person().ok_or_else(Problem::sign_in)?;
            let unread = if after.is_none() { notices::unread(tx, person)? } else { Vec::new() };
            let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            Ok((unread, notices::read(tx, person, after, limit)?))
        })
        .await
        .or_fail(&req)?;
    let more = read.len() > PAGE;
    read.truncate(PAGE);
    let next = if more { read.last().map(|r| r.id) } else { None };
    let ui = req.ui();
    let lines = |rows: Vec<NoticeRow>| rows.into_iter().map(|r| Line::of(&ui, r)).collect();
    let (unread, read) = (lines(unread), lines(read));
    page(&req, &Inbox { ui, unread, read, params, next })
}

/// Opening a notice marks it as read and goes where it leads.
pub(crate) async fn open(req: Req, Path(id): Path<Id<Notice>>) -> Answer {
    let href = req.write(move |ctx, tx| notices::open(tx, ctx, id)).await.or_fail(&req)?;
    Ok(Redirect::to(local(&href)).into_response())
}

pub(crate) async fn read_all(req: Req, _form: Form) -> Answer {
    req.write(|ctx, tx| notices::open_all(tx, ctx)).await.or_fail(&req)?;
    Ok(redirect(&req, "/inbox", "inbox-read", ""))
}
