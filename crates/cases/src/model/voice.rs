//! 好了、没好: what people who know the place say.

use super::Case;
use kernel::id::Id;
use kernel::time::Instant;
use store::{KeyedHash, Sealed, coded, hashed_columns, record, sealed_columns};

sealed_columns! {
    pub VoiceWords = "case_voice"."words" of "id";
}

hashed_columns! {
    /// Who somebody is, of which there are few: whoever has the city's `secret.key` could try all telephone numbers.
    pub VoiceVoter = "case_voice"."voter" of "id";
    pub VoiceDevice = "case_voice"."device" of "id";
    pub VoiceOrigin = "case_voice"."origin" of "id";
}

kernel::named! {
    /// What ties somebody to the case.
    pub enum VoiceTie {
        /// They hold a report's link, of this case or of one merged into it.
        Reporter = "reporter",
        /// They left the contact with which they follow it.
        Follower = "follower",
        /// Their device says that it is near. It may say what it likes, which is one reason why voices decide nothing.
        Near = "near",
    }
}
coded!(VoiceTie);

record! {
    /// One person's word on one answer of the unit.
    #[derive(Clone, Debug)]
    pub struct Voice in "case_voice" {
        pub id: Id<Voice>,
        pub case_id: Id<Case>,
        /// The answer that it is about, by its moment: after rework people are asked anew.
        pub round: Instant,
        pub fixed: bool,
        pub words: Sealed<VoiceWords>,
        pub tie: VoiceTie,
        pub metres: Option<f64>,
        /// Keyed hashes: of what ties them to the case, of the browser, of the network address.
        pub voter: KeyedHash<VoiceVoter>,
        pub device: KeyedHash<VoiceDevice>,
        pub origin: KeyedHash<VoiceOrigin>,
        pub said_at: Instant,
        pub version: i64,
    }
}
