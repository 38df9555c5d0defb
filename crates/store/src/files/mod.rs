//! Uploaded files: evidence that must stay as it came, pictures that people may see, and recordings that few may hear.
//!
//! Bytes stream into *quarantine* ([`Files::receive`]); the command that the upload belongs to [`adopt`]s them, which
//! makes the job `file-examine` due. The job finds out what the file really is, makes pictures to show that carry nothing
//! of the camera's notes, reads those notes into the row, and moves the original, untouched, to the *sealed* folder under
//! its SHA-256. Whoever opens an original leaves an audit event. Nothing is ever shown from quarantine.
//!
//! ```text
//! <folder>/files/quarantine/<micros>-<random>       waiting; swept after a day when no row names it
//! <folder>/files/shown/ab/cd/<id>-{full,thumb}.jpg  derived; may be served to whoever may see the thing it belongs to
//! <folder>/files/sealed/ab/cd/<sha256>              the original, mode 0600
//! ```
//!
//! What was examined may move on into a bucket of an S3-compatible storage, and back; see [`place`] for what a row says of
//! that and [`moving`] for how it is done. Taking files in never waits for the bucket.

mod alike;
mod bucket;
pub mod erase;
mod examine;
mod folder;
pub mod moving;
mod papers;
pub mod place;
mod sweep;
pub mod verify;
mod waiting;

use crate::audit::{self, HistoryLine};
use crate::jobs::{self, JobHandler, Periodic};
use crate::keep::{Days, Goes, Keep, Way};
use crate::tx::Tx;
use crate::{Event, Query, Sealed, coded, record, sealed_columns, sql};
pub use alike::{Alike, look_alikes};
pub use bucket::{Bucket, BucketSettings};
pub use erase::Left;
pub use folder::{Files, Opened, Quarantined, Readable, Size};
pub(crate) use folder::{Piece, create_private, make_folder, pieces, sealed, sync_folder};
use kernel::ctx::{Actor, Ctx};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
pub use place::{Place, Whereabouts, whereabouts};
use std::collections::HashSet;

/// Mark for ids of files.
#[derive(Debug)]
pub enum File {}

kernel::named! {
    pub enum FileState {
        /// Not examined yet.
        Quarantined = "quarantined",
        /// What it says it is; pictures can be shown.
        Ready = "ready",
        /// Not a file we take; `fault` says why. Its bytes are gone.
        Refused = "refused",
    }
}
coded!(FileState);

sealed_columns! {
    /// People name pictures after whom they show.
    pub FileName = "file"."name" of "id";
}

record! {
    /// An uploaded file.
    #[derive(Clone, Debug)]
    pub struct StoredFile in "file" {
        pub id: Id<File>,
        pub state: FileState,
        /// What the uploader's machine called it. For people to read, never part of a path.
        pub name: Sealed<FileName>,
        pub sha256: String,
        pub bytes: i64,
        pub quarantine: Option<String>,
        /// Found by looking, not what the uploader said.
        pub media_type: Option<String>,
        pub width: Option<u32>,
        pub height: Option<u32>,
        /// 64 bits that are near for pictures that look alike.
        pub look_hash: Option<i64>,
        /// What the camera says, `YYYY-MM-DDTHH:MM:SS`, with its offset from UTC if it wrote one.
        pub taken_at: Option<String>,
        pub lng: Option<f64>,
        pub lat: Option<f64>,
        pub camera: Option<String>,
        pub software: Option<String>,
        /// Why it was refused: the sentence is `file-fault-<code>`.
        pub fault: Option<String>,
        pub uploaded_by: String,
        pub uploaded_at: Instant,
        pub place: Place,
        /// Whether its bytes may still lie in the other place too.
        pub leftover: bool,
        /// Why it could not be moved: `file-damaged`, `file-missing`.
        pub move_fault: Option<String>,
        pub full_sha256: Option<String>,
        pub thumb_sha256: Option<String>,
        /// What was not erased of it.
        pub kept: Left,
        /// Whether bytes that are not kept may still lie somewhere.
        pub erasing: bool,
        pub version: i64,
    }
}

impl StoredFile {
    pub fn is_video(&self) -> bool {
        self.media_type.as_deref().is_some_and(|m| m.starts_with("video/"))
    }

    /// Whether it is a recording. Known from the beginning: nothing else becomes one.
    pub fn is_sound(&self) -> bool {
        self.media_type.as_deref().is_some_and(|m| m.starts_with("audio/"))
    }

    /// A paper: it is kept as it came, and there is nothing to show of it.
    pub fn is_document(&self) -> bool {
        self.media_type.as_deref().is_some_and(|m| m.starts_with("application/"))
    }
}

/// Makes a received upload a file of the city, to be examined after the commit. Records `file.received`.
pub fn adopt(tx: &mut Tx<'_>, ctx: &Ctx, received: &Quarantined, name: &str) -> Result<Id<File>> {
    enter(tx, ctx, received, name, None, EXAMINE)
}

/// [`adopt`] for a recording of this kind, whose door has read and cleaned it. What the examination finds to be anything else is
/// refused.
pub fn adopt_sound(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    received: &Quarantined,
    name: &str,
    kind: sound::Kind,
) -> Result<Id<File>> {
    enter(tx, ctx, received, name, Some(kind), EXAMINE)
}

