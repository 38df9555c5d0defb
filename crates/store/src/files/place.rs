//! In which of two places the city's files are kept, and how far a move from one to the other has come.
//!
//! A read looks into the folder first and then into the bucket, whatever the row says: while files move they are in one
//! of both at every moment, and never in none.

use super::{File, FileState, StoredFile};
use crate::settings::Setting;
use crate::tx::Tx;
use crate::{Event, coded, record, sql};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;

kernel::named! {
    /// Where bytes are kept.
    pub enum Place {
        /// Below the city's folder.
        Folder = "folder",
        /// In a bucket of an S3-compatible storage; see [`Bucket`](super::Bucket).
        S3 = "s3",
    }
}
coded!(Place);

/// Where somebody decided that files belong; empty while nobody has.
const KEPT_IN: Setting<String> = Setting::new("files-kept-in", String::new);

/// Where files belong: where somebody decided, else in the bucket when this program has one.
pub fn wanted(tx: &mut Tx<'_>, has_bucket: bool) -> Result<Place> {
    let said = KEPT_IN.get(tx)?;
    let decided = Place::ALL.iter().copied().find(|place| place.code() == said);
    Ok(decided.unwrap_or(if has_bucket { Place::S3 } else { Place::Folder }))
}

/// Decides where files belong, and gives those that could not be moved another chance. Records `setting.changed` and
/// `files.move-ordered`.
pub fn order(tx: &mut Tx<'_>, ctx: &Ctx, to: Place) -> Result<()> {
    KEPT_IN.set(tx, ctx, &to.code().to_owned())?;
    tx.exec(sql!("update file set move_fault = null where move_fault is not null"), &[])?;
    tx.record(ctx, Event::city("files.move-ordered").with("to", to.code()))
}

record! {
    /// What keeps the storage from being used.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Trouble {
        pub since: Instant,
        pub tries: i64,
        pub error: String,
    }
}

/// Notes that the storage could not be used; how often in a row.
pub(super) fn note_trouble(tx: &mut Tx<'_>, error: &str) -> Result<i64> {
    tx.housekeeping();
    let (now, id) = (tx.now(), 1_i64);
    tx.exec(
        sql!(
            "insert into file_trouble (id, since, tries, error) values ($1, $2, 1, $3)
              on conflict (id) do update set tries = file_trouble.tries + 1, error = excluded.error"
        ),
        &[&id, &now, &error],
    )?;
    tx.value(sql!((i64,): "select tries from file_trouble"), &[])
}

pub(super) fn trouble_is_over(tx: &mut Tx<'_>) -> Result<()> {
    tx.housekeeping();
    tx.exec(sql!("delete from file_trouble"), &[]).map(drop)
}

pub(super) fn trouble(tx: &mut Tx<'_>) -> Result<Option<Trouble>> {
    tx.one(sql!(Trouble: "select {*} from file_trouble"), &[])
}

record! {
    struct Count {
        place: Place,
        files: i64,
    }
}

/// Where files are, and what waits.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    /// Where they belong.
    pub wanted: Place,
    pub in_folder: i64,
    pub in_s3: i64,
    /// Files that are not yet where they belong, without those of `faults`.
    pub waiting: i64,
    /// When the oldest of them came.
    pub waiting_since: Option<Instant>,
    /// Files that could not be moved because their bytes are damaged or missing.
    pub faults: i64,
    pub trouble: Option<Trouble>,
}

/// Counts all files by an index: for a page that few people open, and for the measures.
pub fn whereabouts(tx: &mut Tx<'_>, has_bucket: bool) -> Result<Whereabouts> {
    let wanted = wanted(tx, has_bucket)?;
    let ready = FileState::Ready;
    let counts = tx.all(
        sql!(Count: "select place, count(*) as files from file where state = $1 group by place"),
        &[&ready],
    )?;
    let of = |place: Place| counts.iter().filter(|c| c.place == place).map(|c| c.files).sum::<i64>();
    let away = other(wanted);
    let (waiting, waiting_since) = tx
        .one(
            sql!((i64, Option<Instant>): "select count(*), min(uploaded_at) from file
                  where place = $1 and state = $2 and move_fault is null"),
            &[&away, &ready],
        )?
        .unwrap_or_default();
    let faults = tx.value(
        sql!((i64,): "select count(*) from file where place = $1 and state = $2 and move_fault is not null"),
        &[&away, &ready],
    )?;
    let trouble = trouble(tx)?;
    let (in_folder, in_s3) = (of(Place::Folder), of(Place::S3));
    Ok(Whereabouts { wanted, in_folder, in_s3, waiting, waiting_since, faults, trouble })
}

/// The place that is not this one.
pub(super) fn other(place: Place) -> Place {
    match place {
        Place::Folder => Place::S3,
        Place::S3 => Place::Folder,
    }
}

/// Files that are not where they belong, after this id.
pub(super) fn to_move(tx: &mut Tx<'_>, to: Place, after: i64, limit: i64) -> Result<Vec<StoredFile>> {
    let (from, ready) = (other(to), FileState::Ready);
    tx.all(
        sql!(StoredFile: "select {*} from file where place = $1 and state = $2 and id > $3 and move_fault is null
                          order by id limit $4"),
        &[&from, &ready, &after, &limit],
    )
}

/// Files whose bytes may still lie where they were moved from.
pub(super) fn leftovers(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<StoredFile>> {
    tx.all(sql!(StoredFile: "select {*} from file where leftover = 1 order by id limit $1"), &[&limit])
}

pub(super) fn cleared(tx: &mut Tx<'_>, ids: &[Id<File>]) -> Result<()> {
    tx.housekeeping();
    for id in ids {
        tx.exec(sql!("update file set leftover = 0 where id = $1"), &[id])?;
    }
    Ok(())
}

/// Whether any file's bytes are only in a bucket.
pub fn any_in_s3(tx: &mut Tx<'_>) -> Result<bool> {
    let place = Place::S3;
    Ok(tx.one(sql!((i64,): "select id from file where place = $1 limit 1"), &[&place])?.is_some())
}

/// Ready files after this id, in order: for whoever goes through all of them.
pub(crate) fn all_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<StoredFile>> {
    let ready = FileState::Ready;
    tx.all(
        sql!(StoredFile: "select {*} from file where id > $1 and state = $2 order by id limit $3"),
        &[&after, &ready, &limit],
    )
}
