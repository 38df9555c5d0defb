//! Small recordings of every kind, made by arithmetic, for tests and for trying broken input. They hold silence or a tone in the
//! form of the container; only [`wav`] can be played.

use crate::pages::Writer;

/// What tests put where a file says something of a person or a place.
pub const NOTE: &str = "+39.7700+098.2600 made by Zhang San";

/// A tone of 440 hertz, 8,000 samples a second of 16 bits, with notes before and behind.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a tone far below what an i16 holds"
)]
pub fn wav(millis: u32) -> Vec<u8> {
    let count = millis * 8;
    let tone = |n: u32| ((n as f32 * 440.0 * std::f32::consts::TAU / 8000.0).sin() * 8000.0) as i16;
    let samples: Vec<u8> = (0..count).flat_map(|n| tone(n).to_le_bytes()).collect();
    let format =
        [&[1, 0, 1, 0][..], &8000_u32.to_le_bytes(), &16_000_u32.to_le_bytes(), &[2, 0, 16, 0]].concat();
    let note = piece(b"LIST", NOTE.as_bytes());
    let inside = [&b"WAVE"[..], &note, &piece(b"fmt ", &format), &piece(b"data", &samples), &note].concat();
    piece(b"RIFF", &inside)
}

#[expect(clippy::cast_possible_truncation, reason = "samples are small")]
fn piece(name: &[u8], content: &[u8]) -> Vec<u8> {
    let mut out = [name, &(content.len() as u32).to_le_bytes(), content].concat();
    out.resize(out.len() + content.len() % 2, 0);
    out
}

/// Packets of Opus that hold silence, as a browser's recorder puts them into WebM: nobody knows how long anything is. `video`:
/// with a track of pictures.
pub fn webm(millis: u16, video: bool) -> Vec<u8> {
    let open = |id: &[u8]| [id, &[0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]].concat();
    let head = ebml(&[0x1A, 0x45, 0xDF, 0xA3], &ebml(&[0x42, 0x82], b"webm"));
    let info = [
        ebml(&[0x2A, 0xD7, 0xB1], &[0x0F, 0x42, 0x40]),
        ebml(&[0x7B, 0xA9], NOTE.as_bytes()),
        ebml(&[0x4D, 0x80], NOTE.as_bytes()),
        ebml(&[0x57, 0x41], b"sample"),
    ];
    let track = |number: u8, kind: u8, codec: &[u8]| {
        let inside = [
            ebml(&[0xD7], &[number]),
            ebml(&[0x83], &[kind]),
            ebml(&[0x86], codec),
            ebml(&[0x53, 0x6E], NOTE.as_bytes()),
        ];
        ebml(&[0xAE], &inside.concat())
    };
    let mut tracks = track(1, 2, b"A_OPUS");
    if video {
        tracks.extend(track(2, 1, b"V_VP8"));
    }
    let mut out = [head, open(&[0x18, 0x53, 0x80, 0x67])].concat();
    out.extend(ebml(&[0x15, 0x49, 0xA9, 0x66], &info.concat()));
    out.extend(ebml(&[0x16, 0x54, 0xAE, 0x6B], &tracks));
    // a cluster of a second
    for second in 0..=millis / 1000 {
        out.extend(open(&[0x1F, 0x43, 0xB6, 0x75]));
        out.extend(ebml(&[0xE7], &(u32::from(second) * 1000).to_be_bytes()));
        for at in (0..1000).step_by(20).filter(|at| u32::from(second) * 1000 + at <= u32::from(millis)) {
            let [.., high, low] = at.to_be_bytes();
            out.extend(ebml(&[0xA3], &[0x81, high, low, 0x80, 0xF8, 0xFF, 0xFE]));
        }
    }
    out.extend(ebml(&[0x12, 0x54, 0xC3, 0x67], &ebml(&[0x73, 0x73], NOTE.as_bytes())));
    out
}

#[expect(clippy::cast_possible_truncation, reason = "samples are small")]
fn ebml(id: &[u8], content: &[u8]) -> Vec<u8> {
    let size = content.len() as u16 | 0x4000;
    [id, &size.to_be_bytes(), content].concat()
}

/// Opus in Ogg. `video`: with a stream of pictures beside it.
pub fn ogg(millis: u64, video: bool) -> Vec<u8> {
    let mut writer = Writer::new(7);
    let head = [&b"OpusHead"[..], &[1, 1, 0x38, 1], &48_000_u32.to_le_bytes(), &[0, 0, 0]].concat();
    writer.write(2, 0, &[19], &head);
    if video {
        let mut other = Writer::new(8);
        other.write(2, 0, &[7], b"\x80theora");
        writer.out.extend(other.out);
    }
    let tags = [&b"OpusTags"[..], &lengthed("sample"), &1_u32.to_le_bytes(), &lengthed(NOTE)].concat();
    writer.heads(&[tags]);
    writer.write(4, 48 * millis + 0x0138, &[3, 3], &[0xF8, 0xFF, 0xFE, 0xF8, 0xFF, 0xFE]);
    writer.out
}

/// Vorbis in Ogg, whose two further heads share a page.
pub fn vorbis(millis: u64) -> Vec<u8> {
    let mut writer = Writer::new(7);
    let head = [&b"\x01vorbis"[..], &[0; 4], &[1], &44_100_u32.to_le_bytes(), &[0; 13], &[1]].concat();
    writer.write(2, 0, &[30], &head);
    let tags =
        [&b"\x03vorbis"[..], &lengthed("sample"), &1_u32.to_le_bytes(), &lengthed(NOTE), &[1]].concat();
    writer.heads(&[tags, [&b"\x05vorbis"[..], &[9; 600]].concat()]);
    writer.write(4, 441 * millis / 10, &[3], &[1, 2, 3]);
    writer.out
}

