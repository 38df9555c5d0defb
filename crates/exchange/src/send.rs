//! From messages to the partner: take one for a try, send it, write down what came back.
//!
//! Taking and settling are writes of their own. What dies between them leaves a message that is held until its hold ends and
//! is then tried again with the same id: at least once on the way, once over there.

use crate::adapter::{Adapter, Letter, Picture};
use crate::model::{Message, OutState, PATIENCE, Partner};
use crate::schedule;
use crate::store::{self as rows, End};
use ::store::Db;
use ::store::files::{self, FileState, Files, Size};
use cases::model::PhotoKind;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::{MINUTE, SECOND};
use serde_json::Value;
use std::io::Read;

/// How long a try may take until somebody else may begin the next: longer than the adapter's patience.
const HOLD: i64 = 2 * MINUTE;
/// Messages taken in one step.
const STEP: i64 = 8;
/// Pictures that go with an answer.
const PICTURES: usize = 3;
/// How long a picture that is not examined yet is waited for.
const EXAMINED: i64 = 10 * MINUTE;

/// Sends what may be sent now; whether there was anything.
pub fn step(db: &Db, ctx: &Ctx, partner: &Partner, adapter: &dyn Adapter) -> Result<bool> {
    let id = partner.id;
    let (found, tired) = db.read_now(move |tx| {
        let health = rows::health(tx, id)?;
        if health.rest_until > tx.now().0 {
            return Ok((Vec::new(), false));
        }
        Ok((
            rows::sendable(tx, id, if health.streak > 0 { 1 } else { STEP })?,
            health.streak >= schedule::TIRED,
        ))
    })?;
    let mut any = false;
    for message in found {
        any = true;
        let taken = message.clone();
        let held = db.write_now(&fresh(db, ctx), move |tx| {
            tx.housekeeping();
            let until = tx.now().plus(HOLD);
            rows::hold(tx, &taken, until)
        })?;
        if held {
            let now = db.now();
            let first = message.first_try_at.or(Some(now));
            one(
                db,
                ctx,
                partner,
                adapter,
                &Message { tries: message.tries + 1, first_try_at: first, ..message },
                tired,
            )?;
        }
    }
    Ok(any)
}

/// The circumstances of now: an exchange takes its time.
fn fresh(db: &Db, ctx: &Ctx) -> Ctx {
    Ctx { now: db.now(), ..ctx.clone() }
}

fn one(db: &Db, ctx: &Ctx, partner: &Partner, adapter: &dyn Adapter, m: &Message, tired: bool) -> Result<()> {
    let Some(pictures) = pictures(db, m)? else {
        let later = m.clone();
        return db.write_now(ctx, move |tx| {
            tx.housekeeping();
            let next = tx.now().plus(10 * SECOND);
            rows::put_back(tx, &later, next)
        });
    };
    let body: Value = serde_json::from_str(&m.body).map_err(Problem::internal)?;
    let sent = adapter.send(&Letter { id: &m.message, body: &body, pictures: &pictures });
    metrics::counter!("exchange_tries_total", "outcome" => if sent.is_taken() { "sent" } else { "failed" })
        .increment(1);
    let (m, partner) = (m.clone(), partner.id);
    db.write_now(&fresh(db, ctx), move |tx| {
        tx.housekeeping();
        let now = tx.now();
        let status = sent.status.map(i64::from);
        let done = |state| End {
            state,
            next_at: now,
            status,
            error: sent.error,
            answer: &sent.text,
            ended_at: Some(now),
        };
        if sent.is_taken() {
            if rows::settle(tx, &m, &done(OutState::Sent))? {
                rows::send_went_well(tx, partner)?;
                if tired {
                    rows::hurry(tx, partner)?;
                }
            }
            return Ok(());
        }
        let next = now.plus(schedule::wait(m.tries)).max(schedule::asked(sent.retry_after.as_deref(), now));
        let began = m.first_try_at.unwrap_or(now);
        if sent.is_refused() || next.0 > began.0 + PATIENCE {
            // refused for itself: the partner is there, and others may go
            rows::settle(tx, &m, &done(OutState::Dead))?;
            return Ok(());
        }
        let again = End { next_at: next, ended_at: None, ..done(OutState::Waiting) };
        if rows::settle(tx, &m, &again)? {
            let streak = rows::send_failed(tx, partner, sent.error.unwrap_or("status"))?;
            let rest = schedule::rest(streak);
            if rest > 0 {
                rows::rest(tx, partner, now.plus(rest))?;
            }
        }
        Ok(())
    })
}

/// The pictures of an answer, as everybody may see them: nothing of the camera's notes. None while one is still examined.
fn pictures(db: &Db, m: &Message) -> Result<Option<Vec<Picture>>> {
    if m.kind != "handled" {
        return Ok(Some(Vec::new()));
    }
    let (case, at) = (m.case_id, m.at);
    let (found, made) = db.read_now(move |tx| {
        let (mut found, mut made) = (Vec::new(), true);
        for photo in cases::store::photos(tx, case)? {
            if photo.kind == PhotoKind::After && photo.added_at == at && found.len() < PICTURES {
                // where the office took parts out, the new picture, once there is one
                match cases::queries::open_file(tx, &photo)? {
                    Some(file) => found.push(files::get(tx, file)?),
                    None => made = false,
                }
            }
        }
        Ok((found, made))
    })?;
    let waits = !made || found.iter().any(|file| file.state == FileState::Quarantined);
    if waits && db.now().0 - at.0 < EXAMINED {
        return Ok(None);
    }
    let files = Files::of(db);
    let mut pictures = Vec::new();
    for (n, file) in found.iter().filter(|file| file.state == FileState::Ready).enumerate() {
        let mut opened = files.open_shown(file, Size::Full)?;
        let mut bytes = Vec::new();
        opened.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
        pictures.push(Picture { name: format!("after-{}.jpg", n + 1), bytes });
    }
    Ok(Some(pictures))
}
