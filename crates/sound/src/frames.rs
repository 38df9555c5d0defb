//! Files that are frames one after the other, with tags before and behind: MP3 and AAC.

use super::numbers::micros;
use super::{Fault, Kind, Read};

/// A frame, as its head tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub bytes: usize,
    pub samples: u64,
    /// Samples a second.
    pub rate: u64,
}

/// Fewer are a coincidence: any bytes hold the mark of a frame somewhere.
const FEWEST: usize = 4;
/// What begins behind the last frame.
const TAGS: [&[u8]; 5] = [b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3", b"3DI"];
/// How far a frame is looked for behind damage, in bytes.
const FAR: usize = 8 * 1024;

/// What stands behind the ID3v2 tags that a file begins with.
pub(crate) fn behind_tags(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let Some(&[b'I', b'D', b'3', _, _, flags, a, b, c, d]) = rest.first_chunk::<10>() {
        let size = [a, b, c, d].iter().fold(0_usize, |sum, byte| (sum << 7) | usize::from(byte & 0x7f));
        let foot = if flags & 0x10 != 0 { 10 } else { 0 };
        rest = rest.get(10 + size + foot..).unwrap_or_default();
    }
    rest
}

/// All frames, and nothing else.
pub(crate) fn read(bytes: &[u8], kind: Kind, head: fn(&[u8]) -> Option<Frame>) -> Result<Read, Fault> {
    let whole = |at: usize| head(&bytes[at..]).filter(|frame| at + frame.bytes <= bytes.len());
    let mut clean = Vec::with_capacity(bytes.len());
    let (mut at, mut count, mut length, mut lost) = (0, 0, 0_u64, 0);
    while at < bytes.len() {
        let rest = &bytes[at..];
        if let Some(frame) = whole(at) {
            clean.extend(&rest[..frame.bytes]);
            length = length.saturating_add(micros(frame.samples, frame.rate));
            (at, count) = (at + frame.bytes, count + 1);
            continue;
        }
        if count == 0 || TAGS.iter().any(|tag| rest.starts_with(tag)) || head(rest).is_some() {
            // no frame at all, the end, or a frame that was cut off
            break;
        }
        // damage: on from the next two frames that follow each other
        let found = (1..rest.len().min(FAR))
            .find(|far| whole(at + far).is_some_and(|f| head(&bytes[at + far + f.bytes..]).is_some()));
        let Some(far) = found else { break };
        (at, lost) = (at + far, lost + far);
    }
    if count < FEWEST {
        return Err(Fault::NotASound);
    }
    if lost > bytes.len() / 10 {
        return Err(Fault::Damaged);
    }
    Ok(Read { kind, micros: length, clean })
}
