//! What people do to an item from its page, and from the desk.

use super::item::show_with;
use crate::commands;
use crate::model::{Item, ItemFile, Use};
use crate::{forms, show};
use ::store::Tx;
use ::store::files::{Files, Quarantined};
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use web::error::{OrFail, redirect};
use web::form::{FILE_LIMIT, Filled};
use web::{Answer, Fail, Form, Path, Req};

/// Back to the item with word of what was done, or with what was wrong.
async fn done(req: Req, number: String, form: Form, word: &str, result: Result<Item>) -> Answer {
    match result {
        // whoever reviews one after the other goes on to the next
        Ok(item) if form.text("from") == "desk" => Ok(redirect(&req, "/evidence/desk", word, &item.number)),
        Ok(item) => Ok(redirect(&req, &show::href(&item.number), word, &item.number)),
        Err(problem) => refused(&req, number, &form, problem).await,
    }
}

async fn refused(req: &Req, number: String, form: &Form, problem: Problem) -> Answer {
    // a form that has no fields of the item leaves those as they are kept
    let filled = match Filled::refused(form, &problem) {
        Some(filled) if form.fields().any(|(name, _)| name == "title") => Some(filled),
        Some(filled) => Some(beside(req, &number, filled).await?),
        None => return Err(Fail::of(req, problem)),
    };
    show_with(req, number, filled, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// What was wrong, with the item's own fields as they are kept.
async fn beside(req: &Req, number: &str, filled: Filled) -> Answer<Filled> {
    let of = number.to_owned();
    let read = req.read(move |ctx, tx| commands::load_item(ctx, tx, crate::policy::Act::See, &of));
    let (item, _) = read.await.or_fail(req)?;
    let filled = filled.set("title", &item.title).set("statement", &item.statement);
    Ok(filled.set("dated", item.dated.map(|day| day.to_string()).unwrap_or_default()))
}

/// Does one deed to the version that somebody looked at.
async fn act(
    req: Req,
    number: String,
    form: Form,
    word: &str,
    deed: impl FnOnce(&Ctx, &mut Tx<'_>, (&str, i64)) -> Result<Item> + Send + 'static,
) -> Answer {
    let version = forms::version(&form).or_fail(&req)?;
    let of = number.clone();
    let result = req.write(move |ctx, tx| deed(ctx, tx, (&of, version))).await;
    done(req, number, form, word, result).await
}

pub(super) async fn save(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let edit = forms::item_edit(&form);
    act(req, number, form, "evidence-saved", move |ctx, tx, of| {
        let (title, statement, dated) = edit?;
        commands::edit(ctx, tx, of, (&title, &statement, dated))
    })
    .await
}

/// What was sent in a field, hashed and written down off the async threads.
async fn receive(req: &Req, form: &Form) -> Answer<Vec<(Quarantined, String)>> {
    let picked: Vec<_> =
        form.files.iter().filter(|u| u.field == "files").map(|u| (u.bytes.clone(), u.name.clone())).collect();
    let files = Files::of(req.db());
    let work = move || {
        let one = |(bytes, name): (axum::body::Bytes, String)| {
            Ok((files.receive_now(&bytes[..], FILE_LIMIT as u64)?, name))
        };
        picked.into_iter().map(one).collect::<Result<Vec<_>>>()
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|done| done).or_fail(req)
}

pub(super) async fn attach(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let received = receive(&req, &form).await?;
    let of = number.clone();
    let result = req.write(move |ctx, tx| commands::attach(ctx, tx, &of, &received)).await;
    done(req, number, form, "evidence-attached", result).await
}

pub(super) async fn caption(
    req: Req,
    Path((number, id)): Path<(String, Id<ItemFile>)>,
    form: Form,
) -> Answer {
    let caption = forms::caption(&form);
    let deed =
        move |ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)| commands::caption(ctx, tx, of, id, &caption);
    act(req, number, form, "evidence-saved", deed).await
}

pub(super) async fn detach(req: Req, Path((number, id)): Path<(String, Id<ItemFile>)>, form: Form) -> Answer {
    act(req, number, form, "evidence-saved", move |ctx, tx, of| commands::detach(ctx, tx, of, id)).await
}

pub(super) async fn add_use(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (of, given) = (number.clone(), forms::split_use(form.text("uses")));
    let result = match given {
        Ok((period, code)) => req.write(move |ctx, tx| commands::add_use(ctx, tx, &of, &period, &code)).await,
        Err(problem) => Err(problem),
    };
    done(req, number, form, "evidence-used", result).await
}

pub(super) async fn remove_use(req: Req, Path((number, id)): Path<(String, Id<Use>)>, form: Form) -> Answer {
    act(req, number, form, "evidence-saved", move |ctx, tx, of| commands::remove_use(ctx, tx, of, id)).await
}

pub(super) async fn grade(req: Req, Path((number, id)): Path<(String, Id<Use>)>, form: Form) -> Answer {
    let points = forms::grade(form.text("grade"));
    act(req, number, form, "evidence-graded", move |ctx, tx, of| commands::grade(ctx, tx, of, id, points?))
        .await
}

pub(super) async fn submit(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    act(req, number, form, "evidence-submitted", commands::submit).await
}

pub(super) async fn pass(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    act(req, number, form, "evidence-passed", commands::pass).await
}

pub(super) async fn file(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    act(req, number, form, "evidence-filed", commands::file).await
}

pub(super) async fn send_back(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let why = form.text("reason").to_owned();
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)| commands::send_back(ctx, tx, of, &why);
    act(req, number, form, "evidence-returned", deed).await
}

pub(super) async fn withdraw(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let why = form.text("reason").to_owned();
    let deed = move |ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)| commands::withdraw(ctx, tx, of, &why);
    act(req, number, form, "evidence-withdrawn", deed).await
}
