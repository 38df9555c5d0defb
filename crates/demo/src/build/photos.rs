//! Pictures as people send them: most are honest, some were used before. And what the verifiers made of the warnings.

use crate::pictures::{Shot, Stage, draw};
use honesty::model::State;
use honesty::queries::Filter;
use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;
use kernel::ctx::{Actor, Ctx, Locale, Member};
use kernel::problem::Result;
use kernel::time::Instant;
use std::cell::RefCell;
use std::sync::Arc;
use web::City;

/// One story in so many is told with a picture that was used before, in each of three ways.
const EVERY: u32 = 23;

/// What the camera, or somebody at a desk, makes of a shot.
pub(super) fn taken(story: u32, shot: &Shot, last: &RefCell<Option<Shot>>) -> Vec<u8> {
    if shot.stage == Stage::Before {
        return draw(shot);
    }
    let before = last.replace(Some(*shot));
    match (story % EVERY, before) {
        (3, Some(before)) => draw(&before),
        (9, Some(before)) => disguised(&draw(&before)),
        (15, _) => again(&draw(&Shot { stage: Stage::Before, ..*shot })),
        _ => draw(shot),
    }
}

fn encoded(picture: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&picture.to_rgb8()).ok()?;
    Some(bytes)
}

/// Mirrored, cut and a little brighter.
fn disguised(bytes: &[u8]) -> Vec<u8> {
    let changed = image::load_from_memory(bytes).ok().and_then(|picture| {
        let (w, h) = (picture.width(), picture.height());
        encoded(&picture.fliph().crop_imm(w / 12, h / 20, w * 10 / 12, h * 17 / 20).brighten(12), 70)
    });
    changed.unwrap_or_default()
}

/// Saved once more.
fn again(bytes: &[u8]) -> Vec<u8> {
    let saved = image::load_from_memory(bytes).ok().and_then(|picture| encoded(&picture, 62));
    saved.unwrap_or_default()
}

/// Compares all pictures, once they have been examined, and lets the office decide about every other warning.
pub fn check(city: &City, login: &str, now: Instant) -> Result<honesty::Gone> {
    let system = super::system(city, now);
    let gone = honesty::backfill(city.db(), &system, &mut |_| Ok(()))?;
    let login = login.to_owned();
    let (member, found) = city.db().read_now(move |tx| {
        let account = people::queries::person_by_login(tx, &login)?;
        let found = honesty::queries::each(&system, tx, &Filter::default(), 1000)?;
        let Some(account) = account else { return Ok((None, found)) };
        let grants = people::recognise::grants_of(tx, account.id)?;
        Ok((Some(Member { id: account.id, name: account.name, grants }), found))
    })?;
    let Some(member) = member else { return Ok(gone) };
    let ctx = Ctx {
        city: city.code().clone(),
        actor: Actor::Member(Arc::new(member)),
        now,
        locale: Locale::ZhCn,
        request_id: Arc::from("demo"),
    };
    for (n, warning) in found.iter().rev().enumerate().filter(|(n, _)| n % 2 == 0) {
        let (state, reason) = match n % 4 {
            0 => (State::Confirmed, "阴影、行人位置与以前的照片完全相同，要求重新拍摄。"),
            _ => (State::FalseAlarm, "同一次清理解决了相邻两处问题，照片可以共用。"),
        };
        let (ctx_in, number) = (ctx.clone(), warning.number.clone());
        city.db().write_now(&ctx, move |tx| {
            honesty::commands::decide(&ctx_in, tx, &number, state, reason, None).map(drop)
        })?;
    }
    Ok(gone)
}
