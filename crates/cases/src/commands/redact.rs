//! 遮挡: takes parts out of pictures and words for the public. The pictures and words as they came stay, for whom the policy
//! names; of what was taken out the history tells by whom and why, never what.

use super::{load_for, save};
use crate::desk::Desk;
use crate::model::{Case, Cover, CoverArea, Photo, Strikes, Written};
use crate::policy::Act;
use crate::store;
use ::store::files::{self, File, FileState, Files, Size};
use ::store::jobs::{Work, enqueue};
use ::store::pictures::{self, WHOLE};
use ::store::value::Json;
use ::store::words::index_tokens;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use std::io::Read;

/// The job that makes the new picture.
pub(crate) const COVER: &str = "case-photo-cover";
/// Most parts of one picture, and most words struck at once.
pub const AREAS: usize = 20;
const WORDS: usize = 50;
const NOTE: usize = 200;
/// A new picture is no larger than the one it is made from.
const BYTES: u64 = 40_000_000;

kernel::named! {
    /// What a person saw that the public should not.
    pub enum Shows {
        Face = "face",
        Plate = "plate",
        Paper = "paper",
        Home = "home",
        Other = "other",
    }
}

/// What is to be taken out of a picture.
#[derive(Clone, Debug)]
pub struct NewCover {
    pub areas: Vec<CoverArea>,
    pub shows: Shows,
    /// The unit that handles the case gets the covered picture as well.
    pub from_unit: bool,
    pub note: String,
}

/// A picture of this case, and its file.
fn picture(tx: &mut Tx<'_>, case: Id<Case>, photo: Id<Photo>) -> Result<Id<File>> {
    let photo = store::photo(tx, photo)?.filter(|p| p.case_id == case).ok_or_else(Problem::not_found)?;
    Ok(photo.file_id)
}

fn checked(areas: &[CoverArea]) -> Result<()> {
    if areas.is_empty() {
        return Err(Problem::field("areas", "required"));
    }
    if areas.len() > AREAS {
        return Err(Problem::invalid(vec![FieldError::new("areas", "more-than-limit").arg("max", AREAS)]));
    }
    let inside = |a: &CoverArea| {
        a.width > 0
            && a.height > 0
            && a.x.saturating_add(a.width) <= WHOLE
            && a.y.saturating_add(a.height) <= WHOLE
    };
    if areas.iter().all(inside) { Ok(()) } else { Err(Problem::field("areas", "outside-the-picture")) }
}

fn short(note: &str) -> Result<&str> {
    let note = note.trim();
    if note.chars().count() > NOTE {
        return Err(Problem::invalid(vec![FieldError::new("note", "too-long").arg("max", NOTE)]));
    }
    Ok(note)
}

/// Takes parts out of a picture. Until the new one is made, in a job, nobody outside gets any.
///
/// # Errors
/// 409 `photo-not-ready` for a picture that is still examined or was refused; 422 at `areas`.
pub fn cover_photo(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    id: Id<Case>,
    photo: Id<Photo>,
    new: &NewCover,
) -> Result<Cover> {
    load_for(ctx, tx, Act::Redact, id)?;
    let file_id = picture(tx, id, photo)?;
    checked(&new.areas)?;
    let note = short(&new.note)?;
    if files::get(tx, file_id)?.state != FileState::Ready {
        return Err(Problem::conflict("photo-not-ready"));
    }
    let known = store::cover_of(tx, file_id)?;
    let cover = Cover {
        id: known.as_ref().map_or_else(|| tx.new_id(), |c| c.id),
        file_id,
        areas: Json(new.areas.clone()),
        from_unit: new.from_unit,
        covered_id: None,
        made_by: ctx.person(),
        made_at: ctx.now,
        version: known.as_ref().map_or(1, |c| c.version),
    };
    if known.is_some() {
        tx.save(&cover)?;
    } else {
        tx.insert(&cover)?;
    }
    let now = tx.now();
    enqueue(tx, COVER, &cover.id, now, None)?;
    let event = Event::new("case.photo-covered", id)
        .with("photo", photo.raw())
        .with("shows", new.shows.code())
        .with("count", new.areas.len())
        .with("from-unit", new.from_unit);
    tx.record(ctx, event.text(note))?;
    Ok(cover)
}

