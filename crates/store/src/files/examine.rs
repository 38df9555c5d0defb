//! The job `file-examine`. Every step can be repeated, and the row says `ready` only after all bytes are on disk.

use super::folder::{fault, hash_of, move_to, shown};
use super::{File, FileState, Files, Place, Size, StoredFile, alike, get, papers, place};
use crate::jobs::{self, Work};
use crate::pictures::{self, PictureLimits};
use crate::tx::Tx;
use crate::{Event, sql};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Pictures above this are not decoded: no phone makes them.
const LARGEST_PICTURE: u64 = 40_000_000;
const LARGEST_VIDEO: u64 = 300_000_000;
/// What a door lets in is smaller.
const ANY_SOUND: sound::Limits = sound::Limits { bytes: 40_000_000, millis: u64::MAX };

/// What a look at the bytes found.
enum Found {
    Picture(Box<StoredFile>),
    /// Kept as it came: a film, a paper.
    AsItCame(&'static str),
    Sound,
    Fault(String),
}

pub(super) fn run(work: &Work<'_>) -> Result<()> {
    examine(work, false)
}

/// [`run`] of an upload that may be a paper.
pub(super) fn run_paper(work: &Work<'_>) -> Result<()> {
    examine(work, true)
}

fn examine(work: &Work<'_>, papers: bool) -> Result<()> {
    let id: Id<File> = work.payload()?;
    let files = Files::of(work.db);
    let file = work.db.read_now(move |tx| get(tx, id))?;
    let FileState::Quarantined = file.state else {
        // an earlier run got this far and died before the job was settled
        return Ok(());
    };
    let quarantine = files.quarantine_path(file.quarantine.as_deref().unwrap_or_default());
    let sealed = files.sealed_path(&file.sha256);
    let place = whereabouts(&files, &file.sha256, &quarantine, &sealed)?;
    let mut done = file.clone();
    match look(&files, &place, &file, papers)? {
        Found::Fault(code) => {
            done.state = FileState::Refused;
            done.fault = Some(code);
        }
        Found::AsItCame(media_type) => {
            done.state = FileState::Ready;
            done.media_type = Some(media_type.to_owned());
        }
        // its door said what it is, and it is
        Found::Sound => done.state = FileState::Ready,
        Found::Picture(seen) => {
            done = *seen;
            done.state = FileState::Ready;
        }
    }
    done.quarantine = None;
    if done.state == FileState::Ready && place == quarantine {
        // several uploads of the same bytes share one sealed original: renaming over it changes nothing
        move_to(&quarantine, &sealed)?;
    }
    let (ctx, refused) = (work.ctx.clone(), done.state == FileState::Refused);
    let has_bucket = files.bucket.is_some();
    work.db.write_now(&work.ctx, move |tx| {
        save(tx, &ctx, &done)?;
        if done.state == FileState::Ready && place::wanted(tx, has_bucket)? == Place::S3 {
            jobs::enqueue_outside(tx, "file-move", &(), ctx.now, Some("file-move"))?;
        }
        Ok(())
    })?;
    if refused {
        // the sweeper would find it tomorrow
        let _ = std::fs::remove_file(&quarantine);
    }
    Ok(())
}

fn whereabouts(files: &Files, sha256: &str, quarantine: &Path, sealed: &Path) -> Result<PathBuf> {
    for path in [quarantine, sealed] {
        if path.is_file() {
            return Ok(path.to_owned());
        }
    }
    // an earlier run sealed it and died, and the same bytes of another upload have moved on since
    if files.fetch_sealed(sha256, quarantine)? {
        return Ok(quarantine.to_owned());
    }
    Err(Problem::internal(format!("the bytes are neither at {} nor sealed", quarantine.display())))
}

fn save(tx: &mut Tx<'_>, ctx: &Ctx, file: &StoredFile) -> Result<()> {
    tx.save(file)?;
    if let Some(look) = file.look_hash {
        for slot in alike::slots(look) {
            tx.exec(
                sql!("insert into file_band (slot, file_id) values ($1, $2) on conflict (slot, file_id) do nothing"),
                &[&slot, &file.id],
            )?;
        }
    }
    let event = match &file.fault {
        Some(fault) => Event::new("file.refused", file.id).with("fault", fault.as_str()),
        None => {
            Event::new("file.examined", file.id).with("type", file.media_type.as_deref().unwrap_or_default())
        }
    };
    tx.record(ctx, event)
}

fn look(files: &Files, place: &Path, file: &StoredFile, papers: bool) -> Result<Found> {
    let mut input = std::fs::File::open(place).map_err(fault(place))?;
    let mut start = Vec::new();
    (&mut input).take(64).read_to_end(&mut start).map_err(fault(place))?;
    let refused = |code: &str| Ok(Found::Fault(code.to_owned()));
    let length = input.metadata().map_err(fault(place))?.len();
    if file.is_sound() {
        return sound(place, file);
    }
    if let Some(kind) = video(&start) {
        return match kind {
            "image/heic" => refused("heic-not-taken"),
            _ if length > LARGEST_VIDEO => refused("video-too-large"),
            _ if hash_of(&mut reopened(place)?, place)? != file.sha256 => refused("file-damaged"),
            kind => Ok(Found::AsItCame(kind)),
        };
    }
    if length > LARGEST_PICTURE {
        return refused("picture-too-many-bytes");
    }
    let mut bytes = start;
    input.read_to_end(&mut bytes).map_err(fault(place))?;
    if hex::encode(Sha256::digest(&bytes)) != file.sha256 {
        return refused("file-damaged");
    }
    if papers && papers::might_be(&bytes) {
        return Ok(papers::kind(&bytes).map_or_else(|code| Found::Fault(code.to_owned()), Found::AsItCame));
    }
    picture(files, file, &bytes)
}

/// A recording must be what its door made of it: the same bytes, of the same kind, and clean.
fn sound(place: &Path, file: &StoredFile) -> Result<Found> {
    let bytes = std::fs::read(place).map_err(fault(place))?;
    let whole = hex::encode(Sha256::digest(&bytes)) == file.sha256;
    let seen = sound::examine(&bytes, &ANY_SOUND).ok();
    let clean = seen.is_some_and(|seen| {
        file.media_type.as_deref() == Some(seen.kind.media_type()) && seen.clean == bytes
    });
    Ok(if whole && clean { Found::Sound } else { Found::Fault("file-damaged".to_owned()) })
}

/// Decodes, reads the camera's notes, and puts what may be shown into its place.
fn picture(files: &Files, file: &StoredFile, bytes: &[u8]) -> Result<Found> {
    let seen = match pictures::examine(bytes, &PictureLimits::default()) {
        Ok(seen) => seen,
        Err(fault) => return Ok(Found::Fault(fault.code().replace('_', "-"))),
    };
    files.place(&files.path_of(&shown(file, Size::Full).key), &seen.picture.jpeg)?;
    files.place(&files.path_of(&shown(file, Size::Thumb).key), &seen.thumbnail.jpeg)?;
    let camera: Vec<String> = [seen.traces.make, seen.traces.model].into_iter().flatten().collect();
    let taken = |t: pictures::Taken| match t.offset_minutes {
        Some(minutes) => {
            format!("{}{}{:02}:{:02}", t.at, sign(minutes), minutes.abs() / 60, minutes.abs() % 60)
        }
        None => t.at.to_string(),
    };
    Ok(Found::Picture(Box::new(StoredFile {
        media_type: Some(seen.kind.media_type().to_owned()),
        width: Some(seen.width),
        height: Some(seen.height),
        look_hash: Some(seen.looks.cast_signed()),
        taken_at: seen.traces.taken.map(taken),
        lng: seen.traces.position.map(|(lng, _)| lng),
        lat: seen.traces.position.map(|(_, lat)| lat),
        camera: (!camera.is_empty()).then(|| camera.join(" ")),
        software: seen.traces.software,
        full_sha256: Some(hex::encode(Sha256::digest(&seen.picture.jpeg))),
        thumb_sha256: Some(hex::encode(Sha256::digest(&seen.thumbnail.jpeg))),
        ..file.clone()
    })))
}

fn sign(minutes: i16) -> char {
    if minutes < 0 { '-' } else { '+' }
}

fn reopened(path: &Path) -> Result<std::fs::File> {
    std::fs::File::open(path).map_err(fault(path))
}

/// The ISO base media family begins with a box `ftyp` that names its brand.
fn video(start: &[u8]) -> Option<&'static str> {
    let brand = start.get(8..12).filter(|_| start.get(4..8) == Some(b"ftyp"))?;
    Some(match brand {
        b"qt  " => "video/quicktime",
        b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" | b"avif" | b"avis" => {
            "image/heic"
        }
        _ => "video/mp4",
    })
}

#[cfg(test)]
mod tests {
    use super::video;

    #[test]
    fn containers_are_known_by_their_brand() {
        assert_eq!(video(b"\0\0\0\x18ftypmp42\0\0"), Some("video/mp4"));
        assert_eq!(video(b"\0\0\0\x14ftypqt  \0\0"), Some("video/quicktime"));
        assert_eq!(video(b"\0\0\0\x18ftypheic\0\0"), Some("image/heic"));
        assert_eq!(video(b"<html>"), None);
        assert_eq!(video(b""), None);
    }
}
