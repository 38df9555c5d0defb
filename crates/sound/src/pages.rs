//! Pages of an Ogg file (RFC 3533).

use super::Fault;
use super::numbers::little;

/// The last page of a packet goes on into the next.
const MORE: u8 = 255;
/// Most pieces of a page.
const PIECES: usize = 255;

/// A page as it lies there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page<'b> {
    /// 1: begins with the rest of a packet, 2: first, 4: last.
    pub flags: u8,
    /// How far the sound has come when it was heard, in samples; all ones where no packet ends.
    pub position: u64,
    pub stream: u32,
    pub sizes: &'b [u8],
    pub content: &'b [u8],
    /// All of it.
    pub bytes: usize,
}

/// The page that begins here.
pub(crate) fn page(bytes: &[u8]) -> Result<Page<'_>, Fault> {
    let head = bytes.get(..27).filter(|head| head.starts_with(b"OggS\0")).ok_or(Fault::Damaged)?;
    let number = |at, length| little(head, at, length).ok_or(Fault::Damaged);
    let pieces = usize::from(head[26]);
    let sizes = bytes.get(27..27 + pieces).ok_or(Fault::Damaged)?;
    let length: usize = sizes.iter().map(|size| usize::from(*size)).sum();
    let start = 27 + pieces;
    let content = bytes.get(start..start + length).ok_or(Fault::Damaged)?;
    Ok(Page {
        flags: head[5],
        position: number(6, 8)?,
        stream: u32::try_from(number(14, 4)?).map_err(|_| Fault::Damaged)?,
        sizes,
        content,
        bytes: start + length,
    })
}

/// Puts packets together from the content of pages.
#[derive(Debug, Default)]
pub(crate) struct Packets {
    pub whole: Vec<Vec<u8>>,
    begun: Vec<u8>,
}

impl Packets {
    /// Takes a page; whether a packet ends where it ends.
    pub(crate) fn take(&mut self, page: &Page<'_>) -> bool {
        let mut rest = page.content;
        for size in page.sizes {
            let (piece, left) = rest.split_at_checked(usize::from(*size)).unwrap_or((rest, &[]));
            rest = left;
            self.begun.extend(piece);
            if *size != MORE {
                self.whole.push(std::mem::take(&mut self.begun));
            }
        }
        page.sizes.last().is_none_or(|size| *size != MORE)
    }
}

/// Writes the pages of a stream anew, counted from 0.
#[derive(Debug)]
pub(crate) struct Writer {
    pub out: Vec<u8>,
    stream: u32,
    next: u32,
}

impl Writer {
    pub(crate) fn new(stream: u32) -> Self {
        Self { out: Vec::new(), stream, next: 0 }
    }

    /// A page with the same content as one that there was.
    pub(crate) fn copy(&mut self, page: &Page<'_>) {
        self.write(page.flags, page.position, page.sizes, page.content);
    }

    /// Packets in pages of their own, at the position 0 as heads are.
    pub(crate) fn heads(&mut self, packets: &[Vec<u8>]) {
        let (mut sizes, mut content) = (Vec::new(), Vec::new());
        for packet in packets {
            sizes.extend(std::iter::repeat_n(MORE, packet.len() / 255));
            sizes.push(u8::try_from(packet.len() % 255).unwrap_or(0));
            content.extend(packet);
        }
        let (mut from, mut goes_on) = (0, false);
        for part in sizes.chunks(PIECES) {
            let length: usize = part.iter().map(|size| usize::from(*size)).sum();
            let ends = part.iter().any(|size| *size != MORE);
            let position = if ends { 0 } else { u64::MAX };
            self.write(u8::from(goes_on), position, part, &content[from..from + length]);
            from += length;
            goes_on = part.last() == Some(&MORE);
        }
    }

    pub(crate) fn write(&mut self, flags: u8, position: u64, sizes: &[u8], content: &[u8]) {
        let start = self.out.len();
        self.out.extend(b"OggS\0");
        self.out.push(flags);
        self.out.extend(position.to_le_bytes());
        self.out.extend(self.stream.to_le_bytes());
        self.out.extend(self.next.to_le_bytes());
        self.out.extend([0; 4]);
        self.out.push(u8::try_from(sizes.len()).unwrap_or(u8::MAX));
        self.out.extend(sizes);
        self.out.extend(content);
        let sum = checksum(&self.out[start..]);
        self.out[start + 22..start + 26].copy_from_slice(&sum.to_le_bytes());
        self.next += 1;
    }
}

/// The sum of a page whose own sum is 0: polynomial 0x04c11db7, nothing turned round.
fn checksum(page: &[u8]) -> u32 {
    page.iter().fold(0, |sum, byte| (sum << 8) ^ TABLE[usize::from((sum >> 24) as u8 ^ byte)])
}

#[expect(clippy::cast_possible_truncation, reason = "counts to 256")]
const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let mut sum = (n as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 0x8000_0000 == 0 { sum << 1 } else { (sum << 1) ^ 0x04c1_1db7 };
            bit += 1;
        }
        table[n] = sum;
        n += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_packets_go_over_several_pages_and_come_back() {
        let packets = vec![vec![7; 3], vec![9; 255 * 300], vec![1; 10]];
        let mut writer = Writer::new(5);
        writer.heads(&packets);
        let (mut back, mut at, mut flags, mut ended) = (Packets::default(), 0, Vec::new(), false);
        while at < writer.out.len() {
            let page = page(&writer.out[at..]).unwrap();
            flags.push(page.flags);
            ended = back.take(&page);
            at += page.bytes;
        }
        assert_eq!((back.whole, flags, ended), (packets, vec![0, 1], true));
    }

    #[test]
    fn the_sum_is_the_one_of_the_standard() {
        // an empty last page as the reference program writes it
        let mut writer = Writer::new(0);
        writer.write(4, 0, &[], &[]);
        let page = writer.out.clone();
        let mut again = page.clone();
        again[22..26].fill(0);
        assert_eq!(checksum(&again).to_le_bytes(), page[22..26]);
        // the same remainder as bit by bit
        let slow = again.iter().fold(0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _| {
                if sum >> 31 == 1 { sum << 1 ^ 0x04c1_1db7 } else { sum << 1 }
            })
        });
        assert_eq!(slow, checksum(&again));
    }
}
