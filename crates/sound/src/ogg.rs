//! Ogg with one stream of Opus (RFC 7845) or Vorbis: the packet of comments is replaced by one without any.

use super::numbers::{little, micros};
use super::pages::{Packets, Page, Writer, page};
use super::{Fault, Kind, Read};

/// What the stream holds.
struct Head {
    /// Samples a second in which positions are told.
    rate: u64,
    /// Samples at the beginning that nobody hears.
    skipped: u64,
    /// Packets before the first sound, the head itself not counted.
    more: usize,
    comments: Vec<u8>,
}

fn head(first: &[u8]) -> Result<Head, Fault> {
    if first.starts_with(b"OpusHead") {
        let skipped = little(first, 10, 2).ok_or(Fault::Damaged)?;
        let comments = [&b"OpusTags"[..], &[0; 8]].concat();
        return Ok(Head { rate: 48_000, skipped, more: 1, comments });
    }
    if first.starts_with(b"\x01vorbis") {
        let rate = little(first, 12, 4).filter(|rate| *rate > 0).ok_or(Fault::Damaged)?;
        let comments = [&b"\x03vorbis"[..], &[0; 8], &[1]].concat();
        return Ok(Head { rate, skipped: 0, more: 2, comments });
    }
    let video = first.starts_with(b"\x80theora") || first.starts_with(b"BBCD") || first.starts_with(b"OVP80");
    Err(if video { Fault::WithVideo } else { Fault::OtherSound })
}

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Fault> {
    let first = page(bytes)?;
    let (begins, [_]) = (first.flags & 2 != 0, first.sizes) else { return Err(Fault::Damaged) };
    if !begins {
        return Err(Fault::Damaged);
    }
    let head = head(first.content)?;
    let mut writer = Writer::new(first.stream);
    writer.copy(&first);
    let mut at = first.bytes;
    let mut heads = Packets::default();
    while heads.whole.len() < head.more {
        let page = next(bytes, at, first.stream)?;
        at += page.bytes;
        let ended = heads.take(&page);
        // the first sound begins on a page of its own
        if heads.whole.len() > head.more || (heads.whole.len() == head.more && !ended) {
            return Err(Fault::Damaged);
        }
    }
    heads.whole[0] = head.comments;
    writer.heads(&heads.whole);
    let mut position = 0;
    while at < bytes.len() {
        let page = next(bytes, at, first.stream)?;
        at += page.bytes;
        if page.position != u64::MAX {
            position = page.position.max(position);
        }
        writer.copy(&page);
    }
    let micros = micros(position.saturating_sub(head.skipped), head.rate);
    Ok(Read { kind: Kind::Ogg, micros, clean: writer.out })
}

/// The next page of the same stream. Another stream beside it may be a picture; one behind it is not taken either.
fn next(bytes: &[u8], at: usize, stream: u32) -> Result<Page<'_>, Fault> {
    let page = page(bytes.get(at..).unwrap_or_default())?;
    if page.stream == stream && page.flags & 2 == 0 {
        return Ok(page);
    }
    match head(page.content) {
        Err(Fault::WithVideo) => Err(Fault::WithVideo),
        _ => Err(Fault::OtherSound),
    }
}
