//! A JPEG with the notes a camera would write.

/// What the camera says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Notes<'a> {
    /// `2026:03:05 09:00:00`
    pub taken: &'a str,
    /// Degrees east and north.
    pub place: Option<(f64, f64)>,
    pub make: &'a str,
    pub software: &'a str,
}

/// One entry of a directory: tag, type, values; what does not fit lies behind the directory.
struct Entry(u16, u16, u32, Vec<u8>);

fn ascii(tag: u16, text: &str) -> Entry {
    let bytes = [text.as_bytes(), b"\0"].concat();
    Entry(tag, 2, u32::try_from(bytes.len()).unwrap(), bytes)
}

/// Degrees as whole degrees, minutes, and hundredths of seconds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in China")]
fn angle(tag: u16, degrees: f64) -> Entry {
    let hundredths = (degrees * 360_000.0).round() as u32;
    let parts = [(hundredths / 360_000, 1), (hundredths / 6_000 % 60, 1), (hundredths % 6_000, 100)];
    Entry(tag, 5, 3, parts.iter().flat_map(|(n, d)| [*n, *d]).flat_map(u32::to_be_bytes).collect())
}

fn directory(mut entries: Vec<Entry>, at: u32) -> Vec<u8> {
    entries.sort_by_key(|entry| entry.0);
    let count = u16::try_from(entries.len()).unwrap();
    let mut behind = at + 2 + 12 * u32::from(count) + 4;
    let (mut head, mut tail) = (count.to_be_bytes().to_vec(), Vec::new());
    for Entry(tag, kind, count, bytes) in entries {
        head.extend(tag.to_be_bytes());
        head.extend(kind.to_be_bytes());
        head.extend(count.to_be_bytes());
        if bytes.len() <= 4 {
            head.extend([bytes.as_slice(), &[0; 4]].concat().iter().take(4));
        } else {
            head.extend(behind.to_be_bytes());
            behind += u32::try_from(bytes.len()).unwrap();
            tail.extend(bytes);
        }
    }
    head.extend([0; 4]);
    [head, tail].concat()
}

fn pointer(tag: u16, at: u32) -> Entry {
    Entry(tag, 4, 1, at.to_be_bytes().to_vec())
}

pub(super) fn with_notes(jpeg: &[u8], notes: Notes<'_>) -> Vec<u8> {
    let mut first = Vec::new();
    for (tag, text) in [(0x010f, notes.make), (0x0131, notes.software)] {
        if !text.is_empty() {
            first.push(ascii(tag, text));
        }
    }
    let exif = if notes.taken.is_empty() { Vec::new() } else { vec![ascii(0x9003, notes.taken)] };
    let gps = notes
        .place
        .map_or_else(Vec::new, |(lng, lat)| vec![ascii(1, "N"), angle(2, lat), ascii(3, "E"), angle(4, lng)]);
    // the length of the first directory does not depend on where it points
    let length = |entries: Vec<Entry>| u32::try_from(directory(entries, 0).len()).unwrap();
    let mut measured: Vec<Entry> = first.iter().map(|e| Entry(e.0, e.1, e.2, e.3.clone())).collect();
    measured.extend([pointer(0x8769, 0), pointer(0x8825, 0)]);
    let exif_at = 8 + length(measured);
    let exif_bytes = directory(exif, exif_at);
    let gps_at = exif_at + u32::try_from(exif_bytes.len()).unwrap();
    first.extend([pointer(0x8769, exif_at), pointer(0x8825, gps_at)]);
    let body = [b"Exif\0\0MM\0*\0\0\0\x08".to_vec(), directory(first, 8), exif_bytes, directory(gps, gps_at)]
        .concat();
    let size = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &size, &body, &jpeg[2..]].concat()
}
