//! What is in a picture somebody sent: checked, read and re-encoded. Pure: bytes in, values out.
//!
//! Order matters. The header is read before anything is decoded, because a picture of a few kilobytes may unfold to
//! gigabytes; EXIF is read before re-encoding, because that is where it disappears, and with it where the sender lives.

mod cover;
mod exif_notes;

pub use cover::{Area, CoverKind, WHOLE, cover};
use exif_notes::traces;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbImage};
use image_hasher::{HashAlg, HasherConfig};
use jiff::civil;
use sha2::{Digest, Sha256};

/// How large a picture may be and what is made of it.
#[derive(Clone, Debug)]
pub struct PictureLimits {
    pub bytes: usize,
    /// Width or height.
    pub side: u32,
    /// Width times height.
    pub pixels: u64,
    /// The longest side of the picture we keep showing.
    pub picture_side: u32,
    pub thumbnail_side: u32,
    pub quality: u8,
}

impl Default for PictureLimits {
    fn default() -> Self {
        Self {
            bytes: 30 << 20,
            side: 16_384,
            pixels: 64_000_000,
            picture_side: 2560,
            thumbnail_side: 480,
            quality: 82,
        }
    }
}

/// The kinds of picture we take, told by their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    Jpeg,
    Png,
    WebP,
    Gif,
}

impl PictureKind {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
        }
    }
}

/// When the camera's clock says the picture was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub at: civil::DateTime,
    /// Minutes east of UTC, if the camera wrote them.
    pub offset_minutes: Option<i16>,
}

/// What the camera and the programs after it wrote into the file. All of it can be forged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traces {
    pub taken: Option<Taken>,
    /// Longitude and latitude, WGS-84.
    pub position: Option<(f64, f64)>,
    pub make: Option<String>,
    pub model: Option<String>,
    /// A name here may mean that the picture was edited.
    pub software: Option<String>,
}

/// A picture as JPEG, upright, without metadata.
#[derive(Clone, Debug)]
pub struct Encoded {
    pub jpeg: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

#[derive(Clone, Debug)]
pub struct Examined {
    pub kind: PictureKind,
    /// Of the original, upright.
    pub width: u32,
    pub height: u32,
    pub traces: Traces,
    pub picture: Encoded,
    pub thumbnail: Encoded,
    /// Nearly equal for pictures that look alike: compare with [`distance`].
    pub looks: u64,
    /// SHA-256 of the original bytes, in hexadecimal.
    pub sha256: String,
}

/// Why a picture is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureFault {
    TooManyBytes {
        limit: usize,
    },
    NotAPicture,
    TooManyPixels {
        width: u32,
        height: u32,
    },
    /// The file ends early or contradicts itself.
    Damaged,
}

impl PictureFault {
    /// A stable word for programs and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooManyBytes { .. } => "picture_too_many_bytes",
            Self::NotAPicture => "not_a_picture",
            Self::TooManyPixels { .. } => "picture_too_many_pixels",
            Self::Damaged => "picture_damaged",
        }
    }
}

/// How many of the 64 bits differ. Up to about 6: the same picture, sent again smaller or more compressed.
pub const fn distance(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

/// What the camera wrote into a file, without decoding the picture: for a place while somebody reports.
pub fn camera_notes(bytes: &[u8]) -> Traces {
    std::panic::catch_unwind(|| traces(bytes).0).unwrap_or_default()
}

/// Checks, reads and re-encodes a picture.
pub fn examine(bytes: &[u8], limits: &PictureLimits) -> Result<Examined, PictureFault> {
    // decoders are other people's code fed with strangers' bytes: a panic in one is a damaged picture
    std::panic::catch_unwind(|| examine_inner(bytes, limits)).unwrap_or(Err(PictureFault::Damaged))
}

fn examine_inner(bytes: &[u8], limits: &PictureLimits) -> Result<Examined, PictureFault> {
    if bytes.len() > limits.bytes {
        return Err(PictureFault::TooManyBytes { limit: limits.bytes });
    }
    let (kind, format) = sniff(bytes).ok_or(PictureFault::NotAPicture)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut decoder_limits = image::Limits::default();
    // eight bytes for a pixel of sixteen bits, and the decoder's own work
    decoder_limits.max_alloc = Some(limits.pixels.saturating_mul(12));
    reader.limits(decoder_limits);
    let decoder = reader.into_decoder().map_err(|_| PictureFault::Damaged)?;
    let (width, height) = decoder.dimensions();
    if width > limits.side || height > limits.side || u64::from(width) * u64::from(height) > limits.pixels {
        return Err(PictureFault::TooManyPixels { width, height });
    }
    if width == 0 || height == 0 || (kind == PictureKind::Jpeg && !jpeg_is_whole(bytes)) {
        return Err(PictureFault::Damaged);
    }
    let (traces, orientation) = traces(bytes);
    let pixels = opaque(DynamicImage::from_decoder(decoder).map_err(|_| PictureFault::Damaged)?);
    let picture = shrink(&pixels, limits.picture_side);
    drop(pixels);
    let thumbnail = shrink(&picture, limits.thumbnail_side);
    // turning the small pictures is cheaper than turning the large one
    let picture = turned(picture, orientation);
    let thumbnail = turned(thumbnail, orientation);
    let sideways = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (width, height) = if sideways { (height, width) } else { (width, height) };
    Ok(Examined {
        kind,
        width,
        height,
        traces,
        looks: looks(&thumbnail),
        picture: encode(&picture, limits.quality)?,
        thumbnail: encode(&thumbnail, limits.quality)?,
        sha256: hex::encode(Sha256::digest(bytes)),
    })
}

fn sniff(bytes: &[u8]) -> Option<(PictureKind, ImageFormat)> {
    match image::guess_format(bytes).ok()? {
        format @ ImageFormat::Jpeg => Some((PictureKind::Jpeg, format)),
        format @ ImageFormat::Png => Some((PictureKind::Png, format)),
        format @ ImageFormat::WebP => Some((PictureKind::WebP, format)),
        format @ ImageFormat::Gif => Some((PictureKind::Gif, format)),
        _ => None,
    }
}

/// True when the picture's data end with the end mark. Decoders fill what is missing with grey and say nothing.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) {
        at += found + 1;
        match bytes.get(at) {
            Some(0xd9) => return true,
            // inside compressed data: a stuffed byte, a restart mark; or padding before a mark
            Some(0x00 | 0x01 | 0xd0..=0xd8) => at += 1,
            Some(0xff) => {}
            // any other mark has a length, which may hide an embedded picture's end mark
            Some(_) => match bytes.get(at + 1..at + 3) {
                Some(&[high, low]) => at += 1 + usize::from(u16::from_be_bytes([high, low])),
                _ => return false,
            },
            None => return false,
        }
    }
    false
}

