//! MP4 and its relatives (ISO/IEC 14496-12): boxes of a length and a name, which may hold boxes again. Whole files as telephones
//! write them, and files in fragments as browsers do.
//!
//! Nothing is moved: samples are found by where they lie. What is not needed to play becomes a box `free` full of zeros.

use super::mp4_notes::{Fragment, Track};
use super::numbers::{big, big_size, blank, micros};
use super::{Fault, Kind, Read};

/// What stands around a box.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    File,
    Movie,
    Track,
    Media,
    MediaInfo,
    Samples,
    Extends,
    Part,
    PartTrack,
}

enum Deed {
    Enter(Level),
    Keep,
    Remove,
    /// What it says is kept but for the moments when it was made.
    Times,
    Scale,
    Handler,
    Formats,
    Lengths,
    Defaults,
    PartHead,
    PartLengths,
}

fn deed(level: Level, name: &[u8]) -> Deed {
    match (level, name) {
        (Level::File, b"moov") => Deed::Enter(Level::Movie),
        (Level::File, b"moof") => Deed::Enter(Level::Part),
        (Level::Movie, b"trak") => Deed::Enter(Level::Track),
        (Level::Movie, b"mvex") => Deed::Enter(Level::Extends),
        (Level::Track, b"mdia") => Deed::Enter(Level::Media),
        (Level::Media, b"minf") => Deed::Enter(Level::MediaInfo),
        (Level::MediaInfo, b"stbl") => Deed::Enter(Level::Samples),
        (Level::Part, b"traf") => Deed::Enter(Level::PartTrack),
        (Level::Movie, b"mvhd") | (Level::Track, b"tkhd") => Deed::Times,
        (Level::Media, b"mdhd") => Deed::Scale,
        (Level::Media, b"hdlr") => Deed::Handler,
        (Level::Samples, b"stsd") => Deed::Formats,
        (Level::Samples, b"stts") => Deed::Lengths,
        (Level::Extends, b"trex") => Deed::Defaults,
        (Level::PartTrack, b"tfhd") => Deed::PartHead,
        (Level::PartTrack, b"trun") => Deed::PartLengths,
        (Level::File, b"ftyp" | b"styp" | b"mdat" | b"sidx" | b"mfra")
        | (Level::Track, b"edts")
        | (Level::MediaInfo, b"smhd" | b"gmhd" | b"nmhd" | b"hdlr" | b"dinf")
        | (
            Level::Samples,
            b"stsc" | b"stsz" | b"stz2" | b"stco" | b"co64" | b"ctts" | b"stss" | b"sgpd" | b"sbgp",
        )
        | (Level::Extends, b"mehd")
        | (Level::Part, b"mfhd")
        | (Level::PartTrack, b"tfdt" | b"sdtp" | b"sgpd" | b"sbgp" | b"subs") => Deed::Keep,
        _ => Deed::Remove,
    }
}

struct Reader {
    out: Vec<u8>,
    track: Track,
    part: Fragment,
    tracks: u32,
    ticks: u64,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Fault> {
    let mut reader = Reader {
        out: bytes.to_vec(),
        track: Track::default(),
        part: Fragment::default(),
        tracks: 0,
        ticks: 0,
    };
    reader.level(Level::File, 0, bytes.len())?;
    match reader.tracks {
        0 => Err(Fault::NotASound),
        1 => {
            let micros = micros(reader.ticks, reader.track.scale);
            Ok(Read { kind: Kind::Mp4, micros, clean: reader.out })
        }
        _ => Err(Fault::OtherSound),
    }
}

/// Where a box's content begins and where it ends.
fn place(bytes: &[u8], at: usize, end: usize) -> Result<(usize, usize), Fault> {
    let short = big_size(bytes, at, 4).ok_or(Fault::Damaged)?;
    let (head, size) = match short {
        // as far as it goes
        0 => (8, end - at),
        1 => (16, big_size(bytes, at + 8, 8).ok_or(Fault::Damaged)?),
        size => (8, size),
    };
    if size < head || size > end - at {
        return Err(Fault::Damaged);
    }
    Ok((at + head, at + size))
}

impl Reader {
    fn level(&mut self, level: Level, mut at: usize, end: usize) -> Result<(), Fault> {
        while at < end {
            let (data, until) = place(&self.out, at, end)?;
            let name: [u8; 4] =
                self.out.get(at + 4..).and_then(|b| b.first_chunk()).copied().ok_or(Fault::Damaged)?;
            match deed(level, &name) {
                Deed::Enter(inner) => {
                    if inner == Level::PartTrack {
                        self.part = Fragment::default();
                    }
                    self.level(inner, data, until)?;
                }
                Deed::Keep => {}
                Deed::Remove => {
                    blank(&mut self.out, data, until);
                    self.out[at + 4..at + 8].copy_from_slice(b"free");
                }
                other => self.look(&other, data, until)?,
            }
            at = until;
        }
        Ok(())
    }

    fn look(&mut self, deed: &Deed, data: usize, until: usize) -> Result<(), Fault> {
        let content = self.out.get(data..until).ok_or(Fault::Damaged)?;
        match deed {
            Deed::Scale => {
                self.track.scale(content)?;
                self.forget_times(data, until);
            }
            Deed::Times => self.forget_times(data, until),
            Deed::Handler => {
                match content.get(8..12) {
                    Some(b"soun") => self.tracks += 1,
                    Some(b"vide" | b"auxv" | b"pict") => return Err(Fault::WithVideo),
                    // places, texts, codes of time
                    _ => return Err(Fault::OtherSound),
                }
                // what the program that wrote it is called
                blank(&mut self.out, data + 24, until);
            }
            Deed::Formats => formats(content)?,
            Deed::Lengths => self.ticks = self.ticks.saturating_add(Track::ticks(content)?),
            Deed::Defaults => self.track.defaults(content)?,
            Deed::PartHead => self.part = Fragment::head(content)?,
            Deed::PartLengths => {
                let ticks = self.part.ticks(content, self.track.each)?;
                self.ticks = self.ticks.saturating_add(ticks);
            }
            Deed::Enter(_) | Deed::Keep | Deed::Remove => {}
        }
        Ok(())
    }

    /// When it was made and changed stands first, in four or in eight bytes each.
    fn forget_times(&mut self, data: usize, until: usize) {
        let width = if self.out.get(data) == Some(&1) { 16 } else { 8 };
        blank(&mut self.out, data + 4, (data + 4 + width).min(until));
    }
}

/// Which codings the samples are in: AAC, AMR, Opus, Apple Lossless, plain.
fn formats(content: &[u8]) -> Result<(), Fault> {
    let mut at = 8;
    let count = big(content, 4, 4).ok_or(Fault::Damaged)?;
    for _ in 0..count {
        let (_, until) = place(content, at, content.len())?;
        match content.get(at + 4..at + 8) {
            Some(b"mp4a" | b"samr" | b"sawb" | b"Opus" | b"alac" | b"sowt" | b"twos" | b"lpcm") => {}
            _ => return Err(Fault::OtherSound),
        }
        at = until;
    }
    Ok(())
}