/// Everybody who gets the picture gets it as it came again.
pub fn uncover_photo(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, photo: Id<Photo>, why: &str) -> Result<()> {
    load_for(ctx, tx, Act::Redact, id)?;
    let file_id = picture(tx, id, photo)?;
    let why = super::reason(why)?;
    let cover = store::cover_of(tx, file_id)?.ok_or_else(|| Problem::conflict("not-covered"))?;
    store::remove_cover(tx, cover.id)?;
    tx.record(ctx, Event::new("case.photo-uncovered", id).with("photo", photo.raw()).text(why))
}

/// Makes the new picture from the one that is shown, and takes it in like any other: it is examined, made small, hashed,
/// kept and moved as all files are.
pub(crate) fn make_cover(work: &Work<'_>) -> Result<()> {
    let id: Id<Cover> = work.payload()?;
    let found = work.db.read_now(move |tx| match store::cover(tx, id)? {
        Some(cover) if cover.covered_id.is_none() => {
            let file = files::get(tx, cover.file_id)?;
            Ok(Some((cover, file)))
        }
        // taken back, or made by an earlier run
        _ => Ok(None),
    })?;
    let Some((cover, file)) = found else { return Ok(()) };
    let folder = Files::of(work.db);
    let mut bytes = Vec::new();
    folder.open_shown(&file, Size::Full)?.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
    let areas: Vec<_> = cover.areas.0.iter().map(|a| a.area()).collect();
    let made = pictures::cover(&bytes, &areas).map_err(|fault| Problem::internal(fault.code()))?;
    let received = folder.receive_now(&made[..], BYTES)?;
    let ctx = work.ctx.clone();
    work.db.write_now(&ctx.clone(), move |tx| {
        // other parts may have been marked meanwhile: their own job makes that picture
        let Some(now) = store::cover(tx, id)?.filter(|c| c.version == cover.version) else {
            tx.housekeeping();
            return Ok(());
        };
        let covered = files::adopt(tx, &ctx, &received, "covered.jpg")?;
        tx.save(&Cover { covered_id: Some(covered), ..now })
    })
}

/// What is to be struck out: all of it, in place of what was.
#[derive(Clone, Debug, Default)]
pub struct NewStrikes {
    /// Places: proposals that were accepted, and what was struck before and stays so.
    pub places: Strikes,
    /// Words, struck wherever they stand in title or description.
    pub words: Vec<String>,
    pub note: String,
}

/// Strikes parts of title and description out for the public.
///
/// # Errors
/// 422 at `words` for what stands in neither text.
pub fn strike(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, new: &NewStrikes) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Redact, id)?;
    let note = short(&new.note)?;
    if new.words.len() > WORDS {
        return Err(Problem::invalid(vec![FieldError::new("words", "more-than-limit").arg("max", WORDS)]));
    }
    let mut strikes = new.places.clone();
    for words in &new.words {
        let kind = crate::model::StrikeKind::Words;
        let found = strikes.add_words(Written::Title, &case.title, words, kind)
            + strikes.add_words(Written::Description, &case.description, words, kind);
        if found == 0 {
            return Err(Problem::field("words", "not-in-the-text"));
        }
    }
    if strikes == case.strikes {
        tx.housekeeping();
        return Ok(case);
    }
    case.strikes = strikes;
    // whoever searches as a stranger must not find by what they may not read
    let cut = |written, text: &str| case.strikes.cut(written, text, &[]);
    let (title, description) =
        (cut(Written::Title, &case.title), cut(Written::Description, &case.description));
    let words = format!("{title} {description} {} {}", case.address, desk.catalogue.name(case.item_id));
    tx.index_words(id, &index_tokens(&words))?;
    save(ctx, tx, &mut case)?;
    let count = case.strikes.len();
    tx.record(ctx, Event::new("case.words-struck", id).with("count", count).text(note))?;
    Ok(case)
}
