//! One address a move: its form (GET), and making it (POST).

use super::shared;
use crate::commands;
use crate::forms::{self, Row, UNDERTAKINGS};
use crate::model::{Letter, Rung, Undertaking};
use crate::moves::allowed;
use crate::policy::{Act, POLICY};
use crate::rules::LADDER;
use crate::workflow::{LETTER, Step};
use ::store::files::{Files, Quarantined};
use axum::http::StatusCode;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::{FILE_LIMIT, Filled};
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "ladder/move.html")]
struct MovePage {
    ui: Ui,
    form: Filled,
    row: &'static Row,
    letter: Letter,
    name: String,
    rung: String,
    title: String,
    lead: String,
    summons: bool,
    undertakings: Vec<usize>,
}

fn require(req: &Req, letter: &Letter, row: &Row) -> Result<()> {
    if allowed(&req.ctx, letter).contains(&row.step) {
        return Ok(());
    }
    let act =
        crate::model::OFFERED.iter().find(|(step, _)| *step == row.step).map_or(Act::View, |(_, act)| *act);
    POLICY.require(&req.ctx, act, &letter.standing(), true)?;
    LETTER.step(letter.state, row.step)?;
    commands::guard(&req.ctx, letter, row.step)
}

fn local(at: kernel::time::Instant) -> String {
    let c = at.to_civil();
    format!("{}T{:02}:{:02}", c.date(), c.hour(), c.minute())
}

async fn show(req: &Req, row: &'static Row, code: String, filled: Option<(Filled, u16)>) -> Answer {
    let read = req.read(move |ctx, tx| {
        let letter = commands::find_for(ctx, tx, Act::View, &code)?;
        Ok((letter, LADDER.get(tx)?))
    });
    let (letter, ladder) = read.await.or_fail(req)?;
    require(req, &letter, row).or_fail(req)?;
    let ui = req.ui();
    let status = filled.as_ref().map_or(200, |(_, status)| *status);
    let form = filled.map_or_else(
        || {
            let calendar = req.city.calendar();
            let by = ladder.form(letter.rung).answer_within.map(|l| calendar.due(req.ctx.now, l, &[]).at);
            let form = Filled::new();
            match row.step {
                Step::Submit => form
                    .set("text", letter.text.as_str())
                    .set("answer_by", letter.answer_by.or(by).map(local).unwrap_or_default())
                    .set("meet_at", letter.meet_at.map(local).unwrap_or_default())
                    .set("meet_place", &letter.meet_place)
                    .set("meet_whom", letter.meet_whom.as_str()),
                Step::Hold => form.set("held_at", letter.meet_at.map(local).unwrap_or_default()),
                _ => form,
            }
        },
        |(filled, _)| filled,
    );
    let key = format!("letter-move-{}", row.step.code());
    let view = MovePage {
        name: letter.name().to_owned(),
        rung: shared::rung(&ui, letter.rung),
        title: ui.t(&key),
        lead: ui.attribute(&key, "lead"),
        summons: letter.rung == Rung::Summons,
        undertakings: (1..=UNDERTAKINGS).collect(),
        form,
        row,
        letter,
        ui,
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    page_with(req, status, &view)
}

pub(super) async fn form(row: &'static Row, req: Req, code: String) -> Answer {
    show(&req, row, code, None).await
}

/// Pictures of an answer, put into quarantine before the transaction that they belong to.
async fn receive(req: &Req, form: &Form) -> Answer<Vec<(Quarantined, String)>> {
    let picked: Vec<_> = form.files.iter().map(|u| (u.bytes.clone(), u.name.clone())).collect();
    if picked.is_empty() {
        return Ok(Vec::new());
    }
    let files = Files::of(req.db());
    let work = move || {
        let one = |(bytes, name): (axum::body::Bytes, String)| {
            Ok((files.receive_now(&bytes[..], FILE_LIMIT as u64)?, name))
        };
        picked.into_iter().map(one).collect::<Result<Vec<_>>>()
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|r| r).or_fail(req)
}

pub(super) async fn act(row: &'static Row, req: Req, code: String, form: Form) -> Answer {
    let sought = code.clone();
    let letter =
        req.read(move |ctx, tx| commands::find_for(ctx, tx, Act::View, &sought)).await.or_fail(&req)?;
    // pictures are received only for who may answer
    require(&req, &letter, row).or_fail(&req)?;
    let photos = receive(&req, &form).await?;
    let (desk, mut sent, id) = (shared::desk(&req), form.clone(), letter.id);
    sent.files.clear();
    let done = req.write(move |ctx, tx| forms::perform(ctx, tx, &desk, id, row.step, &sent, &photos)).await;
    match done {
        Ok(letter) => {
            let flash = format!("letter-{}", row.step.code());
            Ok(redirect(&req, &format!("/letters/{}", letter.code), &flash, letter.name()))
        }
        Err(problem) => {
            let status = problem.status;
            let Some(filled) = Filled::refused(&form, &problem) else { return Err(Fail::of(&req, problem)) };
            show(&req, row, code, Some((filled, status))).await
        }
    }
}

/// `POST /letters/{code}/undertakings/{id}/fulfilment`.
pub(super) async fn keep(req: Req, Path((code, id)): Path<(String, Id<Undertaking>)>, _: Form) -> Answer {
    req.write(move |ctx, tx| commands::keep(ctx, tx, id)).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/letters/{code}"), "letter-kept", ""))
}