/// White where the picture is transparent.
#[expect(clippy::cast_possible_truncation, reason = "a mean of two bytes is a byte")]
fn opaque(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let rgba = picture.into_rgba8();
    let mut rgb = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in rgb.pixels_mut().zip(rgba.pixels()) {
        let alpha = u32::from(from[3]);
        for channel in 0..3 {
            to[channel] = ((u32::from(from[channel]) * alpha + 255 * (255 - alpha)) / 255) as u8;
        }
    }
    rgb
}

/// The share of each source pixel in the target pixels along one side, in 1/256.
struct Shares {
    /// For each target pixel, the first source pixel and where its weights begin.
    spans: Vec<(usize, std::ops::Range<usize>)>,
    weights: Vec<u32>,
    /// What the weights of one target pixel add up to.
    total: u32,
}

impl Shares {
    fn new(from: u32, to: u32) -> Self {
        // target pixel t covers [t * from, (t + 1) * from) in units of 1/to of a source pixel
        let (from, to) = (u64::from(from), u64::from(to));
        let total = 256_u64;
        let (mut spans, mut weights) = (Vec::new(), Vec::new());
        for t in 0..to {
            let (start, end) = (t * from, (t + 1) * from);
            let (first, last) = (start / to, (end - 1) / to);
            let begin = weights.len();
            let mut given = 0;
            for source in first..=last {
                let covered = end.min((source + 1) * to) - start;
                let upto = covered * total / from;
                weights.push(u32::try_from(upto - given).unwrap_or(0));
                given = upto;
            }
            spans.push((usize::try_from(first).unwrap_or(0), begin..weights.len()));
        }
        Self { spans, weights, total: 256 }
    }
}

/// The picture with its longest side at most `side`, each pixel the mean of the area it covers.
#[expect(clippy::cast_possible_truncation, reason = "means of bytes are bytes")]
fn shrink(picture: &RgbImage, side: u32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let longest = width.max(height);
    if longest <= side {
        return picture.clone();
    }
    let scaled = |length: u32| {
        u32::try_from(u64::from(length) * u64::from(side) / u64::from(longest)).unwrap_or(1).max(1)
    };
    let (columns, rows) = (Shares::new(width, scaled(width)), Shares::new(height, scaled(height)));
    let stride = width as usize * 3;
    let source = picture.as_raw();
    let mut out = Vec::with_capacity(columns.spans.len() * rows.spans.len() * 3);
    let mut sums = vec![0_u32; stride];
    for (first_row, weights) in &rows.spans {
        sums.fill(0);
        let lines = source[first_row * stride..].chunks_exact(stride);
        for (line, weight) in lines.zip(&rows.weights[weights.clone()]) {
            for (sum, byte) in sums.iter_mut().zip(line) {
                *sum += u32::from(*byte) * weight;
            }
        }
        for (first, weights) in &columns.spans {
            let mut mean = [0_u32; 3];
            for (pixel, weight) in sums[first * 3..].chunks_exact(3).zip(&columns.weights[weights.clone()]) {
                for channel in 0..3 {
                    mean[channel] += pixel[channel] * weight;
                }
            }
            out.extend(
                mean.map(|sum| ((sum + columns.total * rows.total / 2) / (columns.total * rows.total)) as u8),
            );
        }
    }
    RgbImage::from_raw(scaled(width), scaled(height), out).unwrap_or_default()
}

fn turned(picture: RgbImage, orientation: Orientation) -> RgbImage {
    if orientation == Orientation::NoTransforms {
        return picture;
    }
    let mut picture = DynamicImage::ImageRgb8(picture);
    picture.apply_orientation(orientation);
    picture.into_rgb8()
}

fn encode(picture: &RgbImage, quality: u8) -> Result<Encoded, PictureFault> {
    let mut jpeg = Vec::with_capacity(picture.as_raw().len() / 8);
    JpegEncoder::new_with_quality(&mut jpeg, quality)
        .encode_image(picture)
        .map_err(|_| PictureFault::Damaged)?;
    Ok(Encoded { jpeg, width: picture.width(), height: picture.height() })
}

/// A hash of the picture's coarse structure, as pHash makes it.
fn looks(thumbnail: &RgbImage) -> u64 {
    let hasher = HasherConfig::with_bytes_type::<[u8; 8]>()
        .hash_alg(HashAlg::Mean)
        .preproc_dct()
        .hash_size(8, 8)
        .to_hasher();
    u64::from_be_bytes(hasher.hash_image(&DynamicImage::ImageRgb8(thumbnail.clone())).into_inner())
}

#[cfg(test)]
mod tests;
