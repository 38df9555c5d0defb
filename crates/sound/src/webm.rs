//! WebM and Matroska (RFC 9559), as the recorders of browsers write them: one track of sound, blocks in clusters.

use super::ebml::{Element, HEAD, element, make_void, number};
use super::numbers::{big, blank};
use super::{Fault, Kind, Read};

const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114D_9B74;
const INFO: u32 = 0x1549_A966;
const TRACKS: u32 = 0x1654_AE6B;
const CLUSTER: u32 = 0x1F43_B675;
const CUES: u32 = 0x1C53_BB6B;
const TAGS: u32 = 0x1254_C367;
const ATTACHMENTS: u32 = 0x1941_A469;
const CHAPTERS: u32 = 0x1043_A770;

/// What may stand below a segment: where one comes, a cluster of unknown size ends.
const BELOW_SEGMENT: [u32; 8] = [SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, TAGS, ATTACHMENTS, CHAPTERS];

/// What stands around an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    File,
    Segment,
    Info,
    Tracks,
    Track,
    Cluster,
    Group,
}

/// What is done with an element.
enum Deed {
    Enter(Level),
    Keep,
    /// It has to be there, and says nothing any more.
    Empty,
    /// It becomes room.
    Remove,
    Scale,
    TrackType,
    Codec,
    Time,
    Block,
}

fn deed(level: Level, id: u32) -> Deed {
    match (level, id) {
        (Level::File, SEGMENT) => Deed::Enter(Level::Segment),
        (Level::Segment, INFO) => Deed::Enter(Level::Info),
        (Level::Segment, TRACKS) => Deed::Enter(Level::Tracks),
        (Level::Segment, CLUSTER) => Deed::Enter(Level::Cluster),
        (Level::Tracks, 0xAE) => Deed::Enter(Level::Track),
        (Level::Cluster, 0xA0) => Deed::Enter(Level::Group),
        (Level::Info, 0x002A_D7B1) => Deed::Scale,
        // names of the programs that wrote it
        (Level::Info, 0x4D80 | 0x5741) => Deed::Empty,
        (Level::Track, 0x83) => Deed::TrackType,
        (Level::Track, 0x86) => Deed::Codec,
        (Level::Cluster, 0xE7) => Deed::Time,
        (Level::Cluster, 0xA3) | (Level::Group, 0xA1) => Deed::Block,
        (Level::File, HEAD)
        | (Level::Segment, SEEK_HEAD | CUES)
        // how long it says it is
        | (Level::Info, 0x4489)
        // the number of the track and of its kind, flags, its language, delays, sampling, the head of its codec
        | (
            Level::Track,
            0xD7 | 0x73C5
            | 0xB9
            | 0x88
            | 0x55AA
            | 0x9C
            | 0x0023_E383
            | 0x0022_B59C
            | 0x6DE7
            | 0x6DF8
            | 0x55EE
            | 0x0023_314F
            | 0x56AA
            | 0x56BB
            | 0x63A2
            | 0xE1,
        )
        // where it was, the size of the one before, how long, which it needs, what is thrown away
        | (Level::Cluster, 0xA7 | 0xAB)
        | (Level::Group, 0x9B | 0xFB | 0x75A2) => Deed::Keep,
        // room too: what lay there before may still lie there
        _ => Deed::Remove,
    }
}

struct Reader {
    out: Vec<u8>,
    /// Nanoseconds of a tick.
    scale: u64,
    cluster_at: u64,
    first: Option<u64>,
    last: u64,
    tracks: u32,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Fault> {
    let mut reader =
        Reader { out: bytes.to_vec(), scale: 1_000_000, cluster_at: 0, first: None, last: 0, tracks: 0 };
    reader.level(Level::File, 0, bytes.len(), false)?;
    if reader.tracks == 0 {
        return Err(Fault::NotASound);
    }
    let first = reader.first.ok_or(Fault::Empty)?;
    let ticks = u128::from(reader.last.saturating_sub(first));
    let micros = u64::try_from(ticks * u128::from(reader.scale) / 1000).unwrap_or(u64::MAX);
    Ok(Read { kind: Kind::WebM, micros, clean: reader.out })
}

impl Reader {
    /// Goes through what stands between two places; where that ends. `open`: as far as it goes, because nobody said how long it
    /// is.
    fn level(&mut self, level: Level, mut at: usize, end: usize, open: bool) -> Result<usize, Fault> {
        while at < end {
            let found = element(&self.out, at, end)?;
            if open && level == Level::Cluster && BELOW_SEGMENT.contains(&found.id) {
                return Ok(at);
            }
            let until = found.size.map(|size| found.data + size);
            let deed = deed(level, found.id);
            at = match (deed, until) {
                (Deed::Enter(inner), until) => {
                    let ended = self.level(inner, found.data, until.unwrap_or(end), until.is_none())?;
                    until.unwrap_or(ended)
                }
                (_, None) => return Err(Fault::Damaged),
                (deed, Some(until)) => {
                    self.look(&deed, &found, until)?;
                    until
                }
            };
        }
        Ok(at)
    }

    fn look(&mut self, deed: &Deed, found: &Element, until: usize) -> Result<(), Fault> {
        match deed {
            Deed::Enter(_) | Deed::Keep => {}
            Deed::Empty => blank(&mut self.out, found.data, until),
            Deed::Remove => make_void(&mut self.out, found.start, until, found.data),
            Deed::Scale => {
                let scale = number(&self.out, found).filter(|scale| *scale > 0);
                self.scale = scale.ok_or(Fault::Damaged)?;
            }
            Deed::TrackType => match number(&self.out, found) {
                Some(1 | 3) => return Err(Fault::WithVideo),
                Some(2) => self.tracks += 1,
                _ => return Err(Fault::OtherSound),
            },
            Deed::Codec => {
                let name = self.out.get(found.data..until).unwrap_or_default();
                // the head of Vorbis holds comments; browsers do not record it
                let taken =
                    name.starts_with(b"A_OPUS") || name.starts_with(b"A_AAC") || name.starts_with(b"A_PCM");
                if !taken {
                    let video = name.starts_with(b"V_");
                    return Err(if video { Fault::WithVideo } else { Fault::OtherSound });
                }
            }
            Deed::Time => self.cluster_at = number(&self.out, found).ok_or(Fault::Damaged)?,
            Deed::Block => {
                // the number of the track, in as many bytes as its first says, then the time within the cluster
                let width = self.out.get(found.data).map_or(9, |b| b.leading_zeros() as usize + 1);
                let offset =
                    big(&self.out, found.data + width, 2).filter(|_| found.data + width + 2 <= until);
                let offset = offset.and_then(|n| u16::try_from(n).ok()).ok_or(Fault::Damaged)?;
                let at = self.cluster_at.saturating_add_signed(i64::from(offset.cast_signed()));
                self.first = Some(self.first.map_or(at, |first| first.min(at)));
                self.last = self.last.max(at);
            }
        }
        Ok(())
    }
}