/// [`adopt`] where papers are taken beside pictures: PDF, DOCX and XLSX, told by their bytes. Doors for citizens take none.
pub fn adopt_paper(tx: &mut Tx<'_>, ctx: &Ctx, received: &Quarantined, name: &str) -> Result<Id<File>> {
    enter(tx, ctx, received, name, None, "file-examine-paper")
}

const EXAMINE: &str = "file-examine";

fn enter(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    received: &Quarantined,
    name: &str,
    sound: Option<sound::Kind>,
    job: &'static str,
) -> Result<Id<File>> {
    let id: Id<File> = tx.new_id();
    let uploaded_by = match &ctx.actor {
        Actor::Member(member) => format!("person:{}", member.id),
        Actor::Public => "public".to_owned(),
        Actor::System(system) => format!("system:{system}"),
    };
    let bytes = i64::try_from(received.bytes).map_err(Problem::internal)?;
    tx.insert(&StoredFile {
        id,
        state: FileState::Quarantined,
        name: folder::readable_name(name).into(),
        sha256: received.sha256.clone(),
        bytes,
        quarantine: Some(received.token.clone()),
        media_type: sound.map(|kind| kind.media_type().to_owned()),
        width: None,
        height: None,
        look_hash: None,
        taken_at: None,
        lng: None,
        lat: None,
        camera: None,
        software: None,
        fault: None,
        uploaded_by,
        uploaded_at: ctx.now,
        place: Place::Folder,
        leftover: false,
        move_fault: None,
        full_sha256: None,
        thumb_sha256: None,
        kept: Left::All,
        erasing: false,
        version: 1,
    })?;
    jobs::enqueue(tx, job, &id, ctx.now, Some(&format!("file-examine:{id}")))?;
    tx.record(
        ctx,
        Event::new("file.received", id).with("sha256", received.sha256.as_str()).with("bytes", bytes),
    )?;
    Ok(id)
}

pub fn get(tx: &mut Tx<'_>, id: Id<File>) -> Result<StoredFile> {
    tx.one(sql!(StoredFile: "select {*} from file where id = $1"), &[&id])?.ok_or_else(Problem::not_found)
}

/// Which of these may be shown.
pub fn ready(tx: &mut Tx<'_>, ids: &[Id<File>]) -> Result<HashSet<Id<File>>> {
    let mut found = HashSet::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut query = Query::<(Id<File>,)>::new("select id from file");
        query.one_of("id", some).filter("state = ?", &[&FileState::Ready]);
        query.filter("kept <> ?", &[&Left::Nothing]);
        found.extend(tx.query(&query)?.into_iter().map(|(id,)| id));
    }
    Ok(found)
}

/// Leave to open an original; see [`open_sealed`].
#[derive(Debug)]
pub struct Original {
    sha256: String,
    media_type: String,
}

/// Leave to open the untouched original, which may show faces and places: the caller has asked the policy. Records
/// `file.original-opened`. [`Files::open_original`] does it, after the commit.
pub fn open_sealed(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<File>) -> Result<Original> {
    let file = get(tx, id)?;
    if file.state != FileState::Ready {
        return Err(Problem::not_found());
    }
    if file.kept != Left::All {
        return Err(erase::gone());
    }
    tx.record(ctx, Event::new(OPENED, id))?;
    let media_type = file.media_type.unwrap_or_else(|| "application/octet-stream".to_owned());
    Ok(Original { sha256: file.sha256, media_type })
}

const OPENED: &str = "file.original-opened";

/// [`open_sealed`] for what is asked for piece by piece, as players do: the same person's opening within so many microseconds is
/// one. Whether it was recorded now. Reads the events of the file, of which each person makes one in that time.
pub fn open_sealed_once(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<File>, within: i64) -> Result<(Original, bool)> {
    let since = ctx.now.plus(-within);
    let mine = |line: &HistoryLine| {
        line.verb == OPENED
            && line.at > since
            && ctx.person().is_some_and(|person| line.actor == format!("person:{person}"))
    };
    if !audit::history(tx, id)?.iter().any(mine) {
        return Ok((open_sealed(tx, ctx, id)?, true));
    }
    let file = get(tx, id)?;
    if file.kept != Left::All {
        return Err(erase::gone());
    }
    tx.housekeeping();
    let media_type = file.media_type.unwrap_or_else(|| "application/octet-stream".to_owned());
    Ok((Original { sha256: file.sha256, media_type }, false))
}

/// Uploads that no form was sent with.
pub(crate) const KEEP_UPLOADS: Keep = Keep {
    key: "uploads",
    tables: &["file"],
    days: Days::always(1),
    goes: Goes::File,
    laws: &["pipl-19"],
    way: Way::Own { job: "file-sweep", days: None },
};

pub(crate) const HANDLERS: &[JobHandler] = &[
    JobHandler::new("file-examine", examine::run),
    JobHandler::new("file-examine-paper", examine::run_paper),
    JobHandler::new("file-move", moving::run),
];
pub(crate) const PERIODIC: &[Periodic] = &[
    Periodic::new("file-sweep", 3600, sweep::run),
    Periodic::new("file-tend", 3600, moving::tend).at_startup(),
];
