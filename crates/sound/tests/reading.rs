//! Every kind of file is told, measured and cleaned; what should not come is refused.

#[cfg(test)]
mod reading {
    use sound::samples::{self, NOTE};
    use sound::{Fault, Kind, Limits, Sound, examine};

    const LIMITS: Limits = Limits { bytes: 4_000_000, millis: 120_000 };

    fn taken(bytes: &[u8]) -> Sound {
        let sound = examine(bytes, &LIMITS).unwrap();
        assert!(!holds(&sound.clean, NOTE.as_bytes()), "{:?} still says who and where", sound.kind);
        // what is clean stays as it is
        assert_eq!(examine(&sound.clean, &LIMITS).unwrap(), sound);
        sound
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn each_kind_is_told_by_its_bytes_and_measured() {
        for (bytes, kind, millis) in [
            (samples::webm(3000, false), Kind::WebM, 3000),
            (samples::mp4(5120, false), Kind::Mp4, 5120),
            (samples::fragments(3), Kind::Mp4, 3000),
            (samples::ogg(2500, false), Kind::Ogg, 2500),
            (samples::vorbis(2500), Kind::Ogg, 2500),
            (samples::mp3(100), Kind::Mp3, 3600),
            (samples::adts(50), Kind::Aac, 3200),
            (samples::wav(1500), Kind::Wav, 1500),
            (samples::amr(60), Kind::Amr, 1200),
        ] {
            let sound = taken(&bytes);
            assert_eq!((sound.kind, sound.millis), (kind, millis));
            assert_eq!(Kind::of(kind.media_type()), Some(kind));
        }
    }

    #[test]
    fn the_samples_hold_what_is_to_be_taken_out() {
        for bytes in [
            samples::webm(1000, false),
            samples::mp4(1000, false),
            samples::fragments(1),
            samples::ogg(1000, false),
            samples::vorbis(1000),
            samples::mp3(9),
            samples::wav(1000),
        ] {
            assert!(holds(&bytes, NOTE.as_bytes()));
        }
        // moments too
        let made = [0xE1; 8];
        assert!(holds(&samples::mp4(1280, false), &made));
        assert!(!holds(&taken(&samples::mp4(1280, false)).clean, &made));
    }

    #[test]
    fn nothing_of_the_sound_is_moved_where_places_are_written_down() {
        for bytes in [samples::webm(1000, false), samples::mp4(1280, false), samples::fragments(2)] {
            assert_eq!(taken(&bytes).clean.len(), bytes.len());
        }
        let wav = samples::wav(1000);
        let tone = &wav[wav.len() - 400..wav.len() - 200];
        assert!(holds(&taken(&wav).clean, tone));
    }

    #[test]
    fn pictures_are_refused() {
        for bytes in [samples::webm(1000, true), samples::mp4(1280, true), samples::ogg(1000, true)] {
            assert_eq!(examine(&bytes, &LIMITS), Err(Fault::WithVideo));
        }
    }

    #[test]
    fn other_files_are_no_sounds() {
        let texts: [&[u8]; 9] = [
            b"",
            b"hello",
            b"%PDF-1.7\n",
            b"<html>",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0\0\x10JFIF",
            b"PK\x03\x04",
            b"ID3",
            &[0xFF; 4000],
        ];
        for bytes in texts {
            assert_eq!(examine(bytes, &LIMITS), Err(Fault::NotASound), "{bytes:?}");
        }
        // a container without any track
        assert_eq!(examine(b"\0\0\0\x10ftypheic\0\0\0\0", &LIMITS), Err(Fault::NotASound));
        // codings that browsers do not record and that hold comments elsewhere
        let flac = [&b"OggS\0\x02"[..], &[0; 20], &[1, 5], b"\x7fFLAC"].concat();
        assert_eq!(examine(&flac, &LIMITS), Err(Fault::OtherSound));
        let mut adpcm = samples::wav(1000);
        let at = adpcm.windows(4).position(|part| part == b"fmt ").unwrap();
        adpcm[at + 8] = 17;
        assert_eq!(examine(&adpcm, &LIMITS), Err(Fault::OtherSound));
        assert_eq!(examine(b"#!AMR_MC1.0\n", &LIMITS), Err(Fault::OtherSound));
    }

    #[test]
    fn what_is_too_long_too_large_or_silent_is_refused() {
        let limits = Limits { millis: 2000, ..LIMITS };
        assert!(examine(&samples::wav(2900), &limits).is_ok(), "recorders stop late");
        for bytes in [
            samples::wav(3100),
            samples::webm(3200, false),
            samples::mp4(3300, false),
            samples::fragments(4),
            samples::ogg(3100, false),
            samples::mp3(100),
            samples::adts(50),
            samples::amr(200),
        ] {
            assert_eq!(examine(&bytes, &limits), Err(Fault::TooLong));
        }
        // a head that claims to be short is not believed, one that claims to be long neither
        let mut claims = samples::mp4(1280, false);
        let at = claims.windows(4).position(|part| part == b"mdhd").unwrap();
        claims[at + 20..at + 24].fill(0xFF);
        assert_eq!(examine(&claims, &limits).unwrap().millis, 1280);
        assert_eq!(examine(&samples::wav(1000), &Limits { bytes: 1000, ..LIMITS }), Err(Fault::TooManyBytes));
        for bytes in [samples::wav(100), samples::webm(0, false), samples::amr(0), samples::mp4(0, false)] {
            assert_eq!(examine(&bytes, &LIMITS), Err(Fault::Empty));
        }
    }

    /// Wherever a file ends early, it is refused or what is left of it is taken; nothing panics, and nothing grows.
    #[test]
    fn files_that_end_early_do_no_harm() {
        for bytes in [
            samples::webm(400, false),
            samples::mp4(640, false),
            samples::fragments(1),
            samples::ogg(400, false),
            samples::vorbis(400),
            samples::mp3(9),
            samples::wav(50),
            samples::amr(20),
            samples::adts(9),
        ] {
            for end in 0..bytes.len() {
                if let Ok(sound) = examine(&bytes[..end], &LIMITS) {
                    assert!(sound.clean.len() <= end.max(64) + 64, "{:?} at {end}", sound.kind);
                }
            }
            // and each byte turned round
            for at in 0..bytes.len() {
                let mut broken = bytes.clone();
                broken[at] ^= 0xFF;
                let _ = examine(&broken, &LIMITS);
            }
        }
    }
}
