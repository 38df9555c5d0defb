//! AAC as telephones and radios stream it: frames with a head each (ISO/IEC 14496-3, ADTS).

use super::frames::{self, Frame};
use super::{Fault, Kind, Read};

const RATES: [u64; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Fault> {
    frames::read(bytes, Kind::Aac, head)
}

fn head(bytes: &[u8]) -> Option<Frame> {
    let &[sync, layer, rate, high, middle, low, blocks] = bytes.first_chunk::<7>()?;
    if sync != 0xFF || layer & 0xF6 != 0xF0 {
        return None;
    }
    let rate = *RATES.get(usize::from(rate >> 2 & 15))?;
    let size = usize::from(high & 3) << 11 | usize::from(middle) << 3 | usize::from(low >> 5);
    let head = if layer & 1 == 1 { 7 } else { 9 };
    let frame = Frame { bytes: size, samples: 1024 * (u64::from(blocks & 3) + 1), rate };
    (size > head).then_some(frame)
}
