//! MP3: frames of MPEG 1, 2 and 2.5, layer III.

use super::frames::{self, Frame};
use super::{Fault, Kind, Read};

/// Thousands of bits a second.
const RATES_1: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const RATES_2: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Fault> {
    frames::read(bytes, Kind::Mp3, head)
}

fn head(bytes: &[u8]) -> Option<Frame> {
    let &[sync, kind, rates, _] = bytes.first_chunk::<4>()?;
    if sync != 0xFF || kind & 0xE6 != 0xE2 {
        return None;
    }
    // 0: MPEG 2.5, 2: MPEG 2, 3: MPEG 1
    let version = kind >> 3 & 3;
    let half = match version {
        0 => 4,
        2 => 2,
        3 => 1,
        _ => return None,
    };
    let rate = [44_100_u32, 48_000, 32_000].get(usize::from(rates >> 2 & 3))? / half;
    let table = if version == 3 { &RATES_1 } else { &RATES_2 };
    // 0 is a rate that the head does not say, 15 none
    let bits = table.get(usize::from(rates >> 4).checked_sub(1)?)? * 1000;
    let padding = usize::from(rates >> 1 & 1);
    let slots = if version == 3 { 144 } else { 72 };
    let samples = if version == 3 { 1152 } else { 576 };
    Some(Frame { bytes: slots * bits / rate as usize + padding, samples, rate: rate.into() })
}
