//! Rows that are written. The only file of this crate, beside `queries.rs`, that holds SQL.

use crate::model::{Kept, Kind, State, Warning};
use ::store::follow::Place;
use ::store::{Tx, sql};
use cases::model::{Photo, PhotoKind};
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::problem::Result;

/// Whether a picture has been looked at.
pub(crate) fn is_kept(tx: &mut Tx<'_>, photo: Id<Photo>) -> Result<bool> {
    Ok(tx.one(sql!((i64,): "select photo_id from honesty_print where photo_id = $1"), &[&photo])?.is_some())
}

/// Prints in order of their pictures, a page at a time.
pub(crate) fn prints(tx: &mut Tx<'_>, after: Id<Photo>, limit: i64) -> Result<Vec<Kept>> {
    tx.all(
        sql!(Kept: "select {*} from honesty_print where photo_id > $1 order by photo_id limit $2"),
        &[&after, &limit],
    )
}

/// Of a sender's last pictures of repairs before this one: how many name a camera, and how many there are.
pub(crate) fn usual_camera(
    tx: &mut Tx<'_>,
    person: Id<Person>,
    before: Id<Photo>,
    limit: i64,
) -> Result<(i64, i64)> {
    let rows = tx.all(
        sql!((bool,): "select has_camera from honesty_print where taken_by = $1 and kind = $2 and photo_id < $3
             order by photo_id desc limit $4"),
        &[&person, &PhotoKind::After, &before, &limit],
    )?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok((count(rows.iter().filter(|(has,)| *has).count()), count(rows.len())))
}

pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Warning>> {
    tx.one(sql!(Warning: "select {*} from honesty_warning where number = $1"), &[&number])
}

/// Whether this was warned of already: examining a picture twice adds nothing.
pub(crate) fn is_known(tx: &mut Tx<'_>, photo: Id<Photo>, kind: Kind, other: Id<Photo>) -> Result<bool> {
    let known = tx.one(
        sql!((i64,): "select id from honesty_warning where photo_id = $1 and kind = $2 and other_photo = $3"),
        &[&photo, &kind, &other],
    )?;
    Ok(known.is_some())
}

/// Warnings of a case that are not false alarms, newest first.
pub(crate) fn of_case(tx: &mut Tx<'_>, case: Id<cases::model::Case>) -> Result<Vec<Warning>> {
    tx.all(
        sql!(Warning: "select {*} from honesty_warning where case_id = $1 and state <> $2 order by id desc limit 20"),
        &[&case, &State::FalseAlarm],
    )
}

/// How far the log has been followed; none before the first time.
pub(crate) fn place(tx: &mut Tx<'_>) -> Result<Option<Place>> {
    let rows = tx.all(sql!((i64, i64): "select lane, seq from honesty_place order by lane"), &[])?;
    Ok((!rows.is_empty()).then(|| rows.into_iter().collect()))
}

pub(crate) fn save_place(tx: &mut Tx<'_>, place: &Place) -> Result<()> {
    tx.housekeeping();
    for (lane, seq) in place {
        tx.exec(
            sql!(
                "insert into honesty_place (lane, seq) values ($1, $2)
                  on conflict (lane) do update set seq = excluded.seq"
            ),
            &[lane, seq],
        )?;
    }
    Ok(())
}

/// How far going through earlier pictures has come: the last picture seen, and whether that was the end. None before it
/// was asked for.
pub(crate) fn backfill(tx: &mut Tx<'_>) -> Result<Option<(Id<Photo>, bool)>> {
    tx.one(sql!((Id<Photo>, bool): "select photo_id, finished from honesty_backfill where id = 1"), &[])
}

pub(crate) fn save_backfill(tx: &mut Tx<'_>, photo: Id<Photo>, finished: bool) -> Result<()> {
    tx.housekeeping();
    tx.exec(
        sql!(
            "insert into honesty_backfill (id, photo_id, finished) values (1, $1, $2)
              on conflict (id) do update set photo_id = excluded.photo_id, finished = excluded.finished"
        ),
        &[&photo, &finished],
    )
    .map(drop)
}
