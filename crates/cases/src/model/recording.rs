//! 录音: what somebody said instead of writing it.

use super::Case;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::Instant;
use store::files::{File, Quarantined};
use store::{Sealed, record, sealed_columns};

sealed_columns! {
    /// What was said, typed by a person.
    pub RecordingWords = "case_recording"."words" of "id";
}

record! {
    /// A recording of a case. A voice tells who speaks: see the policy's `hear-recording`.
    #[derive(Clone, Debug)]
    pub struct Recording in "case_recording" {
        pub id: Id<Recording>,
        pub case_id: Id<Case>,
        pub file_id: Id<File>,
        /// How long it lasts, in milliseconds, as its packets say.
        pub millis: i64,
        /// `audio/webm`: found by looking.
        pub media_type: String,
        pub recorded_by: Option<Id<Person>>,
        pub added_at: Instant,
        /// Empty while nobody has typed what is said.
        pub words: Sealed<RecordingWords>,
        pub words_by: Option<Id<Person>>,
        pub words_at: Option<Instant>,
        /// Whether its sound is erased.
        pub erased: bool,
        pub version: i64,
    }
}

impl Recording {
    /// How long it lasts in whole seconds, at least one.
    pub fn seconds(&self) -> i64 {
        (self.millis / 1000).max(1)
    }

    pub fn is_typed(&self) -> bool {
        !self.words.is_empty()
    }

    /// What its file is called when it is saved: `CASE-2026-000412.webm`.
    pub fn file_name(&self, number: &str) -> String {
        let ending = sound::Kind::of(&self.media_type).map_or("", sound::Kind::ending);
        format!("{number}{ending}")
    }
}

/// A recording that its door has read and cleaned.
#[derive(Clone, Debug)]
pub struct NewRecording {
    /// The clean bytes.
    pub received: Quarantined,
    /// What the sender's machine called it.
    pub name: String,
    pub kind: sound::Kind,
    pub millis: u64,
}
