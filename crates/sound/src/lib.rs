//! What is in a recording somebody sent: which kind of file it is, how long it lasts, and the same sound without what else stands
//! in the file. Pure: bytes in, values out; nothing is decoded.
//!
//! A recording is told by its bytes, never by its name. Its length is counted in its own packets, because what a head says of it
//! can be anything. Whatever is not sound or needed to play it is taken out: tags, pictures of albums, places, names, the
//! moment when it was made. Where that cannot be done simply, or where there is a picture track too, the file is refused.
//!
//! | file | from | kept of it |
//! | --- | --- | --- |
//! | WebM, Matroska | browsers | tracks and blocks; everything else becomes room of the same size |
//! | MP4, M4A, 3GP | Safari, telephones | tracks, samples and what finds them; the rest becomes room of the same size |
//! | Ogg (Opus, Vorbis) | Firefox, recorders | all but the comments, which become empty |
//! | MP3, AAC (ADTS) | recorders | the frames |
//! | WAV | recorders | format and samples |
//! | AMR | older telephones | the frames |

mod adts;
mod amr;
mod ebml;
mod frames;
mod mp3;
mod mp4;
mod mp4_notes;
mod numbers;
mod ogg;
mod pages;
pub mod samples;
mod wav;
mod webm;

/// The kinds of file that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    WebM,
    Mp4,
    Ogg,
    Mp3,
    Aac,
    Wav,
    Amr,
}

impl Kind {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::WebM => "audio/webm",
            Self::Mp4 => "audio/mp4",
            Self::Ogg => "audio/ogg",
            Self::Mp3 => "audio/mpeg",
            Self::Aac => "audio/aac",
            Self::Wav => "audio/wav",
            Self::Amr => "audio/amr",
        }
    }

    /// How files of this kind end, with the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::WebM => ".webm",
            Self::Mp4 => ".m4a",
            Self::Ogg => ".ogg",
            Self::Mp3 => ".mp3",
            Self::Aac => ".aac",
            Self::Wav => ".wav",
            Self::Amr => ".amr",
        }
    }

    /// The kind that a media type of ours names.
    pub fn of(media_type: &str) -> Option<Self> {
        let all = [Self::WebM, Self::Mp4, Self::Ogg, Self::Mp3, Self::Aac, Self::Wav, Self::Amr];
        all.into_iter().find(|kind| kind.media_type() == media_type)
    }
}

/// How large and how long a recording may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub bytes: usize,
    /// Longest, in milliseconds. A second more is let through: recorders stop late.
    pub millis: u64,
}

/// A recording that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    pub kind: Kind,
    /// How long it lasts, in milliseconds, to within its last packet.
    pub millis: u64,
    /// The same sound, without what else stood in the file.
    pub clean: Vec<u8>,
}

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// None of the kinds above.
    NotASound,
    /// One of the containers above, holding something that is not taken.
    OtherSound,
    /// There is a picture track.
    WithVideo,
    /// It ends early or contradicts itself.
    Damaged,
    /// Nothing to hear.
    Empty,
    TooLong,
    TooManyBytes,
}

impl Fault {
    /// A stable word for programs and translations.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotASound => "not-a-sound",
            Self::OtherSound => "sound-not-taken",
            Self::WithVideo => "sound-with-video",
            Self::Damaged => "sound-damaged",
            Self::Empty => "sound-empty",
            Self::TooLong => "sound-too-long",
            Self::TooManyBytes => "sound-too-many-bytes",
        }
    }
}

/// Shorter than any word, in milliseconds: somebody pressed twice.
const SHORTEST: u64 = 300;
const LATE: u64 = 1000;

/// What a reader made of a file.
struct Read {
    kind: Kind,
    micros: u64,
    clean: Vec<u8>,
}

/// Looks at a file, measures it, and makes the clean copy.
///
/// # Errors
/// A [`Fault`]; the first that is found.
pub fn examine(bytes: &[u8], limits: &Limits) -> Result<Sound, Fault> {
    if bytes.len() > limits.bytes {
        return Err(Fault::TooManyBytes);
    }
    let read = read(bytes)?;
    let millis = read.micros / 1000;
    if millis > limits.millis.saturating_add(LATE) {
        return Err(Fault::TooLong);
    }
    if millis < SHORTEST {
        return Err(Fault::Empty);
    }
    Ok(Sound { kind: read.kind, millis, clean: read.clean })
}

fn read(bytes: &[u8]) -> Result<Read, Fault> {
    let starts = |at: usize, with: &[u8]| bytes.get(at..at + with.len()) == Some(with);
    if starts(0, &ebml::HEAD.to_be_bytes()) {
        return webm::read(bytes);
    }
    if starts(0, b"OggS") {
        return ogg::read(bytes);
    }
    if starts(4, b"ftyp") {
        return mp4::read(bytes);
    }
    if starts(0, b"RIFF") && starts(8, b"WAVE") {
        return wav::read(bytes);
    }
    if starts(0, b"#!AMR") {
        return amr::read(bytes);
    }
    let rest = frames::behind_tags(bytes);
    match mp3::read(rest) {
        Err(Fault::NotASound) => adts::read(rest),
        read => read,
    }
}
