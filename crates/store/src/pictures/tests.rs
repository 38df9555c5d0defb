//! Pictures as they arrive: turned, located, edited, broken, malicious.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use jiff::civil::date;

use super::*;

/// Red at the left top, blue at the right bottom, with some structure between.
fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x * 255 / width, y * 255 / height);
        let wave = if (x / 32 + y / 48) % 2 == 0 { 40 } else { 0 };
        Rgb([255 - u8::try_from(x).unwrap(), wave, u8::try_from(u32::midpoint(x, y)).unwrap()])
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 92).encode_image(picture).unwrap();
    bytes
}

fn as_format(picture: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// One EXIF entry: tag, type, count and the bytes of its value.
type Entry = (u16, u16, u32, Vec<u8>);

fn ascii(tag: u16, text: &str) -> Entry {
    let bytes = [text.as_bytes(), b"\0"].concat();
    (tag, 2, u32::try_from(bytes.len()).unwrap(), bytes)
}

fn short(tag: u16, value: u16) -> Entry {
    (tag, 3, 1, value.to_le_bytes().to_vec())
}

fn long(tag: u16, value: usize) -> Entry {
    (tag, 4, 1, u32::try_from(value).unwrap().to_le_bytes().to_vec())
}

fn angle(tag: u16, parts: [(u32, u32); 3]) -> Entry {
    (tag, 5, 3, parts.iter().flat_map(|(n, d)| [n.to_le_bytes(), d.to_le_bytes()]).flatten().collect())
}

/// A TIFF directory that stands at `offset`, its long values after it.
fn directory(offset: usize, entries: &[Entry]) -> Vec<u8> {
    let mut head = u16::try_from(entries.len()).unwrap().to_le_bytes().to_vec();
    let mut tail = Vec::new();
    let after = offset + 2 + entries.len() * 12 + 4;
    for (tag, kind, count, value) in entries {
        head.extend(tag.to_le_bytes());
        head.extend(kind.to_le_bytes());
        head.extend(count.to_le_bytes());
        if value.len() <= 4 {
            head.extend(value);
            head.extend(vec![0; 4 - value.len()]);
        } else {
            head.extend(u32::try_from(after + tail.len()).unwrap().to_le_bytes());
            tail.extend(value);
        }
    }
    head.extend([0; 4]);
    [head, tail].concat()
}

/// An EXIF segment put right after the start of a JPEG.
fn with_exif(jpeg: &[u8], mut main: Vec<Entry>, camera: &[Entry], gps: &[Entry]) -> Vec<u8> {
    let start = 8 + directory(8, &[main.clone(), vec![long(0x8769, 0), long(0x8825, 0)]].concat()).len();
    let camera = directory(start, camera);
    let gps = directory(start + camera.len(), gps);
    main.extend([long(0x8769, start), long(0x8825, start + camera.len())]);
    let tiff = [b"II*\0\x08\0\0\0".to_vec(), directory(8, &main), camera, gps].concat();
    let body = [b"Exif\0\0".to_vec(), tiff].concat();
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &body, &jpeg[2..]].concat()
}

fn forged(orientation: u16) -> Vec<u8> {
    with_exif(
        &jpeg(&scene(640, 480)),
        vec![
            ascii(0x010f, "HUAWEI"),
            ascii(0x0110, "Mate 60"),
            short(0x0112, orientation),
            ascii(0x0131, "Photoshop 25"),
        ],
        &[ascii(0x9003, "2026:03:05 09:30:15"), ascii(0x9011, "+08:00")],
        &[
            ascii(0x0001, "N"),
            angle(0x0002, [(39, 1), (46, 1), (1200, 100)]),
            ascii(0x0003, "E"),
            angle(0x0004, [(98, 1), (17, 1), (2400, 100)]),
        ],
    )
}

fn fault(bytes: &[u8]) -> PictureFault {
    examine(bytes, &PictureLimits::default()).unwrap_err()
}

#[test]
fn exif_is_read_and_then_gone() {
    let bytes = forged(1);
    let examined = examine(&bytes, &PictureLimits::default()).unwrap();
    let traces = &examined.traces;
    assert_eq!(
        traces.taken,
        Some(Taken { at: date(2026, 3, 5).at(9, 30, 15, 0), offset_minutes: Some(480) })
    );
    let (lng, lat) = traces.position.unwrap();
    assert!((lng - 98.29).abs() < 1e-9 && (lat - 39.77).abs() < 1e-9, "{lng} {lat}");
    assert_eq!(traces.make.as_deref(), Some("HUAWEI"));
    assert_eq!(traces.model.as_deref(), Some("Mate 60"));
    assert_eq!(traces.software.as_deref(), Some("Photoshop 25"));
    assert_eq!(examined.sha256, hex::encode(Sha256::digest(&bytes)));
    for encoded in [&examined.picture, &examined.thumbnail] {
        assert!(exif::Reader::new().read_from_container(&mut Cursor::new(&encoded.jpeg)).is_err());
        assert!(!encoded.jpeg.windows(6).any(|window| window == b"HUAWEI"));
    }
}

#[test]
fn sizes_follow_the_limits_and_nothing_is_enlarged() {
    let examined = examine(&jpeg(&scene(640, 480)), &PictureLimits::default()).unwrap();
    assert_eq!((examined.width, examined.height), (640, 480));
    assert_eq!((examined.picture.width, examined.picture.height), (640, 480));
    assert_eq!((examined.thumbnail.width, examined.thumbnail.height), (480, 360));
    let decoded = image::load_from_memory(&examined.thumbnail.jpeg).unwrap();
    assert_eq!((decoded.width(), decoded.height()), (480, 360));
    let large = examine(&jpeg(&scene(3000, 40)), &PictureLimits::default()).unwrap();
    assert_eq!((large.picture.width, large.picture.height), (2560, 34));
}

