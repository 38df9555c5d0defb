//! Rows of recordings.

use crate::model::{Case, NewRecording, Recording};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use store::files::{self, File};
use store::{Tx, sql};

/// The recordings of a case, oldest first.
pub fn recordings(tx: &mut Tx<'_>, case: Id<Case>) -> Result<Vec<Recording>> {
    tx.all(sql!(Recording: "select {*} from case_recording where case_id = $1 order by id"), &[&case])
}

pub fn recording(tx: &mut Tx<'_>, id: Id<Recording>) -> Result<Option<Recording>> {
    tx.one(sql!(Recording: "select {*} from case_recording where id = $1"), &[&id])
}

/// Takes a recording in as a file and as one of the case.
pub(crate) fn add_recording(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    case: Id<Case>,
    new: &NewRecording,
) -> Result<Recording> {
    let row = Recording {
        id: tx.new_id(),
        case_id: case,
        file_id: files::adopt_sound(tx, ctx, &new.received, &new.name, new.kind)?,
        millis: i64::try_from(new.millis).map_err(Problem::internal)?,
        media_type: new.kind.media_type().to_owned(),
        recorded_by: ctx.person(),
        added_at: ctx.now,
        words: String::new().into(),
        words_by: None,
        words_at: None,
        erased: false,
        version: 1,
    };
    tx.insert(&row)?;
    Ok(row)
}

/// Erases the sound of a case's recordings; what was typed of it stays with the case's words. How many there were.
pub(crate) fn forget_recordings(tx: &mut Tx<'_>, case: Id<Case>) -> Result<i64> {
    let kept = tx.all(
        sql!((i64, Id<File>): "select id, file_id from case_recording where case_id = $1 and erased = 0"),
        &[&case],
    )?;
    for (recording, file) in &kept {
        forget_sound(tx, *recording, *file)?;
    }
    Ok(i64::try_from(kept.len()).unwrap_or(i64::MAX))
}

pub(crate) fn forget_sound(tx: &mut Tx<'_>, recording: i64, file: Id<File>) -> Result<()> {
    files::erase::erase_all(tx, file)?;
    tx.exec(sql!("update case_recording set erased = 1, version = version + 1 where id = $1"), &[&recording])
        .map(drop)
}
