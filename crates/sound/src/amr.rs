//! AMR, narrow and wide (RFC 4867, section 5): a line, then frames of 20 milliseconds.

use super::{Fault, Kind, Read};

const NARROW: &[u8] = b"#!AMR\n";
const WIDE: &[u8] = b"#!AMR-WB\n";
/// Bytes of a frame with its head, by the four bits of its type; 0: there is none.
const NARROW_SIZES: [usize; 16] = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];
const WIDE_SIZES: [usize; 16] = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1];
const FRAME: u64 = 20_000;

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Fault> {
    let (head, sizes) = if bytes.starts_with(NARROW) {
        (NARROW, &NARROW_SIZES)
    } else if bytes.starts_with(WIDE) {
        (WIDE, &WIDE_SIZES)
    } else {
        // with several channels
        return Err(Fault::OtherSound);
    };
    let (mut at, mut micros) = (head.len(), 0);
    while let Some(first) = bytes.get(at) {
        let size = sizes[usize::from(first >> 3 & 15)];
        // three bits are always 0: where they are not, this is no frame
        if size == 0 || first & 0x83 != 0 {
            return Err(Fault::Damaged);
        }
        if at + size > bytes.len() {
            break;
        }
        at += size;
        micros += FRAME;
    }
    Ok(Read { kind: Kind::Amr, micros, clean: bytes[..at].to_vec() })
}