#[test]
fn every_orientation_is_turned_upright() {
    let upright = examine(&jpeg(&scene(640, 480)), &PictureLimits::default()).unwrap();
    for orientation in 1..=8 {
        let mut stored = DynamicImage::ImageRgb8(scene(640, 480));
        // what a camera held this way stores, undone by the orientation it notes
        let undo = match orientation {
            6 => 8,
            8 => 6,
            other => other,
        };
        stored.apply_orientation(Orientation::from_exif(undo).unwrap());
        let note = vec![short(0x0112, u16::from(orientation))];
        let bytes = with_exif(&jpeg(&stored.into_rgb8()), note, &[], &[]);
        let examined = examine(&bytes, &PictureLimits::default()).unwrap();
        assert_eq!((examined.width, examined.height), (640, 480), "{orientation}");
        assert_eq!((examined.thumbnail.width, examined.thumbnail.height), (480, 360), "{orientation}");
        assert!(distance(examined.looks, upright.looks) <= 4, "{orientation}");
    }
}

#[test]
fn the_same_scene_looks_the_same_and_another_does_not() {
    let looks = |bytes: &[u8]| examine(bytes, &PictureLimits::default()).unwrap().looks;
    let scene = scene(1200, 900);
    let first = looks(&jpeg(&scene));
    let mut poor = Vec::new();
    JpegEncoder::new_with_quality(&mut poor, 30).encode_image(&shrink(&scene, 500)).unwrap();
    assert!(distance(first, looks(&poor)) <= 6);
    let other =
        RgbImage::from_fn(
            800,
            800,
            |x, y| if (x / 100 + y / 90) % 3 == 0 { Rgb([250; 3]) } else { Rgb([20; 3]) },
        );
    assert!(distance(first, looks(&jpeg(&other))) > 12);
}

#[test]
fn the_kind_is_told_by_the_bytes_and_transparency_becomes_white() {
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(60, 40, Rgba([200, 0, 0, 0])));
    for (format, kind) in [
        (ImageFormat::Png, PictureKind::Png),
        (ImageFormat::Gif, PictureKind::Gif),
        (ImageFormat::WebP, PictureKind::WebP),
    ] {
        let examined = examine(&as_format(clear.clone(), format), &PictureLimits::default()).unwrap();
        assert_eq!(examined.kind, kind);
        let decoded = image::load_from_memory(&examined.picture.jpeg).unwrap().into_rgb8();
        assert!(decoded.get_pixel(30, 20).0.iter().all(|byte| *byte > 250), "{kind:?}");
    }
}

#[test]
fn a_truncated_picture_is_damaged_even_with_a_whole_thumbnail_inside() {
    let whole = jpeg(&scene(640, 480));
    assert_eq!(fault(&whole[..whole.len() / 2]), PictureFault::Damaged);
    assert_eq!(fault(&whole[..whole.len() - 2]), PictureFault::Damaged);
    let inner = with_exif(&whole, vec![ascii(0x010e, "\u{fffd}")], &[], &[]);
    assert_eq!(fault(&inner[..inner.len() * 2 / 3]), PictureFault::Damaged);
    // what some cameras append does no harm
    assert!(examine(&[whole.as_slice(), b"trailer"].concat(), &PictureLimits::default()).is_ok());
    let png = as_format(DynamicImage::ImageRgb8(scene(64, 48)), ImageFormat::Png);
    assert_eq!(fault(&png[..png.len() / 2]), PictureFault::Damaged);
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    let mut png = as_format(DynamicImage::ImageRgb8(scene(4, 4)), ImageFormat::Png);
    png[16..24].copy_from_slice(&[20_000_u32.to_be_bytes(), 20_000_u32.to_be_bytes()].concat());
    let crc = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&crc);
    assert_eq!(fault(&png), PictureFault::TooManyPixels { width: 20_000, height: 20_000 });
    let mut gif = as_format(DynamicImage::ImageRgb8(scene(4, 4)), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xff; 4]);
    assert_eq!(fault(&gif), PictureFault::TooManyPixels { width: 65_535, height: 65_535 });
    let limits = PictureLimits { bytes: 10, ..PictureLimits::default() };
    assert_eq!(examine(&png, &limits).unwrap_err(), PictureFault::TooManyBytes { limit: 10 });
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in
        [&b""[..], b"hello", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"II*\0\x08\0\0\0"]
    {
        assert_eq!(fault(bytes), PictureFault::NotAPicture);
    }
    assert_eq!(fault(b"\xff\xd8\xff\xe0 rubbish"), PictureFault::Damaged);
}

#[test]
fn broken_exif_does_not_spoil_a_picture() {
    let position = |gps: &[Entry]| {
        let bytes =
            with_exif(&jpeg(&scene(64, 48)), Vec::new(), &[ascii(0x9003, "0000:00:00 00:00:00")], gps);
        examine(&bytes, &PictureLimits::default()).unwrap().traces
    };
    let nowhere = angle(0x0002, [(0, 0), (0, 0), (0, 0)]);
    let zero = [angle(0x0002, [(0, 1); 3]), angle(0x0004, [(0, 1); 3])];
    assert_eq!(position(&[nowhere, angle(0x0004, [(98, 1), (0, 1), (0, 1)])]), Traces::default());
    assert_eq!(position(&zero), Traces::default());
    let mut bytes = forged(6);
    for byte in &mut bytes[40..200] {
        *byte ^= 0x5a;
    }
    assert!(examine(&bytes, &PictureLimits::default()).is_ok());
}
