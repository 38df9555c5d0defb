//! 好了、没好: what people who know the place say.

use super::Case;
use kernel::id::Id;
use kernel::time::Instant;
use store::{coded, record};

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
        pub words: String,
        pub tie: VoiceTie,
        pub metres: Option<f64>,
        /// Keyed hashes: of what ties them to the case, of the browser, of the network address.
        pub voter: String,
        pub device: String,
        pub origin: String,
        pub said_at: Instant,
        pub version: i64,
    }
}