#[expect(clippy::cast_possible_truncation, reason = "samples are small")]
fn lengthed(text: &str) -> Vec<u8> {
    [&(text.len() as u32).to_le_bytes(), text.as_bytes()].concat()
}

#[expect(clippy::cast_possible_truncation, reason = "samples are small")]
fn boxed(name: &[u8], content: &[u8]) -> Vec<u8> {
    [&(content.len() as u32 + 8).to_be_bytes(), name, content].concat()
}

/// A track of sound, or of pictures, with this table of lengths.
fn track(handler: &[u8], format: &[u8], lengths: &[u8]) -> Vec<u8> {
    let hand = [&[0; 8][..], handler, &[0; 12], NOTE.as_bytes(), &[0]].concat();
    let formats = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &boxed(format, &[0; 28])].concat();
    let table = [boxed(b"stsd", &formats), boxed(b"stts", lengths), boxed(b"stsz", &[0; 12])].concat();
    // made and changed at some moment, 8,000 ticks a second
    let times = [&[0; 4][..], &[0xE1; 8], &8000_u32.to_be_bytes(), &[0; 8]].concat();
    let media = [
        boxed(b"mdhd", &times),
        boxed(b"hdlr", &hand),
        boxed(b"minf", &[boxed(b"smhd", &[0; 8]), boxed(b"stbl", &table)].concat()),
    ];
    let head = [&[0; 4][..], &[0xE1; 8], &[0; 72]].concat();
    boxed(b"trak", &[boxed(b"tkhd", &head), boxed(b"mdia", &media.concat())].concat())
}

/// AAC in MP4 as telephones write it, in samples of 128 milliseconds. `video`: with a track of pictures.
pub fn mp4(millis: u32, video: bool) -> Vec<u8> {
    let lengths =
        [&[0, 0, 0, 0, 0, 0, 0, 1][..], &(millis / 128).to_be_bytes(), &1024_u32.to_be_bytes()].concat();
    let mut movie = boxed(b"mvhd", &[&[0; 4][..], &[0xE1; 8], &[0; 88]].concat());
    movie.extend(track(b"soun", b"mp4a", &lengths));
    if video {
        movie.extend(track(b"vide", b"avc1", &lengths));
    }
    movie.extend(boxed(b"udta", &boxed(b"\xA9xyz", NOTE.as_bytes())));
    [
        boxed(b"ftyp", b"M4A \0\0\0\0M4A mp42"),
        boxed(b"mdat", &[7; 64]),
        boxed(b"moov", &movie),
        boxed(b"uuid", NOTE.as_bytes()),
    ]
    .concat()
}

/// The same in fragments, as browsers record it: each of 25 samples that say how long they last, and 25 that do not.
pub fn fragments(count: u32) -> Vec<u8> {
    let extends =
        [&[0; 4][..], &1_u32.to_be_bytes(), &1_u32.to_be_bytes(), &160_u32.to_be_bytes(), &[0; 8]].concat();
    let movie = [
        boxed(b"mvhd", &[0; 100]),
        track(b"soun", b"mp4a", &[0; 8]),
        boxed(b"mvex", &boxed(b"trex", &extends)),
        boxed(b"meta", NOTE.as_bytes()),
    ];
    let mut out = boxed(b"ftyp", b"iso5\0\0\0\0iso5mp41");
    out.extend(boxed(b"moov", &movie.concat()));
    let said: Vec<u8> = (0..25).flat_map(|_| [160_u32.to_be_bytes(), 3_u32.to_be_bytes()].concat()).collect();
    let said = [&[0, 0, 3, 1][..], &25_u32.to_be_bytes(), &[0; 4], &said].concat();
    let silent = [&[0, 0, 2, 1][..], &25_u32.to_be_bytes(), &[0; 4], &[0, 0, 0, 3].repeat(25)].concat();
    for _ in 0..count {
        let part =
            [boxed(b"tfhd", &[0, 2, 0, 0, 0, 0, 0, 1]), boxed(b"trun", &said), boxed(b"trun", &silent)];
        out.extend(boxed(b"moof", &[boxed(b"mfhd", &[0; 8]), boxed(b"traf", &part.concat())].concat()));
        out.extend(boxed(b"mdat", &[7; 150]));
    }
    out
}

/// Frames of MP3 at 64 kilobits and 32,000 samples, 36 milliseconds each, with tags before and behind.
pub fn mp3(frames: usize) -> Vec<u8> {
    let frame = [&[0xFF, 0xFB, 0x58, 0xC0][..], &[0; 284]].concat();
    let note = NOTE.as_bytes();
    let size = u8::try_from(note.len()).unwrap_or(0);
    let mut out = [&b"ID3\x04\0\0\0\0\0"[..], &[size], note].concat();
    out.extend(frame.repeat(frames));
    out.extend([&b"TAG"[..], note, &[0; 90]].concat());
    out
}

/// Frames of AAC at 16,000 samples, 64 milliseconds each.
pub fn adts(frames: usize) -> Vec<u8> {
    [0xFF, 0xF1, 0x60, 0x40, 0x02, 0x1F, 0xFC, 1, 2, 3, 4, 5, 6, 7, 8, 9].repeat(frames)
}

/// Frames of AMR, 20 milliseconds each.
pub fn amr(frames: usize) -> Vec<u8> {
    [&b"#!AMR\n"[..], &[&[0x3C][..], &[5; 31]].concat().repeat(frames)].concat()
}
