//! Letters for programs: the register, one letter, its moves, and what is due.

use super::bodies::{DueBody, DuePage, LetterBody, LetterPage, LetterRecord};
use crate::commands;
use crate::forms;
use crate::moves::allowed;
use crate::pages::desk;
use crate::policy::{Act, POLICY};
use crate::queries::{self, DuePlace, Filter};
use crate::rules::LADDER;
use crate::workflow::Step;
use axum::body::Body;
use kernel::problem::{FieldError, Problem};
use kernel::workflow::Named;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use web::api::{body, json};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Form, Path, Req};

/// Letters that the key may see, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/letters", tag = "ladder", operation_id = "listLetters",
    params(
        ("q" = Option<String>, Query, description = "words, or a number"),
        ("show" = Option<String>, Query, description = "proposed, submitted, unread, waiting, late, answered, talks, held, \
            open, ended"),
        ("rung" = Option<String>, Query, description = "reminder, letter, summons"),
        ("state" = Option<String>, Query, description = "code of a state"),
        ("unit" = Option<i64>, Query, description = "the unit it is to, as pages of lists name it in their address"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = LetterPage, description = "a page of the register")))]
pub(crate) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let found = queries::list(ctx, tx, &filter, after)?;
        let ids: Vec<_> = found.rows.iter().map(|l| l.unit_id).collect();
        Ok((found, people::queries::unit_names(tx, &ids)?))
    });
    let (found, names) = read.await.or_fail(&req)?;
    let unit = |id| names.get(&id).cloned().unwrap_or_default();
    let items = found.rows.iter().map(|l| LetterBody::of(l, unit(l.unit_id), req.ctx.now)).collect();
    json(&req, &LetterPage { items, next: found.next.map(|c| c.to_string()) })
}

/// One letter.
#[utoipa::path(get, path = "/api/v1/letters/{code}", tag = "ladder", operation_id = "getLetter",
    params(("code" = String, Path, description = "`LD-2026-000012`")),
    responses((status = 200, body = LetterRecord, description = "the letter, with what the key may do to it now"),
        (status = 404, description = "none that the key may see")))]
pub(crate) async fn one(req: Req, Path(code): Path<String>) -> Answer {
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &code)).await.or_fail(&req)?;
    json(&req, &LetterRecord::of(&full, &allowed(&req.ctx, &full.letter)))
}

/// A move. The other members depend on it and are named as in its form: `text`, `answer_by`, `meet_at` (RFC 3339),
/// `meet_place`, `meet_whom`, `reason`, `held_at`, `minutes`, `undertaking_1`, `due_1` (date) …
#[derive(Deserialize, ToSchema)]
pub(crate) struct LetterMove {
    /// One of the letter's `allowed_moves`.
    pub r#move: String,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub with: Map<String, Value>,
}

/// Moves a letter on. Answers with the letter to look at afterwards: of `carry`, the one of the next rung.
#[utoipa::path(post, path = "/api/v1/letters/{code}/moves", tag = "ladder", operation_id = "moveLetter",
    params(("code" = String, Path, description = "`LD-2026-000012`")),
    request_body = LetterMove,
    responses((status = 200, body = LetterRecord, description = "the letter to look at now"),
        (status = 409, description = "the letter is not in a state for that, or this person may not sign it")))]
pub(crate) async fn create(req: Req, Path(code): Path<String>, given: Body) -> Answer {
    let given: LetterMove = body(&req, given).await?;
    let step = Step::parse(&given.r#move).filter(|s| forms::row(*s).is_some());
    let step =
        step.ok_or_else(|| Problem::invalid(vec![FieldError::new("move", "not-a-choice")])).or_fail(&req)?;
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let pairs: Vec<(String, String)> =
        given.with.iter().filter(|(_, v)| !v.is_null()).map(|(n, v)| (n.clone(), text(v))).collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (form, desk) = (Form::from_pairs(&pairs), desk(&req));
    let done = req.write(move |ctx, tx| {
        let id = commands::find_for(ctx, tx, Act::View, &code)?.id;
        let letter = forms::perform(ctx, tx, &desk, id, step, &form, &[])?;
        queries::full(ctx, tx, &letter.code)
    });
    let full = done.await.or_fail(&req)?;
    json(&req, &LetterRecord::of(&full, &allowed(&req.ctx, &full.letter)))
}

/// What the ladder would do now, also while it is off: what is due first before others, some fifty steps at a time. A page
/// looks at so many deadlines and no more, so it may hold few steps, or none, and still have a `next`.
#[utoipa::path(get, path = "/api/v1/ladder/due", tag = "ladder", operation_id = "listDueSteps",
    params(("after" = Option<String>, Query, description = "`next` of the answer before")),
    responses((status = 200, body = DuePage, description = "the steps, and whether the ladder is on"),
        (status = 422, description = "`after` is not what an answer has told")))]
pub(crate) async fn due(req: Req) -> Answer {
    let desk = desk(&req);
    let after = DuePlace::parse(Params::parse(&req.query).get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        if !POLICY.somewhere(ctx, Act::Oversee) {
            return Err(Problem::forbidden().arg("action", "ladder-oversee"));
        }
        Ok((LADDER.get(tx)?.on, queries::dry_run(ctx, tx, &desk, after.as_ref(), PAGE_SIZE)?))
    });
    let (on, due) = read.await.or_fail(&req)?;
    let next = due.next.map(|place| place.to_string());
    json(&req, &DuePage { on, items: due.ready.iter().map(DueBody::of).collect(), next })
}
