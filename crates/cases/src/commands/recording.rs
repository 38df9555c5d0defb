//! 录音: what somebody said is kept, heard by few, and typed by one of them, so that the others can read it.
//!
//! A voice tells who speaks, as a name does: whoever handles the case does not hear it, whatever other roles they hold, and
//! reads what was typed. Every hearing is recorded, with who and when.

use super::submit::titled;
use super::{find_for, save};
use crate::desk::Desk;
use crate::model::{Case, NewRecording, Recording};
use crate::policy::{Act, may_hear};
use crate::store;
use crate::workflow::State;
use ::store::files::{self, Original};
use ::store::words::index_tokens;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::HOUR;

/// Most recordings of a case.
pub const RECORDINGS: usize = 1;
/// Longest text that is typed of one, in characters: two minutes are some six hundred.
const WORDS: usize = 3000;
/// A player asks for a file in pieces, and for what was heard before again: by one person within this, that is one hearing.
const HEARING: i64 = HOUR;

/// Keeps a recording with its case, in the transaction that saves the report. Records `case.recording-added`.
pub(super) fn keep(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, new: &NewRecording) -> Result<Recording> {
    let kept = store::add_recording(tx, ctx, id, new)?;
    tx.record(ctx, Event::new("case.recording-added", id).with("seconds", kept.seconds()))?;
    Ok(kept)
}

/// Adds a recording to a report that was sent before, for whoever holds its token: the caller has opened it.
///
/// # Errors
/// 409 `recording-there` for a second one, `recording-too-late` once the case is no longer being looked at first; 410
/// `report-forgotten` when who reported was erased. The same bytes again change nothing.
pub fn add_recording(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, new: &NewRecording) -> Result<Recording> {
    let case = store::case(tx, id)?.ok_or_else(Problem::not_found)?;
    if store::erase::reporter_erased(tx, id)? {
        return Err(Problem::new(410, "report-forgotten").arg("number", &case.number));
    }
    let known = store::recordings(tx, id)?;
    for recording in &known {
        if files::get(tx, recording.file_id)?.sha256 == new.received.sha256 {
            tx.housekeeping();
            return Ok(recording.clone());
        }
    }
    if known.len() >= RECORDINGS {
        return Err(Problem::conflict("recording-there"));
    }
    if !matches!(case.state, State::Reported | State::Confirmed | State::Registered) {
        return Err(Problem::conflict("recording-too-late"));
    }
    keep(ctx, tx, id, new)
}

/// A recording of this case, for whom it is.
fn of_case(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, id: Id<Recording>) -> Result<(Case, Recording)> {
    let case = find_for(ctx, tx, Act::HearRecording, number)?;
    let assisting = store::assisting(tx, case.id)?;
    if !may_hear(ctx, &case, &assisting) {
        return Err(Problem::forbidden());
    }
    let recording = store::recording(tx, id)?.filter(|r| r.case_id == case.id);
    Ok((case, recording.ok_or_else(Problem::not_found)?))
}

/// Leave to hear a recording. Records `case.recording-heard`, and `file.original-opened` as for any original.
///
/// # Errors
/// 404 while it is still being examined and for what is no recording of this case; 403 for whoever handles the case; 410
/// `file-erased`.
pub fn hear_recording(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    id: Id<Recording>,
) -> Result<(Recording, Original)> {
    let (case, recording) = of_case(ctx, tx, number, id)?;
    let (original, first) = files::open_sealed_once(tx, ctx, recording.file_id, HEARING)?;
    if first {
        tx.record(ctx, Event::new("case.recording-heard", case.id).with("recording", id.raw()))?;
    }
    Ok((recording, original))
}

/// Writes down what is said in a recording. It becomes the description where there was none, or where that was what somebody
/// typed of this recording before; so the unit, the search and the public (masked, with what is struck out) read it like any
/// other. Where the reporter wrote something, it stands beside that. Records `case.recording-typed`, without the words.
///
/// # Errors
/// 422 at `words`; 410 `words-forgotten` when the case's words were erased.
pub fn type_recording(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    number: &str,
    id: Id<Recording>,
    words: &str,
) -> Result<Case> {
    let (mut case, mut recording) = of_case(ctx, tx, number, id)?;
    let words = words.trim();
    if words.is_empty() {
        return Err(Problem::field("words", "required"));
    }
    if words.chars().count() > WORDS {
        return Err(Problem::invalid(vec![FieldError::new("words", "too-long").arg("max", WORDS)]));
    }
    if store::erase::words_erased(tx, case.id)? {
        return Err(Problem::new(410, "words-forgotten"));
    }
    let before = recording.words.as_str().to_owned();
    let own = case.description.is_empty() || (!before.is_empty() && case.description.as_str() == before);
    recording.words = words.into();
    (recording.words_by, recording.words_at) = (ctx.person(), Some(ctx.now));
    tx.save(&recording)?;
    if own && !case.state.is_over() {
        describe(ctx, tx, desk, &mut case, words)?;
    }
    let event = Event::new("case.recording-typed", case.id).with("recording", id.raw());
    tx.record(ctx, event)?;
    if own && case.state == State::Registered {
        desk.listeners.awaits_dispatch(ctx, tx, &case)?;
    }
    Ok(case)
}

/// Gives the case its description, and a title that was made without one a new one.
fn describe(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, case: &mut Case, words: &str) -> Result<()> {
    let made = titled(desk, case.item_id, &case.description, &case.address);
    // without kind, words and address it was the name of the section
    let placed = case.item_id.is_none() && case.description.is_empty() && case.address.is_empty();
    let title = if placed || case.title == made {
        titled(desk, case.item_id, words, &case.address)
    } else {
        case.title.clone()
    };
    case.strikes = case.strikes.moved((&case.title, &case.description), (&title, words));
    case.title = title;
    case.description = words.into();
    save(ctx, tx, case)?;
    let kind = desk.catalogue.name(case.item_id);
    let words = format!("{} {} {words} {} {kind}", case.number, case.title, case.address);
    tx.index_words(case.id, &index_tokens(&words))
}
