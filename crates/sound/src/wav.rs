//! WAV: `RIFF`, then pieces of a name and a length, of which two are kept.

use super::numbers::{little, little_size, micros};
use super::{Fault, Kind, Read};

/// PCM, floats, A-law, µ-law.
const TAKEN: [u64; 4] = [1, 3, 6, 7];
/// The format is said further on.
const EXTENSIBLE: u64 = 0xFFFE;

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Fault> {
    let (mut format, mut at) = (None, 12);
    while let Some(name) = bytes.get(at..at + 4) {
        let length = little_size(bytes, at + 4, 4).ok_or(Fault::Damaged)?;
        let start = at + 8;
        let left = bytes.len() - start;
        match name {
            b"fmt " => format = Some(bytes.get(start..).and_then(|b| b.get(..length)).ok_or(Fault::Damaged)?),
            b"data" => {
                let format = format.ok_or(Fault::Damaged)?;
                // a recorder that was cut off wrote no length, or one that is longer than the file
                let length = if length == 0 { left } else { length.min(left) };
                return whole(format, &bytes[start..start + length]);
            }
            _ => {}
        }
        at = start.saturating_add(length).saturating_add(length % 2);
    }
    Err(Fault::Damaged)
}

fn whole(format: &[u8], samples: &[u8]) -> Result<Read, Fault> {
    let field = |at, length| little(format, at, length).ok_or(Fault::Damaged);
    let said = field(0, 2)?;
    let kind = if said == EXTENSIBLE { field(24, 2)? } else { said };
    if !TAKEN.contains(&kind) {
        return Err(Fault::OtherSound);
    }
    let (channels, rate, bits) = (field(2, 2)?, field(4, 4)?, field(14, 2)?);
    // what is written of it is not believed: a frame is what its channels and bits come to
    let frame = channels * bits.div_ceil(8);
    if frame == 0 || rate == 0 {
        return Err(Fault::Damaged);
    }
    // 16 bytes of format say all of what is taken; where more channels stand somewhere, 40
    let kept = if said == EXTENSIBLE { format.get(..40).ok_or(Fault::Damaged)? } else { &format[..16] };
    let frames = samples.len() as u64 / frame;
    let size = |length: usize| u32::try_from(length).map_err(|_| Fault::TooManyBytes);
    let mut clean = Vec::with_capacity(samples.len() + 64);
    clean.extend(b"RIFF");
    clean.extend((size(20 + kept.len() + samples.len() + samples.len() % 2)?).to_le_bytes());
    clean.extend(b"WAVEfmt ");
    clean.extend(size(kept.len())?.to_le_bytes());
    clean.extend(kept);
    clean.extend(b"data");
    clean.extend(size(samples.len())?.to_le_bytes());
    clean.extend(samples);
    clean.resize(clean.len() + samples.len() % 2, 0);
    Ok(Read { kind: Kind::Wav, micros: micros(frames, rate), clean })
}
