//! What the boxes of an MP4 say of time.

use super::Fault;
use super::numbers::big;

/// What is known of the track of sound.
#[derive(Debug, Default)]
pub(crate) struct Track {
    /// Ticks a second.
    pub scale: u64,
    /// How long each sample of a fragment lasts that does not say otherwise, in ticks.
    pub each: u64,
}

impl Track {
    /// `mdhd`: how many ticks a second has.
    pub(crate) fn scale(&mut self, content: &[u8]) -> Result<(), Fault> {
        let at = if content.first() == Some(&1) { 20 } else { 12 };
        self.scale = big(content, at, 4).filter(|scale| *scale > 0).ok_or(Fault::Damaged)?;
        Ok(())
    }

    /// `stts`: how many samples last how long; all of them, in ticks.
    pub(crate) fn ticks(content: &[u8]) -> Result<u64, Fault> {
        let count = big(content, 4, 4).ok_or(Fault::Damaged)?;
        let pairs = content.get(8..).unwrap_or_default().chunks_exact(8);
        if (pairs.len() as u64) < count {
            return Err(Fault::Damaged);
        }
        let pairs = pairs.take(usize::try_from(count).unwrap_or(usize::MAX));
        let ticks = pairs.map(|pair| {
            let (samples, each) = (big(pair, 0, 4).unwrap_or(0), big(pair, 4, 4).unwrap_or(0));
            samples.saturating_mul(each)
        });
        Ok(ticks.fold(0, u64::saturating_add))
    }

    /// `trex`: what holds for all fragments.
    pub(crate) fn defaults(&mut self, content: &[u8]) -> Result<(), Fault> {
        self.each = big(content, 12, 4).ok_or(Fault::Damaged)?;
        Ok(())
    }
}

/// A fragment of the track.
#[derive(Debug, Default)]
pub(crate) struct Fragment {
    each: Option<u64>,
}

const EACH_OF_FRAGMENT: u64 = 0x8;
/// Fields of `trun` that stand once: where samples lie, flags of the first.
const ONCE: [u64; 2] = [0x1, 0x4];
const EACH: u64 = 0x100;
/// Fields of each sample: how long, how large, flags, shift.
const FIELDS: [u64; 4] = [EACH, 0x200, 0x400, 0x800];

impl Fragment {
    /// `tfhd`.
    pub(crate) fn head(content: &[u8]) -> Result<Self, Fault> {
        let flags = big(content, 1, 3).ok_or(Fault::Damaged)?;
        if flags & EACH_OF_FRAGMENT == 0 {
            return Ok(Self { each: None });
        }
        // before it: the track, and where they were wanted eight bytes of a place and four of a format
        let base = if flags & 0x1 != 0 { 8 } else { 0 };
        let format = if flags & 0x2 != 0 { 4 } else { 0 };
        Ok(Self { each: Some(big(content, 8 + base + format, 4).ok_or(Fault::Damaged)?) })
    }

    /// `trun`: how long its samples last together, in ticks. `each`: where neither they nor the fragment say so.
    pub(crate) fn ticks(&self, content: &[u8], each: u64) -> Result<u64, Fault> {
        let flags = big(content, 1, 3).ok_or(Fault::Damaged)?;
        let count = big(content, 4, 4).ok_or(Fault::Damaged)?;
        if flags & EACH == 0 {
            return Ok(count.saturating_mul(self.each.unwrap_or(each)));
        }
        let start = 8 + 4 * ONCE.iter().filter(|field| flags & **field != 0).count();
        let size = 4 * FIELDS.iter().filter(|field| flags & **field != 0).count();
        let samples = content.get(start..).unwrap_or_default().chunks_exact(size);
        if (samples.len() as u64) < count {
            return Err(Fault::Damaged);
        }
        let samples = samples.take(usize::try_from(count).unwrap_or(usize::MAX));
        Ok(samples.map(|sample| big(sample, 0, 4).unwrap_or(0)).fold(0, u64::saturating_add))
    }
}
